"""How long a formation lasts, as people say it.

MonProjetSup counts every formation that is usually continued (licence, CPGE, PASS…) as five years.
That is right to tell long projects from short ones in the score, wrong on a page that a family
reads: a licence is a diploma in three years.
"""

from __future__ import annotations

from mps_desktop.catalogue.records import Formation
from mps_desktop.core.text import NBSP, plural

_LICENCE = 3
_LONGUES = 5
# Beginning of the label -> what people say; only for those that the catalogue counts as five years.
_SUITES = (
    ("PASS", f"1{NBSP}an, puis études de santé"),
    ("Licence", f"3{NBSP}ans, souvent suivis d’un master"),
    ("CPGE", f"2{NBSP}ans, puis une école"),
    ("CUPGE", "classe préparatoire à l’université, puis master ou école"),
    ("CPES", "classe préparatoire, puis études longues"),
    ("Classe préparatoire", "classe préparatoire, puis études longues"),
)


def describe_duree(formation: Formation) -> str:
    """Length of a formation in words."""
    if formation.duree <= 0:
        return "durée inconnue"
    if formation.duree >= _LONGUES:
        for start, words in _SUITES:
            if formation.libelle.startswith(start):
                return words
    return plural(formation.duree, "an")


def years_to_diploma(formation: Formation) -> int:
    """Years until a first diploma that can be stopped at; -1 = unknown."""
    is_licence = formation.libelle.startswith("Licence") and formation.duree >= _LONGUES
    return _LICENCE if is_licence else formation.duree

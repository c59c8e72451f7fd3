"""How long a formation lasts, as people say it.

MonProjetSup counts every formation that is usually continued (licence, CPGE, PASS…) as five years,
and a BTS as three. That is right to tell long projects from short ones in the score, wrong on a page
that a family reads: a licence is a diploma in three years, a BTS in two.
"""

from __future__ import annotations

from mps_desktop.catalogue.records import Formation
from mps_desktop.core.text import NBSP, plural

_LICENCE, _BTS, _VETERINAIRE = 3, 2, 6
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
    if formation.libelle.startswith(("BTS", "École vétérinaire")):
        return plural(years_to_diploma(formation), "an")
    if formation.duree >= _LONGUES:
        for start, words in _SUITES:
            if formation.libelle.startswith(start):
                return words
    return plural(formation.duree, "an")


def years_to_diploma(formation: Formation) -> int:
    """Years until a first diploma that can be stopped at; -1 = unknown."""
    if formation.libelle.startswith("BTS"):
        return _BTS
    if formation.libelle.startswith("École vétérinaire"):
        return _VETERINAIRE
    is_licence = formation.libelle.startswith("Licence") and formation.duree >= _LONGUES
    return _LICENCE if is_licence else formation.duree

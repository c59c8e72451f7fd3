"""Where the figures come from, in a few lines that people read."""

from __future__ import annotations

from collections.abc import Sequence

from mps_desktop.catalogue.records import Source
from mps_desktop.core.text import NNBSP, join_fr

# Beginning of a data set's official name -> its name for people, in the order of interest.
_NOMS = (
    ("fr-esr-parcoursup-enseignements", "Spécialités des bacheliers et vœux"),
    ("fr-esr-parcoursup", "Admissions Parcoursup"),
    ("carte des formations", "Carte Parcoursup et établissements du supérieur"),
    ("principaux établissements", "Carte Parcoursup et établissements du supérieur"),
    ("adresse et géolocalisation", "Lycées"),
    ("moyennes des admis", "Moyennes nationales des admis"),
    ("Idéo", "Idéo, métiers et formations"),
    ("code officiel", "Communes"),
)
_ORDRE = tuple(dict.fromkeys(("Admissions Parcoursup", *(nom for _, nom in _NOMS))))
_AUTRES = "Nomenclature des formations"


def sources(provenance: Sequence[Source]) -> tuple[str, ...]:
    """One line per kind of figures: name, sessions, producer, licence; admissions first.

    Files of the same data set are told together; every file is listed in the catalogue itself.
    """
    groups: dict[tuple[str, str, str], list[str]] = {}
    for source in provenance:
        key = (_name(source.jeu), source.producteur, source.licence)
        groups.setdefault(key, []).append(source.session)
    ranked = sorted(groups.items(), key=lambda group: _ORDRE.index(group[0][0]) if group[0][0] in _ORDRE else 99)
    return tuple(
        f"{nom}, {join_fr(sorted(set(sessions), key=_by_year))} — {producteur}{NNBSP}; {licence}"
        for (nom, producteur, licence), sessions in ranked
    )


def _name(jeu: str) -> str:
    return next((nom for start, nom in _NOMS if jeu.startswith(start)), _AUTRES)


def _by_year(session: str) -> tuple[str, str]:
    """Order of time: juin 2024 before avril 2026."""
    return session[-4:], session

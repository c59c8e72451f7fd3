"""The neutral data set that the engine runs on, whatever it was read from.

Its shape follows the data of MonProjetSup's engine (edge lists by kind, statistics by formation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Arete = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Averages of the admitted, in half points (0..rang_max)."""

    r10: int
    r25: int
    r50: int
    r75: int
    r90: int
    rang_max: int = 39


@dataclass(frozen=True, slots=True)
class PositionVoeu:
    """Where a vœu is taught; degrees, None when not published. ``obsolete``: no longer offered."""

    id: str
    lat: float | None
    lng: float | None
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class FormationMoteur:
    """One reference formation with the figures that the score needs.

    Attributes:
        duree: years after the bac (-1 = unknown).
        capacite: places in all its vœux (-1 = unknown).
        las: id of the mother licence for a licence accès santé, else None.
        nb_admis_par_bac: bac -> admitted; ``NC`` = all bacs together.
        percentiles: bac -> averages of the admitted.
        pct_specialites: spécialité id -> integer percentage of the admitted.
        similaires: bac index (1 general, 2 technological, 3 professional, 0 other) -> formation
            id -> score (100000 = best neighbour).
        obsolete: no longer offered.
    """

    id: str
    libelle: str
    type: str
    duree: int
    apprentissage: bool
    las: str | None
    capacite: int
    voeux: tuple[PositionVoeu, ...] = ()
    nb_admis_par_bac: Mapping[str, int] = field(default_factory=dict[str, int])
    percentiles: Mapping[str, Percentiles] = field(default_factory=dict[str, Percentiles])
    pct_specialites: Mapping[str, int] = field(default_factory=dict[str, int])
    similaires: Mapping[int, Mapping[str, int]] = field(default_factory=dict[int, Mapping[str, int]])
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class Ville:
    """A town; several coordinates when it is counted with others (arrondissements)."""

    id: str
    nom: str
    coords: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class JeuDeDonnees:
    """Everything the engine reads. Lists are in reading order, which can matter.

    Attributes:
        formations: the reference formations, in store order.
        formation_metier: (reference formation, métier).
        interet_metier: (interest atom, métier).
        formation_domaine: (Parcoursup or reference formation, domaine atom or element).
        domaine_metier: (domaine atom, métier).
        metier_associe: (métier, métier).
        formation_psup_to_mps: (Parcoursup formation, reference formation).
        las_to_generic: (LAS, mother licence).
        las_to_pass: (LAS, PASS).
        atome_element: (atom, element) of interests and domaines.
        metier_formation: (métier, Parcoursup formation).
        villes: towns by INSEE code.
        libelles: id -> label of métiers, domaines, interests and spécialités.
    """

    formations: tuple[FormationMoteur, ...]
    formation_metier: tuple[Arete, ...]
    interet_metier: tuple[Arete, ...]
    formation_domaine: tuple[Arete, ...]
    domaine_metier: tuple[Arete, ...]
    metier_associe: tuple[Arete, ...]
    formation_psup_to_mps: tuple[Arete, ...]
    las_to_generic: tuple[Arete, ...]
    las_to_pass: tuple[Arete, ...]
    atome_element: tuple[Arete, ...]
    metier_formation: tuple[Arete, ...]
    villes: Mapping[str, Ville]
    libelles: Mapping[str, str] = field(default_factory=dict[str, str])

"""What the engine knows of a student. Field values are those of MonProjetSup's service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

COMMUNE_NULLE = "\x00"
"""Stands for a town whose id is null, which only a foreign file can hold."""


class Statut(IntEnum):
    """What the student said of a formation or métier."""

    EN_ATTENTE = 0
    FAVORI = 1
    REJETE = 2


@dataclass(frozen=True, slots=True)
class Choix:
    """One formation or métier that the student kept or refused.

    Attributes:
        id: ``fl…``, ``fr…`` or ``MET.…``.
        statut: any integer is accepted; only those of ``Statut`` mean something.
        score: 1..5, or None when the student gave none (counts as liked).
    """

    id: str
    statut: int
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Profil:
    """One student as the engine sees him. Nothing identifies a person.

    Attributes:
        niveau: ``sec``, ``prem``, ``term`` or empty; not used by the score.
        bac: ``Générale``, ``STMG``, ``P``…; None or blank = not known (``NC``).
        duree: ``court``, ``long``, ``indiff``, empty or None.
        apprentissage: ``A`` (very interested) to ``D`` (not interested), empty or None.
        communes: INSEE codes of the preferred towns.
        specialites: ``mat…`` / ``sp…`` ids.
        interets: ``ci…`` and ``dom…`` ids.
        moyenne: general average in **half points, 0..40** (None = unknown).
        choix: formations and métiers kept or refused, in the student's order.
    """

    niveau: str = ""
    bac: str | None = None
    duree: str | None = None
    apprentissage: str | None = None
    communes: tuple[str, ...] = ()
    specialites: tuple[str, ...] = ()
    interets: tuple[str, ...] = ()
    moyenne: float | None = None
    choix: tuple[Choix, ...] = ()

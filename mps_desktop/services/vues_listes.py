"""Rows ready to show about lists of wishes, classes over time and the calendar; see ``views``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CompteurLigne:
    """One limit of Parcoursup: how much of it is used. ``detail`` says how it is counted, with its session."""

    libelle: str
    nombre: int
    limite: int
    detail: str


@dataclass(frozen=True, slots=True)
class PointSuivi:
    """Where a class stood on one day."""

    jour: date
    effectif: int
    jalons_atteints: int
    sans_voeu: int
    sans_securisant: int
    nb_ambitieux: int
    nb_realiste: int
    nb_securisant: int
    nb_insuffisant: int
    ecarts_declares: int


@dataclass(frozen=True, slots=True)
class SuiviClasse:
    """The class over time: one point a day at most, oldest first, and the same in words."""

    points: tuple[PointSuivi, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class EtapeCalendrier:
    """One step of a Parcoursup session; None = not known."""

    code: str
    libelle: str
    debut: date | None
    fin: date | None


@dataclass(frozen=True, slots=True)
class CalendrierVue:
    """One session of the calendar, as the dialog shows and gives it back.

    Attributes:
        sessions: those that can be looked at.
        echeances: (level, its name, day by which its milestone is expected or None).
        personnel: the user changed it.
        erreur: why the user's copy is not used, empty when all is well.
        ticket: opaque; gives back what was in force before a save.
    """

    session: int
    sessions: tuple[int, ...]
    publie: bool
    source: str
    etapes: tuple[EtapeCalendrier, ...]
    echeances: tuple[tuple[str, str, date | None], ...]
    personnel: bool
    erreur: str = ""
    ticket: object = None

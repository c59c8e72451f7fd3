"""What the score needs of a profile, worked out once (spec, section 5)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mps_desktop.core.errors import ProgrammingFault
from mps_desktop.engine.graphe import is_formation
from mps_desktop.engine.profil import COMMUNE_NULLE, Profil, Statut

BAC_INCONNU = "NC"
_BACS_PRO = ("P", "PA")
_SCORE_AIME = 3
_INDEX_GENERAL, _INDEX_TECHNO, _INDEX_PRO, _INDEX_AUTRE = 1, 2, 3, 0


class BacAbsent(ProgrammingFault):
    """A formation was to be scored for a profile whose bac is None: the caller gives a bac or ``NC``."""


class CommuneNulle(ProgrammingFault):
    """A distance was to be computed from a town whose id is null: the reference fails on it."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """A profile as the score reads it. Sets are sorted tuples, so that sums never depend on the order.

    Attributes:
        profil: the profile itself.
        bac: its bac, ``NC`` when none is stated.
        moyenne: half points, None when unknown.
        favoris: liked formations, duplicates and order kept.
        rejetes: refused ids.
        sources: interests and approved ids, from which paths start.
        communes, specialites: without duplicates.
        personnel: whether the profile says anything that suggestions can start from.
    """

    profil: Profil
    bac: str
    moyenne: float | None
    favoris: tuple[str, ...]
    rejetes: frozenset[str]
    sources: tuple[str, ...]
    communes: tuple[str, ...]
    specialites: tuple[str, ...]
    personnel: bool

    @property
    def bac_pro(self) -> bool:
        """Whether the bac is a bac professionnel."""
        return self.bac in _BACS_PRO

    @property
    def index_bac(self) -> int:
        """Which table of similar formations applies.

        Raises:
            BacAbsent: the bac is None, as in the reference.
        """
        bac = self.profil.bac
        if bac is None:
            raise BacAbsent("profil sans bac")
        if bac.startswith("S"):
            return _INDEX_TECHNO
        if bac == "Générale":
            return _INDEX_GENERAL
        return _INDEX_PRO if bac in _BACS_PRO else _INDEX_AUTRE


def read(profil: Profil) -> Lecture:
    """Work out what the score needs of a profile."""
    approved = tuple(choix for choix in profil.choix if choix.statut == Statut.FAVORI)
    bac = profil.bac or ""
    known = profil.moyenne is not None and math.isfinite(profil.moyenne)
    return Lecture(
        profil=profil,
        bac=bac if bac.strip() else BAC_INCONNU,
        moyenne=profil.moyenne if known else None,
        favoris=tuple(
            choix.id
            for choix in approved
            if is_formation(choix.id) and (choix.score is None or choix.score >= _SCORE_AIME)
        ),
        rejetes=frozenset(choix.id for choix in profil.choix if choix.statut == Statut.REJETE),
        sources=_distinct(*profil.interets, *(choix.id for choix in approved)),
        communes=_distinct(*profil.communes),
        specialites=_distinct(*profil.specialites),
        personnel=bool(profil.interets or approved or profil.communes),
    )


def _distinct(*ids: str) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


def understood(
    profil: Profil,
    elements: Mapping[str, tuple[str, ...]],
    code: Callable[[str], str],
    *,
    ignore_disliked: bool = True,
) -> Profil:
    """The same profile as a person would read it (corrected mode).

    A bac that is null or blank is ``NC`` (defect 6), favourites scored 1 or 2 are left out (19),
    towns may be given by name (22), interest atoms stand for their element (23), null towns are
    ignored (26). What was said of an average, a duration or apprenticeship stays as it is.

    Args:
        elements: atom -> elements that it belongs to.
        code: INSEE code of a town given by its code or its name.
        ignore_disliked: leave out the favourites scored 1 or 2.
    """
    bac = (profil.bac or "").strip()
    return replace(
        profil,
        bac=bac or BAC_INCONNU,
        communes=tuple(code(commune) for commune in profil.communes if commune not in (COMMUNE_NULLE, "")),
        interets=tuple(element for interet in profil.interets for element in elements.get(interet, (interet,))),
        choix=tuple(
            choix
            for choix in profil.choix
            if not ignore_disliked or choix.statut != Statut.FAVORI or choix.score is None or choix.score >= _SCORE_AIME
        ),
    )


def silent(lu: Lecture) -> Lecture:
    """The same profile, as one that says nothing that suggestions can start from."""
    return replace(lu, personnel=False)

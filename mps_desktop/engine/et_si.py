"""What would change if the student had another profile: two rankings side by side, nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Profil


@dataclass(frozen=True, slots=True)
class Changement:
    """What differs in the hypothetical profile; None = as it is.

    Attributes:
        bac, duree, apprentissage: values of the profile ("" = no answer for the last two).
        specialites, communes, interets: the whole new list.
        moyenne: half points, 0..40.
    """

    bac: str | None = None
    specialites: tuple[str, ...] | None = None
    moyenne: float | None = None
    communes: tuple[str, ...] | None = None
    duree: str | None = None
    apprentissage: str | None = None
    interets: tuple[str, ...] | None = None

    def apply(self, profil: Profil) -> Profil:
        """The hypothetical profile."""
        return replace(
            profil,
            bac=profil.bac if self.bac is None else self.bac,
            specialites=profil.specialites if self.specialites is None else self.specialites,
            moyenne=profil.moyenne if self.moyenne is None else self.moyenne,
            communes=profil.communes if self.communes is None else self.communes,
            duree=profil.duree if self.duree is None else self.duree,
            apprentissage=profil.apprentissage if self.apprentissage is None else self.apprentissage,
            interets=profil.interets if self.interets is None else self.interets,
        )


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One formation in both rankings.

    Attributes:
        avant, apres: rank from 1, None when it is not suggested at all.
    """

    formation_id: str
    avant: int | None
    apres: int | None

    @property
    def gain(self) -> int:
        """Places won (negative = lost); 0 when it is missing on one side."""
        return 0 if self.avant is None or self.apres is None else self.avant - self.apres


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Two rankings of the same list length.

    Attributes:
        restent: in both lists, in the order of the new one.
        entrent: only in the new list, in its order.
        sortent: only in the old one, in its order.
    """

    limite: int
    restent: tuple[Mouvement, ...]
    entrent: tuple[Mouvement, ...]
    sortent: tuple[Mouvement, ...]

    @property
    def immobile(self) -> bool:
        """Whether the list is the same, rank by rank."""
        return not self.entrent and not self.sortent and not any(one.gain for one in self.restent)


def compare(moteur: Moteur, avant: Profil, apres: Profil, limite: int) -> Comparaison:
    """What moves among the first ``limite`` formations between two profiles."""
    ranks_before, ranks_after = ranks(moteur, avant), ranks(moteur, apres)
    first_before = [one for one, rang in ranks_before.items() if rang <= limite]
    first_after = [one for one, rang in ranks_after.items() if rang <= limite]

    def moves(ids: list[str]) -> tuple[Mouvement, ...]:
        return tuple(Mouvement(one, ranks_before.get(one), ranks_after.get(one)) for one in ids)

    return Comparaison(
        limite=limite,
        restent=moves([one for one in first_after if one in set(first_before)]),
        entrent=moves([one for one in first_after if one not in set(first_before)]),
        sortent=moves([one for one in first_before if one not in set(first_after)]),
    )


def ranks(moteur: Moteur, profil: Profil) -> dict[str, int]:
    """Rank from 1 of every formation that is suggested, best first."""
    return {one.formation_id: one.rang for one in moteur.classer(profil) if one.affinite > 0}

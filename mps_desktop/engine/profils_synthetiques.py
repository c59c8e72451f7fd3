"""Invented profiles for measures: as many as wanted, always the same for a seed. They describe nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mps_desktop.engine.graphe import is_formation, is_metier
from mps_desktop.engine.lecture import BAC_INCONNU
from mps_desktop.engine.preparation import Tableaux, unpack_texts
from mps_desktop.engine.profil import Choix, Profil, Statut

_NIVEAUX = ("sec", "prem", "term")
_DUREES = ("", "court", "long", "indiff", None)
_ALTERNANCES = ("", "A", "B", "C", "D", None)


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """Ids that profiles are drawn from."""

    elements: tuple[str, ...]
    metiers: tuple[str, ...]
    formations: tuple[str, ...]
    communes: tuple[str, ...]
    specialites: tuple[str, ...]
    bacs: tuple[str, ...]


def vocabulary(tableaux: Tableaux) -> Vocabulaire:
    """Ids of prepared arrays that a profile may hold."""
    noeuds = unpack_texts(tableaux["noeuds"])
    bounds = tableaux["villes_bornes"]
    communes = unpack_texts(tableaux["villes"])
    return Vocabulaire(
        elements=tuple(n for n in noeuds if not is_formation(n) and not is_metier(n)),
        metiers=tuple(n for n in noeuds if is_metier(n)),
        formations=tuple(unpack_texts(tableaux["formations"])),
        communes=tuple(c for c, first, last in zip(communes, bounds, bounds[1:], strict=False) if first < last),
        specialites=tuple(unpack_texts(tableaux["specialites"])),
        bacs=tuple(bac for bac in unpack_texts(tableaux["bacs"]) if bac != BAC_INCONNU) or (BAC_INCONNU,),
    )


def synthetic_profiles(words: Vocabulaire, count: int, seed: int) -> Iterator[Profil]:
    """Profiles filled as a diligent student would: 1 to 8 tastes, 0 to 3 métiers, formations and towns.

    Args:
        words: see ``vocabulary``.
        count: how many.
        seed: same seed, same profiles.
    """
    chance = np.random.default_rng(seed)

    def some(ids: tuple[str, ...], least: int, most: int) -> tuple[str, ...]:
        wanted = int(chance.integers(least, most + 1))
        ranks: list[int] = chance.integers(0, len(ids), wanted).tolist() if ids else []
        return tuple(ids[rank] for rank in ranks)

    for _ in range(count):
        refused = some(words.formations, 0, 2)
        yield Profil(
            niveau=_NIVEAUX[int(chance.integers(len(_NIVEAUX)))],
            bac=words.bacs[int(chance.integers(len(words.bacs)))],
            duree=_DUREES[int(chance.integers(len(_DUREES)))],
            apprentissage=_ALTERNANCES[int(chance.integers(len(_ALTERNANCES)))],
            communes=some(words.communes, 0, 3),
            specialites=some(words.specialites, 2, 3),
            interets=some(words.elements, 1, 8),
            moyenne=float(chance.integers(14, 39)),
            choix=tuple(
                Choix(one, Statut.FAVORI)
                for one in (*some(words.metiers, 0, 3), *some(words.formations, 0, 3))
                if one not in refused
            )
            + tuple(Choix(one, Statut.REJETE) for one in refused),
        )

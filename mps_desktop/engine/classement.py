"""Affinities between 0 and 1, and the order of a varied list (spec, sections 7 and 8)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import islice

import numpy as np

from mps_desktop.engine.lecture import BAC_INCONNU
from mps_desktop.engine.tables import Vecteur

_PRECISION = 1e7
_PART_OFFRE = 0.75
_COURTE_LISTE = 10
_FENETRE = 10

POIDS_OFFRE = 0.15
"""Share of its rank that a formation hardly offered may lose (corrected mode)."""

EN_VUE = 20
"""Places among which a formation that the student loves is always found (corrected mode)."""

BON_CANDIDAT = 0.8
"""A formation may come before a better one if it has at least this share of its rank (corrected mode)."""


def rounded(values: Vecteur, divisor: float = 1.0) -> Vecteur:
    """Values divided, rounded half up to 7 decimals and clamped to 0..1; what is not a number becomes 0."""
    steps = np.floor(values / divisor * _PRECISION + 0.5)
    return np.clip(np.nan_to_num(steps, nan=0.0) / _PRECISION, 0.0, 1.0)


def repetition_factor(bac: str | None) -> float:
    """What a formation keeps of its affinity each time its type was just listed, by bac.

    Args:
        bac: as stated in the profile: a blank one is not an empty one.
    """
    if not bac or bac == BAC_INCONNU or bac.startswith("G"):
        return 0.2
    return 0.9 if bac.startswith("P") else 0.6


def ranking(affinites: Vecteur, offres: Vecteur, types: Sequence[Hashable], facteur: float, limite: int) -> list[int]:
    """Order of a list that alternates types and keeps widely offered formations in front.

    Args:
        affinites: 0..1 per formation; ties follow the order of the formations.
        offres: 0..1 per formation, how widely it is offered.
        types: type of each formation.
        facteur: see ``repetition_factor``.
        limite: length of the list asked for.

    Returns:
        Indexes of the formations; those of affinity 0 come last, in their own order.
    """
    order: list[int] = np.argsort(-affinites, kind="stable").tolist()
    nb_positive = int(np.count_nonzero(affinites > 0))
    remaining, tail = order[:nb_positive], order[nb_positive:]
    affinity: list[float] = affinites.tolist()
    offre: list[float] = offres.tolist()
    powers = [facteur**count for count in range(_FENETRE + 1)]
    counts: dict[Hashable, int] = {}
    placed: list[int] = []
    total = 0.0
    while remaining and len(placed) < limite:
        need = _PART_OFFRE * (len(placed) + 1) - total
        short = list(islice((f for f in remaining if offre[f] >= need), _COURTE_LISTE)) or remaining[:_COURTE_LISTE]
        values = [powers[counts.get(types[f], 0)] * affinity[f] for f in short]
        best = short[values.index(max(values))]
        remaining.remove(best)
        _place(best, placed, counts, types)
        total += offre[best]
    return [*placed, *tail][:limite]


def soft_ranking(
    affinites: Vecteur, offres: Vecteur, types: Sequence[Hashable], facteur: float, limite: int
) -> list[int]:
    """Corrected order (defects 11 and 12): types alternate among formations of like worth only.

    A formation is worth its unrounded affinity, less at most ``POIDS_OFFRE`` when it is hardly
    offered. It may come before a better one only if it is worth ``BON_CANDIDAT`` of it, so the list
    never falls then rises again by more than that, and two formations of one type keep the order
    of their worth.

    Args and result: as ``ranking``.
    """
    worth = affinites * (1.0 - POIDS_OFFRE * (1.0 - offres))
    # Only the formations that can be placed are sorted out; the others follow as they are.
    order: list[int] = np.argsort(-worth, kind="stable").tolist()
    nb_positive = min(int(np.count_nonzero(worth > 0)), limite + _COURTE_LISTE)
    value: list[float] = worth.tolist()
    powers = [facteur**count for count in range(_FENETRE + 1)]
    counts: dict[Hashable, int] = {}
    placed: list[int] = []
    window = order[: min(_COURTE_LISTE, nb_positive)]
    following = len(window)
    while window and len(placed) < limite:
        floor = BON_CANDIDAT * value[window[0]]
        best, best_value = 0, -1.0
        for position, formation in enumerate(window):
            own = value[formation]
            if own < floor or own <= best_value:
                break  # the next ones are worth less still
            candidate = own * powers[counts.get(types[formation], 0)]
            if candidate > best_value:
                best, best_value = position, candidate
        chosen = window.pop(best)
        if following < nb_positive:
            window.append(order[following])
            following += 1
        _place(chosen, placed, counts, types)
    return [*placed, *order[len(placed) :]][:limite] if len(placed) < limite else placed


def in_sight(order: list[int], loved: Sequence[int]) -> list[int]:
    """The same list, where loved formations that came after the first ``EN_VUE`` take the last places of those.

    Args:
        order: at least the first ``EN_VUE`` of the list, or all of it.
        loved: the best first; those that already are among the first keep their place.
    """
    head, rest = order[:EN_VUE], order[EN_VUE:]
    loved_ones = set(loved)
    others = [formation for formation in head if formation not in loved_ones]
    missing = [formation for formation in loved if formation not in head][: len(others)]
    if not missing:
        return order
    moved = set(others[len(others) - len(missing) :])
    kept = [formation for formation in head if formation not in moved]
    pushed = [formation for formation in head if formation in moved]
    return [*kept, *missing, *pushed, *(formation for formation in rest if formation not in set(missing))]


def _place(chosen: int, placed: list[int], counts: dict[Hashable, int], types: Sequence[Hashable]) -> None:
    """Add a formation to the list, and keep count of the types of the last ten."""
    placed.append(chosen)
    counts[types[chosen]] = counts.get(types[chosen], 0) + 1
    if len(placed) > _FENETRE:
        counts[types[placed[-_FENETRE - 1]]] -= 1

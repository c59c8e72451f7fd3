"""Affinities between 0 and 1, and the order of a varied list (spec, sections 7 and 8)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from itertools import islice

import numpy as np

from mps_desktop.engine.lecture import BAC_INCONNU
from mps_desktop.engine.tables import Vecteur

_PRECISION = 1e7
_PART_OFFRE = 0.75
_COURTE_LISTE = 10
_FENETRE = 10


def rounded(values: Vecteur, divisor: float = 1.0) -> Vecteur:
    """Values divided, rounded half up to 7 decimals and clamped to 0..1."""
    return np.clip(np.floor(values / divisor * _PRECISION + 0.5) / _PRECISION, 0.0, 1.0)


def repetition_factor(bac: str | None) -> float:
    """What a formation keeps of its affinity each time its type was just listed, by bac.

    Args:
        bac: as stated in the profile: a blank one is not an empty one.
    """
    if not bac or bac == BAC_INCONNU or bac.startswith("G"):
        return 0.2
    return 0.9 if bac.startswith("P") else 0.6


def ranking(affinites: Vecteur, offres: Vecteur, types: Sequence[str], facteur: float, limite: int) -> list[int]:
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
    recent: deque[str] = deque(maxlen=_FENETRE)
    placed: list[int] = []
    total = 0.0
    while remaining and len(placed) < limite:
        need = _PART_OFFRE * (len(placed) + 1) - total
        short = list(islice((f for f in remaining if offre[f] >= need), _COURTE_LISTE)) or remaining[:_COURTE_LISTE]
        counts = Counter(recent)
        best = max(short, key=lambda f: powers[counts[types[f]]] * affinity[f])
        remaining.remove(best)
        placed.append(best)
        recent.append(types[best])
        total += offre[best]
    return [*placed, *tail][:limite]

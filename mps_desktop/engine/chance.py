"""Chance of at least one offer over a whole list, when the same file is read everywhere.

One-factor model: for wish i the student is called when ``sqrt(r) F + sqrt(1 - r) E_i`` stays below
``q_i = Phi^-1(p_i)``, F common to all his wishes, E_i proper to each, all standard Normal. Given F the
wishes are independent, so that the chance of nothing is the mean over F of the product of the misses.
``r = 0`` is independence (optimistic); the larger r, the more the wishes stand or fall together.
No figure is published for one student, so that r is a documented default and not a measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

_NOEUDS = 64
_BORD = 1e-6
_A = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
_NORMALE = NormalDist()


@dataclass(frozen=True, slots=True)
class Chance:
    """Chance of at least one offer, 0..1.

    Attributes:
        bas, haut: with the bounds of the estimates; the range that people see.
        milieu: with their middle values.
        independante: the same middle if wishes were independent: for the documentation only.
        nb_estimes: wishes that it rests on.
        nb_ignores: wishes without estimate, counted as if they brought nothing.
    """

    bas: float
    milieu: float
    haut: float
    independante: float
    nb_estimes: int
    nb_ignores: int


def chance_of_one(
    estimates: Sequence[tuple[float, float, float]], part_commune: float, nb_ignores: int = 0
) -> Chance | None:
    """Cautious chance of at least one offer; None when no wish is estimated.

    Args:
        estimates: (low, p, high) of each wish, 0..1, whatever their order.
        part_commune: share of the variance that is common to the wishes of a student, 0..1 excluded.
        nb_ignores: wishes without estimate.
    """
    if not estimates:
        return None
    table = np.asarray(sorted(estimates), dtype=np.float64)
    low, middle, high = (at_least_one(table[:, column], part_commune) for column in range(3))
    independent = float(1.0 - np.prod(1.0 - table[:, 1]))
    return Chance(low, middle, high, independent, len(table), nb_ignores)


def at_least_one(probabilities: NDArray[np.float64], part_commune: float) -> float:
    """Chance that at least one of the wishes brings an offer (Gauss–Hermite, 64 nodes).

    Kept between the best wish and independence, which bound the exact value (a common factor is never negative):
    with nearly everything in common the integrand is a step, which the nodes miss by up to 0.01.
    """
    nodes, weights = _quadrature()
    cuts = np.array([_NORMALE.inv_cdf(float(p)) for p in np.clip(probabilities, _BORD, 1 - _BORD)])
    shifted = (cuts[None, :] - np.sqrt(part_commune) * nodes[:, None]) / np.sqrt(1.0 - part_commune)
    missed = np.prod(1.0 - _cdf(shifted), axis=1)
    independent = 1.0 - np.prod(1.0 - probabilities)
    return float(np.clip(1.0 - weights @ missed, probabilities.max(initial=0.0), independent))


@cache
def _quadrature() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes and weights for a standard Normal."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NOEUDS)
    return nodes, weights / weights.sum()


def _cdf(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard Normal distribution (Abramowitz and Stegun 7.1.26, error below 1.5e-7)."""
    x = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    series = t * (_A[0] + t * (_A[1] + t * (_A[2] + t * (_A[3] + t * _A[4]))))
    return 0.5 * (1.0 + np.sign(values) * (1.0 - series * np.exp(-x * x)))

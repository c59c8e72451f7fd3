"""Interval around a predicted rate: how far the published rate really fell, learned and calibrated.

Quantiles of the misses (log-odds) by level, size and family of vœux; among the intervals that hold
80 %, the shortest; then each family is widened or narrowed until it does hold 80 % of its own misses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.regression import Vecteur, fit_quantile

Familles = NDArray[np.int64]

COUVERTURE = 0.80
_QUEUES = (0.04, 0.07, 0.10, 0.13, 0.16)
"""Shares left below, tried for each vœu."""
_MARGE = 0.01
_NOEUDS = (-1.0, 0.0, 0.8, 1.5)
_FAMILLE_MIN = 30
"""Misses from which a family is corrected by its own."""
_POIDS_COMMUN = 50.0
"""Weight of all families together in the correction of one, in misses."""


@dataclass(frozen=True, slots=True)
class Intervalles:
    """Learned offsets of the 80 % interval.

    Attributes:
        bas, haut: coefficients of the quantiles, shape (number of tails, regressors).
        marges: added on both sides, log-odds, by family.
    """

    bas: Vecteur
    haut: Vecteur
    marges: Vecteur

    def offsets(self, prevu: Vecteur, candidats: Vecteur, familles: Familles) -> tuple[Vecteur, Vecteur]:
        """How far the interval goes below and above, log-odds, both >= 0, shape (n,).

        Args:
            prevu: predicted rates, 0..1, shape (n,).
            candidats: size of the vœux, shape (n,).
            familles: family of the vœux, 0..number of families - 1.
        """
        below, above = _shortest(self.bas, self.haut, prevu, candidats, familles, len(self.marges))
        margin = self.marges[familles]
        return np.maximum(0.0, margin - below), np.maximum(0.0, above + margin)

    def bounds(self, prevu: Vecteur, candidats: Vecteur, familles: Familles) -> tuple[Vecteur, Vecteur]:
        """Bounds of the interval, 0..1, around the predicted rates. Arguments as ``offsets``."""
        below, above = self.offsets(prevu, candidats, familles)
        return bounds_of(prevu, below, above)


def log_odds(rates: Vecteur) -> Vecteur:
    """Log-odds of rates kept a hundredth away from 0 and 1."""
    kept = np.clip(rates, _MARGE, 1 - _MARGE)
    return np.log(kept / (1 - kept))


def rates_of(odds: Vecteur) -> Vecteur:
    """Rates of log-odds, 0..1."""
    return 1 / (1 + np.exp(-odds))


def bounds_of(prevu: Vecteur, below: Vecteur, above: Vecteur) -> tuple[Vecteur, Vecteur]:
    """Rates that far below and above, log-odds; what reaches the last hundredth means 0 or 1."""
    centre = log_odds(prevu)
    low, high = rates_of(centre - below), rates_of(centre + above)
    low = np.where(low <= _MARGE + 1e-9, 0.0, low)
    high = np.where(high >= 1 - _MARGE - 1e-9, 1.0, high)
    return np.minimum(low, prevu), np.maximum(high, prevu)


def constant_intervals(demi_largeur: float, nombre: int) -> Intervalles:
    """The same half width, log-odds, for every vœu: when nothing could be learned."""
    nothing = np.zeros(
        (len(_QUEUES), _plan(np.array([0.5]), np.zeros(1), np.zeros(1, dtype=np.int64), nombre).shape[1])
    )
    return Intervalles(nothing, nothing, np.full(nombre, demi_largeur))


def learn_intervals(
    prevu: Vecteur, observe: Vecteur, candidats: Vecteur, familles: Familles, nombre: int
) -> Intervalles:
    """Learn from predictions and what was then published.

    Args:
        prevu, observe: rates, 0..1, shape (n,).
        candidats: size of the vœux, shape (n,).
        familles: family of the vœux, shape (n,).
        nombre: number of families.
    """
    plan = _plan(prevu, candidats, familles, nombre)
    misses = log_odds(observe) - log_odds(prevu)
    low = np.stack([fit_quantile(plan, misses, tail, 1.0) for tail in _QUEUES])
    high = np.stack([fit_quantile(plan, misses, tail + COUVERTURE, 1.0) for tail in _QUEUES])
    below, above = _shortest(low, high, prevu, candidats, familles, nombre)
    outside = np.maximum(below - misses, misses - above)
    common = float(np.quantile(outside, COUVERTURE))
    margins = np.full(nombre, common)
    for family in range(nombre):
        own = outside[familles == family]
        if len(own) >= _FAMILLE_MIN:
            level = min(1.0, COUVERTURE * (1 + 1 / len(own)))
            own_margin = float(np.quantile(own, level))
            margins[family] = (len(own) * own_margin + _POIDS_COMMUN * common) / (len(own) + _POIDS_COMMUN)
    return Intervalles(low, high, margins)


def _shortest(
    low: Vecteur, high: Vecteur, prevu: Vecteur, candidats: Vecteur, familles: Familles, nombre: int
) -> tuple[Vecteur, Vecteur]:
    """Offsets of the tails that make the shortest interval, in points, for each vœu."""
    plan = _plan(prevu, candidats, familles, nombre)
    below, above = low @ plan.T, high @ plan.T
    centre = log_odds(prevu)
    widths = np.minimum(rates_of(centre + above), 1 - _MARGE) - np.maximum(rates_of(centre + below), _MARGE)
    chosen = widths.argmin(axis=0)
    everyone = np.arange(len(prevu))
    return below[chosen, everyone], above[chosen, everyone]


def _plan(prevu: Vecteur, candidats: Vecteur, familles: Familles, nombre: int) -> Vecteur:
    """Regressors of the quantiles: level (log-odds), size, family; shape (n, k)."""
    level = log_odds(prevu) / 2
    size = (np.log1p(candidats) - 5.5) / 1.2
    columns = [np.ones(len(prevu)), size, level, level**2, level**3, size * level, size**2]
    columns += [np.maximum(level - knot, 0.0) for knot in _NOEUDS]
    columns += [(familles == family).astype(np.float64) for family in range(nombre)]
    return np.stack(columns, axis=1)

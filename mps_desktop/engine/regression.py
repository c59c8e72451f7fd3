"""Linear quantile regression, by reweighted least squares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vecteur = NDArray[np.float64]

_TOURS = 60
_PLANCHER = 0.02
"""Residuals smaller than this share of their typical size weigh alike: the loss is smooth around zero."""


def fit_quantile(plan: Vecteur, cible: Vecteur, quantile: float = 0.5, frein: float = 1e-4) -> Vecteur:
    """Coefficients of the line below which a share of the targets lies.

    Args:
        plan: regressors, shape (n, k).
        cible: targets, shape (n,).
        quantile: share, 0..1; one half minimises the mean absolute error.
        frein: ridge penalty on every coefficient but the first, which keeps a thin design solvable.

    Returns:
        Coefficients, shape (k,).
    """
    penalty = np.eye(plan.shape[1]) * frein
    penalty[0, 0] = min(frein, 1e-6)
    weights = np.ones(len(cible))
    floor = _PLANCHER * max(float(np.mean(np.abs(cible))), 1e-9)
    coefficients = np.zeros_like(plan[0])
    for _ in range(_TOURS):
        weighted = plan * weights[:, None]
        coefficients = _solve(plan.T @ weighted + penalty, weighted.T @ cible)
        rest = cible - plan @ coefficients
        weights = np.where(rest > 0, quantile, 1 - quantile) / np.maximum(np.abs(rest), floor)
    return coefficients


def fit_mean(plan: Vecteur, cible: Vecteur, frein: float = 1e-3) -> Vecteur:
    """Coefficients of least squares, shape (k,). Arguments as ``fit_quantile``."""
    return _solve(plan.T @ plan + np.eye(plan.shape[1]) * frein, plan.T @ cible)


def _solve(normal: Vecteur, right: Vecteur) -> Vecteur:
    return np.linalg.solve(normal, right).astype(np.float64)

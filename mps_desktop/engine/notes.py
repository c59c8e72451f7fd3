"""What an average is worth beside those of the admitted (spec, section 6.8)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mps_desktop.engine.tables import MoyennesBac, Vecteur

MOYENNE_MAX = 40

_PALIERS = (0.0, 0.0007, 0.07, 0.51, 0.93, 1.0)
"""Score at 0, at 8/20, then at r10, r25, r50 and r75 of the admitted: 0.7 × chances + 0.3 × closeness
with the weights of the reference, where closeness does not fall again above the median."""

_ECART_MINIMAL = 0.5
"""Least distance between two percentiles, half points: the curve stays continuous when they are equal."""


def moyenne_score(moyenne: float, figures: MoyennesBac) -> Vecteur:
    """0.7 × chances of being admitted + 0.3 × closeness to the admitted, as the reference draws them.

    Between r25 and r75 both ramps go from r25 to r75, whatever the median: a quirk of the reference.
    """
    r10, r25, r50, r75, r90 = figures.r10, figures.r25, figures.r50, figures.r75, figures.r90
    n = np.trunc(figures.rang_max * moyenne / MOYENNE_MAX)
    low = np.floor(8.0 * figures.rang_max / 20.0)
    middle = _ramp(n, r25, r75)
    lower = _ramp(n, r10, r25)
    admissibility = np.select(
        [n <= low, n <= r10, n <= r25, n <= r50, n <= r75],
        [np.full(len(n), 0.001), 0.1 * _ramp(n, low, r10), 0.1 + 0.2 * lower, 0.3 + 0.6 * middle, 0.9 + 0.1 * middle],
        default=1.0,
    )
    closeness = np.select(
        [(n >= r90) | (n < r10), (r25 <= n) & (n <= r75), n <= r25],
        [np.zeros(len(n)), np.ones(len(n)), lower],
        default=_ramp(n, r75, r25),
    )
    return 0.7 * admissibility + 0.3 * closeness


def croissante_score(moyenne: float, figures: MoyennesBac) -> Vecteur:
    """The corrected curve (defect 4): straight lines between the percentiles, continuous, never falling.

    Args:
        moyenne: half points, 0..40; not truncated.
        figures: columns of percentiles.
    """
    scale = figures.rang_max / MOYENNE_MAX
    n = np.clip(moyenne, 0.0, MOYENNE_MAX) * scale
    points = [np.zeros(len(n))]
    for percentile in (8.0 * figures.rang_max / 20.0, figures.r10, figures.r25, figures.r50, figures.r75):
        points.append(np.maximum(percentile, points[-1] + _ECART_MINIMAL))
    score = np.zeros(len(n))
    for rank, (start, end) in enumerate(pairwise(points)):
        step = _PALIERS[rank + 1] - _PALIERS[rank]
        score += step * np.clip((n - start) / (end - start), 0.0, 1.0)
    return np.minimum(score, 1.0)


def _ramp(n: Vecteur, zero: Vecteur, one: Vecteur) -> Vecteur:
    """0 at ``zero``, 1 at ``one``, straight between, 0.5 when both are the same."""
    flat = zero == one
    span = np.where(flat, 1.0, one - zero)
    return np.where(flat, 0.5, np.clip((n - zero) / span, 0.0, 1.0))

"""Link between a general average and access to a vœu.

A candidate is in reach of an offer when his average plus a noise (subjects that count more, the
file, the lycée) exceeds a threshold, fitted when the catalogue is built. The noise is logistic, its
spread depends on the family of the vœu.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.classes import EffetMoyenne, References, Reglage
from mps_desktop.engine.latent import LOGISTIQUE

_SERIE_INCONNUE = "NC"
_BIN = 0.5
_BORNE = 1e-9


@dataclass(frozen=True, slots=True)
class Loi:
    """How the averages of a series spread over the country.

    Attributes:
        places: averages, points out of 20, shape (40,).
        poids: share of each, shape (40,).
        faible, forte: averages that bound an unknown one.
    """

    places: NDArray[np.float64]
    poids: NDArray[np.float64]
    faible: float
    forte: float


def logit(rate: float, margin: float) -> float:
    """Log-odds of a rate kept ``margin`` away from 0 and 1."""
    kept = min(max(rate, margin), 1 - margin)
    return math.log(kept / (1 - kept))


def expit(value: float) -> float:
    """Rate of these log-odds, 0..1."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    odds = math.exp(value)
    return odds / (1 + odds)


def find_loi(references: References, bac: str, effet: EffetMoyenne) -> Loi | None:
    """Averages of the series, else of all bacs together, else None."""
    parts = references.moyennes.get(bac) or references.moyennes.get(_SERIE_INCONNUE)
    return build_loi(parts, effet.parts_inconnue) if parts else None


@lru_cache(maxsize=64)
def build_loi(parts: tuple[float, ...], bounds: tuple[float, float]) -> Loi:
    """Spread of the averages of a series.

    Args:
        parts: cumulated shares, entry i = share below i/2 out of 20.
        bounds: quantiles that bound an unknown average.
    """
    cumulated = np.append(np.asarray(parts, dtype=np.float64), 1.0)
    low, high = np.interp(bounds, cumulated, _BIN * np.arange(len(cumulated)))
    places = _BIN * (np.arange(len(parts), dtype=np.float64) + 0.5)
    return Loi(places, np.diff(cumulated), float(low), float(high))


def place_known(reglage: Reglage, bruit: float, moyenne: float) -> tuple[float, float, float]:
    """Log-odds of access of one average: lower bound, value, upper bound.

    Args:
        bruit: standard deviation of the noise, points.
        moyenne: general average out of 20.
    """
    scale = bruit * LOGISTIQUE
    low, value, high = ((moyenne - seuil) / scale for seuil in (reglage.seuil_bas, reglage.seuil, reglage.seuil_haut))
    return low, value, high


def place_unknown(reglage: Reglage, bruit: float, loi: Loi) -> tuple[float, float, float]:
    """Same for an unknown average: all averages of the series, each with its share; the bounds widen.

    They add how far the figures may move and how far a weak or a strong student of the series would be.
    """
    scale = bruit * LOGISTIQUE
    seuils = np.array((reglage.seuil_bas, reglage.seuil, reglage.seuil_haut))
    rates = (1 / (1 + np.exp((seuils[:, None] - loi.places) / scale))) @ loi.poids
    low, value, high = (logit(rate, _BORNE) for rate in rates.tolist())
    weak, strong = ((moyenne - reglage.seuil) / scale for moyenne in (loi.faible, loi.forte))
    below = math.hypot(value - low, max(0.0, value - weak))
    return value - below, value, value + math.hypot(high - value, max(0.0, strong - value))

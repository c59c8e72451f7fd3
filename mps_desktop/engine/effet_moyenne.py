"""Link between a general average and access to a vœu.

A candidate is in reach of an offer when his average plus a noise (subjects that count more, the
file, the lycée) exceeds a threshold. The noise is logistic. The threshold is set so that the
access rates of all averages of the series, added up, give back the published rate: an average
moves the estimate around that rate and never replaces it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.classes import EffetMoyenne, Mentions, References, StatsBac, TypeBac

_SERIE_INCONNUE = "NC"
_BIN = 0.5
Z80 = 1.2815515655446004
"""Half width of the central 80 % of a Normal law, in standard deviations."""
_PAS = 0.05
_SEUILS = (-20.0, 40.0)


@dataclass(frozen=True, slots=True)
class Grille:
    """Threshold of a series by access rate, tabulated.

    Attributes:
        logits: logit of the access rate, increasing, shape (n,).
        seuils: threshold that gives it, points out of 20, shape (n,).
        gains: mean average of those in reach minus that of all, points, shape (n,).
        bas, haut: averages that bound an unknown one.
        echelle: scale of the logistic noise, points.
    """

    logits: NDArray[np.float64]
    seuils: NDArray[np.float64]
    gains: NDArray[np.float64]
    bas: float
    haut: float
    echelle: float

    def seuil(self, logit: float) -> float:
        """Threshold, points out of 20, that gives this access rate over the whole series."""
        return float(np.interp(logit, self.logits, self.seuils))

    def gain(self, logit: float) -> float:
        """How far above all candidates those in reach are, points."""
        return float(np.interp(logit, self.logits, self.gains))


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


def find_grille(references: References, bac: str, fili: str, effet: EffetMoyenne) -> Grille | None:
    """Table of the series, else of all bacs together, else None.

    Args:
        fili: family of the vœu; the average weighs more in some than in others.
    """
    parts = references.moyennes.get(bac) or references.moyennes.get(_SERIE_INCONNUE)
    return build_grille(parts, effet.bruits.get(fili, effet.bruit), effet.parts_inconnue) if parts else None


@lru_cache(maxsize=128)
def build_grille(parts: tuple[float, ...], noise: float, bounds: tuple[float, float]) -> Grille:
    """Tabulate the threshold for one distribution of averages.

    Args:
        parts: cumulated shares, entry i = share below i/2 out of 20.
        noise: standard deviation of the noise, points.
        bounds: quantiles that bound an unknown average.
    """
    cumulated = np.append(np.asarray(parts, dtype=np.float64), 1.0)
    weights = np.diff(cumulated)
    centres = _BIN * (np.arange(len(weights)) + 0.5)
    scale = noise * math.sqrt(3) / math.pi
    thresholds = np.arange(*_SEUILS, _PAS)[::-1]
    gaps = (centres[None, :] - thresholds[:, None]) / scale
    within = 1 / (1 + np.exp(-gaps))
    access = within @ weights
    logits = np.log(access) - np.log((1 / (1 + np.exp(gaps))) @ weights)
    gains = within @ (weights * centres) / access - weights @ centres
    low, high = np.interp(bounds, cumulated, _BIN * np.arange(len(cumulated)))
    return Grille(logits, thresholds, gains, float(low), float(high), scale)


def shift_of_candidates(
    mentions: Mentions | None,
    admitted: int | None,
    par_bac: Mapping[TypeBac, StatsBac],
    grille: Grille,
    access_logit: float,
    effet: EffetMoyenne,
) -> float:
    """How far the candidates of a vœu stand above those of the whole country, points out of 20.

    The mentions of the admitted say how strong those who came are; what selection alone explains
    is taken off. The best of those who were called often go elsewhere, so a shift downwards,
    which would make the vœu look easier, is kept in part only.

    Args:
        admitted: how many the mentions speak of; None = unknown.
        par_bac: offers by bac type, to compare with the same mixture of bacs.
        access_logit: access of the bac type, as log-odds.
    """
    if mentions is None or not admitted:
        return 0.0
    shares = (mentions.sans, mentions.assez_bien, mentions.bien, mentions.tres_bien, mentions.felicitations)
    offers = {bac: figures.propositions or 0 for bac, figures in par_bac.items()}
    if sum(shares) <= 0 or sum(offers.values()) <= 0:
        return 0.0
    here = sum(s * p for s, p in zip(shares, effet.points_mentions, strict=True)) / sum(shares)
    nation = sum(count * effet.points_nationaux[bac] for bac, count in offers.items()) / sum(offers.values())
    shift = (here - nation - grille.gain(access_logit)) * admitted / (admitted + effet.admis_min)
    return shift if shift > 0 else effet.poids_bas * shift


def place_moyenne(
    grille: Grille, access: tuple[float, float, float], shift: float, moyenne: float, uncertainty: float
) -> tuple[float, float]:
    """Log-odds of access of one average, and their 80 % half width.

    Args:
        access: log-odds of the access rate: lower bound, value, upper bound.
        shift: of the candidates, points.
        moyenne: general average out of 20.
        uncertainty: standard deviation of the place of the threshold, points.
    """
    if_low, seuil, if_high = (grille.seuil(value) for value in access)
    moved = math.hypot((if_low - if_high) / 2, Z80 * uncertainty)
    return (moyenne - shift - seuil) / grille.echelle, moved / grille.echelle

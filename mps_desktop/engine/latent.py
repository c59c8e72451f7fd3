"""Where the candidates of a vœu stand, and the average above which it opens.

Averages of the candidates of a bac type ~ Normal(centre, sigma); one of them is in reach when average
plus a logistic noise exceeds a threshold. The threshold follows from the access rate; the centre is
fitted so that those in reach would have the published mentions (penalised weighted least squares, all
vœux at once). Published mentions are those of students who *accepted*; the best often went elsewhere.
Arrays by bac type have shape (n, 3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mps_desktop.engine.regression import Vecteur

_Z = np.linspace(-3.5, 3.5, 29)
_POIDS_Z = np.exp(-(_Z**2) / 2) / np.exp(-(_Z**2) / 2).sum()
_LOGITS = np.linspace(-12.0, 12.0, 241)
_TOURS = 8
_PAS_MAX = 1.5
_INCERTITUDE_PARTS = 0.04
"""Added to the sampling error of a share: even a large vœu does not follow the model to the point."""
LOGISTIQUE = math.sqrt(3) / math.pi
"""Scale of a logistic law of standard deviation 1."""


@dataclass(frozen=True, slots=True)
class Series:
    """National facts by bac type, points out of 20.

    Attributes:
        centres, ecarts: mean and standard deviation of the general averages, shape (3,).
        coupes: general average that is worth AB, B, TB, félicitations, shape (3, 4).
    """

    centres: Vecteur
    ecarts: Vecteur
    coupes: Vecteur


@dataclass(frozen=True, slots=True)
class Admis:
    """Who was admitted, one row per vœu.

    Attributes:
        effectifs: by bac type, shape (n, 3).
        avec_mention: those who got a mention, by bac type, shape (n, 3).
        mentions: none, AB, B, TB, félicitations, all types together, shape (n, 5).
    """

    effectifs: Vecteur
    avec_mention: Vecteur
    mentions: Vecteur


@dataclass(frozen=True, slots=True)
class Liens:
    """Parameters of the fit, points out of 20.

    Attributes:
        lien: standard deviation of the bac average for one general average.
        ecart_commun: how far the candidates of a vœu may stand from those of its family, all types alike.
        ecart_type: the same, each type on its own.
        poids_bas: share kept of a shift towards weaker candidates: the admitted look weaker than those called.
    """

    lien: float
    ecart_commun: float
    ecart_type: float
    poids_bas: float


def thresholds(centres: Vecteur, acces: Vecteur, bruits: Vecteur, series: Series) -> Vecteur:
    """Average above which a vœu opens, points, shape (n, 3).

    Args:
        centres: of the candidates, points, shape (n, 3).
        acces: log-odds of access, shape (n, 3).
        bruits: standard deviation of the noise, points, shape (n,).
    """
    found = np.empty_like(acces)
    for noise in np.unique(bruits):
        rows = bruits == noise
        for rank, sigma in enumerate(series.ecarts):
            offsets = _offsets(float(noise), float(sigma))
            found[rows, rank] = np.interp(acces[rows, rank], _LOGITS, offsets)
    return centres + found


def fit_centres(
    admis: Admis, acces: Vecteur, bruits: Vecteur, familles: Vecteur, series: Series, liens: Liens
) -> Vecteur:
    """Mean average of the candidates of every vœu by bac type, points, shape (n, 3).

    Two passes: the first leans on the country, the second on the family.

    Args:
        acces: log-odds of access at the session of the mentions, shape (n, 3).
        bruits: standard deviation of the noise, points, shape (n,).
        familles: number of the family, shape (n,).
    """
    law = _law_in_reach(acces, bruits, series)
    nation = np.broadcast_to(series.centres, acces.shape)
    first = _gauss_newton(nation, law, admis, series, liens)
    numbers = familles.astype(np.int64)
    weights = admis.effectifs / (admis.effectifs + 5.0)
    means = np.empty_like(first)
    for rank in range(first.shape[1]):
        totals = np.bincount(numbers, weights=weights[:, rank] * (first - nation)[:, rank])[numbers]
        means[:, rank] = nation[:, rank] + totals / (np.bincount(numbers, weights=weights[:, rank])[numbers] + 20.0)
    second = _gauss_newton(means, law, admis, series, liens)
    shift = second - means
    return means + np.where(shift < 0, liens.poids_bas, 1.0) * shift


def implied_mentions(centres: Vecteur, acces: Vecteur, bruits: Vecteur, series: Series, liens: Liens) -> Vecteur:
    """Share of those in reach with at least AB, B, TB, félicitations, 0..1, shape (n, 3, 4)."""
    return _shares(centres, _law_in_reach(acces, bruits, series), series, liens)[0]


@lru_cache(maxsize=256)
def _offsets(noise: float, sigma: float) -> Vecteur:
    """Threshold minus centre for each of ``_LOGITS``."""
    scale = noise * LOGISTIQUE
    places = np.linspace(6 * sigma + 13 * scale, -6 * sigma - 13 * scale, 801)
    gaps = (sigma * _Z[None, :] - places[:, None]) / scale
    within = _expit(gaps) @ _POIDS_Z
    beyond = _expit(-gaps) @ _POIDS_Z
    return np.interp(_LOGITS, np.log(within) - np.log(beyond), places)


def _law_in_reach(acces: Vecteur, bruits: Vecteur, series: Series) -> Vecteur:
    """Weights of the places z (in sigmas from the centre) among those in reach, shape (n, 3, number of z)."""
    offsets = thresholds(np.zeros_like(acces), acces, bruits, series)
    scale = (bruits * LOGISTIQUE)[:, None, None]
    within = _expit((series.ecarts[None, :, None] * _Z - offsets[:, :, None]) / scale) * _POIDS_Z
    return within / within.sum(axis=2, keepdims=True)


def _gauss_newton(prior: Vecteur, law: Vecteur, admis: Admis, series: Series, liens: Liens) -> Vecteur:
    """Centres that match the published mentions, held back by a prior."""
    total = admis.mentions.sum(axis=1)
    observed = np.cumsum(admis.mentions[:, ::-1], axis=1)[:, ::-1][:, 2:] / np.maximum(total, 1.0)[:, None]
    own = admis.avec_mention / np.maximum(admis.effectifs, 1.0)
    parts = admis.effectifs / np.maximum(admis.effectifs.sum(axis=1, keepdims=True), 1.0)
    weight_all = np.where(total[:, None] > 0, _weights(observed, total[:, None]), 0.0)
    weight_own = np.where(admis.effectifs > 0, _weights(own, admis.effectifs), 0.0)
    covariance = np.full((3, 3), liens.ecart_commun**2) + np.eye(3) * liens.ecart_type**2
    penalty: Vecteur = np.linalg.inv(covariance).astype(np.float64)
    centres = prior.astype(np.float64).copy()
    index = np.arange(3)
    for _ in range(_TOURS):
        shares, slopes = _shares(centres, law, series, liens)
        miss_own = own - shares[:, :, 0]
        miss_all = observed - (parts[:, :, None] * shares[:, :, 1:]).sum(axis=1)
        moves = parts[:, :, None] * slopes[:, :, 1:]
        weighted = moves * weight_all[:, None, :]
        normal: Vecteur = weighted @ moves.transpose(0, 2, 1) + penalty
        normal[:, index, index] += weight_own * slopes[:, :, 0] ** 2
        pull: Vecteur = (weighted * miss_all[:, None, :]).sum(axis=2) + weight_own * slopes[:, :, 0] * miss_own
        right: Vecteur = pull - (centres - prior) @ penalty
        step = _solve(normal, right[:, :, None])
        centres = centres + np.clip(step[:, :, 0], -_PAS_MAX, _PAS_MAX)
    return centres


def _solve(normal: Vecteur, right: Vecteur) -> Vecteur:
    return np.linalg.solve(normal, right).astype(np.float64)


def _shares(centres: Vecteur, law: Vecteur, series: Series, liens: Liens) -> tuple[Vecteur, Vecteur]:
    """Shares with at least each mention, and their slopes by point of centre, shape (n, 3, 4) each."""
    scale = liens.lien * LOGISTIQUE
    places = centres[:, :, None] + series.ecarts[None, :, None] * _Z
    shares = np.empty((*centres.shape, series.coupes.shape[1]))
    slopes = np.empty_like(shares)
    for rank in range(series.coupes.shape[1]):
        reached = _expit((places - series.coupes[None, :, rank, None]) / scale)
        shares[:, :, rank] = np.sum(law * reached, axis=2)
        slopes[:, :, rank] = np.sum(law * reached * (1 - reached), axis=2) / scale
    return shares, slopes


def _weights(shares: Vecteur, counts: Vecteur) -> Vecteur:
    """Inverse variances of observed shares."""
    kept = (shares * counts + 1) / (counts + 2)
    return 1 / (kept * (1 - kept) / np.maximum(counts, 1.0) + _INCERTITUDE_PARTS**2)


def _expit(values: Vecteur) -> Vecteur:
    """Logistic function, safe for large values."""
    return 1 / (1 + np.exp(-np.clip(values, -60.0, 60.0)))

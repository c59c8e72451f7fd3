"""Fit the estimate of every vœu and bac type at once: done when the catalogue is built."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mps_desktop.engine.acces import Z80, Chiffres, compute_access
from mps_desktop.engine.classes import EffetMoyenne, Seuils
from mps_desktop.engine.intervalles import Familles, Intervalles, log_odds
from mps_desktop.engine.latent import Admis, Liens, Series, fit_centres, thresholds
from mps_desktop.engine.regression import Vecteur

CHAMPS = ("niveau", "dessous", "dessus", "seuil", "seuil_bas", "seuil_haut")
"""Fields of ``engine.classes.Reglage``, in order."""


@dataclass(frozen=True, slots=True)
class Voeux:
    """What the fit reads, one row per vœu.

    Attributes:
        chiffres: by bac type, at the last session that published them.
        prevu: rate of all expected for the coming session, 0..1, NaN = unknown, shape (n,).
        effectif: candidates of all types, shape (n,).
        famille: rank of the family for intervals, shape (n,).
        fili: names of the families, for the noise.
        admis: mentions of the admitted at the session of ``chiffres``.
    """

    chiffres: Chiffres
    prevu: Vecteur
    effectif: Vecteur
    famille: Familles
    fili: tuple[str, ...]
    admis: Admis


def fit_voeux(voeux: Voeux, series: Series, intervalles: Intervalles, seuils: Seuils) -> dict[str, Vecteur]:
    """Fields of ``Reglage`` for every vœu and bac type, NaN = not enough data; arrays of shape (n, 3).

    The movement of the vœu's own overall rate is carried to each bac type on the log-odds scale: a type stays
    as far from all candidates as it was.
    """
    old = voeux.chiffres.taux
    start = np.where(np.isfinite(old), old, voeux.prevu)
    known = np.isfinite(start) & np.isfinite(voeux.prevu)
    start, ahead = np.where(known, start, 0.5), np.where(known, voeux.prevu, 0.5)
    access = compute_access(voeux.chiffres, start, seuils.concentration, seuils.candidats_min_parent)
    then = np.log(access.taux) - np.log1p(-access.taux)  # never 0 nor 1 once relatives have weighed in
    limit = float(np.log((1 - seuils.marge) / seuils.marge))
    level = np.clip(
        log_odds(ahead)[:, None] + then - _overall(access.taux, voeux.chiffres, start)[:, None], -limit, limit
    )
    below, above = _movement(level, voeux, intervalles)
    below, above = np.hypot(below, access.demi_largeur), np.hypot(above, access.demi_largeur)
    noises = find_bruits(voeux.fili, seuils.moyenne)
    series = replace(series, ecarts=series.ecarts * seuils.moyenne.part_ecart)
    centres = fit_centres(voeux.admis, then, noises, voeux.famille.astype(np.float64), series, _liens(seuils.moyenne))
    place = thresholds(centres, level, noises, series)
    extra = Z80 * seuils.moyenne.incertitude
    harder = place + np.hypot(thresholds(centres, level - below, noises, series) - place, extra)
    easier = place - np.hypot(thresholds(centres, level + above, noises, series) - place, extra)
    alone = (voeux.chiffres.candidats >= seuils.candidats_min) & np.isfinite(voeux.chiffres.parts) & known[:, None]
    usable = known[:, None] & (access.soutien | (alone & np.isfinite(old)[:, None]))
    columns = (level, below, above, place, harder, easier)
    return {name: np.where(usable, values, np.nan) for name, values in zip(CHAMPS, columns, strict=True)}


def _overall(access: Vecteur, chiffres: Chiffres, start: Vecteur) -> Vecteur:
    """Log-odds of all candidates of a vœu by the access of its types; its rate where no type is counted."""
    size = np.where(np.isfinite(chiffres.parts), chiffres.candidats, 0.0)
    total = size.sum(axis=1)
    together = (size * access).sum(axis=1) / np.maximum(total, 1e-9)
    together = np.clip(together, 1e-9, 1 - 1e-9)
    return np.where(total > 0, np.log(together) - np.log1p(-together), log_odds(start))


def find_bruits(fili: tuple[str, ...], effet: EffetMoyenne) -> Vecteur:
    """Noise around the average, points, by vœu: it depends on the family."""
    return np.array([find_bruit(name, effet) for name in fili])


def find_bruit(fili: str, effet: EffetMoyenne) -> float:
    """Noise of one family, points."""
    return effet.bruits.get(fili.replace("'", "’"), effet.bruit)


def _liens(effet: EffetMoyenne) -> Liens:
    return Liens(effet.lien, effet.ecart_commun, effet.ecart_type, effet.poids_bas)


def _movement(level: Vecteur, voeux: Voeux, intervalles: Intervalles) -> tuple[Vecteur, Vecteur]:
    """How far a bac type may move before the coming session, log-odds, shape (n, 3) each."""
    sides = [intervalles.offsets(1 / (1 + np.exp(-column)), voeux.effectif, voeux.famille) for column in level.T]
    return np.stack([side[0] for side in sides], axis=1), np.stack([side[1] for side in sides], axis=1)

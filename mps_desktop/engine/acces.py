"""Access rate of each bac type to every vœu, small numbers leaning on their relatives.

Beta–binomial at three levels: the country says how a bac type fares beside all candidates, the family
corrects it, then the filière, then the vœu itself. Two candidates received out of two are not 100 %.
All arrays have one row per vœu and one column per bac type (``TypeBac`` order).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.intervalles import log_odds, rates_of
from mps_desktop.engine.prevision import Groupe
from mps_desktop.engine.regression import Vecteur

_POIDS_GROUPE = 100.0
"""Candidates that the level above weighs in the rate of a family or of a filière."""
_CONCENTRATIONS = (2.0, 100.0)
Z80 = 1.2815515655446004
"""Half width of the central 80 % of a Normal law, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Chiffres:
    """What is published by bac type, one row per vœu.

    Attributes:
        taux: access rate of all at the session of these figures, 0..1, NaN = unknown, shape (n,).
        candidats: by bac type, shape (n, 3).
        parts: share of each type among those in reach, 0..1, NaN = unknown, shape (n, 3).
        filiere, fili: number of the group of each, shape (n,).
    """

    taux: Vecteur
    candidats: Vecteur
    parts: Vecteur
    filiere: Groupe
    fili: Groupe


@dataclass(frozen=True, slots=True)
class Acces:
    """Access by bac type, shape (n, 3) each.

    Attributes:
        taux: 0..1, once relatives have weighed in.
        ecarts: log-odds of the type beside all candidates, in the filière.
        demi_largeur: 80 % half width from the number of candidates, log-odds.
        soutien: the type has enough candidates in the filière or the family for it to speak.
    """

    taux: Vecteur
    ecarts: Vecteur
    demi_largeur: Vecteur
    soutien: NDArray[np.bool_]


def in_reach(chiffres: Chiffres) -> Vecteur:
    """Candidates in reach of an offer by bac type, NaN = unknown, shape (n, 3).

    Shares add up to 1 over the types, so that those in reach of a type are rate · all · share; above its
    candidates when a vœu runs several lists: kept at them.
    """
    everyone = chiffres.candidats.sum(axis=1, keepdims=True)
    return np.minimum(chiffres.taux[:, None] * everyone * chiffres.parts, chiffres.candidats)


def compute_access(chiffres: Chiffres, taux: Vecteur, concentration: float, soutien_min: float) -> Acces:
    """Access of each bac type, from the rate of the whole vœu and what its relatives say of the type.

    Args:
        taux: rate of each whole vœu to start from, 0..1, shape (n,).
        concentration: candidates that relatives weigh, where the figures do not tell how many.
        soutien_min: candidates of the type that make a filière or a family usable.
    """
    reached = in_reach(chiffres)
    known = np.isfinite(reached)
    hits, size = np.where(known, reached, 0.0), np.where(known, chiffres.candidats, 0.0)
    total = _rate(hits.sum(), size.sum())
    nation = log_odds(_rate(hits.sum(axis=0), size.sum(axis=0))) - log_odds(np.array(total))
    family = _shifts(hits, size, chiffres.fili, np.broadcast_to(nation, hits.shape))
    filiere = _shifts(hits, size, chiffres.filiere, family)
    prior = rates_of(log_odds(taux)[:, None] + filiere)
    weight = np.broadcast_to(_concentrations(hits, size, prior, known, concentration), hits.shape)
    positive = hits + weight * prior
    negative = size - hits + weight * (1 - prior)
    support = np.maximum(_sums(size, chiffres.filiere), _sums(size, chiffres.fili)) >= soutien_min
    return Acces(
        taux=positive / (positive + negative),
        ecarts=filiere,
        demi_largeur=Z80 * np.sqrt(1 / (positive + 0.5) + 1 / (negative + 0.5)),
        soutien=support,
    )


def _shifts(hits: Vecteur, size: Vecteur, groups: Groupe, above: Vecteur) -> Vecteur:
    """Log-odds of each type beside all, in each one's group, drawn towards the level above."""
    own_hits, own_size = _sums(hits, groups), _sums(size, groups)
    everyone = log_odds(_rate(own_hits.sum(axis=1), own_size.sum(axis=1)))[:, None]
    expected = rates_of(everyone + above)
    return log_odds((own_hits + _POIDS_GROUPE * expected) / (own_size + _POIDS_GROUPE)) - everyone


def _sums(values: Vecteur, groups: Groupe) -> Vecteur:
    """Totals of each one's group by bac type, shape (n, 3)."""
    columns = [np.bincount(groups, weights=values[:, rank])[groups] for rank in range(values.shape[1])]
    return np.stack(columns, axis=1).astype(np.float64)


def _rate(hits: Vecteur | float, size: Vecteur | float) -> Vecteur:
    """Hits over size, one half where there is nobody."""
    size = np.asarray(size, dtype=np.float64)
    return np.where(size > 0, np.asarray(hits) / np.maximum(size, 1e-9), 0.5)


def _concentrations(hits: Vecteur, size: Vecteur, prior: Vecteur, known: NDArray[np.bool_], default: float) -> Vecteur:
    """Candidates that relatives weigh, by bac type, from how far vœux stand from them; shape (3,).

    Moments of the Beta–binomial law: the squared distance is p(1-p)(1/n + (1 - 1/n)/(c + 1)).
    """
    found = np.full(size.shape[1], default)
    for rank in range(size.shape[1]):
        rows = known[:, rank] & (size[:, rank] >= 2)
        if rows.sum() < 100:
            continue
        n, p = size[rows, rank], prior[rows, rank]
        distance = (hits[rows, rank] / n - p) ** 2
        variance = p * (1 - p)
        extra = float(np.sum(distance - variance / n)) / float(np.sum(variance * (1 - 1 / n)))
        found[rank] = np.clip(1 / max(extra, 1e-6) - 1, *_CONCENTRATIONS)
    return found

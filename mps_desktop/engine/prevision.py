"""Rate of a whole vœu at the next session: the last one, drawn towards what its neighbours lead to expect.

A published rate is partly chance: a small vœu that was very open one year is less so the next. The
expected rate comes from the vœux of the same filière, académie and établissement, from size and from
older sessions; how far to go towards it, by size, is learned between two sessions, never assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.regression import Vecteur, fit_mean, fit_quantile

Groupe = NDArray[np.int64]

_PRIORITE = 3.0
"""Weight of the country in the mean of a group, in vœux: a group of two says little."""
_ECHELLES = (20.0, 40.0, 80.0, 150.0, 300.0, 600.0, 1200.0, 3000.0)
_PART_MAX = 0.9


@dataclass(frozen=True, slots=True)
class Session:
    """Vœux of one session, one entry each.

    Attributes:
        taux: rate, 0..1, shape (n,).
        candidats: of the main phase, shape (n,).
        places: shape (n,), NaN = unknown.
        groupes: for each way to group vœux, the number of the group of each, shape (n,).
        passe: older figures of the same vœux, shape (n,), NaN = unknown.
    """

    taux: Vecteur
    candidats: Vecteur
    places: Vecteur
    groupes: tuple[Groupe, ...]
    passe: tuple[Vecteur, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrait:
    """How far a rate is drawn towards the expected one: poids · echelle / (candidats + echelle).

    Written so, more candidates for the same offers never raise a rate (a mixture of two rates that fall).

    Attributes:
        poids: share for a vœu without candidates, 0..1.
        echelle: candidates that halve it; infinite = the same share for all.
    """

    poids: float
    echelle: float

    def part(self, candidats: Vecteur) -> Vecteur:
        """Share of the way to go, by vœu, 0..1."""
        if np.isinf(self.echelle):
            return np.full(len(candidats), self.poids)
        return self.poids * self.echelle / (candidats + self.echelle)


def mean_of_others(groupe: Groupe, values: Vecteur) -> Vecteur:
    """Mean of the other members of each one's group, drawn towards the mean of all, shape (n,)."""
    size = int(groupe.max()) + 1 if len(groupe) else 0
    totals = np.bincount(groupe, weights=values, minlength=size)
    counts = np.bincount(groupe, minlength=size)
    others, number = totals[groupe] - values, counts[groupe] - 1
    return (others + _PRIORITE * float(values.mean())) / (number + _PRIORITE)


def expected_rates(session: Session) -> Vecteur:
    """Rate that everything but the vœu's own rate leads to expect, 0..1, shape (n,)."""
    columns = [np.ones(len(session.taux)), *(mean_of_others(one, session.taux) for one in session.groupes)]
    for figures in (np.log1p(session.candidats), np.log1p(session.places), *session.passe):
        known = np.isfinite(figures)
        if not known.any():
            continue
        columns.append(np.where(known, figures - float(figures[known].mean()), 0.0))
        if not known.all():
            columns.append((~known).astype(np.float64))
    plan = np.stack(columns, axis=1)
    return np.clip(plan @ fit_mean(plan, session.taux), 0.0, 1.0)


def learn_retrait(
    avant: Vecteur, attendu: Vecteur, apres: Vecteur, candidats: Vecteur, echelles: tuple[float, ...] = _ECHELLES
) -> Retrait:
    """Share of the way that would have left the smallest mean absolute error between two sessions.

    Args:
        avant, apres: rates of the same vœux at two sessions, 0..1; shift of the whole taken off by the caller.
        attendu: expected rates at the first session.
        candidats: at the first session.
        echelles: scales that are tried.
    """
    best = Retrait(0.0, echelles[0])
    least = float(np.mean(np.abs(apres - avant)))
    for scale in echelles:
        shape = Retrait(1.0, scale).part(candidats) * (attendu - avant)
        share = float(np.clip(fit_quantile(shape[:, None], apres - avant)[0], 0.0, _PART_MAX))
        error = float(np.mean(np.abs(apres - avant - share * shape)))
        if error < least:
            best, least = Retrait(share, scale), error
    return best


def predict_rates(session: Session, retrait: Retrait) -> Vecteur:
    """Rates of the next session, 0..1, shape (n,)."""
    expected = expected_rates(session)
    return np.clip(session.taux + retrait.part(session.candidats) * (expected - session.taux), 0.0, 1.0)

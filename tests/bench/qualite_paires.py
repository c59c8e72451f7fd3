"""Where the corrected mode is worse than the reference by more than noise: pair by pair, and family by family.

By pair of spécialités: both modes are judged on the same families, drawn again with replacement (paired bootstrap).
By family: the distance between its rank in the ranking and its rank in what was asked for, on the same pairs, drawn
again with replacement. The draws give the standard error of the gain, and the normal law the risk that a loss is
only noise. A loss counts when that risk is under the threshold that Holm's method gives for as many comparisons, so
that a hundred comparisons do not make five false alarms.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TIRAGES = 400
_RISQUE = 0.05
_GRAINE = 2024
_TINY = 1e-9


@dataclass(frozen=True)
class VuePaire:
    """One pair of spécialités: families in the order of the ranking, and three columns in that order."""

    familles: tuple[str, ...]
    valeurs: NDArray[np.float64]
    demande: NDArray[np.float64]
    surdemande: NDArray[np.float64]


def spearman(one: Sequence[float] | NDArray[np.float64], other: Sequence[float] | NDArray[np.float64]) -> float:
    """Rank correlation, ties at their mean rank; 0 when one side is constant."""
    a, b = mean_ranks(np.asarray(one, dtype=float)), mean_ranks(np.asarray(other, dtype=float))
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def mean_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank of each value, 0 = the smallest, ties at their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return ((ends - counts + ends - 1) / 2.0)[inverse]


def worse_pairs(pairs: Sequence[str], reference: Sequence[VuePaire], corrige: Sequence[VuePaire]) -> dict[str, Any]:
    """Pairs where the corrected mode loses, for both readings of what was asked for."""
    return {
        name: _told(pairs, [_pair_draws(old, new, name) for old, new in zip(reference, corrige, strict=True)])
        for name in ("demande", "surdemande")
    }


def worse_families(reference: Sequence[VuePaire], corrige: Sequence[VuePaire]) -> dict[str, Any]:
    """Families that the corrected mode puts farther from the place they were asked at."""
    families = sorted({family for view in corrige for family in view.familles})
    found: dict[str, Any] = {}
    for name in ("demande", "surdemande"):
        old, new = (np.array([_errors(view, name, families) for view in views]) for views in (reference, corrige))
        gains = old - new
        draws = np.random.default_rng(_GRAINE).integers(0, len(gains), (_TIRAGES, len(gains)))
        found[name] = _told(
            families,
            [(float(gains[:, k].mean()), gains[:, k][draws].mean(axis=1)) for k in range(len(families))],
        )
    return found


def _pair_draws(old: VuePaire, new: VuePaire, name: str) -> tuple[float, NDArray[np.float64]]:
    """Gain in rank correlation, and the same on families drawn again."""
    there = {family: rank for rank, family in enumerate(old.familles)}
    same = np.array([there[family] for family in new.familles])
    wanted = getattr(new, name)
    mine, theirs = new.valeurs, old.valeurs[same]
    gain = spearman(mine, wanted) - spearman(theirs, wanted)
    draws = np.random.default_rng(_GRAINE).integers(0, len(wanted), (_TIRAGES, len(wanted)))
    return gain, np.array([spearman(mine[d], wanted[d]) - spearman(theirs[d], wanted[d]) for d in draws])


def worse_recalls(
    pairs: Sequence[str], reference: Sequence[VuePaire], corrige: Sequence[VuePaire], first: int
) -> dict[str, Any]:
    """Pairs where fewer of the ``first`` most wanted families come among the first of the ranking.

    The two modes are compared on the families that only one of them finds: as many on each side were there only noise
    (exact sign test, one-sided).
    """
    found: dict[str, Any] = {}
    for name in ("demande", "surdemande"):
        gains: list[float] = []
        risks: list[float] = []
        lucks: list[float] = []
        for old, new in zip(reference, corrige, strict=True):
            wanted = _most_wanted(new, name, first)
            only_new = len(wanted & set(new.familles[:first]) - set(old.familles[:first]))
            only_old = len(wanted & set(old.familles[:first]) - set(new.familles[:first]))
            gains.append((only_new - only_old) / len(wanted))
            risks.append(_sign_test(only_new, only_new + only_old))
            lucks.append(_sign_test(only_old, only_new + only_old))
        found[name] = _judged(pairs, gains, risks, lucks)
    return found


def _most_wanted(view: VuePaire, name: str, first: int) -> set[str]:
    wanted = dict(zip(view.familles, getattr(view, name).tolist(), strict=True))
    return set(sorted(wanted, key=lambda one: (-wanted[one], one))[:first])


def _sign_test(successes: int, trials: int) -> float:
    """Chance of that few successes or fewer when both sides are as likely."""
    return sum(math.comb(trials, k) for k in range(successes + 1)) / 2.0**trials


def _errors(view: VuePaire, name: str, families: Sequence[str]) -> NDArray[np.float64]:
    gaps = np.abs(mean_ranks(view.valeurs) - mean_ranks(getattr(view, name)))
    at = {family: rank for rank, family in enumerate(view.familles)}
    return gaps[[at[family] for family in families]]


def _told(names: Sequence[str], found: Sequence[tuple[float, NDArray[np.float64]]]) -> dict[str, Any]:
    gains = [gain for gain, _ in found]
    errors = [max(float(draws.std()), _TINY) for _, draws in found]
    risks = [0.5 * math.erfc(-gain / error / math.sqrt(2)) for gain, error in zip(gains, errors, strict=True)]
    return _judged(names, gains, risks, [1 - risk for risk in risks])


def _judged(
    names: Sequence[str], gains: Sequence[float], risks: Sequence[float], lucks: Sequence[float]
) -> dict[str, Any]:
    """How many gain or lose, and which lose by more than noise.

    Args:
        risks: chance that noise alone loses as much.
        lucks: chance that noise alone gains as much.
    """
    alone = [k for k in range(len(names)) if risks[k] < _RISQUE / 2]

    def line(k: int) -> dict[str, Any]:
        return {"nom": names[k], "gain": round(gains[k], 3), "risque": round(risks[k], 5)}

    return {
        "compares": len(names),
        "en_baisse": sum(gain < 0 for gain in gains),
        "gain_net": sum(luck < _RISQUE / 2 for luck in lucks),
        "perte_nette_un_par_un": [line(k) for k in sorted(alone, key=lambda k: gains[k])],
        "perte_nette_toutes_ensemble": [line(k) for k in holm(risks, _RISQUE / 2)],
    }


def holm(risks: Sequence[float], level: float) -> list[int]:
    """Ranks of the comparisons that stay significant together, the surest first (Holm's step-down method)."""
    kept: list[int] = []
    for place, k in enumerate(sorted(range(len(risks)), key=lambda k: risks[k])):
        if risks[k] > level / (len(risks) - place):
            break
        kept.append(k)
    return kept

"""Predictions of 2024 from the sessions up to 2023 alone, and intervals learned from what came.

Two uses: the back-test, where an interval never sees its own établissement, and the catalogue, where
the misses of 2024 teach how wide the intervals of the next session must be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.catalogue.construction import panel
from mps_desktop.catalogue.construction.panel import Fiche
from mps_desktop.engine.intervalles import Intervalles, constant_intervals, learn_intervals
from mps_desktop.engine.prevision import Retrait, expected_rates, learn_retrait

INCERTAINES = ("Ecole de Commerce", "Licence_Las", "PASS")
"""Families with fewer than 200 sure matches between sessions: the ambiguous ones teach their widths too.

Left to the others' widths, PASS and LAS held the 2024 rate of one vœu in two. The mean rate of an
établissement, which no wrong match inside it can change, moved as much (8 points): the movement is real.
"""
FILIS = ("Autre formation", "BTS", "BUT", "CPGE", "EFTS", "Ecole d'Ingénieur", "IFSI", "Licence", *INCERTAINES)
"""Families that have their own intervals; the others share one."""
PLIS = 5
_MIN_MISSES = 200
"""Vœux known at both sessions from which intervals can be learned."""
_LARGE = 1.2
"""80 % half width when nothing could be learned, log-odds."""

Vecteur = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prevision:
    """Predicted rates of the vœux of a session, for the next one.

    Attributes:
        fiches: the vœux.
        base: their published rates, 0..1, shape (n,).
        prevu: predicted rates, 0..1, shape (n,).
        candidats: of the main phase, shape (n,).
        familles: rank in ``FILIS``, the number of names for the others, shape (n,).
        retrait: what was learned.
    """

    fiches: tuple[Fiche, ...]
    base: Vecteur
    prevu: Vecteur
    candidats: Vecteur
    familles: NDArray[np.int64]
    retrait: Retrait


def predict_2024(
    sessions_2018: Mapping[str, Fiche], sessions_2019: Mapping[str, Fiche], session_2023: Mapping[str, Fiche]
) -> Prevision:
    """Predict the 2024 rate of every vœu of 2023: no later figure is an argument.

    The share of the way towards the expected rate is learned between 2018 and 2019, on offers over
    candidates, since no access rate was published then.
    """
    fiches = panel.known_rates(session_2023)
    base = panel.values_of(fiches, "taux")
    past = [panel.past_values(fiches, sessions_2019, name) for name in ("proportion", "rang")]
    past.append(panel.past_values(fiches, sessions_2018, "proportion"))
    session = panel.build_session(fiches, base, past)
    retrait = learn_2018_2019(sessions_2018, sessions_2019)
    expected = expected_rates(session)
    prevu = np.clip(base + retrait.part(session.candidats) * (expected - base), 0.0, 1.0)
    return Prevision(fiches, base, prevu, session.candidats, families_of(one.fili for one in fiches), retrait)


def learn_2018_2019(sessions_2018: Mapping[str, Fiche], sessions_2019: Mapping[str, Fiche]) -> Retrait:
    """How far a vœu goes towards what is expected of it from one session to the next."""
    fiches = tuple(
        one
        for code, one in sorted(sessions_2018.items(), key=lambda item: int(item[0]))
        if code in sessions_2019 and np.isfinite(one.proportion) and np.isfinite(sessions_2019[code].proportion)
    )
    if not fiches:
        return Retrait(0.0, 1.0)
    before = panel.values_of(fiches, "proportion")
    moved = panel.past_values(fiches, sessions_2019, "proportion") - before
    family = panel.number_groups([one.fili for one in fiches])
    for one in range(int(family.max()) + 1):  # a whole family moves for reasons that say nothing of its vœux
        moved[family == one] -= np.median(moved[family == one])
    session = panel.build_session(fiches, before, ())
    return learn_retrait(before, expected_rates(session), before + moved, session.candidats)


def families_of(filis: Iterable[str]) -> NDArray[np.int64]:
    """Rank of every family in ``FILIS``."""
    ranks = {name: rank for rank, name in enumerate(FILIS)}
    return np.array([ranks.get(name, len(FILIS)) for name in filis], dtype=np.int64)


def teaching(prevision: Prevision, observe: Vecteur, sure: NDArray[np.bool_]) -> Vecteur:
    """Rates that intervals may learn from: those matched for sure, and all of ``INCERTAINES``; else NaN.

    Args:
        observe: rates published afterwards, 0..1, NaN = unknown, shape (n,).
        sure: matched without ambiguity, shape (n,).
    """
    allowed = sure | np.isin(prevision.familles, families_of(INCERTAINES))
    return np.where(allowed, observe, np.nan)


def cross_fit(prevision: Prevision, observe: Vecteur, etablissements: NDArray[np.int64]) -> tuple[Vecteur, Vecteur]:
    """Bounds of the 80 % interval of every vœu, learned on the other établissements.

    Args:
        observe: rates published afterwards, 0..1, NaN = unknown: such a vœu teaches nothing.
        etablissements: number of the établissement of each; its fold is that number modulo ``PLIS``.
    """
    low, high = np.zeros(len(observe)), np.ones(len(observe))
    for fold in range(PLIS):
        own = etablissements % PLIS == fold
        learned = learn(prevision, observe, ~own)
        low[own], high[own] = learned.bounds(prevision.prevu[own], prevision.candidats[own], prevision.familles[own])
    return low, high


def learn(prevision: Prevision, observe: Vecteur, among: NDArray[np.bool_]) -> Intervalles:
    """Intervals learned from the vœux of ``among`` whose rate is known; wide ones when they are too few."""
    kept = among & np.isfinite(observe)
    if kept.sum() < _MIN_MISSES:
        return constant_intervals(_LARGE, len(FILIS) + 1)
    return learn_intervals(
        prevision.prevu[kept], observe[kept], prevision.candidats[kept], prevision.familles[kept], len(FILIS) + 1
    )

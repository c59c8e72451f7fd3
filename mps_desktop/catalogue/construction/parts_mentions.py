"""Shares of the mentions among the admitted at a later session: small counts lean on their neighbours."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mps_desktop.catalogue.construction import panel
from mps_desktop.catalogue.construction.panel import Fiche
from mps_desktop.engine.prevision import Session, expected_rates

_POIDS = (0.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 150.0)

Vecteur = NDArray[np.float64]


def predict_shares(
    sessions_2018: Mapping[str, Fiche], sessions_2019: Mapping[str, Fiche], session_2023: Mapping[str, Fiche]
) -> tuple[tuple[Fiche, ...], Vecteur, Vecteur]:
    """Vœux of 2023 whose mentions are known, their shares then and those predicted, 0..1, shape (n, 5).

    The weight of the neighbours, in admitted, is the one that would have missed least between 2018 and 2019.
    """
    weight = learn_weight(sessions_2018, sessions_2019)
    fiches, counts = _with_mentions(session_2023)
    shares = counts / counts.sum(axis=1, keepdims=True)
    return fiches, shares, drawn(counts, expected_shares(fiches, shares), weight)


def learn_weight(sessions_2018: Mapping[str, Fiche], sessions_2019: Mapping[str, Fiche]) -> float:
    """Admitted that the neighbours weigh: least mean absolute error of the shares of 2019."""
    later = {code: one for code, one in sessions_2019.items() if sum(one.mentions) > 0}
    fiches, counts = _with_mentions({code: one for code, one in sessions_2018.items() if code in later})
    if not fiches:
        return 0.0
    counted = np.array([later[one.code].mentions for one in fiches], dtype=np.float64)
    after: Vecteur = counted / counted.sum(axis=1, keepdims=True)
    expected = expected_shares(fiches, counts / counts.sum(axis=1, keepdims=True))
    drift: Vecteur = after.mean(axis=0) - (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    errors = [float(np.mean(np.abs(drawn(counts, expected, weight) + drift - after))) for weight in _POIDS]
    return _POIDS[int(np.argmin(errors))]


def drawn(counts: Vecteur, expected: Vecteur, weight: float) -> Vecteur:
    """Shares of the counts once the neighbours have weighed in as many admitted, shape (n, k)."""
    return (counts + weight * expected) / (counts.sum(axis=1, keepdims=True) + weight)


def expected_shares(fiches: tuple[Fiche, ...], shares: Vecteur) -> Vecteur:
    """Shares that filière, académie, établissement and size lead to expect, 0..1, adding up to 1, shape (n, k)."""
    columns: list[Vecteur] = []
    for rank in range(shares.shape[1]):
        session: Session = panel.build_session(fiches, shares[:, rank], ())
        columns.append(expected_rates(session) + 1e-4)
    found = np.stack(columns, axis=1)
    return found / found.sum(axis=1, keepdims=True)


def _with_mentions(fiches: Mapping[str, Fiche]) -> tuple[tuple[Fiche, ...], Vecteur]:
    known = tuple(sorted((one for one in fiches.values() if sum(one.mentions) > 0), key=lambda one: int(one.code)))
    return known, np.array([one.mentions for one in known], dtype=np.float64)

"""How much each criterion weighs in the place of a formation.

An affinity is a product of multipliers, one by criterion; its logarithm is a sum. What a criterion brings to a
formation is its logarithm minus the mean of the same among the formations of reference (the head of the list):
positive, it pushes the formation up, negative, it holds it back. These add up to the gap between the
log-affinity of the formation and the mean of the head of the list; ``part`` is the share of each in the sum of
their sizes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mps_desktop.engine.contributions import ContributionsFormation

NB_REFERENCE = 100
"""Formations of the head of the list that the others are compared with."""

_FUSION = {"spec_bac_pro": "spec"}
"""A bac pro is scored twice on its spécialité: one criterion for people."""
_NEGLIGEABLE = 1e-9


@dataclass(frozen=True, slots=True)
class Poids:
    """One criterion of one formation.

    Attributes:
        critere: ``sim``, ``tags``, ``geo``, ``duration``, ``app``, ``spec``, ``typebac`` or ``moygen``.
        apport: natural logarithm won (positive) or lost against the formations of reference.
        part: its share 0..1 of all that is won and lost; they add up to 1, or are all 0.
        cout: natural logarithm of its multiplier: 0 = it could not be better.
    """

    critere: str
    apport: float
    part: float
    cout: float


def mean_logarithms(references: Sequence[ContributionsFormation]) -> dict[str, float]:
    """Mean logarithm of each criterion over the formations of reference that are scored."""
    known = [_merged(one) for one in references if one.multiplicateurs]
    if not known:
        return {}
    return {critere: sum(logs[critere] for logs in known) / len(known) for critere in known[0]}


def weigh(one: ContributionsFormation, moyennes: Mapping[str, float]) -> tuple[Poids, ...]:
    """Criteria of a formation, the heaviest first; none when it is not scored."""
    logs = _merged(one) if one.multiplicateurs else {}
    apports = {critere: value - moyennes.get(critere, 0.0) for critere, value in logs.items()}
    apports = {critere: value if abs(value) > _NEGLIGEABLE else 0.0 for critere, value in apports.items()}
    total = sum(abs(value) for value in apports.values())
    found = [
        Poids(critere, value, abs(value) / total if total else 0.0, logs[critere]) for critere, value in apports.items()
    ]
    return tuple(sorted(found, key=lambda poids: (-poids.part, poids.critere)))


def _merged(one: ContributionsFormation) -> dict[str, float]:
    logs: dict[str, float] = {}
    for critere, value in one.logarithmes().items():
        name = _FUSION.get(critere, critere)
        logs[name] = logs.get(name, 0.0) + value
    return logs

"""What each criterion weighs in the affinity of a formation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mps_desktop.engine.scores import Scores
from mps_desktop.engine.tables import Masque


@dataclass(frozen=True, slots=True)
class ContributionsFormation:
    """How the affinity of one formation is made, for one profile.

    Attributes:
        retenue: whether it is ranked at all.
        brute: affinity before normalisation, 0..1: product of the multipliers when it is ranked.
        sous_scores: criterion (``sim``, ``tags``, ``geo``, ``duration``, ``app``, ``spec``, ``typebac``,
            ``moygen``, and ``spec_bac_pro`` for a bac pro) -> sub-score.
        multiplicateurs: same keys -> what the criterion multiplies the affinity by, above 0 and up to 1.
            1 = it takes nothing away, also when the student said nothing (corrected mode).
    """

    formation_id: str
    retenue: bool
    brute: float
    sous_scores: Mapping[str, float]
    multiplicateurs: Mapping[str, float]

    def logarithmes(self) -> dict[str, float]:
        """Natural logarithm of each multiplier: 0 = neutral, the more negative the more it costs."""
        return {critere: math.log(value) for critere, value in self.multiplicateurs.items()}

    def parts(self) -> dict[str, float]:
        """Share of each criterion in the logarithm of the affinity, 0..1; all 0 when nothing costs."""
        logs = self.logarithmes()
        total = sum(logs.values())
        return {critere: value / total if total else 0.0 for critere, value in logs.items()}


def contributions_of(
    scores: Scores, visible: Masque, index: Mapping[str, int], formation_ids: Sequence[str]
) -> tuple[ContributionsFormation, ...]:
    """Contributions of some formations, in the order asked for; unknown or hidden ones have none."""
    return tuple(_one(scores, visible, index.get(formation), formation) for formation in formation_ids)


def _one(scores: Scores, visible: Masque, rank: int | None, formation: str) -> ContributionsFormation:
    if rank is None or not scores.criteres or not visible[rank]:
        return ContributionsFormation(formation, retenue=False, brute=0.0, sous_scores={}, multiplicateurs={})
    return ContributionsFormation(
        formation_id=formation,
        retenue=bool(scores.retenues[rank]),
        brute=float(scores.brutes[rank]),
        sous_scores=dict(zip(scores.criteres, scores.valeurs[:, rank].tolist(), strict=True)),
        multiplicateurs=dict(zip(scores.criteres, scores.multiplicateurs[:, rank].tolist(), strict=True)),
    )

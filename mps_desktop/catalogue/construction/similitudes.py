"""How alike formations are: shared métiers, domaines, words of the label, and spécialités of the admitted.

Likeness of two formations = 0.5 × métiers + 0.2 × domaines + 0.2 × words + 0.1 × spécialités, each part 0..1:

- métiers, domaines, words: weighted Jaccard index; what few formations have weighs more (log of its rarity);
- spécialités: common part of the two profiles of bacheliers (1 − half the sum of the differences).

Two formations that share no métier, domaine nor word are not alike, whatever their spécialités. The score kept is
the likeness over the geometric mean of the best likenesses of the two: 100 000 when each is the other's best
neighbour, never more, and the same in both directions.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mps_desktop.core.text import fold

SCORE_MAX = 100_000
_POIDS_METIERS, _POIDS_DOMAINES, _POIDS_MOTS, _POIDS_EDS = 0.5, 0.2, 0.2, 0.1
_GARDEES = 20
_SCORE_MIN = 10_000
_MOT_MIN = 3
_MOTS_COURANTS = frozenset(
    (
        "les", "des", "aux", "une", "par", "pour", "avec", "sans", "sur", "dans", "licence", "bts", "btsa", "but",
        "cpge", "dut", "deust", "mention", "option", "parcours", "formation", "formations", "diplome", "etat", "ecole",
        "ecoles", "classe", "certificat", "specialisation", "complementaire", "titre", "professionnel",
        "professionnelle", "acces", "sante", "las", "metiers", "metier", "sciences", "science", "technologies",
        "technologie", "technicien", "superieur", "generale", "bac", "niveau",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traits:
    """What one formation is compared by.

    Attributes:
        eds: spécialité -> share of the admitted; empty when its family is not one of the file.
    """

    metiers: frozenset[str]
    domaines: frozenset[str]
    mots: frozenset[str]
    eds: Mapping[str, float] = field(default_factory=dict[str, float])


def label_words(libelle: str) -> frozenset[str]:
    """Words that say what a formation is about, cut to six letters so that plurals and kin meet."""
    words = fold(libelle).replace("-", " ").replace("'", " ").replace("’", " ").split()
    return frozenset(
        word[:6]
        for word in (one.strip("().,:;/") for one in words)
        if len(word) >= _MOT_MIN and word not in _MOTS_COURANTS
    )


def similar_formations(traits: Mapping[str, Traits]) -> dict[str, dict[str, int]]:
    """Neighbours of every formation with their score, 1..``SCORE_MAX``; itself left out.

    A pair is kept when one of the two has the other among its 20 nearest, and then both have it.
    """
    likeness = _pairs(traits)
    best = {one: max(others.values()) for one, others in likeness.items() if others}
    scores: dict[str, dict[str, int]] = defaultdict(dict)
    for one, others in likeness.items():
        for other, value in others.items():
            scores[one][other] = min(SCORE_MAX, round(SCORE_MAX * value / math.sqrt(best[one] * best[other])))
    kept: set[tuple[str, str]] = set()
    for one, others in scores.items():
        nearest = sorted(others, key=lambda other: (-others[other], other))[:_GARDEES]
        kept |= {(min(one, other), max(one, other)) for other in nearest if others[other] >= _SCORE_MIN}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one, other in sorted(kept):
        found[one][other] = found[other][one] = scores[one][other]
    return dict(found)


def _pairs(traits: Mapping[str, Traits]) -> dict[str, dict[str, float]]:
    """Likeness of every pair that shares something, in both directions."""
    parts = (
        (_POIDS_METIERS, _jaccard({one: of.metiers for one, of in traits.items()})),
        (_POIDS_DOMAINES, _jaccard({one: of.domaines for one, of in traits.items()})),
        (_POIDS_MOTS, _jaccard({one: of.mots for one, of in traits.items()})),
    )
    total: dict[tuple[str, str], float] = defaultdict(float)
    for weight, found in parts:
        for pair, value in found.items():
            total[pair] += weight * value
    likeness: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), value in total.items():
        whole = value + _POIDS_EDS * _common_part(traits[one].eds, traits[other].eds)
        likeness[one][other] = likeness[other][one] = whole
    return likeness


def _jaccard(features: Mapping[str, frozenset[str]]) -> dict[tuple[str, str], float]:
    """Weighted Jaccard index of each pair (in alphabetical order) that shares a feature."""
    frequency = Counter(feature for owned in features.values() for feature in owned)
    rarity = {feature: math.log((1 + len(features)) / times) for feature, times in frequency.items()}
    owners: dict[str, list[str]] = defaultdict(list)
    for one in sorted(features):
        for feature in features[one]:
            owners[feature].append(one)
    weight = {one: math.fsum(rarity[feature] for feature in owned) for one, owned in features.items()}
    shared: dict[tuple[str, str], list[float]] = defaultdict(list)
    for feature, group in owners.items():
        for rank, one in enumerate(group):
            for other in group[rank + 1 :]:
                shared[one, other].append(rarity[feature])
    common = {pair: math.fsum(values) for pair, values in shared.items()}
    return {
        (one, other): value / (weight[one] + weight[other] - value) for (one, other), value in common.items() if value
    }


def _common_part(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    keys: Iterable[str] = one.keys() & other.keys()
    return math.fsum(min(one[key], other[key]) for key in keys)

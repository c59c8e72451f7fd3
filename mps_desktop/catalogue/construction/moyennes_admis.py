"""Estimated averages of the admitted, by formation and bac type, from mentions and national histograms.

Nothing is published about averages by formation. What is published: the mentions of the admitted, how many of
each bac type had one, and the national distributions of two averages by series (at the bac, and of the
bulletins). Method, for one formation:

1. the table bac type × mention is filled by iterative proportional fitting: it starts from the national table
   and is made to respect every published total of the formation;
2. inside a cell, averages are spread as in the nation: a mention is an interval of averages at the bac, hence of
   national ranks of that bac type, and the averages of the bulletins of the same ranks are taken.

Step 2 supposes that students keep their rank from one average to the other, and that those of a cell are spread
as the nation's: this is why the result is called an estimate.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mps_desktop.catalogue.construction.sources import Row, count
from mps_desktop.engine.classes import TypeBac

BACS_TECHNOLOGIQUES = ("ST2S", "STMG", "STI2D", "STL", "STD2A", "STHR", "STAV", "S2TMD")
BACS_PROFESSIONNELS = ("P", "PA")
SERIES: Mapping[TypeBac, tuple[str, ...]] = {
    TypeBac.GENERAL: ("Générale",),
    TypeBac.TECHNOLOGIQUE: BACS_TECHNOLOGIQUES,
    TypeBac.PROFESSIONNEL: BACS_PROFESSIONNELS,
}
"""Series of the profile by bac type: only the type is published about the admitted."""

TOUS = "NC"
RANG_MAX = 39
EFFECTIF_MIN = 20
"""Fewer admitted of a bac type with a known mention: no figure for that type (the one of all bacs stays)."""

_GENERALE, _AU_BAC = "-1", "-2"
_SEUILS_MENTIONS = (24, 28, 32, 36)
"""Half points at the bac from which AB, B, TB and TB with félicitations are given."""
_PERCENTS = (10, 25, 50, 75, 90)
_ITERATIONS = 40
_NB_MENTIONS = 5
_GRAINE_MIN = 1e-6

Percentiles = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Repartition:
    """National distributions of one bac type.

    Attributes:
        mentions: share of each mention (none, AB, B, TB, félicitations), adding up to 1.
        moyennes: per mention, share of each half point of the bulletins (40 values adding up to 1, or all 0).
    """

    mentions: tuple[float, ...]
    moyennes: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Admis:
    """Published figures of the admitted of one formation.

    Attributes:
        mentions: how many without mention, AB, B, TB, félicitations (mention known).
        par_type: admitted by bac type.
        avec_mention: admitted with a mention by bac type; empty when not published.
    """

    mentions: tuple[float, ...]
    par_type: Mapping[TypeBac, float]
    avec_mention: Mapping[TypeBac, float]


def national_distributions(rows: Iterable[Row]) -> dict[TypeBac, Repartition]:
    """Distributions by bac type, series added up. A type without figures is left out.

    Args:
        rows: national file: bac, matière code, and 39 counts ``cumul_00.5`` to ``cumul_19.5`` of averages below.
    """
    kept = [row for row in rows if row["matiere_code"] in (_GENERALE, _AU_BAC)]
    found: dict[TypeBac, Repartition] = {}
    for type_bac, series in SERIES.items():
        bulletins = _histogram(row for row in kept if row["matiere_code"] == _GENERALE and row["bac"] in series)
        au_bac = _histogram(row for row in kept if row["matiere_code"] == _AU_BAC and row["bac"] in series)
        if sum(bulletins) > 0 and sum(au_bac) > 0:
            found[type_bac] = _distribution(au_bac, bulletins)
    return found


def repartition_values(nationales: Mapping[TypeBac, Repartition]) -> list[dict[str, object]]:
    """The distributions as rows of the table ``repartitions``; rang -1 holds the share of the mention."""
    return [
        {"type_bac": type_bac.value, "mention": mention, "rang": rang, "part": part}
        for type_bac, one in sorted(nationales.items())
        for mention, (share, parts) in enumerate(zip(one.mentions, one.moyennes, strict=True))
        for rang, part in enumerate((share, *parts), start=-1)
    ]


def read_repartitions(rows: Iterable[Mapping[str, object]]) -> dict[TypeBac, Repartition]:
    """The distributions that ``repartition_values`` laid out, in any order."""
    found: dict[TypeBac, dict[tuple[int, int], float]] = {}
    for row in rows:
        place = int(str(row["mention"])), int(str(row["rang"]))
        found.setdefault(TypeBac(str(row["type_bac"])), {})[place] = float(str(row["part"]))
    return {
        type_bac: Repartition(
            tuple(parts[mention, -1] for mention in range(_NB_MENTIONS)),
            tuple(tuple(parts[mention, rang] for rang in range(RANG_MAX + 1)) for mention in range(_NB_MENTIONS)),
        )
        for type_bac, parts in found.items()
    }


def estimated_percentiles(admis: Admis, nationales: Mapping[TypeBac, Repartition]) -> dict[str, Percentiles]:
    """r10, r25, r50, r75, r90 in half points (0..39) by bac, ``NC`` = all; empty without any mention.

    The p-th percentile is the first half point that p percent of the admitted do not exceed, as MonProjetSup
    counts. Every series of a bac type has the figures of the type.
    """
    table = _fit(admis, nationales)
    total = [0.0] * (RANG_MAX + 1)
    found: dict[str, Percentiles] = {}
    for type_bac, cells in table.items():
        spread = [
            sum(cell * parts[rang] for cell, parts in zip(cells, nationales[type_bac].moyennes, strict=True))
            for rang in range(RANG_MAX + 1)
        ]
        total = [before + more for before, more in zip(total, spread, strict=True)]
        if sum(cells) >= EFFECTIF_MIN:
            found |= dict.fromkeys(SERIES[type_bac], percentiles(spread))
    return {TOUS: percentiles(total), **found} if sum(total) > 0 else {}


def percentiles(histogram: Sequence[float]) -> Percentiles:
    """Percentiles of counts by half point; the histogram is not empty."""
    total, wanted = sum(histogram), list(_PERCENTS)
    found: list[int] = []
    cumulated = 0.0
    for rang, value in enumerate(histogram):
        cumulated += value
        while wanted and value > 0 and cumulated >= total * wanted[0] / 100 - 1e-9:
            found.append(rang)
            wanted.pop(0)
    last = max(rang for rang, value in enumerate(histogram) if value > 0)
    r10, r25, r50, r75, r90 = [*found, *[last] * len(wanted)]
    return r10, r25, r50, r75, r90


def _fit(admis: Admis, nationales: Mapping[TypeBac, Repartition]) -> dict[TypeBac, list[float]]:
    """Table bac type × mention that respects the published totals, those of mentions in the end."""
    everyone = sum(admis.mentions)
    types = [one for one in nationales if admis.par_type.get(one, 0) > 0]
    stated = sum(admis.par_type[one] for one in types)
    if everyone <= 0 or stated <= 0:
        return {}
    # Some mentions are not known: totals by type are brought to those that are.
    scale = everyone / stated
    table = {
        one: [max(share, _GRAINE_MIN) * admis.par_type[one] * scale for share in nationales[one].mentions]
        for one in types
    }
    for _ in range(_ITERATIONS):
        for one in types:
            _fit_type(table[one], admis.par_type[one] * scale, admis.avec_mention.get(one), scale)
        for mention in range(_NB_MENTIONS):
            column = sum(table[one][mention] for one in types)
            for one in types:
                table[one][mention] *= admis.mentions[mention] / column if column > 0 else 0.0
    return table


def _fit_type(cells: list[float], wanted: float, avec: float | None, scale: float) -> None:
    if avec is None:
        _rescale(cells, range(_NB_MENTIONS), wanted)
        return
    with_mention = min(avec * scale, wanted)
    _rescale(cells, range(1), wanted - with_mention)
    _rescale(cells, range(1, _NB_MENTIONS), with_mention)


def _rescale(cells: list[float], which: range, wanted: float) -> None:
    now = sum(cells[index] for index in which)
    for index in which:
        cells[index] *= wanted / now if now > 0 else 0.0


def _histogram(rows: Iterable[Row]) -> list[float]:
    counts = [0.0] * (RANG_MAX + 1)
    for row in rows:
        below = [0, *(count(row[f"cumul_{rang / 2:04.1f}"]) or 0 for rang in range(1, RANG_MAX + 1))]
        below.append(count(row["cumul_20.0"]) or below[-1])
        for rang in range(RANG_MAX + 1):
            counts[rang] += max(0, below[rang + 1] - below[rang])
    return counts


def _distribution(au_bac: Sequence[float], bulletins: Sequence[float]) -> Repartition:
    total = sum(au_bac)
    edges = (0, *_SEUILS_MENTIONS, RANG_MAX + 1)
    shares = tuple(sum(au_bac[low:high]) / total for low, high in itertools.pairwise(edges))
    moyennes: list[tuple[float, ...]] = []
    low = 0.0
    for share in shares:
        moyennes.append(_between_ranks(bulletins, low, low + share))
        low += share
    return Repartition(shares, tuple(moyennes))


def _between_ranks(histogram: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Shares by half point of those ranked between two shares of the whole, adding up to 1 (or all 0)."""
    total = sum(histogram)
    parts: list[float] = []
    before = 0.0
    for value in histogram:
        after = before + value / total
        parts.append(max(0.0, min(after, high) - max(before, low)))
        before = after
    found = sum(parts)
    return tuple(part / found if found > 0 else 0.0 for part in parts)

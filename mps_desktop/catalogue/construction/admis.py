"""Who was admitted in a formation: published in full for 2023, in shares for 2025."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.moyennes_admis import (
    RANG_MAX,
    SERIES,
    TOUS,
    Admis,
    Repartition,
    estimated_percentiles,
)
from mps_desktop.catalogue.construction.sources import count, number
from mps_desktop.catalogue.construction.voeux import Offre, Programme
from mps_desktop.engine.classes import TypeBac

TYPES = (
    (TypeBac.GENERAL, "bg", "gen"),
    (TypeBac.TECHNOLOGIQUE, "bt", "tec"),
    (TypeBac.PROFESSIONNEL, "bp", "pro"),
)
"""Bac types with the suffixes of their columns: admitted and candidates, share of access."""

MENTIONS = ("acc_sansmention", "acc_ab", "acc_b", "acc_tb", "acc_tbf")
_PARTS_2025 = ("part_mention_ab", "part_mention_b", "part_mention_tb", "part_mention_tb_fel")
_COMPLETE, _PARTIELLE = 2023, 2025


def admitted(reference: Reference) -> Admis | None:
    """Admitted of one formation, None when no session says anything.

    2023 counts néo-bacheliers. A formation absent from 2023 takes its admitted of 2025 (all candidates) spread
    by the published shares of néo-bacheliers: proportions are right, counts are an upper bound.
    """
    found = _of_2023(_offres(reference.programmes, _COMPLETE))
    return found or _of_2025(_offres(reference.programmes, _PARTIELLE))


def admis_par_bac(admis: Admis) -> dict[str, int]:
    """Admitted by bac; ``NC`` is the total and every series carries the count of its whole type."""
    by_type = {one: round(value) for one, value in admis.par_type.items()}
    counts = {bac: by_type.get(one, 0) for one, series in SERIES.items() for bac in series}
    return {TOUS: sum(by_type.values()), **counts}


def admis_values(formation_id: str, known: Admis) -> list[dict[str, object]]:
    """Rows of the table ``stats_admis``."""
    return [{"formation_id": formation_id, "bac": bac, "admis": number} for bac, number in admis_par_bac(known).items()]


def percentile_values(
    formation_id: str, known: Admis, nationales: Mapping[TypeBac, Repartition]
) -> list[dict[str, object]]:
    """Rows of the table ``stats_percentiles``."""
    names = ("r10", "r25", "r50", "r75", "r90")
    return [
        {"formation_id": formation_id, "bac": bac, **dict(zip(names, ranks, strict=True)), "rang_max": RANG_MAX}
        for bac, ranks in estimated_percentiles(known, nationales).items()
    ]


def _of_2023(offres: list[Offre]) -> Admis | None:
    par_type = {one: float(_sum(offres, f"acc_{suffix}")) for one, suffix, _ in TYPES}
    if not sum(par_type.values()):
        return None
    return Admis(
        mentions=tuple(float(_sum(offres, column)) for column in MENTIONS),
        par_type=par_type,
        avec_mention={
            one: float(_sum(offres, column))
            for one, column in ((one, f"acc_{suffix}_mention") for one, suffix, _ in TYPES)
            if any(count(offre.ligne.get(column)) is not None for offre in offres)
        },
    )


def _of_2025(offres: list[Offre]) -> Admis | None:
    par_type = dict.fromkeys((one for one, _, _ in TYPES), 0.0)
    mentions = [0.0] * len(MENTIONS)
    for offre in offres:
        shares = [number(offre.ligne.get(f"pct_{suffix}")) for _, suffix, _ in TYPES]
        if offre.admis is None or None in shares:
            continue
        for (one, _, _), share in zip(TYPES, shares, strict=True):
            par_type[one] += offre.admis * (share or 0.0) / 100
        parts = [number(offre.ligne.get(column)) or 0.0 for column in _PARTS_2025]
        if offre.ligne.get("mentions_suspect_imputees") == "0" and sum(parts) <= 1:
            for index, part in enumerate([1 - sum(parts), *parts]):
                mentions[index] += offre.admis * part
    return Admis(tuple(mentions), par_type, {}) if round(sum(par_type.values())) else None


def _sum(offres: Iterable[Offre], column: str) -> int:
    return sum(count(offre.ligne.get(column)) or 0 for offre in offres)


def _offres(programmes: Iterable[Programme], session: int) -> list[Offre]:
    return [programme.offres[session] for programme in programmes if session in programme.offres]

"""Statistics of the real vœux, read from the developers' sample data when it is there."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from mps_desktop.engine.classes import Mentions, References, StatsBac, StatsSession, StatsVoeu, TauxParent, TypeBac

SUFFIXES = {TypeBac.GENERAL: ("bg", "gen"), TypeBac.TECHNOLOGIQUE: ("bt", "tec"), TypeBac.PROFESSIONNEL: ("bp", "pro")}
_MENTIONS = ("acc_sansmention", "acc_ab", "acc_b", "acc_tb", "acc_tbf")


def read_stats_2023(partage: Path) -> list[StatsVoeu]:
    """Every vœu of the 2023 file, with the figures of that session only."""
    return [_stats(row) for row in _rows_2023(partage)]


def read_rates_2024(partage: Path) -> dict[str, float]:
    """Published 2024 access rates, percent, of the vœux matched without ambiguity."""
    rates: dict[str, float] = {}
    with gzip.open(partage / "opendata/parcoursup_2024_partiel_11col.csv.gz", "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text, delimiter=";"):
            sure = row["cod_aff_form_apparie"] and not row["methode_appariement"].endswith("_multi")
            if sure and row["Taux d’accès"]:
                rates["ta" + row["cod_aff_form_apparie"]] = float(row["Taux d’accès"])
    return rates


def build_references(partage: Path, voeux: list[StatsVoeu]) -> References:
    """National figures of the same session, as the catalogue computes them."""
    hits: defaultdict[tuple[str, str, TypeBac], float] = defaultdict(float)
    sizes: defaultdict[tuple[str, str, TypeBac], int] = defaultdict(int)
    for stats in voeux:
        rate = stats.sessions[0].taux_acces
        everyone = sum(bac.candidats for bac in stats.par_bac.values())
        for bac, figures in stats.par_bac.items():
            if rate is None or figures.part_acces is None or figures.candidats == 0:
                continue
            reached = min(figures.candidats, rate / 100 * everyone * figures.part_acces / 100)
            for level in (("filiere", stats.filiere, bac), ("fili", stats.fili, bac), ("national", "", bac)):
                hits[level] += reached
                sizes[level] += figures.candidats
    return References(
        parents={level: TauxParent(hits[level] / size, size) for level, size in sizes.items()},
        moyennes=read_moyennes(partage),
        session_moyennes=2023,
    )


def read_moyennes(partage: Path) -> dict[str, tuple[float, ...]]:
    """Cumulated shares of the general average by bac series; ``NC`` = all."""
    read: dict[str, tuple[float, ...]] = {}
    name = "opendata/monprojetsup_moyennes_admis_parcoursup_par_bac.csv.gz"
    with gzip.open(partage / name, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text, delimiter=";"):
            if row["matiere_code"] == "-1":
                below = [float(row[f"cumul_{half / 2:04.1f}"]) / float(row["effectif"]) for half in range(1, 40)]
                read["NC" if row["bac"] == "TOUS" else row["bac"]] = (0.0, *below)
    return read


def _rows_2023(partage: Path) -> Iterator[dict[str, str]]:
    with gzip.open(partage / "opendata/parcoursup_dictionnaire_colonnes.csv.gz", "rt", encoding="utf-8") as text:
        names = [row["nom_technique_api"] for row in csv.DictReader(text, delimiter=";")]
    with gzip.open(partage / "opendata/parcoursup_2023.csv.gz", "rt", encoding="utf-8") as text:
        rows = csv.reader(text, delimiter=";")
        next(rows)
        for row in rows:
            yield dict(zip(names, row, strict=True))


def _stats(row: dict[str, str]) -> StatsVoeu:
    counts = [_number(row[name]) or 0.0 for name in _MENTIONS]
    shares = [100 * count / sum(counts) for count in counts] if sum(counts) else []
    return StatsVoeu(
        id="ta" + row["cod_aff_form"],
        fili=row["fili"].replace("'", "’"),
        filiere=row["fil_lib_voe_acc"],
        selectif=row["select_form"] == "formation sélective",
        apprentissage=False,
        sessions=(
            StatsSession(
                session=2023,
                capacite=_int(row["capa_fin"]),
                candidats=_int(row["voe_tot"]),
                propositions=_int(row["prop_tot"]),
                admis=_int(row["acc_tot"]),
                taux_acces=_number(row["taux_acces_ens"]),
            ),
        ),
        par_bac={
            bac: StatsBac(
                _int(row[f"nb_voe_pp_{count}"]) or 0,
                _int(row[f"prop_tot_{count}"]),
                _number(row[f"part_acces_{share}"]),
            )
            for bac, (count, share) in SUFFIXES.items()
        },
        mentions=Mentions(2023, *shares) if shares else None,
        pct_meme_academie=_number(row["pct_aca_orig"]),
    )


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def _int(text: str) -> int | None:
    number = _number(text)
    return None if number is None else int(number)

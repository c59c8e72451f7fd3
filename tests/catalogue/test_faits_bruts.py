"""Figures of the shipped catalogue against the raw official files, read here by other code than the builder's.

Rows are drawn at random with a fixed seed; nothing of ``mps_desktop.catalogue.construction`` is used.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.engine.classes import StatsSession, TypeBac

SEED = 20261125
Row = dict[str, str]


def read(partage: Path, name: str) -> list[Row]:
    with gzip.open(partage / "opendata" / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as content:
        lines = csv.reader(content, delimiter=";")
        header = next(lines)
        # One label is there twice in the official file: the second one is numbered.
        names = [f"{one}#2" if one in header[:rank] else one for rank, one in enumerate(header)]
        return [dict(zip(names, line, strict=True)) for line in lines]


def drawn(rows: Iterable[Row], count: int) -> list[Row]:
    everything = list(rows)
    draw = np.random.default_rng(SEED).permutation(len(everything))[:count]
    return [everything[rank] for rank in draw]


def value(text: str) -> float | None:
    return float(text) if text else None


def session_of(catalogue: Catalogue, code: str, session: int) -> StatsSession | None:
    stats = catalogue.statistiques((f"ta{code}",)).get(f"ta{code}")
    return next((one for one in stats.sessions if one.session == session), None) if stats else None


def faults(pairs: Iterable[tuple[str, object, object]]) -> list[tuple[str, object, object]]:
    return [(what, found, expected) for what, found, expected in pairs if not same(found, expected)]


def same(found: object, expected: object) -> bool:
    if isinstance(found, int | float) and isinstance(expected, int | float):
        return abs(found - expected) < 0.051
    return found == expected


@pytest.fixture(scope="module")
def officiel_2023(partage: Path) -> list[Row]:
    return read(partage, "parcoursup_2023")


def test_figures_of_2023(livre: Catalogue, officiel_2023: list[Row]):
    def pairs() -> Iterator[tuple[str, object, object]]:
        for row in drawn(officiel_2023, 250):
            code = row["cod_aff_form"]
            found = session_of(livre, code, 2023)
            assert found is not None, code
            yield f"{code} capacité", found.capacite, value(row["Capacité de l’établissement par formation"])
            yield (
                f"{code} candidats", found.candidats, value(row["Effectif total des candidats pour une formation"])
            )  # fmt: skip
            offers = "Effectif total des candidats ayant reçu une proposition d’admission de la part de l’établissement"
            yield f"{code} propositions", found.propositions, value(row[offers])
            admitted = "Effectif total des candidats ayant accepté la proposition de l’établissement (admis)"
            yield f"{code} admis", found.admis, value(row[admitted])
            yield f"{code} taux", found.taux_acces, value(row["Taux d’accès"])

    assert faults(pairs()) == []


def test_figures_by_bac_type_of_2023(livre: Catalogue, officiel_2023: list[Row]):
    suffixes = {TypeBac.GENERAL: "généra", TypeBac.TECHNOLOGIQUE: "technolo", TypeBac.PROFESSIONNEL: "professionne"}

    def column(row: Row, beginning: str, word: str, end: str = "") -> float | None:
        (name,) = [
            one
            for one in row
            if one.startswith(beginning) and word in one and one.endswith(end) and "boursiers" not in one
        ]
        return value(row[name])

    def pairs() -> Iterator[tuple[str, object, object]]:
        for row in drawn(officiel_2023, 150):
            code = row["cod_aff_form"]
            stats = livre.statistiques((f"ta{code}",))[f"ta{code}"]
            assert stats.session_bac == 2023
            for type_bac, word in suffixes.items():
                found = stats.par_bac[type_bac]
                candidates = column(row, "Effectif des candidats néo bacheliers", word, "en phase principale")
                yield f"{code} {word} candidats", found.candidats, candidates or 0
                share = column(row, f"Part des terminales {word}", word)
                yield f"{code} {word} part", found.part_acces, share

    assert faults(pairs()) == []


def test_who_was_admitted_in_2023(livre: Catalogue, officiel_2023: list[Row]):
    words = ("sans mention", "Assez Bien", "avec mention Bien", "Très Bien au bac", "félicitations")
    names = ("sans_mention", "assez_bien", "bien", "tres_bien", "felicitations")
    columns = livre.tableau("voeux_admis")
    checked = 0
    for row in drawn(officiel_2023, 200):
        of_2023 = (columns["voeu_id"] == int(row["cod_aff_form"])) & (columns["session"] == 2023)
        shares = [columns[name][of_2023].tolist() for name in names]
        if not shares[0] or np.isnan(shares[0][0]):
            continue
        counts = []
        for word in words:
            (name,) = [
                one for one in row
                if one.startswith("Dont effectif des admis néo bacheliers") and f"{word}" in one
                and "information" not in one
            ]  # fmt: skip
            counts.append(value(row[name]) or 0)
        expected = [100 * count / sum(counts) for count in counts]
        assert [one for (one,) in shares] == pytest.approx(expected, abs=0.9), row["cod_aff_form"]
        checked += 1
    assert checked >= 100


def test_places_published_with_the_voeux(livre: Catalogue, officiel_2023: list[Row]):
    """The newest position is the catalogue's: it may have moved since 2023, but seldom."""
    gaps: list[tuple[str, float]] = []
    for row in drawn([one for one in officiel_2023 if one["Coordonnées GPS de la formation"]], 250):
        voeu = livre.voeu(f"ta{row['cod_aff_form']}")
        assert voeu is not None
        assert voeu.uai
        assert voeu.precision == "publiée"
        lat, lng = map(float, row["Coordonnées GPS de la formation"].split(","))
        assert voeu.lat is not None
        assert voeu.lng is not None
        gaps.append((voeu.id, max(abs(voeu.lat - lat), abs(voeu.lng - lng))))
    assert sum(gap < 0.00002 for _, gap in gaps) >= 0.9 * len(gaps), sorted(gaps, key=lambda one: -one[1])[:9]


def test_figures_of_2024(livre: Catalogue, partage: Path):
    rows = [
        one for one in read(partage, "parcoursup_2024_partiel_11col")
        if one["cod_aff_form_apparie"] and "_multi" not in one["methode_appariement"]
    ]  # fmt: skip
    agree = absent = 0
    wrong: list[object] = []
    for row in drawn(rows, 250):
        found = session_of(livre, row["cod_aff_form_apparie"], 2024)
        if found is None:
            absent += 1
            continue
        expected = (
            value(row["Capacité de l’établissement par formation"]),
            value(row["Effectif total des candidats pour une formation"]),
            value(row["Taux d’accès"]),
        )
        ok = all(map(same, (found.capacite, found.candidats, found.taux_acces), expected))
        agree += ok
        wrong += [] if ok else [(row["cod_aff_form_apparie"], found, expected)]
    # The builder matches again the rows that the code of the copy cannot be sure of.
    assert agree >= 0.97 * (agree + len(wrong)), wrong
    assert absent <= 8


def test_figures_of_2025_without_its_provisional_rate(livre: Catalogue, partage: Path):
    rows = [
        one for one in read(partage, "parcoursup_2025_partiel_32col")
        if one["cod_aff_form_apparie"] and "multi" not in one["methode_appariement"]
    ]  # fmt: skip
    agree = 0
    wrong: list[object] = []
    for row in drawn(rows, 250):
        found = session_of(livre, row["cod_aff_form_apparie"], 2025)
        if found is None:
            continue
        assert found.taux_acces is None, "the copy of 2025 is provisional: its rate is not taken"
        expected = (value(row["capacite"]), value(row["candidats_2phases"]), value(row["admis_2phases"]))
        ok = all(map(same, (found.capacite, found.candidats, found.admis), expected))
        agree += ok
        wrong += [] if ok else [(row["cod_aff_form_apparie"], found, expected)]
    assert agree >= 0.97 * (agree + len(wrong)), wrong
    assert agree >= 200


def test_an_independent_sample_of_final_values(livre: Catalogue, partage: Path):
    """Another download of the official figures, of 343 formations, that the builder never reads."""
    wrong: list[object] = []
    checked = 0
    for row in read(partage, "parcoursup_2023_2025_echantillon_343_formations_verification"):
        session = int(row["session"])
        found = session_of(livre, row["cod_aff_form"], session)
        if found is None or session == 2025:
            continue
        checked += 1
        if not (same(found.taux_acces, value(row["taux_acces"])) and same(found.capacite, value(row["places"]))):
            wrong.append((row["cod_aff_form"], session, found, row["taux_acces"], row["places"]))
    assert checked >= 500
    assert len(wrong) <= 0.02 * checked, wrong


def test_pairs_of_specialites(livre: Catalogue, partage: Path):
    known = {
        (one.annee, one.famille.replace("’", "'"), frozenset(one.specialites)): one
        for one in livre.eds_doublets()
    }  # fmt: skip
    rows = read(partage, "parcoursup_eds_bacheliers_generaux_2021_2024_labels_courts")
    assert len(livre.eds_doublets()) == len(rows)
    columns = list(rows[0])
    for row in drawn(rows, 200):
        year, pair, family, asked, offered, accepted = (row[name] for name in columns)
        found = known[int(year), family.replace("’", "'"), frozenset(pair.split(","))]
        counts = tuple(int(value(one) if one else -1) for one in (asked, offered, accepted))  # type: ignore[arg-type]
        assert (found.candidats, found.propositions, found.acceptations) == counts, row


def test_communes_and_lycees(livre: Catalogue, partage: Path):
    for row in drawn(read(partage, "communes_france_2026"), 200):
        commune = livre.commune(row["code_insee"])
        assert commune is not None
        assert set(commune.codes_postaux) == set(re.split(r"[|, ]+", row["codes_postaux"])) - {""}
        if row["latitude"]:
            place = (float(row["latitude"]), float(row["longitude"]))
            assert (commune.lat, commune.lng) == pytest.approx(place, abs=1e-5)
    kinds = {"300", "301", "302", "306", "307", "310", "315", "320", "334", "335", "370"}
    rows = [one for one in read(partage, "lycees_geolocalises_2024") if one["nature_uai"] in kinds]
    assert len(livre.lycees()) == len({one["numero_uai"] for one in rows})
    for row in drawn(rows, 120):
        lycee = livre.lycee(row["numero_uai"])
        assert lycee is not None
        assert lycee.code_insee == row["code_commune"]
        if row["latitude"]:
            assert lycee.lat == pytest.approx(float(row["latitude"]), abs=1e-5)
            assert lycee.lng == pytest.approx(float(row["longitude"]), abs=1e-5)


def test_rome_codes_of_the_metiers(livre: Catalogue, partage: Path):
    with gzip.open(partage / "opendata" / "onisep_metiers_2026.json.gz", "rt", encoding="utf-8") as content:
        records = json.load(content)
    codes: dict[str, set[str]] = {}
    for record in records:
        slug = re.search(r"MET\.\d+", record["url_onisep"] or "")
        if slug is not None:
            codes.setdefault(slug[0], set()).update(one["code"] for one in record["codes_rome"] or ())
    known = [one for one in livre.metiers() if codes.get(one.id)]
    assert len(known) >= 600
    assert [one for one in known if one.code_rome not in codes[one.id]] == []


def test_the_national_averages(livre: Catalogue, partage: Path):
    shares = livre.references().moyennes
    checked = 0
    for row in read(partage, "monprojetsup_moyennes_admis_parcoursup_par_bac"):
        bac = {"TOUS": "NC"}.get(row["bac"], row["bac"])
        if row["matiere_code"] != "-1" or bac not in shares:
            continue
        total = float(row["effectif"])
        cumulated = [float(row[one]) for one in sorted(name for name in row if name.startswith("cumul_"))]
        # Entry rang = share of those whose average is below rang / 2.
        expected = [0.0, *(one / total for one in cumulated[:-1])]
        assert list(shares[bac]) == pytest.approx(expected, abs=1e-6), bac
        checked += 1
    assert checked >= 8

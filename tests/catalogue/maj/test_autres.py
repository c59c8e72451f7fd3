"""The map, the métiers and the communes on the catalogue's own rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.catalogue.construction.sources import Row
from mps_desktop.catalogue.maj.autres import apply_carte, apply_communes, apply_metiers
from mps_desktop.catalogue.maj.tables import Tables, Values, read_tables
from mps_desktop.core.errors import EnvironmentFault
from tests.catalogue.factories import BUT
from tests.catalogue.maj.factices import write_small

NEUF: Row = {
    "gta": "900", "nm": "BUT - Génie des bulles - Parcours Mousse", "commune": "Testville",
    "departement": "Département Témoin", "region": "Région R", "etab_gps": "48.3, 2.3", "etab_nom": "IUT NEUF",
    "etab_uai": "0750090Z", "tc": "Public",
}  # fmt: skip


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return read_tables(write_small(tmp_path / "catalogue.sqlite"))


def by_id(tables: Tables, table: str = "voeux", key: str = "id") -> dict[str, Values]:
    return {str(row[key]): row for row in tables[table]}


def test_a_newer_map_names_known_voeux_and_adds_those_it_can_attach(tables: Tables):
    known: Row = {**NEUF, "gta": "4", "nm": "BUT - Génie des bulles - Parcours Écume"}
    stranger: Row = {**NEUF, "gta": "901", "nm": "Diplôme que personne ne connaît"}
    updated, note = apply_carte(tables, [known, NEUF, stranger], 2026)
    voeux = by_id(updated)
    assert (voeux["ta4"]["libelle"], voeux["ta4"]["derniere_session"]) == (known["nm"], 2026)
    added = voeux["ta900"]
    assert (added["formation_id"], added["evolution"], added["precision"]) == (BUT, "nouveau", "publiée")
    assert (added["lat"], added["lng"], added["code_insee"]) == (48.3, 2.3, "00101")
    assert "ta901" not in voeux
    assert "1\xa0vœu reconnu, 1\xa0vœu nouveau" in note


def test_a_voeu_absent_from_a_map_is_left_as_it_is(tables: Tables):
    updated, _ = apply_carte(tables, [NEUF], 2026)
    before, after = by_id(tables), by_id(updated)
    assert {voeu_id: after[voeu_id] for voeu_id in before} == before


def test_an_older_map_is_refused_and_calls_nothing_new(tables: Tables):
    with pytest.raises(EnvironmentFault, match="plus ancienne que le catalogue") as caught:
        apply_carte(tables, [NEUF], 2021)
    assert "2025" in caught.value.remede


def test_a_map_without_a_year_adds_nothing(tables: Tables):
    updated, _ = apply_carte(tables, [NEUF], 0)
    assert by_id(updated) == by_id(tables)


def test_a_newer_list_of_communes_keeps_those_that_merged(tables: Tables):
    more = [{**tables["communes"][0], "code_insee": f"005{number:02}"} for number in range(20)]
    tables = {**tables, "communes": [*tables["communes"], *more]}
    rows: list[Row] = [
        {
            "code_insee": str(row["code_insee"]), "nom": f"{row['nom']}-le-Neuf", "type": "commune",
            "codes_postaux": str(row["codes_postaux"]), "code_departement": str(row["code_departement"]),
            "departement": str(row["departement"]), "code_region": "R", "region": "Région R", "population": "12",
            "latitude": "48.0", "longitude": "2.0",
        }
        for row in tables["communes"]
    ]  # fmt: skip
    updated, note = apply_communes(tables, [*rows[1:], {**rows[0], "code_insee": "00999", "nom": "Neuville"}])
    found = by_id(updated, "communes", "code_insee")
    assert found[rows[0]["code_insee"]]["nom"] == tables["communes"][0]["nom"], "merged away, kept for who chose it"
    assert found["00999"]["nom"] == "Neuville"
    assert "1\xa0commune nouvelle, 1\xa0ancienne commune gardée" in note
    with pytest.raises(EnvironmentFault, match="incomplet"):
        apply_communes(tables, rows[:1])


def test_newer_metiers_change_names_and_codes_only(tables: Tables):
    rows: list[Row] = [
        {"id": "MET.1", "libelle": "bulleuse / bulleur", "code_rome": "Z2002"},
        {"id": "MET.2", "libelle": "affineur/euse de roquefort", "code_rome": ""},
        {"id": "MET.404", "libelle": "métier sans lien", "code_rome": "Z3003"},
    ]
    updated, note = apply_metiers(tables, rows)
    metiers = by_id(updated, "metiers")
    assert metiers["MET.1"]["code_rome"] == "Z2002"
    assert metiers["MET.2"] == by_id(tables, "metiers")["MET.2"], "an empty code takes nothing away"
    assert "MET.404" not in metiers
    assert "1\xa0métier modifié" in note
    assert "1\xa0métier non repris" in note

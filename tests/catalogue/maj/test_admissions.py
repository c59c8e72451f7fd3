"""A newer session on the catalogue's own rows: nothing is lost, everything that follows is made again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mps_desktop.catalogue.construction.ecriture import write_catalogue
from mps_desktop.catalogue.maj.admissions import apply_admissions
from mps_desktop.catalogue.maj.derivees import gone_ids, renew
from mps_desktop.catalogue.maj.reconnaissance import read_official
from mps_desktop.catalogue.maj.tables import Tables, read_tables
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import find_resources
from mps_desktop.core.progress import Progress
from tests.catalogue.factories import BUT
from tests.catalogue.maj.factices import CODES, official_text, write_official, write_small


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return read_tables(write_small(tmp_path / "catalogue.sqlite"))


def rows_of(folder: Path, text: str):
    return read_official(write_official(folder / "lu.csv", text), find_resources(), Progress()).lignes


def voeu(tables: Tables, voeu_id: str) -> dict[str, object]:
    return next(row for row in tables["voeux"] if row["id"] == voeu_id)


def test_the_rows_of_a_catalogue_written_again_give_the_same_file(tmp_path: Path):
    small = write_small(tmp_path / "catalogue.sqlite")
    write_catalogue(tmp_path / "copie.sqlite", read_tables(small))
    assert (tmp_path / "copie.sqlite").read_bytes() == small.read_bytes()


def test_known_voeux_take_the_figures_of_the_new_session(tmp_path: Path, tables: Tables):
    updated, bilan = apply_admissions(tables, rows_of(tmp_path, official_text()), 2026)
    assert bilan.connus == tuple(f"ta{code}" for code in CODES)
    assert (bilan.nouveaux, bilan.absents) == ((), ())
    after = voeu(updated, "ta4")
    assert (after["capacite"], after["derniere_session"], after["formation_id"]) == (32, 2026, BUT)
    figures = {row["session"]: row for row in updated["voeux_sessions"] if row["voeu_id"] == "ta4"}
    assert figures[2023]["taux_acces"] == 50
    assert figures[2026]["taux_acces"] == 52
    bacs = [row for row in updated["voeux_bacs"] if row["voeu_id"] == "ta4"]
    assert {row["session"] for row in bacs} == {2026}
    assert sum(float(str(row["part_acces"])) for row in bacs) == 100


def test_a_voeu_absent_of_the_newest_session_is_kept_and_marked(tmp_path: Path, tables: Tables):
    updated, bilan = apply_admissions(tables, rows_of(tmp_path, official_text(codes=CODES[:-2])), 2026)
    assert bilan.absents == ("ta19", "ta20")
    assert {row["id"] for row in updated["voeux"]} == {row["id"] for row in tables["voeux"]}
    assert gone_ids(updated) - gone_ids(tables) == {"ta19", "ta20"}
    assert voeu(updated, "ta19")["libelle"] == "BUT - Génie des bulles"


def test_a_voeu_that_comes_back_is_offered_again(tmp_path: Path, tables: Tables):
    gone, _ = apply_admissions(tables, rows_of(tmp_path, official_text(codes=CODES[:-2])), 2026)
    back, _ = apply_admissions(gone, rows_of(tmp_path, official_text(2027)), 2027)
    assert "ta19" not in gone_ids(back)


def test_a_programme_in_apprenticeship_is_never_called_gone(tmp_path: Path, tables: Tables):
    updated, _ = apply_admissions(tables, rows_of(tmp_path, official_text()), 2026)
    assert voeu(updated, "ta2")["evolution"] == "nouveau", "in no admission file, before as after"


def test_a_new_voeu_is_attached_by_its_label_and_placed(tmp_path: Path, tables: Tables):
    changes = {
        30: {"g_olocalisation_des_formations": ""},
        31: {"lib_for_voe_ins": "Licence - Fromagerie - Parcours meules", "fili": "Licence"},
        32: {"lib_for_voe_ins": "Diplôme que personne ne connaît", "fili": "Autre"},
    }
    updated, bilan = apply_admissions(
        tables, rows_of(tmp_path, official_text(codes=(*CODES, *changes), changes=changes)), 2026
    )
    assert bilan.nouveaux == ("ta30", "ta31", "ta32")
    assert bilan.sans_formation == ("ta32",)
    assert [voeu(updated, f"ta{code}")["formation_id"] for code in changes] == [BUT, "fl1", None]
    placed = voeu(updated, "ta30")
    assert (placed["precision"], placed["evolution"], placed["premiere_session"]) == ("établissement", "nouveau", 2026)
    assert placed["lat"] is not None


def test_an_older_session_adds_history_and_changes_no_newer_fact(tmp_path: Path, tables: Tables):
    updated, bilan = apply_admissions(tables, rows_of(tmp_path, official_text(2024, CODES[:-2])), 2024)
    assert not bilan.plus_recente
    assert gone_ids(updated) == gone_ids(tables)
    assert voeu(updated, "ta1")["capacite"] == 40
    assert {row["session"] for row in updated["voeux_sessions"] if row["voeu_id"] == "ta1"} == {2023, 2024, 2025}


def test_an_older_session_adds_no_voeu(tmp_path: Path, tables: Tables):
    """What only 2024 offered is no news in a catalogue of 2025."""
    updated, bilan = apply_admissions(tables, rows_of(tmp_path, official_text(2024, (*CODES, 777))), 2024)
    assert (bilan.nouveaux, bilan.ignores, bilan.recente) == ((), ("ta777",), 2025)
    assert {row["id"] for row in updated["voeux"]} == {row["id"] for row in tables["voeux"]}
    assert not [row for row in updated["voeux_sessions"] if row["voeu_id"] == "ta777"]
    assert not [row for row in updated["voeux"] if row["evolution"] == "nouveau" and row["id"] != "ta2"]


def test_a_complete_file_corrects_an_incomplete_copy_of_its_session(tmp_path: Path, tables: Tables):
    text = official_text(2025, codes=CODES[1:])
    updated, bilan = apply_admissions(tables, rows_of(tmp_path, text), 2025)
    assert bilan.absents == ("ta1",)
    assert {row["session"] for row in updated["voeux_sessions"] if row["voeu_id"] == "ta1"} == {2023}
    assert voeu(updated, "ta1")["derniere_session"] == 2023
    assert "ta1" in gone_ids(updated)


def test_derived_figures_are_made_again(tmp_path: Path, tables: Tables):
    updated, _ = apply_admissions(tables, rows_of(tmp_path, official_text(codes=CODES[:-2])), 2026)
    updated = renew(updated)
    but = next(row for row in updated["formations"] if row["id"] == BUT)
    assert (but["nb_voeux"], but["capacite"]) == (9, 9 * 32)
    admis = {row["bac"]: row["admis"] for row in updated["stats_admis"] if row["formation_id"] == BUT}
    assert (admis["NC"], admis["Générale"]) == (9 * 28, 9 * 18)
    parents = {(row["niveau"], row["type_bac"]) for row in updated["taux_parents"]}
    assert ("fili", "generale") in parents
    assert ("fili", "technologique") in parents, "a group without newer figures keeps its own"


def test_a_filtered_export_is_refused(tmp_path: Path, tables: Tables):
    with pytest.raises(EnvironmentFault, match="incomplet"):
        apply_admissions(tables, rows_of(tmp_path, official_text(codes=CODES[:5])), 2026)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    kept=st.sets(st.sampled_from(CODES), min_size=9),
    added=st.sets(st.integers(min_value=100, max_value=120), max_size=5),
    session=st.integers(min_value=2023, max_value=2030),
)
def test_no_update_ever_loses_a_voeu_a_formation_or_a_figure(
    tmp_path: Path, tables: Tables, kept: set[int], added: set[int], session: int
):
    text = official_text(session, tuple(sorted(kept | added)))
    updated, bilan = apply_admissions(tables, rows_of(tmp_path, text), session)
    updated = renew(updated)
    before, after = ({str(row["id"]): row for row in one["voeux"]} for one in (tables, updated))
    assert before.keys() <= after.keys()
    assert all(
        after[i]["formation_id"] == row["formation_id"] or row["formation_id"] is None for i, row in before.items()
    )
    assert [row["id"] for row in updated["formations"]] == [row["id"] for row in tables["formations"]]
    others = [row for row in tables["voeux_sessions"] if row["session"] != session]
    assert all(row in updated["voeux_sessions"] for row in others)
    expected = {f"ta{code}" for code in added}
    assert (set(bilan.nouveaux), set(bilan.ignores)) == ((expected, set()) if session >= 2025 else (set(), expected))
    assert after.keys() - before.keys() == set(bilan.nouveaux)
    keys = [(row["voeu_id"], row["session"]) for row in updated["voeux_sessions"]]
    assert len(keys) == len(set(keys))

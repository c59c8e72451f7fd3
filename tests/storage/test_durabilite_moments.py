"""The bench of kills sees a half migration when there is one, and none when there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mps_desktop.storage.acces import find_key
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import DATABASE_FILE
from mps_desktop.storage.header import read_header
from tests.bench.durabilite_moments import judge_migration
from tests.storage.samples import MOT_DE_PASSE

BASES = Path(__file__).parent / "bases"
NONE = {"migrations_a_moitie": 0, "dossiers_illisibles": 0, "noms_perdus": 0}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return shutil.copytree(BASES / "format_1_1", tmp_path / "dossier")


def _change(folder: Path, statement: str) -> None:
    database = Database(folder / DATABASE_FILE, find_key(read_header(folder), MOT_DE_PASSE))
    with database.schema_transaction() as connection:
        connection.exec_driver_sql(statement)
    database.close()


def test_an_old_dossier_left_alone_is_sound(dossier: Path):
    counts = dict(NONE)
    assert judge_migration(dossier, "format_1_1", counts) == "ancienne version"
    assert counts == NONE


def test_tables_of_no_version_are_a_half_migration(dossier: Path):
    _change(dossier, "CREATE TABLE moitie (id INTEGER)")
    counts = dict(NONE)
    judge_migration(dossier, "format_1_1", counts)
    assert counts["migrations_a_moitie"] == 1


def test_a_missing_student_is_counted(dossier: Path):
    _change(dossier, "UPDATE eleve SET nom = 'AUTRE' WHERE nom = 'BIDON'")
    counts = dict(NONE)
    judge_migration(dossier, "format_1_1", counts)
    assert counts["noms_perdus"] == 1

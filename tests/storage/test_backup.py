from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage import backup as module
from mps_desktop.storage.backup import backup_to, check_file
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import OpenDossier, unlock_dossier
from mps_desktop.storage.errors import DamagedDossier
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.storage.samples import MOT_DE_PASSE, build_eleve

NAMES = tuple(f"BIDON{number:03d}" for number in range(300))


@pytest.fixture
def filled(database: Database) -> Database:
    with database.transaction() as session:
        repository = EleveRepository(session)
        for name in NAMES:
            repository.add(build_eleve(name, "Zénobie", ine=name))
    return database


def test_a_backup_is_complete_and_checked(filled: Database, opened: OpenDossier, tmp_path: Path):
    target = tmp_path / "copie.db"
    backup_to(filled, target)
    check_file(filled, target)
    assert target.stat().st_mode & 0o777 == 0o600
    with filled.read() as session:
        expected = EleveRepository(session).list()
    opened.close()
    filled.path.write_bytes(target.read_bytes())  # the copy takes the place of the closed original
    with unlock_dossier(opened.dossier, MOT_DE_PASSE) as again, again.database.read() as session:
        assert EleveRepository(session).list() == expected


def test_no_name_is_readable_in_any_file(filled: Database, tmp_path: Path):
    backup_to(filled, tmp_path / "copie.db")
    folder = filled.path.parent
    wal = (folder / "dossier.db-wal").read_bytes()
    assert len(wal) > 50_000
    everything = wal + b"".join(file.read_bytes() for file in (*folder.iterdir(), tmp_path / "copie.db"))
    for clear in (b"BIDON", b"Zenobie", "Zénobie".encode(), b"MET.384", b"SQLite format", b"CREATE TABLE", b"eleve"):
        assert clear not in everything


def test_a_backup_replaces_the_previous_one(filled: Database, tmp_path: Path):
    target = tmp_path / "copie.db"
    target.write_text("ancienne", encoding="utf-8")
    backup_to(filled, target)
    check_file(filled, target)
    assert [file.name for file in tmp_path.glob("*.tmp")] == []


def test_a_backup_that_does_not_read_back_does_not_count(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def damage_then_check(database: Database, path: Path) -> None:
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)
        check_file(database, path)

    monkeypatch.setattr(module, "check_file", damage_then_check)
    target = tmp_path / "copie.db"
    target.write_text("ancienne", encoding="utf-8")
    with pytest.raises(DamagedDossier):
        backup_to(filled, target)
    assert target.read_text(encoding="utf-8") == "ancienne"
    assert not list(tmp_path.glob("*.tmp"))
    assert not list(tmp_path.glob(".*.tmp"))


def test_one_altered_byte_anywhere_is_found(filled: Database, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    target = tmp_path / "copie.db"
    backup_to(filled, target)
    raw = target.read_bytes()
    for place in range(100, len(raw), len(raw) // 12):
        altered = bytearray(raw)
        altered[place] ^= 0x40
        target.write_bytes(altered)
        with pytest.raises(DamagedDossier):
            check_file(filled, target)
    assert capfd.readouterr() == ("", "")


def test_a_place_that_does_not_exist_is_told(filled: Database, tmp_path: Path):
    with pytest.raises(EnvironmentFault):
        backup_to(filled, tmp_path / "absent" / "copie.db")


def test_the_open_database_can_be_checked(filled: Database):
    check_file(filled)

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage import dossier as module
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import DATABASE_FILE, OpenDossier, copy_dossier, create_dossier, unlock_dossier
from mps_desktop.storage.errors import (
    DamagedDossier,
    DossierLocked,
    FolderNotEmpty,
    NewerDossier,
    NotADossier,
    WeakPassword,
    WrongPassword,
)
from mps_desktop.storage.header import FORMAT, HEADER_FILE, read_header, write_header
from mps_desktop.storage.keys import KdfParameters, key_check, new_data_key, wrap_key
from mps_desktop.storage.locks import LOCK_FILE
from mps_desktop.storage.migrations import HEAD, current_revision
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.secours import new_recovery_key
from tests.storage.samples import FAST, MOT_DE_PASSE, PROFIL, build_eleve


def add_eleve(opened: OpenDossier, nom: str = "BIDON") -> int:
    with opened.database.transaction() as session:
        return EleveRepository(session).add(build_eleve(nom))


def names(opened: OpenDossier) -> list[str]:
    with opened.database.read() as session:
        return [eleve.nom for eleve in EleveRepository(session).list()]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_create_close_unlock(folder: Path):
    with create_dossier(folder, "TG1 2026-2027", MOT_DE_PASSE, FAST) as opened:
        assert (opened.nom, opened.dossier) == ("TG1 2026-2027", folder)
        add_eleve(opened)
    assert {path.name for path in folder.iterdir()} == {HEADER_FILE, DATABASE_FILE, LOCK_FILE}
    with unlock_dossier(folder, MOT_DE_PASSE) as opened:
        assert opened.nom == "TG1 2026-2027"
        assert names(opened) == ["BIDON"]
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_folder_and_files_are_private(opened: OpenDossier):
    assert opened.dossier.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in opened.dossier.iterdir()} == {0o600}


def test_the_default_cost_is_the_strong_one(folder: Path):
    create_dossier(folder, "TG1", MOT_DE_PASSE).close()
    assert read_header(folder).wraps[0].kdf == KdfParameters(64 * 1024, 3, 4)
    unlock_dossier(folder, MOT_DE_PASSE).close()


def test_an_empty_folder_becomes_the_dossier(folder: Path):
    folder.mkdir(parents=True, mode=0o755)
    create_dossier(folder, "TG1", MOT_DE_PASSE, FAST).close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_nothing_is_mixed_with_other_files(folder: Path):
    folder.mkdir(parents=True)
    (folder / "cours.odt").write_text("précieux", encoding="utf-8")
    for place in (folder, folder / "cours.odt"):
        with pytest.raises(FolderNotEmpty):
            create_dossier(place, "TG1", MOT_DE_PASSE, FAST)
    assert snapshot(folder.parent) == {f"{folder.name}/cours.odt": "précieux".encode()}


def test_a_weak_password_creates_nothing(folder: Path):
    with pytest.raises(WeakPassword):
        create_dossier(folder, "TG1", "court", FAST)
    assert not folder.parent.exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="écrire"):
        create_dossier(tmp_path / "fichier" / "tg1", "TG1", MOT_DE_PASSE, FAST)
    locked = tmp_path / "interdit"
    locked.mkdir(mode=0o555)
    with pytest.raises(EnvironmentFault, match="écrire"):
        create_dossier(locked / "tg1", "TG1", MOT_DE_PASSE, FAST)
    assert not list(locked.iterdir())


@pytest.mark.parametrize("step", ["write_header", "create_database", "migrate"])
def test_a_creation_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    def fail(*_: object) -> None:
        raise EnvironmentFault("panne")

    monkeypatch.setattr(module, step, fail)
    with pytest.raises(EnvironmentFault, match="panne"):
        create_dossier(folder, "TG1", MOT_DE_PASSE, FAST)
    assert not list(folder.parent.iterdir())


def test_a_wrong_password_touches_nothing(opened: OpenDossier, capfd: pytest.CaptureFixture[str]):
    opened.close()
    before = snapshot(opened.dossier)
    with pytest.raises(WrongPassword):
        unlock_dossier(opened.dossier, MOT_DE_PASSE + "!")
    assert snapshot(opened.dossier) == before
    assert capfd.readouterr() == ("", "")


def garble(file: Path) -> None:
    file.write_bytes(bytes(byte ^ 0xA5 for byte in file.read_bytes()))


def cut_to_nothing(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [garble, cut_to_nothing, Path.unlink])
def test_a_damaged_database_is_not_a_wrong_password(
    opened: OpenDossier, damage: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
):
    opened.close()
    damage(opened.dossier / DATABASE_FILE)
    for _ in range(2):  # and the lock was given back
        with pytest.raises(DamagedDossier):
            unlock_dossier(opened.dossier, MOT_DE_PASSE)
    with pytest.raises(WrongPassword):
        unlock_dossier(opened.dossier, "un autre mot de passe")
    assert capfd.readouterr() == ("", "")


def test_a_header_that_wraps_another_key_is_damage(opened: OpenDossier):
    opened.close()
    header = read_header(opened.dossier)
    foreign = wrap_key(new_data_key(), MOT_DE_PASSE, FAST)
    write_header(opened.dossier, type(header)(header.nom, header.check, (foreign,)))
    with pytest.raises(DamagedDossier, match="clé"):
        unlock_dossier(opened.dossier, MOT_DE_PASSE)


def test_every_way_in_opens_the_same_database(folder: Path, monkeypatch: pytest.MonkeyPatch):
    key = new_data_key()
    monkeypatch.setattr(module, "new_data_key", lambda: key)
    with create_dossier(folder, "TG1", MOT_DE_PASSE, FAST) as opened:
        add_eleve(opened)
    header = read_header(folder)
    assert header.check == key_check(key)
    secours = new_recovery_key()
    spare = wrap_key(key, secours, FAST, kind="cle-de-secours")
    write_header(folder, type(header)(header.nom, header.check, (*header.wraps, spare)))
    for secret in (MOT_DE_PASSE, secours):
        with unlock_dossier(folder, secret) as opened:
            assert names(opened) == ["BIDON"]


def test_a_folder_without_dossier_is_told(tmp_path: Path):
    with pytest.raises(NotADossier):
        unlock_dossier(tmp_path, MOT_DE_PASSE)
    assert not list(tmp_path.iterdir())


def test_open_twice_is_refused_then_possible(opened: OpenDossier):
    with pytest.raises(DossierLocked):
        unlock_dossier(opened.dossier, MOT_DE_PASSE)
    add_eleve(opened)
    opened.close()
    opened.close()
    with unlock_dossier(opened.dossier, MOT_DE_PASSE) as again:
        assert names(again) == ["BIDON"]


def edit_format(folder: Path, version: str) -> None:
    file = folder / HEADER_FILE
    current = f'format = "{FORMAT[0]}.{FORMAT[1]}"'
    file.write_text(file.read_text(encoding="utf-8").replace(current, f'format = "{version}"'), encoding="utf-8")


def test_a_newer_major_is_refused_untouched_and_a_newer_minor_opens(opened: OpenDossier):
    add_eleve(opened)
    opened.close()
    edit_format(opened.dossier, f"{FORMAT[0] + 1}.0")
    before = snapshot(opened.dossier)
    with pytest.raises(NewerDossier):
        unlock_dossier(opened.dossier, MOT_DE_PASSE)
    assert snapshot(opened.dossier) == before
    edit = (opened.dossier / HEADER_FILE).read_text(encoding="utf-8")
    newer_minor = edit.replace(f'"{FORMAT[0] + 1}.0"', f'"{FORMAT[0]}.{FORMAT[1] + 1}"')
    (opened.dossier / HEADER_FILE).write_text(newer_minor, encoding="utf-8")
    with unlock_dossier(opened.dossier, MOT_DE_PASSE) as again:
        assert names(again) == ["BIDON"]


class OlderDossier:
    """A dossier made to look one revision old, and a program that knows how to move on."""

    def __init__(self, opened: OpenDossier, monkeypatch: pytest.MonkeyPatch) -> None:
        add_eleve(opened)
        with opened.database.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        opened.close()
        self.folder = opened.dossier
        monkeypatch.setattr("mps_desktop.storage.migrations.REVISIONS", ("0000", HEAD))
        monkeypatch.setattr("mps_desktop.storage.header.FORMAT", (FORMAT[0], FORMAT[1] + 1))
        monkeypatch.setattr(module, "migrate", self.migrate)
        self.fails = False

    def migrate(self, database: Database) -> None:
        if self.fails:
            raise EnvironmentFault("panne")
        with database.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})


def test_an_older_dossier_is_saved_then_migrated(opened: OpenDossier, monkeypatch: pytest.MonkeyPatch):
    older = OlderDossier(opened, monkeypatch)
    with unlock_dossier(older.folder, MOT_DE_PASSE) as again:
        assert current_revision(again.database) == HEAD
        assert names(again) == ["BIDON"]
    assert read_header(older.folder).version == (FORMAT[0], FORMAT[1] + 1)
    saved = older.folder / "sauvegardes" / "avant-mise-a-jour-0000"
    assert read_header(saved).version == FORMAT
    monkeypatch.undo()
    with unlock_dossier(saved, MOT_DE_PASSE) as before:
        assert current_revision(before.database) == "0000"
        assert names(before) == ["BIDON"]


def test_a_migration_that_fails_can_be_tried_again(opened: OpenDossier, monkeypatch: pytest.MonkeyPatch):
    older = OlderDossier(opened, monkeypatch)
    older.fails = True
    with pytest.raises(EnvironmentFault, match="panne"):
        unlock_dossier(older.folder, MOT_DE_PASSE)
    assert read_header(older.folder).version == FORMAT
    older.fails = False
    with unlock_dossier(older.folder, MOT_DE_PASSE) as again:
        assert names(again) == ["BIDON"]
    saved = sorted(path.name for path in (older.folder / "sauvegardes").iterdir())
    assert saved == ["avant-mise-a-jour-0000", "avant-mise-a-jour-0000-2"]


def test_no_backup_no_migration(opened: OpenDossier, monkeypatch: pytest.MonkeyPatch):
    older = OlderDossier(opened, monkeypatch)
    (older.folder / "sauvegardes").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFault):
        unlock_dossier(older.folder, MOT_DE_PASSE)
    monkeypatch.undo()
    with unlock_dossier(older.folder, MOT_DE_PASSE) as again:
        assert current_revision(again.database) == "0000"
        assert names(again) == ["BIDON"]


def test_a_backup_of_the_whole_dossier_opens_by_itself(opened: OpenDossier, tmp_path: Path):
    add_eleve(opened)
    copy = tmp_path / "cle usb" / "tg1"
    counts = copy_dossier(opened.dossier, opened.database, copy, "demande", datetime.now(UTC))
    assert counts == (1, 1)
    assert {path.stat().st_mode & 0o777 for path in copy.iterdir()} == {0o600}
    add_eleve(opened, "TARDIF")
    with pytest.raises(FolderNotEmpty):
        copy_dossier(opened.dossier, opened.database, copy, "demande", datetime.now(UTC))
    opened.close()
    shutil.rmtree(opened.dossier)
    with unlock_dossier(copy, MOT_DE_PASSE) as restored:
        assert names(restored) == ["BIDON"]


def test_a_killed_process_leaves_the_last_state(opened: OpenDossier):
    eleve_id = add_eleve(opened)
    opened.close()
    script = """
import sys
from dataclasses import replace
from pathlib import Path
from sqlalchemy import text
from mps_desktop.storage.dossier import unlock_dossier
from mps_desktop.storage.records import EleveRecord, ProfilRecord
from mps_desktop.storage.repositories.eleves import EleveRepository

opened = unlock_dossier(Path(sys.argv[1]), sys.argv[2])
with opened.database.transaction() as session:
    session.execute(text("PRAGMA cache_size = 5"))  # pages of the unfinished transaction reach the disk
    repository = EleveRepository(session)
    repository.save_profil(int(sys.argv[3]), ProfilRecord())
    for number in range(300):
        repository.add(EleveRecord(0, f"PERDU{number}", "Zoé", "TG2", "terminale"))
    print("au milieu", flush=True)
    sys.stdin.read()
"""
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(opened.dossier), MOT_DE_PASSE, str(eleve_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child:
        assert child.stdout.readline() == "au milieu\n"
        assert (opened.dossier / "dossier.db-wal").stat().st_size > 10_000
        child.kill()
        child.wait()
    with unlock_dossier(opened.dossier, MOT_DE_PASSE) as again:
        assert names(again) == ["BIDON"]
        with again.database.read() as session:
            assert EleveRepository(session).get(eleve_id).profil == PROFIL

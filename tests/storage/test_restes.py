"""What is left by work that was interrupted, refused or undone by hand: nothing is lost, nothing is forgotten."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder
from mps_desktop.storage import copies
from mps_desktop.storage import dossier as module
from mps_desktop.storage.dossier import DATABASE_FILE, OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.errors import ReadOnlyDossier, VanishedDossier
from mps_desktop.storage.sauvegardes import list_backups, make_backup, restore_backup
from mps_desktop.storage.transport import SUFFIX, export_dossier, import_dossier
from tests.storage.samples import FAST, MOT_DE_PASSE
from tests.storage.test_sauvegardes import NOW, add, names, saved  # noqa: F401  a fixture

BASES = Path(__file__).parent / "bases"
PRIVATE = {stat.S_IFREG: 0o600, stat.S_IFDIR: 0o700}


def rights_of(folder: Path) -> dict[str, int]:
    """Files and folders that others may read, by name."""
    found = [folder, *folder.rglob("*")]
    modes = {str(path.relative_to(folder)): path.lstat().st_mode for path in found}
    return {
        name: stat.S_IMODE(mode) for name, mode in modes.items() if stat.S_IMODE(mode) != PRIVATE[stat.S_IFMT(mode)]
    }


def test_what_cannot_be_backed_up_is_not_replaced(saved: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    backup = list_backups(saved)[0].dossier

    def full(*_args: object) -> None:
        raise EnvironmentFault("Il n’y a plus de place sur le disque.", "Libérez de la place.")

    monkeypatch.setattr(module, "backup_to", full)
    with pytest.raises(EnvironmentFault, match="plus de place"):
        restore_backup(saved, backup, MOT_DE_PASSE, NOW + timedelta(hours=1))
    assert names(saved) == ["BIDON", "MODÈLE"]
    assert len(list_backups(saved)) == 1


@pytest.mark.parametrize("header", [None, b"", b"application = 'MPS Bureau'\n"])
def test_a_lost_or_damaged_header_comes_back_and_the_newest_state_is_kept(saved: Path, header: bytes | None):  # noqa: F811
    file = saved / "dossier.toml"
    file.unlink()
    if header is not None:
        file.write_bytes(header)
    former = restore_backup(saved, list_backups(saved)[0].dossier, MOT_DE_PASSE, NOW + timedelta(hours=1))
    assert names(saved) == ["BIDON"]
    assert former is not None
    assert names(former) == ["BIDON", "MODÈLE"]


def test_a_backup_of_another_dossier_is_refused(saved: Path, tmp_path: Path):  # noqa: F811
    with create_dossier(tmp_path / "autre", "TG2", MOT_DE_PASSE, FAST) as other:
        add(other, "AUTRUI")
        copy = make_backup(other, "demande", NOW).dossier
    shutil.copytree(copy, saved / "sauvegardes" / "venue-d-ailleurs")
    with pytest.raises(EnvironmentFault, match="autre dossier"):
        restore_backup(saved, saved / "sauvegardes" / "venue-d-ailleurs", MOT_DE_PASSE, NOW)
    assert names(saved) == ["BIDON", "MODÈLE"]


def test_a_backup_made_before_an_update_can_be_put_back(tmp_path: Path):
    folder = tmp_path / "ancien"
    shutil.copytree(BASES / "format_1_1", folder)
    before = names(folder)
    (one,) = list_backups(folder)
    assert (one.motif, one.eleves) == ("migration", len(before))
    with unlock_dossier(folder, MOT_DE_PASSE) as opened:
        add(opened, "TARDIF")
    restore_backup(folder, one.dossier, MOT_DE_PASSE, datetime.now(UTC))
    assert names(folder) == before


def test_a_backup_interrupted_while_it_is_written_leaves_nothing(opened: OpenDossier, monkeypatch: pytest.MonkeyPatch):
    def full(*_args: object) -> None:
        raise EnvironmentFault("Il n’y a plus de place sur le disque.", "Libérez de la place.")

    monkeypatch.setattr(module, "write_info", full)
    with pytest.raises(EnvironmentFault):
        make_backup(opened, "jour", NOW)
    assert not list((opened.dossier / "sauvegardes").iterdir())


def test_leftovers_of_a_killed_program_go_at_the_next_opening(saved: Path):  # noqa: F811
    backups = saved / "sauvegardes"
    for folder in (backups / ".2026-11-25_10h00m00-jour.abc.tmp", saved / "mps-export-abc"):
        folder.mkdir()
        (folder / DATABASE_FILE).write_bytes(b"x")
    (saved / f".{DATABASE_FILE}.abc.tmp").write_bytes(b"x")
    (saved / "a moi.tmp").write_bytes(b"x")
    unlock_dossier(saved, MOT_DE_PASSE).close()
    assert not [path for path in saved.rglob("*") if path.name.startswith((".", "mps-export"))]
    assert (saved / "a moi.tmp").exists()
    assert len(list_backups(saved)) == 1


def test_a_creation_that_was_killed_is_cleared_the_next_time_only_when_it_is_old(tmp_path: Path):
    old, recent, other = (tmp_path / name for name in (".tg1.a.tmp", ".tg1.b.tmp", ".tg2.a.tmp"))
    for left in (old, recent, other):
        left.mkdir()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    create_dossier(tmp_path / "tg1", "TG1", MOT_DE_PASSE, FAST).close()
    assert (old.exists(), recent.exists(), other.exists()) == (False, True, True)


def test_everything_written_is_private(tmp_path: Path):
    umask = os.umask(0)
    try:
        folder = tmp_path / "loin" / "de tout" / "tg1"
        with create_dossier(folder, "TG1", MOT_DE_PASSE, FAST) as opened:
            add(opened, "BIDON")
            make_backup(opened, "demande", NOW)
            export_dossier(opened, tmp_path / "sortie" / "cle" / "tg1")
            assert (folder / "dossier.db-wal").exists()
            assert rights_of(tmp_path / "loin") == rights_of(tmp_path / "sortie") == {}
        restore_backup(folder, list_backups(folder)[0].dossier, MOT_DE_PASSE, NOW + timedelta(hours=1))
        import_dossier(tmp_path / "sortie" / "cle" / f"tg1{SUFFIX}", tmp_path / "poste" / "tg1", MOT_DE_PASSE)
    finally:
        os.umask(umask)
    assert {name for place in ("loin", "sortie", "poste") for name in rights_of(tmp_path / place)} == set()


def test_parents_made_for_a_file_are_private(tmp_path: Path):
    umask = os.umask(0o022)
    try:
        make_folder(tmp_path / "a" / "b" / "c")
    finally:
        os.umask(umask)
    assert rights_of(tmp_path / "a") == {}


def test_a_change_to_a_dossier_that_has_gone_is_refused(opened: OpenDossier, tmp_path: Path):
    add(opened, "BIDON")
    opened.dossier.rename(tmp_path / "parti")
    with pytest.raises(VanishedDossier, match="pas enregistré"):
        add(opened, "MODÈLE")
    (tmp_path / "parti").rename(opened.dossier)
    add(opened, "REVENU")
    opened.close()
    assert names(opened.dossier) == ["BIDON", "REVENU"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a disk of our own needs Linux and root")
    place = tmp_path / "cle usb"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_becomes_read_only_refuses_and_keeps(disk: Path, tmp_path: Path):
    folder = disk / "tg1"
    with create_dossier(folder, "TG1", MOT_DE_PASSE, FAST) as opened:
        add(opened, "BIDON")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(ReadOnlyDossier, match="écriture"):
        unlock_dossier(folder, MOT_DE_PASSE)
    with pytest.raises(EnvironmentFault):
        create_dossier(disk / "tg2", "TG2", MOT_DE_PASSE, FAST)
    shutil.copytree(folder, tmp_path / "copie")
    assert names(tmp_path / "copie") == ["BIDON"]
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert names(folder) == ["BIDON"]


def test_a_full_disk_refuses_backup_export_import_and_restoration(disk: Path, tmp_path: Path):
    with create_dossier(disk / "tg1", "TG1", MOT_DE_PASSE, FAST) as opened:
        add(opened, "BIDON")
        kept = make_backup(opened, "demande", NOW)
        add(opened, "MODÈLE")
        file = export_dossier(opened, tmp_path / "tg1")
        (disk / "rempli").write_bytes(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 40_000))
        before = sorted(str(path) for path in disk.rglob("*"))
        with pytest.raises(EnvironmentFault):
            make_backup(opened, "jour", NOW + timedelta(hours=1))
        with pytest.raises(EnvironmentFault):
            export_dossier(opened, disk / "sortie")
        with pytest.raises(EnvironmentFault):
            import_dossier(file, disk / "tg2", MOT_DE_PASSE)
        assert sorted(str(path) for path in disk.rglob("*")) == before
    with pytest.raises(EnvironmentFault):
        restore_backup(disk / "tg1", kept.dossier, MOT_DE_PASSE, NOW + timedelta(hours=2))
    (disk / "rempli").unlink()
    assert names(disk / "tg1") == ["BIDON", "MODÈLE"]


def test_files_that_are_no_export_are_refused_in_words(saved: Path, tmp_path: Path):  # noqa: F811
    with unlock_dossier(saved, MOT_DE_PASSE) as opened:
        good = export_dossier(opened, tmp_path / "tg1").read_bytes()
    wrong = tmp_path / f"tordu{SUFFIX}"
    deflated = tmp_path / f"serre{SUFFIX}"
    with zipfile.ZipFile(tmp_path / f"tg1{SUFFIX}") as plain, zipfile.ZipFile(deflated, "w", 8) as archive:
        for name in plain.namelist():
            archive.writestr(name, plain.read(name))
    squeezed = deflated.read_bytes()
    contents = [good[:cut] for cut in (0, 10, 300, 5000, len(good) // 2, len(good) - 1)]
    contents += [good[:at] + bytes(64) + good[at + 64 :] for at in (40, 900, 20_000, len(good) - 200)]
    contents += [squeezed[:at] + b"\xff" * 64 + squeezed[at + 64 :] for at in (60, 4000, len(squeezed) // 2)]
    for content in contents:
        wrong.write_bytes(content)
        with pytest.raises(EnvironmentFault):
            import_dossier(wrong, tmp_path / "neuf", MOT_DE_PASSE)
        assert not (tmp_path / "neuf").exists()
    with pytest.raises(EnvironmentFault):
        import_dossier(tmp_path, tmp_path / "neuf", MOT_DE_PASSE)
    assert copies.sweep(tmp_path) == 0

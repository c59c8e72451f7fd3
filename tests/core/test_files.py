from __future__ import annotations

import stat
from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder, replacing


def test_replacing_puts_the_new_file_in_place_and_keeps_it_private(tmp_path: Path):
    target = tmp_path / "rapport.pdf"
    target.write_bytes(b"ancien")
    with replacing(target) as neighbour:
        neighbour.write_bytes(b"nouveau")
        assert target.read_bytes() == b"ancien"
    assert target.read_bytes() == b"nouveau"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_in_the_block_leaves_the_old_file(tmp_path: Path):
    target = tmp_path / "rapport.pdf"
    target.write_bytes(b"ancien")

    def write_badly() -> None:
        with replacing(target) as neighbour:
            neighbour.write_bytes(b"moit")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_badly()
    assert target.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_said_in_french(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="Impossible d’écrire"), replacing(tmp_path / "absent" / "a.pdf"):
        pass


def test_a_read_only_folder_is_refused_even_to_root(tmp_path: Path):
    folder = tmp_path / "verrouille"
    folder.mkdir(mode=0o500)
    folder.chmod(0o555)
    with pytest.raises(EnvironmentFault, match="Impossible d’écrire"):
        make_folder(folder)


def test_a_file_in_the_way_is_refused(tmp_path: Path):
    (tmp_path / "fichier").write_text("x")
    with pytest.raises(EnvironmentFault):
        make_folder(tmp_path / "fichier" / "sortie")


def test_make_folder_creates_private_parents(tmp_path: Path):
    folder = make_folder(tmp_path / "a" / "b")
    assert folder.is_dir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700

"""A disk that is really full: the change is refused in words, what was acknowledged stays, nothing half written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mps_desktop.storage.dossier import OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.errors import DiskFull
from mps_desktop.storage.records import EleveRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.storage.samples import FAST, MOT_DE_PASSE

LOT = 50


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a disk of 2 MB needs Linux and root")
    place = tmp_path / "petit"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not let us mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _fill(opened: OpenDossier, done: list[int]) -> None:
    while len(done) < 2000:
        with opened.database.transaction() as session:
            repository = EleveRepository(session)
            for number in range(LOT):
                repository.add(EleveRecord(0, f"BIDON{len(done)}-{number}", "P" * 200, "TG1", "terminale"))
        done.append(LOT)


def test_a_full_disk_refuses_the_change_and_keeps_the_others(small_disk: Path):
    done: list[int] = []
    with (
        create_dossier(small_disk / "dossier", "Essai", MOT_DE_PASSE, FAST) as opened,
        pytest.raises(DiskFull, match="plus de place"),
    ):
        _fill(opened, done)
    with unlock_dossier(small_disk / "dossier", MOT_DE_PASSE) as opened, opened.database.read() as session:
        assert len(EleveRepository(session).list()) == sum(done) > 0

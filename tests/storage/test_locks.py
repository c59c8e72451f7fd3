from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mps_desktop.storage.errors import DossierLocked, ReadOnlyDossier
from mps_desktop.storage.locks import LOCK_FILE, DossierLock

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def test_the_second_is_told_who_has_it_and_since_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOGNAME", "prof.bidon")
    first = DossierLock(tmp_path, machine="PC-SALLE-12", now=NOW)
    with pytest.raises(DossierLocked) as caught:
        DossierLock(tmp_path, machine="PC-SALLE-12")
    assert caught.value.message == (
        "Ce dossier est déjà ouvert par prof.bidon sur PC-SALLE-12 depuis le 24/11/2026 à 18:30."
    )
    first.release()


def test_the_lock_file_is_private_and_says_who(tmp_path: Path):
    lock = DossierLock(tmp_path, machine="PC-SALLE-12", now=NOW)
    file = tmp_path / LOCK_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    holder = json.loads(file.read_text(encoding="utf-8"))
    assert holder["machine"] == "PC-SALLE-12"
    assert holder["processus"] == os.getpid()
    lock.release()


def test_released_is_free_and_releasing_twice_is_harmless(tmp_path: Path):
    lock = DossierLock(tmp_path)
    lock.release()
    lock.release()
    assert (tmp_path / LOCK_FILE).read_bytes() == b""
    DossierLock(tmp_path, machine="UN-AUTRE-PC").release()


@pytest.mark.parametrize("leftover", ["", "{", "[]", '{"machine": "PC-SALLE-12"}'])
def test_a_leftover_of_this_machine_is_taken_over(tmp_path: Path, leftover: str):
    (tmp_path / LOCK_FILE).write_text(leftover, encoding="utf-8")
    DossierLock(tmp_path, machine="PC-SALLE-12").release()


def test_another_machine_is_respected_until_its_file_goes(tmp_path: Path):
    holder = {"machine": "PC-CDI", "utilisateur": "doc.bidon", "depuis": "n’importe quoi"}
    text = json.dumps(holder)
    (tmp_path / LOCK_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DossierLocked):
        DossierLock(tmp_path, machine="PC-SALLE-12")
    with pytest.raises(DossierLocked) as caught:
        DossierLock(tmp_path, machine="PC-SALLE-12")
    assert (caught.value.machine, caught.value.utilisateur, caught.value.depuis) == ("PC-CDI", "doc.bidon", "un moment")
    assert LOCK_FILE in caught.value.remede
    assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8") == text
    (tmp_path / LOCK_FILE).unlink()
    DossierLock(tmp_path, machine="PC-SALLE-12").release()


def test_a_live_process_keeps_it_a_dead_one_does_not(tmp_path: Path):
    script = (
        "import sys; from pathlib import Path; from mps_desktop.storage.locks import DossierLock\n"
        "lock = DossierLock(Path(sys.argv[1])); print('pris', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child:
        assert child.stdout.readline() == "pris\n"
        with pytest.raises(DossierLocked):
            DossierLock(tmp_path)
        child.kill()
        child.wait()
    assert (tmp_path / LOCK_FILE).read_bytes()
    DossierLock(tmp_path).release()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    with pytest.raises(ReadOnlyDossier):
        DossierLock(tmp_path / "absent")

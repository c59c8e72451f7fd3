"""The one command that prepares a fresh machine. Nothing is installed here."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "installer" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def commands(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands that would be run, recorded instead."""
    run: list[list[str]] = []

    def record(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        run.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", record)
    return run


def as_user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number, raising=False)


def test_the_stamp_changes_with_the_pinned_list(bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "requirements").mkdir()
    file = tmp_path / "requirements" / "runtime.txt"
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    file.write_text("a==1")
    first = bootstrap.stamp_of("runtime")
    file.write_text("a==2")
    assert bootstrap.stamp_of("runtime") != first


@pytest.mark.parametrize(("wanted", "present", "installs"), [
    ("runtime", "runtime", False), ("runtime", "dev", False), ("dev", "dev", False), ("dev", "runtime", True),
])  # fmt: skip
def test_a_ready_environment_is_left_alone(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: list[list[str]],
    wanted: str, present: str, installs: bool,
):  # fmt: skip
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "loads", lambda library: True)
    (tmp_path / "mps-stamp").write_text(bootstrap.stamp_of(present))
    bootstrap.prepare(wanted)
    assert bool(commands) == installs
    assert all("--require-hashes" in command for command in commands)
    assert (tmp_path / "mps-stamp").read_text() == bootstrap.stamp_of(wanted if installs else present)


def test_without_root_the_exact_line_is_said(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    commands: list[list[str]],
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setattr(bootstrap, "loads", lambda library: library != "libEGL.so.1")
    as_user(monkeypatch, 1000)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.need_system(bootstrap.QT_LIBRARIES, {})
    assert stopped.value.code == 1
    assert "sudo apt-get install -y --no-install-recommends libegl1\n" in capsys.readouterr().err
    assert commands == []


def test_root_installs_what_is_missing(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
):
    find: Callable[[str], str | None] = lambda name: None if name == "pdftoppm" else "/usr/bin/" + name  # noqa: E731
    monkeypatch.setattr(bootstrap.shutil, "which", find)
    as_user(monkeypatch, 0)
    bootstrap.need_system({}, {"pdftoppm": "poppler-utils"})
    assert [command[1] for command in commands] == ["update", "install"]
    assert commands[1][-1] == "poppler-utils"


def test_an_unknown_command_is_a_wrong_usage(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]):
    assert bootstrap.main(["lancer"]) == 2
    assert "Commande inconnue" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="mps est pour Linux et macOS")
def test_the_shell_entry_shows_its_help():
    done = subprocess.run([ROOT / "mps", "aide"], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0
    assert "./mps demo" in done.stdout

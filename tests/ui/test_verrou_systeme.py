"""The dossier is locked when the session of the computer is, or when the computer slept."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QObject
from pytestqt.qtbot import QtBot

from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.verrou_systeme import SystemLock, _Messages, means_locked
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession


def test_a_locked_session_locks_the_dossier(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    window.systeme.active_changed(False)
    assert window.workspace is workspace
    window.systeme.active_changed(True)
    idle(qtbot, window)
    assert window.workspace is None
    assert session.closed
    window.systeme.session_locked()  # nothing is open any more: harmless
    assert window.workspace is None


def test_a_computer_that_slept_is_seen_by_its_clock(qtbot: QtBot):
    moments = iter((0.0, 20.0, 40.0, 4000.0, 4020.0))
    parent = QObject()
    lock = SystemLock(parent, lambda: next(moments))
    told: list[bool] = []
    lock.locked.connect(lambda: told.append(True))
    lock.look_at_the_clock()
    lock.look_at_the_clock()
    assert told == []
    lock.look_at_the_clock()
    lock.look_at_the_clock()
    assert told == [True]


@pytest.mark.parametrize(
    ("message", "parameter", "expected"),
    [
        (0x02B1, 0x7, True), (0x02B1, 0x8, False), (0x02B1, 0x4, True), (0x0218, 0x4, True), (0x0218, 0x12, False),
        (0x0100, 0x7, False),
    ],
)  # fmt: skip
def test_what_windows_says_is_understood(message: int, parameter: int, expected: bool):
    assert means_locked(message, parameter) == expected
    told: list[bool] = []
    words = (ctypes.c_size_t * 6)(0, message, parameter)
    reader = _Messages(lambda: told.append(True))
    reader.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(words))
    reader.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), ctypes.addressof(words))
    assert told == [True] * expected


SCRIPT = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from mps_desktop.ui.verrou_systeme import SystemLock

app = QCoreApplication([])
parent = QObject()
lock = SystemLock(parent)
lock.locked.connect(lambda: (print("verrouille", flush=True), app.exit(0)))
lock.start(0)
QTimer.singleShot(0, lambda: print("pret", flush=True))
QTimer.singleShot(60_000, lambda: app.exit(3))
sys.exit(app.exec())
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    daemon = shutil.which("dbus-daemon")
    if not sys.platform.startswith("linux") or daemon is None or shutil.which("dbus-send") is None:
        pytest.skip("D-Bus is not installed")
    command = [daemon, "--session", "--nofork", "--print-address=1", f"--address=unix:path={tmp_path}/bus"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.mark.parametrize("interface", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_what_a_linux_desktop_says_is_heard(bus: str, interface: str):
    env = os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True, env=env) as listening:
        assert listening.stdout is not None
        assert listening.stdout.readline() == "pret\n"
        for said in ("false", "true"):
            signal = ["dbus-send", "--session", "--type=signal", "/quelque/part", f"{interface}.ActiveChanged"]
            subprocess.run([*signal, f"boolean:{said}"], env=env, check=True)
        assert listening.stdout.read() == "verrouille\n"
        assert listening.wait() == 0

"""A locked session locks the dossier: real D-Bus signals on a private bus, messages of Windows made by hand."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Generator
from ctypes import wintypes
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.veille_systeme import (
    LOGIN,
    PBT_APMSUSPEND,
    SAVERS,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    VerrouSysteme,
    WindowsMessages,
    escape_label,
    watch_linux,
)
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession

QtDBus = pytest.importorskip("PySide6.QtDBus")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus est celui de Linux")


@pytest.fixture
def bus(tmp_path: Path) -> Generator[str]:
    """Address of a private bus, on a Unix socket of its own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon n’est pas installé")
    address = f"unix:path={tmp_path / 'bus'}"
    command = [daemon, "--session", f"--address={address}", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield address
        process.terminate()


def tell(bus: str, name: str, path: str, interface: str, member: str, *arguments: object) -> None:
    """Emit a signal from another connection, under a well-known name."""
    connection = QtDBus.QDBusConnection.connectToBus(bus, f"dit {name}")
    assert connection.isConnected()
    assert connection.registerService(name)
    signal = QtDBus.QDBusMessage.createSignal(path, interface, member)
    signal.setArguments(list(arguments))
    assert connection.send(signal)


@linux
def test_the_screen_saver_the_session_and_sleep_are_heard(qtbot: QtBot, bus: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    listening = QtDBus.QDBusConnection.connectToBus(bus, "écoute")
    verrou = VerrouSysteme()
    assert watch_linux(verrou, listening, listening) == len(SAVERS) + 2
    manager, session = "/org/freedesktop/login1", "/org/freedesktop/login1/session/_32"
    for saver in SAVERS:
        with qtbot.waitSignal(verrou.locked):
            tell(bus, saver, "/org/freedesktop/ScreenSaver", saver, "ActiveChanged", True)
    with qtbot.waitSignal(verrou.locked):
        tell(bus, LOGIN, manager, f"{LOGIN}.Manager", "PrepareForSleep", True)
    heard: list[None] = []
    verrou.locked.connect(lambda: heard.append(None))
    tell(bus, SAVERS[0], "/x", SAVERS[0], "ActiveChanged", False)  # it ends: nothing
    tell(bus, LOGIN, manager, f"{LOGIN}.Manager", "PrepareForSleep", False)
    tell(bus, LOGIN, "/org/freedesktop/login1/session/_33", f"{LOGIN}.Session", "Lock")  # somebody else's session
    with qtbot.waitSignal(verrou.locked):
        tell(bus, LOGIN, session, f"{LOGIN}.Session", "Lock")
    assert len(heard) == 1


@linux
def test_without_a_bus_nothing_is_heard_and_nothing_fails():
    gone = QtDBus.QDBusConnection("jamais ouvert")
    assert watch_linux(VerrouSysteme(), gone, gone) == 0


def test_messages_of_windows_are_read_and_let_through(qtbot: QtBot):
    verrou = VerrouSysteme()
    listener = WindowsMessages(verrou)
    heard: list[None] = []
    verrou.locked.connect(lambda: heard.append(None))
    for message, parameter, expected in (
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, 1),
        (WM_WTSSESSION_CHANGE, 0x8, 1),  # unlocked
        (WM_POWERBROADCAST, PBT_APMSUSPEND, 2),
        (0x0100, 0x7, 2),  # a key
    ):
        said = wintypes.MSG(message=message, wParam=parameter)
        assert listener.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(said)) == (False, 0)
        assert len(heard) == expected
    assert listener.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)


@pytest.mark.parametrize(("label", "escaped"), [("2", "_32"), ("c1", "c1"), ("12", "_312"), ("a-b", "a_2db")])
def test_a_session_is_named_as_the_session_manager_does(label: str, escaped: str):
    assert escape_label(label) == escaped


def test_a_locked_session_locks_the_dossier_and_the_notes_of_the_psyen(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    session.psyen.creer("carafe orage lutin")
    window.follow_system_lock(VerrouSysteme(window))
    verrou = window.findChild(VerrouSysteme)
    assert verrou is not None
    verrou.on_active(False)
    assert window.workspace is workspace
    verrou.on_lock()
    idle(qtbot, window)
    assert window.workspace is None
    assert session.closed
    assert not session.psyen.ouvert
    verrou.on_lock()  # nothing is open: nothing to do
    idle(qtbot, window)

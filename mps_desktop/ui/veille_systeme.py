"""Locks the dossier when the session of the computer is locked or the computer goes to sleep.

Linux: D-Bus, through Qt (libdbus is loaded when it is there; without it nothing is heard and nothing fails).
``org.freedesktop.login1`` tells the ``Lock`` of our session and ``PrepareForSleep``; the desktop tells
``ActiveChanged`` of its screen saver. Windows: the window asks for WTS messages (``WM_WTSSESSION_CHANGE``), and is told
of a suspension (``WM_POWERBROADCAST``). macOS: nothing is heard; the delay without activity is what protects.

Sources: https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html and
https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change
"""

from __future__ import annotations

import ctypes
import os
import sys
from ctypes import wintypes
from typing import cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver")
"""Desktops that tell ``ActiveChanged(bool)`` on the session's bus."""
LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
# The stubs ask for bytes, the binding refuses them.
_ON_ACTIVE, _ON_LOCK = cast("bytes", SLOT("on_active(bool)")), cast("bytes", SLOT("on_lock()"))

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND, WTS_SESSION_LOCK = 0x0004, 0x0007
_THIS_SESSION = 0


class VerrouSysteme(QObject):
    """Hears that nobody is in front of the computer any more.

    Signals:
        locked: the session was locked, or the computer is about to sleep.
    """

    locked = Signal()

    @Slot(bool)
    def on_active(self, active: bool) -> None:
        """A screen saver began (or ended), the computer goes to sleep (or wakes up)."""
        if active:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        """The session manager locks the session."""
        self.locked.emit()


def watch_linux(verrou: VerrouSysteme, session_bus: object = None, system_bus: object = None) -> int:
    """Listen to D-Bus.

    Args:
        session_bus, system_bus: ``QDBusConnection``; None = those of this session.

    Returns:
        How many signals are listened to; 0 without D-Bus.
    """
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:  # a Qt built without it
        return 0
    session = session_bus if isinstance(session_bus, QDBusConnection) else QDBusConnection.sessionBus()
    system = system_bus if isinstance(system_bus, QDBusConnection) else QDBusConnection.systemBus()
    heard = 0
    if session.isConnected():
        for saver in SAVERS:
            heard += session.connect("", "", saver, "ActiveChanged", verrou, _ON_ACTIVE)
    if system.isConnected():
        manager = f"{LOGIN}.Manager"
        heard += system.connect(LOGIN, _LOGIN_PATH, manager, "PrepareForSleep", verrou, _ON_ACTIVE)
        number = os.environ.get("XDG_SESSION_ID", "")
        if number:
            path = f"{_LOGIN_PATH}/session/{escape_label(number)}"
            heard += system.connect(LOGIN, path, f"{LOGIN}.Session", "Lock", verrou, _ON_LOCK)
    return heard


def escape_label(label: str) -> str:
    """A name as one element of a D-Bus path: ``2`` is ``_32``, ``c1`` is ``c1`` (sd_bus_path_encode)."""
    return "".join(
        char if char.isascii() and char.isalnum() and not (place == 0 and char.isdigit()) else f"_{ord(char):02x}"
        for place, char in enumerate(label)
    )


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages of the window for a locked session or a suspension; lets all of them through."""

    def __init__(self, verrou: VerrouSysteme) -> None:
        super().__init__()
        self._verrou = verrou

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:  # noqa: N802  Qt override
        """Nothing is stopped."""
        told_kind = bytes(kind.data()) if isinstance(kind, QByteArray) else bytes(kind)
        if told_kind == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in (
                (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
                (WM_POWERBROADCAST, PBT_APMSUSPEND),
            ):
                self._verrou.locked.emit()
        return False, 0


def watch_windows(verrou: VerrouSysteme, window: QWidget) -> WindowsMessages:
    """Ask Windows to tell this window; the filter must be kept alive."""
    listener = WindowsMessages(verrou)
    app = QCoreApplication.instance()
    if app is not None:
        app.installNativeEventFilter(listener)
    library = getattr(ctypes, "WinDLL")("wtsapi32")  # noqa: B009  exists on Windows only
    library.WTSRegisterSessionNotification(wintypes.HWND(int(window.winId())), wintypes.DWORD(_THIS_SESSION))
    return listener


def watch_system_lock(window: QWidget) -> VerrouSysteme:
    """Listen to whatever this system tells, for as long as the window lives."""
    verrou = VerrouSysteme(window)
    if sys.platform == "win32":
        listener = watch_windows(verrou, window)
        verrou.destroyed.connect(lambda _gone: listener)  # kept as long as it
    elif sys.platform.startswith("linux"):
        watch_linux(verrou)
    return verrou

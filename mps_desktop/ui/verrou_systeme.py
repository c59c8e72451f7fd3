"""Tells when the session of the computer is locked or put to sleep: the dossier must be locked with it.

Windows says it by messages to the window, Linux desktops on D-Bus. A computer that slept without saying so is caught by
its clock, which leapt. Where nothing is said (macOS, a desktop without D-Bus), only that and the delay of ``veille``.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_PULSE_MS = 20_000
_LEAP_S = 120.0
_FROM_WINDOWS = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK, _WTS_CONSOLE_DISCONNECT, _WTS_REMOTE_DISCONNECT = 0x02B1, 0x7, 0x2, 0x4

SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.cinnamon.ScreenSaver",
)
"""Interfaces of the session bus whose ``ActiveChanged(true)`` means: nobody is there any more."""


def means_locked(message: int, parameter: int) -> bool:
    """Whether a message of Windows says that the session is locked, left for another one, or put to sleep."""
    if message == _WM_POWERBROADCAST:
        return parameter == _PBT_APMSUSPEND
    leaving = {_WTS_SESSION_LOCK, _WTS_CONSOLE_DISCONNECT, _WTS_REMOTE_DISCONNECT}
    return message == _WM_WTSSESSION_CHANGE and parameter in leaving


class SystemLock(QObject):
    """Listens to the system from ``start`` on.

    Args:
        clock: seconds of the wall clock, replaced in tests.

    Signals:
        locked: the session was locked, or the computer slept.
    """

    locked = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        self._filter: _Messages | None = None
        self.pulse = QTimer(self)
        self.pulse.setInterval(_PULSE_MS)
        self.pulse.timeout.connect(self.look_at_the_clock)

    def start(self, window: int) -> None:
        """Listen; once is enough.

        Args:
            window: number of the main window, for Windows.
        """
        self._last = self._clock()
        if self.pulse.isActive():
            return
        self.pulse.start()
        if sys.platform == "win32":
            self._listen_to_windows(window)
        elif sys.platform.startswith("linux"):
            self._listen_to_dbus()

    @Slot()
    def look_at_the_clock(self) -> None:
        """A clock that leapt between two pulses: the computer slept, and whoever wakes it may be somebody else."""
        before, self._last = self._last, self._clock()
        if self._last - before > _PULSE_MS / 1000 + _LEAP_S:
            self.locked.emit()

    @Slot(bool)
    def active_changed(self, active: bool) -> None:
        """The screen saver began or ended; the computer goes to sleep or wakes up."""
        if active:
            self.locked.emit()

    @Slot()
    def session_locked(self) -> None:
        """The session manager asks to lock."""
        self.locked.emit()

    def _listen_to_dbus(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        for name in SCREEN_SAVERS:
            _connect(QDBusConnection.sessionBus(), name, "ActiveChanged", self, SLOT("active_changed(bool)"))
        system = QDBusConnection.systemBus()
        _connect(system, "org.freedesktop.login1.Session", "Lock", self, SLOT("session_locked()"))
        _connect(system, "org.freedesktop.login1.Manager", "PrepareForSleep", self, SLOT("active_changed(bool)"))

    def _listen_to_windows(self, window: int) -> None:
        if sys.platform != "win32":
            return
        app = QCoreApplication.instance()
        if app is not None:
            self._filter = _Messages(self.locked.emit)
            app.installNativeEventFilter(self._filter)
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)


class _Messages(QAbstractNativeEventFilter):
    """Reads the messages that Windows sends to the window."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:  # noqa: N802  Qt's
        if (kind.data() if isinstance(kind, QByteArray) else bytes(kind)) in _FROM_WINDOWS:
            # struct MSG: window, message, wParam…, each on a pointer's boundary
            number = ctypes.c_uint.from_address(int(message) + ctypes.sizeof(ctypes.c_void_p)).value
            parameter = ctypes.c_size_t.from_address(int(message) + 2 * ctypes.sizeof(ctypes.c_void_p)).value
            if means_locked(number, parameter):
                self._tell()
        return False, 0


def _connect(bus: QDBusConnection, interface: str, name: str, receiver: QObject, slot: object) -> None:
    """From whichever program sends it, at whichever path; a bus that is not there says nothing."""
    if bus.isConnected():
        bus.connect("", "", interface, name, receiver, cast("bytes", slot))  # a str, whatever the stubs say

"""Locks a dossier that nobody touches: a shared computer must not show the data of minors to the next person."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

DELAIS = (5, 10, 20, 30, 0)
"""Minutes to choose from; 0 = never."""

_SIGNS_OF_LIFE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


_LONG_MS = 5000


class Veille(QObject):
    """Watches keys and clicks of the whole application.

    Every event goes through Python while it watches, which a busy thread makes slow: it looks away while a job runs
    (``pause``, ``resume``), and a long job counts as something that somebody does.

    Signals:
        expired: nobody did anything for the delay.
    """

    expired = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.expired)
        self._away = QElapsedTimer()
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Change the delay; 0 = never."""
        self.minutes = max(0, minutes)
        self.timer.setInterval(self.minutes * 60_000)
        if self.timer.isActive():
            self.start()

    def start(self) -> None:
        """A dossier is open."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            app.installEventFilter(self)
        self._away.invalidate()
        if self.minutes:
            self.timer.start()
        else:
            self.timer.stop()

    def stop(self) -> None:
        """No dossier is open any more."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._away.invalidate()
        self.timer.stop()

    def pause(self) -> None:
        """A job begins."""
        app = QApplication.instance()
        if app is not None and self.timer.isActive() and not self._away.isValid():
            app.removeEventFilter(self)
            self._away.start()

    def resume(self) -> None:
        """No job runs any more."""
        app = QApplication.instance()
        if app is None or not self._away.isValid():
            return
        long = self._away.elapsed() >= _LONG_MS
        self._away.invalidate()
        if self.timer.isActive():
            app.installEventFilter(self)
            if long:
                self.timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt override
        """Anything that a person does starts the delay again."""
        if event.type() in _SIGNS_OF_LIFE and self.timer.isActive():
            self.timer.start()
        return False


def close_dialogs() -> None:
    """Give up the questions that are open, the last one first."""
    for _ in range(10):
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        dialog.close()

"""Shows how long the next try waits (``services.essais`` decides and refuses). The window never freezes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from mps_desktop.services.essais import wait_after


class Frein(QObject):
    """Counts the failures and the seconds to wait. The true cost is Argon2id's: this only tires a person.

    Signals:
        changed: the number of seconds left is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.echecs = 0
        self.secondes = 0
        self.timer = QTimer(self)
        self.timer.setInterval(1000)
        self.timer.timeout.connect(self.tick)

    def failed(self) -> None:
        """One more wrong try: 5 s after the third, then twice as long each time, at most 5 minutes."""
        self.echecs += 1
        self.secondes = wait_after(self.echecs)
        if self.secondes:
            self.timer.start()
            self.changed.emit()

    def clear(self) -> None:
        """The dossier is open."""
        self.echecs = self.secondes = 0
        self.timer.stop()
        self.changed.emit()

    def tick(self) -> None:
        """A second has gone."""
        self.secondes = max(0, self.secondes - 1)
        if not self.secondes:
            self.timer.stop()
        self.changed.emit()

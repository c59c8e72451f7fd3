"""Slows guessing down: after three failures each new try waits longer. The window never freezes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

LIBRES = 3
_PREMIER_S, _PLAFOND_S = 5, 300


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
        if self.echecs >= LIBRES:
            self.secondes = min(_PREMIER_S * 2 ** (self.echecs - LIBRES), _PLAFOND_S)
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

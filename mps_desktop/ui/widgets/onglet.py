"""A tab that knows when it is on the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class Onglet(QWidget):
    """Content of a tab.

    Signals:
        appeared, vanished: the tab is shown, or is not any more.
    """

    appeared = Signal()
    vanished = Signal()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt override
        """The tab is shown."""
        super().showEvent(event)
        if not event.spontaneous():
            self.appeared.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt override
        """Another tab or screen is shown; a window that is only put away counts for nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.vanished.emit()

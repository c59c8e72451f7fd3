"""A line of text that gives way: cut with an ellipsis, whole in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

_MIN_CHARS = 8


class ElidedLabel(QLabel):
    """A label of one line."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt override
        """A few characters."""
        metrics = self.fontMetrics()
        return QSize(min(metrics.averageCharWidth() * _MIN_CHARS, self.sizeHint().width()), metrics.height())

    def paintEvent(self, arg__1: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), text)

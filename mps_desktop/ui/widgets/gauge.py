"""Gauges: a share drawn as a bar, with its text equivalent."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mps_desktop.ui.theme import Theme


def paint_gauge(painter: QPainter, rect: QRectF, share: float, color: str, theme: Theme) -> None:
    """A rounded track filled from the left.

    Args:
        share: 0..1.
        color: token name of the filled part.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(QColor(theme.tokens.line))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.setBrush(theme.color(color))
        width = max(rect.width() * min(share, 1.0), rect.height())
        painter.drawRoundedRect(QRectF(rect.x(), rect.y(), width, rect.height()), radius, radius)
    painter.restore()


def completeness_role(percent: int) -> str:
    """Token of a completeness: the emptier, the warmer."""
    return "success" if percent >= 80 else "info" if percent >= 40 else "warning"


class Gauge(QWidget):
    """A bar 0..1.

    Args:
        name: what is measured, for screen readers.
        height: of the bar at 100 %, px.
    """

    def __init__(self, theme: Theme, name: str, height: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._height = height
        self._share = 0.0
        self._role = "action"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_share(self, share: float, text: str, role: str = "action") -> None:
        """Show another value; ``text`` says it in words."""
        self._share, self._role = share, role
        self.setAccessibleName(f"{self._name}, {text}")
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """A comfortable bar."""
        return QSize(self._theme.px(80), self._theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Draw."""
        height = self._theme.px(self._height)
        box = QRectF(0, (self.height() - height) / 2, self.width(), height)
        paint_gauge(QPainter(self), box, self._share, self._role, self._theme)

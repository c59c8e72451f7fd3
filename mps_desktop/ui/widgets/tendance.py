"""A figure over a few sessions, painted: a line, its points, their session."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mps_desktop.core.text import NBSP
from mps_desktop.ui.theme import Theme

_HAUTEUR, _MARGE = 108, 40


class Tendance(QWidget):
    """A trend from zero, so that a small change looks small.

    Args:
        points: (session, value), oldest first.
        text: the same thing in words, for screen readers.
    """

    def __init__(self, theme: Theme, points: tuple[tuple[str, float], ...], text: str) -> None:
        super().__init__()
        self._theme = theme
        self._points = points
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._scale()
        theme.changed.connect(self._scale)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """Wide and low."""
        return QSize(self._theme.px(260), self._theme.px(_HAUTEUR))

    def _scale(self) -> None:
        self.setFixedHeight(self._theme.px(_HAUTEUR))
        self.setMaximumWidth(self._theme.px(520))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Paint line, points, values and sessions."""
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = float(theme.px(20))
        area = QRectF(self.rect()).adjusted(theme.px(_MARGE), line + theme.px(4), -theme.px(_MARGE), -line)
        top = max((value for _, value in self._points), default=0.0) or 1.0
        step = area.width() / max(1, len(self._points) - 1)
        spots = [
            QPointF(area.x() + step * rank, area.bottom() - area.height() * value / top)
            for rank, (_, value) in enumerate(self._points)
        ]
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QPen(QColor(tokens.action), theme.px(2)))
        painter.drawPolyline(QPolygonF(spots))
        painter.setBrush(QColor(tokens.action))
        painter.setFont(theme.font(13))
        wide = float(theme.px(2 * _MARGE))
        for spot, (session, value) in zip(spots, self._points, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(spot, theme.px(4), theme.px(4))
            painter.setPen(QColor(tokens.ink))
            above = QRectF(spot.x() - wide / 2, spot.y() - line - theme.px(4), wide, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{round(value):,}".replace(",", NBSP))
            painter.setPen(QColor(tokens.faint))
            below = QRectF(spot.x() - wide / 2, area.bottom(), wide, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, session)
        painter.end()

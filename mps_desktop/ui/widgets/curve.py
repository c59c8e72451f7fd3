"""A small curve of shares over days, with its text equivalent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mps_desktop.ui.theme import Theme

_POINT, _TRAIT = 3.5, 2.0


class Curve(QWidget):
    """Shares 0..1 by day. Days are spaced as they were, so that a long silence shows.

    Args:
        name: what is measured, for screen readers.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._points: tuple[tuple[int, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_points(self, points: Sequence[tuple[int, float]], text: str) -> None:
        """Show other points.

        Args:
            points: (day number, share 0..1), oldest first.
            text: the same in words.
        """
        self._points = tuple(points)
        self.setAccessibleName(f"{self._name}. {text}")
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """Low and wide."""
        return QSize(self._theme.px(140), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Draw the base line, the curve and its last point."""
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        margin = theme.px(5)
        box = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(QPen(QColor(tokens.line), 1, Qt.PenStyle.DotLine))
        painter.drawLine(box.topLeft(), box.topRight())
        if not self._points:
            return
        first, last = self._points[0][0], self._points[-1][0]
        span = max(last - first, 1)
        places = [
            QPointF(
                box.right() if first == last else box.x() + box.width() * (day - first) / span,
                box.bottom() - box.height() * min(max(share, 0.0), 1.0),
            )
            for day, share in self._points
        ]
        color = QColor(tokens.success)
        if len(places) > 1:
            painter.setPen(QPen(color, _TRAIT))
            painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(places[-1], _POINT, _POINT)

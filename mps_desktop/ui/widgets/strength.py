"""How much a password protects, as four segments and a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mps_desktop.ui.theme import Theme

_ROLES = ("error", "error", "warning", "info", "success")
_SEGMENTS = 4


class StrengthMeter(QWidget):
    """Four segments; the sentence is beside, in a label."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = 0
        self.setAccessibleName("Solidité du mot de passe")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def level(self) -> int:
        """0 refused .. 4 very good."""
        return self._level

    def show_level(self, level: int, sentence: str) -> None:
        """Show another opinion."""
        self._level = level
        self.setAccessibleName(f"Solidité du mot de passe, {level} sur {_SEGMENTS}. {sentence}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """A thin line."""
        return QSize(self._theme.px(160), self._theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Draw the segments."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 4.0
        width = (self.width() - gap * (_SEGMENTS - 1)) / _SEGMENTS
        for number in range(_SEGMENTS):
            painter.setBrush(self._theme.color(_ROLES[self._level] if number < self._level else "line"))
            painter.drawRoundedRect(QRectF(number * (width + gap), 0, width, self.height()), 3, 3)

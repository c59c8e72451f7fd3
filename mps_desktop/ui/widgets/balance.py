"""The balance of a list as three columns A+ / A / B, with the gap to the target."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mps_desktop.core.text import join_fr, plural
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.marks import CLASSES, LIBELLES, paint_mark

_BLOCKS_MAX = 6
_BLOC, _ECART, _PIED = 16, 4, 66  # heights at 100 %, px


class BalanceColumns(QWidget):
    """One block per vœu, one dashed block per vœu that is missing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Mapping[str, int] = {}
        self._gaps: Mapping[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Équilibre des vœux")

    def show_balance(self, counts: Mapping[str, int], gaps: Mapping[str, int]) -> None:
        """Show other counts and gaps, by class letter."""
        self._counts, self._gaps = dict(counts), dict(gaps)
        self.setAccessibleName(f"Équilibre des vœux. {describe_balance(counts, gaps)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """Room for the highest column."""
        rows = max(self._counts.get(classe, 0) + self._gaps.get(classe, 0) for classe in CLASSES)
        blocks = min(max(rows, 2), _BLOCKS_MAX + 1)
        return QSize(self._theme.px(240), self._theme.px(_PIED + 4 + blocks * (_BLOC + _ECART)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Draw the three columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self._theme.px(12)
        width = min((self.width() - 2 * gap) / 3, self._theme.px(120))
        left = (self.width() - 3 * width - 2 * gap) / 2
        for number, classe in enumerate(CLASSES):
            self._column(painter, QRectF(left + number * (width + gap), 0, width, self.height()), classe)

    def _column(self, painter: QPainter, box: QRectF, classe: str) -> None:
        theme, tokens = self._theme, self._theme.tokens
        count, missing = self._counts.get(classe, 0), self._gaps.get(classe, 0)
        color = QColor(tokens.classe(classe))
        foot = theme.px(_PIED)
        base = box.bottom() - foot
        height, space = theme.px(_BLOC), theme.px(_ECART)
        shown = min(count, _BLOCKS_MAX)
        y = base
        for number in range(min(shown + missing, _BLOCKS_MAX + 1)):
            y -= height + space
            block = QRectF(box.x() + 1, y, box.width() - 2, height)
            if number < shown:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color)
            else:
                painter.setPen(QPen(color, 1.4, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(block, 3, 3)
        painter.setPen(QPen(QColor(tokens.control), 1))
        painter.drawLine(int(box.x()), int(base), int(box.right()), int(base))
        self._foot(painter, QRectF(box.x(), base + theme.px(6), box.width(), foot), classe, count, missing)

    def _foot(self, painter: QPainter, box: QRectF, classe: str, count: int, missing: int) -> None:
        theme, tokens = self._theme, self._theme.tokens
        center = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        font = theme.font(16, QFont.Weight.DemiBold)
        painter.setFont(font)
        text = f"{classe}  {count}"
        mark = theme.px(10)
        line = theme.px(22)
        width = painter.fontMetrics().horizontalAdvance(text) + mark + theme.px(6)
        x = box.center().x() - width / 2
        color = QColor(tokens.classe(classe))
        paint_mark(painter, QRectF(x, box.y() + (line - mark) / 2, mark, mark), classe, color)
        painter.setPen(color)
        painter.drawText(
            QRectF(x + mark + theme.px(6), box.y(), box.width(), line), int(Qt.AlignmentFlag.AlignVCenter), text
        )
        painter.setFont(theme.font(13))
        painter.setPen(QColor(tokens.faint))
        painter.drawText(QRectF(box.x(), box.y() + line, box.width(), line), center, LIBELLES[classe])
        if missing:
            painter.setPen(QColor(tokens.warning))
            painter.setFont(theme.font(13, QFont.Weight.DemiBold))
            words = f"manque {missing}"
        else:
            words = ""
        painter.drawText(QRectF(box.x(), box.y() + line + theme.px(17), box.width(), line), center, words)


def describe_balance(counts: Mapping[str, int], gaps: Mapping[str, int]) -> str:
    """Text equivalent of the columns."""
    parts = [f"{counts.get(classe, 0)} {LIBELLES[classe]} ({classe})" for classe in CLASSES]
    missing = [f"{gaps[classe]} {classe}" for classe in CLASSES if gaps.get(classe)]
    unknown = counts.get("?", 0)
    text = f"{join_fr(parts)}."
    if missing:
        text += f" Il manque {join_fr(missing)}."
    if unknown:
        text += f" {plural(unknown, 'vœu', 'vœux')} sans estimation."
    return text

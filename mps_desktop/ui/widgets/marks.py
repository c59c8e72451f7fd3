"""The three classes of a vœu as drawn marks: never by colour alone, never a glyph that a font may lack."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mps_desktop.core.text import plural
from mps_desktop.ui.theme import Theme

CLASSES = ("A+", "A", "B")
SANS_CLASSE = "?"
LIBELLES = {"A+": "ambitieux", "A": "réaliste", "B": "sécurisant", "?": "données insuffisantes"}


def describe_counts(counts: Mapping[str, int]) -> str:
    """Text equivalent of a bar of classes."""
    if not sum(counts.values()):
        return "aucun vœu"
    parts = [f"{counts.get(classe, 0)} {classe}" for classe in CLASSES]
    if counts.get(SANS_CLASSE):
        parts.append(f"{counts[SANS_CLASSE]} sans estimation")
    return ", ".join(parts)


def paint_mark(painter: QPainter, box: QRectF, classe: str, color: QColor) -> None:
    """Draw ▲ (A+), ● (A), ■ (B) or a hollow circle (?) inside a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if classe == "A+":
        top = QPointF(box.center().x(), box.top())
        painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
    elif classe == "A":
        painter.drawEllipse(box)
    elif classe == "B":
        inset = box.width() * 0.06
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 1, 1)
    else:
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    painter.restore()


def paint_counts(painter: QPainter, rect: QRectF, counts: Mapping[str, int], theme: Theme) -> None:
    """Three marks with their counts above a proportional bar: the A+/A/B cell of the class table."""
    tokens = theme.tokens
    total = sum(counts.values())
    painter.save()
    if not total:
        painter.setFont(theme.font(13))
        painter.setPen(QColor(tokens.faint))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), "aucun vœu")
        painter.restore()
        return
    bar_height, mark = theme.px(4), theme.px(9)
    text_box = QRectF(rect.x(), rect.y(), rect.width(), rect.height() - bar_height - theme.px(3))
    shown = [*CLASSES, *([SANS_CLASSE] if counts.get(SANS_CLASSE) else [])]
    slot = rect.width() / len(shown)
    for number, classe in enumerate(shown):
        count = counts.get(classe, 0)
        color = QColor(tokens.classe(classe) if count else tokens.faint)
        x = rect.x() + number * slot
        paint_mark(painter, QRectF(x, text_box.center().y() - mark / 2, mark, mark), classe, color)
        painter.setPen(color)
        painter.setFont(theme.font(13, QFont.Weight.DemiBold if count else QFont.Weight.Normal))
        label = QRectF(x + mark + theme.px(4), text_box.y(), slot - mark, text_box.height())
        painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), str(count))
    paint_share_bar(painter, QRectF(rect.x(), rect.bottom() - bar_height, rect.width(), bar_height), counts, theme)
    painter.restore()


def paint_share_bar(painter: QPainter, rect: QRectF, counts: Mapping[str, int], theme: Theme) -> None:
    """Proportional bar of the classes, one gap of the surface between two."""
    total = sum(counts.values())
    if not total:
        return
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    present = [(classe, counts[classe]) for classe in (*CLASSES, SANS_CLASSE) if counts.get(classe)]
    gap = 2.0
    usable = rect.width() - gap * (len(present) - 1)
    x = rect.x()
    for classe, count in present:
        width = usable * count / total
        painter.setBrush(QColor(theme.tokens.classe(classe)))
        painter.drawRect(QRectF(x, rect.y(), width, rect.height()))
        x += width + gap
    painter.restore()


class ClassBadge(QWidget):
    """Mark and letter of one class, on a tint of its colour."""

    def __init__(self, theme: Theme, classe: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._classe = classe
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Classe {classe}, {LIBELLES[classe]}" if classe in LIBELLES else classe)
        self.setToolTip(LIBELLES.get(classe, ""))

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """Mark, letter and margins."""
        return QSize(self._theme.px(50), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Draw."""
        paint_badge(QPainter(self), QRectF(self.rect()), self._classe, self._theme)


def paint_badge(painter: QPainter, rect: QRectF, classe: str, theme: Theme) -> None:
    """Badge of a class, centred in a rectangle of its size."""
    tokens = theme.tokens
    color = tokens.classe(classe)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.tint(color)))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    font = theme.font(13, QFont.Weight.DemiBold)
    mark, gap = theme.px(9), theme.px(5)
    width = mark + gap + QFontMetrics(font).horizontalAdvance(classe)
    x = rect.x() + (rect.width() - width) / 2
    paint_mark(painter, QRectF(x, rect.center().y() - mark / 2, mark, mark), classe, QColor(color))
    painter.setPen(QColor(color))
    painter.setFont(font)
    box = QRectF(x + mark + gap, rect.y(), rect.width(), rect.height())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), classe)


class CountsBar(QWidget):
    """The A+/A/B counts of a list as a widget."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Mapping[str, int] = {}
        self.setAccessibleName("Aucun vœu")

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show other counts."""
        self._counts = dict(counts)
        self.setAccessibleName(f"{plural(sum(counts.values()), 'vœu', 'vœux')}, {describe_counts(counts)}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """Room for four marks."""
        return QSize(self._theme.px(150), self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  Qt override
        """Draw."""
        paint_counts(QPainter(self), QRectF(self.rect()), self._counts, self._theme)

"""How table cells are drawn: one hairline per row, no grid, the state of the row as a background."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from mps_desktop.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
HAUTEUR = 36
HAUTEUR_DENSE = 30

# Draws the inside of one cell: painter, box without margins, index. Returns False to draw the text instead.
CellPainter = Callable[[QPainter, QRect, QModelIndex | QPersistentModelIndex], bool]


class CellDelegate(QStyledItemDelegate):
    """Text, or what a painter of the column draws.

    Args:
        painters: column -> its painter.
        strong: columns whose text is in a stronger weight.
        weak: columns whose text is in a weaker ink.
    """

    def __init__(
        self,
        theme: Theme,
        view: QTableView,
        painters: dict[int, CellPainter] | None = None,
        strong: frozenset[int] = frozenset(),
        weak: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._painters = painters or {}
        self._strong = strong
        self._weak = weak
        self._hovered = -1
        view.entered.connect(self._entered)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, ARG002  Qt override
        """Width of the text with its margins."""
        font = self._font(index.column())
        width = QFontMetrics(font).horizontalAdvance(str(index.data() or ""))
        return QSize(width + self._theme.px(20), self._theme.px(HAUTEUR))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Background, hairline, then the content."""
        tokens = self._theme.tokens
        box: QRect = option.rect  # type: ignore[attr-defined]  # in the stubs' base class
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # same
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.selected))
        elif index.row() == self._hovered:
            painter.fillRect(box, QColor(tokens.hover))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        side = self._theme.px(8)
        inner = box.adjusted(side, 0, -side, -1)
        draw = self._painters.get(index.column())
        if draw is None or not draw(painter, inner, index):
            self._text(painter, inner, index)
        painter.restore()

    def _text(self, painter: QPainter, box: QRect, index: _Index) -> None:
        column = index.column()
        font = self._font(column)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink2" if column in self._weak else "ink"))
        text = QFontMetrics(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)

    def _font(self, column: int) -> QFont:
        return self._theme.font(14, QFont.Weight.Medium if column in self._strong else QFont.Weight.Normal)

    def _entered(self, index: QModelIndex) -> None:
        if index.row() != self._hovered:
            self._hovered = index.row()
            self._view.viewport().update()


def paint_icon_text(
    painter: QPainter, box: QRect, theme: Theme, icon: str, role: str, text: str, size: int = 14
) -> None:
    """An icon, then a few words, in one colour."""
    side = theme.px(16)
    theme.icon(icon, role, 16).paint(painter, QRect(box.x(), box.center().y() - side // 2, side, side))
    painter.setPen(theme.color(role))
    painter.setFont(theme.font(size))
    rest = QRectF(box.x() + side + theme.px(5), box.y(), box.width() - side - theme.px(5), box.height())
    painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), text)


class RowsTable(QTableView):
    """A table of whole rows, sortable, driven from the keyboard.

    Args:
        name: what the rows are.
        multi: several rows may be selected.
        dense: lower rows.

    Signals:
        opened: Enter, or a double click: the row of the view.
    """

    opened = Signal(int)

    def __init__(self, theme: Theme, name: str, *, multi: bool = True, dense: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._row_height = HAUTEUR_DENSE if dense else HAUTEUR
        self._widths: dict[int, int] = {}
        self._stretched: tuple[int, ...] = ()
        self._dropped: tuple[int, ...] = ()
        self._excluded: frozenset[int] = frozenset()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setAccessibleName("Titres des colonnes")
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        theme.changed.connect(self._scale)
        self._scale()

    def fit_columns(self, widths: dict[int, int], stretched: tuple[int, ...], dropped: tuple[int, ...] = ()) -> None:
        """Give the columns their widths.

        Args:
            widths: column -> px at 100 %; for the stretched one, the least.
            stretched: the first of them that is shown takes what is left.
            dropped: columns hidden, in that order, when there is no room.
        """
        self._widths, self._stretched, self._dropped = widths, stretched, dropped
        self.horizontalHeader().setStretchLastSection(False)
        self._scale()

    def exclude(self, column: int, excluded: bool) -> None:
        """Never show a column, whatever the room."""
        self._excluded = (self._excluded - {column}) | ({column} if excluded else frozenset[int]())
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """Hide what has no room."""
        self._make_room()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt override
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _scale(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self._theme.px(self._row_height))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(self._row_height))
        self._make_room()

    def _make_room(self) -> None:
        hidden = set(self._excluded)
        available = self.viewport().width()
        for column in self._dropped:
            if sum(self._theme.px(width) for c, width in self._widths.items() if c not in hidden) <= available:
                break
            hidden.add(column)
        header = self.horizontalHeader()
        stretched = next((column for column in self._stretched if column not in hidden), None)
        for column, width in self._widths.items():
            self.setColumnHidden(column, column in hidden)
            fixed = column != stretched
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if fixed else QHeaderView.ResizeMode.Stretch
            )
            if fixed:
                self.setColumnWidth(column, self._theme.px(width))

"""How one option of a search list is drawn: label, then its detail in a weaker ink."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme

OPTION_ROLE = Qt.ItemDataRole.UserRole + 1
GROUPE_ROLE = Qt.ItemDataRole.UserRole + 2
"""Title drawn above the first option of a group, else an empty text."""
_TITRE = 26


class OptionDelegate(QStyledItemDelegate):
    """One or two lines of text, below the title of their group for the first of a group."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002  Qt override
        """One line, or two when there is a detail."""
        value = index.data(OPTION_ROLE)
        lines = 2 if isinstance(value, Option) and value.detail else 1
        title = _TITRE if index.data(GROUPE_ROLE) else 0
        return QSize(self._theme.px(200), self._theme.px(20 * lines + 14 + title))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw label and detail."""
        theme, tokens = self._theme, self._theme.tokens
        box: QRect = option.rect  # type: ignore[attr-defined]  # in the stubs' base class
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # same
        value = index.data(OPTION_ROLE)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        back = tokens.selected if chosen else tokens.hover if hovered else tokens.surface
        painter.save()
        if titre := index.data(GROUPE_ROLE):
            head = QRect(box.x(), box.y(), box.width(), theme.px(_TITRE))
            painter.fillRect(head, QColor(tokens.surface))
            inside = head.adjusted(theme.px(10), theme.px(6), -theme.px(10), 0)
            self._line(painter, inside, str(titre), 12, tokens.faint, QFont.Weight.DemiBold)
            box = box.adjusted(0, theme.px(_TITRE), 0, 0)
        painter.fillRect(box, QColor(back))
        inner = box.adjusted(theme.px(10), theme.px(7), -theme.px(10), -theme.px(7))
        if isinstance(value, Option):
            line = theme.px(20)
            self._line(painter, QRect(inner.x(), inner.y(), inner.width(), line), value.libelle, 14, tokens.ink)
            if value.detail:
                below = QRect(inner.x(), inner.y() + line, inner.width(), line)
                self._line(painter, below, value.detail, 13, tokens.faint)
        painter.restore()

    def _line(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        size: int,
        color: str,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        font = self._theme.font(size, weight)
        painter.setFont(font)
        painter.setPen(QColor(color))
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), elided)

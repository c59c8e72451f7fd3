"""A list of options, each of which opens something: one tab stop, arrows and Enter inside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.option_delegate import OPTION_ROLE, OptionDelegate
from mps_desktop.ui.widgets.search_field import OptionListModel


class OptionList(QListView):
    """Options to open.

    Args:
        name: accessible name.
        whole: as tall as its lines, inside something that scrolls; else it scrolls itself.

    Signals:
        picked: the ``Option`` clicked, or chosen with Enter.
    """

    picked = Signal(object)

    def __init__(self, theme: Theme, name: str, whole: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._whole = whole
        self._options = OptionListModel({}, self)
        self.setModel(self._options)
        self.setItemDelegate(OptionDelegate(theme, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if whole:
            self.setProperty("kind", "plain")
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            theme.changed.connect(self._resize)
        self.clicked.connect(self._pick)

    def show_options(self, options: Sequence[Option]) -> None:
        """Show other options."""
        self._options.show_options(options)
        self._resize()

    @property
    def options(self) -> tuple[Option, ...]:
        """The options shown."""
        model = self._options
        return tuple(model.data(model.index(row, 0), OPTION_ROLE) for row in range(model.rowCount()))  # type: ignore[misc]  # data answers any role

    def choose(self, row: int) -> None:
        """Highlight a line without opening it."""
        self.setCurrentIndex(self._options.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt override
        """Enter opens the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._pick(self.currentIndex())
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """All its lines when it does not scroll."""
        return QSize(super().sizeHint().width(), self._tall()) if self._whole else super().sizeHint()

    def _tall(self) -> int:
        lines = sum(self.sizeHintForRow(row) for row in range(self._options.rowCount()))
        return lines + 2 * self.frameWidth() + 4

    def _resize(self) -> None:
        if self._whole:
            self.setFixedHeight(self._tall())

    def _pick(self, index: QModelIndex) -> None:
        option = index.data(OPTION_ROLE)
        if isinstance(option, Option) and option.code:
            self.picked.emit(option)

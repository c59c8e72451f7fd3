"""Several things searched and kept: tags of the kept ones, a search box below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mps_desktop.core.text import fold
from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import clear, column
from mps_desktop.ui.widgets.flow import FlowLayout
from mps_desktop.ui.widgets.search_field import SearchField


class MultiSelect(QWidget):
    """A searchable list of ids.

    Args:
        name: what is chosen, in the search box and for screen readers.
        label_of: label of an id.
        min_chars: shortest search.

    Signals:
        asked: text to search; the answer comes through ``show_answers``.
        changed: the ids kept, in the order of the choice.
    """

    asked = Signal(str)
    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        label_of: Callable[[str], str],
        min_chars: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label_of = label_of
        self._codes: tuple[str, ...] = ()
        self._buttons: list[QPushButton] = []
        self._tags = QWidget()
        self._flow = FlowLayout(self._tags, gap=6)
        self.search = SearchField(theme, name, min_chars)
        self.search.asked.connect(self.asked)
        self.search.picked.connect(self._add)
        layout = column(self, gap=8)
        layout.addWidget(self._tags)
        layout.addWidget(self.search)
        self._tags.hide()

    @property
    def codes(self) -> tuple[str, ...]:
        """The ids kept."""
        return self._codes

    @property
    def tags(self) -> tuple[QPushButton, ...]:
        """The buttons that take an id away."""
        return tuple(self._buttons)

    def show_codes(self, codes: tuple[str, ...]) -> None:
        """Show a choice without telling anybody."""
        if codes == self._codes:
            return
        self._codes = codes
        clear(self._flow)
        self._buttons = []
        for code in codes:
            label = self._label_of(code)
            tag = QPushButton(label)
            tag.setProperty("kind", "tag")
            tag.setAccessibleName(f"Retirer {label}")
            tag.setToolTip(f"Retirer {label}")
            self._theme.set_icon(tag, "close-line", "action", 14)
            tag.clicked.connect(lambda _checked=False, code=code: self._remove(code))
            self._flow.addWidget(tag)
            self._buttons.append(tag)
        self._tags.setVisible(bool(codes))

    def show_answers(self, text: str, options: Sequence[Option]) -> None:
        """Show the answers to a search, without what is already kept."""
        self.search.show_answers(text, [option for option in options if option.code not in self._codes])

    def _add(self, option: Option) -> None:
        if option.code not in self._codes:
            self._change((*self._codes, option.code))

    def _remove(self, code: str) -> None:
        self._change(tuple(known for known in self._codes if known != code))
        self.search.setFocus()

    def _change(self, codes: tuple[str, ...]) -> None:
        self.show_codes(codes)
        self.changed.emit(codes)


def filter_options(options: Sequence[Option], text: str) -> tuple[Option, ...]:
    """Options whose label holds every word of the text, accents and case aside."""
    words = fold(text).split()
    return tuple(option for option in options if all(word in fold(option.libelle) for word in words))

"""Categories that open and close, each holding toggles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from mps_desktop.core.text import NBSP, sort_key
from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column
from mps_desktop.ui.widgets.choices import Chip
from mps_desktop.ui.widgets.flow import FlowLayout


class Fold(QWidget):
    """One title that shows or hides what is below it."""

    def __init__(self, theme: Theme, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._content = content
        self.header = QPushButton(title)
        self.header.setCheckable(True)
        self.header.setProperty("kind", "fold")
        self.header.toggled.connect(self._toggled)
        layout = column(self, gap=4)
        layout.addWidget(self.header)
        layout.addWidget(content)
        self.show_count(0)
        self._toggled(False)

    def show_count(self, count: int) -> None:
        """Show how many things below are chosen."""
        self.header.setText(f"{self._title}  ({count})" if count else self._title)
        restated = f"{self._title}, {count}{NBSP}choisi{'s' if count > 1 else ''}" if count else self._title
        self.header.setAccessibleName(restated)
        font = self.header.font()
        font.setBold(bool(count))
        self.header.setFont(font)

    def open(self, opened: bool) -> None:
        """Show or hide the content."""
        self.header.setChecked(opened)

    def _toggled(self, opened: bool) -> None:
        self._content.setVisible(opened)
        self._theme.set_icon(self.header, "arrow-down-s-line" if opened else "arrow-right-s-line", "faint")
        self.header.setAccessibleDescription("ouvert" if opened else "fermé")


class ToggleGroups(QWidget):
    """Toggles by category, categories and toggles in French alphabetical order.

    Signals:
        changed: the chosen codes, in the order of the choice.
    """

    changed = Signal(object)

    def __init__(
        self, theme: Theme, options: Sequence[Option], columns: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._codes: tuple[str, ...] = ()
        self._chips: dict[str, Chip] = {}
        self._folds: dict[str, tuple[Fold, tuple[str, ...]]] = {}
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        stacks = [column(gap=2) for _ in range(columns)]
        for stack in stacks:
            self._columns.addLayout(stack, 1)
        ordered = sorted(options, key=lambda o: (sort_key(o.categorie), sort_key(o.libelle)))
        groups = [(category, list(members)) for category, members in groupby(ordered, lambda o: o.categorie)]
        per_column = -(-len(groups) // columns)
        for number, (category, members) in enumerate(groups):
            fold = self._fold(theme, category, members)
            self._folds[category] = (fold, tuple(option.code for option in members))
            stacks[number // per_column].addWidget(fold)
        for stack in stacks:
            stack.addStretch(1)

    @property
    def codes(self) -> tuple[str, ...]:
        """The chosen codes."""
        return self._codes

    def chip(self, code: str) -> Chip:
        """The toggle of an option."""
        return self._chips[code]

    def show_codes(self, codes: tuple[str, ...]) -> None:
        """Show a choice without telling anybody; categories that hold a chosen one open."""
        self._codes = codes
        for code, chip in self._chips.items():
            chip.setChecked(code in codes)
        for fold, members in self._folds.values():
            count = len(set(members) & set(codes))
            fold.show_count(count)
            if count:
                fold.open(True)

    def set_narrow(self, narrow: bool) -> None:
        """Put the columns one under the other."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self._columns.setSpacing(2 if narrow else 16)

    def fold_all(self) -> None:
        """Close the categories in which nothing is chosen (another student is shown)."""
        for fold, members in self._folds.values():
            fold.open(bool(set(members) & set(self._codes)))

    def _fold(self, theme: Theme, category: str, members: Sequence[Option]) -> Fold:
        content = QWidget()
        flow = FlowLayout(content, gap=6)
        flow.setContentsMargins(8, 2, 0, 8)
        for option in members:
            chip = Chip(option.libelle, kind="toggle")
            chip.clicked.connect(lambda checked, code=option.code: self._clicked(code, checked))
            flow.addWidget(chip)
            self._chips[option.code] = chip
        return Fold(theme, category, content)

    def _clicked(self, code: str, checked: bool) -> None:
        kept = tuple(known for known in self._codes if known != code)
        self._codes = (*kept, code) if checked else kept
        for fold, members in self._folds.values():
            fold.show_count(len(set(members) & set(self._codes)))
        self.changed.emit(self._codes)

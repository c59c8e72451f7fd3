"""Ways to choose: one among a few, toggles, a drop-down list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QWidget

from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import restyle
from mps_desktop.ui.widgets.flow import FlowLayout


class Segments(QWidget):
    """One among a few, side by side; clicking the chosen one takes the answer back.

    Signals:
        chosen: the code, empty when the answer was taken back.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[Option], *, optional: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._buttons: dict[str, QPushButton] = {}
        layout = FlowLayout(self, gap=0, preferred=2000)
        for number, option in enumerate(options):
            button = QPushButton(option.libelle)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            button.setProperty("place", {0: "first", len(options) - 1: "last"}.get(number, "middle"))
            button.setAccessibleName(f"{name}, {option.libelle}")
            if option.detail:
                button.setToolTip(option.detail)
            button.clicked.connect(lambda checked, code=option.code: self._clicked(code, checked))
            layout.addWidget(button)
            self._buttons[option.code] = button
        self.setAccessibleName(name)

    @property
    def code(self) -> str:
        """The chosen code, empty for none."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def show_code(self, code: str | None) -> None:
        """Show an answer without telling anybody."""
        for known, button in self._buttons.items():
            button.setChecked(known == code)

    def button(self, code: str) -> QPushButton:
        """The button of an answer."""
        return self._buttons[code]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """On several lines, the first button of each keeps its left border."""
        super().resizeEvent(event)
        for button in self._buttons.values():
            start = "true" if button.x() == 0 else "false"
            if button.property("start") != start:
                restyle(button, start=start)

    def _clicked(self, code: str, checked: bool) -> None:
        kept = code if checked or not self._optional else ""
        self.show_code(kept)
        self.chosen.emit(kept)


class Dropdown(QComboBox):
    """A drop-down list of options; the wheel scrolls the page, never the answer.

    Args:
        name: what is chosen.
        empty: label of "no answer", or empty when an answer is compulsory.

    Signals:
        chosen: the code picked by the user.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._empty = empty
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def show_options(self, options: Sequence[Option], code: str | None = None) -> None:
        """Show other options, and the chosen one."""
        self.clear()
        if self._empty:
            self.addItem(self._empty, "")
        for option in options:
            self.addItem(option.libelle, option.code)
        self.show_code(code)

    def show_code(self, code: str | None) -> None:
        """Show an answer without telling anybody."""
        self.setCurrentIndex(max(self.findData(code or ""), 0 if self._empty else -1))

    def wheelEvent(self, e: QWheelEvent) -> None:  # noqa: N802  Qt override
        """Let the page scroll."""
        e.ignore()

    def paintEvent(self, e: QPaintEvent) -> None:  # noqa: N802  Qt override
        """Draw the field, then a chevron of the theme."""
        super().paintEvent(e)
        side = self._theme.px(18)
        place = QRect(self.width() - side - self._theme.px(6), (self.height() - side) // 2, side, side)
        self._theme.icon("arrow-down-s-line").paint(QPainter(self), place)


class Chip(QPushButton):
    """A filter that is on or off, with the number of rows that it keeps."""

    def __init__(self, text: str, kind: str = "chip", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        self.setCheckable(True)
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        """Show how many rows it keeps."""
        self.setText(f"{self._text}  {count}")
        self.setAccessibleName(f"{self._text}, {count}")

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """Never narrower than its words."""
        hint = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(hint.width(), words + 26), hint.height())

"""Builders of the plainest parts, so that views read as layout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mps_desktop.ui.theme import Theme

L = TypeVar("L", bound=QBoxLayout)


def make_label(text: str = "", role: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """A label in one of the roles of the style sheet (display, title, lead, section, strong, small)."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    if wrap:
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def make_bullet(text: str, role: str = "") -> QWidget:
    """One line of a list, its second line under the first word and not under the dot."""
    holder = QWidget()
    line = row(holder, gap=6)
    line.addWidget(make_label("•", role), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(make_label(text, role, wrap=True), 1)
    return holder


def make_button(
    theme: Theme,
    text: str,
    on_click: Callable[[], Any] | None = None,
    *,
    icon: str = "",
    kind: str = "",
    name: str = "",
) -> QPushButton:
    """A button with its words.

    Args:
        kind: "" (secondary), "primary", "ghost".
        name: accessible name when the words alone do not say on what it acts.
    """
    button = QPushButton(text)
    button.setAccessibleName(name or text)
    if kind:
        button.setProperty("kind", kind)
    if icon:
        theme.set_icon(button, icon, {"primary": "on_action", "ghost": "action"}.get(kind, "ink2"))
    if on_click is not None:
        button.clicked.connect(lambda: on_click())
    return button


def make_icon_button(
    theme: Theme, icon: str, name: str, on_click: Callable[[], Any] | None = None, *, shortcut: str = ""
) -> QToolButton:
    """A button that shows only an icon; its name is read by screen readers and shown on hover."""
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({QKeySequence(shortcut).toString()})" if shortcut else name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.set_icon(button, icon)
    if on_click is not None:
        button.clicked.connect(lambda: on_click())
    return button


def make_icon(theme: Theme, icon: str, role: str = "faint", size: int = 18) -> QLabel:
    """A decorative icon."""
    label = QLabel()
    theme.set_icon(label, icon, role, size)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


def panel(kind: str = "card") -> QFrame:
    """A frame of the style sheet: card, inset, bar, rail, state, line, drop."""
    frame = QFrame()
    frame.setProperty("panel", kind)
    return frame


def rule() -> QFrame:
    """A horizontal hairline."""
    return panel("line")


def column(parent: QWidget | None = None, *, margins: int | tuple[int, int, int, int] = 0, gap: int = 8) -> QVBoxLayout:
    """A vertical layout."""
    return _spaced(QVBoxLayout(parent) if parent is not None else QVBoxLayout(), margins, gap)


def row(parent: QWidget | None = None, *, margins: int | tuple[int, int, int, int] = 0, gap: int = 8) -> QHBoxLayout:
    """A horizontal layout."""
    return _spaced(QHBoxLayout(parent) if parent is not None else QHBoxLayout(), margins, gap)


def _spaced(layout: L, margins: int | tuple[int, int, int, int], gap: int) -> L:
    left, top, right, bottom = (margins,) * 4 if isinstance(margins, int) else margins
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(gap)
    return layout


def scrolled(content: QWidget) -> QScrollArea:
    """A vertical scroll area around a widget, without a frame of its own."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("scrolled", "true")
    content.setAutoFillBackground(False)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area


def share_out(splitter: QSplitter, *shares: int) -> None:
    """Give each part its share of the room, now and when the window grows; the user may move the handle."""
    for number, share in enumerate(shares):
        splitter.setStretchFactor(number, share)
    splitter.setSizes([1000 * share for share in shares])


def add(layout: QBoxLayout, widget: QWidget) -> None:
    """Add a part to a layout that is already on the screen, and show it now rather than at the next event."""
    layout.addWidget(widget)
    widget.show()


def grow(area: QScrollArea) -> None:
    """Lay the content of a scroll area out now: new parts are never painted squashed, even once."""
    content = area.widget()
    layout = content.layout() if content is not None else None
    if content is not None and layout is not None and content.isVisible():
        layout.invalidate()
        width = area.viewport().width()
        content.resize(width, max(layout.totalHeightForWidth(width), area.viewport().height()))
        layout.activate()


def clear(layout: QLayout) -> None:
    """Remove and delete everything that a layout holds."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style-sheet properties and apply them at once."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class YieldUndo(QObject):
    """Event filter for text fields: Ctrl+Z and Ctrl+Y belong to the window, not to the field."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt override
        """Leave undo and redo to the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)

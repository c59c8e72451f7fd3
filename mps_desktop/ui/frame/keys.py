"""Keys of a window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind_keys(owner: QWidget, *bindings: tuple[str, Callable[[], object]]) -> None:
    """Make each sequence of keys do its thing while the owner's window is active."""
    for keys, act in bindings:
        QShortcut(QKeySequence(keys), owner).activated.connect(act)

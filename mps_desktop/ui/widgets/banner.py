"""A message in place: what happened, what to do, perhaps one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from mps_desktop.ui.messages import Message, Ton
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import (
    column,
    make_button,
    make_icon,
    make_icon_button,
    make_label,
    panel,
    restyle,
    row,
)

_ICONS = {
    Ton.INFO: "information-line",
    Ton.SUCCES: "checkbox-circle-line",
    Ton.ATTENTION: "alert-line",
    Ton.ERREUR: "error-warning-line",
}


class Banner(QWidget):
    """Hidden until it has something to say.

    Args:
        margins: around the frame, px; gone with it when it is hidden.
    """

    def __init__(
        self, theme: Theme, margins: tuple[int, int, int, int] = (0, 0, 0, 0), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._act: Callable[[], Any] | None = None
        self._frame = panel("banner")
        column(self, margins=margins).addWidget(self._frame)
        self._icon = make_icon(theme, "information-line")
        self._texte = make_label(role="strong", wrap=True)
        self._remede = make_label(wrap=True)
        self._action = make_button(theme, "Agir", self._run)
        self._close = make_icon_button(theme, "close-line", "Fermer ce message", self.hide)
        texts = column(gap=2)
        texts.addWidget(self._texte)
        texts.addWidget(self._remede)
        line = row(self._frame, margins=(12, 8, 8, 8), gap=12)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        line.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def texte(self) -> str:
        """Both sentences, as shown."""
        return " ".join(part for part in (self._texte.text(), self._remede.text()) if part)

    def show_message(self, message: Message, action: str = "", act: Callable[[], Any] | None = None) -> None:
        """Say something, with at most one action."""
        self._theme.set_icon(self._icon, _ICONS[message.ton], message.ton.value)
        self._texte.setText(message.texte)
        self._remede.setText(message.remede)
        self._remede.setVisible(bool(message.remede))
        self._act = act
        self._action.setVisible(act is not None)
        self._action.setText(action)
        self._action.setAccessibleName(action or "Agir")
        restyle(self._frame, tone=message.ton.value)
        self.setAccessibleName(self.texte)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _run(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()

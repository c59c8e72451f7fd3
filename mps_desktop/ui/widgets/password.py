"""A password field and the eye that shows it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton

from mps_desktop.core.text import NNBSP
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import make_icon_button


class PasswordField(QLineEdit):
    """Hidden unless the eye beside it is pressed.

    Attributes:
        oeil: the eye, to lay out beside the field.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self._theme = theme
        self.oeil: QToolButton = make_icon_button(theme, "eye-line", f"Montrer{NNBSP}: {name[:1].lower()}{name[1:]}")
        self.oeil.setCheckable(True)
        self.oeil.toggled.connect(self._toggle)

    def forget(self) -> None:
        """Nothing is left for the next person: neither the text, nor Ctrl+Z, nor an open eye."""
        self.setText("")  # clear() would leave the password to Ctrl+Z, and the eye would show it
        self.oeil.setChecked(False)

    def _toggle(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._theme.set_icon(self.oeil, "eye-off-line" if shown else "eye-line")

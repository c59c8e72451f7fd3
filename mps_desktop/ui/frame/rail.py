"""The left rail: which screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton

from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_icon_button

ECRANS = (
    ("classe", "Classe", "group-line"),
    ("eleve", "Élève", "user-3-line"),
    ("explorer", "Explorer", "compass-3-line"),
    ("documents", "Documents", "file-text-line"),
    ("donnees", "Données", "database-2-line"),
)
_DEPLIE, _REPLIE = 220, 64


class Rail(QFrame):
    """One button per screen; folds to its icons.

    Signals:
        chosen: name of a screen.
        folded: True when only the icons are left.
    """

    chosen = Signal(str)
    folded = Signal(bool)

    def __init__(self, theme: Theme, deplie: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._deplie = deplie
        self.setProperty("panel", "rail")
        self.buttons: dict[str, QToolButton] = {}
        layout = column(self, margins=(8, 12, 8, 12), gap=4)
        for number, (name, text, icon) in enumerate(ECRANS, start=1):
            button = QToolButton()
            button.setText(f"  {text}")
            button.setAccessibleName(text)
            button.setToolTip(f"{text} (Ctrl+{number})")
            button.setCheckable(True)
            button.setProperty("kind", "rail")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            theme.set_icon(button, icon, "ink2", 22)
            layout.addWidget(button)
            self.buttons[name] = button
        layout.addStretch(1)
        self.plier = make_icon_button(theme, "menu-fold-line", "Replier le menu", self._toggle)
        layout.addWidget(self.plier, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._dress)
        self._dress()

    def show_screen(self, name: str) -> None:
        """Mark the screen shown."""
        for known, button in self.buttons.items():
            button.setChecked(known == name)
            icon = next(icon for screen, _text, icon in ECRANS if screen == known)
            self._theme.set_icon(button, icon, "action" if known == name else "ink2", 22)

    def _toggle(self) -> None:
        self._deplie = not self._deplie
        self._dress()
        self.folded.emit(not self._deplie)

    def _dress(self) -> None:
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if self._deplie else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self.buttons.values():
            button.setToolButtonStyle(style)
        self._theme.set_icon(self.plier, "menu-fold-line" if self._deplie else "menu-unfold-line")
        name = "Replier le menu" if self._deplie else "Déplier le menu"
        self.plier.setAccessibleName(name)
        self.plier.setToolTip(name)
        self.setFixedWidth(max(_DEPLIE, self._theme.px(170)) if self._deplie else max(_REPLIE, self._theme.px(56)))

    def sizeHint(self) -> QSize:  # noqa: N802  Qt override
        """As wide as it was decided."""
        return QSize(self.width(), super().sizeHint().height())

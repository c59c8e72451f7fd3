"""Colours, sizes and icons. No colour is written anywhere else in the interface."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from mps_desktop.core.paths import find_resources
from mps_desktop.ui.styles import build_stylesheet
from mps_desktop.ui.tokens import CLAIR, SOMBRE

FAMILY = "Fira Sans"
TAILLES = (100, 110, 125, 150, 175, 200)


class Theme(QObject):
    """The appearance in force: light or dark, and the user's text size.

    Args:
        app: the application that it dresses.
        mode: ``clair``, ``sombre`` or ``systeme``.
        taille: text size in percent, 100..200.

    Signals:
        changed: colours or sizes are others.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = "clair", taille: int = 100) -> None:
        super().__init__()
        self._app = app
        self._sombre = False
        self._taille = 100
        self.tokens = CLAIR
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self.set(mode=mode, taille=taille)

    @property
    def sombre(self) -> bool:
        """True when the dark appearance is shown."""
        return self._sombre

    @property
    def taille(self) -> int:
        """Text size, percent."""
        return self._taille

    def set(self, mode: str | None = None, taille: int | None = None) -> None:
        """Change the appearance of the whole program."""
        if mode is not None:
            self._sombre = mode == "sombre" or (mode == "systeme" and _system_is_dark())
        if taille is not None:
            self._taille = min(max(taille, TAILLES[0]), TAILLES[-1])
        self.tokens = SOMBRE if self._sombre else CLAIR
        self._icons.clear()
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(build_stylesheet(self.tokens, self.px, _tick(self._sombre)))
        for widget in QApplication.allWidgets():
            self._refresh_icon(widget)
        self.changed.emit()

    def px(self, size: float) -> int:
        """A length at the user's text size."""
        return round(size * self._taille / 100)

    def font(self, size: float = 14, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The program's font, with figures of one width."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, role: str) -> QColor:
        """Colour of a token."""
        return QColor(getattr(self.tokens, role))

    def icon(self, name: str, role: str = "ink2", size: int = 18) -> QIcon:
        """Icon of the Remix set in a colour of the theme.

        Args:
            size: side at 100 %, px; drawn once at the user's text size.
        """
        key = (name, role, size)
        if key not in self._icons:
            drawn, box = qtawesome.icon(f"ri.{name}", color=getattr(self.tokens, role)), QSize(*(self.px(size),) * 2)
            pale = qtawesome.icon(f"ri.{name}", color=self.tokens.control)
            ratio = self._app.devicePixelRatio()
            icon = QIcon(drawn.pixmap(box, ratio))
            icon.addPixmap(pale.pixmap(box, ratio), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def set_icon(self, widget: QAbstractButton | QLabel, name: str, role: str = "ink2", size: int = 18) -> None:
        """Give an icon to a button or label; it follows the theme from then on."""
        widget.setProperty("iconName", name)
        widget.setProperty("iconRole", role)
        widget.setProperty("iconSide", size)
        self._refresh_icon(widget)

    def _refresh_icon(self, widget: QObject) -> None:
        name = widget.property("iconName")
        if not name:
            return
        size = widget.property("iconSide")
        icon, box = self.icon(name, widget.property("iconRole"), size), QSize(*(self.px(size),) * 2)
        if isinstance(widget, QAbstractButton):
            widget.setIcon(icon)
            widget.setIconSize(box)
        elif isinstance(widget, QLabel):
            widget.setPixmap(icon.pixmap(box, self._app.devicePixelRatio()))

    def _palette(self) -> QPalette:
        tokens, palette = self.tokens, QPalette()
        for role, color in (
            (QPalette.ColorRole.Window, tokens.ground),
            (QPalette.ColorRole.WindowText, tokens.ink),
            (QPalette.ColorRole.Base, tokens.surface),
            (QPalette.ColorRole.AlternateBase, tokens.ground),
            (QPalette.ColorRole.Text, tokens.ink),
            (QPalette.ColorRole.Button, tokens.surface),
            (QPalette.ColorRole.ButtonText, tokens.ink),
            (QPalette.ColorRole.BrightText, tokens.ink),
            (QPalette.ColorRole.PlaceholderText, tokens.faint),
            (QPalette.ColorRole.Highlight, tokens.action),
            (QPalette.ColorRole.HighlightedText, tokens.on_action),
            (QPalette.ColorRole.Accent, tokens.action),
            (QPalette.ColorRole.Link, tokens.action),
            (QPalette.ColorRole.ToolTipBase, tokens.surface),
            (QPalette.ColorRole.ToolTipText, tokens.ink),
        ):
            palette.setColor(role, QColor(color))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.control))
        return palette


def _tick(sombre: bool) -> str:
    """Image of the tick, in the colour of text on the action colour."""
    name = "coche_sombre.png" if sombre else "coche_claire.png"
    return (find_resources() / "icones" / name).as_posix()


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

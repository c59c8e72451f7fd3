"""Layout of the student screen: who it is, then the tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QTabWidget, QWidget

from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_icon, make_icon_button, make_label, panel, row
from mps_desktop.ui.widgets.gauge import Gauge
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

_LARGE = 860


class EleveView(QWidget):
    """Header and tabs.

    Args:
        tabs: (title, widget), in order.
    """

    def __init__(self, theme: Theme, tabs: tuple[tuple[str, QWidget], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("Onglets de l’élève")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Onglets de l’élève")
        for title, widget in tabs:
            self.tabs.addTab(widget, title)
        fiche = QWidget()
        layout = column(fiche)
        layout.addWidget(self._header())
        layout.addWidget(self.tabs, 1)
        self.vide = EmptyState(
            theme,
            "user-3-line",
            "Aucun élève ouvert",
            "Choisissez un élève dans la classe, ou cherchez-le par son nom avec Ctrl+K.",
            "Voir la classe",
            lambda: None,
        )
        self.pile = Pile(vide=self.vide, chargement=LoadingState("Lecture de l’élève…"), fiche=fiche)
        column(self).addWidget(self.pile)

    def _header(self) -> QWidget:
        bar = QWidget()
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self._bar.setContentsMargins(20, 14, 24, 6)
        self._bar.setSpacing(8)
        line = row(gap=12)
        self.precedent = make_icon_button(self._theme, "arrow-left-s-line", "Élève précédent", shortcut="Alt+Left")
        self.suivant = make_icon_button(self._theme, "arrow-right-s-line", "Élève suivant", shortcut="Alt+Right")
        self.plus = make_icon_button(self._theme, "more-2-line", "Corriger l’identité, effacer l’élève")
        self.nom = make_label(role="title")
        self.nom.setContentsMargins(0, 4, 0, 0)  # stacked accents (Ễ) rise above the font's ascent
        self.place = make_label(role="small")
        self.identite = make_label(tone="ink2", wrap=True)
        names = column(gap=0)
        first = row(gap=10)
        first.addWidget(self.nom, 0, Qt.AlignmentFlag.AlignBaseline)
        first.addWidget(self.place, 0, Qt.AlignmentFlag.AlignBaseline)
        first.addStretch(1)
        names.addLayout(first)
        names.addWidget(self.identite)
        walk = row(gap=0)
        walk.addWidget(self.precedent)
        walk.addWidget(self.suivant)
        line.addLayout(walk)
        line.addLayout(names, 1)
        line.addWidget(self.plus)
        self._bar.addLayout(line, 1)
        self._bar.addWidget(self._facts())
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """The facts go below the name when there is no room beside it."""
        wide = self.width() >= self._theme.px(_LARGE)
        self._bar.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _facts(self) -> QWidget:
        """Milestone, findings and completeness, side by side."""
        card = panel("inset")
        line = row(card, gap=20)
        self.icone_jalon, self.jalon = self._fact(line, "flag-line")
        self.icone_constats, self.constats = self._fact(line, "alert-line")
        block = column(gap=4)
        self.completude = make_label(role="small")
        self.jauge = Gauge(self._theme, "Profil rempli", 6)
        self.jauge.setMinimumWidth(self._theme.px(110))
        block.addStretch(1)
        block.addWidget(self.completude)
        block.addWidget(self.jauge)
        block.addStretch(1)
        line.addLayout(block)
        line.addStretch(1)
        return card

    def _fact(self, line: QHBoxLayout, icon: str) -> tuple[QLabel, QLabel]:
        drawn = make_icon(self._theme, icon)
        text = make_label()
        block = row(gap=6)
        block.addWidget(drawn)
        block.addWidget(text)
        line.addLayout(block)
        return drawn, text

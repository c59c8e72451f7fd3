"""Layout of the Explorer screen: search and results left, fiche right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QWidget

from mps_desktop.ui.screens.fiche.fiche_view import FicheView
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import YieldUndo, column, make_label, row, share_out
from mps_desktop.ui.widgets.choices import Dropdown
from mps_desktop.ui.widgets.option_list import OptionList
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

_ETROIT = 860


class ExplorerView(QWidget):
    """Field, kind of thing, results; and the fiche of the chosen one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.champ = QLineEdit()
        self.champ.setPlaceholderText("Formation, métier, établissement…")
        self.champ.setAccessibleName("Chercher une formation, un métier, un établissement")
        self.champ.setClearButtonEnabled(True)
        self._yield_undo = YieldUndo(self)
        self.champ.installEventFilter(self._yield_undo)
        self.genre = Dropdown(theme, "Que chercher", "Tout")
        self.compte = make_label(role="small", wrap=True)
        self.resultats = OptionList(theme, "Résultats de la recherche")
        self.aucun = EmptyState(theme, "search-line", "Aucun résultat", "Essayez un autre mot, ou une abréviation.")
        self.erreur = EmptyState(
            theme, "error-warning-line", "La recherche n’a pas pu se faire", "", "Réessayer", lambda: None
        )
        self.pile = Pile(
            liste=self.resultats, aucun=self.aucun, erreur=self.erreur, chargement=LoadingState("Recherche…")
        )
        left = QWidget()
        layout = column(left, margins=(24, 16, 12, 16), gap=8)
        layout.addWidget(make_label("Explorer", "title"))
        layout.addWidget(self.champ)
        line = row(gap=8)
        line.addWidget(self.genre)
        line.addWidget(self.compte, 1)
        layout.addLayout(line)
        layout.addWidget(self.pile, 1)
        self.fiche = FicheView(
            theme, "Cherchez à gauche, ou choisissez un domaine. Les fiches se lisent ici, sans élève."
        )
        self.partage = QSplitter(Qt.Orientation.Horizontal)
        self.partage.setChildrenCollapsible(False)
        self.partage.addWidget(left)
        self.partage.addWidget(self.fiche)
        share_out(self.partage, 3, 5)
        column(self).addWidget(self.partage)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """Results above the fiche when there is no room beside it."""
        wide = self.width() >= self._theme.px(_ETROIT)
        self.partage.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        super().resizeEvent(event)

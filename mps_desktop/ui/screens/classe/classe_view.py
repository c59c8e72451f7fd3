"""Layout of the class screen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import EleveLigne
from mps_desktop.ui.item_models.classe_model import (
    LIGNE_ROLE,
    ClasseFilter,
    ClasseModel,
    Colonne,
    Filtre,
    voeux_counts,
)
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import YieldUndo, column, make_button, make_icon_button, make_label, panel, row
from mps_desktop.ui.widgets.cells import CellDelegate, RowsTable, paint_icon_text
from mps_desktop.ui.widgets.choices import Chip
from mps_desktop.ui.widgets.curve import Curve
from mps_desktop.ui.widgets.flow import FlowLayout
from mps_desktop.ui.widgets.gauge import Gauge, completeness_role, paint_gauge
from mps_desktop.ui.widgets.marks import CountsBar, paint_counts
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

_CHIPS = {
    Filtre.SANS_VOEU: "Sans vœu",
    Filtre.SANS_SECURISANT: "Sans B",
    Filtre.A_VOIR: "À voir",
    Filtre.PROFIL_VIDE: "Profil vide",
    Filtre.ECART: "Déclaré loin de l’estimé",
}
_LARGEURS = {
    Colonne.ELEVE: 190,
    Colonne.CLASSE: 64,
    Colonne.BAC: 104,
    Colonne.SPECIALITES: 150,
    Colonne.SITUATION: 136,
    Colonne.PROFIL: 108,
    Colonne.FORMATIONS: 62,
    Colonne.METIERS: 56,
    Colonne.VOEUX: 136,
    Colonne.JALON: 72,
    Colonne.CONSTATS: 78,
}
_EN_TROP = (
    Colonne.SITUATION,
    Colonne.METIERS,
    Colonne.SPECIALITES,
    Colonne.BAC,
    Colonne.FORMATIONS,
    Colonne.PROFIL,
    Colonne.CLASSE,
    Colonne.JALON,
)
_GRAVITES = {1: ("information-line", "info"), 2: ("alert-line", "warning"), 3: ("error-warning-line", "error")}

_LARGE, _HAUT = 640, 400
Index = QModelIndex | QPersistentModelIndex


class ClasseView(QWidget):
    """Header band, filters, table."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tools_shown = True
        self.titre = make_label(role="title")
        self.effectif = make_label(tone="faint")
        self.importer = make_button(theme, "Importer une liste", icon="upload-2-line")
        self.exporter = make_button(theme, "Exporter", icon="file-text-line", kind="primary")
        self.calendrier = make_icon_button(theme, "calendar-line", "Calendrier Parcoursup et échéances")
        self.ajouter = make_icon_button(theme, "user-add-line", "Ajouter un élève")
        self.tableur = make_icon_button(theme, "file-excel-2-line", "Suivi de la classe dans un tableur")
        self.filtre = QLineEdit()
        self.filtre.setPlaceholderText("Filtrer les élèves")
        self.filtre.setAccessibleName("Filtrer les élèves")
        self.filtre.setClearButtonEnabled(True)
        self.filtre.setMinimumWidth(180)
        self.filtre.setMaximumWidth(theme.px(260))
        self._yield_undo = YieldUndo(self)
        self.filtre.installEventFilter(self._yield_undo)
        self.chips = {filtre: Chip(text) for filtre, text in _CHIPS.items()}
        self.selection = make_label(role="small")
        self.table = self._table()
        self.vide = EmptyState(
            theme,
            "group-line",
            "La classe est vide",
            "Importez la liste de votre classe, telle que PRONOTE ou votre tableur l’exporte. "
            "Rien n’est écrit avant que vous ayez vu l’aperçu.",
            "Importer une liste",
            lambda: self.importer.click(),
        )
        self.aucun = EmptyState(
            theme,
            "filter-3-line",
            "Aucun élève ne correspond",
            "Élargissez les filtres pour revoir toute la classe.",
            "Effacer les filtres",
            lambda: None,
        )
        self.pile = Pile(
            table=self.table, vide=self.vide, aucun=self.aucun, chargement=LoadingState("Lecture de la classe…")
        )
        layout = column(self, margins=(24, 20, 24, 16), gap=16)
        layout.addLayout(self._heading())
        self.bandeau = self._band()
        layout.addWidget(self.bandeau)
        self.outils = self._tools()
        layout.addWidget(self.outils)
        layout.addWidget(self.pile, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """Give way where there is no room."""
        wide = self.width() >= self._theme.px(_LARGE)
        self._tete.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._show_band()
        super().resizeEvent(event)

    def show_tools(self, shown: bool) -> None:
        """Show what only makes sense with students: band, filters, export."""
        self._tools_shown = shown
        self.outils.setVisible(shown)
        self.exporter.setVisible(shown)
        self.tableur.setVisible(shown)
        self._show_band()

    def _show_band(self) -> None:
        """The band leaves its room to the table on a low window or with large text."""
        self.bandeau.setVisible(self._tools_shown and self.height() >= self._theme.px(_HAUT))

    def _heading(self) -> QBoxLayout:
        self._tete = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tete.setSpacing(12)
        title = row(gap=12)
        title.addWidget(self.titre, 0, Qt.AlignmentFlag.AlignBaseline)
        title.addWidget(self.effectif, 0, Qt.AlignmentFlag.AlignBaseline)
        title.addStretch(1)
        buttons = row(gap=12)
        buttons.addWidget(self.calendrier)
        buttons.addWidget(self.ajouter)
        buttons.addWidget(self.tableur)
        buttons.addWidget(self.importer)
        buttons.addWidget(self.exporter)
        buttons.addStretch(1)
        self._tete.addLayout(title, 1)
        self._tete.addLayout(buttons)
        return self._tete

    def _band(self) -> QWidget:
        band = panel()
        line = row(band, margins=(20, 14, 20, 14), gap=32)
        self.jalon = make_label(role="display")
        self.jauge_jalon = Gauge(self._theme, "Jalon atteint")
        self.voeux = CountsBar(self._theme)
        self.voeux.setMinimumWidth(200)
        self.moyenne_profil = make_label(role="display")
        self.jauge_profil = Gauge(self._theme, "Profil rempli en moyenne")
        for stretch, number, text, drawn in (
            (3, self.jalon, "ont atteint le jalon de leur niveau", self.jauge_jalon),
            (3, self.moyenne_profil, "du profil rempli, en moyenne", self.jauge_profil),
        ):
            block = column(gap=2)
            measure = row(gap=12)
            measure.addWidget(number)
            measure.addWidget(drawn, 1)
            block.addLayout(measure)
            block.addWidget(make_label(text, tone="ink2", wrap=True))
            block.addStretch(1)
            line.addLayout(block, stretch)
        self.bloc_suivi = QWidget()
        block = column(self.bloc_suivi, gap=2)
        self.courbe = Curve(self._theme, "Jalons atteints au fil des jours")
        self.depuis = make_label(tone="ink2", wrap=True)
        block.addWidget(self.courbe)
        block.addWidget(self.depuis)
        block.addStretch(1)
        self.bloc_suivi.hide()
        line.insertWidget(1, self.bloc_suivi, 2)
        block = column(gap=6)
        self.total_voeux = make_label(tone="ink2", wrap=True)
        block.addWidget(self.voeux)
        block.addWidget(self.total_voeux)
        block.addStretch(1)
        line.addLayout(block, 2)
        return band

    def _tools(self) -> QWidget:
        tools = QWidget()
        line = row(tools, gap=12)
        line.addWidget(self.filtre, 1)
        chips = QWidget()
        flow = FlowLayout(chips, gap=6)
        for chip in self.chips.values():
            flow.addWidget(chip)
        line.addWidget(chips, 3, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.selection)
        return tools

    def _table(self) -> RowsTable:
        table = RowsTable(self._theme, "Élèves de la classe")
        self.model = ClasseModel(table)
        self.proxy = ClasseFilter(table)
        self.proxy.setSourceModel(self.model)
        table.setModel(self.proxy)
        painters = {
            Colonne.PROFIL: self._paint_profil,
            Colonne.VOEUX: self._paint_voeux,
            Colonne.JALON: self._paint_jalon,
            Colonne.CONSTATS: self._paint_constats,
        }
        weak = frozenset({Colonne.BAC, Colonne.SPECIALITES, Colonne.SITUATION, Colonne.CLASSE})
        table.setItemDelegate(
            CellDelegate(self._theme, table, {int(c): p for c, p in painters.items()}, frozenset({0}), weak)
        )
        table.fit_columns(
            {int(c): w for c, w in _LARGEURS.items()},
            (int(Colonne.SPECIALITES), int(Colonne.ELEVE)),
            tuple(map(int, _EN_TROP)),
        )
        table.sortByColumn(Colonne.ELEVE, Qt.SortOrder.AscendingOrder)
        return table

    def _paint_profil(self, painter: QPainter, box: QRect, index: Index) -> bool:
        ligne = _ligne(index)
        theme = self._theme
        words = theme.px(40)
        bar = QRectF(box.x(), box.center().y() - theme.px(3), box.width() - words - theme.px(4), theme.px(6))
        paint_gauge(painter, bar, ligne.completude / 100, completeness_role(ligne.completude), theme)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("ink2"))
        right = QRect(box.right() - words, box.y(), words, box.height())
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), _percent(ligne))
        return True

    def _paint_voeux(self, painter: QPainter, box: QRect, index: Index) -> bool:
        margin = self._theme.px(5)
        paint_counts(painter, QRectF(box.adjusted(0, margin, 0, -margin)), voeux_counts(_ligne(index)), self._theme)
        return True

    def _paint_jalon(self, painter: QPainter, box: QRect, index: Index) -> bool:
        jalon = _ligne(index).jalon
        icon, role = ("checkbox-circle-line", "success") if jalon.atteint else ("flag-line", "faint")
        paint_icon_text(painter, box, self._theme, icon, role, f"{jalon.fait}/{jalon.attendu}", 13)
        return True

    def _paint_constats(self, painter: QPainter, box: QRect, index: Index) -> bool:
        constats = _ligne(index).constats
        if constats:
            icon, role = _GRAVITES[max(constat.gravite for constat in constats)]
            paint_icon_text(painter, box, self._theme, icon, role, str(len(constats)), 14)
        return True


def _ligne(index: Index) -> EleveLigne:
    return index.data(LIGNE_ROLE)


def _percent(ligne: EleveLigne) -> str:
    return f"{ligne.completude}{NNBSP}%"

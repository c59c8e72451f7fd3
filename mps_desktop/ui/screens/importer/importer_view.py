"""Layout of the import dialog: choose files, then look at what they would do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.ui.item_models.apercu_model import (
    APERCU_ROLE,
    ETATS,
    ICONES,
    ROLES,
    ApercuFilter,
    ApercuModel,
    ColonneApercu,
)
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import Fold
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_button, make_icon, make_label, panel, restyle, row
from mps_desktop.ui.widgets.cells import CellDelegate, RowsTable, paint_icon_text
from mps_desktop.ui.widgets.choices import Chip
from mps_desktop.ui.widgets.flow import FlowLayout
from mps_desktop.ui.widgets.states import LoadingState, Pile

_LARGEURS = {
    ColonneApercu.LIGNE: 56,
    ColonneApercu.ETAT: 138,
    ColonneApercu.NOM: 132,
    ColonneApercu.PRENOM: 104,
    ColonneApercu.CLASSE: 76,
    ColonneApercu.BAC: 92,
    ColonneApercu.SPECIALITES: 150,
    ColonneApercu.DETAIL: 130,
}
"""Least widths: with large characters, the reason is elided (it is whole below the table) and the spécialités go
first, so that name, class and bac stay."""


class DropZone(QFrame):
    """Where files are dropped, or chosen.

    Signals:
        dropped: tuple of paths.
    """

    dropped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName("Déposer une liste de classe")
        self.choisir = make_button(theme, "Choisir un fichier…", icon="folder-open-line", kind="primary")
        self.coller = make_button(theme, "Coller une liste copiée", icon="clipboard-line")
        layout = column(self, margins=32, gap=12)
        layout.addStretch(1)
        layout.addWidget(make_icon(theme, "upload-cloud-2-line", "faint", 44), 0, Qt.AlignmentFlag.AlignHCenter)
        title = make_label("Déposez ici la liste de votre classe", "title", wrap=True)
        text = make_label(
            "Export de PRONOTE, de SIECLE (XML ou zip), d’École Directe, suivi des vœux de Parcoursup, classeur xlsx, "
            "xls ou ods, fichier csv ou texte ; ou une liste copiée à l’écran (Ctrl+A, Ctrl+C) puis collée ici. "
            f"Seuls le nom, la naissance, la classe et la scolarité sont lus{NNBSP}: "
            "ni adresse, ni responsables, ni santé.",
            tone="ink2",
            wrap=True,
        )
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setMaximumWidth(theme.px(620))
            centred = row()
            centred.addWidget(label)
            layout.addLayout(centred)
        buttons = row(gap=10)
        buttons.addStretch(1)
        buttons.addWidget(self.choisir)
        buttons.addWidget(self.coller)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt override
        """Files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            restyle(self, over="true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt override
        """The files went away."""
        restyle(self, over="false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt override
        """Take the files."""
        restyle(self, over="false")
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


class ImporterView(QDialog):
    """Two faces: the drop zone, the preview.

    Signals:
        close_asked: Escape, the cross or Annuler; the presenter closes, or stops a job first.
    """

    close_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("Importer une liste")
        fit_dialog(self, theme.px(1080), theme.px(680))
        self.banniere = Banner(theme)
        self.depot = DropZone(theme)
        self.pile = Pile(depot=self.depot, lecture=LoadingState("Lecture du fichier…"), apercu=self._preview())
        self.avancement = QProgressBar()
        self.avancement.setTextVisible(False)
        self.avancement.setAccessibleName("Avancement")
        self.etape = make_label(role="small")
        layout = column(self, margins=24, gap=14)
        layout.addWidget(make_label("Importer une liste", "title"))
        layout.addWidget(self.banniere)
        layout.addWidget(self.pile, 1)
        layout.addWidget(self.avancement)
        layout.addLayout(self._foot())
        self.avancement.hide()

    def reject(self) -> None:
        """Ask before closing."""
        self.close_asked.emit()

    def _preview(self) -> QWidget:
        page = QWidget()
        layout = column(page, gap=12)
        recognised = panel()
        lines = column(recognised, margins=(16, 12, 16, 12), gap=8)
        self.resume = make_label(wrap=True)
        lines.addWidget(self.resume)
        self.bloc_classe = QWidget()
        ask = row(self.bloc_classe, gap=10)
        self.classe = QLineEdit()
        self.classe.setAccessibleName("Nom de la classe")
        self.classe.setPlaceholderText("TG1")
        self.classe.setMaximumWidth(self._theme.px(140))
        label = make_label(f"Le fichier ne dit pas la classe. Laquelle est-ce{NNBSP}?", "strong", wrap=True)
        label.setBuddy(self.classe)
        self.relire = make_button(self._theme, "Appliquer", name="Appliquer la classe à l’aperçu")
        ask.addWidget(label)
        ask.addWidget(self.classe)
        ask.addWidget(self.relire)
        ask.addStretch(1)
        lines.addWidget(self.bloc_classe)
        self.non_lu = make_label(role="small", wrap=True)
        self.pli_non_lu = Fold(self._theme, "Colonnes laissées de côté volontairement", self.non_lu)
        lines.addWidget(self.pli_non_lu)
        layout.addWidget(recognised)
        chips = QWidget()
        flow = FlowLayout(chips, gap=6)
        self.chips = {etat: Chip(text) for etat, text in ETATS.items()}
        for chip in self.chips.values():
            flow.addWidget(chip)
        layout.addWidget(chips)
        self.table = self._table()
        layout.addWidget(self.table, 1)
        self.detail = make_label(role="small", wrap=True)
        self.detail.setAccessibleName("Détail de la ligne choisie")
        layout.addWidget(self.detail)
        self.meme = make_button(self._theme, "C’est le même élève", icon="user-follow-line")
        self.meme.setToolTip("Réunir cette ligne avec l’élève du dossier à qui elle ressemble")
        self.colonnes = make_button(self._theme, "Corriger les colonnes…", icon="layout-column-line", kind="ghost")
        self.voeux = make_button(self._theme, "Vœux lus…", icon="flag-line")
        self.voeux.setToolTip("Voir ce que devient chaque vœu, et choisir pour ceux qui ne sont pas reconnus")
        tools = row(gap=8)
        tools.addWidget(self.voeux)
        tools.addWidget(self.meme)
        tools.addWidget(self.colonnes)
        tools.addStretch(1)
        layout.addLayout(tools)
        return page

    def _table(self) -> RowsTable:
        table = RowsTable(self._theme, "Aperçu de l’import", dense=True)
        self.model = ApercuModel(table)
        self.proxy = ApercuFilter(table)
        self.proxy.setSourceModel(self.model)
        table.setSortingEnabled(False)
        table.setModel(self.proxy)
        delegate = CellDelegate(
            self._theme,
            table,
            {int(ColonneApercu.ETAT): self._paint_etat},
            strong=frozenset({int(ColonneApercu.NOM)}),
            weak=frozenset({int(ColonneApercu.LIGNE), int(ColonneApercu.SPECIALITES)}),
        )
        table.setItemDelegate(delegate)
        table.fit_columns(
            {int(c): w for c, w in _LARGEURS.items()},
            (int(ColonneApercu.DETAIL),),
            (int(ColonneApercu.SPECIALITES), int(ColonneApercu.BAC), int(ColonneApercu.CLASSE)),
        )
        return table

    def _paint_etat(self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex) -> bool:
        etat = index.data(APERCU_ROLE).etat
        paint_icon_text(painter, box, self._theme, ICONES[etat], ROLES[etat], ETATS[etat], 13)
        return True

    def _foot(self) -> QHBoxLayout:
        self.retour = make_button(self._theme, "Autre fichier", icon="arrow-left-s-line", kind="ghost")
        self.annuler = make_button(self._theme, "Annuler")
        self.importer = make_button(self._theme, "Importer", kind="primary")
        self.importer.setDefault(True)
        line = row(gap=8)
        line.addWidget(self.retour)
        line.addWidget(self.etape, 1)
        line.addWidget(self.importer)
        line.addWidget(self.annuler)
        return line

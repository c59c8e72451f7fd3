"""Which vœux of a formation to add: nearest first, with what they are worth for this student."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPushButton, QWidget

from mps_desktop.core.text import NBSP, NNBSP, plural
from mps_desktop.services.views import Option, VoeuLigne
from mps_desktop.ui.item_models.voeux_model import VOEU_ROLE, ColonneVoeu, VoeuxFilter, VoeuxModel
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_label, row
from mps_desktop.ui.widgets.cells import CellDelegate, RowsTable
from mps_desktop.ui.widgets.choices import Segments
from mps_desktop.ui.widgets.marks import paint_badge
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

RAYONS = (
    Option("10", f"10{NBSP}km"),
    Option("20", f"20{NBSP}km"),
    Option("50", f"50{NBSP}km"),
    Option("tous", "Partout"),
)


class AjouterVoeuxDialog(QDialog):
    """A list to pick from; Enter or the button adds what is selected."""

    def __init__(
        self,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        eleve_id: int,
        formation_id: str,
        libelle: str,
        rayon: str = "tous",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._question = (eleve_id, formation_id)
        self.setWindowTitle("Ajouter des vœux")
        fit_dialog(self, theme.px(880), theme.px(560))
        self.rayons = Segments("Rayon autour des villes de l’élève", RAYONS, optional=False)
        self.rayons.show_code(rayon)
        self.rayons.chosen.connect(self.load)
        self.filtre = QLineEdit()
        self.filtre.setPlaceholderText("Filtrer par établissement ou par ville")
        self.filtre.setAccessibleName("Filtrer par établissement ou par ville")
        self.filtre.setClearButtonEnabled(True)
        self.table = self._table()
        self.filtre.textChanged.connect(self.proxy.set_text)
        self.vide = EmptyState(
            theme,
            "map-pin-line",
            "Aucun établissement dans ce rayon",
            f"Élargissez le rayon{NNBSP}: la formation existe peut-être plus loin.",
        )
        self.pile = Pile(table=self.table, vide=self.vide, chargement=LoadingState("Recherche des établissements…"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ajouter = QPushButton("Ajouter")
        self.ajouter.setProperty("kind", "primary")
        self.buttons.addButton(self.ajouter, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label(libelle, "title", wrap=True))
        tools = row(gap=12)
        tools.addWidget(self.rayons)
        tools.addWidget(self.filtre, 1)
        layout.addLayout(tools)
        layout.addWidget(self.pile, 1)
        layout.addWidget(self.buttons)
        self._show_count()
        self.load(rayon)

    @classmethod
    def ask(
        cls,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        eleve_id: int,
        formation_id: str,
        libelle: str,
        parent: QWidget | None = None,
    ) -> tuple[str, ...]:
        """Ids of the vœux to add; empty when the user gave up."""
        dialog = cls(theme, session, runner, messenger, eleve_id, formation_id, libelle, parent=parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.chosen() if accepted else ()
        dialog.deleteLater()
        return chosen

    def chosen(self) -> tuple[str, ...]:
        """Vœux selected, in the order of the list."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.proxy.index(row, 0).data(VOEU_ROLE).voeu_id for row in rows)

    def load(self, rayon: str) -> None:
        """Show the vœux within a radius ("10", "20", "50", "tous")."""
        self.pile.show_face("chargement")
        session, (eleve_id, formation_id) = self._session, self._question
        km = int(rayon) if rayon.isdecimal() else None
        self._runner.run(
            lambda _progress: session.list_voeux_possibles(eleve_id, formation_id, km),
            self._show,
            self._failed,
            key="voeux possibles",
        )

    def _show(self, lignes: tuple[VoeuLigne, ...]) -> None:
        self.model.show_rows(lignes)
        self.pile.show_face("table" if lignes else "vide")
        if lignes and not self.filtre.hasFocus():
            self.table.setFocus()
        self._show_count()

    def _failed(self, exc: Exception) -> None:
        message = self._messenger.describe(exc)
        self.vide.show_texts(message.texte, message.remede)
        self.pile.show_face("vide")

    def _show_count(self) -> None:
        count = len(self.table.selectionModel().selectedRows())
        text = f"Ajouter {plural(count, 'vœu', 'vœux')}" if count else "Ajouter"
        self.ajouter.setText(text)
        self.ajouter.setAccessibleName(text)
        self.ajouter.setEnabled(bool(count))

    def _table(self) -> RowsTable:
        table = RowsTable(self._theme, "Établissements qui proposent la formation", dense=True)
        self.model = VoeuxModel(table)
        self.proxy = VoeuxFilter(table)
        self.proxy.setSourceModel(self.model)
        table.setModel(self.proxy)
        table.setItemDelegate(
            CellDelegate(
                self._theme,
                table,
                {int(ColonneVoeu.CLASSE): self._paint_classe},
                weak=frozenset({int(ColonneVoeu.ESTIMATION)}),
            )
        )
        widths = {0: 240, 1: 130, 2: 84, 3: 76, 4: 196}
        table.fit_columns(widths, (int(ColonneVoeu.ETABLISSEMENT),), (int(ColonneVoeu.COMMUNE),))
        table.sortByColumn(ColonneVoeu.DISTANCE, Qt.SortOrder.AscendingOrder)
        table.selectionModel().selectionChanged.connect(self._show_count)
        table.opened.connect(lambda _row: self.accept())
        return table

    def _paint_classe(self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex) -> bool:
        height, width = self._theme.px(22), self._theme.px(50)
        badge = QRectF(box.x(), box.center().y() - height / 2, width, height)
        paint_badge(painter, badge, index.data(VOEU_ROLE).estimee, self._theme)
        return True

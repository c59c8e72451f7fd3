"""Wishes read from a file or pasted: what each becomes, and what to choose when that is not certain."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QSizePolicy, QWidget

from mps_desktop.core.text import join_fr, plural
from mps_desktop.services.views import VoeuApercu
from mps_desktop.ui.item_models.voeux_lus_model import (
    ETATS,
    ICONES,
    ROLES,
    VOEU_LU_ROLE,
    ColonneLu,
    VoeuxLusModel,
    told,
)
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_label, row
from mps_desktop.ui.widgets.cells import CellDelegate, RowsTable, paint_icon_text
from mps_desktop.ui.widgets.choices import Dropdown

_NE_PAS_REPRENDRE = "Ne pas reprendre ce vœu"


class VoeuxLusDialog(QDialog):
    """The wordings, those to look at first, with a choice for the one that is selected.

    Args:
        voeux: what was read.
        action: text of the button that accepts.
    """

    def __init__(self, theme: Theme, voeux: tuple[VoeuApercu, ...], action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("Vœux lus")
        fit_dialog(self, theme.px(980), theme.px(600))
        layout = column(self, margins=24, gap=14)
        layout.addWidget(make_label("Vœux lus", "title"))
        self.resume = make_label(tone="ink2", wrap=True)
        layout.addWidget(self.resume)
        self.table = self._table()
        layout.addWidget(self.table, 1)
        self.choix = Dropdown(theme, "Ce vœu devient")
        self.choix.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line = row(gap=10)
        label = make_label("Ce vœu devient", "strong")
        label.setBuddy(self.choix)
        line.addWidget(label)
        line.addWidget(self.choix, 1)
        layout.addLayout(line)
        self.absent = make_label(
            "Rien d’approchant dans le catalogue. Cherchez la formation dans l’onglet Vœux et équilibre de l’élève.",
            "small",
            wrap=True,
        )
        layout.addWidget(self.absent)
        self.boutons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.valider = QPushButton(action)
        self.valider.setProperty("kind", "primary")
        self.boutons.addButton(self.valider, QDialogButtonBox.ButtonRole.AcceptRole)
        self.boutons.accepted.connect(self.accept)
        self.boutons.rejected.connect(self.reject)
        layout.addWidget(self.boutons)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_choice())
        self.choix.activated.connect(self._choose)
        self.model.show_rows(voeux)
        self._tell()
        self.table.selectRow(0)
        self._show_choice()
        self.table.setFocus()

    @property
    def choices(self) -> Mapping[str, str]:
        """What was chosen: key of the wording -> id, empty when it is not taken."""
        return self.model.choices

    def _table(self) -> RowsTable:
        table = RowsTable(self._theme, "Vœux lus", multi=False, dense=True)
        self.model = VoeuxLusModel(table)
        table.setSortingEnabled(False)
        table.setModel(self.model)
        delegate = CellDelegate(
            self._theme,
            table,
            {int(ColonneLu.ETAT): self._paint_etat},
            strong=frozenset({int(ColonneLu.ECRIT)}),
            weak=frozenset({int(ColonneLu.ELEVES)}),
        )
        table.setItemDelegate(delegate)
        widths = {ColonneLu.ETAT: 116, ColonneLu.ECRIT: 300, ColonneLu.ELEVES: 180, ColonneLu.DEVIENT: 280}
        table.fit_columns({int(c): w for c, w in widths.items()}, (int(ColonneLu.DEVIENT),), (int(ColonneLu.ELEVES),))
        table.exclude(int(ColonneLu.ELEVES), False)
        return table

    def _paint_etat(self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex) -> bool:
        etat = self.model.etat(index.data(VOEU_LU_ROLE))
        paint_icon_text(painter, box, self._theme, ICONES[etat], ROLES[etat], ETATS[etat], 13)
        return True

    def _chosen(self) -> VoeuApercu | None:
        index = self.table.currentIndex()
        return index.data(VOEU_LU_ROLE) if index.isValid() else None

    def _show_choice(self) -> None:
        voeu = self._chosen()
        self.choix.clear()
        self.choix.addItem(_NE_PAS_REPRENDRE, "")
        for option in voeu.choix if voeu is not None else ():
            self.choix.addItem(told(option), option.code)
        code = self.model.code(voeu) if voeu is not None else ""
        self.choix.setCurrentIndex(max(0, self.choix.findData(code)))
        self.choix.setEnabled(voeu is not None and bool(voeu.choix))
        self.absent.setVisible(voeu is not None and not voeu.choix)

    def _choose(self, _index: int) -> None:
        self.model.choose(self.table.currentIndex().row(), str(self.choix.currentData()))
        self._tell()

    def _tell(self) -> None:
        counts = dict.fromkeys(ETATS, 0)
        for voeu in self.model.lignes:
            counts[self.model.etat(voeu)] += 1
        parts = [
            plural(counts[etat], one, many)
            for etat, one, many in (
                ("sur", "vœu reconnu", "vœux reconnus"),
                ("choisi", "choisi par vous", "choisis par vous"),
                ("doute", "à choisir", "à choisir"),
                ("inconnu", "introuvable", "introuvables"),
            )
            if counts[etat]
        ]
        self.resume.setText(
            f"{join_fr(parts)}. Ceux à choisir et les introuvables ne sont pas repris tant que vous ne dites rien. "
            "Votre choix servira aussi aux prochains fichiers qui écrivent le vœu de la même façon."
        )

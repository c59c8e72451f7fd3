"""Which column holds what, for a table that recognition did not understand, or got wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from mps_desktop.core.text import NNBSP, join_fr
from mps_desktop.services.correspondances import CHAMPS_OFFERTS, Correspondance, Inspection
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_label, row
from mps_desktop.ui.widgets.choices import Dropdown

_NAMES = ({"identite"}, {"prenom_nom"}, {"nom", "prenom"})
_UNREAD = "Ne pas lire"


class ColonnesDialog(QDialog):
    """The beginning of the file, with a choice above each column; remembered for such files.

    Args:
        inspection: what to show.
    """

    def __init__(self, theme: Theme, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspection = inspection
        self.setWindowTitle("Dire ce que contient chaque colonne")
        fit_dialog(self, theme.px(980), theme.px(560))
        layout = column(self, margins=24, gap=14)
        layout.addWidget(make_label("Que contient chaque colonne\u202f?", "title"))
        intro = (
            f"«{NNBSP}{inspection.fichier}{NNBSP}». Indiquez au moins la colonne des noms. Ce choix servira aussi aux "
            "prochains fichiers de la même forme."
        )
        layout.addWidget(make_label(intro, tone="ink2", wrap=True))
        self.entete = Dropdown(theme, "Ligne des titres")
        self.entete.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.entete.addItem("La liste n’a pas de titres", 0)
        for number, cells in inspection.lignes:
            shown = " · ".join(cell for cell in cells if cell)
            self.entete.addItem(f"Ligne {number}{NNBSP}: {shown[:70]}", number)
        self.entete.setCurrentIndex(max(0, self.entete.findData(inspection.entete)))
        line = row(gap=10)
        label = make_label("Les titres sont à la", "strong")
        label.setBuddy(self.entete)
        line.addWidget(label)
        line.addWidget(self.entete, 1)
        layout.addLayout(line)
        self.table = self._build_table(theme)
        layout.addWidget(self.table, 1)
        self.reconnu = make_label(role="small", wrap=True)
        layout.addWidget(self.reconnu)
        self.manque = make_label("Il ne manque que la colonne des noms.", tone="warning")
        layout.addWidget(self.manque)
        self.boutons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.boutons.button(QDialogButtonBox.StandardButton.Ok).setText("Lire ainsi")
        self.boutons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        self.boutons.accepted.connect(self.accept)
        self.boutons.rejected.connect(self.reject)
        layout.addWidget(self.boutons)
        self.entete.currentIndexChanged.connect(lambda _index: self._guess_again())
        self._show(inspection.champs)

    @property
    def chosen(self) -> Correspondance:
        """What was chosen."""
        number = int(self.entete.currentData())
        fields = ((rang, str(choice.currentData())) for rang, choice in enumerate(self.choix))
        return Correspondance(
            self._inspection.signature(number), tuple((rang, champ) for rang, champ in fields if champ), number
        )

    def _build_table(self, theme: Theme) -> QTableWidget:
        """First row: the choices; below: what the file holds."""
        lignes = self._inspection.lignes
        table = QTableWidget(len(lignes) + 1, self._inspection.largeur)
        table.setAccessibleName("Début du fichier")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().setVisible(True)
        table.verticalHeader().setDefaultSectionSize(theme.px(30))
        table.setVerticalHeaderLabels(["", *(str(number) for number, _ in lignes)])
        table.setHorizontalHeaderLabels([f"Colonne {rang + 1}" for rang in range(self._inspection.largeur)])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.horizontalHeader().setDefaultSectionSize(theme.px(190))
        self.choix: list[Dropdown] = []
        for rang in range(self._inspection.largeur):
            choice = Dropdown(theme, f"Contenu de la colonne {rang + 1}")
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(8)
            choice.addItem(_UNREAD, "")
            for champ, label in CHAMPS_OFFERTS.items():
                choice.addItem(label, champ)
            choice.currentIndexChanged.connect(lambda _index: self._check())
            table.setCellWidget(0, rang, choice)
            self.choix.append(choice)
        for place, (_, cells) in enumerate(lignes, start=1):
            for rang, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                table.setItem(place, rang, item)
        table.setRowHeight(0, theme.px(40))
        return table

    def _guess_again(self) -> None:
        number = int(self.entete.currentData())
        same = number == self._inspection.entete
        self._show(self._inspection.champs if same else self._inspection.guess(number))

    def _show(self, champs: tuple[str, ...]) -> None:
        for choice, champ in zip(self.choix, champs, strict=True):
            choice.setCurrentIndex(max(0, choice.findData(champ)))
        known = [CHAMPS_OFFERTS[champ] for champ in dict.fromkeys(champs) if champ]
        self.reconnu.setText(f"Déjà reconnu{NNBSP}: {join_fr(known)}." if known else "")
        if not self._check():
            blank = next((choice for choice in self.choix if not choice.currentData()), self.entete)
            blank.setFocus()

    def _check(self) -> bool:
        """Whether the names are told; when not, what is recognised already is said, so that only they are asked."""
        chosen = {str(choice.currentData()) for choice in self.choix}
        named = any(wanted <= chosen for wanted in _NAMES)
        self.manque.setVisible(not named)
        self.reconnu.setVisible(not named and bool(self.reconnu.text()))
        self.boutons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(named)
        return named

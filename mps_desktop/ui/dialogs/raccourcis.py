"""F1: the keys of the program."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QWidget

from mps_desktop.ui.widgets.basics import column, make_label

RACCOURCIS = (
    ("Ctrl+K", "Chercher un élève, une formation, un métier, une ville"),
    ("Ctrl+1 à 5", "Classe, Élève, Explorer, Documents, Données"),
    ("Entrée", "Ouvrir l’élève choisi dans la classe"),
    ("Alt+← et Alt+→", "Élève précédent, élève suivant"),
    ("Ctrl+Tab", "Onglet suivant de l’élève"),
    ("Ctrl+F", "Filtrer la classe"),
    ("Ctrl+O", "Importer une liste"),
    ("Ctrl+P", "Produire un document"),
    ("Ctrl+Z et Ctrl+Y", "Annuler, rétablir"),
    ("Ctrl+ + et Ctrl+ −", "Texte plus grand, plus petit"),
    ("Ctrl+0", "Texte à la taille normale"),
    ("Ctrl+L", "Verrouiller le dossier"),
    ("F1", "Cette liste"),
)


class RaccourcisDialog(QDialog):
    """Two columns: the key, what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Raccourcis clavier")
        layout = column(self, margins=24, gap=16)
        layout.addWidget(make_label("Raccourcis clavier", "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for number, (keys, what) in enumerate(RACCOURCIS):
            grid.addWidget(make_label(keys, "strong"), number, 0)
            grid.addWidget(make_label(what, tone="ink2"), number, 1)
        layout.addLayout(grid)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

"""Layout of the documents screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QProgressBar, QRadioButton, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import column, make_button, make_icon, make_label, panel, row, rule, scrolled
from mps_desktop.ui.widgets.states import EmptyState, Pile


class DocumentsView(QWidget):
    """Whom the document is about, where it goes, what came out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        content = QWidget()
        page = column(content, margins=(24, 20, 24, 24), gap=16)
        page.addWidget(make_label("Documents", "title"))
        self.banniere = Banner(theme)
        page.addWidget(self.banniere)
        columns = row(gap=16)
        columns.addWidget(self._who(), 3)
        columns.addWidget(self._what(), 4, Qt.AlignmentFlag.AlignTop)
        page.addLayout(columns, 1)
        self.vide = EmptyState(
            theme,
            "file-text-line",
            "Pas encore d’élève",
            "Importez d’abord la liste de votre classe.",
            "Voir la classe",
            lambda: None,
        )
        self.pile = Pile(page=scrolled(content), vide=self.vide)
        column(self).addWidget(self.pile)

    def _who(self) -> QWidget:
        card = panel()
        layout = column(card, margins=20, gap=10)
        layout.addWidget(make_label("Pour quels élèves", "section"))
        self.tous = QRadioButton("Toute la classe")
        self.choisis = QRadioButton("Les élèves cochés")
        self.tous.setChecked(True)
        layout.addWidget(self.tous)
        layout.addWidget(self.choisis)
        self.eleves = QListWidget()
        self.eleves.setAccessibleName("Élèves du document")
        self.eleves.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.eleves.setMinimumHeight(self._theme.px(240))
        layout.addWidget(self.eleves, 1)
        self.compte = make_label(role="small")
        layout.addWidget(self.compte)
        return card

    def _what(self) -> QWidget:
        card = panel()
        layout = column(card, margins=20, gap=12)
        layout.addWidget(make_label("Document du conseil de classe", "section", wrap=True))
        layout.addWidget(
            make_label(
                f"Une synthèse de la classe, puis une page par élève{NNBSP}: profil, suggestions, vœux, "
                "équilibre, points à voir. Chaque chiffre porte sa session et sa source.",
                tone="ink2",
                wrap=True,
            )
        )
        layout.addWidget(rule())
        label = make_label("Fichier à écrire", tone="ink2")
        self.cible = QLineEdit()
        self.cible.setReadOnly(True)
        self.cible.setAccessibleName("Fichier à écrire")
        label.setBuddy(self.cible)
        self.choisir = make_button(self._theme, "Choisir…", icon="folder-open-line", name="Choisir le fichier à écrire")
        line = row(gap=8)
        line.addWidget(self.cible, 1)
        line.addWidget(self.choisir)
        layout.addWidget(label)
        layout.addLayout(line)
        self.produire = make_button(self._theme, "Produire le PDF", icon="file-text-line", kind="primary")
        self.arreter = make_button(self._theme, "Annuler", name="Annuler la production")
        buttons = row(gap=8)
        buttons.addWidget(self.produire)
        buttons.addWidget(self.arreter)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        self.avancement = QProgressBar()
        self.avancement.setTextVisible(False)
        self.avancement.setAccessibleName("Avancement du document")
        self.etape = make_label(role="small", wrap=True)
        layout.addWidget(self.avancement)
        layout.addWidget(self.etape)
        layout.addWidget(self._result())
        return card

    def _result(self) -> QWidget:
        self.resultat = panel("inset")
        layout = column(self.resultat, margins=16, gap=10)
        line = row(gap=10)
        line.addWidget(make_icon(self._theme, "checkbox-circle-line", "success"), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        self.fichier = make_label(role="strong", wrap=True)
        self.lieu = make_label(role="small", wrap=True)
        words.addWidget(self.fichier)
        words.addWidget(self.lieu)
        line.addLayout(words, 1)
        layout.addLayout(line)
        self.ouvrir = make_button(self._theme, "Ouvrir", icon="external-link-line", name="Ouvrir le document")
        self.ouvrir_lieu = make_button(self._theme, "Ouvrir le dossier", icon="folder-open-line")
        buttons = row(gap=8)
        buttons.addWidget(self.ouvrir)
        buttons.addWidget(self.ouvrir_lieu)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        self.resultat.hide()
        return self.resultat

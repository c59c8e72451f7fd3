"""Layout of the opening screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QVBoxLayout, QWidget

from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import (
    column,
    make_button,
    make_icon,
    make_label,
    panel,
    row,
    scrolled,
)
from mps_desktop.ui.widgets.choices import Segments
from mps_desktop.ui.widgets.option_delegate import OptionDelegate
from mps_desktop.ui.widgets.password import PasswordField
from mps_desktop.ui.widgets.states import LoadingState, Pile
from mps_desktop.ui.widgets.strength import StrengthMeter

OUVRIR, CREER = "ouvrir", "creer"


class OuvertureView(QWidget):
    """Recent dossiers on the left; unlock or create on the right; the demonstration below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        content = QWidget()
        page = column(content, margins=(32, 24, 32, 24), gap=20)
        page.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(theme.px(960))
        body = column(inner, gap=20)
        body.addLayout(self._title())
        self.banniere = Banner(theme)
        body.addWidget(self.banniere)
        columns = row(gap=20)
        columns.addWidget(self._recents(), 2)
        columns.addWidget(self._forms(), 3)
        body.addLayout(columns)
        body.addWidget(self._demo())
        centred = row()
        centred.addStretch(1)
        centred.addWidget(inner, 20)
        centred.addStretch(1)
        page.addLayout(centred)
        page.addStretch(2)
        self.pile = Pile(formulaire=scrolled(content), attente=LoadingState("Ouverture du dossier…"))
        column(self).addWidget(self.pile)

    def _title(self) -> QVBoxLayout:
        words = column(gap=4)
        words.addWidget(make_label("MPS Bureau", "display"))
        words.addWidget(
            make_label(
                "Préparer l’orientation d’une classe, hors ligne. Les données restent chiffrées sur cet ordinateur.",
                tone="ink2",
                wrap=True,
            )
        )
        return words

    def _recents(self) -> QFrame:
        card = panel()
        layout = column(card, margins=20, gap=12)
        layout.addWidget(make_label("Vos dossiers", "section"))
        self.recents = QListWidget()
        self.recents.setAccessibleName("Dossiers ouverts récemment")
        self.recents.setProperty("kind", "plain")
        self.recents.setItemDelegate(OptionDelegate(self.theme, self.recents))
        self.recents.setMinimumHeight(self.theme.px(150))
        self.aucun_recent = make_label(
            "Aucun dossier ouvert sur cet ordinateur. Créez le vôtre, ou découvrez la démonstration.",
            tone="ink2",
            wrap=True,
        )
        layout.addWidget(self.recents, 1)
        layout.addWidget(self.aucun_recent, 1, Qt.AlignmentFlag.AlignTop)
        self.autre = make_button(self.theme, "Ouvrir un autre dossier…", icon="folder-open-line")
        layout.addWidget(self.autre, 0, Qt.AlignmentFlag.AlignLeft)
        self.importer = make_button(
            self.theme, "Importer un dossier exporté…", icon="download-cloud-2-line", kind="ghost"
        )
        layout.addWidget(self.importer, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _forms(self) -> QFrame:
        card = panel()
        layout = column(card, margins=20, gap=16)
        self.mode = Segments(
            "Que voulez-vous faire", (Option(OUVRIR, "Ouvrir"), Option(CREER, "Créer un dossier")), optional=False
        )
        layout.addWidget(self.mode)
        self.formes = Pile(ouvrir=self._unlock(), creer=self._create())
        layout.addWidget(self.formes, 1)
        return card

    def _unlock(self) -> QWidget:
        page = QWidget()
        layout = column(page, gap=8)
        self.nom_choisi = make_label(role="lead", wrap=True)
        self.chemin_choisi = make_label(role="small", wrap=True)
        self.mot_de_passe = PasswordField(self.theme, "Mot de passe")
        layout.addWidget(self.nom_choisi)
        layout.addWidget(self.chemin_choisi)
        layout.addSpacing(8)
        self._labelled(layout, "Mot de passe, ou clé de secours", self.mot_de_passe, self.mot_de_passe.oeil)
        self.ouvrir = make_button(self.theme, "Ouvrir le dossier", icon="lock-line", kind="primary")
        layout.addSpacing(8)
        layout.addWidget(self.ouvrir, 0, Qt.AlignmentFlag.AlignLeft)
        self.attente_essai = make_label(role="small", tone="ink2", wrap=True)
        self.attente_essai.hide()
        layout.addWidget(self.attente_essai)
        self.restaurer = make_button(self.theme, "Restaurer une sauvegarde…", icon="history-line", kind="ghost")
        layout.addWidget(self.restaurer, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return page

    def _create(self) -> QWidget:
        page = QWidget()
        layout = column(page, gap=8)
        self.nom = QLineEdit()
        self.nom.setAccessibleName("Nom du dossier")
        self.nom.setPlaceholderText("TG1 2026-2027")
        self._labelled(layout, "Nom du dossier", self.nom)
        place = row(gap=8)
        self.lieu = make_label(role="small", wrap=True)
        self.lieu.setAccessibleName("Emplacement du dossier")
        self.changer_lieu = make_button(self.theme, "Changer…", kind="ghost", name="Changer l’emplacement du dossier")
        place.addWidget(self.lieu, 1)
        place.addWidget(self.changer_lieu, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(place)
        self.nouveau = PasswordField(self.theme, "Mot de passe du nouveau dossier")
        self._labelled(layout, "Mot de passe", self.nouveau, self.nouveau.oeil)
        self.solidite = StrengthMeter(self.theme)
        self.avis = make_label(role="small", wrap=True)
        layout.addWidget(self.solidite)
        layout.addWidget(self.avis)
        self.confirmation = PasswordField(self.theme, "Le même mot de passe, une seconde fois")
        self._labelled(layout, "Le même, une seconde fois", self.confirmation, self.confirmation.oeil)
        self.ecart = make_label(tone="error", wrap=True)
        layout.addWidget(self.ecart)
        self.creer = make_button(self.theme, "Créer le dossier", icon="folder-add-line", kind="primary")
        layout.addSpacing(4)
        layout.addWidget(self.creer, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return page

    def _demo(self) -> QFrame:
        card = panel()
        line = row(card, margins=(20, 14, 20, 14), gap=16)
        line.addWidget(make_icon(self.theme, "play-circle-line", "action", 26))
        words = column(gap=2)
        words.addWidget(make_label("Découvrir avec une classe fictive", "strong", wrap=True))
        words.addWidget(
            make_label("Des élèves inventés, dans un dossier temporaire effacé à la fermeture.", "small", wrap=True)
        )
        line.addLayout(words, 1)
        self.demo = make_button(self.theme, "Ouvrir la démonstration")
        line.addWidget(self.demo)
        return card

    def _labelled(self, layout: QVBoxLayout, text: str, field: QWidget, beside: QWidget | None = None) -> None:
        label = make_label(text, tone="ink2")
        label.setBuddy(field)
        layout.addWidget(label)
        line = row(gap=6)
        line.addWidget(field, 1)
        if beside is not None:
            line.addWidget(beside)
        layout.addLayout(line)

"""The recovery key, shown once, and the change of password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_button, make_label, row
from mps_desktop.ui.widgets.strength import StrengthMeter


class CleSecoursDialog(QDialog):
    """Shows a key, asks for it back. Nothing goes to the clipboard unless the button is pressed.

    Args:
        cle: the key, in groups.
        imprimer: writes the sheet to print; returns whether it did.
        psyen: the key of the psyEN's notes, not of the dossier.
    """

    def __init__(
        self,
        theme: Theme,
        cle: str,
        imprimer: Callable[[], bool],
        parent: QWidget | None = None,
        *,
        psyen: bool = False,
    ) -> None:
        super().__init__(parent)
        self._cle = cle
        self.setWindowTitle("Clé de secours des notes du psyEN" if psyen else "Clé de secours du dossier")
        self.resize(theme.px(560), theme.px(420))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Votre clé de secours", "title", wrap=True))
        opened = "Elle ouvre vos notes si leur" if psyen else "Elle ouvre le dossier si le"
        layout.addWidget(
            make_label(
                f"{opened} mot de passe est oublié. Elle n’est montrée qu’une fois et n’est gardée "
                f"nulle part{NNBSP}: imprimez-la ou recopiez-la, et rangez-la loin de l’ordinateur.",
                wrap=True,
            )
        )
        self.cle = QLineEdit(cle)
        self.cle.setReadOnly(True)
        self.cle.setAccessibleName("Clé de secours")
        layout.addWidget(self.cle)
        line = row(gap=8)
        self.imprimer = make_button(theme, "Enregistrer la feuille à imprimer…", icon="printer-line")
        self.copier = make_button(theme, "Copier", icon="file-copy-line")
        line.addWidget(self.imprimer)
        line.addWidget(self.copier)
        line.addStretch(1)
        layout.addLayout(line)
        self.fait = make_label(role="small", wrap=True)
        layout.addWidget(self.fait)
        label = make_label("Recopiez la clé depuis votre feuille, pour être sûr de l’avoir", "strong", wrap=True)
        self.saisie = QLineEdit()
        self.saisie.setAccessibleName("Clé de secours recopiée")
        label.setBuddy(self.saisie)
        layout.addWidget(label)
        layout.addWidget(self.saisie)
        self.ecart = make_label(role="small", wrap=True)
        layout.addWidget(self.ecart)
        layout.addStretch(1)
        end = row(gap=8)
        self.passer = make_button(theme, "Continuer sans vérifier", self.reject, kind="ghost")
        self.continuer = make_button(theme, "J’ai la clé", self.accept, kind="primary")
        end.addStretch(1)
        end.addWidget(self.passer)
        end.addWidget(self.continuer)
        layout.addLayout(end)
        self.copier.clicked.connect(self._copy)
        self.imprimer.clicked.connect(lambda: self.fait.setText("Feuille enregistrée." if imprimer() else ""))
        self.saisie.textChanged.connect(self._typed)
        self._typed("")
        self.saisie.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._cle)
        self.fait.setText("Clé copiée. D’autres programmes peuvent lire le presse-papiers, videz-le ensuite.")

    def _typed(self, text: str) -> None:
        same = _signs(text) == _signs(self._cle)
        self.continuer.setEnabled(same)
        done = len(_signs(text)) >= len(_signs(self._cle))
        self.ecart.setText("La clé recopiée diffère de celle qui est montrée." if done and not same else "")


class MotDePasseDialog(QDialog):
    """Present password (or recovery key), then the new one twice."""

    def __init__(self, theme: Theme, opinion: Callable[[str], tuple[int, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opinion = opinion
        self.setWindowTitle("Changer le mot de passe")
        self.resize(theme.px(460), theme.px(380))
        layout = column(self, margins=20, gap=8)
        self.titre = make_label("Changer le mot de passe", "title", wrap=True)
        self.explication = make_label(
            "Le dossier n’est pas chiffré de nouveau. Les sauvegardes déjà faites s’ouvrent toujours avec l’ancien.",
            "small",
            wrap=True,
        )
        layout.addWidget(self.titre)
        layout.addWidget(self.explication)
        self.du_nouveau: list[QWidget] = []
        self.de_l_actuel: list[QWidget] = []
        self.actuel = self._field("Mot de passe actuel, ou clé de secours")
        self.nouveau = self._field("Nouveau mot de passe", du_nouveau=True)
        self.solidite = StrengthMeter(theme)
        self.avis = make_label(role="small", wrap=True)
        layout.addWidget(self.solidite)
        layout.addWidget(self.avis)
        self.confirmation = self._field("Le nouveau, une seconde fois", du_nouveau=True)
        self.du_nouveau += [self.solidite, self.avis]
        layout.addStretch(1)
        end = row(gap=8)
        self.annuler = make_button(theme, "Annuler", self.reject)
        self.changer = make_button(theme, "Changer le mot de passe", self.accept, kind="primary")
        end.addStretch(1)
        end.addWidget(self.annuler)
        end.addWidget(self.changer)
        layout.addLayout(end)
        for field in (self.actuel, self.nouveau, self.confirmation):
            field.textChanged.connect(self._typed)
        self._typed("")

    @classmethod
    def for_secret(cls, theme: Theme, parent: QWidget | None = None, *, psyen: bool = False) -> MotDePasseDialog:
        """The same question without the new password: only the present one is asked."""
        dialog = cls(theme, lambda _text: (2, ""), parent)
        dialog.setWindowTitle("Refaire la clé de secours")
        dialog.titre.setText("Refaire la clé de secours")
        dialog.explication.setText("La clé précédente n’ouvrira plus ce dossier.")
        dialog.changer.setText("Faire une nouvelle clé")
        if psyen:
            dialog.explication.setText("La clé précédente n’ouvrira plus les notes du psyEN.")
        for widget in dialog.du_nouveau:
            widget.hide()
        return dialog

    @classmethod
    def for_export(cls, theme: Theme, nom: str, parent: QWidget | None = None) -> MotDePasseDialog:
        """The secret of an exported dossier: only that one is asked."""
        dialog = cls.for_secret(theme, parent)
        dialog.setWindowTitle("Importer un dossier exporté")
        dialog.titre.setText("Importer un dossier exporté")
        dialog.explication.setText(f"Le mot de passe de «{NNBSP}{nom}{NNBSP}» sur l’ordinateur d’où il vient.")
        dialog.changer.setText("Importer le dossier")
        return dialog

    @classmethod
    def for_psyen(
        cls,
        theme: Theme,
        opinion: Callable[[str], tuple[int, str]],
        parent: QWidget | None = None,
        *,
        new: bool = False,
    ) -> MotDePasseDialog:
        """The password of the psyEN's notes: changed, or chosen for the first time."""
        dialog = cls(theme, opinion, parent)
        title = "Choisir le mot de passe des notes du psyEN" if new else "Changer le mot de passe des notes du psyEN"
        dialog.setWindowTitle(title)
        dialog.titre.setText(title)
        dialog.explication.setText(
            "Le psyEN le choisit seul. Il doit différer de celui du dossier. Une clé de secours sera montrée ensuite."
            if new
            else "Les notes ne sont pas chiffrées de nouveau. Les sauvegardes déjà faites s’ouvrent avec l’ancien."
        )
        if new:
            dialog.changer.setText("Choisir ce mot de passe")
            for widget in dialog.de_l_actuel:
                widget.hide()
            dialog._typed("")
            dialog.nouveau.setFocus()
        return dialog

    def said(self) -> tuple[str, str]:
        """Present secret and new password."""
        return self.actuel.text(), self.nouveau.text()

    def _field(self, name: str, *, du_nouveau: bool = False) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        label = make_label(name, "strong", wrap=True)
        label.setBuddy(field)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(label)
            layout.addWidget(field)
        (self.du_nouveau if du_nouveau else self.de_l_actuel).extend((label, field))
        return field

    def _typed(self, _text: str) -> None:
        level, sentence = self._opinion(self.nouveau.text())
        self.solidite.show_level(level, sentence)
        self.avis.setText(sentence if self.nouveau.text() else "Quatre mots sans rapport entre eux.")
        same = self.nouveau.text() == self.confirmation.text()
        self.changer.setEnabled((bool(self.actuel.text()) or self.actuel.isHidden()) and level > 1 and same)


def _signs(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())

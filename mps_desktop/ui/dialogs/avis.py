"""Why the teacher states another class than the estimate: a reason and a name, both kept with the date."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import VoeuLigne
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_label, row
from mps_desktop.ui.widgets.marks import LIBELLES, ClassBadge

MOTIF_MAX = 500


class AvisDialog(QDialog):
    """Reason and author; the button waits for a reason."""

    def __init__(
        self, theme: Theme, ligne: VoeuLigne, classe: str, auteur: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Votre avis sur un vœu")
        self.resize(theme.px(520), theme.px(360))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label(ligne.nom, "title", wrap=True))
        line = row(gap=10)
        line.addWidget(ClassBadge(theme, classe))
        estimated = f"estimé {ligne.estimee}" if ligne.estimee in ("A+", "A", "B") else "sans estimation"
        line.addWidget(make_label(f"Vous le jugez {LIBELLES[classe]} ({estimated}).", tone="ink2", wrap=True), 1)
        layout.addLayout(line)
        self.motif = QPlainTextEdit(ligne.motif)
        self.motif.setAccessibleName("Motif de votre avis")
        self.motif.setPlaceholderText("Ce que vous savez et que les chiffres ne disent pas")
        self.motif.setTabChangesFocus(True)
        self.auteur = QLineEdit(ligne.auteur or auteur)
        self.auteur.setAccessibleName("Auteur de l’avis")
        self.auteur.setPlaceholderText("Nom et fonction")
        self.auteur.setMaxLength(200)
        for title, field, stretch in (("Motif", self.motif, 1), ("Auteur", self.auteur, 0)):
            label = make_label(title, "strong")
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field, stretch)
        note = f"L’élève et sa famille peuvent demander à lire ce motif{NNBSP}: des faits, sans jugement."
        layout.addWidget(make_label(note, "small", wrap=True))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.garder = QPushButton("Enregistrer l’avis")
        self.garder.setProperty("kind", "primary")
        self.buttons.addButton(self.garder, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self.motif.textChanged.connect(self._typed)
        self._typed()
        self.motif.setFocus()

    @classmethod
    def ask(
        cls, theme: Theme, ligne: VoeuLigne, classe: str, auteur: str, parent: QWidget | None = None
    ) -> tuple[str, str] | None:
        """Reason and author; None when the user gave up."""
        dialog = cls(theme, ligne, classe, auteur, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        said = dialog.said() if accepted else None
        dialog.deleteLater()
        return said

    def said(self) -> tuple[str, str]:
        """Reason and author, as typed."""
        return self.motif.toPlainText().strip(), self.auteur.text().strip()

    def _typed(self) -> None:
        text = self.motif.toPlainText()
        if len(text) > MOTIF_MAX:
            self.motif.setPlainText(text[:MOTIF_MAX])
            return
        self.garder.setEnabled(bool(text.strip()))

"""What is handed over to a student: everything kept about him, and the psyEN's notes only if the psyEN ticks it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from mps_desktop.core.text import plural
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_button, make_label, row


class RemettreDialog(QDialog):
    """A box that is not ticked, and where to write.

    Args:
        nombre: notes of the psyEN about this student.
    """

    def __init__(self, theme: Theme, nombre: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Remettre à l’élève ses données")
        fit_dialog(self, theme.px(520), theme.px(300))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Remettre à l’élève ses données", "title", wrap=True))
        layout.addWidget(
            make_label(
                "Un PDF à lire et un fichier à réutiliser, avec tout ce que le dossier conserve de lui. Ces deux "
                "fichiers ne sont pas chiffrés.",
                wrap=True,
            )
        )
        self.joindre = QCheckBox(f"Joindre {plural(nombre, 'note du psyEN', 'notes du psyEN')}")
        self.joindre.setEnabled(nombre > 0)
        layout.addWidget(self.joindre)
        self.note = make_label("Sans cette case, seul leur nombre est écrit.", "small", wrap=True)
        layout.addWidget(self.note)
        layout.addStretch(1)
        end = row(gap=8)
        self.annuler = make_button(theme, "Annuler", self.reject)
        self.ecrire = make_button(theme, "Choisir où les écrire…", self.accept, kind="primary")
        end.addStretch(1)
        end.addWidget(self.annuler)
        end.addWidget(self.ecrire)
        layout.addLayout(end)

    @classmethod
    def ask(cls, theme: Theme, nombre: int, parent: QWidget | None = None) -> bool | None:
        """Whether to join the notes; None when the user gave up."""
        dialog = cls(theme, nombre, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        joindre = dialog.joindre.isChecked()
        dialog.deleteLater()
        return joindre if accepted else None

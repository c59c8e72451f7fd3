"""Erase one student: what goes, how it comes back, what keeps him all the same."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from mps_desktop.core.text import NNBSP, join_fr, plural
from mps_desktop.services.identite import ApercuEffacement
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_bullet, make_button, make_label, row


class EffacerEleveDialog(QDialog):
    """The question, with everything that it is about. The harmless button has the focus."""

    def __init__(self, theme: Theme, apercu: ApercuEffacement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Effacer un élève")
        fit_dialog(self, theme.px(520), theme.px(300))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label(f"Effacer {apercu.eleve}{NNBSP}?", "title", wrap=True))
        self.lignes = describe(apercu)
        for text in self.lignes:
            layout.addWidget(make_bullet(text))
        self.retour = make_label(
            f"Ctrl+Z le ramène avec tout cela tant que le dossier reste ouvert{NNBSP}; ensuite, seule une sauvegarde "
            "le peut. Les sauvegardes déjà faites et les documents exportés le contiennent encore.",
            tone="ink2",
            wrap=True,
        )
        layout.addWidget(self.retour)
        layout.addStretch(1)
        end = row(gap=8)
        self.annuler = make_button(theme, "Annuler", self.reject)
        self.effacer = make_button(theme, "Effacer cet élève", self.accept, kind="primary", icon="delete-bin-line")
        self.annuler.setDefault(True)
        end.addStretch(1)
        end.addWidget(self.annuler)
        end.addWidget(self.effacer)
        layout.addLayout(end)
        self.annuler.setFocus()

    @classmethod
    def ask(cls, theme: Theme, apercu: ApercuEffacement, parent: QWidget | None = None) -> bool:
        """Whether to erase him."""
        dialog = cls(theme, apercu, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted


def describe(apercu: ApercuEffacement) -> tuple[str, ...]:
    """One sentence per thing to know."""
    lines = [f"Sont effacés{NNBSP}: {join_fr(('son identité', 'son profil', *apercu.contenu))}."]
    if apercu.notes_psyen:
        lines.append(
            f"{plural(apercu.notes_psyen, 'note')} du psyEN en {'font' if apercu.notes_psyen > 1 else 'fait'} partie"
            f"{NNBSP}: prévenez-le avant."
        )
    if apercu.classe_vide:
        lines.append(f"C’est le dernier élève de {apercu.classe_vide}{NNBSP}: la classe disparaît avec lui.")
    return tuple(lines)

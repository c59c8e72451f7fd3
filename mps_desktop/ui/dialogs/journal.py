"""Who did what and when, to read."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QWidget

from mps_desktop.services.journal import LigneJournal
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_label


class JournalDialog(QDialog):
    """The last lines, newest first."""

    def __init__(self, theme: Theme, lignes: tuple[LigneJournal, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Journal du dossier")
        fit_dialog(self, theme.px(640), theme.px(520))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Journal du dossier", "title", wrap=True))
        layout.addWidget(
            make_label(
                "Qui a fait quoi, et quand. Le journal dit quelle partie a changé, jamais ce qu’elle contenait."
                if lignes
                else "Rien n’a encore été fait dans ce dossier.",
                tone="ink2",
                wrap=True,
            )
        )
        self.liste = QListWidget()
        self.liste.setAccessibleName("Ce qui a été fait, du plus récent au plus ancien")
        for ligne in lignes:
            parts = (f"{ligne.quand:%d/%m/%Y %H:%M}", ligne.quoi, ligne.eleve, ligne.utilisateur)
            self.liste.addItem(" — ".join(part for part in parts if part))
        layout.addWidget(self.liste, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

"""Choose a backup to put back: date, why it was made, how many classes and students it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mps_desktop.core.dates import short_date
from mps_desktop.core.text import plural
from mps_desktop.services.maintenance import SauvegardeListee
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_button, make_label, row


class RestaurerDialog(QDialog):
    """List of backups and the password that opens them."""

    def __init__(self, theme: Theme, listed: tuple[SauvegardeListee, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restaurer une sauvegarde")
        self.resize(theme.px(560), theme.px(460))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Restaurer une sauvegarde", "title", wrap=True))
        layout.addWidget(
            make_label(
                "Elle prend la place du dossier. L’état actuel est gardé parmi les sauvegardes s’il se lit encore.",
                wrap=True,
            )
        )
        self.liste = QListWidget()
        self.liste.setAccessibleName("Sauvegardes, la plus récente d’abord")
        for one in listed:
            when = one.quand.astimezone()
            held = f"{plural(one.classes, 'classe')}, {plural(one.eleves, 'élève')}"
            self.liste.addItem(QListWidgetItem(f"{short_date(when.date())} à {when:%H:%M}, {one.motif} — {held}"))
        self.liste.setCurrentRow(0)
        layout.addWidget(self.liste, 1)
        label = make_label("Mot de passe de la sauvegarde, ou clé de secours", "strong", wrap=True)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName("Mot de passe de la sauvegarde")
        label.setBuddy(self.secret)
        layout.addWidget(label)
        layout.addWidget(self.secret)
        end = row(gap=8)
        self.annuler = make_button(theme, "Annuler", self.reject)
        self.restaurer = make_button(theme, "Restaurer", self.accept, kind="primary")
        end.addStretch(1)
        end.addWidget(self.annuler)
        end.addWidget(self.restaurer)
        layout.addLayout(end)
        self._numeros = tuple(one.numero for one in listed)
        self.secret.textChanged.connect(lambda text: self.restaurer.setEnabled(bool(text)))
        self.restaurer.setEnabled(False)
        self.secret.setFocus()

    @classmethod
    def ask(
        cls, theme: Theme, listed: tuple[SauvegardeListee, ...], parent: QWidget | None = None
    ) -> tuple[int, str] | None:
        """Number of the backup and its password; None when the user gave up."""
        dialog = cls(theme, listed, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        said = (dialog._numeros[dialog.liste.currentRow()], dialog.secret.text()) if accepted else None
        dialog.deleteLater()
        return said

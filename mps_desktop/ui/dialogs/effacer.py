"""Erase a past school year: what goes, what stays, and a word to type, because nothing brings it back."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QWidget

from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.purge import ApercuPurge
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_button, make_label, row

MOT = "EFFACER"


class EffacerDialog(QDialog):
    """School year, preview, confirmation."""

    def __init__(self, theme: Theme, apercus: tuple[ApercuPurge, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._apercus = apercus
        self.setWindowTitle("Effacer une année scolaire")
        fit_dialog(self, theme.px(560), theme.px(520))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Effacer une année scolaire", "title", wrap=True))
        layout.addWidget(
            make_label(
                "Les élèves de cette année sont effacés pour de bon, avec tout ce qui les concerne. Une preuve sans "
                "aucun nom est écrite à côté du dossier.",
                wrap=True,
            )
        )
        self.annee = QComboBox()
        self.annee.setAccessibleName("Année scolaire à effacer")
        self.annee.addItems([apercu.annee for apercu in apercus])
        layout.addWidget(self.annee)
        self.apercu = make_label(wrap=True)
        self.apercu.setAccessibleName("Ce qui serait effacé")
        layout.addWidget(self.apercu)
        self.sauvegardes = QCheckBox("Effacer aussi les sauvegardes")
        layout.addWidget(self.sauvegardes)
        self.copies = make_label(role="small", wrap=True)
        layout.addWidget(self.copies)
        label = make_label(f"Pour confirmer, tapez {MOT}", "strong", wrap=True)
        self.mot = QLineEdit()
        self.mot.setAccessibleName(f"Tapez {MOT} pour confirmer")
        label.setBuddy(self.mot)
        layout.addWidget(label)
        layout.addWidget(self.mot)
        layout.addStretch(1)
        end = row(gap=8)
        self.annuler = make_button(theme, "Annuler", self.reject)
        self.effacer = make_button(theme, "Effacer pour de bon", self.accept, kind="primary")
        end.addStretch(1)
        end.addWidget(self.annuler)
        end.addWidget(self.effacer)
        layout.addLayout(end)
        self.annee.currentIndexChanged.connect(lambda _index: self._show())
        self.mot.textChanged.connect(lambda _text: self._show())
        self.annuler.setDefault(True)
        self._show()
        self.annuler.setFocus()

    @property
    def choisi(self) -> ApercuPurge:
        """What is shown."""
        return self._apercus[max(0, self.annee.currentIndex())]

    @classmethod
    def ask(
        cls, theme: Theme, apercus: tuple[ApercuPurge, ...], parent: QWidget | None = None
    ) -> tuple[ApercuPurge, bool] | None:
        """What to erase and whether the backups go too; None when the user gave up."""
        dialog = cls(theme, apercus, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        said = (dialog.choisi, dialog.sauvegardes.isChecked()) if accepted else None
        dialog.deleteLater()
        return said

    def _show(self) -> None:
        apercu = self.choisi
        alone = f", dont {apercu.sans_classe} sans classe" if apercu.sans_classe else ""
        self.apercu.setText(
            f"À effacer{NNBSP}: {plural(apercu.eleves, 'élève')}{alone} "
            f"({', '.join(apercu.classes) or 'aucune classe'}), "
            f"{plural(apercu.formations_retenues, 'formation retenue', 'formations retenues')}, "
            f"{plural(apercu.voeux, 'vœu', 'vœux')}, {plural(apercu.avis, 'avis', 'avis')}, "
            f"{plural(apercu.entretiens, 'entretien')}, "
            f"{plural(apercu.decisions, 'décision de conseil', 'décisions de conseil')}.\n"
            f"Restent dans le dossier{NNBSP}: {plural(apercu.autres, 'élève')}."
        )
        self.copies.setText(
            f"{plural(len(apercu.copies), 'sauvegarde')} à côté du dossier, et celle qui est faite juste avant, "
            "contiennent ces élèves. Les copies faites ailleurs (export, clé USB, documents imprimés) restent"
            f"{NNBSP}: le logiciel ne les connaît pas."
        )
        self.effacer.setEnabled(self.mot.text().strip() == MOT and bool(apercu.eleves or apercu.classes))

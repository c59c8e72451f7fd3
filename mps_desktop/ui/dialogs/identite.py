"""Who a student is: one form, to correct somebody or to add one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mps_desktop.core.text import NNBSP, fold
from mps_desktop.services.identite import CLASSE_MAX, NIVEAUX, SEXES, Controle, Identite
from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, fit_dialog, make_button, make_label, restyle, row, scrolled
from mps_desktop.ui.widgets.choices import Dropdown


class IdentiteDialog(QDialog):
    """The form. It stays open until what was typed is written.

    Args:
        identite: what is stored, or the beginnings of somebody new.
        classes: names of the classes that exist.
        nouveau: somebody is added, not corrected.

    Signals:
        submitted: the ``Identite`` typed; whoever saves it answers with ``show_control``, ``show_failure`` or ``done``.
    """

    submitted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        identite: Identite,
        classes: tuple[str, ...],
        parent: QWidget | None = None,
        *,
        nouveau: bool = False,
    ) -> None:
        super().__init__(parent)
        self._classes = {fold(name) for name in classes}
        self.avant = identite
        self.confirmee: Identite | None = None
        self.erreurs: dict[str, QLabel] = {}
        self._libelle = "Ajouter l’élève" if nouveau else "Enregistrer"
        self.setWindowTitle("Ajouter un élève" if nouveau else "Corriger l’identité")
        self.setMinimumWidth(theme.px(320))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label(self.windowTitle(), "title", wrap=True))
        said = (
            "Pour un élève qui arrive en cours d’année. Son profil sera vide."
            if nouveau
            else "Le journal garde la date et les champs rectifiés, jamais leurs valeurs."
        )
        layout.addWidget(make_label(said, tone="ink2", wrap=True))
        self.nom, self.prenom = QLineEdit(identite.nom), QLineEdit(identite.prenom)
        self.naissance, self.ine = QLineEdit(identite.naissance), QLineEdit(identite.ine)
        self.naissance.setPlaceholderText("14/02/2009")
        self.ine.setPlaceholderText("facultatif, 11 caractères")
        self.sexe = _choices(theme, "Sexe", SEXES, identite.sexe)
        self.niveau = _choices(theme, "Niveau", NIVEAUX, identite.niveau)
        self.classe = Dropdown(theme, "Classe")
        self.classe.setEditable(True)
        self.classe.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.classe.addItems(["", *classes])
        self.classe.setCurrentText(identite.classe)
        line = self.classe.lineEdit()
        if line is not None:
            line.setMaxLength(CLASSE_MAX)
            line.setPlaceholderText("sans classe")
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addLayout(self._field("nom", "Nom de famille", self.nom), 0, 0)
        grid.addLayout(self._field("prenom", "Prénom", self.prenom), 0, 1)
        grid.addLayout(self._field("naissance", "Date de naissance", self.naissance), 1, 0)
        grid.addLayout(self._field("sexe", "Sexe", self.sexe), 1, 1)
        grid.addLayout(self._field("classe", "Classe", self.classe), 2, 0)
        grid.addLayout(self._field("niveau", "Niveau", self.niveau), 2, 1)
        grid.addLayout(self._field("ine", "INE", self.ine), 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)
        layout.addWidget(scrolled(form), 1)
        self.message = make_label(wrap=True)
        self.message.setAccessibleName("Ce qui mérite votre attention")
        self.message.hide()
        layout.addWidget(self.message)
        end = row(gap=8)
        self.annuler = make_button(theme, "Annuler", self.reject)
        self.enregistrer = make_button(theme, self._libelle, self._submit, kind="primary")
        self.enregistrer.setDefault(True)
        end.addStretch(1)
        end.addWidget(self.annuler)
        end.addWidget(self.enregistrer)
        layout.addLayout(end)
        for edit in (self.nom, self.prenom, self.naissance, self.ine):
            edit.textChanged.connect(self._typed)
        for combo in (self.sexe, self.niveau, self.classe):
            combo.currentTextChanged.connect(self._typed)
        self._typed()
        fit_dialog(self, theme.px(560), theme.px(560))
        self.nom.setFocus()

    def said(self) -> Identite:
        """What is typed."""
        return Identite(
            self.nom.text(),
            self.prenom.text(),
            self.classe.currentText(),
            self.niveau.currentData(),
            self.naissance.text(),
            self.sexe.currentData(),
            self.ine.text(),
        )

    def show_control(self, controle: Controle) -> None:
        """Tell what is wrong; warnings alone can be passed over by pressing the button again."""
        self.setEnabled(True)
        errors = dict(reversed(controle.erreurs))
        for name, label in self.erreurs.items():
            label.setText(errors.get(name, ""))
            label.setVisible(name in errors)
        self._tell("\n".join(controle.avertissements), "warning")
        if controle.erreurs:
            self._field_of(controle.erreurs[0][0]).setFocus()
        elif controle.avertissements:
            self.confirmee = self.said()
            self.enregistrer.setText(f"{self._libelle} quand même")
            self.enregistrer.setFocus()

    def show_failure(self, text: str) -> None:
        """It could not be written: what was typed stays."""
        self.setEnabled(True)
        self._tell(text, "error")

    def _submit(self) -> None:
        self.setEnabled(False)
        self.submitted.emit(self.said())

    def _typed(self, _text: str = "") -> None:
        """Something is typed: what was told of the former text no longer holds."""
        self.confirmee = None
        self.enregistrer.setText(self._libelle)
        for label in self.erreurs.values():
            label.hide()
        self.message.hide()
        classe = " ".join(self.classe.currentText().split())
        known = not classe or fold(classe) in self._classes
        self.note_classe.setText("" if known else f"Nouvelle classe{NNBSP}: elle sera créée.")
        self.note_classe.setVisible(not known)

    def _tell(self, text: str, tone: str) -> None:
        restyle(self.message, tone=tone)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _field_of(self, name: str) -> QWidget:
        fields: dict[str, QWidget] = {
            "nom": self.nom, "prenom": self.prenom, "naissance": self.naissance, "ine": self.ine,
            "classe": self.classe,
        }  # fmt: skip
        return fields.get(name, self.nom)

    def _field(self, name: str, title: str, widget: QWidget) -> QVBoxLayout:
        block = column(gap=4)
        label = make_label(title, "strong")
        label.setBuddy(widget)
        widget.setAccessibleName(title)
        block.addWidget(label)
        block.addWidget(widget)
        error = make_label(tone="error", wrap=True)
        error.hide()
        self.erreurs[name] = error
        block.addWidget(error)
        if name == "classe":
            self.note_classe = make_label(role="small", wrap=True)
            block.addWidget(self.note_classe)
        block.addStretch(1)
        return block


def _choices(theme: Theme, name: str, values: tuple[tuple[str, str], ...], chosen: str) -> Dropdown:
    box = Dropdown(theme, name)
    box.show_options([Option(code, label) for code, label in values], chosen)
    return box

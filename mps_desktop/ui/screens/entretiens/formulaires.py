"""The two forms: a meeting, a decision of the conseil. Layout, and what was typed as the record to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.services.entretiens import (
    AUTEUR_MAX,
    CONSEILS,
    SUITE_MAX,
    TEXTE_MAX,
    DecisionRecord,
    EntretienRecord,
    Feuille,
    propose_conseil,
)
from mps_desktop.services.views import Option
from mps_desktop.ui.dialogs.calendrier import DateField
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_button, make_label, row
from mps_desktop.ui.widgets.choices import Dropdown


class Formulaire(QFrame):
    """What both have: a date, who writes, two texts, what is wrong, two buttons.

    Args:
        texts: label, placeholder and lines shown of each text.
    """

    def __init__(self, theme: Theme, quoi: str, texts: tuple[tuple[str, str, int], ...]) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self._theme = theme
        self._start: Feuille | None = None
        self.unsaved = False
        layout = column(self, margins=(20, 16, 20, 18), gap=10)
        self.titre = make_label(role="strong")
        layout.addWidget(self.titre)
        self.jour = DateField(theme, f"Date {quoi}")
        self.auteur = QLineEdit()
        self.auteur.setPlaceholderText("Nom et fonction")
        self.auteur.setMaxLength(AUTEUR_MAX)
        self.auteur.setAccessibleName(f"Auteur {quoi}")
        self._first = row(gap=8)
        self._field(self._first, "Date", self.jour)
        layout.addLayout(self._first)
        self.textes: list[QPlainTextEdit] = []
        self._lines: list[int] = []
        for title, hint, lines in texts:
            label = make_label(title, tone="ink2")
            layout.addWidget(label)
            text = QPlainTextEdit()
            text.setAccessibleName(f"{title} ({quoi})")
            text.setPlaceholderText(hint)
            text.setTabChangesFocus(True)
            label.setBuddy(text)
            layout.addWidget(text)
            self.textes.append(text)
            self._lines.append(lines)
        self._rest = column(gap=10)
        layout.addLayout(self._rest)
        self.erreur = make_label(tone="error", wrap=True)
        self.erreur.hide()
        layout.addWidget(self.erreur)
        end = row(gap=8)
        self.abandonner = make_button(theme, "Abandonner", name=f"Abandonner la saisie {quoi}")
        self.enregistrer = make_button(theme, "Enregistrer", kind="primary", name=f"Enregistrer la saisie {quoi}")
        end.addStretch(1)
        end.addWidget(self.abandonner)
        end.addWidget(self.enregistrer)
        layout.addLayout(end)
        for text in self.textes:
            text.textChanged.connect(self._typed)
        theme.changed.connect(self._fit)
        self.hide()

    def show_feuille(self, titre: str, feuille: Feuille, *, unsaved: bool = False) -> None:
        """Fill the form; the id of what it shows tells what is corrected.

        Args:
            unsaved: it could not be written: it counts as typed.
        """
        self.titre.setText(titre)
        self._start = feuille
        self.unsaved = unsaved
        self.jour.show_day(feuille.jour)
        self.auteur.setText(feuille.auteur)
        self._fill(feuille)
        self._fit()
        self._typed()
        self.show()
        self.textes[0].setFocus()

    def put_away(self) -> None:
        """Hide it; nothing of a text stays, its own undo history neither."""
        self._start = None
        self.unsaved = False
        self.hide()
        for text in self.textes:
            text.clear()
        for line in self.findChildren(QLineEdit):
            line.setText("")

    @property
    def start(self) -> Feuille | None:
        """What it was opened on, None when it is put away."""
        return self._start

    def said(self, default: date | None) -> Feuille | None:
        """What is typed, as it would be kept; None when the form is put away.

        Args:
            default: day instead of one that does not read; None = refuse it.

        Raises:
            EnvironmentFault: a date does not read, and there is no default.
        """
        if self._start is None:
            return None
        jour = _day(self.jour, default, strict=default is None) or self._start.jour
        return self._read(replace(self._start, jour=jour, auteur=self.auteur.text()))

    def refuse(self, exc: EnvironmentFault) -> None:
        """Say what is wrong."""
        self.erreur.setText(str(exc))
        self.erreur.show()

    def _field(self, line: QHBoxLayout, title: str, field: QWidget, stretch: int = 0) -> QLabel:
        label = make_label(title, tone="ink2")
        label.setBuddy(field)
        line.addWidget(label)
        line.addWidget(field, stretch)
        return label

    def _order(self, *fields: QWidget) -> None:
        """Tab goes through the fields as they are read, then to the buttons."""
        chain = (*fields, self.abandonner, self.enregistrer)
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)

    def _typed(self) -> None:
        longest = max(len(text.toPlainText().strip()) for text in self.textes)
        self.erreur.setText(f"{longest} caractères, au-delà des {TEXTE_MAX} permis{NNBSP}: coupez en deux.")
        self.erreur.setVisible(longest > TEXTE_MAX)

    def _fit(self) -> None:
        """Lengths that follow the size of the text: a date that is whole, lines that show."""
        px = self._theme.px
        for field in self.findChildren(DateField):
            field.setFixedWidth(px(124))
        for text, lines in zip(self.textes, self._lines, strict=True):
            text.setFixedHeight(text.fontMetrics().lineSpacing() * lines + px(16))

    def _fill(self, feuille: Feuille) -> None:
        raise NotImplementedError

    def _read(self, feuille: Feuille) -> Feuille:
        raise NotImplementedError


class EntretienForm(Formulaire):
    """A meeting."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            "de l’entretien",
            (
                ("Ce qui a été dit", "Les faits et les projets, en mots que l’élève peut lire", 5),
                ("Ce qui a été décidé", "", 2),
            ),
        )
        self._field(self._first, "Avec", self.auteur, 1)
        self.auteur.setAccessibleName("Avec qui l’entretien a eu lieu, nom et fonction")
        self.suite = QLineEdit()
        self.suite.setMaxLength(SUITE_MAX)
        self.suite.setAccessibleName("Prochaine action")
        self.suite.setPlaceholderText("Qui fait quoi")
        self.echeance = DateField(theme, "Date de la prochaine action")
        self.faite = QCheckBox("Faite")
        self.faite.setAccessibleName("La prochaine action est faite")
        line = row(gap=8)
        self._field(line, "Prochaine action", self.suite, 1)
        self._field(line, "pour le", self.echeance)
        line.addWidget(self.faite)
        self._rest.addLayout(line)
        self._order(self.jour, self.auteur, *self.textes, self.suite, self.echeance, self.faite)

    def said(self, default: date | None) -> Feuille | None:
        """With the date of the next action."""
        said = super().said(default)
        if isinstance(said, EntretienRecord):
            return replace(said, echeance=_day(self.echeance, None, strict=default is None))
        return said

    def _fill(self, feuille: Feuille) -> None:
        if isinstance(feuille, EntretienRecord):
            self.textes[0].setPlainText(feuille.notes)
            self.textes[1].setPlainText(feuille.decisions)
            self.suite.setText(feuille.suite)
            self.echeance.show_day(feuille.echeance)
            self.faite.setChecked(feuille.suite_faite)

    def _read(self, feuille: Feuille) -> Feuille:
        if not isinstance(feuille, EntretienRecord):
            return feuille
        notes, decisions = (text.toPlainText() for text in self.textes)
        return replace(
            feuille,
            notes=notes,
            decisions=decisions,
            suite=self.suite.text(),
            suite_faite=self.faite.isChecked(),
        )


class DecisionForm(Formulaire):
    """A decision of the conseil."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            "de la décision",
            (("Avis du conseil", "Imprimé sur la page de l’élève", 4), ("Décision, suite à donner", "", 2)),
        )
        self.conseil = Dropdown(theme, "Conseil de classe")
        self._field(self._first, "Conseil", self.conseil)
        self._first.addStretch(1)
        line = row(gap=8)
        self._field(line, "Noté par", self.auteur, 1)
        self._rest.addLayout(line)
        self._order(self.jour, self.conseil, *self.textes, self.auteur)

    def _fill(self, feuille: Feuille) -> None:
        if isinstance(feuille, DecisionRecord):
            own = (feuille.conseil,) if feuille.conseil and feuille.conseil not in CONSEILS else ()
            self.conseil.show_options(
                [Option(nom, nom) for nom in (*CONSEILS, *own)], feuille.conseil or propose_conseil(feuille.jour)
            )
            self.textes[0].setPlainText(feuille.avis)
            self.textes[1].setPlainText(feuille.decision)

    def _read(self, feuille: Feuille) -> Feuille:
        if not isinstance(feuille, DecisionRecord):
            return feuille
        avis, decision = (text.toPlainText() for text in self.textes)
        return replace(feuille, conseil=self.conseil.currentText(), avis=avis, decision=decision)


def _day(field: DateField, default: date | None, *, strict: bool) -> date | None:
    try:
        return field.day()
    except EnvironmentFault:
        if strict:
            raise
        return default

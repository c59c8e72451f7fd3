"""Layout of the meetings and decisions of one student: newest first, the forms above them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QToolButton, QWidget

from mps_desktop.core.dates import short_date
from mps_desktop.core.text import NNBSP, french_spaces, plural
from mps_desktop.services.entretiens import DecisionRecord, EntretienRecord, Feuille, FeuillesEleve
from mps_desktop.ui.screens.entretiens.formulaires import DecisionForm, EntretienForm
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import (
    add,
    clear,
    column,
    grow,
    make_button,
    make_icon,
    make_icon_button,
    make_label,
    panel,
    row,
    scrolled,
)
from mps_desktop.ui.widgets.onglet import Onglet
from mps_desktop.ui.widgets.states import EmptyState, LoadingState

LECTURE, VIDE, LISTE = "lecture", "vide", "liste"
_DROIT = (
    "L’élève et ses responsables peuvent demander à lire tout ce qui est écrit ici (droit d’accès). "
    "Ce que le psyEN est seul à lire s’écrit dans l’onglet Notes du psyEN."
)
_RIEN = (
    "Gardez ici ce qui s’est dit avec l’élève, ce qui est à faire ensuite et pour quand, puis l’avis et la décision du "
    "conseil : ils sont imprimés sur sa page du document de conseil."
)


class EntretiensView(Onglet):
    """Cards under two forms.

    Signals:
        edit_asked, erase_asked: the meeting or the decision.
        done_asked: a meeting, and whether its next action is done.
    """

    edit_asked = Signal(object)
    erase_asked = Signal(object)
    done_asked = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.feuilles: tuple[Feuille, ...] = ()
        content = QWidget()
        layout = column(content, margins=(24, 16, 24, 24), gap=16)
        layout.addLayout(self._head())
        self.entretien = EntretienForm(theme)
        self.decision = DecisionForm(theme)
        layout.addWidget(self.entretien)
        layout.addWidget(self.decision)
        self.vide = EmptyState(theme, "question-answer-line", "Rien de noté pour cet élève", french_spaces(_RIEN))
        self._faces = {LECTURE: LoadingState("Lecture des entretiens…"), VIDE: self.vide, LISTE: self._list()}
        for face in self._faces.values():  # no stack: the list must not be as high as the others
            layout.addWidget(face)
        self._show_face(LECTURE)
        layout.addStretch(1)
        self._area = scrolled(content)
        column(self).addWidget(self._area)

    def show_feuilles(self, read: FeuillesEleve, today: date) -> None:
        """Show what is kept about a student, newest first; a decision before the meeting of the same day."""
        both: list[Feuille] = [*read.decisions, *read.entretiens]
        self.feuilles = tuple(sorted(both, key=lambda feuille: feuille.jour, reverse=True))
        clear(self._cards)
        for feuille in self.feuilles:
            card = self._entretien(feuille, today) if isinstance(feuille, EntretienRecord) else self._decision(feuille)
            add(self._cards, card)
        due = [e for e in read.entretiens if e.suite and not e.suite_faite]
        late = sum(e.echeance is not None and e.echeance < today for e in due)
        said = f"{plural(len(due), 'action')} à faire" + (f", dont {late} en retard" if late else "")
        self.a_faire.setText(said if due else "Aucune action à faire")
        self._show_face(LISTE if both else VIDE)
        self.relayout()

    def show_reading(self) -> None:
        """Nothing is known yet of this student."""
        self.feuilles = ()
        clear(self._cards)
        self.a_faire.setText("")
        self._show_face(LECTURE)

    def relayout(self) -> None:
        """Lay out now what was shown or put away."""
        writing = not (self.entretien.isHidden() and self.decision.isHidden())
        self.noter.setEnabled(not writing)
        self.noter_decision.setEnabled(not writing)
        grow(self._area)

    @property
    def face(self) -> str:
        """What is shown: being read, nothing, the list."""
        return next(name for name, widget in self._faces.items() if not widget.isHidden())

    def _show_face(self, name: str) -> None:
        for face, widget in self._faces.items():
            widget.setVisible(face == name)

    def _head(self) -> QBoxLayout:
        line = row(gap=8)
        words = column(gap=2)
        words.addWidget(make_label("Entretiens et décisions du conseil", "section", wrap=True))
        self.droit = make_label(french_spaces(_DROIT), "small", wrap=True)
        words.addWidget(self.droit)
        line.addLayout(words, 1)
        self.noter = make_button(self._theme, "Noter un entretien", icon="add-line", kind="primary")
        self.noter_decision = make_button(self._theme, "Noter une décision", icon="add-line")
        for button in (self.noter, self.noter_decision):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _list(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=12)
        self.a_faire = make_label(tone="ink2", wrap=True)
        layout.addWidget(self.a_faire)
        self._cards = column(gap=12)
        layout.addLayout(self._cards)
        return holder

    def _entretien(self, entretien: EntretienRecord, today: date) -> QFrame:
        card, layout = self._card(entretien, "question-answer-line", "Entretien", "l’entretien")
        if entretien.notes:
            layout.addWidget(make_label(entretien.notes, wrap=True))
        self._part(layout, "Décidé", entretien.decisions)
        if entretien.suite:
            layout.addWidget(self._suite(entretien, today))
        return card

    def _decision(self, decision: DecisionRecord) -> QFrame:
        title = f"Conseil de classe, {decision.conseil}"
        card, layout = self._card(decision, "government-line", title, "la décision")
        self._part(layout, "Avis", decision.avis)
        self._part(layout, "Décision, suite à donner", decision.decision)
        return card

    def _part(self, layout: QBoxLayout, title: str, texte: str) -> None:
        if texte:
            part = column(gap=0)
            part.addWidget(make_label(title, "small"))
            part.addWidget(make_label(texte, wrap=True))
            layout.addLayout(part)

    def _suite(self, entretien: EntretienRecord, today: date) -> QWidget:
        """The next action: a box to tick, what, and when; late is said in words too."""
        holder = panel("inset")
        line = row(holder, margins=(10, 8, 10, 8), gap=8)
        box = QCheckBox()
        box.setChecked(entretien.suite_faite)
        box.setAccessibleName(f"Action faite{NNBSP}: {entretien.suite}")
        box.setToolTip("Cochez quand c’est fait")
        box.toggled.connect(lambda done: self.done_asked.emit(entretien, done))
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(make_label(entretien.suite, "" if entretien.suite_faite else "strong", wrap=True))
        when = f"pour le {short_date(entretien.echeance)}" if entretien.echeance is not None else "sans date"
        late = entretien.echeance is not None and entretien.echeance < today and not entretien.suite_faite
        state = "faite" if entretien.suite_faite else "en retard" if late else "à faire"
        words.addWidget(
            make_label(f"Prochaine action, {when}{NNBSP}: {state}", "" if late else "small", "error" * late)
        )
        line.addLayout(words, 1)
        return holder

    def _card(self, feuille: Feuille, icon: str, title: str, what: str) -> tuple[QFrame, QBoxLayout]:
        card = panel()
        layout = column(card, margins=(20, 12, 14, 16), gap=8)
        quand = short_date(feuille.jour)
        line = row(gap=8)
        line.addWidget(make_icon(self._theme, icon, "ink2"))
        line.addWidget(make_label(quand, "strong"))
        line.addWidget(make_label(" · ".join(part for part in (title, feuille.auteur) if part), "small", wrap=True), 1)
        line.addWidget(self._act("edit-line", f"Corriger {what} du {quand}", self.edit_asked.emit, feuille))
        line.addWidget(self._act("delete-bin-line", f"Effacer {what} du {quand}", self.erase_asked.emit, feuille))
        layout.addLayout(line)
        return card, layout

    def _act(self, icon: str, name: str, act: Callable[[Feuille], None], feuille: Feuille) -> QToolButton:
        return make_icon_button(self._theme, icon, name, lambda: act(feuille))

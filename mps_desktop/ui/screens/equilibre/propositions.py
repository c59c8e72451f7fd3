"""What would balance the list: proposals to accept with one click, and what none could be found for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from mps_desktop.core.text import NBSP
from mps_desktop.services.views import EquilibreVue, PropositionLigne
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import (
    add,
    clear,
    column,
    make_bullet,
    make_button,
    make_icon,
    make_label,
    panel,
    row,
    rule,
)
from mps_desktop.ui.widgets.marks import ClassBadge


class PropositionRow(QFrame):
    """One proposal: what, where, what it settles, a button.

    Signals:
        accepted: the user takes it.
    """

    accepted = Signal()

    def __init__(self, theme: Theme, ligne: PropositionLigne, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ligne = ligne
        voeu = ligne.voeu
        name = f"{voeu.nom}, {ligne.formation}" if voeu else ligne.formation
        self.setAccessibleName(f"Proposition, {name}")
        line = row(self, margins=(0, 8, 0, 8), gap=12)
        if voeu:
            line.addWidget(ClassBadge(theme, voeu.classe), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(make_label(voeu.nom if voeu else ligne.formation, "strong", wrap=True))
        distance = "" if voeu is None or voeu.distance_km is None else f"{voeu.distance_km}{NBSP}km"
        parts = (ligne.formation, voeu.commune, distance, voeu.estimation) if voeu else ()
        if parts:
            words.addWidget(make_label("  ·  ".join(filter(None, parts)), tone="ink2", wrap=True))
        source = "nouvelle formation, bien classée dans les suggestions" if ligne.nouvelle else "formation déjà retenue"
        words.addWidget(make_label("  ·  ".join(filter(None, (source, ligne.ou))), "small", wrap=True))
        for resout in ligne.resout:
            solved = row(gap=6)
            solved.addWidget(make_icon(theme, "check-line", "success", 16), 0, Qt.AlignmentFlag.AlignTop)
            solved.addWidget(make_label(resout, "small", wrap=True), 1)
            words.addLayout(solved)
        line.addLayout(words, 1)
        self.ajouter: QPushButton = make_button(
            theme, "Ajouter", self.accepted.emit, icon="add-line", name=f"Ajouter la proposition, {name}"
        )
        line.addWidget(self.ajouter, 0, Qt.AlignmentFlag.AlignTop)


class PropositionsPanel(QFrame):
    """The proposals of a list.

    Signals:
        accepted: the ``PropositionLigne`` taken.
    """

    accepted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[PropositionRow] = []
        self.setProperty("panel", "card")
        self.setAccessibleName("Propositions pour équilibrer la liste")
        layout = column(self, margins=(16, 12, 16, 12), gap=6)
        layout.addWidget(make_label("Pour équilibrer la liste", "section"))
        self.message = make_label(tone="ink2", wrap=True)
        layout.addWidget(self.message)
        self._list = column(gap=0)
        layout.addLayout(self._list)
        self._refus = column(gap=3)
        layout.addLayout(self._refus)

    def show_propositions(self, vue: EquilibreVue) -> None:
        """Show the proposals of another list."""
        clear(self._list)
        clear(self._refus)
        self.rows = []
        for ligne in vue.propositions:
            add(self._list, rule())
            line = PropositionRow(self._theme, ligne)
            line.accepted.connect(lambda ligne=ligne: self.accepted.emit(ligne))
            add(self._list, line)
            self.rows.append(line)
        if vue.refus:
            add(self._refus, panel("line"))
            add(self._refus, make_label("Sans proposition", "strong"))
        for refus in vue.refus:
            add(self._refus, make_bullet(refus, "small"))
        intro = "Des idées à discuter : l’élève et vous décidez. Chaque ajout peut être annulé (Ctrl+Z)."
        self.message.setText(intro.replace(" :", "\u202f:") if vue.propositions else vue.message_propositions)
        self.message.setVisible(bool(self.message.text()))
        self.setVisible(bool(vue.propositions or vue.refus or vue.message_propositions))

"""Layout of the suggestions tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mps_desktop.core.text import plural
from mps_desktop.services.views import Option, SuggestionLigne
from mps_desktop.ui.screens.suggestions.suggestion_card import SuggestionCard
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import Fold
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import add, clear, column, grow, make_button, make_label, row, scrolled
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile


class SuggestionsView(QWidget):
    """Cards, best first; what is hidden is at the end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: dict[str, SuggestionCard] = {}
        self.perime = Banner(theme, (24, 16, 24, 0))
        self.titre = make_label(tone="ink2", wrap=True)
        content = QWidget()
        layout = column(content, margins=(24, 16, 24, 24), gap=12)
        self.et_si = make_button(theme, "Et si…", icon="equalizer-line", name="Et si l’élève changeait une réponse")
        head = row(gap=12)
        head.addWidget(self.titre, 1)
        head.addWidget(self.et_si, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self._list = column(gap=10)
        layout.addLayout(self._list)
        hidden = QWidget()
        self._hidden = column(hidden, margins=(16, 0, 0, 0), gap=4)
        self.masquees = Fold(theme, "Formations masquées", hidden)
        layout.addWidget(self.masquees)
        layout.addStretch(1)
        self.area = scrolled(content)
        self.vide = EmptyState(
            theme, "lightbulb-line", "Pas encore de suggestion", "", "Compléter le profil", lambda: None
        )
        self.pile = Pile(
            liste=self.area,
            vide=self.vide,
            chargement=LoadingState("Calcul des suggestions… La première fois prend quelques secondes."),
        )
        outer = column(self)
        outer.addWidget(self.perime)
        outer.addWidget(self.pile, 1)

    def show_cards(self, lignes: tuple[SuggestionLigne, ...]) -> None:
        """Show other suggestions."""
        clear(self._list)
        self.cards = {}
        self.titre.setText(
            f"{plural(len(lignes), 'formation')} proches du profil, en variant les types. "
            "Une affinité ne dit rien des chances d’admission."
        )
        best = max((ligne.affinite for ligne in lignes), default=1.0)
        for ligne in lignes:
            card = SuggestionCard(self._theme, ligne, best)
            add(self._list, card)
            self.cards[ligne.formation_id] = card
        grow(self.area)
        self.area.verticalScrollBar().setValue(0)

    def show_hidden(self, hidden: tuple[Option, ...]) -> tuple[QWidget, ...]:
        """Show the formations hidden by the student; returns their restore buttons, in order."""
        clear(self._hidden)
        self.masquees.setVisible(bool(hidden))
        self.masquees.show_count(len(hidden))
        buttons: list[QWidget] = []
        for option in hidden:
            holder = QWidget()
            line = row(holder, gap=8)
            line.addWidget(make_label(option.libelle, wrap=True), 1)
            button = make_button(
                self._theme, "Restaurer", kind="ghost", icon="eye-line", name=f"Restaurer, {option.libelle}"
            )
            line.addWidget(button)
            add(self._hidden, holder)
            buttons.append(button)
        grow(self.area)
        return tuple(buttons)

"""Layout of the suggestions tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from mps_desktop.core.text import plural
from mps_desktop.services.views import Option, SuggestionLigne
from mps_desktop.ui.screens.fiche.fiche_view import FicheView
from mps_desktop.ui.screens.suggestions.suggestion_card import SuggestionCard
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import Fold
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import add, clear, column, grow, make_button, make_label, row, scrolled, share_out
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

_LARGE = 980


class SuggestionsView(QWidget):
    """Cards, best first, what is hidden at the end; the fiche of one of them beside.

    Where two columns have no room, the fiche takes the place of the cards until it is closed.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: dict[str, SuggestionCard] = {}
        self.perime = Banner(theme, (24, 16, 24, 0))
        self.titre = make_label(tone="ink2", wrap=True)
        content = QWidget()
        layout = column(content, margins=(24, 16, 24, 24), gap=12)
        layout.addWidget(self.titre)
        self._list = column(gap=10)
        layout.addLayout(self._list)
        hidden = QWidget()
        self._hidden = column(hidden, margins=(16, 0, 0, 0), gap=4)
        self.masquees = Fold(theme, "Formations masquées", hidden)
        layout.addWidget(self.masquees)
        layout.addStretch(1)
        self.area = scrolled(content)
        self.fiche = FicheView(theme, "Choisissez une formation à gauche pour lire sa fiche.")
        self.fermer = make_button(
            theme, "Retour aux suggestions", self.close_fiche, kind="ghost", icon="list-unordered"
        )
        reading = QWidget()
        beside = column(reading)
        self._closing = QWidget()
        closing = row(self._closing, margins=(16, 8, 16, 0))
        closing.addWidget(self.fermer)
        closing.addStretch(1)
        beside.addWidget(self._closing)
        beside.addWidget(self.fiche, 1)
        self._reading = reading
        self._open = False
        self.partage = QSplitter(Qt.Orientation.Horizontal)
        self.partage.setChildrenCollapsible(False)
        self.partage.addWidget(self.area)
        self.partage.addWidget(reading)
        share_out(self.partage, 2, 3)
        self.vide = EmptyState(
            theme, "lightbulb-line", "Pas encore de suggestion", "", "Compléter le profil", lambda: None
        )
        self.pile = Pile(
            liste=self.partage,
            vide=self.vide,
            chargement=LoadingState("Calcul des suggestions… La première fois prend quelques secondes."),
        )
        outer = column(self)
        outer.addWidget(self.perime)
        outer.addWidget(self.pile, 1)
        self._arrange()

    @property
    def wide(self) -> bool:
        """Cards and fiche are side by side."""
        return self.width() >= self._theme.px(_LARGE)

    def open_fiche(self) -> None:
        """Show the fiche, instead of the cards where there is no room for both."""
        self._open = True
        self._arrange()

    def close_fiche(self) -> None:
        """Back to the cards."""
        self._open = False
        self._arrange()
        chosen = next((card for card in self.cards.values() if card.choisie), None)
        if chosen is not None:
            chosen.ouvrir.setFocus()

    def mark(self, formation_id: str) -> None:
        """Tell which card the fiche is about."""
        for code, card in self.cards.items():
            card.show_choisie(code == formation_id)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """One column where two have no room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._closing.setVisible(not self.wide)
        self.area.setVisible(self.wide or not self._open)
        self._reading.setVisible(self.wide or self._open)

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

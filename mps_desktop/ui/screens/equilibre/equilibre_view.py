"""Layout of the wishes and balance tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import CompteurLigne, ConstatLigne, EquilibreVue, FavoriLigne
from mps_desktop.ui.screens.equilibre.favori_card import FavoriCard
from mps_desktop.ui.screens.equilibre.propositions import PropositionsPanel
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import Fold
from mps_desktop.ui.widgets.balance import BalanceColumns, describe_balance
from mps_desktop.ui.widgets.basics import (
    add,
    clear,
    column,
    grow,
    make_bullet,
    make_button,
    make_icon,
    make_label,
    panel,
    row,
    scrolled,
)
from mps_desktop.ui.widgets.gauge import Gauge
from mps_desktop.ui.widgets.search_field import SearchField
from mps_desktop.ui.widgets.states import EmptyState

_LARGE = 860
_GRAVITES = {1: ("information-line", "info"), 2: ("alert-line", "warning"), 3: ("error-warning-line", "error")}


class EquilibreView(QWidget):
    """The selection and the proposals on the left, its balance and findings on the right.

    Signals:
        geste_asked: the ``ConstatLigne`` whose button was pressed.
    """

    geste_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: dict[str, FavoriCard] = {}
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(24, 16, 24, 24)
        self._columns.setSpacing(16)
        left = column(gap=12)
        self.recherche = SearchField(theme, "Ajouter une formation à la sélection")
        self.coller = make_button(theme, "Coller les vœux", icon="clipboard-line")
        self.coller.setToolTip("Ajouter les vœux copiés depuis l’écran du candidat sur Parcoursup (Ctrl+A, Ctrl+C)")
        top = row(gap=8)
        top.addWidget(self.recherche, 1)
        top.addWidget(self.coller, 0, Qt.AlignmentFlag.AlignTop)
        left.addLayout(top)
        self._list = column(gap=12)
        left.addLayout(self._list)
        self.vide = EmptyState(
            theme,
            "star-line",
            "Aucune formation retenue",
            "Prenez-en dans les suggestions, ou cherchez une formation par son nom ci-dessus.",
            "Voir les suggestions",
            lambda: None,
        )
        left.addWidget(self.vide)
        self.propositions = PropositionsPanel(theme)
        left.addWidget(self.propositions)
        left.addStretch(1)
        self._columns.addLayout(left, 1)
        self._side = self._diagnosis()
        self._columns.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self.area = scrolled(content)
        column(self).addWidget(self.area)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """The balance goes above the list when there is no room beside it."""
        wide = self.width() >= self._theme.px(_LARGE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
            self._columns.setAlignment(self._side, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))
        self._side.setMinimumWidth(self._theme.px(310) if wide else 0)
        self._side.setMaximumWidth(self._theme.px(310) if wide else 16_777_215)
        super().resizeEvent(event)

    def show_favoris(self, favoris: tuple[FavoriLigne, ...], build: Callable[[FavoriLigne], FavoriCard]) -> None:
        """Show other formations; the cards that say the same are kept, the focus stays where it was."""
        focused = self.focusWidget()
        inside = focused is not None and any(card.isAncestorOf(focused) for card in self.cards.values())
        name = focused.accessibleName() if inside and focused is not None else ""
        kept: dict[str, FavoriCard] = {}
        for favori in favoris:
            card = self.cards.get(favori.formation_id)
            same = card is not None and replace(card.favori, note="") == replace(favori, note="")
            kept[favori.formation_id] = card if same and card is not None else build(favori)
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in kept.values():
                widget.hide()
                widget.deleteLater()
        self.cards = kept
        for card in kept.values():
            add(self._list, card)
        self.vide.setVisible(not kept)
        grow(self.area)
        if name:
            self._focus(name)

    def _focus(self, name: str) -> None:
        for card in self.cards.values():
            for widget in card.findChildren(QWidget):
                if widget.accessibleName() == name:
                    widget.setFocus()
                    return

    def show_diagnosis(self, vue: EquilibreVue) -> None:
        """Show the balance, the milestone, the findings and the sources."""
        self.balance.show_balance(vue.comptes, vue.ecarts)
        self.balance.setToolTip(describe_balance(vue.comptes, vue.ecarts))
        unknown = vue.comptes.get("?", 0)
        self.inconnus.setText(f"Sans estimation possible (?){NNBSP}: {unknown}" if unknown else "")
        self.inconnus.setVisible(bool(unknown))
        role = "success" if vue.jalon.atteint else "faint"
        self._theme.set_icon(self._icone_jalon, "checkbox-circle-line" if vue.jalon.atteint else "flag-line", role)
        self.jalon.setText(vue.jalon.phrase)
        self.echeance.setText(vue.jalon.echeance)
        self.echeance.setVisible(bool(vue.jalon.echeance) and not vue.jalon.atteint)
        self._show_chance(vue)
        self.propositions.show_propositions(vue)
        clear(self._manques)
        for manque in vue.jalon.manques:
            add(self._manques, make_bullet(manque, "small"))
        clear(self._constats)
        for constat in vue.constats:
            add(self._constats, self._constat(constat))
        if not vue.constats:
            add(self._constats, make_label("Rien à signaler dans cette liste.", tone="success", wrap=True))
        clear(self._sources)
        for source in vue.sources:
            add(self._sources, make_label(source, "small", wrap=True))
        grow(self.area)

    def show_propositions_first(self) -> None:
        """Bring the proposals into view, the focus on the first one."""
        self.area.ensureWidgetVisible(self.propositions)
        if self.propositions.rows:
            self.propositions.rows[0].ajouter.setFocus()

    def _show_chance(self, vue: EquilibreVue) -> None:
        self.chance.setText(vue.chance[:1].upper() + vue.chance[1:])
        self.chance_note.setText(vue.chance_note)
        self._bloc_chance.setVisible(bool(vue.chance))
        clear(self._compteurs)
        for compteur in vue.compteurs:
            add(self._compteurs, self._compteur(compteur))

    def _compteur(self, compteur: CompteurLigne) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=8)
        over = compteur.nombre > compteur.limite
        text = f"{compteur.nombre} sur {compteur.limite}"
        line.addWidget(make_label(compteur.libelle, "small"), 2)
        gauge = Gauge(self._theme, compteur.libelle, 6)
        share = compteur.nombre / compteur.limite if compteur.limite else 1.0
        gauge.show_share(share, f"{text}. {compteur.detail}", "error" if over else "action")
        line.addWidget(gauge, 2)
        line.addWidget(make_label(text, tone="error" if over else "ink2"))
        holder.setToolTip(compteur.detail)
        return holder

    def _diagnosis(self) -> QWidget:
        card = panel()
        layout = column(card, margins=16, gap=12)
        layout.addWidget(make_label("Équilibre", "section"))
        self.balance = BalanceColumns(self._theme)
        layout.addWidget(self.balance)
        self.inconnus = make_label(role="small", wrap=True)
        layout.addWidget(self.inconnus)
        self._bloc_chance = QWidget()
        chance = column(self._bloc_chance, gap=2)
        chance.addWidget(make_label("Avoir au moins une proposition", "small", wrap=True))
        self.chance = make_label(role="strong", wrap=True)
        chance.addWidget(self.chance)
        self.chance_note = make_label(role="small", wrap=True)
        chance.addWidget(self.chance_note)
        layout.addWidget(self._bloc_chance)
        layout.addWidget(panel("line"))
        line = row(gap=8)
        self._icone_jalon = make_icon(self._theme, "flag-line")
        self.jalon = make_label(role="strong", wrap=True)
        line.addWidget(self._icone_jalon, 0, Qt.AlignmentFlag.AlignTop)
        self.echeance = make_label(role="small", wrap=True)
        words = column(gap=2)
        words.addWidget(self.jalon)
        words.addWidget(self.echeance)
        line.addLayout(words, 1)
        layout.addLayout(line)
        self._manques = column(margins=(26, 0, 0, 0), gap=3)
        layout.addLayout(self._manques)
        layout.addWidget(panel("line"))
        layout.addWidget(make_label("À voir avec l’élève", "section", wrap=True))
        self._constats = column(gap=12)
        layout.addLayout(self._constats)
        layout.addWidget(panel("line"))
        layout.addWidget(make_label("Ce que la liste compte sur Parcoursup", "section", wrap=True))
        self._compteurs = column(gap=6)
        layout.addLayout(self._compteurs)
        sources = QWidget()
        self._sources = column(sources, margins=(8, 0, 0, 0), gap=4)
        layout.addWidget(Fold(self._theme, "Sources des chiffres", sources))
        return card

    def _constat(self, constat: ConstatLigne) -> QWidget:
        icon, role = _GRAVITES.get(constat.gravite, _GRAVITES[1])
        holder = QWidget()
        line = row(holder, gap=8)
        line.addWidget(make_icon(self._theme, icon, role), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(make_label(constat.phrase, wrap=True))
        if constat.action:
            words.addWidget(make_label(constat.action, "small", wrap=True))
        if constat.geste:
            button = make_button(
                self._theme,
                constat.bouton,
                lambda: self.geste_asked.emit(constat),
                kind="ghost",
                name=f"{constat.bouton}, {constat.titre}",
            )
            buttons = row()
            buttons.addWidget(button)
            buttons.addStretch(1)
            words.addLayout(buttons)
        line.addLayout(words, 1)
        return holder

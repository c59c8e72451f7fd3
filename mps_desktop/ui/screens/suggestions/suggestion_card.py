"""One suggested formation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.views import SuggestionLigne
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_bullet, make_button, make_icon, make_label, restyle, row
from mps_desktop.ui.widgets.flow import FlowLayout
from mps_desktop.ui.widgets.gauge import Gauge

_RAISONS = 4
_LARGE = 640


class SuggestionCard(QFrame):
    """Affinity, reasons, places, métiers, and what to do with it.

    Args:
        best: strongest affinity of the list, which the bar is drawn against.

    Signals:
        kept: put it in the selection.
        dropped: take it out of the selection.
        hidden: the student does not want to see it.
        opened: read its fiche.
    """

    opened = Signal(str)
    kept = Signal(str)
    dropped = Signal(str)
    hidden = Signal(str)

    def __init__(self, theme: Theme, ligne: SuggestionLigne, best: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.ligne = ligne
        self.choisie = False
        self._share = ligne.affinite / best if best > 0 else 0.0
        self.setProperty("panel", "card")
        self.setAccessibleName(f"Suggestion {ligne.rang}, {ligne.libelle}")
        outer = column(self, margins=(16, 14, 16, 14), gap=10)
        self._halves: list[QBoxLayout] = []
        for left, right in ((self._title(), self._actions()), (self._reasons(), self._places())):
            half = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            half.setSpacing(20)
            half.addWidget(left, 3, Qt.AlignmentFlag.AlignTop)
            half.addWidget(right, 2, Qt.AlignmentFlag.AlignTop)
            outer.addLayout(half)
            self._halves.append(half)
        self.show_etat(ligne.etat)

    def show_etat(self, etat: str) -> None:
        """Show whether it is in the selection ("favori") or not ("")."""
        favori = etat == "favori"
        self.ajouter.setVisible(not favori)
        self.masquer.setVisible(not favori)
        self.retenue.setVisible(favori)
        self.retirer.setVisible(favori)

    def show_choisie(self, choisie: bool) -> None:
        """Mark it as the one whose fiche is shown, or not."""
        if choisie != self.choisie:
            self.choisie = choisie
            restyle(self, chosen="true" if choisie else "false")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """One column where two have no room."""
        wide = self.width() >= self._theme.px(_LARGE)
        for half in self._halves:
            half.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
            half.setSpacing(20 if wide else 10)
        super().resizeEvent(event)

    def _title(self) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=12)
        rank = make_label(str(self.ligne.rang), "title", "faint")
        rank.setMinimumWidth(self._theme.px(28))
        rank.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        line.addWidget(rank, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(make_label(self.ligne.libelle, "section", wrap=True))
        words.addWidget(make_label(self.ligne.detail, "small", wrap=True))
        line.addLayout(words, 1)
        return holder

    def _actions(self) -> QWidget:
        code, name = self.ligne.formation_id, self.ligne.libelle
        holder = QWidget()
        line = FlowLayout(holder, gap=8)
        self.retenue = QWidget()
        kept = row(self.retenue, gap=6)
        kept.addWidget(make_icon(self._theme, "check-line", "success"))
        kept.addWidget(make_label("Dans la sélection", tone="success"))
        self.ajouter = make_button(
            self._theme,
            "Ajouter à la sélection",
            lambda: self.kept.emit(code),
            icon="add-line",
            name=f"Ajouter à la sélection, {name}",
        )
        self.masquer = make_button(
            self._theme, "Ne plus voir", lambda: self.hidden.emit(code), kind="ghost", name=f"Ne plus voir, {name}"
        )
        self.retirer = make_button(
            self._theme, "Retirer", lambda: self.dropped.emit(code), kind="ghost", name=f"Retirer, {name}"
        )
        self.ouvrir = make_button(
            self._theme, "Fiche", lambda: self.opened.emit(code), icon="article-line", name=f"Lire la fiche, {name}"
        )
        for widget in (self.retenue, self.ajouter, self.ouvrir, self.masquer, self.retirer):
            line.addWidget(widget)
        return holder

    def _reasons(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, margins=(self._theme.px(28) + 12, 0, 0, 0), gap=4)
        for raison in self.ligne.raisons[:_RAISONS]:
            layout.addWidget(make_bullet(raison))
        more = len(self.ligne.raisons) - _RAISONS
        if more > 0:
            rest = make_label(f"et {plural(more, 'autre raison', 'autres raisons')}", "small")
            rest.setToolTip("\n".join(self.ligne.raisons[_RAISONS:]))
            layout.addWidget(rest)
        if not self.ligne.raisons:
            layout.addWidget(make_label("Proche du profil dans l’ensemble.", tone="ink2", wrap=True))
        return holder

    def _places(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=8)
        text = "Affinité la plus forte" if self._share >= 1 else f"{round(100 * self._share)}{NNBSP}% de la plus forte"
        gauge = Gauge(self._theme, "Affinité", 6)
        gauge.show_share(self._share, text)
        layout.addWidget(make_label(text, "small"))
        layout.addWidget(gauge)
        for icon, values in (("map-pin-line", self.ligne.villes), ("briefcase-line", self.ligne.metiers)):
            if values:
                line = row(gap=8)
                line.addWidget(make_icon(self._theme, icon, size=16), 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(make_label(", ".join(values), tone="ink2", wrap=True), 1)
                layout.addLayout(line)
        return holder

"""Why one formation is where it is: reasons with their weight, ties, what would move it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.vues_raisons import PourquoiVue, RaisonPesee
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import add, clear, column, make_bullet, make_icon, make_label, row
from mps_desktop.ui.widgets.gauge import Gauge

_LARGEUR_BARRE = 96


class PourquoiPanel(QWidget):
    """Filled with ``show_vue``; made to stand in a scrolled tab or dialog."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.resume = make_label(role="strong", wrap=True)
        self.reperes = make_label(
            "Chaque barre dit la part de la raison dans la place de la formation, comparée à la tête de la liste. "
            "Une affinité ne dit rien des chances d’admission.",
            "small",
            wrap=True,
        )
        layout = column(self, gap=16)
        head = column(gap=4)
        head.addWidget(self.resume)
        head.addWidget(self.reperes)
        layout.addLayout(head)
        self._body = column(gap=16)
        layout.addLayout(self._body)
        layout.addStretch(1)

    def show_vue(self, vue: PourquoiVue) -> None:
        """Show another explanation."""
        clear(self._body)
        self.resume.setText(vue.resume)
        self.reperes.setVisible(bool(vue.raisons))
        for title, favorable in (("Ce qui la fait monter", True), ("Ce qui la fait descendre", False)):
            raisons = [one for one in vue.raisons if one.favorable is favorable]
            if raisons:
                add(self._body, self._block(title, [self._reason(one) for one in raisons]))
        if vue.chemins:
            add(self._body, self._block("Comment les choix de l’élève y mènent", [make_bullet(c) for c in vue.chemins]))
        if vue.pistes:
            add(self._body, self._block("Ce qui changerait sa place", [make_bullet(p) for p in vue.pistes]))

    def text(self, vue: PourquoiVue) -> str:
        """The same in plain text, for copying and for screen readers."""
        lines = [vue.libelle, vue.resume]
        lines += [f"{'+' if one.favorable else '−'} {one.phrase} ({_weight(one)})" for one in vue.raisons]
        return "\n".join((*lines, *vue.chemins, *vue.pistes))

    def _block(self, title: str, lines: list[QWidget]) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=8)
        layout.addWidget(make_label(title, "section"))
        for line in lines:
            layout.addWidget(line)
        return holder

    def _reason(self, raison: RaisonPesee) -> QWidget:
        holder = QWidget()
        weight = _weight(raison)
        holder.setAccessibleName(f"{raison.phrase}, {weight}")
        holder.setToolTip(raison.methode)
        line = row(holder, gap=12)
        tone = "success" if raison.favorable else "warning"
        icon = "arrow-up-line" if raison.favorable else "arrow-down-line"
        line.addWidget(make_icon(self._theme, icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=0)
        words.addWidget(make_label(raison.phrase, wrap=True))
        if raison.note:
            words.addWidget(make_label(raison.note[:1].upper() + raison.note[1:], "small", wrap=True))
        line.addLayout(words, 1)
        bar = Gauge(self._theme, "Poids de la raison", 6)
        bar.show_share(raison.part, weight, tone)
        bar.setFixedWidth(self._theme.px(_LARGEUR_BARRE))
        middle = column(margins=(0, 6, 0, 0))
        middle.addWidget(bar)
        middle.addStretch(1)
        line.addLayout(middle)
        value = make_label(f"{round(100 * raison.part)}{NNBSP}%", tone="ink2")
        value.setMinimumWidth(self._theme.px(44))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        line.addWidget(value, 0, Qt.AlignmentFlag.AlignTop)
        return holder


def _weight(raison: RaisonPesee) -> str:
    return f"{round(100 * raison.part)}{NNBSP}% de ce qui fait sa place"

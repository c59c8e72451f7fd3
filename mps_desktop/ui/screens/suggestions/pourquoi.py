"""Why one formation is where it is: reasons with their weight, ties, what would move it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.vues_raisons import PourquoiVue, RaisonPesee
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_bullet, make_button, make_icon, make_label, row
from mps_desktop.ui.widgets.gauge import Gauge

_LARGEUR_BARRE = 96
_REPERES = (
    "Chaque barre dit la part de la raison dans la place de la formation, comparée à la tête de la liste. "
    "Une affinité ne dit rien des chances d’admission."
)


class PourquoiPanel(QWidget):
    """One explanation; made to stand in a scrolled tab."""

    def __init__(self, theme: Theme, vue: PourquoiVue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.vue = vue
        layout = column(self, gap=16)
        head = column(gap=4)
        head.addWidget(make_label(vue.resume, "strong", wrap=True))
        if vue.raisons:
            head.addWidget(make_label(_REPERES, "small", wrap=True))
        layout.addLayout(head)
        for title, favorable in (("Ce qui la fait monter", True), ("Ce qui la fait descendre", False)):
            self._add(layout, title, [self._reason(one) for one in vue.raisons if one.favorable is favorable])
        self._add(layout, "Comment les choix de l’élève y mènent", [make_bullet(one) for one in vue.chemins])
        self._add(layout, "Ce qui changerait sa place", [make_bullet(one) for one in vue.pistes])
        self.copier = make_button(theme, "Copier le texte", self._copy, kind="ghost", icon="file-copy-line")
        layout.addWidget(self.copier, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def text(self) -> str:
        """The same in plain text, for copying."""
        vue = self.vue
        lines = [vue.libelle, vue.resume]
        lines += [f"{'+' if one.favorable else '−'} {one.phrase} ({_weight(one)})" for one in vue.raisons]
        return "\n".join((*lines, *vue.chemins, *vue.pistes))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)

    def _add(self, layout: QVBoxLayout, title: str, lines: list[QWidget]) -> None:
        if not lines:
            return
        block = column(gap=8)
        block.addWidget(make_label(title, "section", wrap=True))
        for line in lines:
            block.addWidget(line)
        layout.addLayout(block)

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
        value = make_label(f"{raison.pourcent}{NNBSP}%", tone="ink2")
        value.setMinimumWidth(self._theme.px(44))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        line.addWidget(value, 0, Qt.AlignmentFlag.AlignTop)
        return holder


def _weight(raison: RaisonPesee) -> str:
    return f"{raison.pourcent}{NNBSP}% de ce qui fait sa place"

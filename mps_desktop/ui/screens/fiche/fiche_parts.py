"""The few kinds of parts that a fiche is made of, as widgets."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.fiche_vue import (
    AdressesVue,
    AppelVue,
    CiblesVue,
    PartieVue,
    PartsVue,
    TableauVue,
    TendanceVue,
    TexteVue,
)
from mps_desktop.services.views import Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_bullet, make_button, make_label, panel
from mps_desktop.ui.widgets.gauge import Gauge
from mps_desktop.ui.widgets.option_list import OptionList
from mps_desktop.ui.widgets.tendance import Tendance

_ROLES = {"titre": "section", "sous_titre": "strong", "note": "small"}
_EVIDENTS = ("Ville", "Distance")
_PETIT = 6
"""Lines up to which a table is a grid; a longer one is a list, which survives large text and narrow windows."""


class PartBuilder:
    """Builds parts.

    Args:
        open_target: called with (genre, id) of another fiche.
        open_address: called with an http or https address.
        ask_import: the user wants to add official fiches.
    """

    def __init__(
        self,
        theme: Theme,
        open_target: Callable[[str, str], None],
        open_address: Callable[[str], None],
        ask_import: Callable[[], None],
    ) -> None:
        self._theme = theme
        self._open_target = open_target
        self._open_address = open_address
        self._ask_import = ask_import

    def build(self, part: PartieVue) -> QWidget:
        """The widget of one part."""
        match part:
            case TexteVue(genre="puce"):
                return make_bullet(part.texte)
            case TexteVue():
                return make_label(part.texte, _ROLES.get(part.genre, ""), wrap=True)
            case TableauVue():
                return self._table(part) if len(part.lignes) <= _PETIT else self._long_table(part)
            case PartsVue():
                return self._shares(part)
            case TendanceVue():
                holder, layout = self._titled(part.titre)
                layout.addWidget(Tendance(self._theme, part.points, part.texte))
                return self._noted(holder, part.note)
            case CiblesVue():
                options = [Option(cible.code, cible.libelle, cible.genre, cible.detail) for cible in part.cibles]
                return self._list(part.titre, options, part.note, lambda o: self._open_target(o.categorie, o.code))
            case AdressesVue():
                options = [Option(url, name, "", urlsplit(url).hostname or "") for name, url in part.liens]
                return self._list(part.titre, options, "", lambda o: self._open_address(o.code))
            case AppelVue():
                return self._call(part)

    def _titled(self, titre: str) -> tuple[QWidget, QGridLayout]:
        holder = QWidget()
        outer = column(holder, gap=6)
        if titre:
            outer.addWidget(make_label(titre, "section", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        outer.addLayout(grid)
        return holder, grid

    def _noted(self, holder: QWidget, note: str) -> QWidget:
        layout = holder.layout()
        if note and layout is not None:
            layout.addWidget(make_label(note, "small", wrap=True))
        return holder

    def _table(self, part: TableauVue) -> QWidget:
        holder, grid = self._titled(part.titre)
        for at, head in enumerate(part.entetes):
            grid.addWidget(self._cell(head, at, "small"), 0, at)
            grid.setColumnStretch(at, 2 if at == len(part.entetes) - 1 else 1)
        for number, ligne in enumerate(part.lignes, start=1):
            for at, cell in enumerate(ligne):
                grid.addWidget(self._cell(cell, at, "strong" if at == 0 else ""), number, at)
        return self._noted(holder, part.note)

    def _cell(self, text: str, at: int, role: str) -> QWidget:
        label = make_label(text, role, wrap=True)
        side = Qt.AlignmentFlag.AlignLeft if at == 0 else Qt.AlignmentFlag.AlignRight
        label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        return label

    def _long_table(self, part: TableauVue) -> QWidget:
        """One option a line: its first cell, then the others with their heading."""
        options: list[Option] = []
        targets = part.cibles or (("", ""),) * len(part.lignes)
        for ligne, (genre, code) in zip(part.lignes, targets, strict=True):
            cells = zip(part.entetes[1:], ligne[1:], strict=True)
            told = (c if h in _EVIDENTS else f"{h}{NNBSP}: {c}" for h, c in cells if c not in ("", "–"))
            options.append(Option(code, ligne[0], genre, " · ".join(told)))
        return self._list(part.titre, options, part.note, lambda o: self._open_target(o.categorie, o.code))

    def _list(self, titre: str, options: list[Option], note: str, act: Callable[[Option], None]) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=6)
        if titre:
            layout.addWidget(make_label(titre, "section", wrap=True))
        if options:
            shown = OptionList(self._theme, titre or options[0].libelle, whole=True)
            shown.show_options(options)
            shown.picked.connect(act)
            layout.addWidget(shown)
        return self._noted(holder, note)

    def _shares(self, part: PartsVue) -> QWidget:
        holder, grid = self._titled(part.titre)
        for number, (name, share) in enumerate(part.parts):
            text = _percent(share)
            gauge = Gauge(self._theme, name, 8)
            gauge.show_share(min(1.0, share / 100), text)
            value = make_label(text)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(make_label(name, wrap=True), number, 0)
            grid.addWidget(gauge, number, 1)
            grid.addWidget(value, number, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        return self._noted(holder, part.note)

    def _call(self, part: AppelVue) -> QWidget:
        card = panel("card")
        layout = column(card, margins=(14, 12, 14, 12), gap=8)
        layout.addWidget(make_label(part.texte, tone="ink2", wrap=True))
        button = make_button(self._theme, part.action, self._ask_import, icon="download-line")
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _percent(share: float) -> str:
    """A share in words; what is nearly nothing or nearly all is not rounded to it."""
    if 0 < share < 1:
        return f"moins de 1{NNBSP}%"
    if 99 < share < 100:
        return f"plus de 99{NNBSP}%"
    return f"{round(share)}{NNBSP}%"

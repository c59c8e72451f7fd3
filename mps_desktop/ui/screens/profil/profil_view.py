"""Layout of the profile form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.ui.ports_options import OptionsPort
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import ToggleGroups
from mps_desktop.ui.widgets.basics import (
    YieldUndo,
    add,
    clear,
    column,
    grow,
    make_button,
    make_label,
    panel,
    row,
    scrolled,
)
from mps_desktop.ui.widgets.choices import Dropdown, Segments
from mps_desktop.ui.widgets.gauge import Gauge
from mps_desktop.ui.widgets.multi_select import MultiSelect

_LARGE, _ETROIT = 860, 600


class ProfilView(QWidget):
    """Every field of the profile on the left, what is missing on the right (above when it is narrow)."""

    def __init__(self, theme: Theme, options: OptionsPort, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._yield_undo = YieldUndo(self)
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(24, 16, 24, 24)
        self._columns.setSpacing(16)
        form = column(gap=16)
        for section in (
            self._projet(options),
            self._scolarite(options),
            self._domaines(options),
            self._interets(options),
            self._metiers(options),
            self._etudes(options),
        ):
            form.addWidget(section)
        form.addStretch(1)
        self._columns.addLayout(form, 1)
        self._side = self._completeness()
        self._columns.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self.area: QScrollArea = scrolled(content)
        column(self).addWidget(self.area)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt override
        """The side card goes above the form when there is no room beside it."""
        wide = self.width() >= self._theme.px(_LARGE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
            self._columns.setAlignment(self._side, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))
        for toggles in (self.domaines, self.interets):
            toggles.set_narrow(self.width() < self._theme.px(_ETROIT))
        self._side.setMinimumWidth(self._theme.px(270) if wide else 0)
        self._side.setMaximumWidth(self._theme.px(270) if wide else 16_777_215)
        super().resizeEvent(event)

    def show_missing(self, completude: int, missing: tuple[tuple[str, str], ...]) -> None:
        """Say how full the profile is, what is missing and why it matters."""
        percent = f"{completude}{NNBSP}%"
        self.completude.setText(percent)
        self.jauge.show_share(completude / 100, percent, "success" if completude >= 80 else "action")
        clear(self._missing)
        if not missing:
            add(self._missing, make_label("Tout est renseigné.", tone="success", wrap=True))
        for label, why in missing:
            block = QWidget()
            lines = column(block, gap=0)
            lines.addWidget(make_label(label, "strong", wrap=True))
            lines.addWidget(make_label(why[:1].upper() + why[1:], "small", wrap=True))
            add(self._missing, block)
        grow(self.area)

    def _projet(self, options: OptionsPort) -> QWidget:
        card, layout = self._section("Projet")
        self.situation = Segments("Avancement du projet", options.situations)
        layout.addWidget(self._field(f"Où en est l’élève dans son projet d’études{NNBSP}?", self.situation))
        return card

    def _scolarite(self, options: OptionsPort) -> QWidget:
        card, layout = self._section("Scolarité")
        self.bac = Dropdown(self._theme, "Baccalauréat", "Non renseigné")
        self.bac.show_options(options.bacs)
        self.specialites = MultiSelect(self._theme, "Ajouter une spécialité", options.libelle, min_chars=1)
        self.bloc_specialites = self._field("Enseignements de spécialité", self.specialites)
        self.simulateur = make_button(theme=self._theme, text="Simulateur de spécialités", icon="compass-3-line")
        self.simulateur.setToolTip("Ce que deux ou trois spécialités du bac général ouvrent, en chiffres publiés")
        self.moyenne = QLineEdit()
        self.moyenne.setAccessibleName("Moyenne générale sur 20")
        self.moyenne.setPlaceholderText("0 à 20")
        self.moyenne.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.moyenne.setMaximumWidth(self._theme.px(96))
        self.moyenne.installEventFilter(self._yield_undo)
        self.sans_moyenne = QCheckBox("Ne souhaite pas répondre")
        line = row(gap=8)
        line.addWidget(self.moyenne)
        line.addWidget(make_label("/ 20", tone="ink2"))
        line.addSpacing(16)
        line.addWidget(self.sans_moyenne)
        line.addStretch(1)
        holder = QWidget()
        rows = column(holder, gap=6)
        rows.addLayout(line)
        self.erreur_moyenne = make_label(tone="error", wrap=True)
        self.erreur_moyenne.hide()
        self.jauge_moyenne = Gauge(self._theme, "Place parmi les admis", 6)
        self.part_moyenne = make_label(tone="ink2", wrap=True)
        for widget in (self.erreur_moyenne, self.part_moyenne, self.jauge_moyenne):
            rows.addWidget(widget)
        layout.addWidget(self._field("Baccalauréat", self.bac))
        layout.addWidget(self.bloc_specialites)
        layout.addWidget(self.simulateur, 0, Qt.AlignmentFlag.AlignLeft)
        self.bloc_moyenne = self._field("Moyenne générale", holder, self.moyenne)
        layout.addWidget(self.bloc_moyenne)
        return card

    def _domaines(self, options: OptionsPort) -> QWidget:
        card, layout = self._section("Domaines professionnels", "Ce qui porte l’essentiel des suggestions.")
        self.domaines = ToggleGroups(self._theme, options.domaines)
        layout.addWidget(self.domaines)
        return card

    def _interets(self, options: OptionsPort) -> QWidget:
        card, layout = self._section("Centres d’intérêt", "« Plus tard, je voudrais… »")
        self.interets = ToggleGroups(self._theme, options.interets)
        layout.addWidget(self.interets)
        return card

    def _metiers(self, options: OptionsPort) -> QWidget:
        card, layout = self._section("Métiers", "Ceux qui attirent l’élève, dans l’ordre qu’il veut.")
        self.metiers = MultiSelect(self._theme, "Chercher un métier", options.libelle)
        layout.addWidget(self.metiers)
        return card

    def _etudes(self, options: OptionsPort) -> QWidget:
        card, layout = self._section("Études supérieures")
        self.duree = Segments("Durée des études", options.durees)
        self.alternance = Segments("Alternance", options.alternances)
        self.communes = MultiSelect(self._theme, "Chercher une ville", options.libelle)
        layout.addWidget(self._field("Durée des études envisagée", self.duree))
        layout.addWidget(self._field("Alternance", self.alternance))
        layout.addWidget(self._field("Villes où étudier", self.communes, self.communes.search))
        return card

    def _completeness(self) -> QWidget:
        card = panel()
        layout = column(card, margins=16, gap=12)
        line = row(gap=8)
        self.completude = make_label(role="display")
        line.addWidget(self.completude, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addWidget(make_label("du profil", tone="ink2"), 1, Qt.AlignmentFlag.AlignBaseline)
        layout.addLayout(line)
        self.jauge = Gauge(self._theme, "Profil rempli")
        layout.addWidget(self.jauge)
        layout.addWidget(make_label("Ce qui manque, et pourquoi", "section", wrap=True))
        self._missing = column(gap=10)
        layout.addLayout(self._missing)
        return card

    def _section(self, title: str, hint: str = "") -> tuple[QFrame, QVBoxLayout]:
        card = panel()
        layout = column(card, margins=(20, 16, 20, 18), gap=12)
        head = column(gap=2)
        head.addWidget(make_label(title, "section"))
        if hint:
            head.addWidget(make_label(hint, "small", wrap=True))
        layout.addLayout(head)
        return card, layout

    def _field(self, text: str, field: QWidget, buddy: QWidget | None = None) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=6)
        label: QLabel = make_label(text, tone="ink2", wrap=True)
        label.setBuddy(buddy or field)
        layout.addWidget(label)
        layout.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if isinstance(field, Dropdown) else Qt.AlignmentFlag(0))
        return holder

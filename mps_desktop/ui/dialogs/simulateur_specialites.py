"""Simulator of spécialités, made to be read with a student: what pairs and triples open, as observed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import Option
from mps_desktop.services.vues_raisons import AccesLigne, SimulationVue
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import Fold
from mps_desktop.ui.widgets.basics import add, clear, column, grow, make_label, row, scrolled
from mps_desktop.ui.widgets.choices import Chip
from mps_desktop.ui.widgets.flow import FlowLayout
from mps_desktop.ui.widgets.gauge import Gauge
from mps_desktop.ui.widgets.states import EmptyState, Pile

NB_MAX = 3
_GROUPES = (
    ("plus", "Une proposition plus souvent que l’ensemble des bacheliers généraux", "success"),
    ("autant", "Une proposition aussi souvent", "info"),
    ("moins", "Une proposition moins souvent", "warning"),
    ("rare", "Rarement demandées avec ces spécialités", "warning"),
    ("inconnu", "Trop peu de candidats pour conclure", "faint"),
)
_AVERTISSEMENT = (
    f"Ces chiffres décrivent ce qui s’est passé, ils ne disent pas pourquoi{NNBSP}: ceux qui choisissent ces "
    "spécialités diffèrent des autres par bien d’autres points (notes, goûts, lycée). Bac général seulement."
)


class SimulateurSpecialitesDialog(QDialog):
    """Two or three spécialités are ticked, families are grouped by what they offered.

    Args:
        specialites: ids of the student's profile, ticked at the start.
    """

    def __init__(
        self,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        specialites: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._wanted = specialites
        self._chosen: tuple[str, ...] = ()
        self.chips: dict[str, Chip] = {}
        self.folds: dict[str, Fold] = {}
        self.setWindowTitle("Simulateur de spécialités")
        self.resize(theme.px(900), theme.px(660))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Simulateur de spécialités", "title"))
        layout.addWidget(
            make_label(
                f"En première, trois spécialités{NNBSP}; en terminale, deux. Avec trois, chaque famille montre la "
                "paire qui s’en sort le mieux.",
                tone="ink2",
                wrap=True,
            )
        )
        self._tick = QWidget()
        self._flow = FlowLayout(self._tick, gap=8)
        layout.addWidget(self._tick)
        self.effectif = make_label(role="small", wrap=True)
        holder = QWidget()
        self._body = column(holder, margins=(0, 0, 12, 0), gap=10)
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = scrolled(holder)
        self.vide = EmptyState(theme, "compass-3-line", "Choisissez deux ou trois spécialités", "")
        self.pile = Pile(liste=self.area, vide=self.vide)
        self.pile.show_face("vide")
        layout.addWidget(self.effectif)
        layout.addWidget(self.pile, 1)
        layout.addWidget(make_label(_AVERTISSEMENT, "small", wrap=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        runner.run(
            lambda _progress: session.list_specialites_simulees(), self._show_options, self._failed, key="simulateur"
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        """Short names of the spécialités that are ticked, in the order of the choice."""
        return self._chosen

    def compute(self) -> None:
        """Ask what the ticked spécialités open."""
        session, chosen = self._session, self._chosen
        self._runner.run(
            lambda _progress: session.simulate_specialites(chosen), self._show, self._failed, key="simulateur"
        )

    def _show_options(self, options: tuple[Option, ...]) -> None:
        mine = [one.code for one in options if set(one.detail.split()) & set(self._wanted)]
        self._chosen = tuple(mine[:NB_MAX])
        for option in options:
            chip = Chip(option.libelle)
            chip.setChecked(option.code in self._chosen)
            chip.clicked.connect(lambda checked, code=option.code: self._toggled(code, checked))
            self._flow.addWidget(chip)
            self.chips[option.code] = chip
        self._show_ticks()
        self.compute()

    def _toggled(self, code: str, checked: bool) -> None:
        self._chosen = (*self._chosen, code) if checked else tuple(one for one in self._chosen if one != code)
        self._show_ticks()
        self.compute()

    def _show_ticks(self) -> None:
        """A fourth spécialité cannot be ticked."""
        full = len(self._chosen) >= NB_MAX
        for code, chip in self.chips.items():
            chip.setEnabled(code in self._chosen or not full)

    def _show(self, vue: SimulationVue) -> None:
        self.effectif.setText(vue.effectif)
        self.effectif.setVisible(bool(vue.effectif))
        if vue.message:
            self.vide.show_texts(vue.titre or "Choisissez deux ou trois spécialités", vue.message)
            self.pile.show_face("vide")
            return
        clear(self._body)
        self.folds = {}
        for acces, title, tone in _GROUPES:
            lignes = [one for one in vue.lignes if one.acces == acces]
            if lignes:
                fold = Fold(self._theme, f"{title}{NNBSP}: {len(lignes)}", self._group(lignes, tone))
                fold.open(acces in ("plus", "moins", "rare"))
                add(self._body, fold)
                self.folds[acces] = fold
        self.pile.show_face("liste")
        grow(self.area)

    def _group(self, lignes: list[AccesLigne], tone: str) -> QWidget:
        holder = QWidget()
        layout = column(holder, margins=(16, 0, 0, 8), gap=8)
        for ligne in lignes:
            layout.addWidget(self._line(ligne, tone))
        return holder

    def _line(self, ligne: AccesLigne, tone: str) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(ligne.phrase)
        holder.setToolTip(ligne.phrase)
        line = row(holder, gap=12)
        words = column(gap=0)
        pair = f"{ligne.famille}  ·  {ligne.paire}" if ligne.paire else ligne.famille
        words.addWidget(make_label(pair, "strong", wrap=True))
        words.addWidget(make_label(ligne.resume[:1].upper() + ligne.resume[1:], "small", wrap=True))
        if ligne.exemples:
            words.addWidget(make_label(f"Par exemple{NNBSP}: {', '.join(ligne.exemples)}", "small", wrap=True))
        line.addLayout(words, 1)
        if ligne.taux is not None and ligne.acces != "inconnu":
            bar = Gauge(self._theme, "Candidats qui ont reçu une proposition", 8)
            bar.show_share(ligne.taux, ligne.phrase, tone)
            bar.setFixedWidth(self._theme.px(140))
            line.addWidget(bar)
        return holder

    def _failed(self, exc: Exception) -> None:
        message = self._messenger.describe(exc)
        self.vide.show_texts(message.texte, message.remede)
        self.pile.show_face("vide")

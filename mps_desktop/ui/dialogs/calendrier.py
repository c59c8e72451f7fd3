"""The calendar of a Parcoursup session: looked at, corrected, put back as shipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QGridLayout, QLineEdit, QPushButton, QWidget

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NBSP, NNBSP
from mps_desktop.services.views import CalendrierVue, Option
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_button, make_label, row, rule, scrolled
from mps_desktop.ui.widgets.choices import Segments

_FORMATS = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y")


class DateField(QLineEdit):
    """A day as jj/mm/aaaa; empty = not known."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setAccessibleName(f"{name}, jour, mois, année")
        self.setPlaceholderText("jj/mm/aaaa")
        self.setFixedWidth(theme.px(116))

    def show_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self.setText(numeric_date(day) if day else "")

    def day(self) -> date | None:
        """The day typed.

        Raises:
            EnvironmentFault: it is no day.
        """
        text = self.text().strip()
        if not text:
            return None
        for pattern in _FORMATS:
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no time zone
            except ValueError:
                continue
        raise EnvironmentFault(
            f"«{NNBSP}{text}{NNBSP}» n’est pas une date ({self.name}).", "Écrivez-la comme 28/02/2027."
        )


class CalendrierDialog(QDialog):
    """Steps and due dates of one session.

    Args:
        load: calendar of a session, None = the one that is being prepared.
        check: refuses what makes no sense by raising ``EnvironmentFault``; the caller writes.

    Signals:
        saved: the ``CalendrierVue`` to keep; ``failed`` shows why it was refused, else the dialog closes.
        reset_asked: session to put back as shipped.
    """

    saved = Signal(object)
    reset_asked = Signal(int)

    def __init__(
        self, theme: Theme, load: Callable[[int | None], CalendrierVue], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._load = load
        self.vue = load(None)
        self.setWindowTitle("Calendrier Parcoursup")
        room = parent.size() if parent is not None else QSize(1280, 720)
        self.resize(min(theme.px(640), room.width() - 24), min(theme.px(700), room.height() - 24))
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Calendrier Parcoursup", "title"))
        self.sessions = Segments("Session", [Option(str(y), str(y)) for y in self.vue.sessions], optional=False)
        self.sessions.chosen.connect(lambda code: self.show_session(int(code)))
        layout.addWidget(self.sessions)
        self.etat = make_label(tone="ink2", wrap=True)
        layout.addWidget(self.etat)
        self.erreur = make_label(tone="error", wrap=True)
        layout.addWidget(self.erreur)
        self.publie = QCheckBox("Le calendrier officiel est paru")
        layout.addWidget(self.publie)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.etapes: dict[str, tuple[DateField, DateField]] = {}
        self.echeances: dict[str, DateField] = {}
        self._fill_grid()
        content = QWidget()
        inside = column(content, gap=12)
        inside.addLayout(self._grid)
        inside.addStretch(1)
        layout.addWidget(scrolled(content), 1)
        line = row(gap=8)
        self.source = QLineEdit()
        self.source.setAccessibleName("Source des dates")
        self.source.setPlaceholderText("Où ces dates ont été lues")
        line.addWidget(make_label("Source", "strong"))
        line.addWidget(self.source, 1)
        layout.addLayout(line)
        layout.addLayout(self._foot())
        self.show_session(self.vue.session)

    def show_session(self, session: int) -> None:
        """Show another session; what was typed for the previous one is left."""
        self.vue = vue = self._load(session)
        self.sessions.show_code(str(session))
        self.publie.setChecked(vue.publie)
        self.source.setText(vue.source)
        self.source.setCursorPosition(0)
        for etape in vue.etapes:
            if etape.code in self.etapes:
                start, end = self.etapes[etape.code]
                start.show_day(etape.debut)
                end.show_day(etape.fin)
        for niveau, _, day in vue.echeances:
            self.echeances[niveau].show_day(day)
        state = "modifiée par vos soins" if vue.personnel else "telle que livrée avec MPS Bureau"
        words = "publiée" if vue.publie else "non publiée"
        note = "" if vue.publie else " Aucune date n’est reprise d’une autre année."
        self.etat.setText(f"Session {session}, {words}, {state}.{note}")
        self.reprendre.setEnabled(vue.personnel)
        self.failed(vue.erreur)

    def failed(self, text: str) -> None:
        """Tell what is wrong; empty = nothing."""
        self.erreur.setText(text)
        self.erreur.setVisible(bool(text))

    def typed(self) -> CalendrierVue:
        """The session as typed.

        Raises:
            EnvironmentFault: a date cannot be read.
        """
        return replace(
            self.vue,
            publie=self.publie.isChecked(),
            source=self.source.text(),
            etapes=tuple(
                replace(e, debut=self.etapes[e.code][0].day(), fin=self.etapes[e.code][1].day())
                if e.code in self.etapes
                else e
                for e in self.vue.etapes
            ),
            echeances=tuple((niveau, name, self.echeances[niveau].day()) for niveau, name, _ in self.vue.echeances),
        )

    def _save(self) -> None:
        try:
            self.saved.emit(self.typed())
        except EnvironmentFault as fault:
            self.failed(f"{fault.message} {fault.remede}")

    def _fill_grid(self) -> None:
        grid, line = self._grid, 0
        grid.addWidget(make_label("Jalon attendu avant le", "small"), line, 0, 1, 2)
        for niveau, name, _ in self.vue.echeances:
            line += 1
            field = DateField(self._theme, f"Échéance du jalon de {name}")
            grid.addWidget(make_label(f"{name[:1].upper()}{name[1:]}"), line, 0)
            grid.addWidget(field, line, 2)
            self.echeances[niveau] = field
        line += 1
        grid.addWidget(rule(), line, 0, 1, 3)
        line += 1
        for number, title in enumerate(("Étape de Parcoursup", "Du", "Au")):
            grid.addWidget(make_label(title, "small"), line, number)
        for etape in self.vue.etapes:
            line += 1
            fields = (
                DateField(self._theme, f"{etape.libelle}, début"),
                DateField(self._theme, f"{etape.libelle}, fin"),
            )
            grid.addWidget(make_label(etape.libelle, wrap=True), line, 0)
            grid.addWidget(fields[0], line, 1)
            grid.addWidget(fields[1], line, 2)
            self.etapes[etape.code] = fields

    def _foot(self) -> QGridLayout:
        foot = QGridLayout()
        self.reprendre = make_button(
            self._theme,
            f"Revenir aux dates livrées{NBSP}",
            lambda: self.reset_asked.emit(self.vue.session),
            icon="history-line",
            name="Revenir aux dates livrées",
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.garder = QPushButton("Enregistrer")
        self.garder.setProperty("kind", "primary")
        buttons.addButton(self.garder, QDialogButtonBox.ButtonRole.ApplyRole)
        self.garder.clicked.connect(self._save)
        buttons.rejected.connect(self.reject)
        foot.addWidget(self.reprendre, 0, 0)
        foot.addWidget(buttons, 0, 1)
        foot.setColumnStretch(1, 1)
        return foot

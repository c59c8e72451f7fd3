"""« Et si… »: another profile on the left, what the suggestions would become on the right. Nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QWidget

from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.views import Option, ProfilRecord
from mps_desktop.services.vues_raisons import EtSiVue, MouvementLigne
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.profil.profil_presenter import format_note, parse_note
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import add, clear, column, grow, make_icon, make_label, panel, row, scrolled
from mps_desktop.ui.widgets.choices import Dropdown, Segments
from mps_desktop.ui.widgets.multi_select import MultiSelect, filter_options
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

_PAUSE_MS = 400
_MONTRES = 12
_TONS = {"entrent": "success", "montent": "success", "descendent": "warning", "sortent": "warning"}


class EtSiDialog(QDialog):
    """The form starts from the student's profile; each change computes the list again.

    Args:
        question: the student and his profile as it is on the screen, already saved.
    """

    def __init__(
        self,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        question: tuple[int, ProfilRecord],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._eleve_id, self._profil = question
        self.hypothese = self._profil
        self.setWindowTitle("Et si…")
        self.resize(theme.px(980), theme.px(640))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.compute)
        layout = column(self, margins=20, gap=12)
        layout.addWidget(make_label("Et si…", "title"))
        layout.addWidget(
            make_label(
                f"Changez une réponse{NNBSP}: la liste est recalculée sans toucher au profil de l’élève.",
                tone="ink2",
                wrap=True,
            )
        )
        halves = row(gap=20)
        halves.addWidget(self._form(), 5)
        halves.addWidget(self._results(), 6)
        layout.addLayout(halves, 1)
        layout.addWidget(self._buttons())
        self._show_form()
        self.compute()

    def compute(self) -> None:
        """Compare the list of the student with that of the hypothesis."""
        self._timer.stop()
        session, eleve_id, hypothese = self._session, self._eleve_id, self.hypothese
        self._runner.run(
            lambda _progress: session.compare_hypothese(eleve_id, hypothese),
            self._show,
            self._failed,
            label="Calcul de l’hypothèse",
            key="et si",
        )

    def _form(self) -> QWidget:
        options, theme = self._session.options, self._theme
        self.bac = Dropdown(theme, "Baccalauréat", "Non renseigné")
        self.bac.show_options(options.bacs)
        self.bac.chosen.connect(self._choose_bac)
        self.specialites = MultiSelect(theme, "Ajouter une spécialité", options.libelle, min_chars=1)
        self.specialites.asked.connect(self._search_specialites)
        self.specialites.changed.connect(lambda codes: self._change(specialites=codes))
        self.moyenne = QLineEdit()
        self.moyenne.setAccessibleName("Moyenne générale sur 20")
        self.moyenne.setPlaceholderText("0 à 20")
        self.moyenne.setMaximumWidth(theme.px(96))
        self.moyenne.textEdited.connect(self._type_moyenne)
        self.communes = MultiSelect(theme, "Chercher une ville", options.libelle)
        self.communes.asked.connect(self._search_communes)
        self.communes.changed.connect(lambda codes: self._change(communes=codes))
        self.duree = Segments("Durée des études", options.durees)
        self.duree.chosen.connect(lambda code: self._change(duree_etudes=code or None))
        self.alternance = Segments("Alternance", options.alternances)
        self.alternance.chosen.connect(lambda code: self._change(alternance=code or None))
        holder = QWidget()
        form = column(holder, margins=(0, 0, 12, 0), gap=14)
        self.bloc_specialites = self._field("Enseignements de spécialité", self.specialites)
        for text, field in (
            ("Baccalauréat", self.bac),
            ("", self.bloc_specialites),
            ("Moyenne générale", self.moyenne),
            ("Villes où étudier", self.communes),
            ("Durée des études envisagée", self.duree),
            ("Alternance", self.alternance),
        ):
            form.addWidget(self._field(text, field) if text else field)
        form.addStretch(1)
        self.form_area = scrolled(holder)
        return self.form_area

    def _field(self, text: str, field: QWidget) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=6)
        label: QLabel = make_label(text, tone="ink2", wrap=True)
        label.setBuddy(field)
        layout.addWidget(label)
        fixed = isinstance(field, Dropdown | QLineEdit)
        layout.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0))
        return holder

    def _results(self) -> QWidget:
        card = panel("inset")
        layout = column(card, margins=16, gap=12)
        self.resume = make_label(role="strong", wrap=True)
        layout.addWidget(self.resume)
        holder = QWidget()
        self._moves = column(holder, margins=(0, 0, 12, 0), gap=14)
        self._moves.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = scrolled(holder)
        self.vide = EmptyState(self._theme, "equalizer-line", "La comparaison n’a pas pu être calculée", "")
        self.pile = Pile(liste=self.area, vide=self.vide, chargement=LoadingState("Calcul de l’hypothèse…"))
        self.pile.show_face("chargement")
        layout.addWidget(self.pile, 1)
        return card

    def _buttons(self) -> QWidget:
        self.buttons = buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.appliquer = QPushButton("Appliquer au profil")
        self.appliquer.setProperty("kind", "primary")
        self.appliquer.setToolTip("Écrit ces réponses dans le profil. Ctrl+Z les reprend toutes.")
        self.remettre = QPushButton("Revenir au profil")
        self.remettre.clicked.connect(self._reset)
        buttons.addButton(self.appliquer, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.remettre, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._show_buttons()
        return buttons

    def _show_form(self) -> None:
        wanted = self.hypothese
        self.bac.show_code(wanted.bac)
        self.specialites.show_codes(wanted.specialites)
        self.bloc_specialites.setVisible(bool(self._session.options.specialites(wanted.bac)))
        if parse_note(self.moyenne.text()) != _known(wanted):
            self.moyenne.setText(format_note(wanted.moyenne))
        self.communes.show_codes(wanted.communes)
        self.duree.show_code(wanted.duree_etudes)
        self.alternance.show_code(wanted.alternance)

    def _show_buttons(self) -> None:
        changed = self.hypothese != self._profil
        self.appliquer.setEnabled(changed)
        self.remettre.setEnabled(changed)

    def _change(self, *, typed: bool = False, **values: Any) -> None:  # noqa: ANN401  fields of several types
        self.hypothese = replace(self.hypothese, **values)
        self._show_form()
        self._show_buttons()
        if typed:
            self._timer.start()
        else:
            self.compute()

    def _reset(self) -> None:
        self.moyenne.clear()
        self.hypothese = self._profil
        self._change()

    def _choose_bac(self, code: str) -> None:
        offered = {option.code for option in self._session.options.specialites(code or None)}
        kept = tuple(one for one in self.hypothese.specialites if one in offered)
        self._change(bac=code or None, specialites=kept)

    def _type_moyenne(self, text: str) -> None:
        note = parse_note(text)
        if note is not None or not text.strip():
            self._change(typed=True, moyenne=note)

    def _search_specialites(self, text: str) -> None:
        offered = self._session.options.specialites(self.hypothese.bac)
        self.specialites.show_answers(text, filter_options(offered, text))

    def _search_communes(self, text: str) -> None:
        session = self._session

        def done(options: tuple[Option, ...]) -> None:
            self.communes.show_answers(text, options)

        self._runner.run(
            lambda _progress: session.search(text, ("commune",), 20), done, self._messenger.fail, key="ville et si"
        )

    def _show(self, vue: EtSiVue) -> None:
        same = self.hypothese == self._profil
        self.resume.setText("C’est la liste actuelle de l’élève." if same else vue.resume)
        clear(self._moves)
        for name, title, lignes in (
            ("entrent", "Entrent dans la liste", vue.entrent),
            ("montent", "Montent", vue.montent),
            ("descendent", "Descendent", vue.descendent),
            ("sortent", "Sortent de la liste", vue.sortent),
        ):
            if lignes:
                add(self._moves, self._block(name, title, lignes))
        self.pile.show_face("liste")
        grow(self.area)

    def _block(self, name: str, title: str, lignes: tuple[MouvementLigne, ...]) -> QWidget:
        holder = QWidget()
        layout = column(holder, gap=4)
        layout.addWidget(make_label(f"{title} ({len(lignes)})", "section"))
        for ligne in lignes[:_MONTRES]:
            layout.addWidget(self._move(name, ligne))
        if len(lignes) > _MONTRES:
            layout.addWidget(make_label(f"et {plural(len(lignes) - _MONTRES, 'autre')}", "small"))
        return holder

    def _move(self, name: str, ligne: MouvementLigne) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(f"{ligne.libelle}, {ligne.texte}")
        line = row(holder, gap=8)
        icon = "arrow-up-line" if _TONS[name] == "success" else "arrow-down-line"
        line.addWidget(make_icon(self._theme, icon, _TONS[name], 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(make_label(ligne.libelle, wrap=True), 1)
        line.addWidget(make_label(ligne.texte, tone="ink2"), 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _failed(self, exc: Exception) -> None:
        message = self._messenger.describe(exc)
        self.vide.show_texts(message.texte, message.remede)
        self.pile.show_face("vide")


def _known(profil: ProfilRecord) -> float | None:
    return None if profil.moyenne is None or profil.moyenne < 0 else profil.moyenne

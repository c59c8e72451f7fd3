"""Behaviour of the meetings and decisions: read, written, corrected, erased, each taken back with Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.entretiens import (
    ChangementFeuille,
    DecisionRecord,
    EntretienRecord,
    Feuille,
    FeuillesEleve,
    check,
    secours,
)
from mps_desktop.services.garde import local_now
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.entretiens.entretiens_view import EntretiensView
from mps_desktop.ui.screens.entretiens.formulaires import Formulaire
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.undo import History


def local_today() -> date:
    """The clock, replaced in tests."""
    return local_now().date()


class EntretiensPresenter(QObject):
    """Builds its own view, ``view``, and follows the student of the store.

    What is being written is saved whenever the student, the tab or the dossier is left. What could not be written is
    kept in memory and comes back in its form with its student.
    """

    def __init__(
        self,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        store: EleveStore,
        history: History,
        messenger: Messenger,
        today: Callable[[], date] = local_today,
    ) -> None:
        self.view = EntretiensView(theme)
        super().__init__(self.view)
        self._entretiens = session.entretiens
        self._runner = runner
        self._store = store
        self._history = history
        self._messenger = messenger
        self._today = today
        self._eleve_id = 0
        self._auteur = ""
        self._unwritten: list[Feuille] = []
        self._connect()

    def flush(self) -> None:
        """Keep what is being written, if anything was, even unfinished: nothing that was typed is lost."""
        form = self._open_form()
        if form is None:
            return
        today, start, unsaved = self._today(), form.start, form.unsaved
        said = form.said(today)
        form.put_away()
        self.view.relayout()
        if said is None or (said == start and not unsaved):
            return
        kept = secours(said, today)
        if kept and kept[0].jour != said.jour:
            self._messenger.tell(Ton.INFO, "La date écrite n’était pas possible : gardé à la date d’aujourd’hui.")
        for feuille in kept:
            self._write(feuille)

    def save(self) -> None:
        """Keep what the form holds; what makes no sense is told in it and nothing is kept."""
        form = self._open_form()
        if form is None:
            return
        try:
            said = form.said(None)
            if said is None:
                return
            clean = check(said, self._today())
        except EnvironmentFault as exc:
            form.refuse(exc)
            self.view.relayout()
            return
        changed = clean != form.start or form.unsaved
        self._put_away()
        if changed:
            self._write(clean)

    def load(self) -> None:
        """Read what is kept about the student, when the tab is on the screen."""
        eleve_id, entretiens = self._eleve_id, self._entretiens
        if eleve_id and self.view.isVisible():
            self._runner.run(
                lambda _progress: entretiens.lire(eleve_id),
                lambda read: self._show(eleve_id, read),
                self._messenger.fail,
                key="entretiens",
            )

    def erase(self, feuille: Feuille) -> None:
        """Erase one; Ctrl+Z brings it back."""
        form = self._open_form()
        if form is not None and form.start is not None and form.start.id == feuille.id:
            self._put_away()
        entretiens = self._entretiens
        self._runner.run(
            lambda _progress: entretiens.effacer(feuille),
            self._written,
            self._messenger.fail,
            label="Effacement",
            must_run=True,
        )

    def edit(self, feuille: Feuille, *, unsaved: bool = False) -> None:
        """Correct one, or write a new one (id 0).

        Args:
            unsaved: it could not be written.
        """
        self.flush()
        form: Formulaire = self.view.entretien if isinstance(feuille, EntretienRecord) else self.view.decision
        what = "entretien" if isinstance(feuille, EntretienRecord) else "décision du conseil"
        new = "Nouvel" if isinstance(feuille, EntretienRecord) else "Nouvelle"
        fixed = "Corriger l’" if isinstance(feuille, EntretienRecord) else "Corriger la "
        form.show_feuille(f"{fixed}{what}" if feuille.id else f"{new} {what}", feuille, unsaved=unsaved)
        self.view.relayout()

    def _connect(self) -> None:
        view, store = self.view, self._store
        store.opening.connect(self._opening)
        store.flushing.connect(self.flush)
        self._history.call_done.connect(self.load)
        view.appeared.connect(self._appeared)
        view.vanished.connect(self.flush)
        view.noter.clicked.connect(self._new_entretien)
        view.noter_decision.clicked.connect(self._new_decision)
        view.edit_asked.connect(self.edit)
        view.erase_asked.connect(self.erase)
        view.done_asked.connect(self._tick)
        for form in (view.entretien, view.decision):
            form.abandonner.clicked.connect(self._put_away)
            form.enregistrer.clicked.connect(self.save)

    def _tick(self, entretien: EntretienRecord, done: bool) -> None:
        self._write(replace(entretien, suite_faite=done))

    def _new_entretien(self) -> None:
        self.edit(EntretienRecord(0, self._eleve_id, self._today(), "", auteur=self._last_author()))

    def _new_decision(self) -> None:
        self.edit(DecisionRecord(0, self._eleve_id, self._today(), "", auteur=self._last_author()))

    def _last_author(self) -> str:
        latest = next(iter(self.view.feuilles), None)
        return self._auteur or (latest.auteur if latest is not None else "")

    def _open_form(self) -> Formulaire | None:
        forms: tuple[Formulaire, ...] = (self.view.entretien, self.view.decision)
        return next((form for form in forms if form.start is not None), None)

    def _put_away(self) -> None:
        form = self._open_form()
        if form is not None:
            form.put_away()
            self.view.relayout()
            self.view.noter.setFocus()

    def _write(self, feuille: Feuille) -> None:
        entretiens = self._entretiens
        self._auteur = feuille.auteur.strip() or self._auteur
        self._runner.run(
            lambda _progress: entretiens.ecrire(feuille),
            self._written,
            lambda exc: self._not_written(exc, feuille),
            label="Enregistrement",
            must_run=True,
        )

    def _written(self, change: ChangementFeuille) -> None:
        entretiens, avant, apres = self._entretiens, change.avant, change.apres
        if avant != apres:
            libelle = "Entretien" if isinstance(apres or avant, EntretienRecord) else "Décision du conseil"
            self._history.remember_call(
                libelle,
                lambda: entretiens.remettre(avant, apres),
                lambda: entretiens.remettre(apres, avant),
            )
        self.load()

    def _not_written(self, exc: Exception, feuille: Feuille) -> None:
        self._messenger.fail(exc)
        self._unwritten.append(feuille)
        self.load()

    def _opening(self, eleve_id: int) -> None:
        """Another student: what was being written was saved by the store's flush."""
        self._eleve_id = eleve_id
        self.view.show_reading()
        self.load()

    def _appeared(self) -> None:
        self._eleve_id = self._store.eleve_id
        self.load()

    def _show(self, eleve_id: int, read: FeuillesEleve) -> None:
        if eleve_id != self._eleve_id or not self.view.isVisible():
            return
        self.view.show_feuilles(read, self._today())
        draft = next((feuille for feuille in self._unwritten if feuille.eleve_id == eleve_id), None)
        if draft is not None and self._open_form() is None:
            self._unwritten.remove(draft)
            self.edit(draft, unsaved=True)

"""Behaviour of the psyEN's notes: open, write, lock. A text is on the screen while its tab is, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.psyen import TEXTE_MAX, ChangementPsyen, NoteLue, NoteSaisie, NotesPsyen
from mps_desktop.ui.dialogs.remettre import RemettreDialog
from mps_desktop.ui.dialogs.secrets import CleSecoursDialog, MotDePasseDialog
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import Outside, SessionPort
from mps_desktop.ui.screens.ouverture.frein import Frein
from mps_desktop.ui.screens.psyen.psyen_view import ABSENT, FERME, LECTURE, OUVERT, PsyenView
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.undo import History

_LIBELLE = "Note du psyEN"
_VERROU = f"Les notes du psyEN sont verrouillées{NNBSP}: rien n’a été changé."
_ROUVRIR = "La dernière action porte sur l’une d’elles. Ouvrez-les pour l’annuler ou la rétablir."


def local_today() -> date:
    """The clock, replaced in tests."""
    return datetime.now().astimezone().date()


class PsyenPresenter(QObject):
    """Builds its own view, ``view``, and follows the student of the store.

    A note that is being written is saved whenever the student, the tab or the dossier is left.
    """

    def __init__(
        self,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        store: EleveStore,
        history: History,
        messenger: Messenger,
        outside: Outside,
        today: Callable[[], date] = local_today,
    ) -> None:
        self.view = PsyenView(theme)
        super().__init__(self.view)
        self._theme = theme
        self._session = session
        self._psyen = session.psyen
        self._runner = runner
        self._store = store
        self._history = history
        self._messenger = messenger
        self._outside = outside
        self._today = today
        self._eleve_id = 0
        self._notes: dict[str, NoteLue] = {}
        self._edited: NoteLue | None = None
        self._auteur = ""
        self.frein = Frein(self)
        self._connect()

    def flush(self) -> None:
        """Save the note that is being written, if anything was; its text counts more than its date."""
        if not self._draft_changed():
            self._put_away()
            return
        try:
            jour = self.view.jour.day()
        except EnvironmentFault:
            jour = None
        self._save(jour or self._today())

    def save(self) -> None:
        """Save the note of the form; a date that is none is told and nothing is saved."""
        view = self.view
        try:
            jour = view.jour.day()
        except EnvironmentFault as exc:
            view.erreur.setText(str(exc))
            view.erreur.show()
            return
        self._save(jour or self._today())

    def _save(self, jour: date) -> None:
        view, eleve_id = self.view, self._eleve_id
        note_id = self._edited.id if self._edited is not None else ""
        saisie = NoteSaisie(jour, view.auteur.text(), view.texte.toPlainText())
        self._auteur = saisie.auteur.strip()
        self._put_away()
        psyen = self._psyen
        self._runner.run(
            lambda _progress: psyen.ecrire(eleve_id, saisie, note_id),
            self._written,
            lambda exc: self._not_saved(exc, saisie, note_id, eleve_id),
            label="Enregistrement de la note",
            must_run=True,
        )

    def lock(self) -> None:
        """Save what is being written, then lock."""
        self.flush()
        psyen = self._psyen
        self._auteur = ""
        self._forget()
        self._runner.run(
            lambda _progress: psyen.fermer(), lambda _none: self.load(), self._messenger.fail, must_run=True
        )

    def load(self) -> None:
        """Read the student's notes, when the tab is on the screen."""
        eleve_id, psyen = self._eleve_id, self._psyen
        if eleve_id and self.view.isVisible():
            self._runner.run(
                lambda _progress: psyen.lire(eleve_id),
                lambda read: self._show(eleve_id, read),
                self._messenger.fail,
                key="notes du psyEN",
            )

    def _connect(self) -> None:
        view, store = self.view, self._store
        store.opening.connect(self._opening)
        store.flushing.connect(self.flush)
        self._history.call_done.connect(self.load)
        self._history.blocked.connect(lambda why: self._messenger.tell(Ton.ATTENTION, why))
        view.appeared.connect(self._appeared)
        view.vanished.connect(self._vanished)
        view.absent.button.clicked.connect(self.ask_creation)
        view.recommencer.clicked.connect(self.ask_creation)
        view.secret.textChanged.connect(lambda _text: self._show_buttons())
        view.secret.returnPressed.connect(self.unlock)
        view.ouvrir.clicked.connect(self.unlock)
        view.oubli.clicked.connect(self.ask_password)
        view.mot_de_passe.triggered.connect(self.ask_password)
        view.cle.triggered.connect(self.ask_key)
        view.remettre.triggered.connect(self.ask_handover)
        view.fermer.clicked.connect(self.lock)
        view.nouvelle.clicked.connect(lambda: self._edit(None))
        view.edit_asked.connect(lambda note_id: self._edit(self._notes.get(note_id)))
        view.erase_asked.connect(self.erase)
        view.abandonner.clicked.connect(self._put_away)
        view.enregistrer.clicked.connect(self.save)
        view.texte.textChanged.connect(self._typed)
        self.frein.changed.connect(self._show_buttons)
        self._show_buttons()

    def unlock(self) -> None:
        """Open with what was typed."""
        secret, psyen = self.view.secret.text(), self._psyen
        if not secret or self.frein.secondes or not self.view.secret.isEnabled():
            return
        self.view.secret.setEnabled(False)
        self._runner.run(
            lambda _progress: psyen.ouvrir(secret),
            lambda _none: self._unlocked(),
            self._refused,
            label="Ouverture des notes du psyEN",
        )

    def erase(self, note_id: str) -> None:
        """Erase a note; Ctrl+Z brings it back."""
        eleve_id, psyen = self._eleve_id, self._psyen
        if self._edited is not None and self._edited.id == note_id:
            self._put_away()
        self._runner.run(
            lambda _progress: psyen.effacer(eleve_id, note_id),
            self._written,
            self._messenger.fail,
            label="Effacement de la note",
            must_run=True,
        )

    def ask_creation(self) -> None:
        """Choose the password of a new compartment."""
        dialog = MotDePasseDialog.for_psyen(self._theme, self._outside.password_opinion, self.view, new=True)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        _, nouveau = dialog.said()
        dialog.deleteLater()
        psyen = self._psyen
        if accepted:
            self._change("Création des notes du psyEN", lambda: psyen.creer(nouveau), self._show_key)

    def ask_password(self) -> None:
        """Change the password, with the present one or the recovery key."""
        dialog = MotDePasseDialog.for_psyen(self._theme, self._outside.password_opinion, self.view)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        actuel, nouveau = dialog.said()
        dialog.deleteLater()
        psyen = self._psyen

        def done(_none: object) -> None:
            self._messenger.tell(Ton.SUCCES, "Le mot de passe des notes du psyEN est changé.")

        if accepted and not self._waiting():
            self._change("Changement du mot de passe", lambda: psyen.changer_mot_de_passe(actuel, nouveau), done)

    def ask_key(self) -> None:
        """Make another recovery key."""
        dialog = MotDePasseDialog.for_secret(self._theme, self.view, psyen=True)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        secret, _ = dialog.said()
        dialog.deleteLater()
        psyen = self._psyen
        if accepted and not self._waiting():
            self._change("Nouvelle clé de secours", lambda: psyen.nouvelle_cle_secours(secret), self._show_key)

    def ask_handover(self) -> None:
        """Write what the dossier keeps about the student, with the notes only if the psyEN ticks the box."""
        self.flush()
        session, eleve_id, files = self._session, self._eleve_id, self._outside.files
        joindre = RemettreDialog.ask(self._theme, len(self._notes), self.view)
        folder = None if joindre is None else files.choose_place(self._outside.documents / f"donnees-eleve-{eleve_id}")
        if joindre is None or folder is None:
            return

        def done(pdf: Path) -> None:
            written = "avec les notes du psyEN" if joindre else "sans le texte des notes du psyEN"
            self._messenger.tell(
                Ton.SUCCES, f"Données de l’élève écrites, {written}.", f"{pdf.parent}{NNBSP}: fichiers non chiffrés."
            )

        self._runner.run(
            lambda _progress: session.exporter_eleve(eleve_id, folder, joindre),
            done,
            self._messenger.fail,
            label="Données de l’élève",
        )

    def _change(self, label: str, work: Callable[[], object], done: Callable[[str], None]) -> None:
        def changed(value: object) -> None:
            self.frein.clear()
            done(str(value))
            self.load()

        def failed(exc: Exception) -> None:
            self.frein.failed()
            self._messenger.fail(exc)

        self._runner.run(lambda _progress: work(), changed, failed, label=label, must_run=True)

    def _waiting(self) -> bool:
        """Too many wrong tries: told, and nothing is tried."""
        if self.frein.secondes:
            self._messenger.tell(Ton.ATTENTION, f"Trop d’essais. Nouvel essai possible dans {self.frein.secondes} s.")
        return bool(self.frein.secondes)

    def _show_key(self, cle: str) -> None:
        dialog = CleSecoursDialog(self._theme, cle, lambda: self._print(cle), self.view, psyen=True)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.open()

    def _print(self, cle: str) -> bool:
        target = self._outside.files.choose_pdf(self._outside.documents / "cle-de-secours-psyen.pdf")
        if target is None:
            return False
        psyen, today = self._psyen, self._today()
        self._runner.run(
            lambda _progress: psyen.imprimer_cle(cle, target, today),
            None,
            self._messenger.fail,
            label="Feuille à imprimer",
        )
        return True

    def _opening(self, eleve_id: int) -> None:
        """Another student: what was being written was saved by the store's flush."""
        self._eleve_id = eleve_id
        self._forget()
        self.load()

    def _appeared(self) -> None:
        self._eleve_id = self._store.eleve_id
        self.load()

    def _vanished(self) -> None:
        self.flush()
        self._forget()

    def _forget(self) -> None:
        """No text of a note stays in the widgets."""
        self._put_away()
        self._notes = {}
        self.view.show_notes(())
        self.view.secret.forget()
        self.view.refus.hide()
        self.view.pile.show_face(LECTURE)

    def _show(self, eleve_id: int, read: NotesPsyen) -> None:
        if eleve_id != self._eleve_id or not self.view.isVisible():
            return
        view, etat = self.view, read.etat
        self._notes = {note.id: note for note in read.notes}
        view.show_notes(read.notes)
        count = plural(etat.nb_notes, "note chiffrée", "notes chiffrées")
        view.nombre.setText(f"{count} pour cet élève." if etat.nb_notes else "Aucune note pour cet élève.")
        view.recommencer.setVisible(etat.vide)
        view.secret.setEnabled(True)
        face = ABSENT if not etat.existe else OUVERT if etat.ouvert else FERME
        changed = view.pile.face != face
        view.pile.show_face(face)
        if changed and face == FERME:
            view.secret.setFocus()

    def _unlocked(self) -> None:
        self.frein.clear()
        self.view.secret.forget()
        self.view.refus.hide()
        self.load()

    def _refused(self, exc: Exception) -> None:
        view = self.view
        self.frein.failed()
        view.refus.show_message(self._messenger.describe(exc))
        view.secret.setEnabled(True)
        view.secret.selectAll()
        view.secret.setFocus()
        self._show_buttons()

    def _show_buttons(self) -> None:
        view, wait = self.view, self.frein.secondes
        view.ouvrir.setEnabled(bool(view.secret.text()) and not wait)
        view.attente.setText(f"Trop d’essais. Nouvel essai possible dans {wait}{NNBSP}s." if wait else "")
        view.attente.setVisible(bool(wait))

    def _edit(self, note: NoteLue | None) -> None:
        self.flush()
        view = self.view
        self._edited = note
        view.show_editor(True, "Corriger la note" if note is not None else "Nouvelle note")
        view.jour.show_day(note.jour if note is not None else self._today())
        latest = next(iter(self._notes.values()), None)
        view.auteur.setText(note.auteur if note is not None else self._auteur or (latest.auteur if latest else ""))
        view.texte.setPlainText(note.texte if note is not None else "")
        self._typed()
        view.texte.setFocus()

    def _draft_changed(self) -> bool:
        view = self.view
        if view.editeur.isHidden() or not view.texte.toPlainText().strip():
            return False
        before = self._edited
        if before is None:
            return True
        said = (view.texte.toPlainText().strip(), view.auteur.text().strip())
        return said != (before.texte, before.auteur) or view.jour.text() != f"{before.jour:%d/%m/%Y}"

    def _typed(self) -> None:
        view = self.view
        length = len(view.texte.toPlainText())
        too_long = length > TEXTE_MAX
        view.erreur.setText(f"{length} caractères, au-delà des {TEXTE_MAX} permis{NNBSP}: coupez la note en deux.")
        view.erreur.setVisible(too_long)
        view.enregistrer.setEnabled(bool(view.texte.toPlainText().strip()) and not too_long)

    def _put_away(self) -> None:
        self._edited = None
        self.view.show_editor(False)

    def _written(self, change: ChangementPsyen) -> None:
        psyen = self._psyen
        self._history.remember_call(
            _LIBELLE,
            lambda: psyen.remettre(change.apres),
            lambda: psyen.remettre(change.avant),
            lambda: "" if psyen.ouvert else f"{_VERROU} {_ROUVRIR}",
        )
        self.load()

    def _not_saved(self, exc: Exception, saisie: NoteSaisie, note_id: str, eleve_id: int) -> None:
        """Give the text back to the form: nothing that was typed is lost."""
        self._messenger.fail(exc)
        if eleve_id == self._eleve_id and self.view.isVisible():
            self._edit(self._notes.get(note_id))
            self.view.jour.show_day(saisie.jour)
            self.view.auteur.setText(saisie.auteur)
            self.view.texte.setPlainText(saisie.texte)

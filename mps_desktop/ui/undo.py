"""Every change that the user sees can be taken back: commands that call the use cases again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.views import ProfilRecord, ResultatImport
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.ports import SessionPort


class History(QObject):
    """Writes, remembered so that Ctrl+Z takes them back in order.

    Args:
        session: the open dossier.
        runner: the lane; writes keep their order in it.

    Signals:
        profil_set: student id and the profile that he has from now on (before it is written).
        profil_saved: student id, once written.
        call_done: something else than a profile or an import was written, taken back or made again.
        import_done: the class list changed: an import was made, taken back or made again.
        blocked: why the next command cannot be taken back or made again now; nothing moved.
        failed: the exception of a write; what was shown is no longer what is stored.
    """

    profil_set = Signal(int, object)
    profil_saved = Signal(int)
    import_done = Signal()
    call_done = Signal()
    blocked = Signal(str)
    failed = Signal(object)

    def __init__(self, session: SessionPort, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self._session = session
        self._runner = runner

    def save_profil(self, change: ProfilChange) -> None:
        """Write a profile and remember how to take it back."""
        self.stack.push(_ProfilCommand(self, change))

    def remember_import(self, resultat: ResultatImport) -> None:
        """Remember an import that has just been made."""
        self.stack.push(_ImportCommand(self, resultat))

    def remember_call(
        self,
        libelle: str,
        redo: Callable[[], object],
        undo: Callable[[], object],
        refus: Callable[[], str] = lambda: "",
        *,
        liste: bool = False,
    ) -> None:
        """Remember a write that has just been made: how to make it again and how to take it back.

        Args:
            refus: why neither can be done at the moment, empty when both can.
            liste: students appear or go: ``import_done`` tells it, not ``call_done``.
        """
        self.stack.push(_CallCommand(self, libelle, redo, undo, refus, liste))

    def undo(self) -> None:
        """Take the last change back."""
        self._step(self.stack.index() - 1, self.stack.undo)

    def redo(self) -> None:
        """Make it again."""
        self._step(self.stack.index(), self.stack.redo)

    def _step(self, number: int, move: Callable[[], None]) -> None:
        command = self.stack.command(number) if 0 <= number < self.stack.count() else None
        refus = command.refus() if isinstance(command, _CallCommand) else ""
        if refus:
            self.blocked.emit(refus)
        else:
            move()

    def forget(self) -> None:
        """Students were erased for good: nothing done before can be taken back."""
        self.stack.clear()
        self.import_done.emit()

    def call(self, command: _CallCommand, work: Callable[[], object]) -> None:
        """Put another write in the lane."""
        told = self.import_done if command.liste else self.call_done
        self._runner.run(
            lambda _progress: work(),
            lambda _result: told.emit(),
            lambda exc: self._refused(command, exc),
            label="Enregistrement",
            must_run=True,
        )

    def write_profil(self, eleve_id: int, profil: ProfilRecord, command: QUndoCommand) -> None:
        """Put a profile in the lane of writes."""
        self.profil_set.emit(eleve_id, profil)
        self._runner.run(
            lambda _progress: self._session.save_profil(eleve_id, profil),
            lambda _previous: self.profil_saved.emit(eleve_id),
            lambda exc: self._refused(command, exc),
            label="Enregistrement",
            must_run=True,
        )

    def undo_import(self, command: _ImportCommand) -> None:
        """Take an import back."""
        resultat = command.resultat
        self._runner.run(
            lambda _progress: self._session.undo_import(resultat),
            lambda _nothing: self.import_done.emit(),
            lambda exc: self._refused(command, exc),
            label="Annulation de l’import",
            must_run=True,
        )

    def redo_import(self, command: _ImportCommand) -> None:
        """Make an import that was taken back again: same students, same numbers."""
        resultat = command.resultat
        self._runner.run(
            lambda _progress: self._session.redo_import(resultat),
            lambda _nothing: self.import_done.emit(),
            lambda exc: self._refused(command, exc),
            label="Import de la liste",
            must_run=True,
        )

    def _refused(self, command: QUndoCommand, exc: Exception) -> None:
        """Forget a command that could not be written, then tell."""
        command.setObsolete(True)
        stack = self.stack
        if stack.index() and stack.command(stack.index() - 1) is command:
            stack.undo()
        self.failed.emit(exc)


class ProfilChange:
    """One field of one student: before and after.

    Attributes:
        champ: name of the field; changes of the same typed field of the same student merge.
        libelle: the field for people, in the undo button.
        typed: text typed letter by letter (merges), not a choice.
    """

    def __init__(
        self, eleve_id: int, champ: str, libelle: str, before: ProfilRecord, after: ProfilRecord, typed: bool = False
    ) -> None:
        self.eleve_id = eleve_id
        self.champ = champ
        self.libelle = libelle
        self.before = before
        self.after = after
        self.typed = typed


class _ProfilCommand(QUndoCommand):
    def __init__(self, history: History, change: ProfilChange) -> None:
        super().__init__(change.libelle)
        self._history = history
        self.change = change

    def id(self) -> int:
        return 1 if self.change.typed else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802  Qt override
        if not isinstance(other, _ProfilCommand):
            return False
        mine, its = self.change, other.change
        if (mine.eleve_id, mine.champ) != (its.eleve_id, its.champ):
            return False
        mine.after = its.after
        return True

    def redo(self) -> None:
        self._history.write_profil(self.change.eleve_id, self.change.after, self)

    def undo(self) -> None:
        self._history.write_profil(self.change.eleve_id, self.change.before, self)


class _CallCommand(QUndoCommand):
    def __init__(
        self,
        history: History,
        libelle: str,
        redo: Callable[[], object],
        undo: Callable[[], object],
        refus: Callable[[], str],
        liste: bool,
    ) -> None:
        super().__init__(libelle)
        self.refus = refus
        self.liste = liste
        self._history = history
        self._made = True
        self._again, self._back = redo, undo

    def redo(self) -> None:
        if self._made:  # the stack calls redo when the command is pushed: the write has just been made
            self._made = False
            return
        self._history.call(self, self._again)

    def undo(self) -> None:
        self._history.call(self, self._back)


class _ImportCommand(QUndoCommand):
    def __init__(self, history: History, resultat: ResultatImport) -> None:
        counted = plural(resultat.nb_ajoutes + resultat.nb_modifies, "élève")
        super().__init__(f"Import{NNBSP}: {counted}")
        self._history = history
        self._made = True
        self.resultat = resultat

    def redo(self) -> None:
        if self._made:  # the stack calls redo when the command is pushed: the import has just been made
            self._made = False
            return
        self._history.redo_import(self)

    def undo(self) -> None:
        self._history.undo_import(self)

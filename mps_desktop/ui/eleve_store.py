"""The student being looked at: one profile shared by all tabs, saved a moment after each change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from mps_desktop.core.progress import Progress
from mps_desktop.services.views import EleveVue, EquilibreVue, ProfilRecord
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.undo import History, ProfilChange

_PAUSE_MS = 400


@dataclass(frozen=True, slots=True)
class Fiche:
    """What the header and the tabs read together."""

    vue: EleveVue
    equilibre: EquilibreVue


class EleveStore(QObject):
    """Holds one student; the tabs read ``profil`` and call ``edit``.

    Signals:
        flushing: whoever keeps something that is not written yet must write it now.
        opening: another student is being read (his id).
        opened: ``Fiche`` of another student.
        refreshed: ``Fiche`` of the same student, read again after a write.
        profil_changed: the profile is another one than what the last editor knows (undo, another tab).
        failed: an exception to show.
    """

    flushing = Signal()
    opening = Signal(int)
    opened = Signal(object)
    refreshed = Signal(object)
    profil_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, session: SessionPort, runner: JobRunner, history: History, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._history = history
        self._eleve_id = 0
        self._profil = ProfilRecord()
        self._saved = ProfilRecord()
        self._pending: tuple[str, str] | None = None
        self.fiche: Fiche | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        history.profil_set.connect(self._set)
        history.profil_saved.connect(self._written)
        history.failed.connect(self._refused)

    @property
    def eleve_id(self) -> int:
        """The student, 0 for none."""
        return self._eleve_id

    @property
    def profil(self) -> ProfilRecord:
        """His profile as it is on the screen."""
        return self._profil

    def open(self, eleve_id: int) -> None:
        """Read another student."""
        self.flush()
        self._eleve_id = eleve_id
        self.fiche = None
        self.opening.emit(eleve_id)
        self._runner.run(self._read(eleve_id), self._opened, self.failed.emit, label="Lecture de l’élève", key="eleve")

    def reload(self) -> None:
        """Read the same student again, from scratch."""
        if self._eleve_id:
            self._pending = None
            self._timer.stop()
            self.open(self._eleve_id)

    def close(self) -> None:
        """No student any more."""
        self.flush()
        self._eleve_id = 0
        self.fiche = None

    def edit(self, champ: str, libelle: str, profil: ProfilRecord, *, typed: bool = False) -> None:
        """Change the profile.

        Args:
            champ: field; a change of another field saves this one first.
            libelle: the field for people.
            typed: text being typed: saved after a pause; a choice is saved at once.
        """
        if self.fiche is None or profil == self._profil:
            return
        if self._pending is not None and self._pending[0] != champ:
            self.flush()
        self._profil = profil
        self._pending = (champ, libelle)
        if typed:
            self._timer.start()
        else:
            self._save(typed=False)
        self.profil_changed.emit(profil)

    def flush(self) -> None:
        """Save now what is waiting for a pause."""
        self.flushing.emit()
        if self._pending is not None:
            self._save(typed=True)

    def _save(self, typed: bool) -> None:
        pending, self._pending = self._pending, None
        self._timer.stop()
        if pending is None or self._profil == self._saved:
            return
        champ, libelle = pending
        self._history.save_profil(ProfilChange(self._eleve_id, champ, libelle, self._saved, self._profil, typed))

    def _set(self, eleve_id: int, profil: ProfilRecord) -> None:
        if eleve_id != self._eleve_id:
            return
        self._saved = profil
        if self._pending is None and profil != self._profil:
            self._profil = profil
            self.profil_changed.emit(profil)

    def _written(self, eleve_id: int) -> None:
        if eleve_id == self._eleve_id:
            self._runner.run(self._read(eleve_id), self._refreshed, self.failed.emit, key="eleve")

    def _read(self, eleve_id: int) -> Callable[[Progress], Fiche]:
        session = self._session

        def work(_progress: Progress) -> Fiche:
            return Fiche(session.load_eleve(eleve_id), session.load_equilibre(eleve_id))

        return work

    def _opened(self, fiche: Fiche) -> None:
        self.fiche = fiche
        self._profil = self._saved = fiche.vue.profil
        self.opened.emit(fiche)

    def _refreshed(self, fiche: Fiche) -> None:
        if self.fiche is None:
            self._opened(fiche)
            return
        self.fiche = fiche
        self.refreshed.emit(fiche)

    def _refused(self, exc: Exception) -> None:
        self.failed.emit(exc)
        self.reload()

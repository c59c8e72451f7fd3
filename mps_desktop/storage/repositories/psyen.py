"""The psyEN's compartment as it is stored: wrapped keys and sealed notes. Nothing here can read a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from mps_desktop.models import ClePsyen, Eleve, NotePsyen
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.keys import KdfParameters, WrappedKey
from mps_desktop.storage.repositories.journal import Action, JournalRepository, utc_now


class Geste(StrEnum):
    """What the journal says was done to the compartment: never a value."""

    CREATION = "psyen_creation"
    MOT_DE_PASSE = "psyen_mot_de_passe"
    CLE_SECOURS = "psyen_cle_secours"
    NOTE_AJOUTEE = "psyen_note_ajoutee"
    NOTE_CORRIGEE = "psyen_note_corrigee"
    NOTE_EFFACEE = "psyen_note_effacee"
    NOTES_REMISES = "psyen_notes_remises"


@dataclass(frozen=True, slots=True)
class NoteScellee:
    """State of one note, as stored. What the undo history keeps: a seal, never a text.

    Attributes:
        contenu: the seal; None = there is no such note.
    """

    id: str
    eleve_id: int
    contenu: bytes | None = field(repr=False)


class PsyenRepository:
    """Reads and writes the compartment within the caller's transaction; never commits.

    Args:
        now: the clock of the journal.
    """

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now) -> None:
        self._session = session
        self._journal = JournalRepository(session, now)

    def wraps(self) -> tuple[WrappedKey, ...]:
        """The ways in; none = there is no compartment."""
        rows = self._session.scalars(select(ClePsyen).order_by(ClePsyen.type)).all()
        return tuple(
            WrappedKey(row.type, KdfParameters(row.memoire_kio, row.passes, row.fils), row.sel, row.cle, row.sceau)
            for row in rows
        )

    def put_wrap(self, wrap: WrappedKey, geste: Geste | None) -> None:
        """Add a way in, or put it in the place of the one of the same kind.

        Args:
            geste: what the journal says; None = nothing that anybody did (a stronger derivation).
        """
        self._session.execute(delete(ClePsyen).where(ClePsyen.type == wrap.kind))
        self._session.execute(
            insert(ClePsyen).values(
                type=wrap.kind, memoire_kio=wrap.kdf.memory_kib, passes=wrap.kdf.passes, fils=wrap.kdf.lanes,
                sel=wrap.salt, cle=wrap.wrapped, sceau=wrap.tag,
            )
        )  # fmt: skip
        if geste is not None:
            self.note_journal(geste)

    def list(self, eleve_id: int) -> tuple[NoteScellee, ...]:
        """The sealed notes of a student, in no order that means anything."""
        query = select(NotePsyen.id, NotePsyen.eleve_id, NotePsyen.contenu).where(NotePsyen.eleve_id == eleve_id)
        return tuple(NoteScellee(*row) for row in self._session.execute(query.order_by(NotePsyen.id)))

    def count(self, eleve_ids: tuple[int, ...] | None = None) -> int:
        """How many notes these students have; None = everybody."""
        query = select(func.count()).select_from(NotePsyen)
        if eleve_ids is not None:
            query = query.where(NotePsyen.eleve_id.in_(eleve_ids))
        return self._session.scalar(query) or 0

    def drop_wraps(self) -> None:
        """Forget every way in: what is sealed can never be read again."""
        self._session.execute(delete(ClePsyen))

    def put(self, note: NoteScellee) -> NoteScellee:
        """Give a note this state: added, replaced, or erased when there is no content.

        Returns:
            Its state before: putting that back undoes the change.

        Raises:
            UnknownEleve: the student is no longer in the dossier.
        """
        here = (NotePsyen.id == note.id, NotePsyen.eleve_id == note.eleve_id)
        stored = self._session.scalar(select(NotePsyen.contenu).where(*here))
        if note.contenu is None:
            self._session.execute(delete(NotePsyen).where(*here))
            geste = Geste.NOTE_EFFACEE if stored is not None else None
        elif stored is None:
            if self._session.scalar(select(Eleve.id).where(Eleve.id == note.eleve_id)) is None:
                raise UnknownEleve
            self._session.execute(insert(NotePsyen).values(id=note.id, eleve_id=note.eleve_id, contenu=note.contenu))
            geste = Geste.NOTE_AJOUTEE
        else:
            self._session.execute(update(NotePsyen).where(*here).values(contenu=note.contenu))
            geste = Geste.NOTE_CORRIGEE if stored != note.contenu else None
        if geste is not None:
            self.note_journal(geste, (note.eleve_id,))
        return NoteScellee(note.id, note.eleve_id, stored)

    def note_journal(self, geste: Geste, eleve_ids: tuple[int, ...] = ()) -> None:
        """A line of the journal: who, when, what kind of thing."""
        self._journal.add(Action.PSYEN_MODIFIE, eleve_ids, str(geste))

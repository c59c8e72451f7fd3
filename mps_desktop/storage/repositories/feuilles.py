"""What is written about a student on a day and signed: kept as rows that are added, corrected, deleted, put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, delete, insert, select, true, update
from sqlalchemy.orm import Session

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.models import DecisionConseil, Eleve, Entretien
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.records import DecisionRecord, EntretienRecord
from mps_desktop.storage.repositories.journal import Action, JournalRepository, utc_now

R = TypeVar("R", EntretienRecord, DecisionRecord)


class FeuilleRepository(Generic[R]):
    """Reads and writes one table of them within the caller's transaction; never commits.

    The journal names the columns that changed, never what is in them.

    Args:
        now: the clock, for the dates of change and the journal.
    """

    _table: ClassVar[type[Entretien] | type[DecisionConseil]]
    _record: type[R]
    _actions: ClassVar[tuple[Action, Action, Action]]
    """Added, changed, deleted."""
    _absent: ClassVar[str]

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now) -> None:
        self._session = session
        self._now = now
        self._journal = JournalRepository(session, now)

    def list(self, eleve_id: int | None = None) -> tuple[R, ...]:
        """Those of a student, or of everybody with None, newest first."""
        return self._load(true() if eleve_id is None else self._table.eleve_id == eleve_id)

    def add(self, record: R) -> int:
        """Store one and return its id; an id other than 0 brings a deleted one back under it.

        Raises:
            UnknownEleve: the student is no longer in the dossier.
        """
        if self._session.scalar(select(Eleve.id).where(Eleve.id == record.eleve_id)) is None:
            raise UnknownEleve
        now = self._now()
        values = self._values(record) | {"eleve_id": record.eleve_id, "cree": now, "modifie": now}
        if record.id:
            values["id"] = record.id
        stored = self._session.scalars(insert(self._table).values(**values).returning(self._table.id)).one()
        self._journal.add(self._actions[0], (record.eleve_id,))
        return stored

    def update(self, record: R) -> R:
        """Store one again; returns what it was, so that storing that undoes the change.

        Raises:
            EnvironmentFault: it was deleted.
        """
        previous = self._get(record.id)
        changed = [name for name, value in self._values(record).items() if getattr(previous, name) != value]
        if changed:
            query = update(self._table).where(self._table.id == record.id)
            self._session.execute(query.values(**self._values(record), modifie=self._now()))
            self._journal.add(self._actions[1], (previous.eleve_id,), ",".join(changed))
        return previous

    def delete(self, feuille_id: int) -> R:
        """Delete one; ``add`` brings what is returned back.

        Raises:
            EnvironmentFault: it was deleted already.
        """
        previous = self._get(feuille_id)
        self._session.execute(delete(self._table).where(self._table.id == feuille_id))
        self._journal.add(self._actions[2], (previous.eleve_id,))
        return previous

    def _get(self, feuille_id: int) -> R:
        found = self._load(self._table.id == feuille_id)
        if not found:
            raise EnvironmentFault(self._absent, "Revenez à la fiche de l’élève.")
        return found[0]

    def _load(self, which: ColumnElement[bool]) -> tuple[R, ...]:
        table = self._table
        query = select(*(getattr(table, field.name) for field in fields(self._record))).where(which)
        rows = self._session.execute(query.order_by(table.jour.desc(), table.id.desc()))
        return tuple(self._record(*row) for row in rows)

    @staticmethod
    def _values(record: R) -> dict[str, Any]:
        names = [field.name for field in fields(record) if field.name not in {"id", "eleve_id"}]
        return {name: getattr(record, name) for name in names}

"""Meetings with students."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, true, update
from sqlalchemy.orm import Session

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.models import Eleve, Entretien
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.records import EntretienRecord
from mps_desktop.storage.repositories.journal import Action, JournalRepository, utc_now


class EntretienRepository:
    """Reads and writes meetings within the caller's transaction; never commits.

    Args:
        now: the clock, for the dates of change and the journal.
    """

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now) -> None:
        self._session = session
        self._now = now
        self._journal = JournalRepository(session, now)

    def list(self, eleve_id: int | None = None) -> tuple[EntretienRecord, ...]:
        """Meetings of a student, or of everybody with None, newest first."""
        return self._load(true() if eleve_id is None else Entretien.eleve_id == eleve_id)

    def due(self, jusque: date) -> tuple[EntretienRecord, ...]:
        """Meetings whose next action is due on that day or before, the oldest first."""
        found = self._load(Entretien.echeance <= jusque)
        return tuple(sorted(found, key=lambda record: (record.echeance or record.jour, record.id)))

    def add(self, record: EntretienRecord) -> int:
        """Store a meeting and return its id; an id other than 0 brings a deleted one back under it.

        Raises:
            UnknownEleve: the student is no longer in the dossier.
        """
        if self._session.scalar(select(Eleve.id).where(Eleve.id == record.eleve_id)) is None:
            raise UnknownEleve
        now = self._now()
        values = self._values(record) | {"eleve_id": record.eleve_id, "cree": now, "modifie": now}
        if record.id:
            values["id"] = record.id
        entretien_id = self._session.scalars(insert(Entretien).values(**values).returning(Entretien.id)).one()
        self._journal.add(Action.ENTRETIEN_AJOUTE, (record.eleve_id,))
        return entretien_id

    def update(self, record: EntretienRecord) -> EntretienRecord:
        """Store a meeting again; returns what it was, so that storing that undoes the change.

        Raises:
            EnvironmentFault: it was deleted.
        """
        previous = self._get(record.id)
        changed = [name for name, value in self._values(record).items() if getattr(previous, name) != value]
        if changed:
            query = update(Entretien).where(Entretien.id == record.id)
            self._session.execute(query.values(**self._values(record), modifie=self._now()))
            self._journal.add(Action.ENTRETIEN_MODIFIE, (previous.eleve_id,), ",".join(changed))
        return previous

    def delete(self, entretien_id: int) -> EntretienRecord:
        """Delete a meeting; ``add`` brings what is returned back.

        Raises:
            EnvironmentFault: it was deleted already.
        """
        previous = self._get(entretien_id)
        self._session.execute(delete(Entretien).where(Entretien.id == entretien_id))
        self._journal.add(Action.ENTRETIEN_SUPPRIME, (previous.eleve_id,))
        return previous

    def _get(self, entretien_id: int) -> EntretienRecord:
        found = self._load(Entretien.id == entretien_id)
        if not found:
            raise EnvironmentFault("Cet entretien n’est plus dans le dossier.", "Revenez à la fiche de l’élève.")
        return found[0]

    def _load(self, which: ColumnElement[bool]) -> tuple[EntretienRecord, ...]:
        query = select(
            Entretien.id, Entretien.eleve_id, Entretien.jour, Entretien.notes, Entretien.decisions, Entretien.suite,
            Entretien.echeance, Entretien.auteur,
        ).where(which)  # fmt: skip
        ordered = query.order_by(Entretien.jour.desc(), Entretien.id.desc())
        return tuple(EntretienRecord(*row) for row in self._session.execute(ordered))

    @staticmethod
    def _values(record: EntretienRecord) -> dict[str, Any]:
        return {
            "jour": record.jour,
            "notes": record.notes,
            "decisions": record.decisions,
            "suite": record.suite,
            "echeance": record.echeance,
            "auteur": record.auteur,
        }

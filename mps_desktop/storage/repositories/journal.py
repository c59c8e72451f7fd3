"""What was done and when, without any personal value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from mps_desktop.models import Journal
from mps_desktop.storage.records import JournalRecord


class Action(StrEnum):
    """Codes of the journal. The database accepts others: a newer version may write some."""

    ELEVE_AJOUTE = "eleve.ajoute"
    ELEVE_MODIFIE = "eleve.modifie"
    ELEVE_SUPPRIME = "eleve.supprime"
    PROFIL_MODIFIE = "profil.modifie"


def utc_now() -> datetime:
    """The clock of the repositories, replaced in tests."""
    return datetime.now(UTC)


class JournalRepository:
    """Lines of the journal, within the caller's transaction.

    Args:
        now: the clock.
    """

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now) -> None:
        self._session = session
        self._now = now

    def add(self, action: str, eleve_ids: tuple[int, ...] = ()) -> None:
        """Note that something was done to these students, or to the dossier when there is none."""
        quand = self._now()
        rows = [{"quand": quand, "action": str(action), "eleve_id": eleve_id} for eleve_id in eleve_ids or (None,)]
        self._session.execute(insert(Journal), rows)

    def list(self, limite: int = 200) -> tuple[JournalRecord, ...]:
        """The last lines, newest first."""
        query = select(Journal.quand, Journal.action, Journal.eleve_id).order_by(Journal.id.desc()).limit(limite)
        return tuple(JournalRecord(*row) for row in self._session.execute(query))

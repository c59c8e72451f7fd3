"""One student with every row that hangs on him: erased together, brought back as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from mps_desktop.models import Classe, Eleve
from mps_desktop.models.base import Base
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.records import ClasseRecord
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository, utc_now

_Rows = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class EleveEfface:
    """A student who was erased: what the undo history keeps, in memory only. The psyEN's notes are seals in it.

    Attributes:
        classe: his class as it was, None when he had none; it goes when it becomes empty.
        lignes: name of a table and its rows, parents before children.
    """

    eleve_id: int
    classe: ClasseRecord | None = field(repr=False)
    lignes: tuple[tuple[str, _Rows], ...] = field(repr=False)

    def counts(self) -> Counter[str]:
        """Rows by name of table."""
        return Counter({name: len(rows) for name, rows in self.lignes})


class EffacementRepository:
    """Erases and brings back within the caller's transaction; never commits.

    Tables are found by their foreign keys: one that a later version adds goes with the student, and comes back.

    Args:
        now: the clock of the journal.
    """

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now) -> None:
        self._session = session
        self._classes = ClasseRepository(session, now)
        self._journal = JournalRepository(session, now)

    def gather(self, eleve_id: int) -> EleveEfface:
        """Everything about a student; nothing is written.

        Raises:
            UnknownEleve: he is not in the dossier.
        """
        eleve = cast("Table", Eleve.__table__)
        kept: dict[str, _Rows] = {eleve.name: self._rows(eleve, "id", {eleve_id})}
        if not kept[eleve.name]:
            raise UnknownEleve
        for table in Base.metadata.sorted_tables:
            for column, parent in _parents(table):
                if parent in kept and table.name not in kept:
                    found = self._rows(table, column, {row["id"] for row in kept[parent]})
                    if found:
                        kept[table.name] = found
        classe_id = kept[eleve.name][0]["classe_id"]
        classe = next((c for c in self._classes.list() if c.id == classe_id), None)
        return EleveEfface(eleve_id, classe, tuple(kept.items()))

    def erase(self, eleve_id: int) -> EleveEfface:
        """Erase a student with everything about him; a class that becomes empty goes too.

        Returns:
            What ``restore`` brings back.

        Raises:
            UnknownEleve: he is not in the dossier.
        """
        gone = self.gather(eleve_id)
        self._session.execute(delete(Eleve).where(Eleve.id == eleve_id))
        if gone.classe is not None:
            self._classes.prune({gone.classe.id})
        self._journal.add(Action.ELEVE_SUPPRIME, (eleve_id,))
        return gone

    def restore(self, gone: EleveEfface) -> None:
        """Bring a student back under his number, with every row; his class is made again when it is gone."""
        classe_id = None
        if gone.classe is not None:
            self._classes.put_back((gone.classe,))
            classe_id = self._session.scalar(select(Classe.id).where(Classe.nom == gone.classe.nom))
            classe_id = classe_id or self._classes.ensure(gone.classe.nom, gone.classe.niveau)
        renamed: dict[str, dict[int, int]] = {}
        for name, rows in gone.lignes:
            table = Base.metadata.tables[name]
            values = [dict(row) for row in rows]
            if name == Eleve.__tablename__:
                values[0]["classe_id"] = classe_id
            for column, parent in _parents(table):
                for row in values:
                    row[column] = renamed.get(parent, {}).get(row[column], row[column])
            if self._taken(table, values):
                renamed[name] = self._insert_anew(table, values)
            else:
                self._session.execute(insert(table), values)
        self._journal.add(Action.ELEVE_REMIS, (gone.eleve_id,))

    def _rows(self, table: Table, column: str, ids: set[int]) -> _Rows:
        query = select(table).where(table.c[column].in_(ids)).order_by(*table.primary_key.columns)
        return tuple(dict(row) for row in self._session.execute(query).mappings())

    def _taken(self, table: Table, rows: list[dict[str, Any]]) -> bool:
        """Whether a number of these rows was given again since: SQLite does for tables without ``autoincrement``."""
        if "id" not in table.c or table.name == Eleve.__tablename__:
            return False
        query = select(table.c.id).where(table.c.id.in_({row["id"] for row in rows})).limit(1)
        return self._session.scalar(query) is not None

    def _insert_anew(self, table: Table, rows: list[dict[str, Any]]) -> dict[int, int]:
        """Store rows under new numbers, in the same order; returns old number -> new one."""
        fresh: dict[int, int] = {}
        for row in rows:
            values = {name: value for name, value in row.items() if name != "id"}
            fresh[row["id"]] = self._session.scalars(insert(table).values(**values).returning(table.c.id)).one()
        return fresh


def _parents(table: Table) -> tuple[tuple[str, str], ...]:
    """(column, table it points to) for the keys of a table that delete with their parent."""
    return tuple(
        (key.parent.name, key.column.table.name)
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name)
        if key.ondelete == "CASCADE"
    )

"""Classes of the dossier."""

from __future__ import annotations

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from mps_desktop.core.text import sort_key
from mps_desktop.models import Classe, Eleve, Niveau
from mps_desktop.storage.records import ClasseRecord


class ClasseRepository:
    """Reads and writes classes within the caller's transaction; never commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[ClasseRecord, ...]:
        """Every class with its number of students, in alphabetical order."""
        query = (
            select(Classe.id, Classe.nom, Classe.niveau, func.count(Eleve.id))
            .outerjoin(Eleve, Eleve.classe_id == Classe.id)
            .group_by(Classe.id, Classe.nom, Classe.niveau)
        )
        records = (
            ClasseRecord(id_, nom, niveau.value, count) for id_, nom, niveau, count in self._session.execute(query)
        )
        return tuple(sorted(records, key=lambda record: sort_key(record.nom)))

    def ensure(self, nom: str, niveau: str) -> int:
        """Id of the class of that exact name, created when it does not exist (its level never changes)."""
        known = self._session.scalar(select(Classe.id).where(Classe.nom == nom))
        if known is not None:
            return known
        query = insert(Classe).values(nom=nom, niveau=Niveau(niveau)).returning(Classe.id)
        return self._session.scalars(query).one()

    def prune(self, ids: set[int]) -> None:
        """Remove those of these classes that no student belongs to any more."""
        empty = ~exists().where(Eleve.classe_id == Classe.id)
        self._session.execute(delete(Classe).where(Classe.id.in_(ids), empty))

"""Classes of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from mps_desktop.core.dates import annee_scolaire
from mps_desktop.core.text import sort_key
from mps_desktop.models import Bilan, Classe, Eleve, Niveau
from mps_desktop.storage.records import ClasseRecord
from mps_desktop.storage.repositories.journal import Action, JournalRepository, utc_now

_NOM_MAX = 100


class ClasseRepository:
    """Reads and writes classes within the caller's transaction; never commits.

    Args:
        now: the clock; a new class belongs to the school year of its day.
    """

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now) -> None:
        self._session = session
        self._now = now

    def list(self) -> tuple[ClasseRecord, ...]:
        """Every class with its number of students, in alphabetical order."""
        query = (
            select(Classe.id, Classe.nom, Classe.niveau, func.count(Eleve.id), Classe.annee)
            .outerjoin(Eleve, Eleve.classe_id == Classe.id)
            .group_by(Classe.id, Classe.nom, Classe.niveau, Classe.annee)
        )
        records = (
            ClasseRecord(id_, nom, niveau.value, count, annee)
            for id_, nom, niveau, count, annee in self._session.execute(query)
        )
        return tuple(sorted(records, key=lambda record: sort_key(record.nom)))

    def ensure(self, nom: str, niveau: str) -> int:
        """Id of the class of that exact name, created when it does not exist (its level never changes)."""
        known = self._session.scalar(select(Classe.id).where(Classe.nom == nom))
        if known is not None:
            return known
        annee = annee_scolaire(self._now().astimezone().date())
        query = insert(Classe).values(nom=nom, niveau=Niveau(niveau), annee=annee).returning(Classe.id)
        return self._session.scalars(query).one()

    def put_back(self, records: Iterable[ClasseRecord]) -> None:
        """Make again under their ids those of these classes that are gone: same level, same school year."""
        known = {found for row in self._session.execute(select(Classe.id, Classe.nom)) for found in row}
        for record in records:
            if record.id not in known and record.nom not in known:
                values = {"id": record.id, "nom": record.nom, "niveau": Niveau(record.niveau), "annee": record.annee}
                self._session.execute(insert(Classe).values(**values))

    def prune(self, ids: set[int]) -> None:
        """Remove those of these classes that no student belongs to any more."""
        empty = ~exists().where(Eleve.classe_id == Classe.id)
        self._session.execute(delete(Classe).where(Classe.id.in_(ids), empty))

    def close_years(self, annee: str) -> tuple[str, ...]:
        """Give the classes of past school years their year as part of their name, once: "TG1 (2025-2026)".

        The TG1 of the new year is then another class, and the past year can be purged alone.

        Args:
            annee: the school year that begins ("2026-2027").

        Returns:
            The new names.
        """
        past = self._session.execute(
            select(Classe.id, Classe.nom, Classe.annee).where(Classe.annee != "", Classe.annee < annee)
        ).all()
        renamed: list[str] = []
        for id_, nom, year in past:
            if nom.endswith(f"({year})"):
                continue
            fresh = f"{nom[: _NOM_MAX - len(year) - 3]} ({year})"
            if self._session.scalar(select(Classe.id).where(Classe.nom == fresh)) is not None:
                continue
            self._session.execute(update(Classe).where(Classe.id == id_).values(nom=fresh))
            self._session.execute(update(Bilan).where(Bilan.classe == nom).values(classe=fresh))
            renamed.append(fresh)
        if renamed:
            JournalRepository(self._session, self._now).add(Action.ANNEE_CLOSE, nombre=len(renamed))
        return tuple(renamed)

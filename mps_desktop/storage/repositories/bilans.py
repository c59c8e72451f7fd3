"""The dated state of each class: one line a day at most."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mps_desktop.models import Bilan, Classe
from mps_desktop.storage.records import BilanRecord

_COLONNES = (
    Bilan.classe, Bilan.jour, Bilan.effectif, Bilan.jalons_atteints, Bilan.sans_voeu, Bilan.sans_securisant,
    Bilan.nb_ambitieux, Bilan.nb_realiste, Bilan.nb_securisant, Bilan.nb_insuffisant, Bilan.ecarts_declares,
)  # fmt: skip


class BilanRepository:
    """Reads and writes the states of classes within the caller's transaction; never commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, record: BilanRecord) -> None:
        """Store the state of a class; another one of the same day gives its place.

        A state that is that of the last day kept is none: what changed today was taken back.
        """
        same_day = (Bilan.classe == record.classe) & (Bilan.jour == record.jour)
        self._session.execute(delete(Bilan).where(same_day))
        before = select(*_COLONNES).where(Bilan.classe == record.classe, Bilan.jour < record.jour)
        last = self._session.execute(before.order_by(Bilan.jour.desc()).limit(1)).first()
        if last is None or replace(BilanRecord(*last), jour=record.jour) != record:
            self._session.execute(insert(Bilan).values(**asdict(record)))

    def forget_absent(self, jour: date) -> None:
        """Remove the states of that day of classes that are no longer there: the import that made them was taken back.

        Those of the days before stay: the curve outlives a class that an import empties.
        """
        self._session.execute(delete(Bilan).where(Bilan.jour == jour, Bilan.classe.not_in(select(Classe.nom))))

    def list(self, classe: str) -> tuple[BilanRecord, ...]:
        """States of a class, oldest first."""
        query = select(*_COLONNES).where(Bilan.classe == classe).order_by(Bilan.jour)
        return tuple(BilanRecord(*row) for row in self._session.execute(query))

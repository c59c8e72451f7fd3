"""Students of the dossier, with their profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, true, update
from sqlalchemy.orm import Session

from mps_desktop.core.text import fold, sort_key
from mps_desktop.models import Classe, Eleve, Niveau, Sexe
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.records import EleveRecord, ProfilRecord
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository, utc_now
from mps_desktop.storage.repositories.profils import (
    insert_profil,
    insert_profils,
    load_profils,
    member_of,
    replace_profil,
    stored_value,
)


class EleveRepository:
    """Reads and writes students within the caller's transaction; never commits.

    Args:
        now: the clock, for the dates of change and the journal.
    """

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now) -> None:
        self._session = session
        self._now = now
        self._classes = ClasseRepository(session, now)
        self._journal = JournalRepository(session, now)

    def list(self, classe: str | None = None) -> tuple[EleveRecord, ...]:
        """Students in French alphabetical order, profiles included.

        Args:
            classe: name of a class; None = all of them, empty = those without a class.
        """
        if classe is None:
            return self._load(true())
        if not classe:
            return self._load(Eleve.classe_id.is_(None))
        return self._load(Eleve.classe_id == select(Classe.id).where(Classe.nom == classe).scalar_subquery())

    def get(self, eleve_id: int) -> EleveRecord:
        """One student.

        Raises:
            UnknownEleve: he is no longer in the dossier.
        """
        found = self._load(Eleve.id == eleve_id)
        if not found:
            raise UnknownEleve
        return found[0]

    def added(self, eleve_id: int) -> datetime:
        """When a student was added.

        Raises:
            UnknownEleve: he is no longer in the dossier.
        """
        cree = self._session.scalar(select(Eleve.cree).where(Eleve.id == eleve_id))
        if cree is None:
            raise UnknownEleve
        return cree

    def added_without_year(self) -> tuple[datetime, ...]:
        """When each student was added who has no class, or whose class has no school year (older versions)."""
        query = select(Eleve.cree).outerjoin(Classe, Classe.id == Eleve.classe_id)
        return tuple(self._session.scalars(query.where(or_(Eleve.classe_id.is_(None), Classe.annee == ""))))

    def add(self, record: EleveRecord) -> int:
        """Store a student with his profile; his class is created when it is new.

        Args:
            record: id 0 asks for a new id; any other brings a deleted student back under it.

        Returns:
            His id.
        """
        now = self._now()
        values = self._identity(record) | {
            "cree": now,
            "modifie": record.modifie if record.id and record.modifie else now,
        }
        if record.id:
            values["id"] = record.id
        eleve_id = self._session.scalars(insert(Eleve).values(**values).returning(Eleve.id)).one()
        insert_profil(self._session, eleve_id, record.profil, now)
        self._journal.add(Action.ELEVE_AJOUTE, (eleve_id,))
        return eleve_id

    def add_many(self, records: Sequence[EleveRecord]) -> tuple[int, ...]:
        """Store new students (id 0) with their profiles, in a few statements whatever their number.

        Returns:
            Their ids, in the same order.
        """
        if not records:
            return ()
        now = self._now()
        values = [self._identity(record) | {"cree": now, "modifie": now} for record in records]
        query = insert(Eleve).returning(Eleve.id, sort_by_parameter_order=True)
        ids = tuple(self._session.scalars(query, values).all())
        insert_profils(self._session, list(zip(ids, (record.profil for record in records), strict=True)), now)
        self._journal.add(Action.ELEVE_AJOUTE, ids)
        return ids

    def update_identity(self, record: EleveRecord, action: Action = Action.ELEVE_MODIFIE) -> None:
        """Store name, class, level, birth, sex and INE of a student; his profile is left alone.

        Args:
            action: what the journal says, beside the names of the fields that changed.

        Raises:
            UnknownEleve: he is no longer in the dossier.
        """
        columns = (Eleve.nom, Eleve.prenom, Eleve.naissance, Eleve.sexe, Eleve.ine, Eleve.niveau, Eleve.classe_id)
        before = self._session.execute(select(*columns).where(Eleve.id == record.id)).first()
        if before is None:
            raise UnknownEleve
        values = self._identity(record)
        changed = [name.removesuffix("_id") for name, value in values.items() if getattr(before, name) != value]
        self._session.execute(update(Eleve).where(Eleve.id == record.id).values(**values, modifie=self._now()))
        if before.classe_id is not None and before.classe_id != values["classe_id"]:
            self._classes.prune({before.classe_id})
        self._journal.add(action, (record.id,), ",".join(changed))

    def save_profil(self, eleve_id: int, profil: ProfilRecord) -> ProfilRecord:
        """Replace the profile of a student.

        A class stated by the teacher for a vœu that is not in the list of its favourite is dropped.

        Returns:
            The previous profile: saving it back undoes the change.

        Raises:
            UnknownEleve: he is no longer in the dossier.
        """
        previous = load_profils(self._session, Eleve.id == eleve_id).get(eleve_id)
        if previous is None:
            raise UnknownEleve
        if profil != previous:
            replace_profil(self._session, eleve_id, profil, previous, self._now())
            self._session.execute(update(Eleve).where(Eleve.id == eleve_id).values(modifie=self._now()))
            changed = [
                field.name for field in fields(profil) if getattr(profil, field.name) != getattr(previous, field.name)
            ]
            self._journal.add(Action.PROFIL_MODIFIE, (eleve_id,), ",".join(changed))
        return previous

    def put_back(self, record: EleveRecord) -> None:
        """Make a student what he was before a change that is taken back, the date of his last change included.

        Raises:
            UnknownEleve: he is no longer in the dossier.
        """
        self.update_identity(record)
        self.save_profil(record.id, record.profil)
        if record.modifie is not None:
            self._session.execute(update(Eleve).where(Eleve.id == record.id).values(modifie=record.modifie))

    def delete(self, ids: Iterable[int]) -> tuple[EleveRecord, ...]:
        """Delete students with everything about them; a class that becomes empty goes too.

        Args:
            ids: those that are already gone are ignored.

        Returns:
            What was deleted: ``add`` brings each one back as it was.
        """
        deleted = self._load(Eleve.id.in_(set(ids)))
        gone = tuple(record.id for record in deleted)
        if gone:
            classes = self._session.scalars(select(Eleve.classe_id).where(Eleve.id.in_(gone)).distinct()).all()
            self._session.execute(delete(Eleve).where(Eleve.id.in_(gone)))
            self._classes.prune({classe_id for classe_id in classes if classe_id is not None})
            self._journal.add(Action.ELEVE_SUPPRIME, gone)
        return deleted

    def find_match(
        self, nom: str, prenom: str, naissance: date | None = None, ine: str = "", classe: str = ""
    ) -> EleveRecord | None:
        """The stored student that a line of a roster is about, None when nobody or several could be.

        The same INE decides. Else the same surname, first name and birth date; else surname, first
        name and class, provided that neither INE nor birth date contradicts. Accents and case of
        names do not count.
        """
        columns = (Eleve.id, Eleve.nom, Eleve.prenom, Eleve.naissance, Eleve.ine, Classe.nom.label("classe"))
        rows = self._session.execute(select(*columns).outerjoin(Classe, Classe.id == Eleve.classe_id)).all()
        name = (fold(nom), fold(prenom))
        same_ine = [row for row in rows if ine and row.ine == ine]
        same_name = [row for row in rows if (fold(row.nom), fold(row.prenom)) == name]
        same_birth = [row for row in same_name if naissance and row.naissance == naissance]
        same_classe = [
            row
            for row in same_name
            if fold(row.classe or "") == fold(classe) and not (ine and row.ine) and not (naissance and row.naissance)
        ]
        found = same_ine or same_birth or same_classe
        return self.get(found[0].id) if len(found) == 1 else None

    def _load(self, which: ColumnElement[bool]) -> tuple[EleveRecord, ...]:
        columns = (
            Eleve.id,
            Eleve.nom,
            Eleve.prenom,
            Eleve.naissance,
            Eleve.sexe,
            Eleve.ine,
            Eleve.niveau,
            Eleve.modifie,
            Classe.nom.label("classe"),
        )
        profils = load_profils(self._session, which)
        query = select(*columns).outerjoin(Classe, Classe.id == Eleve.classe_id).where(which)
        records = [
            EleveRecord(
                id=row.id,
                nom=row.nom,
                prenom=row.prenom,
                classe=row.classe or "",
                niveau=row.niveau.value,
                naissance=row.naissance,
                sexe=stored_value(row.sexe) or "",
                ine=row.ine or "",
                profil=profils[row.id],
                modifie=row.modifie,
            )
            for row in self._session.execute(query)
        ]
        return tuple(sorted(records, key=lambda record: (sort_key(record.nom), sort_key(record.prenom), record.id)))

    def _identity(self, record: EleveRecord) -> dict[str, Any]:
        return {
            "nom": record.nom,
            "prenom": record.prenom,
            "naissance": record.naissance,
            "sexe": member_of(Sexe, record.sexe),
            "ine": record.ine or None,
            "niveau": Niveau(record.niveau),
            "classe_id": self._classes.ensure(record.classe, record.niveau) if record.classe else None,
        }

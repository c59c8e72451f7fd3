"""Between the tables of a profile and its record. Used by ``eleves`` only.

Reading takes six queries whatever the number of students: whole rows of columns, no ORM object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from mps_desktop.models import (
    Alternance,
    AttendusLus,
    ClasseEnseignant,
    Corbeille,
    DureeEtudes,
    Eleve,
    Favori,
    Profil,
    Situation,
    Voeu,
)
from mps_desktop.storage.records import FavoriRecord, ProfilRecord
from mps_desktop.storage.repositories.avis import last_reasons, note_changes

E = TypeVar("E", bound=Enum)


def load_profils(session: Session, which: ColumnElement[bool]) -> dict[int, ProfilRecord]:
    """Profiles by student id.

    Args:
        which: condition on columns of ``Eleve``.
    """
    favoris = _load_favoris(session, which)
    corbeilles: dict[int, list[str]] = defaultdict(list)
    query = select(Corbeille.eleve_id, Corbeille.formation_id).join(Eleve, Eleve.id == Corbeille.eleve_id).where(which)
    for eleve_id, formation_id in session.execute(query.order_by(Corbeille.eleve_id, Corbeille.rang)):
        corbeilles[eleve_id].append(formation_id)
    columns = (
        Profil.eleve_id,
        Profil.situation,
        Profil.bac,
        Profil.specialites,
        Profil.moyenne,
        Profil.domaines,
        Profil.interets,
        Profil.metiers,
        Profil.duree_etudes,
        Profil.alternance,
        Profil.communes,
    )
    profils: dict[int, ProfilRecord] = {}
    for row in session.execute(select(*columns).join(Eleve, Eleve.id == Profil.eleve_id).where(which)):
        profils[row.eleve_id] = ProfilRecord(
            situation=stored_value(row.situation),
            bac=row.bac,
            specialites=row.specialites,
            moyenne=row.moyenne,
            domaines=row.domaines,
            interets=row.interets,
            metiers=row.metiers,
            duree_etudes=stored_value(row.duree_etudes),
            alternance=stored_value(row.alternance),
            communes=row.communes,
            favoris=tuple(favoris.get(row.eleve_id, ())),
            corbeille=tuple(corbeilles.get(row.eleve_id, ())),
        )
    return profils


def insert_profil(session: Session, eleve_id: int, profil: ProfilRecord, now: datetime) -> None:
    """Write the profile of a student who has none yet."""
    insert_profils(session, [(eleve_id, profil)], now)


def insert_profils(session: Session, profils: Sequence[tuple[int, ProfilRecord]], now: datetime) -> None:
    """Write the profiles of students who have none yet."""
    session.execute(insert(Profil), [{"eleve_id": eleve_id, **_columns(profil)} for eleve_id, profil in profils])
    for eleve_id, profil in profils:
        note_changes(session, eleve_id, (), profil.favoris, now)
        _insert_favoris(session, eleve_id, profil.favoris)
        _insert_corbeille(session, eleve_id, profil.corbeille)


def replace_profil(
    session: Session, eleve_id: int, profil: ProfilRecord, previous: ProfilRecord, now: datetime
) -> None:
    """Write what differs from the previous profile; lists that differ are written anew."""
    session.execute(update(Profil).where(Profil.eleve_id == eleve_id).values(**_columns(profil)))
    if profil.favoris != previous.favoris:
        note_changes(session, eleve_id, previous.favoris, profil.favoris, now)
        session.execute(delete(Favori).where(Favori.eleve_id == eleve_id))
        session.execute(delete(AttendusLus).where(AttendusLus.eleve_id == eleve_id))
        _insert_favoris(session, eleve_id, profil.favoris)
    if profil.corbeille != previous.corbeille:
        session.execute(delete(Corbeille).where(Corbeille.eleve_id == eleve_id))
        _insert_corbeille(session, eleve_id, profil.corbeille)


def stored_value(member: Enum | None) -> str | None:
    """Plain text of an enumeration read from the database."""
    return None if member is None else str(member.value)


def member_of(kind: type[E], value: str | None) -> E | None:
    """Member of an enumeration; nothing said is None.

    Raises:
        ValueError: the value is not one of the list (a check was forgotten above).
    """
    return kind(value) if value else None


def _load_favoris(session: Session, which: ColumnElement[bool]) -> Mapping[int, list[FavoriRecord]]:
    voeux: dict[int, list[tuple[str, ClasseEnseignant | None]]] = defaultdict(list)
    query = (
        select(Voeu.favori_id, Voeu.voeu_id, Voeu.classe_enseignant)
        .join(Favori, Favori.id == Voeu.favori_id)
        .join(Eleve, Eleve.id == Favori.eleve_id)
        .where(which)
        .order_by(Voeu.favori_id, Voeu.rang)
    )
    for favori_id, voeu_id, classe in session.execute(query):
        voeux[favori_id].append((voeu_id, classe))
    reasons = last_reasons(session, which)
    read = {
        (eleve_id, formation_id)
        for eleve_id, formation_id in session.execute(
            select(AttendusLus.eleve_id, AttendusLus.formation_id)
            .join(Eleve, Eleve.id == AttendusLus.eleve_id)
            .where(which)
        )
    }
    favoris: dict[int, list[FavoriRecord]] = defaultdict(list)
    columns = (Favori.eleve_id, Favori.id, Favori.formation_id, Favori.niveau_ambition, Favori.note)
    query = select(*columns).join(Eleve, Eleve.id == Favori.eleve_id).where(which)
    for eleve_id, favori_id, formation_id, ambition, note in session.execute(
        query.order_by(Favori.eleve_id, Favori.rang)
    ):
        chosen = voeux.get(favori_id, ())
        stated = {voeu_id: classe.value for voeu_id, classe in chosen if classe is not None}
        favoris[eleve_id].append(
            FavoriRecord(
                formation_id=formation_id,
                niveau_ambition=ambition,
                voeux=tuple(voeu_id for voeu_id, _ in chosen),
                classes_enseignant=stated,
                note=note,
                attendus_lus=(eleve_id, formation_id) in read,
                avis={voeu_id: reasons[eleve_id, voeu_id] for voeu_id in stated if (eleve_id, voeu_id) in reasons},
            )
        )
    return favoris


def _columns(profil: ProfilRecord) -> dict[str, Any]:
    return {
        "situation": member_of(Situation, profil.situation),
        "bac": profil.bac or None,
        "specialites": profil.specialites,
        "moyenne": profil.moyenne,
        "domaines": profil.domaines,
        "interets": profil.interets,
        "metiers": profil.metiers,
        "duree_etudes": member_of(DureeEtudes, profil.duree_etudes),
        "alternance": member_of(Alternance, profil.alternance),
        "communes": profil.communes,
    }


def _insert_favoris(session: Session, eleve_id: int, favoris: tuple[FavoriRecord, ...]) -> None:
    if not favoris:
        return
    rows = [
        {
            "eleve_id": eleve_id,
            "formation_id": favori.formation_id,
            "rang": rang,
            "niveau_ambition": favori.niveau_ambition,
            "note": favori.note,
        }
        for rang, favori in enumerate(favoris)
    ]
    read = [{"eleve_id": eleve_id, "formation_id": f.formation_id} for f in favoris if f.attendus_lus]
    if read:
        session.execute(insert(AttendusLus), read)
    ids = session.scalars(insert(Favori).returning(Favori.id, sort_by_parameter_order=True), rows).all()
    voeux = [
        {
            "favori_id": favori_id,
            "voeu_id": voeu_id,
            "rang": rang,
            # A class stated for a vœu that is no longer in the list goes with it.
            "classe_enseignant": member_of(ClasseEnseignant, favori.classes_enseignant.get(voeu_id)),
        }
        for favori_id, favori in zip(ids, favoris, strict=True)
        for rang, voeu_id in enumerate(favori.voeux)
    ]
    if voeux:
        session.execute(insert(Voeu), voeux)


def _insert_corbeille(session: Session, eleve_id: int, formations: tuple[str, ...]) -> None:
    rows = [{"eleve_id": eleve_id, "formation_id": id_, "rang": rang} for rang, id_ in enumerate(formations)]
    if rows:
        session.execute(insert(Corbeille), rows)

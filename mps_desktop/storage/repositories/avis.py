"""What teachers said of the class of a vœu, and why: a history that only grows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from mps_desktop.models import Avis, ClasseEnseignant, Eleve
from mps_desktop.storage.records import AvisPasse, AvisRecord, FavoriRecord

_Etat = tuple[str, AvisRecord | None]
"""Class stated (empty = none) and why."""


def last_reasons(session: Session, which: ColumnElement[bool]) -> dict[tuple[int, str], AvisRecord]:
    """(student, vœu) -> reason of the opinion in force, for the opinions that have one.

    Args:
        which: condition on columns of ``Eleve``.
    """
    last = (
        select(func.max(Avis.id).label("id"))
        .join(Eleve, Eleve.id == Avis.eleve_id)
        .where(which)
        .group_by(Avis.eleve_id, Avis.voeu_id)
        .subquery()
    )
    query = select(Avis.eleve_id, Avis.voeu_id, Avis.motif, Avis.auteur, Avis.jour).join(last, last.c.id == Avis.id)
    return {
        (eleve_id, voeu_id): AvisRecord(motif, auteur, jour)
        for eleve_id, voeu_id, motif, auteur, jour in session.execute(query)
        if motif or auteur or jour
    }


def note_changes(
    session: Session, eleve_id: int, before: Iterable[FavoriRecord], after: Iterable[FavoriRecord], now: datetime
) -> None:
    """Add a line for each opinion that is given, changed, or taken back."""
    old, new = _states(before), _states(after)
    rows: list[dict[str, object]] = []
    for voeu_id in sorted(old.keys() | new.keys()):
        state = new.get(voeu_id, ("", None))
        if state == old.get(voeu_id, ("", None)):
            continue
        classe, reason = state
        rows.append(
            {
                "eleve_id": eleve_id,
                "voeu_id": voeu_id,
                "classe": ClasseEnseignant(classe) if classe else None,
                "motif": reason.motif if reason else "",
                "auteur": reason.auteur if reason else "",
                "jour": reason.jour if reason else None,
                "enregistre": now,
            }
        )
    if rows:
        session.execute(insert(Avis), rows)


def list_avis(session: Session, eleve_id: int) -> tuple[AvisPasse, ...]:
    """Every opinion on the vœux of a student, oldest first."""
    query = select(Avis.voeu_id, Avis.classe, Avis.motif, Avis.auteur, Avis.jour, Avis.enregistre)
    return tuple(
        AvisPasse(voeu_id, classe.value if classe else "", motif, auteur, jour, enregistre)
        for voeu_id, classe, motif, auteur, jour, enregistre in session.execute(
            query.where(Avis.eleve_id == eleve_id).order_by(Avis.id)
        )
    )


def _states(favoris: Iterable[FavoriRecord]) -> dict[str, _Etat]:
    """Opinions in force by vœu; a class stated for a vœu that is not in the list does not count."""
    return {
        voeu_id: (favori.classes_enseignant[voeu_id], favori.avis.get(voeu_id))
        for favori in favoris
        for voeu_id in favori.voeux
        if favori.classes_enseignant.get(voeu_id)
    }

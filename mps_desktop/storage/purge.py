"""Erase students for good: rows, what hangs on them, the states of their classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mps_desktop.core.errors import EnvironmentFault, MpsError
from mps_desktop.models import Avis, Bilan, Classe, DecisionConseil, Eleve, Entretien, Favori, NotePsyen, Voeu
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import BACKUP_FOLDER
from mps_desktop.storage.header import read_header
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository


@dataclass(frozen=True, slots=True)
class Comptes:
    """What hangs on some students; ``eleves`` counts the whole dossier."""

    eleves: int
    favoris: int
    voeux: int
    avis: int
    entretiens: int
    notes_psyen: int
    decisions: int


def eleves_of(
    session: Session, classe_ids: tuple[int, ...], added: Callable[[datetime], bool] | None
) -> tuple[tuple[int, ...], int]:
    """Students of classes, with those of no class whose day of addition fits.

    Returns:
        Their ids, and how many of them have no class.
    """
    ids = session.scalars(select(Eleve.id).where(Eleve.classe_id.in_(classe_ids))).all()
    alone: list[int] = []
    if added is not None:
        rows = session.execute(select(Eleve.id, Eleve.cree).where(Eleve.classe_id.is_(None)))
        alone = [id_ for id_, cree in rows if added(cree)]
    return (*ids, *alone), len(alone)


def count_of(session: Session, ids: tuple[int, ...]) -> Comptes:
    """How much hangs on these students."""

    def count(table: type[Favori | Avis | Entretien | NotePsyen | DecisionConseil]) -> int:
        query = select(func.count()).select_from(table).where(table.eleve_id.in_(ids))
        return session.scalar(query) or 0

    voeux = select(func.count()).select_from(Voeu).join(Favori, Favori.id == Voeu.favori_id)
    return Comptes(
        eleves=session.scalar(select(func.count()).select_from(Eleve)) or 0,
        favoris=count(Favori),
        voeux=session.scalar(voeux.where(Favori.eleve_id.in_(ids))) or 0,
        avis=count(Avis),
        entretiens=count(Entretien),
        notes_psyen=count(NotePsyen),
        decisions=count(DecisionConseil),
    )


def erase(
    database: Database,
    classes: tuple[str, ...],
    added: Callable[[datetime], bool] | None,
    expected: int,
    now: Callable[[], datetime],
) -> int:
    """Delete classes with their students, in one transaction; the journal keeps numbers only.

    Returns how many students stay.

    Args:
        classes: names.
        added: also the students of no class whose day of addition fits; None = none of them.
        expected: how many students the user agreed to.

    Raises:
        EnvironmentFault: there are more or fewer of them now; nothing is deleted.
    """
    with database.transaction() as session:
        classe_ids = tuple(session.scalars(select(Classe.id).where(Classe.nom.in_(classes))).all())
        ids, _ = eleves_of(session, classe_ids, added)
        if len(ids) != expected:
            raise EnvironmentFault(
                "Le dossier a changé depuis l’aperçu de la purge.", "Regardez de nouveau ce qui serait effacé."
            )
        EleveRepository(session, now).delete(ids)
        session.execute(delete(Classe).where(Classe.id.in_(classe_ids)))
        session.execute(delete(Bilan).where(Bilan.classe.in_(classes)))
        JournalRepository(session, now).add(Action.PURGE, nombre=len(ids))
        return session.scalar(select(func.count()).select_from(Eleve)) or 0


def compact(database: Database) -> int:
    """Rewrite the file so that nothing of what was deleted is left in it; returns its free pages, 0.

    Raises:
        EnvironmentFault: no room for the rewriting; the deleted rows are out of reach but still in free pages.
    """
    with database.raw_connection() as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return int(connection.execute("PRAGMA freelist_count").fetchone()[0])


def copies_of(folder: Path) -> tuple[Path, ...]:
    """Every backup beside a dossier, those made before an update too, oldest name first."""
    try:
        candidates = sorted((folder / BACKUP_FOLDER).iterdir())
    except OSError:
        return ()
    return tuple(candidate for candidate in candidates if _is_copy(candidate))


def _is_copy(folder: Path) -> bool:
    try:
        read_header(folder)
    except (MpsError, OSError):
        return False
    return True

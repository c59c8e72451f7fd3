"""Who did what and when, without any personal value of a student."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from mps_desktop.models import Journal
from mps_desktop.storage.records import JournalRecord

_OBJET_MAX = 200


class Action(StrEnum):
    """Codes of the journal. The database accepts others: a newer version may write some."""

    ELEVE_AJOUTE = "eleve.ajoute"
    ELEVE_MODIFIE = "eleve.modifie"
    ELEVE_SUPPRIME = "eleve.supprime"
    ELEVE_REMIS = "eleve.remis"
    RECTIFICATION = "eleve.rectifie"
    PROFIL_MODIFIE = "profil.modifie"
    ELEVE_EXPORTE = "eleve.exporte"
    ENTRETIEN_AJOUTE = "entretien.ajoute"
    ENTRETIEN_MODIFIE = "entretien.modifie"
    ENTRETIEN_SUPPRIME = "entretien.supprime"
    DECISION_AJOUTEE = "decision.ajoutee"
    DECISION_MODIFIEE = "decision.modifiee"
    DECISION_SUPPRIMEE = "decision.supprimee"
    IMPORT = "import"
    IMPORT_ANNULE = "import.annule"
    PROFILS_LUS = "profils.lus"
    ANNEE_CLOSE = "annee.close"
    PURGE = "purge"
    PSYEN_MODIFIE = "psyen.modifie"
    MOT_DE_PASSE = "mot-de-passe.change"
    CLE_SECOURS = "cle-secours.faite"


def utc_now() -> datetime:
    """The clock of the repositories, replaced in tests."""
    return datetime.now(UTC)


def session_user() -> str:
    """Session name on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if sys.platform != "win32" else "?"


class JournalRepository:
    """Lines of the journal, within the caller's transaction.

    Args:
        now: the clock.
        utilisateur: who acts; None = the session name on this computer.
    """

    def __init__(self, session: Session, now: Callable[[], datetime] = utc_now, utilisateur: str | None = None) -> None:
        self._session = session
        self._now = now
        self._utilisateur = utilisateur

    def add(self, action: str, eleve_ids: tuple[int, ...] = (), objet: str = "", nombre: int | None = None) -> None:
        """Note that something was done to these students, or to the dossier when there is none.

        Args:
            objet: what part: names of fields, never their values.
            nombre: how many things.
        """
        line = {
            "quand": self._now(),
            "action": str(action),
            "utilisateur": session_user() if self._utilisateur is None else self._utilisateur,
            "objet": objet[:_OBJET_MAX],
            "nombre": nombre,
        }
        self._session.execute(insert(Journal), [line | {"eleve_id": eleve_id} for eleve_id in eleve_ids or (None,)])

    def list(self, limite: int = 200, eleve_id: int | None = None) -> tuple[JournalRecord, ...]:
        """The last lines, newest first.

        Args:
            eleve_id: only those about a student; None = all.
        """
        query = select(
            Journal.quand, Journal.action, Journal.eleve_id, Journal.utilisateur, Journal.objet, Journal.nombre
        )
        if eleve_id is not None:
            query = query.where(Journal.eleve_id == eleve_id)
        return tuple(
            JournalRecord(*row) for row in self._session.execute(query.order_by(Journal.id.desc()).limit(limite))
        )

    def last(self) -> int:
        """Number of the last line, 0 when there is none: tells whether anything was done since."""
        return self._session.scalar(select(func.max(Journal.id))) or 0

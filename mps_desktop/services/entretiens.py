"""What is kept of the meetings with a student and of what the conseil de classe decided about him.

Nothing here is secret for whoever opens the dossier: what only the psyEN may read is in ``services.psyen``.
The student receives all of it when he asks for his data (``services.rgpd``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest

from sqlalchemy.orm import Session

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.services.garde import local_now
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import DecisionRecord, EntretienRecord
from mps_desktop.storage.repositories.entretiens import DecisionRepository, EntretienRepository
from mps_desktop.storage.repositories.journal import utc_now

Feuille = EntretienRecord | DecisionRecord
"""One meeting or one decision; ``id`` 0 before it is stored."""

TEXTE_MAX = 3999
SUITE_MAX = 500
CONSEIL_MAX = 100
AUTEUR_MAX = 200
CONSEILS = (
    "1er trimestre", "2e trimestre", "3e trimestre", "1er semestre", "2e semestre", "mi-trimestre",
    "conseil exceptionnel",
)  # fmt: skip
"""Proposed; any other words will do."""
_ANNEES_PASSEES = 10
_TRIMESTRES = {9: 0, 10: 0, 11: 0, 12: 0, 1: 1, 2: 1, 3: 1}


@dataclass(frozen=True, slots=True)
class FeuillesEleve:
    """Everything about one student, newest first."""

    entretiens: tuple[EntretienRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangementFeuille:
    """A change that was made: what the undo history keeps. None = was not there, or is not any more."""

    avant: Feuille | None
    apres: Feuille | None


class Entretiens:
    """Meetings and decisions of one open dossier. Each call is one transaction at most.

    Args:
        aujourdhui: what happened cannot be dated later.
        now: the clock of the journal.
    """

    def __init__(
        self, database: Database, aujourdhui: Callable[[], date], now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._aujourdhui = aujourdhui
        self._now = now

    def lire(self, eleve_id: int) -> FeuillesEleve:
        """What is kept about a student."""
        with self._database.read() as session:
            return FeuillesEleve(
                EntretienRepository(session).list(eleve_id), DecisionRepository(session).list(eleve_id)
            )

    def ecrire(self, feuille: Feuille) -> ChangementFeuille:
        """Add one (id 0), or correct the one of that id.

        Raises:
            EnvironmentFault: it makes no sense as it is, it was deleted, or the student is no longer in the dossier.
        """
        clean = check(feuille, self._aujourdhui())
        with self._database.transaction() as session:
            if clean.id:
                return ChangementFeuille(self._update(session, clean), clean)
            return ChangementFeuille(None, replace(clean, id=self._add(session, clean)))

    def effacer(self, feuille: Feuille) -> ChangementFeuille:
        """Delete one.

        Raises:
            EnvironmentFault: it was deleted already.
        """
        with self._database.transaction() as session:
            return ChangementFeuille(self._delete(session, feuille), None)

    def remettre(self, de: Feuille | None, vers: Feuille | None) -> None:
        """Undo or redo: put one that is as ``de`` into the state ``vers``.

        Raises:
            EnvironmentFault: it was deleted, or the student is no longer in the dossier.
        """
        with self._database.transaction() as session:
            if de is not None and vers is None:
                self._delete(session, de)
            elif vers is not None and de is None:
                self._add(session, vers)
            elif vers is not None:
                self._update(session, vers)

    def _add(self, session: Session, feuille: Feuille) -> int:
        if isinstance(feuille, EntretienRecord):
            return EntretienRepository(session, self._now).add(feuille)
        return DecisionRepository(session, self._now).add(feuille)

    def _update(self, session: Session, feuille: Feuille) -> Feuille:
        if isinstance(feuille, EntretienRecord):
            return EntretienRepository(session, self._now).update(feuille)
        return DecisionRepository(session, self._now).update(feuille)

    def _delete(self, session: Session, feuille: Feuille) -> Feuille:
        if isinstance(feuille, EntretienRecord):
            return EntretienRepository(session, self._now).delete(feuille.id)
        return DecisionRepository(session, self._now).delete(feuille.id)


def build_entretiens(database: Database, today: date) -> Entretiens:
    """Meetings and decisions of a dossier that may stay open past midnight.

    Args:
        today: date of the session.
    """
    return Entretiens(database, lambda: max(today, local_now().date()))


def propose_conseil(jour: date) -> str:
    """The conseil that a day most likely is about, by terms."""
    return CONSEILS[_TRIMESTRES.get(jour.month, 2)]


def check(feuille: Feuille, aujourdhui: date) -> Feuille:
    """The same without blanks around its texts.

    Raises:
        EnvironmentFault: dated in the future or too far back, empty, too long, or without what makes it understood.
    """
    _check_day(feuille, aujourdhui)
    auteur = feuille.auteur.strip()[:AUTEUR_MAX]
    if isinstance(feuille, EntretienRecord):
        clean = replace(
            feuille,
            notes=_text(feuille.notes, "Ce qui a été dit"),
            decisions=_text(feuille.decisions, "Ce qui a été décidé"),
            suite=_text(feuille.suite, "La prochaine action", SUITE_MAX),
            auteur=auteur,
        )
        if not (clean.notes or clean.decisions or clean.suite):
            raise EnvironmentFault("L’entretien est vide.", "Écrivez ce qui a été dit, ou abandonnez-le.")
        if clean.echeance is not None and not clean.suite:
            raise EnvironmentFault(
                f"Rien n’est prévu pour le {numeric_date(clean.echeance)}.",
                "Écrivez la prochaine action, ou effacez sa date.",
            )
        return replace(clean, suite_faite=clean.suite_faite and bool(clean.suite))
    clean = replace(
        feuille,
        conseil=_text(feuille.conseil, "Le nom du conseil", CONSEIL_MAX),
        avis=_text(feuille.avis, "L’avis"),
        decision=_text(feuille.decision, "La décision"),
        auteur=auteur,
    )
    if not clean.conseil:
        raise EnvironmentFault(f"De quel conseil s’agit-il{NNBSP}?", "Choisissez-le dans la liste.")
    if not (clean.avis or clean.decision):
        raise EnvironmentFault("La décision est vide.", "Écrivez l’avis ou la décision, ou abandonnez-la.")
    return clean


def secours(brouillon: Feuille, aujourdhui: date) -> tuple[Feuille, ...]:
    """What a draft is kept as when it is left as it is: nothing that was typed is lost, and ``check`` accepts it.

    A day that cannot be is replaced by today, what is missing is named, a text that is too long goes on in others.
    None at all when nothing was written.
    """
    try:
        _check_day(brouillon, aujourdhui)
    except EnvironmentFault:
        brouillon = replace(brouillon, jour=aujourdhui)
    if isinstance(brouillon, EntretienRecord):
        if brouillon.echeance is not None and not brouillon.suite.strip():
            brouillon = replace(brouillon, suite="À préciser")
        texts = zip_longest(_pieces(brouillon.notes), _pieces(brouillon.decisions), fillvalue="")
        kept: list[Feuille] = [replace(brouillon, notes=a, decisions=b) for a, b in texts]
        kept[1:] = [replace(f, id=0, suite="", echeance=None) for f in kept[1:] if isinstance(f, EntretienRecord)]
        return tuple(kept) if brouillon.suite.strip() or any(_written(f) for f in kept) else ()
    brouillon = replace(brouillon, conseil=brouillon.conseil.strip() or propose_conseil(brouillon.jour))
    texts = zip_longest(_pieces(brouillon.avis), _pieces(brouillon.decision), fillvalue="")
    kept = [replace(brouillon, avis=a, decision=b) for a, b in texts]
    kept[1:] = [replace(f, id=0) for f in kept[1:]]
    return tuple(kept) if any(_written(f) for f in kept) else ()


def _written(feuille: Feuille) -> bool:
    said = (
        (feuille.notes, feuille.decisions) if isinstance(feuille, EntretienRecord) else (feuille.avis, feuille.decision)
    )
    return any(texte.strip() for texte in said)


def _pieces(texte: str) -> list[str]:
    """A text in parts that are short enough, at least one."""
    clean = texte.replace("\0", "").strip()
    parts = [clean[start : start + TEXTE_MAX].strip() for start in range(0, len(clean), TEXTE_MAX)]
    return [part for part in parts if part] or [""]


def _check_day(feuille: Feuille, aujourdhui: date) -> None:
    jour = feuille.jour
    if jour > aujourdhui:
        rest = (
            "Un entretien se note une fois qu’il a eu lieu. Ce qui est prévu s’écrit dans la prochaine action."
            if isinstance(feuille, EntretienRecord)
            else "Une décision se note une fois qu’elle a été prise."
        )
        raise EnvironmentFault(f"Le {numeric_date(jour)} n’est pas encore passé.", rest)
    if jour.year < aujourdhui.year - _ANNEES_PASSEES:
        raise EnvironmentFault(f"Le {numeric_date(jour)} est bien loin.", "Vérifiez l’année.")


def _text(texte: str, name: str, most: int = TEXTE_MAX) -> str:
    said = texte.replace("\0", "").strip()
    if len(said) > most:
        raise EnvironmentFault(f"{name} compte {len(said)} caractères, au-delà des {most} permis.", "Raccourcissez.")
    return said

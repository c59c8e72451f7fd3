"""What watches over an open dossier: automatic backups, the age of the last one, the end of the school year.

A backup that fails never prevents work: it is told, and tried again at the next occasion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mps_desktop.core.dates import annee_scolaire, fin_annee, long_date
from mps_desktop.core.errors import EnvironmentFault, MpsError
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.storage.dossier import OpenDossier
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import JournalRepository
from mps_desktop.storage.sauvegardes import Sauvegarde, list_backups, make_backup

_REMEDE = "Vos données sont bien enregistrées dans le dossier. Libérez de la place ou vérifiez vos droits."


@dataclass(frozen=True, slots=True)
class EtatGarde:
    """What the window tells of the safety of the dossier.

    Attributes:
        sauvegarde: age of the last backup, in words.
        alerte: what went wrong with the last one, empty when nothing did.
        remede: what to do about it.
        rappel: a past school year whose data should be erased, empty when there is none.
        emplacement: what to know about where the dossier lies, empty on a disk of this machine.
    """

    sauvegarde: str
    alerte: str = ""
    remede: str = ""
    rappel: str = ""
    emplacement: str = ""


def local_now() -> datetime:
    """The clock of the use cases, replaced in tests."""
    return datetime.now().astimezone()


class Garde:
    """Backups of one open dossier, made at the right moments.

    Args:
        dossier: open until the last call.
        today: tells which school years are over.
        now: the clock.
        actif: False = a dossier that is thrown away, never backed up.
    """

    def __init__(
        self, dossier: OpenDossier, today: date, now: Callable[[], datetime] = local_now, actif: bool = True
    ) -> None:
        self._dossier = dossier
        self._today = today
        self._now = now
        self._actif = actif
        self._alerte: tuple[str, str] = ("", "")
        self._saved = self._last_change() if actif else 0

    def daily(self, progress: Progress) -> EtatGarde:
        """Back up at the first opening of the day, then say how things are."""
        last = self._last_backup()
        if self._actif and (last is None or last.quand.astimezone().date() != self._now().astimezone().date()):
            self.before("jour", progress)
        return self.etat()

    def before(self, motif: str, progress: Progress) -> None:
        """Back up now; a failure is kept for ``etat``.

        Args:
            motif: key of ``storage.sauvegardes.MOTIFS``.
        """
        if not self._actif:
            return
        progress.step("Sauvegarde du dossier")
        try:
            changes = self._last_change()
            make_backup(self._dossier, motif, self._now())
        except MpsError as exc:
            why = exc.message if isinstance(exc, EnvironmentFault) else "erreur interne."
            self._alerte = (f"La sauvegarde n’a pas pu être faite{NNBSP}: {why}", _REMEDE)
        else:
            self._saved, self._alerte = changes, ("", "")

    def on_close(self, progress: Progress) -> tuple[str, str]:
        """Back up when something was done since the last backup; returns what went wrong and what to do."""
        if self._actif and self._last_change() != self._saved:
            self.before("fermeture", progress)
        return self._alerte

    def etat(self) -> EtatGarde:
        """Age of the last backup, what went wrong, what should be erased."""
        alerte, remede = self._alerte
        return EtatGarde(self._age(), alerte, remede, self._reminder(), self._dossier.emplacement.explication)

    def _age(self) -> str:
        if not self._actif:
            return ""
        last = self._last_backup()
        if last is None:
            return "Aucune sauvegarde"
        when, now = last.quand.astimezone(), self._now().astimezone()
        days = (now.date() - when.date()).days
        if days <= 0:
            return f"Sauvegarde à {when:%H:%M}"
        return f"Sauvegarde hier à {when:%H:%M}" if days == 1 else f"Sauvegarde il y a {plural(days, 'jour')}"

    def _reminder(self) -> str:
        """A sentence about the oldest school year that is over and still holds students.

        Those whose year nobody wrote (no class, class of an older version) count by the day they were added.
        """
        with self._dossier.database.read() as session:
            classes = ClasseRepository(session).list()
            added = EleveRepository(session).added_without_year()
        past: dict[str, int] = {}
        for classe in classes:
            if classe.annee and classe.nb_eleves and fin_annee(classe.annee) < self._today:
                past[classe.annee] = past.get(classe.annee, 0) + classe.nb_eleves
        days = [moment.astimezone().date() for moment in added]
        unknown = sum(fin_annee(annee_scolaire(day)) < self._today for day in days)
        said: list[str] = []
        if past:
            annee = min(past)
            said.append(
                f"L’année {annee} s’est terminée le {long_date(fin_annee(annee))}{NNBSP}: "
                f"les données de {plural(past[annee], 'élève')} ne doivent plus être gardées sans raison."
            )
        if unknown:
            said.append(
                f"Année inconnue{NNBSP}: {plural(unknown, 'élève')} sans classe, ou d’une classe sans année, "
                f"{'sont' if unknown > 1 else 'est'} dans le dossier depuis une année scolaire terminée. Vérifiez s’il "
                "faut encore garder leurs données."
            )
        return " ".join(said)

    def _last_backup(self) -> Sauvegarde | None:
        return next(iter(list_backups(self._dossier.dossier)), None)

    def _last_change(self) -> int:
        with self._dossier.database.read() as session:
            return JournalRepository(session).last()

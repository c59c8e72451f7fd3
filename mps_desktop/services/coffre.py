"""What the window does with a dossier as a whole: carry it elsewhere, erase a past year, read who did what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mps_desktop.core.progress import Progress
from mps_desktop.services.journal import LigneJournal, list_journal
from mps_desktop.services.purge import ApercuPurge, ResultatPurge, annees_of, preview_purge, purge
from mps_desktop.services.registre import write_registre
from mps_desktop.storage.dossier import OpenDossier
from mps_desktop.storage.transport import export_dossier


class Coffre:
    """One open dossier as a whole.

    Args:
        dossier: open until the session closes.
        today: date of the documents.
    """

    def __init__(self, dossier: OpenDossier, today: date) -> None:
        self._dossier = dossier
        self._today = today

    def exporter(self, target: Path, progress: Progress) -> Path:
        """Write the whole dossier to one encrypted file.

        Raises:
            EnvironmentFault: the place cannot be written.
        """
        progress.step("Copie chiffrée du dossier")
        return export_dossier(self._dossier, target)

    def apercus_purge(self) -> tuple[ApercuPurge, ...]:
        """What erasing each school year would take, oldest first; nothing is written."""
        return tuple(preview_purge(self._dossier, annee) for annee in annees_of(self._dossier))

    def purger(self, apercu: ApercuPurge, sauvegardes: bool, progress: Progress) -> ResultatPurge:
        """Erase what was previewed, for good.

        Args:
            sauvegardes: erase the backups too.

        Raises:
            EnvironmentFault: the backup before it fails, or the dossier changed since the preview.
        """
        return purge(self._dossier, apercu, progress, sauvegardes=sauvegardes)

    def journal(self) -> tuple[LigneJournal, ...]:
        """Who did what and when, newest first."""
        return list_journal(self._dossier.database)

    def registre(self, target: Path) -> Path:
        """Write the entry of the register of the lycée, to complete and sign.

        Raises:
            EnvironmentFault: the place cannot be written.
        """
        return write_registre(target, self._today)

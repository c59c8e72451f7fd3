"""What the window asks of a dossier as a whole: carried elsewhere, erased, told."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from mps_desktop.core.progress import Progress
from mps_desktop.services.journal import LigneJournal
from mps_desktop.services.purge import ApercuPurge, ResultatPurge


class CoffrePort(Protocol):
    """One open dossier as a whole."""

    def exporter(self, target: Path, progress: Progress, /) -> Path:
        """Write the whole dossier to one encrypted file; returns it."""
        ...

    def apercus_purge(self) -> tuple[ApercuPurge, ...]:
        """What erasing each school year would take, oldest first."""
        ...

    def purger(self, apercu: ApercuPurge, sauvegardes: bool, progress: Progress, /) -> ResultatPurge:
        """Erase what was previewed, for good; the backups too when asked."""
        ...

    def journal(self) -> tuple[LigneJournal, ...]:
        """Who did what and when, newest first."""
        ...

    def registre(self, target: Path, /) -> Path:
        """Write the entry of the register of the lycée."""
        ...


class ImporterDossierPort(Protocol):
    """What the opening screen asks for a dossier that comes from elsewhere."""

    def importer_dossier(self, source: Path, nom: str, secret: str, progress: Progress, /) -> Path:
        """Make a dossier from an exported file, in the usual place; returns its folder."""
        ...


class FichiersCoffrePort(Protocol):
    """Questions about the file that carries a dossier."""

    def choose_export(self, proposed: Path, /) -> Path | None:
        """File to write."""
        ...

    def choose_exported(self) -> Path | None:
        """File to read."""
        ...

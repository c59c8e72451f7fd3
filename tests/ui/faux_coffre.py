"""A dossier as a whole, in memory: one past year and this one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from mps_desktop.core.progress import Progress
from mps_desktop.services.journal import LigneJournal
from mps_desktop.services.purge import ApercuPurge, ResultatPurge


class FakeCoffre:
    """Remembers what was asked."""

    def __init__(self) -> None:
        copies = (Path("sauvegardes/une"), Path("sauvegardes/deux"))
        self.apercus = (
            ApercuPurge("2025-2026", ("TG1 (2025-2026)",), 24, 1, 35, 40, 90, 3, 2, copies),
            ApercuPurge("2026-2027", ("TG1", "TG2"), 35, 0, 24, 60, 120, 0, 0, copies),
        )
        self.exportes: list[Path] = []
        self.purges: list[tuple[str, bool]] = []
        self.registres: list[Path] = []

    def exporter(self, target: Path, progress: Progress, /) -> Path:
        progress.step("Copie")
        self.exportes.append(target)
        return target

    def apercus_purge(self) -> tuple[ApercuPurge, ...]:
        return self.apercus

    def purger(self, apercu: ApercuPurge, sauvegardes: bool, progress: Progress, /) -> ResultatPurge:
        progress.step("Effacement")
        self.purges.append((apercu.annee, sauvegardes))
        left = () if sauvegardes else apercu.copies
        return ResultatPurge(apercu.eleves, 1, Path("preuves/purge.txt"), None, left, 0)

    def journal(self) -> tuple[LigneJournal, ...]:
        return (LigneJournal(datetime(2026, 11, 25, 9, 5, tzinfo=UTC), "Import d’une liste (24 élèves)", "", "prof"),)

    def registre(self, target: Path, /) -> Path:
        self.registres.append(target)
        return target

"""What the security menu asks of an open dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from mps_desktop.core.progress import Progress
from mps_desktop.services.garde import EtatGarde
from mps_desktop.ui.ports_coffre import CoffrePort
from mps_desktop.ui.ports_psyen import PsyenPort


class SecuritePort(Protocol):
    """Backups, password and recovery key of an open dossier."""

    @property
    def psyen(self) -> PsyenPort:
        """The psyEN's notes."""
        ...

    @property
    def coffre(self) -> CoffrePort:
        """The dossier as a whole."""
        ...

    def exporter_eleve(self, eleve_id: int, folder: Path, joindre_notes_psyen: bool, /) -> Path:
        """Write all that the dossier keeps about a student; returns the PDF."""
        ...

    def sauvegarde_du_jour(self, progress: Progress, /) -> EtatGarde:
        """Back up at the first opening of the day."""
        ...

    def sauvegarder(self, progress: Progress, /) -> EtatGarde:
        """Back up now."""
        ...

    def etat_garde(self) -> EtatGarde:
        """Age of the last backup and what went wrong with it."""
        ...

    def changer_mot_de_passe(self, actuel: str, nouveau: str, /) -> None:
        """Change the password of the open dossier."""
        ...

    def nouvelle_cle_secours(self, secret: str, /) -> str:
        """Make a recovery key, shown once."""
        ...

    def prendre_cle_secours(self) -> str:
        """The recovery key of a dossier that has just been created, once; empty afterwards. Quick."""
        ...

    def imprimer_cle(self, cle: str, target: Path, /) -> None:
        """Write the sheet of a recovery key."""
        ...

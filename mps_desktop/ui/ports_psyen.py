"""What the panel of the psyEN's notes asks of an open dossier."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

from mps_desktop.services.psyen import ChangementPsyen, NoteSaisie, NoteScellee, NotesPsyen


class PsyenPort(Protocol):
    """The compartment. Calls may be long (a derivation): they go through the ``JobRunner``."""

    @property
    def ouvert(self) -> bool:
        """The notes can be read now. Quick."""
        ...

    def lire(self, eleve_id: int, /) -> NotesPsyen:
        """State, and the notes of a student when it is open."""
        ...

    def creer(self, mot_de_passe: str, /) -> str:
        """Make it, return its recovery key, shown once."""
        ...

    def ouvrir(self, secret: str, /) -> None:
        """Open with the psyEN's password or recovery key."""
        ...

    def fermer(self) -> None:
        """Lock it."""
        ...

    def ecrire(self, eleve_id: int, saisie: NoteSaisie, note_id: str = "", /) -> ChangementPsyen:
        """Add a note, or correct one."""
        ...

    def effacer(self, eleve_id: int, note_id: str, /) -> ChangementPsyen:
        """Erase a note."""
        ...

    def remettre(self, note: NoteScellee, /) -> None:
        """Undo or redo."""
        ...

    def changer_mot_de_passe(self, actuel: str, nouveau: str, /) -> None:
        """Change its password, with the present one or the recovery key."""
        ...

    def nouvelle_cle_secours(self, secret: str, /) -> str:
        """Make another recovery key, shown once."""
        ...

    def imprimer_cle(self, cle: str, target: Path, today: date, /) -> None:
        """Write the sheet of a recovery key."""
        ...

"""What the panel of the meetings and decisions asks of an open dossier."""

from __future__ import annotations

from typing import Protocol

from mps_desktop.services.entretiens import ChangementFeuille, Feuille, FeuillesEleve


class EntretiensPort(Protocol):
    """Meetings and decisions: each write returns what takes it back."""

    def lire(self, eleve_id: int, /) -> FeuillesEleve:
        """What is kept about a student."""
        ...

    def ecrire(self, feuille: Feuille, /) -> ChangementFeuille:
        """Add one, or correct one."""
        ...

    def effacer(self, feuille: Feuille, /) -> ChangementFeuille:
        """Erase one."""
        ...

    def remettre(self, de: Feuille | None, vers: Feuille | None, /) -> None:
        """Undo or redo."""
        ...


class AvecEntretiens(Protocol):
    """A dossier that has them."""

    @property
    def entretiens(self) -> EntretiensPort:
        """Meetings and decisions."""
        ...

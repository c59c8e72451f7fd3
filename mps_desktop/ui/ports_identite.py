"""What the window asks of an open dossier about who a student is."""

from __future__ import annotations

from typing import Protocol

from mps_desktop.services.identite import ApercuEffacement, Controle, EleveEfface, Identite, Rectification


class IdentitesPort(Protocol):
    """Identities: corrected, added, erased. Tickets are given back as they came."""

    def lire(self, eleve_id: int, /) -> Identite:
        """Identity of a student."""
        ...

    def classes(self) -> tuple[str, ...]:
        """Names of the classes."""
        ...

    def controler(self, identite: Identite, eleve_id: int = 0, /) -> Controle:
        """What is wrong with an identity; nothing is written."""
        ...

    def rectifier(self, eleve_id: int, identite: Identite, /) -> Rectification:
        """Correct an identity; returns what takes it back."""
        ...

    def revenir(self, rectification: Rectification, /) -> None:
        """Take a correction back."""
        ...

    def ajouter(self, identite: Identite, /) -> int:
        """Add a student; ``effacer`` takes it back."""
        ...

    def apercu(self, eleve_id: int, /) -> ApercuEffacement:
        """What erasing a student would take."""
        ...

    def effacer(self, eleve_id: int, /) -> EleveEfface:
        """Erase a student; returns what ``remettre`` brings back."""
        ...

    def remettre(self, efface: EleveEfface, /) -> None:
        """Bring an erased student back."""
        ...


class IdentitePort(Protocol):
    """The part of an open dossier about identities."""

    @property
    def identites(self) -> IdentitesPort:
        """Who the students are."""
        ...

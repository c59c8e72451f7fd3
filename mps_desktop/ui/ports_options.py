"""The choices of the profile form, as screens ask for them."""

from __future__ import annotations

from typing import Protocol

from mps_desktop.services.views import Option


class OptionsPort(Protocol):
    """Choices of the profile form and labels of ids."""

    @property
    def bacs(self) -> tuple[Option, ...]:
        """Bacs."""
        ...

    @property
    def domaines(self) -> tuple[Option, ...]:
        """Domaines, with their category."""
        ...

    @property
    def interets(self) -> tuple[Option, ...]:
        """Centres d'intérêt, with their category."""
        ...

    @property
    def situations(self) -> tuple[Option, ...]:
        """How far the project is."""
        ...

    @property
    def durees(self) -> tuple[Option, ...]:
        """Length of studies."""
        ...

    @property
    def alternances(self) -> tuple[Option, ...]:
        """Interest for alternance."""
        ...

    def specialites(self, bac: str | None, /) -> tuple[Option, ...]:
        """Spécialités of a bac."""
        ...

    def libelle(self, identifiant: str, /) -> str:
        """Label of any id of the catalogue."""
        ...

    def part_moyenne(self, bac: str | None, moyenne: float, /) -> int | None:
        """Percent of the admitted of that bac with that average or less."""
        ...

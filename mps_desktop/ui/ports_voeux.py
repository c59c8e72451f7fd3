"""What screens ask of a session about the wishes of files and pasted screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mps_desktop.core.progress import Progress
from mps_desktop.importers.lot import Source
from mps_desktop.services.views import ProfilRecord, VoeuApercu


class VoeuxPort(Protocol):
    """Wishes read, what each becomes, and how they reach a profile."""

    def read_voeux(self, source: Source, progress: Progress, /) -> tuple[VoeuApercu, ...]:
        """Wishes of one candidate's screen, pasted."""
        ...

    def choose_voeux(self, choices: Mapping[str, str], /) -> None:
        """What wordings of wishes are about, by key: a vœu, a formation, or nothing (empty)."""
        ...

    def add_voeux(self, profil: ProfilRecord, cles: tuple[str, ...], /) -> ProfilRecord:
        """A profile with the vœux of those wordings; nothing is written."""
        ...

"""Columns matched by hand, kept between two runs with the settings. They hold no personal data."""

from __future__ import annotations

from mps_desktop.core.settings import SettingsStore
from mps_desktop.importers.correspondance import CHAMPS_OFFERTS, Correspondance
from mps_desktop.importers.inspection import ColonnesInconnues, Inspection

__all__ = ["CHAMPS_OFFERTS", "ColonnesInconnues", "Correspondance", "Correspondances", "Inspection"]

_KEPT = 40


class Correspondances:
    """Remembers what each column of a kind of file holds.

    Args:
        settings: where they are kept; None = for this session only.
    """

    def __init__(self, settings: SettingsStore | None = None) -> None:
        self._settings = settings
        kept = settings.current.correspondances if settings is not None else ()
        self._known = tuple(read for text in kept if (read := decode(text)) is not None)

    def known(self) -> tuple[Correspondance, ...]:
        """Everything remembered, newest first."""
        return self._known

    def remember(self, chosen: Correspondance) -> None:
        """Keep a choice; it replaces the former one for the same kind of file.

        Raises:
            EnvironmentFault: the settings cannot be written.
        """
        others = (one for one in self._known if one.signature != chosen.signature)
        self._known = (chosen, *others)[:_KEPT]
        if self._settings is not None:
            self._settings.update(correspondances=tuple(map(encode, self._known)))


def encode(chosen: Correspondance) -> str:
    """One line of the settings: ``signature|line|0=nom,1=prenom``."""
    champs = ",".join(f"{rang}={champ}" for rang, champ in chosen.champs)
    return f"{chosen.signature}|{chosen.ligne_entete}|{champs}"


def decode(text: str) -> Correspondance | None:
    """What ``encode`` wrote; None for anything else, that somebody wrote by hand or a newer version."""
    signature, _, rest = text.partition("|")
    line, _, fields = rest.partition("|")
    pairs = [pair.partition("=") for pair in fields.split(",") if pair]
    if not signature or not line.isdecimal() or not pairs:
        return None
    if not all(rang.isdecimal() and champ in CHAMPS_OFFERTS for rang, _, champ in pairs):
        return None
    return Correspondance(signature, tuple((int(rang), champ) for rang, _, champ in pairs), int(line))

"""Settings of the program: one TOML file, typed, never the registry, never personal data."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import tomli_w

from mps_desktop.core.files import PRIVATE_FOLDER, replacing

_RECENTS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered between two runs.

    Attributes:
        theme: ``clair``, ``sombre`` or ``systeme``.
        taille_texte: percent, 100..200.
        rail_deplie: left rail shown with its labels.
        dossiers_recents: folders, newest first (the name that the teacher gave is inside).
        dernier_export: folder of the last document produced.
        verrouillage_min: minutes without a key or a click before the dossier locks itself, 0 = never.
        correspondances: columns matched by hand for a kind of roster file (``services.correspondances``).
        choix_voeux: what the wording of a wish is about (``services.choix_voeux``).
    """

    theme: str = "systeme"
    taille_texte: int = 100
    rail_deplie: bool = True
    dossiers_recents: tuple[str, ...] = ()
    dernier_export: str = ""
    verrouillage_min: int = 10
    correspondances: tuple[str, ...] = ()
    choix_voeux: tuple[str, ...] = ()


class SettingsStore:
    """Reads and writes the settings file.

    A file that cannot be read counts as absent: settings are comfort, they never stop the program.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._current = self._load()

    @property
    def current(self) -> Settings:
        """The settings in force."""
        return self._current

    def update(self, **changes: object) -> Settings:
        """Change some settings and write the file at once.

        Raises:
            EnvironmentFault: the file cannot be written.
        """
        self._current = replace(self._current, **changes)  # type: ignore[arg-type]  # checked by the dataclass users
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        with replacing(self._file) as neighbour:
            neighbour.write_bytes(tomli_w.dumps(asdict(self._current)).encode())
        return self._current

    def remember_dossier(self, folder: Path) -> Settings:
        """Put a dossier first in the recent list."""
        others = [path for path in self._current.dossiers_recents if path != str(folder)]
        return self.update(dossiers_recents=(str(folder), *others)[:_RECENTS_KEPT])

    def _load(self) -> Settings:
        try:
            raw = tomllib.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Settings()
        kept: dict[str, object] = {}
        for setting in fields(Settings):
            value: object = raw.get(setting.name)
            if isinstance(value, list):
                value = tuple(str(item) for item in raw[setting.name])
            if type(value) is type(getattr(Settings(), setting.name)):
                kept[setting.name] = value
        return Settings(**kept)  # type: ignore[arg-type]  # types checked just above

"""What the teacher said of a wish that was not recognised for certain, kept with the settings. No personal data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from mps_desktop.core.settings import SettingsStore
from mps_desktop.core.text import fold
from mps_desktop.importers.rows import VoeuLu

_KEPT = 2000
_LINE = re.compile(r"([0-9a-f]{16})=((?:ta|fl|fr)\d{1,9}|-)")
_NOT_TAKEN = "-"


def wording_key(lu: VoeuLu) -> str:
    """16 hexadecimal digits that tell a wording again, whatever the case, accents and spaces."""
    parts = (lu.formation, lu.etablissement, lu.commune, "apprentissage" if lu.apprentissage else "")
    return hashlib.sha256("\x1f".join(map(fold, parts)).encode()).hexdigest()[:16]


class ChoixVoeux:
    """Remembers which vœu or formation of the catalogue a wording is about.

    Args:
        settings: where choices are kept; None = for this session only.
    """

    def __init__(self, settings: SettingsStore | None = None) -> None:
        self._settings = settings
        lines = settings.current.choix_voeux if settings is not None else ()
        found = (_LINE.fullmatch(line) for line in lines)
        self._known = {one[1]: one[2] for one in found if one is not None}

    def chosen(self, cle: str) -> str | None:
        """Id chosen, empty for a wish not to be taken, None when nothing was said."""
        code = self._known.get(cle)
        return "" if code == _NOT_TAKEN else code

    def remember(self, choices: Mapping[str, str]) -> None:
        """Keep choices by wording key; an empty id means that the wish is not taken.

        Raises:
            EnvironmentFault: the settings cannot be written.
        """
        new = {cle: code or _NOT_TAKEN for cle, code in choices.items()}
        merged = new | {cle: code for cle, code in self._known.items() if cle not in new}
        self._known = dict(list(merged.items())[:_KEPT])
        if self._settings is not None:
            self._settings.update(choix_voeux=tuple(f"{cle}={code}" for cle, code in self._known.items()))

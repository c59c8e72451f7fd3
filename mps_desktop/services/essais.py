"""Slows guessing down: after three wrong secrets each new try waits longer, in the window and on the command line.

The true cost of a try is Argon2id’s; this tires a person. What is kept between two starts of the program holds counts
and moments only, under a fingerprint of the dossier: no path, no name. Who can erase that file starts again from zero.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import Any, cast

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import replacing
from mps_desktop.core.text import NBSP
from mps_desktop.storage.errors import WrongPassword
from mps_desktop.storage.header import read_header

LIBRES = 3
_PREMIER_S, _PLAFOND_S, _OUBLI_S = 5, 300, 86_400
FICHIER = "essais.json"


def wait_after(echecs: int) -> int:
    """Seconds to wait after so many wrong tries: 5 after the third, then twice as long each time, at most 5 minutes."""
    return 0 if echecs < LIBRES else min(_PREMIER_S * 2 ** min(echecs - LIBRES, 10), _PLAFOND_S)


class TropDEssais(EnvironmentFault):
    """Too many wrong secrets: the next try has to wait."""

    def __init__(self, secondes: int) -> None:
        self.secondes = secondes
        super().__init__(f"Trop d’essais. Nouvel essai possible dans {secondes}{NBSP}s.", "Attendez, puis recommencez.")


class Essais:
    """Wrong tries of each dossier, forgotten by a right one, or after a day.

    Args:
        file: where they are kept; None = in memory only.
        now: the clock, in seconds.
    """

    def __init__(self, file: Path | None = None, now: Callable[[], float] = time) -> None:
        self._file = file
        self._now = now
        self._memory: dict[str, tuple[int, float]] = {}

    @contextmanager
    def tentative(
        self, dossier: Path, compartiment: str = "", wrong: type[Exception] = WrongPassword
    ) -> Generator[None]:
        """Refuse a try that comes too early; count it when the secret is wrong, forget the others when it is right.

        Args:
            compartiment: what is opened inside the dossier, empty for the dossier itself.
            wrong: the error that tells a wrong secret.

        Raises:
            TropDEssais: it comes too early; nothing is tried.
        """
        key = _fingerprint(dossier, compartiment)
        if key is None:  # no dossier there: whoever opens it says so
            yield
            return
        known = self._read()
        echecs, last = known.get(key, (0, 0.0))
        waits = min(wait_after(echecs), int(last + wait_after(echecs) - self._now()))
        if waits > 0:
            raise TropDEssais(waits)
        try:
            yield
        except wrong:
            self._write({**known, key: (echecs + 1, self._now())})
            raise
        if key in known:
            self._write({name: value for name, value in known.items() if name != key})

    def _read(self) -> dict[str, tuple[int, float]]:
        known = dict(self._memory)
        if self._file is not None:
            try:
                read = cast("dict[str, Any]", json.loads(self._file.read_text(encoding="utf-8")))
                known |= {str(key): (int(value[0]), float(value[1])) for key, value in read.items()}
            except (OSError, ValueError, AttributeError, TypeError, LookupError):
                pass  # none yet, or damaged: what this run knows still counts
        return {key: value for key, value in known.items() if self._now() - value[1] < _OUBLI_S}

    def _write(self, known: dict[str, tuple[int, float]]) -> None:
        self._memory = known
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._file) as neighbour:
                neighbour.write_text(json.dumps(known), encoding="utf-8")
        except OSError:
            return  # nowhere to keep it: this run counts all the same


def _fingerprint(dossier: Path, compartiment: str) -> str | None:
    """Tells dossiers apart without saying which: it follows a dossier that is moved or renamed."""
    try:
        check = read_header(dossier).check
    except (EnvironmentFault, OSError):
        return None
    return hashlib.sha256(b"essais" + check + compartiment.encode()).hexdigest()[:32]

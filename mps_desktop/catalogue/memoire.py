"""Names of everything that a catalogue of this user has ever held, for choices that a later one does not know.

An update never drops a vœu. But the program may be upgraded with another catalogue, or an older one put back:
a student's choice must then keep its name. Facts only, nothing about anybody: every vœu and formation of each
catalogue that served, in a small file beside the updated catalogues.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import Souvenir
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import PRIVATE_FILE, make_folder
from mps_desktop.core.log import LOGGER

FICHIER = "noms-connus.sqlite"
_TABLES = (
    "CREATE TABLE IF NOT EXISTS appris (empreinte TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS noms (id TEXT PRIMARY KEY, libelle TEXT NOT NULL, formation_id TEXT NOT NULL,"
    " etablissement TEXT NOT NULL, commune TEXT NOT NULL, session INTEGER NOT NULL) WITHOUT ROWID",
)
_LEARN = (
    "INSERT INTO noms VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET libelle = excluded.libelle,"
    " formation_id = excluded.formation_id, etablissement = excluded.etablissement, commune = excluded.commune,"
    " session = excluded.session WHERE excluded.session >= session"
)
_WAIT_S = 5


def newest_session(catalogue: Catalogue) -> int:
    """Newest Parcoursup session whose admissions are in a catalogue, 0 when there is none."""
    sources = (one for one in catalogue.provenance() if one.jeu.startswith("fr-esr-parcoursup"))
    return max((int(one.session) for one in sources if one.session.isdigit()), default=0)


def names_of(catalogue: Catalogue) -> list[Souvenir]:
    """Every vœu and formation of a catalogue, to be remembered when another one serves."""
    session = newest_session(catalogue)
    rows = catalogue.rows("SELECT id, libelle, coalesce(formation_id, ''), etablissement, commune FROM voeux")
    formations = [Souvenir(one.id, one.libelle, one.id, "", "", session) for one in catalogue.formations()]
    return [*formations, *(Souvenir(*row[:5], session=session) for row in rows)]


class Memoire:
    """Remembers names from one catalogue to the next. Never in the way: without it, ids are shown.

    Args:
        dossier: folder of the updated catalogues.
    """

    def __init__(self, dossier: Path) -> None:
        self._file = dossier / FICHIER

    def knows(self, empreinte: str) -> bool:
        """The catalogue of that fingerprint has been learnt."""
        return bool(self._read("SELECT 1 FROM appris WHERE empreinte = ?", empreinte))

    def learn(self, empreinte: str, names: Iterable[Souvenir]) -> bool:
        """Remember the names of a catalogue, once; the newest session wins.

        Returns:
            Whether they are remembered now; a folder that refuses is written in the log, and told to nobody.
        """
        rows = [(s.id, s.libelle, s.formation_id, s.etablissement, s.commune, s.session) for s in names]
        try:
            make_folder(self._file.parent)
            try:
                self._write(empreinte, rows)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # not a database any more: what it held is lost, the rest is learnt anew
                self._file.unlink(missing_ok=True)
                self._write(empreinte, rows)
        except (OSError, sqlite3.Error, EnvironmentFault):
            LOGGER.warning("noms du catalogue non retenus")
            return False
        return True

    def find(self, identifiant: str) -> Souvenir | None:
        """What a former catalogue said of an id."""
        row = self._read("SELECT * FROM noms WHERE id = ?", identifiant)
        return Souvenir(*row) if row else None

    def _read(self, sql: str, value: str) -> tuple[str, str, str, str, str, int] | None:
        if not self._file.is_file():
            return None
        try:
            with closing(sqlite3.connect(f"{self._file.as_uri()}?mode=ro", uri=True, timeout=_WAIT_S)) as connection:
                return connection.execute(sql, (value,)).fetchone()
        except sqlite3.Error:
            LOGGER.warning("noms retenus illisibles")
            return None

    def _write(self, empreinte: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._file.touch(PRIVATE_FILE)  # SQLite would make one that others may read
        with closing(sqlite3.connect(self._file, timeout=_WAIT_S)) as connection, connection:
            for sql in _TABLES:
                connection.execute(sql)
            connection.executemany(_LEARN, rows)
            connection.execute("INSERT OR IGNORE INTO appris VALUES (?)", (empreinte,))

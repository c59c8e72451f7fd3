"""The local store of official fiches: one SQLite file in the user's folder, replaced as a whole."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mps_desktop.catalogue.fiches.records import (
    JEUX,
    NATURES,
    Bloc,
    FicheLue,
    FicheOfficielle,
    Lien,
    LotInstalle,
    LotLu,
    Section,
)
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder, replacing
from mps_desktop.core.progress import Progress

VERSION = 1
_IN_SIZE = 900
_TABLES = (
    "CREATE TABLE lots (nature TEXT PRIMARY KEY, fichier TEXT NOT NULL, edition TEXT NOT NULL,"
    " importe_le TEXT NOT NULL, empreinte TEXT NOT NULL, nb_fiches INTEGER NOT NULL) STRICT",
    "CREATE TABLE fiches (nature TEXT NOT NULL, id TEXT NOT NULL, libelle TEXT NOT NULL, sections TEXT NOT NULL,"
    " liens TEXT NOT NULL, PRIMARY KEY (id, nature)) STRICT, WITHOUT ROWID",
    "CREATE TABLE correspondances (psup_id TEXT NOT NULL, for_id TEXT NOT NULL, PRIMARY KEY (psup_id, for_id))"
    " STRICT, WITHOUT ROWID",
)


class Magasin:
    """Official fiches installed on this machine. Opened for each reading: a replacement is seen at once.

    Args:
        path: the file; it may not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever the content does; (0, 0) when nothing is installed."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    @property
    def installed(self) -> bool:
        """Something is installed."""
        return self.path.exists()

    def lots(self) -> tuple[LotInstalle, ...]:
        """What is installed, in the order of the kinds.

        Raises:
            EnvironmentFault: the store is damaged.
        """
        rows = self._rows("SELECT nature, fichier, edition, importe_le, empreinte, nb_fiches FROM lots")
        found = {row[0]: LotInstalle(row[0], JEUX.get(str(row[0]), ""), *row[1:]) for row in rows}
        return tuple(found[nature] for nature in NATURES if nature in found)

    def fiche(self, ids: Sequence[str]) -> FicheOfficielle:
        """Everything said under those ids; the same words are never given twice.

        Args:
            ids: of one formation or métier, the closest first.
        """
        lots = {lot.nature: lot for lot in self.lots()}
        rank = {identifier: number for number, identifier in enumerate(ids)}
        rows = sorted(
            self._rows_in("SELECT nature, id, sections, liens FROM fiches WHERE id IN ({ids})", ids),
            key=lambda row: (NATURES.index(row[0]), rank[row[1]]),
        )
        sections: dict[tuple[str, tuple[Bloc, ...]], Section] = {}
        links: dict[str, Lien] = {}
        for nature, _, stored, addresses in rows:
            lot = lots[nature]
            for code, blocs in json.loads(stored):
                words = tuple(Bloc(*bloc) for bloc in blocs)
                sections.setdefault((code, words), Section(code, words, lot.jeu, lot.edition))
            for name, url in json.loads(addresses):
                links.setdefault(url, Lien(name, url))
        return FicheOfficielle(tuple(sections.values()), tuple(links.values()))

    def libelles(self) -> dict[str, str]:
        """Name of every ONISEP fiche, by id."""
        return dict(self._rows("SELECT id, libelle FROM fiches WHERE libelle <> ''"))

    def ids(self) -> frozenset[str]:
        """Ids that have at least one section of text."""
        return frozenset(row[0] for row in self._rows("SELECT id FROM fiches WHERE sections <> '[]'"))

    def correspondances(self) -> dict[str, tuple[str, ...]]:
        """FOR ids by Parcoursup id, as the files give them."""
        found: dict[str, tuple[str, ...]] = {}
        for psup, target in self._rows("SELECT psup_id, for_id FROM correspondances ORDER BY psup_id, for_id"):
            found[psup] = (*found.get(psup, ()), target)
        return found

    def install(self, lots: Iterable[LotLu], today: date, progress: Progress) -> None:
        """Add these files to what is installed; one of the same kind is replaced. All or nothing.

        Raises:
            EnvironmentFault: the folder cannot be written, the disk is full; the store is as before.
            Cancelled: the user stopped it; the store is as before.
        """
        new = {lot.nature: lot for lot in lots}
        make_folder(self.path.parent)
        kept = self._kept(frozenset(new))
        with self._lock, replacing(self.path) as neighbour:
            _write(neighbour, kept, tuple(new.values()), today, progress)
            progress.step("Mise en place des fiches")

    def remove(self, nature: str | None = None) -> None:
        """Take out the fiches of one kind, or all of them.

        Raises:
            EnvironmentFault: the file cannot be changed.
        """
        left = [lot for lot in self.lots() if lot.nature != nature] if nature is not None else []
        if left:
            kept = self._kept(frozenset((nature or "",)))
            with self._lock, replacing(self.path) as neighbour:
                _write(neighbour, kept, (), date.min, Progress())
            return
        try:
            self.path.unlink(missing_ok=True)
        except OSError as exc:
            raise EnvironmentFault(
                f"Les fiches officielles n’ont pas pu être retirées ({exc.strerror or exc}).",
                "Fermez les autres fenêtres de MPS Bureau, puis réessayez.",
            ) from exc

    def _kept(self, replaced: frozenset[str]) -> tuple[list[tuple[Any, ...]], ...]:
        """Rows of the three tables that stay. A damaged store is not worth keeping: it is built anew."""
        try:
            lots = self._rows("SELECT * FROM lots")
            fiches = self._rows("SELECT * FROM fiches")
            pairs = self._rows("SELECT * FROM correspondances")
        except EnvironmentFault:
            return [], [], []
        return (
            [row for row in lots if row[0] not in replaced],
            [row for row in fiches if row[0] not in replaced],
            [] if NATURES[-1] in replaced else pairs,
        )

    def _rows_in(self, sql: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), _IN_SIZE):
            part = wanted[start : start + _IN_SIZE]
            found += self._rows(sql.format(ids=",".join("?" * len(part))), part)
        return found

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        try:
            address = f"file:{quote(str(self.path.resolve()))}?mode=ro"
            with self._lock, closing(sqlite3.connect(address, uri=True)) as connection:
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                return connection.execute(sql, values).fetchall() if version == VERSION else []
        except sqlite3.DatabaseError as exc:
            raise EnvironmentFault(
                "Les fiches officielles installées sur ce poste sont abîmées.",
                "Importez de nouveau les fichiers officiels ; le reste du programme n’est pas touché.",
            ) from exc


def _write(
    target: Path, kept: tuple[list[tuple[Any, ...]], ...], lots: Sequence[LotLu], today: date, progress: Progress
) -> None:
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("BEGIN")
            for statement in _TABLES:
                connection.execute(statement)
            for table, rows in zip(("lots", "fiches", "correspondances"), kept, strict=True):
                _insert(connection, table, rows)
            for done, lot in enumerate(lots):
                progress.step("Enregistrement des fiches", done, len(lots))
                head = (lot.nature, lot.fichier, lot.edition, today.isoformat(), lot.empreinte, len(lot.fiches))
                _insert(connection, "lots", [head])
                _insert(connection, "fiches", [_row(lot.nature, fiche) for fiche in lot.fiches])
                _insert(connection, "correspondances", list(lot.correspondances))
            connection.execute("COMMIT")
            connection.execute("VACUUM")
    except sqlite3.Error as exc:
        raise EnvironmentFault(
            "Les fiches officielles n’ont pas pu être enregistrées : le disque est plein ou refuse l’écriture.",
            "Libérez de la place, puis réessayez ; les fiches déjà installées restent telles quelles.",
        ) from exc


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _row(nature: str, fiche: FicheLue) -> tuple[str, str, str, str, str]:
    sections = [(section.code, [(bloc.genre, bloc.texte) for bloc in section.blocs]) for section in fiche.sections]
    links = [(link.nom, link.url) for link in fiche.liens]
    return (
        nature,
        fiche.id,
        fiche.libelle,
        json.dumps(sections, ensure_ascii=False, separators=(",", ":")),
        json.dumps(links, ensure_ascii=False, separators=(",", ":")),
    )

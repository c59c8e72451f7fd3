"""Write the catalogue file so that the same facts always give the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from mps_desktop.catalogue.construction.compaction import compact
from mps_desktop.catalogue.schema import PAGE_SIZE, TABLES, VERSION, create_statements
from mps_desktop.core.files import replacing
from mps_desktop.core.text import typography

Values = Mapping[str, object]


def write_catalogue(
    target: Path,
    tables: Mapping[str, Sequence[Values]],
    prepare: Callable[[Path], Mapping[str, bytes]] | None = None,
) -> dict[str, int]:
    """Write every table into a new SQLite file that takes the place of ``target``.

    Rows are inserted in the order of their table's key: nothing depends on the order of discovery.

    Args:
        target: the file to replace, atomically.
        tables: plain rows (column -> value) by table, see ``compaction``.
        prepare: given the file once written, packed arrays to add to it, by name.

    Returns:
        Number of plain rows by table.

    Raises:
        EnvironmentFault: the folder cannot be written.
    """
    counts = {name: len(rows) for name, rows in tables.items()}
    compacted = compact(tables)
    with replacing(target) as neighbour:
        with closing(sqlite3.connect(neighbour, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA encoding = 'UTF-8'")
            connection.execute("BEGIN")
            for statement in create_statements():
                connection.execute(statement)
            for name in TABLES:
                _insert(connection, name, compacted.get(name, []))
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
            prepared = dict(prepare(neighbour)) if prepare is not None else {}
            for nom, contenu in sorted(prepared.items()):
                connection.execute("INSERT INTO tableaux VALUES (?, ?)", (nom, contenu))
            connection.execute("ANALYZE")
            connection.execute("VACUUM")
        neighbour.chmod(0o644)
    return counts


def _insert(connection: sqlite3.Connection, name: str, rows: list[Values]) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    keys = [row[1] for row in sorted(connection.execute(f"PRAGMA table_info({name})"), key=_key_rank) if row[5]]
    rows = sorted(rows, key=lambda row: tuple(_sortable(row[key]) for key in keys))
    marks = ", ".join("?" for _ in columns)
    connection.executemany(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})",
        ([_cell(row[column]) for column in columns] for row in rows),
    )


def _key_rank(row: tuple[object, ...]) -> int:
    return int(str(row[5]))


def _sortable(value: object) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value))


def _cell(value: object) -> object:
    return typography(value) if isinstance(value, str) and " " in value else value

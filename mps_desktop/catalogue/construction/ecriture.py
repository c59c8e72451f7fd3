"""Write the catalogue file so that the same facts always give the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from mps_desktop.catalogue.schema import PAGE_SIZE, TABLES, VERSION, create_statements
from mps_desktop.core.files import replacing
from mps_desktop.core.text import typography

Values = Mapping[str, object]


def write_catalogue(target: Path, tables: Mapping[str, Iterable[Values]]) -> dict[str, int]:
    """Write every table into a new SQLite file that takes the place of ``target``.

    Rows are inserted in the order of their table's key: nothing depends on the order of discovery.

    Args:
        target: the file to replace, atomically.
        tables: rows (column -> value) by table of the schema.

    Returns:
        Number of rows by table.

    Raises:
        EnvironmentFault: the folder cannot be written.
    """
    counts: dict[str, int] = {}
    with replacing(target) as neighbour:
        with closing(sqlite3.connect(neighbour, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA encoding = 'UTF-8'")
            connection.execute("BEGIN")
            for statement in create_statements():
                connection.execute(statement)
            for name in TABLES:
                counts[name] = _insert(connection, name, list(tables[name]))
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
            connection.execute("ANALYZE")
            connection.execute("VACUUM")
        neighbour.chmod(0o644)
    return counts


def _insert(connection: sqlite3.Connection, name: str, rows: list[Values]) -> int:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    keys = [row[1] for row in sorted(connection.execute(f"PRAGMA table_info({name})"), key=_key_rank) if row[5]]
    rows = sorted(rows, key=lambda row: tuple(_sortable(row[key]) for key in keys))
    marks = ", ".join("?" for _ in columns)
    connection.executemany(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})",
        ([_cell(row[column]) for column in columns] for row in rows),
    )
    return len(rows)


def _key_rank(row: tuple[object, ...]) -> int:
    return int(str(row[5]))


def _sortable(value: object) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value))


def _cell(value: object) -> object:
    return typography(value) if isinstance(value, str) and " " in value else value

"""The plain rows of a catalogue file, as the builder made them: what ``write_catalogue`` takes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from mps_desktop.catalogue.opening import damaged, open_read_only
from mps_desktop.catalogue.schema import TABLES

Values = dict[str, object]
Tables = dict[str, list[Values]]


def read_tables(path: Path) -> Tables:
    """Every row of a catalogue by table: written again, they give the same file.

    Raises:
        EnvironmentFault: it cannot be read to its end.
    """
    try:
        with closing(open_read_only(path)) as connection:
            return {name: _rows(connection, name) for name in TABLES}
    except sqlite3.DatabaseError as exc:
        raise damaged(path) from exc


def _rows(connection: sqlite3.Connection, name: str) -> list[Values]:
    cursor = connection.execute(f"SELECT * FROM {name}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]

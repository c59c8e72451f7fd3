"""Plain rows of the packed tables, for what reads everything: the checks, and tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from math import isnan
from typing import Any

from mps_desktop.catalogue.schema import TABLEAUX
from mps_desktop.catalogue.tableaux import MANQUANT, decode

_SQL_TYPES = {"entier": "INTEGER", "ecart": "INTEGER", "decimal": "REAL", "texte": "TEXT", "voeu": "TEXT"}


def plain_rows(contenu: bytes, kinds: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """Rows of a packed table, None for an unknown figure.

    Args:
        contenu: what ``construction.compaction.pack`` gave.
        kinds: kind by column, see ``schema.TABLEAUX``.

    Raises:
        ValueError: it is not a packed table.
    """
    columns = decode(contenu)
    values: list[list[Any]] = []
    for name, kind in kinds.items():
        raw = columns[name].tolist()
        if kind == "texte":
            texts = columns[f"{name}.valeurs"]
            values.append([texts[rank] for rank in raw])
        elif kind == "voeu":
            values.append([f"ta{number}" for number in raw])
        elif kind == "decimal":
            values.append([None if isnan(value) else value for value in raw])
        else:
            values.append([None if value == MANQUANT else value for value in raw])
    return list(zip(*values, strict=True))


def lay_out(connection: sqlite3.Connection) -> None:
    """Put the packed tables into temporary tables of the same names, for SQL. The file is not written.

    Raises:
        ValueError: one of them cannot be unpacked.
    """
    contents = dict(connection.execute("SELECT nom, contenu FROM tableaux"))
    for name, kinds in TABLEAUX.items():
        columns = ", ".join(f"{column} {_SQL_TYPES[kind]}" for column, kind in kinds.items())
        connection.execute(f"CREATE TEMP TABLE {name} ({columns})")
        marks = ", ".join("?" * len(kinds))
        if name in contents:
            rows = plain_rows(contents[name], kinds)
            connection.executemany(f"INSERT INTO temp.{name} VALUES ({marks})", rows)
        first = next(iter(kinds))
        connection.execute(f"CREATE INDEX temp.{name}_{first} ON {name} ({first})")

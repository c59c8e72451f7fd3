"""The plain rows of a catalogue file, as the builder made them: what ``write_catalogue`` takes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from math import isnan
from pathlib import Path
from typing import Any

from mps_desktop.catalogue.opening import damaged, open_read_only
from mps_desktop.catalogue.schema import TABLEAUX, TABLES, VUES
from mps_desktop.catalogue.tableaux import MANQUANT, Decodees, decode

Values = dict[str, object]
Tables = dict[str, list[Values]]

_COMPACTED = frozenset({"programmes", "textes", "etablissements", "localites", "departements", "tableaux"})
"""Tables that the writer makes from the plain rows."""

_POSITIONS = """
    SELECT uai, lat / 100000.0 AS lat, lng / 100000.0 AS lng FROM etablissements
    WHERE lat IS NOT NULL AND numero NOT IN (SELECT etablissement FROM programmes WHERE precision = 1)"""
"""Places of the établissements that none of their vœux publishes: they came from the official lists."""


def read_tables(path: Path) -> Tables:
    """Every plain row of a catalogue by table: written again, they give the same file.

    Raises:
        EnvironmentFault: it cannot be read to its end.
    """
    try:
        with closing(open_read_only(path)) as connection:
            plain = [name for name in (*TABLES, *VUES) if name not in _COMPACTED]
            tables = {name: _rows(connection, f"SELECT * FROM {name}") for name in plain}
            tables["positions"] = _rows(connection, _POSITIONS)
            for name, kinds in TABLEAUX.items():
                found = connection.execute("SELECT contenu FROM tableaux WHERE nom = ?", (name,)).fetchone()
                tables[name] = _unpack(decode(found[0]), kinds) if found is not None else []
            return tables
    except (sqlite3.DatabaseError, ValueError, KeyError) as exc:
        raise damaged(path) from exc


def _rows(connection: sqlite3.Connection, sql: str) -> list[Values]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _unpack(columns: Decodees, kinds: Mapping[str, str]) -> list[Values]:
    """Rows of a packed table (``compaction.pack`` the other way round)."""
    plain = [_column(columns, name, kind) for name, kind in kinds.items()]
    return [dict(zip(kinds, row, strict=True)) for row in zip(*plain, strict=True)]


def _column(columns: Decodees, name: str, kind: str) -> list[object]:
    values: list[Any] = columns[name].tolist()
    if kind == "texte":
        texts: list[str] = columns[f"{name}.valeurs"]
        return [texts[rank] for rank in values]
    if kind == "voeu":
        return [f"ta{number}" for number in values]
    if kind == "decimal":
        return [None if isnan(value) else value for value in values]
    return [None if value == MANQUANT else value for value in values]

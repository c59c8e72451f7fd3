"""The plain rows of a catalogue file, as the builder made them: what ``write_catalogue`` takes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from mps_desktop.catalogue.dataset import TABLEAU_MOTEUR
from mps_desktop.catalogue.depliage import plain_rows
from mps_desktop.catalogue.opening import damaged, open_read_only
from mps_desktop.catalogue.schema import TABLEAUX, TABLES, VUES

Values = dict[str, object]
Tables = dict[str, list[Values]]

_COMPACTED = frozenset({"programmes", "textes", "etablissements", "localites", "departements", "tableaux"})
"""Tables that the writer makes from the plain rows."""

_PLAIN_NAMES = {"recherche_lignes": "recherche"}
"""Packed tables that the writer takes under another name."""

_PREPARED = frozenset({TABLEAU_MOTEUR, "recherche"})
"""Packed arrays that the writer prepares from the rest. Any other one is carried over as it is."""

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
                rows = plain_rows(found[0], kinds) if found is not None else []
                tables[_PLAIN_NAMES.get(name, name)] = [dict(zip(kinds, row, strict=True)) for row in rows]
            others = _rows(connection, "SELECT nom, contenu FROM tableaux")
            tables["tableaux"] = [row for row in others if row["nom"] not in TABLEAUX and row["nom"] not in _PREPARED]
            return tables
    except (sqlite3.DatabaseError, ValueError, KeyError) as exc:
        raise damaged(path) from exc


def _rows(connection: sqlite3.Connection, sql: str) -> list[Values]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]

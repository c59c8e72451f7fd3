"""Backups: made by the engine, opened and checked before they count. Never a copy of the file.

A copied database in write-ahead mode may hold nothing of the last sessions; ``VACUUM INTO`` writes a
complete one, encrypted with the same key.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mps_desktop.core.files import replacing
from mps_desktop.storage.database import Database
from mps_desktop.storage.errors import DamagedDossier


def backup_to(database: Database, target: Path) -> None:
    """Write a complete, encrypted, checked copy of the database. Replaces the target only when it is good.

    Args:
        target: file to write, private to the user; opened by the same key.

    Raises:
        EnvironmentFault: no room, no right to write, or the copy does not read back.
    """
    with replacing(target) as neighbour:
        with database.raw_connection() as connection:
            connection.execute("VACUUM INTO ?", (str(neighbour),))
        check_file(database, neighbour)


def check_file(database: Database, path: Path | None = None) -> None:
    """Read every page of the database, or of another file of the same key, and check what they hold.

    Raises:
        DamagedDossier: a page was altered, a table is inconsistent, or a row points nowhere.
    """
    with database.raw_connection(path) as connection:
        for pragma, fine in (("cipher_integrity_check", []), ("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            found: list[Any] = connection.execute(f"PRAGMA {pragma}").fetchall()
            if found != fine:
                raise DamagedDossier("sa base de données ne se relit pas entièrement")

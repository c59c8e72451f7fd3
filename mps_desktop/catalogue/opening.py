"""Open the catalogue file, or say in French why it cannot be used."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from mps_desktop.catalogue.schema import TABLES, VERSION
from mps_desktop.core.errors import EnvironmentFault

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100
_REINSTALL = "Réinstallez le programme, ou demandez-le à la personne qui l’a installé."


def open_read_only(path: Path) -> sqlite3.Connection:
    """Connection to a catalogue that nothing can write, usable from any thread one at a time.

    The file is declared immutable: no lock is taken, so that it may sit on a read-only disk or a
    network share.

    Raises:
        EnvironmentFault: absent, unreadable, truncated, not a catalogue, or of another version.
    """
    _check_header(path)
    try:
        connection = sqlite3.connect(_uri(path), uri=True, check_same_thread=False)
    except sqlite3.Error as exc:
        raise damaged(path) from exc
    try:
        _check_schema(connection, path)
    except sqlite3.DatabaseError as exc:
        connection.close()
        raise damaged(path) from exc
    except EnvironmentFault:
        connection.close()
        raise
    return connection


def damaged(path: Path) -> EnvironmentFault:
    """The error to raise when the file cannot be read to its end."""
    return EnvironmentFault(f"Le catalogue des formations « {path.name} » est abîmé.", _REINSTALL)


def _check_header(path: Path) -> None:
    """Compare the size announced in the header with the real one: SQLite would find out much later."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
        size = path.stat().st_size
    except FileNotFoundError as exc:
        raise EnvironmentFault(f"Le catalogue des formations est introuvable (« {path} »).", _REINSTALL) from exc
    except OSError as exc:
        raise EnvironmentFault(
            f"Le catalogue des formations « {path} » ne peut pas être lu.",
            "Vérifiez que vous avez le droit de lire ce fichier et que le disque est bien branché.",
        ) from exc
    if not header.startswith(_MAGIC[: len(header)]):
        raise _not_a_catalogue(path)
    if len(header) < _HEADER_SIZE:
        raise damaged(path)
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    if size < page * int.from_bytes(header[28:32], "big"):
        raise damaged(path)


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names & TABLES.keys():
        raise _not_a_catalogue(path)
    if version != VERSION:
        raise EnvironmentFault(
            f"Le catalogue « {path.name} » est d’une autre version ({version}) que ce programme ({VERSION}).",
            "Prenez le catalogue livré avec cette version du programme, ou mettez le programme à jour.",
        )
    if not names >= TABLES.keys():
        raise damaged(path)


def _not_a_catalogue(path: Path) -> EnvironmentFault:
    return EnvironmentFault(f"Le fichier « {path.name} » n’est pas un catalogue des formations.", _REINSTALL)


def _uri(path: Path) -> str:
    """SQLite's form of the address: three slashes, four before the server of a Windows share."""
    absolute = path.resolve().as_posix()
    slash = "" if absolute.startswith("/") else "/"
    return f"file://{slash}{quote(absolute, safe='/:')}?mode=ro&immutable=1"

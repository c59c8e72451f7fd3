"""What a copy of a dossier says of itself in clear, and what interrupted work leaves behind."""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path

import tomli_w
from sqlalchemy import func, select

from mps_desktop.core.files import replacing
from mps_desktop.models import Classe, Eleve
from mps_desktop.storage.database import Database

INFO_FILE = "sauvegarde.toml"
EXPORT_PREFIX = "mps-export-"
_OLD_S = 3600.0


def write_info(folder: Path, database: Database, motif: str, quand: datetime) -> tuple[int, int]:
    """Write what the list of backups will say of one: when, why, how many. Nothing personal is in clear.

    Args:
        database: what was copied; older tables will do.
        motif: key of ``sauvegardes.MOTIFS``.

    Returns:
        How many classes and students it holds.

    Raises:
        EnvironmentFault: the folder cannot be written.
    """
    with database.read() as session:
        classes = session.scalar(select(func.count()).select_from(Classe)) or 0
        eleves = session.scalar(select(func.count()).select_from(Eleve)) or 0
    info = {"quand": quand.isoformat(timespec="seconds"), "motif": motif, "classes": classes, "eleves": eleves}
    with replacing(folder / INFO_FILE) as neighbour:
        neighbour.write_bytes(tomli_w.dumps(info).encode())
    return classes, eleves


def sweep(*folders: Path) -> int:
    """Remove what a killed program was still writing in these folders, whose dossier we hold the lock of.

    Such a leftover is never used again, but holds a copy of the students, encrypted, that a purge must not miss.

    Returns:
        How many files and folders were removed; what refuses to go is left.
    """
    return sum(_remove(left) for folder in folders for left in _leftovers(folder, "*"))


def sweep_beside(folder: Path) -> None:
    """Remove folders that a killed creation or import of this very dossier left beside it, an hour ago or more."""
    limit = time.time() - _OLD_S
    for left in _leftovers(folder.parent, folder.name):
        try:
            if left.stat().st_mtime < limit:
                _remove(left)
        except OSError:
            continue


def _leftovers(folder: Path, name: str) -> list[Path]:
    try:
        found = [*folder.glob(f".{name}.*.tmp")]
        return [*found, *folder.glob(f"{EXPORT_PREFIX}*")] if name == "*" else found
    except (OSError, ValueError):
        return []


def _remove(left: Path) -> bool:
    try:
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
    except OSError:
        return False
    return True

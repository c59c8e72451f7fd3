"""Write files so that a crash leaves the old one or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault, system_reason

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


@contextmanager
def replacing(target: Path) -> Generator[Path]:
    """Give a temporary neighbour to write; it takes the target's place when the block ends well.

    The neighbour is private (0600), flushed to the disk before the exchange, and removed when the
    block fails.

    Raises:
        EnvironmentFault: the folder cannot be written or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as exc:
        raise not_writable(target.parent) from exc
    os.close(handle)
    neighbour = Path(name)
    try:
        yield neighbour
        with neighbour.open("rb+") as file:
            os.fsync(file.fileno())
        neighbour.replace(target)
        flush_folder(target.parent)
    except OSError as exc:
        raise EnvironmentFault(
            f"Le fichier « {target.name} » n’a pas pu être écrit ({system_reason(exc)}).",
            "Vérifiez la place disponible, ou choisissez un autre dossier ; rien n’a été perdu.",
        ) from exc
    finally:
        neighbour.unlink(missing_ok=True)


def make_folder(folder: Path) -> Path:
    """Create a private folder (and its parents) if needed, and prove that it can be written.

    Raises:
        EnvironmentFault: it cannot be created or written.
    """
    try:
        for missing in reversed([parent for parent in (folder, *folder.parents) if not parent.exists()]):
            missing.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)  # ``parents=True`` would leave the parents open to all
        if not folder.stat().st_mode & 0o222:
            # Root may write anywhere; a folder that nobody may write was locked on purpose.
            raise not_writable(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as exc:
        raise not_writable(folder) from exc
    return folder


def flush_folder(folder: Path) -> None:
    """Make the names of a folder survive a power cut; Windows flushes them itself and cannot be asked to."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network places refuse: the files themselves are flushed
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def not_writable(folder: Path) -> EnvironmentFault:
    """The error to raise when a folder refuses to be written."""
    return EnvironmentFault(
        f"Impossible d’écrire dans le dossier « {folder} ».",
        "Choisissez un autre dossier, ou demandez le droit d’écriture ; rien n’a été écrit.",
    )

"""A dossier is a folder: a clear header, an encrypted database, a lock while it is open."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from mps_desktop.core.files import PRIVATE_FOLDER, flush_folder, make_folder, not_writable
from mps_desktop.storage.acces import PASSWORD, find_key
from mps_desktop.storage.backup import backup_to
from mps_desktop.storage.copies import sweep, sweep_beside, write_info
from mps_desktop.storage.database import Database, create_database
from mps_desktop.storage.emplacement import find_place
from mps_desktop.storage.errors import DamagedDossier, FolderNotEmpty
from mps_desktop.storage.header import DossierHeader, copy_header, new_header, read_header, write_header
from mps_desktop.storage.keys import STRONG, KdfParameters, new_data_key, wipe, wrap_key
from mps_desktop.storage.locks import DossierLock
from mps_desktop.storage.migrations import current_revision, migrate, needs_migration
from mps_desktop.storage.passwords import check_password

__all__ = ["OpenDossier", "copy_dossier", "create_dossier", "read_header", "unlock_dossier"]

DATABASE_FILE = "dossier.db"
BACKUP_FOLDER = "sauvegardes"


class OpenDossier:
    """A dossier whose key is known and whose lock is ours, until ``close``.

    Attributes:
        dossier: its folder.
        nom: the name that the user gave.
        database: its database.
        emplacement: where the folder lies; away from this machine, the database is in its safe mode.
    """

    def __init__(self, dossier: Path, header: DossierHeader, database: Database, lock: DossierLock) -> None:
        self.dossier = dossier
        self.nom = header.nom
        self.emplacement = find_place(dossier)
        self.database = database
        self._lock = lock

    def close(self) -> None:
        """Close the database, then give the lock back. Harmless when it is done."""
        try:
            self.database.close()
        finally:
            self._lock.release()

    def __enter__(self) -> OpenDossier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create_dossier(folder: Path, nom: str, mot_de_passe: str, kdf: KdfParameters = STRONG) -> OpenDossier:
    """Create an encrypted dossier and open it. The folder appears complete, or not at all.

    Args:
        folder: what it will be; must not exist, or be empty. Parents are created.
        nom: name for people, kept in clear.
        kdf: cost of guessing the password.

    Raises:
        WeakPassword: fewer than 8 characters.
        FolderNotEmpty: there are files in that folder already.
        EnvironmentFault: the place cannot be written.
    """
    check_password(mot_de_passe)
    folder = folder.absolute()
    _refuse_occupied(folder)  # before the slow derivation
    key = bytearray(new_data_key())
    header = new_header(nom, key, wrap_key(key, mot_de_passe, kdf, PASSWORD))

    def fill(building: Path) -> None:
        write_header(building, header)
        database = create_database(building / DATABASE_FILE, key)
        try:
            migrate(database)
        finally:
            database.close()

    place_dossier(folder, fill)
    return _open(folder, header, key)


def unlock_dossier(folder: Path, mot_de_passe: str) -> OpenDossier:
    """Open a dossier; older tables are brought up to date, after a backup.

    Raises:
        NotADossier: there is none there.
        NewerDossier: its format is one of a later version.
        WrongPassword: the dossier is sound, the password is not its own.
        DamagedDossier: the header or the database was altered.
        DossierLocked: it is open elsewhere.
        EnvironmentFault: it cannot be read or written.
    """
    folder = folder.absolute()
    header = read_header(folder)
    return _open(folder, header, find_key(header, mot_de_passe))


def copy_dossier(source: Path, database: Database, folder: Path, motif: str, quand: datetime) -> tuple[int, int]:
    """Write a complete copy of a dossier, opened by the same password. The copy is checked.

    Args:
        source: the dossier; database: its own, open.
        folder: what the copy will be; must not exist, or be empty.
        motif: why, key of ``sauvegardes.MOTIFS``.
        quand: now, with its time zone.

    Returns:
        How many classes and students it holds.

    Raises:
        EnvironmentFault: the place is taken or cannot be written; nothing is left there.
    """
    counts: list[tuple[int, int]] = []

    def fill(building: Path) -> None:
        copy_header(source, building)
        backup_to(database, building / DATABASE_FILE)
        counts.append(write_info(building, database, motif, quand))

    place_dossier(folder.absolute(), fill)
    return counts[0]


def _open(folder: Path, header: DossierHeader, key: bytearray) -> OpenDossier:
    """Open with a key, which is wiped: the database keeps its own copy until it closes."""
    lock = DossierLock(folder)
    database: Database | None = None
    try:
        sweep(folder, folder / BACKUP_FOLDER)
        database = Database(folder / DATABASE_FILE, key, sur=find_place(folder).sur)
        _bring_up_to_date(folder, header, database)
    except BaseException:
        if database is not None:
            database.close()
        lock.release()
        raise
    finally:
        wipe(key)
    return OpenDossier(folder, header, database, lock)


def _bring_up_to_date(folder: Path, header: DossierHeader, database: Database) -> None:
    revision = current_revision(database)
    if revision is None:
        raise DamagedDossier("sa base de données est vide")
    if needs_migration(revision):
        copy = _free_name(folder / BACKUP_FOLDER / f"avant-mise-a-jour-{revision}")
        copy_dossier(folder, database, copy, "migration", datetime.now().astimezone())
        # The header first: an older program must not open tables that it does not know.
        write_header(folder, header.upgraded())
        try:
            migrate(database)
        except BaseException:
            write_header(folder, header)
            raise


def place_dossier(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make a dossier folder that appears complete, or not at all.

    Args:
        folder: absolute; must not exist, or be empty. Parents are created.
        fill: writes header and database in the folder given, on the same disk.

    Raises:
        FolderNotEmpty: there are files in that folder already.
        EnvironmentFault: the place cannot be written.
    """
    _refuse_occupied(folder)
    make_folder(folder.parent)
    sweep_beside(folder)
    building = _temporary_neighbour(folder)
    try:
        fill(building)
        _put_in_place(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _refuse_occupied(folder: Path) -> None:
    try:
        taken = os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as exc:
        raise not_writable(folder) from exc
    if taken:
        raise FolderNotEmpty(folder)


def _temporary_neighbour(folder: Path) -> Path:
    """A private folder on the same disk, so that it can take the final name at once."""
    try:
        building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".tmp"))
        building.chmod(PRIVATE_FOLDER)
    except OSError as exc:
        raise not_writable(folder.parent) from exc
    return building


def _put_in_place(building: Path, folder: Path) -> None:
    try:
        if folder.is_dir():
            folder.rmdir()  # empty, as checked; Windows does not rename over it
        flush_folder(building)
        building.rename(folder)
        flush_folder(folder.parent)
    except OSError as exc:
        raise not_writable(folder) from exc


def _free_name(folder: Path) -> Path:
    candidate, number = folder, 1
    while os.path.lexists(candidate):
        number += 1
        candidate = folder.with_name(f"{folder.name}-{number}")
    return candidate

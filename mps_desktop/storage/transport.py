"""One encrypted file that carries a whole dossier to another machine (``.mpsdossier``).

A zip, stored, of the clear header and of a fresh copy of the encrypted database: nothing is readable without the
password, and nothing else is inside.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import IO

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import PRIVATE_FILE, make_folder, replacing
from mps_desktop.core.text import NNBSP
from mps_desktop.storage.acces import find_key
from mps_desktop.storage.backup import backup_to, check_file
from mps_desktop.storage.copies import EXPORT_PREFIX
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import DATABASE_FILE, OpenDossier, place_dossier
from mps_desktop.storage.header import HEADER_FILE, read_header

SUFFIX = ".mpsdossier"
_MAX_BYTES = 2 * 1024**3
_MEMBERS = (HEADER_FILE, DATABASE_FILE)


def export_dossier(opened: OpenDossier, target: Path) -> Path:
    """Write an open dossier to one file. A former file is replaced only when the new one is complete.

    Raises:
        EnvironmentFault: the place cannot be written, or the copy does not read back.
    """
    if target.suffix != SUFFIX:
        target = target.with_name(target.name + SUFFIX)
    make_folder(target.parent)
    with tempfile.TemporaryDirectory(prefix=EXPORT_PREFIX, dir=opened.dossier) as temporary:
        copy = Path(temporary) / DATABASE_FILE
        backup_to(opened.database, copy)
        with replacing(target) as neighbour, zipfile.ZipFile(neighbour, "w", zipfile.ZIP_STORED) as archive:
            archive.write(opened.dossier / HEADER_FILE, HEADER_FILE)
            archive.write(copy, DATABASE_FILE)
    return target


def import_dossier(source: Path, folder: Path, secret: str) -> Path:
    """Make a dossier folder from an exported file. It appears complete and checked, or not at all.

    Args:
        folder: what it will be; must not exist, or be empty.
        secret: password or recovery key of the exported dossier.

    Raises:
        WrongPassword: the secret does not open it.
        FolderNotEmpty: there are files in that folder already.
        EnvironmentFault: the file is no export, is damaged, or the place cannot be written.
    """
    folder = folder.absolute()

    def fill(building: Path) -> None:
        _unpack(source, building)
        database = Database(building / DATABASE_FILE, find_key(read_header(building), secret))
        try:
            check_file(database)
        finally:
            database.close()

    place_dossier(folder, fill)
    return folder


def _unpack(source: Path, building: Path) -> None:
    if source.is_dir():
        raise _not_an_export(source)
    try:
        with zipfile.ZipFile(source) as archive:
            names = {info.filename: info.file_size for info in archive.infolist()}
            if set(names) != set(_MEMBERS) or sum(names.values()) > _MAX_BYTES:
                raise _not_an_export(source)
            for name in _MEMBERS:
                with archive.open(name) as member:
                    _write(member, building / name)
    except FileNotFoundError as exc:
        raise EnvironmentFault(
            f"Le fichier «{NNBSP}{source.name}{NNBSP}» est introuvable.", "Vérifiez où il a été copié."
        ) from exc
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as exc:
        raise _not_an_export(source) from exc
    except OSError as exc:
        raise EnvironmentFault(
            f"Le dossier n’a pas pu être refait depuis «{NNBSP}{source.name}{NNBSP}» ({exc.strerror or exc}).",
            "Vérifiez la place disponible, vos droits et la clé USB, puis recommencez ; rien n’a été écrit.",
        ) from exc


def _write(member: IO[bytes], target: Path) -> None:
    """A private file, flushed to the disk: the exported one may be deleted as soon as this is over."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(member, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())


def _not_an_export(source: Path) -> EnvironmentFault:
    return EnvironmentFault(
        f"«{NNBSP}{source.name}{NNBSP}» n’est pas un dossier exporté par MPS Bureau, ou il est incomplet.",
        f"Donnez le fichier {SUFFIX} tel qu’il a été exporté, ou exportez-le de nouveau.",
    )

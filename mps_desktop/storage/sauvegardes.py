"""Automatic backups of a dossier: made, listed with their date and counts, thinned out, put back.

Each backup is a whole dossier folder (``copy_dossier``) with a small ``sauvegarde.toml`` beside its header: when,
why, how many classes and students. Nothing personal is in clear.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault, MpsError
from mps_desktop.core.files import replacing
from mps_desktop.storage.acces import find_key
from mps_desktop.storage.backup import check_file
from mps_desktop.storage.copies import INFO_FILE, sweep
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import BACKUP_FOLDER, DATABASE_FILE, OpenDossier, copy_dossier
from mps_desktop.storage.emplacement import find_place
from mps_desktop.storage.errors import DamagedDossier, NotADossier
from mps_desktop.storage.header import DossierHeader, copy_header, read_header
from mps_desktop.storage.locks import DossierLock

MOTIFS = {
    "fermeture": "à la fermeture", "jour": "du jour", "import": "avant un import", "migration": "avant une mise à jour",
    "purge": "avant une purge", "restauration": "avant une restauration", "demande": "à la demande",
}  # fmt: skip
"""Why a backup was made -> words for the list."""

_LATEST, _DAYS, _YEAR = 10, 14, 365


@dataclass(frozen=True, slots=True)
class Sauvegarde:
    """One backup of the list.

    Attributes:
        dossier: its folder.
        motif: key of ``MOTIFS``.
        classes, eleves: how many it holds.
        octets: size of its database.
    """

    dossier: Path
    quand: datetime
    motif: str
    classes: int
    eleves: int
    octets: int


def make_backup(opened: OpenDossier, motif: str, quand: datetime) -> Sauvegarde:
    """Back an open dossier up beside itself, check the copy, then thin the older ones out.

    Args:
        motif: key of ``MOTIFS``.
        quand: now, with its time zone.

    Raises:
        EnvironmentFault: no room or no right; the dossier and the older backups are as before.
    """
    folder = _place(opened.dossier, motif, quand)
    classes, eleves = copy_dossier(opened.dossier, opened.database, folder, motif, quand)
    for old in thinned(list_backups(opened.dossier), quand):
        if old.dossier != folder:
            shutil.rmtree(old.dossier, ignore_errors=True)
    return Sauvegarde(folder, quand, motif, classes, eleves, (folder / DATABASE_FILE).stat().st_size)


def list_backups(folder: Path) -> tuple[Sauvegarde, ...]:
    """Backups of a dossier, newest first; needs no password. A folder that is none is passed over."""
    found: list[Sauvegarde] = []
    try:
        candidates = sorted((folder / BACKUP_FOLDER).iterdir())
    except OSError:
        return ()
    for candidate in candidates:
        try:
            info = tomllib.loads((candidate / INFO_FILE).read_text(encoding="utf-8"))
            read_header(candidate)
            found.append(
                Sauvegarde(
                    dossier=candidate,
                    quand=datetime.fromisoformat(str(info["quand"])),
                    motif=str(info["motif"]),
                    classes=int(info["classes"]),
                    eleves=int(info["eleves"]),
                    octets=(candidate / DATABASE_FILE).stat().st_size,
                )
            )
        except (OSError, ValueError, KeyError, MpsError):
            continue
    return tuple(sorted(found, key=lambda one: (one.quand, one.dossier.name), reverse=True))


def thinned(backups: Iterable[Sauvegarde], maintenant: datetime) -> tuple[Sauvegarde, ...]:
    """Backups that may go: all but the 10 last, the last of each of 14 days, the last of each week of 365 days.

    Days and weeks are those of the calendar, counted back from the newest backup, so that a dossier left alone keeps
    its history. A backup dated after now comes from a clock that was wrong: it stays, and counts for nothing, or it
    would drive the true ones out.
    """
    past = [one for one in backups if one.quand <= maintenant]
    ordered = sorted(past, key=lambda one: (one.quand, one.dossier.name), reverse=True)
    if not ordered:
        return ()
    kept = {one.dossier for one in ordered[:_LATEST]}
    newest = ordered[0].quand.date()
    days: set[object] = set()
    weeks: set[object] = set()
    for one in ordered:
        day, week = one.quand.date(), one.quand.isocalendar()[:2]
        age = (newest - day).days
        if (age < _DAYS and day not in days) or (age < _YEAR and week not in weeks):
            kept.add(one.dossier)
        days.add(day)
        weeks.add(week)
    return tuple(one for one in ordered if one.dossier not in kept)


def restore_backup(folder: Path, source: Path, secret: str, quand: datetime) -> Path | None:
    """Put a backup in the place of a closed dossier; what was there is backed up first when it still reads.

    The copy is checked before it counts, and takes the place of the database in one exchange: a failure or a crash
    leaves the dossier as it was, or restored. What still reads and cannot be backed up is not replaced.

    Args:
        source: folder of the backup, or of any copy of the dossier.
        secret: password or recovery key of the backup.
        quand: now, for the name of the backup of what was there.

    Returns:
        Where the former state was put, None when it could not be read.

    Raises:
        WrongPassword: the secret does not open the backup.
        DamagedDossier: the backup itself does not read back.
        DossierLocked: the dossier is open somewhere.
        EnvironmentFault: it cannot be written, or the backup is another dossier's.
    """
    folder, source = folder.absolute(), source.absolute()
    header = read_header(source)
    key = find_key(header, secret)
    if not folder.is_dir():
        raise NotADossier(folder)
    headed = folder if _has_header(folder, header) else source
    lock = DossierLock(folder)
    try:
        sweep(folder, folder / BACKUP_FOLDER)
        former = _keep_former(folder, headed, key, quand)
        kept = Database(source / DATABASE_FILE, key, sur=find_place(source).sur)
        try:
            check_file(kept)
            with replacing(folder / DATABASE_FILE) as neighbour:
                _copy_into(kept, neighbour)
                for leftover in ("-wal", "-shm"):  # of the database that goes: they must not be applied to the new one
                    (folder / (DATABASE_FILE + leftover)).unlink(missing_ok=True)
        finally:
            kept.close()
        copy_header(source, folder)
    finally:
        lock.release()
    return former


def _place(dossier: Path, motif: str, quand: datetime) -> Path:
    """A folder name of its own for a new backup."""
    name = f"{quand:%Y-%m-%d_%Hh%Mm%S}-{motif}"
    folder, number = dossier / BACKUP_FOLDER / name, 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{name}-{number}")
    return folder


def _has_header(folder: Path, header: DossierHeader) -> bool:
    """Whether the dossier has its own header; lost or damaged, that may be why a backup is put back.

    Raises:
        EnvironmentFault: the backup was copied there by hand from another dossier: it would not go with the rest.
    """
    try:
        present = read_header(folder)
    except MpsError:
        return False
    if present.check != header.check:
        raise EnvironmentFault(
            "Cette sauvegarde est celle d’un autre dossier.",
            "Ouvrez-la comme un dossier, ou choisissez une sauvegarde de celui-ci ; rien n’a été modifié.",
        )
    return True


def _copy_into(kept: Database, target: Path) -> None:
    """A checked copy in a file that is there, empty and private: its rights stay."""
    with kept.raw_connection() as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    check_file(kept, target)


def _keep_former(folder: Path, headed: Path, key: bytearray, quand: datetime) -> Path | None:
    """A copy of what a restoration replaces; None when it cannot be read any more (that may be why).

    Args:
        headed: folder whose header goes with the key: the dossier itself, or the backup when it has lost its own.

    Raises:
        EnvironmentFault: it reads, and no copy can be made of it: no room, no right.
    """
    target = _place(folder, "restauration", quand)
    try:
        current = Database(folder / DATABASE_FILE, key, sur=find_place(folder).sur)
    except DamagedDossier:
        return None
    try:
        check_file(current)
    except DamagedDossier:
        current.close()
        return None
    try:
        copy_dossier(headed, current, target, "restauration", quand)
    finally:
        current.close()
    return target

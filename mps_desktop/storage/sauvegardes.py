"""Automatic backups of a dossier: made, listed with their date and counts, thinned out, put back.

Each backup is a whole dossier folder (``backup_dossier``) with a small ``sauvegarde.toml`` beside its header: when,
why, how many classes and students. Nothing personal is in clear.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import tomli_w
from sqlalchemy import func, select

from mps_desktop.core.errors import EnvironmentFault, MpsError
from mps_desktop.core.files import replacing
from mps_desktop.models import Classe, Eleve
from mps_desktop.storage.acces import find_key
from mps_desktop.storage.backup import backup_to, check_file
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import BACKUP_FOLDER, DATABASE_FILE, OpenDossier, backup_dossier
from mps_desktop.storage.errors import NotADossier
from mps_desktop.storage.header import copy_header, read_header
from mps_desktop.storage.locks import DossierLock

INFO_FILE = "sauvegarde.toml"
MOTIFS = {
    "fermeture": "à la fermeture", "jour": "du jour", "import": "avant un import", "migration": "avant une mise à jour",
    "purge": "avant une purge", "restauration": "avant une restauration", "demande": "à la demande",
}  # fmt: skip
"""Why a backup was made -> words for the list."""

_LATEST, _DAYS, _WEEKS = 10, 14, 53


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
    backup_dossier(opened, folder)
    made = _describe(opened.database, folder, motif, quand)
    for old in thinned(list_backups(opened.dossier)):
        shutil.rmtree(old.dossier, ignore_errors=True)
    return made


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


def thinned(backups: Iterable[Sauvegarde]) -> tuple[Sauvegarde, ...]:
    """Backups that may go: all but the 10 last, the last of each of 14 days, the last of each week of a year.

    Days and weeks are counted back from the newest backup, so that a dossier left alone keeps its history.
    """
    ordered = sorted(backups, key=lambda one: (one.quand, one.dossier.name), reverse=True)
    if not ordered:
        return ()
    kept = {one.dossier for one in ordered[:_LATEST]}
    newest = ordered[0].quand
    days: set[object] = set()
    weeks: set[object] = set()
    for one in ordered:
        age = newest - one.quand
        day, week = one.quand.date(), one.quand.isocalendar()[:2]
        if age < timedelta(days=_DAYS) and day not in days:
            kept.add(one.dossier)
        if age < timedelta(weeks=_WEEKS) and week not in weeks:
            kept.add(one.dossier)
        days.add(day)
        weeks.add(week)
    return tuple(one for one in ordered if one.dossier not in kept)


def restore_backup(folder: Path, source: Path, secret: str, quand: datetime) -> Path | None:
    """Put a backup in the place of a closed dossier; what was there is backed up first when it still reads.

    The copy is checked before it counts, and takes the place of the database in one exchange: a failure or a crash
    leaves the dossier as it was, or restored.

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
        EnvironmentFault: it cannot be written.
    """
    folder, source = folder.absolute(), source.absolute()
    key = find_key(read_header(source), secret)
    if not folder.is_dir():
        raise NotADossier(folder)
    lock = DossierLock(folder)
    try:
        former = _keep_former(folder, key, quand)
        kept = Database(source / DATABASE_FILE, key)
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


def _describe(database: Database, folder: Path, motif: str, quand: datetime) -> Sauvegarde:
    """Write what the list will say of a backup."""
    with database.read() as session:
        classes = session.scalar(select(func.count()).select_from(Classe)) or 0
        eleves = session.scalar(select(func.count()).select_from(Eleve)) or 0
    info = {"quand": quand.isoformat(timespec="seconds"), "motif": motif, "classes": classes, "eleves": eleves}
    with replacing(folder / INFO_FILE) as neighbour:
        neighbour.write_bytes(tomli_w.dumps(info).encode())
    return Sauvegarde(folder, quand, motif, classes, eleves, (folder / DATABASE_FILE).stat().st_size)


def _copy_into(kept: Database, target: Path) -> None:
    target.unlink()
    with kept.raw_connection() as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    check_file(kept, target)


def _keep_former(folder: Path, key: bytearray, quand: datetime) -> Path | None:
    """A copy of what a restoration replaces; None when it cannot be read any more (that may be why)."""
    try:
        current = Database(folder / DATABASE_FILE, key)
    except EnvironmentFault:
        return None
    target = _place(folder, "restauration", quand)
    try:
        target.mkdir(parents=True, mode=0o700)
        copy_header(folder, target)
        backup_to(current, target / DATABASE_FILE)
        _describe(current, target, "restauration", quand)
    except (MpsError, OSError):
        shutil.rmtree(target, ignore_errors=True)
        return None
    finally:
        current.close()
    return target

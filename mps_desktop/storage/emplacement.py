"""Where a dossier lies: on a disk of this machine, on a network, or in a folder that a cloud service copies.

Write-ahead mode needs memory shared between processes of one machine, which no network file system gives, and a
synchronising program may copy a log without its database. In those places the database is opened in a safe mode:
rollback journal, exclusive lock, every commit flushed with its folder (``Database`` with ``sur=True``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mps_desktop.core.text import NNBSP, fold

_MOUNTS = Path("/proc/mounts")
_RESEAU = frozenset(
    {
        "nfs",
        "nfs3",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
        "vboxsf",
        "davfs",
    }
)
_FUSE_LOCAL = frozenset(
    {"fuseblk", "fuse.portal", "fuse.lxcfs", "fuse.overlayfs", "fuse.fuse-overlayfs", "fuse.ntfs-3g"}
)
_NUAGES = (
    ("onedrive", "OneDrive"), ("google drive", "Google Drive"), ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"), ("mon drive", "Google Drive"), ("dropbox", "Dropbox"), ("iclouddrive", "iCloud"),
    ("icloud drive", "iCloud"), ("mobile documents", "iCloud"), ("nextcloud", "Nextcloud"), ("owncloud", "ownCloud"),
    ("kdrive", "kDrive"), ("pcloud", "pCloud"), ("pclouddrive", "pCloud"), ("cozy drive", "Cozy"),
)  # fmt: skip
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MARQUES = ((".dropbox.cache", "Dropbox"), (".owncloudsync.log", "Nextcloud"), (".nextcloudsync.log", "Nextcloud"))


class Genre(StrEnum):
    """Kind of place."""

    LOCAL = "local"
    RESEAU = "reseau"
    NUAGE = "nuage"


@dataclass(frozen=True, slots=True)
class Emplacement:
    """Where a folder lies.

    Attributes:
        nom: file system or service, for people; empty on this machine.
    """

    genre: Genre
    nom: str = ""

    @property
    def sur(self) -> bool:
        """Whether the database must be opened in the safe mode."""
        return self.genre is not Genre.LOCAL

    @property
    def explication(self) -> str:
        """What to know about it, in French; empty on this machine."""
        if self.genre is Genre.NUAGE:
            return (
                f"Ce dossier est dans un dossier synchronisé par {self.nom}{NNBSP}: il est ouvert dans un mode plus "
                "sûr et plus lent. Ne l’ouvrez jamais sur deux ordinateurs, et préférez un dossier de cet ordinateur."
            )
        if self.genre is Genre.RESEAU:
            return (
                f"Ce dossier est sur le réseau ({self.nom}){NNBSP}: il est ouvert dans un mode plus sûr et plus lent. "
                "Une coupure peut interrompre un enregistrement, qui sera alors refusé, jamais à moitié fait."
            )
        return ""


def find_place(folder: Path, mounts: str | None = None, environ: Mapping[str, str] | None = None) -> Emplacement:
    """Where a folder lies. What cannot be known counts as this machine.

    Args:
        mounts: text of the table of mounts; None = that of the system.
        environ: environment; None = that of the process.
    """
    raw = str(folder)
    if raw.startswith(("\\\\", "//")):
        return Emplacement(Genre.RESEAU, "partage Windows")
    folder = folder.absolute()
    cloud = _cloud_of(folder, os.environ if environ is None else environ)
    if cloud:
        return Emplacement(Genre.NUAGE, cloud)
    kind = _mount_type(folder, _system_mounts() if mounts is None else mounts)
    if kind in _RESEAU or (kind.startswith("fuse.") and kind not in _FUSE_LOCAL):
        return Emplacement(Genre.RESEAU, kind)
    if sys.platform == "win32" and _is_remote_drive(folder):
        return Emplacement(Genre.RESEAU, "lecteur réseau")
    return Emplacement(Genre.LOCAL)


def _cloud_of(folder: Path, environ: Mapping[str, str]) -> str:
    for variable in _VARIABLES:
        root = environ.get(variable)
        if root and folder.is_relative_to(Path(root)):
            return "OneDrive"
    for part in folder.parts:
        name = fold(part)
        for start, service in _NUAGES:  # "OneDrive - Lycée fictif", "Nextcloud2"
            if name == fold(start) or (name.startswith(fold(start)) and not name[len(fold(start))].isalpha()):
                return service
    for parent in (folder, *folder.parents):
        for mark, service in _MARQUES:
            if (parent / mark).exists():
                return service
    return ""


def _mount_type(folder: Path, mounts: str) -> str:
    """File system of the longest mount point that holds the folder; the last mount of one point wins."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2].lower()
    return kind


def _system_mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _is_remote_drive(folder: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    remote = 4  # DRIVE_REMOTE of GetDriveTypeW
    return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == remote)

"""One writer per dossier: a lock file that says who, backed by a lock of the operating system.

The system's lock ends with the process, however it ends: a lock file of this machine that can be
locked again is a leftover, and is taken over. A file written by another machine proves nothing
about that machine: it is respected until it is emptied or deleted. Free = missing or empty.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.files import PRIVATE_FILE
from mps_desktop.core.locks import HELD, system_lock
from mps_desktop.core.text import NNBSP
from mps_desktop.storage.errors import DossierLocked, ReadOnlyDossier

LOCK_FILE = "dossier.verrou"


class DossierLock:
    """The right to write in a dossier, held until ``release``.

    Args:
        folder: the dossier.
        machine: name of this computer.
        now: when the dossier is opened, for the others.

    Raises:
        DossierLocked: somebody else has it.
        ReadOnlyDossier: the lock file cannot be written.
    """

    def __init__(self, folder: Path, machine: str | None = None, now: datetime | None = None) -> None:
        file = folder / LOCK_FILE
        machine = machine or platform.node()
        try:
            self._handle: int | None = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
        except OSError as exc:
            raise ReadOnlyDossier from exc
        try:
            self._take(self._handle, machine)
            holder = {
                "machine": machine,
                "utilisateur": _user(),
                "depuis": (now or datetime.now().astimezone()).isoformat(timespec="seconds"),
                "processus": os.getpid(),
            }
            self._write(json.dumps(holder, ensure_ascii=False).encode())
        except BaseException:
            os.close(self._handle)
            self._handle = None
            raise

    def release(self) -> None:
        """Give the lock back; harmless when it already was."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        try:
            os.ftruncate(handle, 0)
        finally:
            os.close(handle)

    @staticmethod
    def _take(handle: int, machine: str) -> None:
        try:
            system_lock(handle)
        except OSError as exc:
            if exc.errno not in HELD:
                raise ReadOnlyDossier from exc
            raise _locked(_read(handle), f"Fermez-le d’abord là où il est ouvert{NNBSP}; un seul à la fois.") from exc
        holder = _read(handle)
        if holder and holder.get("machine") != machine:
            raise _locked(
                holder,
                "Fermez-le d’abord sur cet ordinateur. S’il s’est arrêté brutalement, supprimez le fichier "
                f"«{NNBSP}{LOCK_FILE}{NNBSP}» du dossier.",
            )

    def _write(self, text: bytes) -> None:
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, text)
            os.fsync(self._handle)


def _read(handle: int) -> dict[str, Any]:
    """Who holds the lock; empty when nobody does or when the text is cut."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        holder: object = json.loads(os.read(handle, 4096))
    except ValueError:
        return {}
    return cast("dict[str, Any]", holder) if isinstance(holder, dict) else {}


def _locked(holder: dict[str, Any], remede: str) -> DossierLocked:
    try:
        since = datetime.fromisoformat(str(holder.get("depuis")))
        when = f"le {numeric_date(since.date())} à {since:%H:%M}"
    except ValueError:
        when = "un moment"
    machine = str(holder.get("machine") or "un ordinateur inconnu")
    return DossierLocked(machine, str(holder.get("utilisateur") or "quelqu’un"), when, remede)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if sys.platform != "win32" else "?"

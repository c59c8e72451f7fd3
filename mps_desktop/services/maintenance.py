"""Maintenance of a closed dossier: passwords, backups, moving it to another machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.services.dossiers import check_new_password
from mps_desktop.storage.acces import change_password, renew_recovery_key
from mps_desktop.storage.dossier import OpenDossier, unlock_dossier
from mps_desktop.storage.repositories.journal import Action, JournalRepository
from mps_desktop.storage.sauvegardes import MOTIFS, Sauvegarde, list_backups, make_backup, restore_backup
from mps_desktop.storage.transport import export_dossier, import_dossier


@dataclass(frozen=True, slots=True)
class SauvegardeListee:
    """One backup as people see it.

    Attributes:
        numero: 1 = newest.
        motif: French words.
    """

    numero: int
    quand: datetime
    motif: str
    classes: int
    eleves: int
    octets: int
    dossier: Path


def back_up(folder: Path, secret: str, quand: datetime) -> SauvegardeListee:
    """Back a closed dossier up now.

    Raises:
        EnvironmentFault: wrong password, damaged, locked, or no room.
    """
    with unlock_dossier(folder, secret) as opened:
        return _listed(1, make_backup(opened, "demande", quand))


def backups_of(folder: Path) -> tuple[SauvegardeListee, ...]:
    """Backups of a dossier, newest first; no password is needed."""
    return tuple(_listed(number, one) for number, one in enumerate(list_backups(folder), start=1))


def restore(folder: Path, numero: int, secret: str, quand: datetime) -> Path | None:
    """Put a backup back; the state that it replaces is kept as one more backup.

    Args:
        numero: number in ``backups_of``.

    Returns:
        Where the replaced state was put, None when it could not be read any more.

    Raises:
        EnvironmentFault: no such backup, wrong password, damaged backup, or the dossier is open.
    """
    known = list_backups(folder)
    if not 1 <= numero <= len(known):
        raise EnvironmentFault(
            f"Il n’y a pas de sauvegarde numéro {numero}.",
            f"La commande «{NNBSP}dossier sauvegardes{NNBSP}» en donne la liste."
            if known
            else "Ce dossier n’a encore aucune sauvegarde.",
        )
    return restore_backup(folder, known[numero - 1].dossier, secret, quand)


def replace_password(folder: Path, secret: str, nouveau: str) -> None:
    """Change the password of a closed dossier, with the present one or with the recovery key.

    Raises:
        EnvironmentFault: wrong secret, weak password, dossier open or not writable.
    """
    check_new_password(nouveau)
    with unlock_dossier(folder, secret) as opened:
        replace_password_open(opened, secret, nouveau)


def replace_password_open(opened: OpenDossier, secret: str, nouveau: str) -> None:
    """Change the password of an open dossier; the change is in its journal.

    Raises:
        EnvironmentFault: wrong secret, weak password, or the folder cannot be written.
    """
    check_new_password(nouveau)
    with opened.database.transaction() as session:
        JournalRepository(session).add(Action.MOT_DE_PASSE)
        change_password(opened.dossier, secret, nouveau, lock=False)


def make_recovery_key(folder: Path, secret: str) -> str:
    """A new recovery key for a closed dossier, shown once; the former one stops working.

    Raises:
        EnvironmentFault: wrong secret, dossier open or not writable.
    """
    with unlock_dossier(folder, secret) as opened:
        return make_recovery_key_open(opened, secret)


def make_recovery_key_open(opened: OpenDossier, secret: str) -> str:
    """The same for an open dossier.

    Raises:
        EnvironmentFault: wrong secret, or the folder cannot be written.
    """
    with opened.database.transaction() as session:
        JournalRepository(session).add(Action.CLE_SECOURS)
        return renew_recovery_key(opened.dossier, secret, lock=False)


def export_to(folder: Path, secret: str, target: Path) -> Path:
    """Write a closed dossier to one encrypted file.

    Raises:
        EnvironmentFault: wrong secret, damaged, locked, or the place cannot be written.
    """
    with unlock_dossier(folder, secret) as opened:
        return export_dossier(opened, target)


def import_from(source: Path, folder: Path, secret: str) -> Path:
    """Make a dossier from an exported file.

    Raises:
        EnvironmentFault: no export, damaged, wrong secret, or the place is taken.
    """
    return import_dossier(source, folder, secret)


def _listed(number: int, one: Sauvegarde) -> SauvegardeListee:
    return SauvegardeListee(
        number, one.quand, MOTIFS.get(one.motif, one.motif), one.classes, one.eleves, one.octets, one.dossier
    )

"""Ways into a dossier: change the password, add the recovery key. The database is never encrypted again."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage.errors import DamagedDossier, WrongPassword
from mps_desktop.storage.header import DossierHeader, read_header, write_header
from mps_desktop.storage.keys import STRONG, KdfParameters, WrappedKey, key_check, unwrap_key, wipe, wrap_key
from mps_desktop.storage.locks import DossierLock
from mps_desktop.storage.passwords import check_password
from mps_desktop.storage.secours import looks_like_recovery_key, new_recovery_key, read_recovery_key

PASSWORD = "mot-de-passe"  # noqa: S105  the kind of a wrap, not a password
RECOVERY = "cle-de-secours"
_MIN_DERIVATION_S = 0.1
_MORE_PASSES = 12


def find_key(header: DossierHeader, secret: str) -> bytearray:
    """The data key, by a password or by the recovery key; to ``wipe`` after use.

    Raises:
        WrongPassword: the secret opens none of the ways in.
        DamagedDossier: the key found is not the dossier's.
        EnvironmentFault: a recovery key with a typing error.
    """
    key, _ = open_wraps(header.wraps, secret)
    if key_check(key) != header.check:
        wipe(key)
        raise DamagedDossier("sa clé n’est pas celle de son en-tête")
    return key


def open_wraps(
    wraps: tuple[WrappedKey, ...], secret: str, password: str = PASSWORD, recovery: str = RECOVERY
) -> tuple[bytearray, WrappedKey]:
    """The key that a secret unwraps, to ``wipe`` after use, and the way in that gave it.

    A secret that looks like a recovery key may still be a password of many words: both are tried.

    Args:
        password, recovery: kinds of the wraps that a password and a recovery key open.

    Raises:
        WrongPassword: the secret opens none of the ways in.
        EnvironmentFault: nothing opens, and what was typed is a recovery key with a typing error.
    """
    typed, mistyped = {password: secret}, None
    if looks_like_recovery_key(secret) and any(wrap.kind == recovery for wrap in wraps):
        try:
            typed[recovery] = read_recovery_key(secret)
        except EnvironmentFault as exc:
            mistyped = exc
    for wrap in wraps:
        if wrap.kind in typed:
            try:
                return unwrap_key(wrap, typed[wrap.kind]), wrap
            except WrongPassword:
                continue
    raise mistyped or WrongPassword


def change_password(
    folder: Path, secret: str, nouveau: str, kdf: KdfParameters | None = None, *, lock: bool = True
) -> None:
    """Replace the password of a dossier; the recovery key goes on working.

    Args:
        secret: the present password, or the recovery key.
        kdf: cost of the new one; None = calibrated on this machine, never weaker than the shipped one.
        lock: take its lock; False when the caller holds it.

    Raises:
        WrongPassword: the secret does not open it.
        WeakPassword: the new one is too short.
        DossierLocked: it is open somewhere.
        EnvironmentFault: the folder cannot be written; the former password still works.
    """
    check_password(nouveau)
    _rewrap(folder, secret, PASSWORD, nouveau, kdf, lock=lock)


def renew_recovery_key(folder: Path, secret: str, kdf: KdfParameters | None = None, *, lock: bool = True) -> str:
    """Make a new recovery key for a dossier; the former one stops working.

    Args:
        lock: take its lock; False when the caller holds it.

    Returns:
        The key, shown once and stored nowhere.

    Raises:
        WrongPassword: the secret does not open the dossier.
        DossierLocked: it is open somewhere.
        EnvironmentFault: the folder cannot be written; the former key still works.
    """
    fresh = new_recovery_key()
    _rewrap(folder, secret, RECOVERY, fresh, kdf, lock=lock)
    return fresh


def has_recovery_key(folder: Path) -> bool:
    """Whether a recovery key was made for a dossier."""
    return any(wrap.kind == RECOVERY for wrap in read_header(folder).wraps)


def strengthen(folder: Path, secret: str, kdf: KdfParameters | None = None) -> bool:
    """Wrap the key again when the way in that a secret opens costs less to guess than what is shipped now.

    For an open dossier. Comfort of safety only: a folder that cannot be written stays as it is.

    Args:
        kdf: the new cost; None = calibrated on this machine.

    Returns:
        Whether the header was written again.

    Raises:
        WrongPassword: the secret does not open it.
    """
    folder = folder.absolute()
    header = read_header(folder)
    if not any(weaker(wrap.kdf, STRONG) for wrap in header.wraps):
        return False
    key, wrap = open_wraps(header.wraps, secret)
    try:
        if not weaker(wrap.kdf, STRONG):
            return False
        typed = read_recovery_key(secret) if wrap.kind == RECOVERY else secret
        write_header(folder, with_wrap(header, wrap_key(key, typed, kdf or calibrated(), wrap.kind)))
    except EnvironmentFault:
        return False
    finally:
        wipe(key)
    return True


def weaker(kdf: KdfParameters, floor: KdfParameters) -> bool:
    """Whether a derivation costs less memory or fewer passes than another."""
    return kdf.memory_kib < floor.memory_kib or kdf.passes < floor.passes


def calibrated(minimum: KdfParameters = STRONG, at_least_s: float = _MIN_DERIVATION_S) -> KdfParameters:
    """Cost of a derivation that takes a tenth of a second here: more passes on a fast machine, never fewer."""
    kdf = minimum
    while kdf.passes < _MORE_PASSES:
        start = time.perf_counter()
        wrap_key(b"\x00" * 32, "mesure", kdf)
        if time.perf_counter() - start >= at_least_s:
            break
        kdf = replace(kdf, passes=kdf.passes + 1)
    return kdf


def with_wrap(header: DossierHeader, wrap: WrappedKey) -> DossierHeader:
    """The header with one way in added, or put in the place of the one of the same kind."""
    kept = tuple(other for other in header.wraps if other.kind != wrap.kind)
    return replace(header, wraps=(wrap, *kept) if wrap.kind == PASSWORD else (*kept, wrap))


def _rewrap(folder: Path, secret: str, kind: str, fresh: str, kdf: KdfParameters | None, *, lock: bool) -> None:
    folder = folder.absolute()
    header = read_header(folder)
    key = find_key(header, secret)
    held = DossierLock(folder) if lock else None
    try:
        write_header(folder, with_wrap(header, wrap_key(key, fresh, kdf or calibrated(), kind)))
    finally:
        wipe(key)
        if held is not None:
            held.release()

"""The recovery key: 130 random bits that a person can print, read aloud and type back.

26 letters and figures of Crockford's base 32 (no I, L, O, U), then 2 that check them, in seven groups of four:
``K3QF-8XW2-…``. Case, spaces and dashes do not count; O is read 0, I and L are read 1.
"""

from __future__ import annotations

import hashlib
import secrets

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGNS = 26
_CHECKS = 2
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_recovery_key() -> str:
    """A fresh recovery key, in groups, ready to print."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNS))
    return grouped(body + _checksum(body))


def grouped(text: str) -> str:
    """The same signs in groups of four."""
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def looks_like_recovery_key(text: str) -> bool:
    """Whether somebody typed a recovery key rather than a password."""
    return len(_plain(text)) == _SIGNS + _CHECKS and text.count("-") + text.count(" ") >= _GROUP


def read_recovery_key(text: str) -> str:
    """The key as it was made, in groups, from what somebody typed.

    Raises:
        EnvironmentFault: a sign is missing or wrong; the check tells a typing error from another dossier's key.
    """
    plain = _plain(text)
    remede = f"Recopiez les 28 signes de la feuille imprimée, sept groupes de quatre. Exemple{NNBSP}: K3QF-8XW2-…"
    if len(plain) != _SIGNS + _CHECKS:
        raise EnvironmentFault(f"La clé de secours compte 28 signes, pas {len(plain)}.", remede)
    if set(plain) - set(ALPHABET) or _checksum(plain[:_SIGNS]) != plain[_SIGNS:]:
        raise EnvironmentFault("La clé de secours contient une faute de frappe.", remede)
    return grouped(plain)


def _plain(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum()).translate(_READ_AS)


def _checksum(body: str) -> str:
    """Two signs, 10 bits: a typing error goes unseen once in a thousand."""
    value = int.from_bytes(hashlib.sha256(body.encode()).digest()[:2], "big") & 0x3FF
    return ALPHABET[value >> 5] + ALPHABET[value & 31]

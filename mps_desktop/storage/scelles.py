"""Seals of the psyEN's notes: what is written inside the dossier is readable with the compartment's key only.

A seal is ``version (1 byte) | nonce (12 bytes) | AES-256-GCM(key, nonce, padded text, place)``.

* The nonce is drawn at random for each seal. With 96 random bits, 2^32 seals under one key keep the risk of using one
  twice under 2^-32 (NIST SP 800-38D, section 8.3); a psyEN writes some thousands.
* The place (student and note) is authenticated with the text: a seal moved under another student, or under another
  note of the same one, is refused. Putting an *older* seal of the same note back in its own place is not seen.
* The text is preceded by its length and padded to a multiple of 512 bytes: the size tells a short note from a long
  one, and no more.

What still shows to whoever opens the dossier without the compartment's password: that the compartment exists, which
students have notes and how many, their size by steps of 512 bytes, and in the journal when a session of this computer
wrote, corrected or erased one. The date, the author and the text of a note are inside the seal.
"""

from __future__ import annotations

import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mps_desktop.core.errors import EnvironmentFault

PAS_OCTETS = 512
_VERSION = b"\x01"
_NONCE_BYTES = 12
_LENGTH = struct.Struct(">I")
_DOMAIN = "mps-bureau/psyen/1"


class BrokenSeal(EnvironmentFault):
    """A note was altered, moved, or sealed with another key."""

    def __init__(self) -> None:
        super().__init__(
            "Une note du psyEN est illisible : elle a été modifiée ou déplacée hors de MPS Bureau.",
            "Restaurez une sauvegarde du dossier, ou effacez cette note.",
        )


def new_note_id() -> str:
    """Id of a new note: 128 random bits, in hexadecimal."""
    return secrets.token_hex(16)


def seal(key: bytes | bytearray, eleve_id: int, note_id: str, clair: bytes) -> bytes:
    """Seal a text in its place.

    Args:
        key: 32 bytes, the compartment's.
        eleve_id, note_id: where the seal will be kept; it opens nowhere else.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    body = _LENGTH.pack(len(clair)) + clair
    padded = body + bytes(-len(body) % PAS_OCTETS)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, padded, _place(eleve_id, note_id))


def unseal(key: bytes | bytearray, eleve_id: int, note_id: str, contenu: bytes) -> bytes:
    """The text of a seal.

    Raises:
        BrokenSeal: another key, another place, or altered bytes.
    """
    head = len(_VERSION) + _NONCE_BYTES
    if not contenu.startswith(_VERSION) or len(contenu) < head + PAS_OCTETS:
        raise BrokenSeal
    try:
        padded = AESGCM(key).decrypt(contenu[len(_VERSION) : head], contenu[head:], _place(eleve_id, note_id))
    except InvalidTag as exc:
        raise BrokenSeal from exc
    (length,) = _LENGTH.unpack_from(padded)
    return padded[_LENGTH.size : _LENGTH.size + length]


def _place(eleve_id: int, note_id: str) -> bytes:
    return f"{_DOMAIN}/{eleve_id}/{note_id}".encode()

"""The data key of a dossier and its wraps: a password opens the key, the key opens the database.

The database is encrypted with 32 random bytes that never change. Each way in (today a password)
keeps those bytes *wrapped*, so that a password can change without encrypting the database again.

Construction of a wrap (no cipher is at hand but HMAC-SHA256, and none is needed for 32 bytes):

    K    = Argon2id(password, salt)            fresh 16-byte random salt for every wrap
    mask = HMAC-SHA256(K, "masque" | context)  32 bytes
    seal = HMAC-SHA256(K, "sceau")             32 bytes, key of the tag
    wrapped = data key XOR mask
    tag     = HMAC-SHA256(seal, context | wrapped)

Why it is sound: K is unique to the wrap because the salt is, hence the mask, output of a
pseudo-random function, covers exactly one secret of its own length and is never used again: a
one-time pad. Mask and seal come from distinct inputs of that function and tell nothing of each
other. The tag is computed over the wrapped bytes (encrypt-then-MAC) and over the context, the
parameters that are stored in clear, so that nothing can be altered or exchanged; it is compared in
constant time before anything is unmasked. Guessing a password costs one Argon2id per try, whatever
is stored (RFC 9106, second recommended option: 64 MiB, 3 passes, 4 lanes).

Wiping, and its limits in Python. A data key that was unwrapped is a ``bytearray``: ``wipe`` writes zeros over it, and
``Database.close`` does so for its own copy, so that a locked dossier leaves no long-lived copy of ours. What cannot
be wiped: ``bytes`` and ``str`` are immutable and are freed as they are (the password typed in the window, the
hexadecimal text of the key handed to each new connection, what Argon2 and HMAC return); Qt keeps its own copy of a text
field. These are short-lived, and their memory may be written over at any time, but nothing guarantees when. SQLCipher
wipes its own buffers when a connection closes. Memory that was swapped or hibernated to the disk is out of our reach:
that is what the encryption of the whole disk is for.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from mps_desktop.storage.errors import NotEnoughMemory, WrongPassword

KEY_BYTES = 32
_SALT_BYTES = 16
_ARGON2_VERSION = 0x13
_DOMAIN = b"mps-bureau/cle/1/"


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """Cost of one Argon2id derivation, stored with the wrap.

    Attributes:
        memory_kib: memory, in KiB.
        passes: number of passes over it.
        lanes: threads.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def plausible(self) -> bool:
        """False for values that Argon2 refuses or that would freeze the machine."""
        return 1 <= self.lanes <= 64 and 8 * self.lanes <= self.memory_kib <= 1024 * 1024 and 1 <= self.passes <= 100


STRONG = KdfParameters()


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """One way in: the data key, masked by a key derived from a secret.

    Attributes:
        kind: what the secret is; ``mot-de-passe`` today.
    """

    kind: str
    kdf: KdfParameters
    salt: bytes
    wrapped: bytes
    tag: bytes


def new_data_key() -> bytes:
    """32 random bytes for a new dossier."""
    return secrets.token_bytes(KEY_BYTES)


def wrap_key(
    data_key: bytes | bytearray, secret: str, kdf: KdfParameters = STRONG, kind: str = "mot-de-passe"
) -> WrappedKey:
    """Wrap a data key with a secret.

    Raises:
        NotEnoughMemory: the derivation does not fit.
    """
    salt = secrets.token_bytes(_SALT_BYTES)
    context = _context(kind, kdf, salt)
    master = _derive(secret, salt, kdf)
    wrapped = _xor(data_key, _mask(master, context))
    return WrappedKey(kind, kdf, salt, wrapped, _tag(master, context, wrapped))


def wipe(key: bytearray) -> None:
    """Write zeros over a key that is not needed any more."""
    key[:] = bytes(len(key))


def unwrap_key(wrap: WrappedKey, secret: str) -> bytearray:
    """The data key, to ``wipe`` after use.

    Raises:
        WrongPassword: the secret is not the one of this wrap, or the wrap was altered.
        NotEnoughMemory: the derivation does not fit.
    """
    context = _context(wrap.kind, wrap.kdf, wrap.salt)
    master = _derive(secret, wrap.salt, wrap.kdf)
    if len(wrap.wrapped) != KEY_BYTES or not hmac.compare_digest(_tag(master, context, wrap.wrapped), wrap.tag):
        raise WrongPassword
    return bytearray(_xor(wrap.wrapped, _mask(master, context)))


def key_check(data_key: bytes | bytearray) -> bytes:
    """16 bytes that recognise a data key and tell nothing of it."""
    return hmac.digest(data_key, _DOMAIN + b"verification", "sha256")[:16]


def _derive(secret: str, salt: bytes, kdf: KdfParameters) -> bytes:
    # The same text typed on two systems must be the same bytes (é is one or two code points).
    password = unicodedata.normalize("NFKC", secret).encode()
    try:
        return hash_secret_raw(
            password, salt, kdf.passes, kdf.memory_kib, kdf.lanes, KEY_BYTES, Type.ID, _ARGON2_VERSION
        )
    except (HashingError, MemoryError) as exc:
        raise NotEnoughMemory from exc


def _context(kind: str, kdf: KdfParameters, salt: bytes) -> bytes:
    return f"{kind}/argon2id/{_ARGON2_VERSION}/{kdf.memory_kib}/{kdf.passes}/{kdf.lanes}/".encode() + salt


def _mask(master: bytes, context: bytes) -> bytes:
    return hmac.digest(master, _DOMAIN + b"masque/" + context, "sha256")


def _tag(master: bytes, context: bytes, wrapped: bytes) -> bytes:
    seal = hmac.digest(master, _DOMAIN + b"sceau", "sha256")
    return hmac.digest(seal, len(context).to_bytes(4, "big") + context + wrapped, "sha256")


def _xor(left: bytes | bytearray, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))

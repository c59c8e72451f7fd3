"""How much a password protects: a minimum that is enforced, and an honest opinion."""

from __future__ import annotations

import re

from mps_desktop.core.text import NNBSP, fold
from mps_desktop.storage.errors import WeakPassword

MIN_LENGTH = 8
_WORD = re.compile(r"[^\W\d_]{4,}")
_KNOWN = frozenset(
    {
        "azerty", "azertyuiop", "qwerty", "qwertyuiop", "wxcvbn", "abcdef", "abcdefgh", "motdepasse", "password",
        "bonjour", "soleil", "chocolat", "doudou", "lycee", "ecole", "college", "prof", "professeur", "classe",
        "terminale", "premiere", "seconde", "parcoursup", "orientation", "educnat", "pronote", "marseille",
        "paris", "loulou", "jetaime", "secret", "iloveyou", "admin", "france",
    }
)  # fmt: skip
_RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm")
_WORD_BITS = 13.0  # a word drawn among some 8 000: what a patient guesser needs
_KNOWN_BITS = 4.0
_LEVELS = (34.0, 48.0, 62.0)  # bits from which the password is worth 2, 3, 4
_HINTS = (
    f"Trop court{NNBSP}: il faut au moins {MIN_LENGTH} caractères.",
    f"Faible{NNBSP}: facile à deviner. Prenez quatre mots sans rapport entre eux.",
    f"Moyen{NNBSP}: ajoutez un mot, ou quelques signes au milieu.",
    f"Bon{NNBSP}: suffisant pour ce dossier, si vous ne l’utilisez nulle part ailleurs.",
    f"Très bon. Notez-le en lieu sûr{NNBSP}: sans lui, personne ne peut ouvrir le dossier.",
)


def check_password(password: str) -> None:
    """Refuse a password that protects nothing.

    Raises:
        WeakPassword: fewer than 8 characters.
    """
    if len(password.strip()) < MIN_LENGTH:
        raise WeakPassword(MIN_LENGTH)


def password_strength(text: str) -> int:
    """Opinion on a password: 0 refused, 1 weak, 2 fair, 3 good, 4 very good.

    A rough and rather severe count of bits: letters in a row are taken for a word of a dictionary,
    well-known words, rows of the keyboard and repeated signs hardly count.
    """
    if len(text.strip()) < MIN_LENGTH:
        return 0
    bits = _guess_bits(text)
    return 1 + sum(bits >= level for level in _LEVELS)


def password_hint(text: str) -> str:
    """The same opinion as a French sentence."""
    return _HINTS[password_strength(text)]


def _guess_bits(text: str) -> float:
    bits, end, seen = 0.0, 0, set[str]()
    for match in _WORD.finditer(text):
        bits += _sign_bits(text[end : match.start()])
        bits += 0.0 if fold(match[0]) in seen else _word_bits(match[0])
        seen.add(fold(match[0]))
        end = match.end()
    return bits + _sign_bits(text[end:])


def _word_bits(word: str) -> float:
    key = fold(word)
    if key in _KNOWN or len(set(key)) < 3 or any(key in row or key[::-1] in row for row in _RUNS):
        return _KNOWN_BITS
    return _WORD_BITS + (1.0 if word not in (key, key.capitalize(), key.upper()) else 0.0)


def _sign_bits(signs: str) -> float:
    """Signs between the words: digits 3.3 bits each, others 6; a space, a repeat or a sequence, one."""
    bits, previous = 0.0, ""
    for sign in signs:
        step = ord(sign) - ord(previous) if previous else None
        if sign in " -_" or step in (-1, 0, 1):
            bits += 1.0
        else:
            bits += 3.3 if sign.isdigit() else 6.0
        previous = sign
    return bits

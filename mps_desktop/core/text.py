"""French text: folding for search and matching, sort order, typography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NNBSP = "\u202f"
NBSP = "\u00a0"
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
    }
)
_NOT_WORD = re.compile(r"[^a-z0-9+]+")
_BEFORE_DOUBLE = re.compile(r"[ \u00a0\u202f]+([;:!?%»])")
_AFTER_OPEN = re.compile(r"«[ \u00a0\u202f]+")


def strip_accents(text: str) -> str:
    """Text without accents nor ligatures, case kept ("Œdipe Noël" -> "OEdipe Noel")."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Key for search and matching: lower case, no accent, words separated by one space.

    "L'Haÿ-les-Roses" -> "l hay les roses"; the "+" of "A+" or "bac+3" is kept.
    """
    return _NOT_WORD.sub(" ", strip_accents(text).lower()).strip()


def sort_key(text: str) -> tuple[str, str]:
    """French alphabetical order: letters first, accents only to break ties."""
    return (fold(text), text)


def typography(text: str) -> str:
    """French spaces and curled apostrophes, for texts of ours."""
    return french_spaces(text.replace("'", "\u2019"))


def french_spaces(text: str) -> str:
    """Narrow no-break spaces where French wants them.

    Only spaces that are already there are changed, so that hours (18:30) and addresses survive.
    """
    return _AFTER_OPEN.sub("«" + NNBSP, _BEFORE_DOUBLE.sub(NNBSP + r"\1", text))


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """Count with its noun: 0 vœu, 1 vœu, 2 vœux (French takes the plural from 2 on)."""
    word = singular if abs(count) < 2 else (plural_form or singular + "s")
    return f"{count}{NBSP}{word}"


def french_figure(value: float) -> str:
    """A figure as French people write it: 35 014 or 99,05."""
    whole = value == int(value)
    return f"{value:,.{0 if whole else 2}f}".replace(",", NNBSP).replace(".", ",")


def join_fr(words: tuple[str, ...] | list[str], last: str = "et") -> str:
    """Enumeration: a, b et c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def join_dots(parts: Iterable[str]) -> str:
    """Facts on one line, empty ones left out; the dot never starts a line ("Brest · 3 km")."""
    return f"{NBSP}· ".join(part for part in parts if part)

"""Cells -> typed values: dates, sex, INE, averages. Each reader says why it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mps_desktop.core.text import NNBSP, fold

_EXCEL_ORIGIN = date(1899, 12, 30)
_FIRST_YEAR = 1940
_LAST_YEAR = 2020
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T].*)?")
_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?: .*)?")
_WORDS = re.compile(r"(?:\w+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_COMPACT = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_COMPACT_ISO = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_BORN = re.compile(r"né(?:e|\(e\))? le\s*:?\s*", re.IGNORECASE)
_AROUND_SIGNS = re.compile(r"\s*([/.-])\s*")
_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"),
    ("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september"), ("octobre", "october"),
    ("novembre", "november"), ("decembre", "december"),
)  # fmt: skip
_INE = re.compile(r"[0-9A-Z]{10}[A-Z]")
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(?: ?/ ?20)?")
_NO_MARK = frozenset(("abs", "disp", "n not", "nnot", "ne", "inapt", "nc", "eano", "x", "neant"))
_FEMALE = frozenset(("f", "feminin", "fille", "femme", "2", "mme", "mlle", "madame", "mademoiselle"))
_MALE = frozenset(("m", "masculin", "garcon", "homme", "g", "h", "1", "mr", "monsieur"))


@dataclass(frozen=True, slots=True)
class DateLue:
    """A birth date read.

    Attributes:
        jour: None when the cell gives none.
        remarque: why it was refused or how it was understood, in French; empty when there is nothing to say.
    """

    jour: date | None
    remarque: str = ""


def read_date(text: str, *, month_first: bool = False) -> DateLue:
    """Birth date of a cell: ISO, 14/02/2009, 7-7-09, "23 août 2008", 20090214, Excel serial number.

    A date that does not exist (29/02/2009) or that nobody in a lycée can have is refused with its reason; the caller
    keeps the student without it. Month first ("01/30/2009") is understood when it is the only reading.

    Args:
        month_first: the other cells of the column write the month first.
    """
    if not text:
        return DateLue(None)
    bare = _AROUND_SIGNS.sub(r"\1", _BORN.sub("", text))
    if _SERIAL.fullmatch(bare):
        return _plausible(_EXCEL_ORIGIN + timedelta(days=int(bare.split(".")[0])), text)
    if found := _ISO.fullmatch(bare):
        return _built(int(found[1]), int(found[3]), int(found[4]), text)
    if found := (_NUMERIC.fullmatch(bare) or _COMPACT.fullmatch(bare)):
        day, month, year = int(found[1]), int(found[2]), _year(found[3])
        if month > 12 >= day or (month_first and day <= 12):
            read = _built(year, day, month, text)
            return DateLue(read.jour, read.remarque or f"la date « {text} » a été lue avec le mois en premier")
        return _built(year, month, day, text)
    if found := _COMPACT_ISO.fullmatch(bare):
        return _built(int(found[1]), int(found[2]), int(found[3]), text)
    if (found := _WORDS.fullmatch(fold(bare))) and (month := _month(found[2])):
        return _built(_year(found[3]), month, int(found[1]), text)
    return DateLue(None, f"la date « {text[:30]} » n’est pas comprise")


def writes_month_first(texts: Iterable[str]) -> bool:
    """True for a column whose dates make sense with the month first only: several do, and none with the day first."""
    only_month_first = 0
    for text in texts:
        found = _NUMERIC.fullmatch(_AROUND_SIGNS.sub(r"\1", text))
        first, second = (int(found[1]), int(found[2])) if found else (0, 0)
        if first > 12:
            return False
        only_month_first += second > 12
    return only_month_first > 1


def _month(word: str) -> int:
    """Month of its French or English name, whole or cut after three letters at least; 0 when none or two fit."""
    if len(word) < 3:
        return 0
    fitting = [rank for rank, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)]
    return fitting[0] if len(fitting) == 1 else 0


def read_sexe(text: str) -> str:
    """Sex as F, M or empty, from "Féminin", "Garçon", "Mme", SIECLE's 1 and 2."""
    key = fold(text)
    return "F" if key in _FEMALE else "M" if key in _MALE else ""


def read_ine(text: str) -> str | None:
    """INE in capitals without spaces; empty when the cell is, None when it is not one (11 characters)."""
    compact = text.replace(" ", "").upper()
    return compact if not compact or _INE.fullmatch(compact) else None


def read_moyenne(text: str) -> tuple[float | None, bool]:
    """Average out of 20 and whether the cell was understood ("Abs", "N.Not" are understood as none)."""
    if not text or fold(text) in _NO_MARK or not text.strip("-–— "):
        return None, True
    found = _NUMBER.fullmatch(text.replace(",", "."))
    if found is None or not 0 <= float(found[1]) <= 20:
        return None, False
    return round(float(found[1]), 2), True


def _year(digits: str) -> int:
    """Four-digit year; two digits mean 1940–2039."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 40 else 1900 + year


def _built(year: int, month: int, day: int, text: str) -> DateLue:
    try:
        return _plausible(date(year, month, day), text)
    except ValueError:
        return DateLue(None, f"la date « {text[:30]} » n’existe pas")


def _plausible(day: date, text: str) -> DateLue:
    if _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return DateLue(day)
    return DateLue(None, f"la date « {text[:30]} » ne peut pas être une naissance{NNBSP}: année {day.year}")

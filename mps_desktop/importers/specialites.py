"""Which of a student's subjects are his spécialités.

Software lists everything together (languages, spécialités, options) under labels of 20 characters; teachers write
"maths - pc". Both become ``mat…`` ids here, and what is left stays an option.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mps_desktop.core.text import fold
from mps_desktop.importers.libelles import AUSSI_OPTIONS, AUTRES, COMMUNES, PAR_BAC

EXPECTED = {"premiere": 3, "terminale": 2}
"""Spécialités of a general student by level."""

_SPLIT = re.compile(r"[,;|•·]")
_LEADING = ("enseignement de specialite ", "ens de specialite ", "ens spe ", "specialite ", "spe ", "eds ", "bac ")
_TRAILING = (" hors etablissement", " hors etab", " a distance", " cned", " specialite", " spe", " eds")
_LONGEST = 9  # words in the longest name of the table
_TRUNCATED = range(18, 21)


@dataclass(frozen=True, slots=True)
class Enseignements:
    """Subjects of one student, sorted out.

    Attributes:
        bac: the bac that the subjects tell when nothing else did; else the one given.
        specialites: ``mat…`` ids, in file order.
        options: labels that are not spécialités, as written.
        inconnus: words of a spécialité column that were not recognised.
    """

    bac: str
    specialites: tuple[str, ...]
    options: tuple[str, ...]
    inconnus: tuple[str, ...] = ()


def sort_subjects(niveau: str, bac: str, specialites: Iterable[str], options: Iterable[str]) -> Enseignements:
    """Tell the spécialités from the options.

    A label of an option column is a spécialité when the student's bac has it; arts and ancient languages, which are
    also options, count only while the student has fewer spécialités than expected (two in terminale, three in
    première). Seconde has none. Without bac, the one bac whose spécialités are named is taken.

    Args:
        niveau: ``seconde``, ``premiere``, ``terminale`` or empty.
        bac: bac id or empty.
        specialites: cells of columns that say they hold spécialités; free text.
        options: cells of option columns; one or several labels each.
    """
    said = tuple(specialites)
    cells = tuple(options)
    if niveau == "seconde":
        return Enseignements(
            bac, (), tuple(dict.fromkeys(part for cell in (*said, *cells) for part in split_labels(cell)))
        )
    bac = bac or _tell_bac(said, cells)
    found: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for cell in said:
        ids, left = read_free_text(cell, bac)
        found.update(dict.fromkeys(ids))
        unknown.update(dict.fromkeys(left))
    labels = [label for cell in cells for label in split_labels(cell, bac)]
    read = {label: read_label(label, bac) for label in labels}
    found.update(dict.fromkeys(mat for mat in read.values() if mat and mat not in AUSSI_OPTIONS))
    for mat in read.values():
        if mat in AUSSI_OPTIONS and len(found) < EXPECTED.get(niveau, 2):
            found[mat] = None
    rest = tuple(label for label, mat in read.items() if mat not in found)
    return Enseignements(bac, tuple(found), rest, tuple(unknown))


def split_labels(cell: str, bac: str = "") -> tuple[str, ...]:
    """Labels of a cell: "MATEX, LCALA" -> ("MATEX", "LCALA").

    A spécialité of that bac whose own name has a comma ("Humanités, littérature et philosophie") stays whole.
    """
    parts = [part for raw in _SPLIT.split(cell) if (part := raw.strip())]
    labels: list[str] = []
    while parts:
        size = next((size for size in (3, 2) if len(parts) >= size and read_label(", ".join(parts[:size]), bac)), 1)
        labels.append(", ".join(parts[:size]))
        del parts[:size]
    return tuple(labels)


def read_label(label: str, bac: str) -> str:
    """Spécialité id of a whole label, suffixes of PRONOTE ("HORS ETAB.") aside; empty when it is none.

    A label cut at 20 characters is recognised when only one spécialité starts that way.
    """
    table = PAR_BAC.get(bac, {})
    key = _strip_affixes(fold(label))
    if key in table:
        return table[key]
    if len(label) not in _TRUNCATED or key in AUTRES:
        return ""
    starts = {mat for name, mat in table.items() if name.startswith(key)}
    return starts.pop() if len(starts) == 1 else ""


def read_free_text(text: str, bac: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Spécialités named in free text ("SES/HGGSP", "PC SVT") and the words that are none of them.

    The longest name that fits is taken at each word.
    """
    whole = read_label(text, bac)
    if whole:
        return (whole,), ()
    table = PAR_BAC.get(bac, {})
    words = _strip_affixes(fold(text.replace("+", " "))).split()
    ids: dict[str, None] = {}
    unknown: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            name = " ".join(words[at : at + size])
            if name in table or name in AUTRES:
                ids.update({table[name]: None} if name in table else {})
                at += size
                break
        else:
            if words[at] not in ("et", "en", "de", "spe", "specialite", "specialites", "eds"):
                unknown.append(words[at])
            at += 1
    return tuple(ids), (text,) if unknown else ()


def _tell_bac(said: tuple[str, ...], options: tuple[str, ...]) -> str:
    """The only bac that the subjects can belong to, empty when none or several."""
    possible: list[str] = []
    for bac in PAR_BAC:
        told = {mat for cell in said for mat in read_free_text(cell, bac)[0]}
        labels = (label for cell in options for label in split_labels(cell, bac))
        told |= {mat for label in labels if (mat := read_label(label, bac)) not in COMMUNES}
        if told - {""}:
            possible.append(bac)
    return possible[0] if len(possible) == 1 else ""


def _strip_affixes(key: str) -> str:
    for prefix in _LEADING:
        key = key.removeprefix(prefix)
    for suffix in _TRAILING:
        key = key.removesuffix(suffix)
    return key

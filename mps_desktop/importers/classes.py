"""What a class name, a formation label or a MEF code says: level, bac, spécialité."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from mps_desktop.core.text import fold

# Order matters: the first that fits wins.
_LEVELS = (
    ("terminale", r"terminales?|term|tle|t"),
    ("premiere", r"premieres?|1ere|1re|1e|1er|prem|1|p"),
    ("seconde", r"secondes?|2nde|2de|2nd|2e|sec|2|s"),
)
_VOIES = (
    ("STI2D", r"sti2d|sti"),
    ("ST2S", r"st2s|s2s"),
    ("STD2A", r"std2a|std"),
    ("S2TMD", r"s2tmd|tmd"),
    ("STMG", r"stmg|mg"),
    ("STHR", r"sthr|hr"),
    ("STAV", r"stav"),
    ("STL", r"stl"),
    ("Générale", r"generales?|gen|gt|g"),
)
_CLASSE = re.compile(
    rf"(?:({')|('.join(pattern for _, pattern in _LEVELS)}))"
    rf" ?(?:({')|('.join(pattern for _, pattern in _VOIES)}))?"
    r" ?(?:n )?(\d{1,2}|[a-f])?"
)
_GLUED = re.compile(
    r"(?:terminale|term|tle|t|premiere|1ere|1re|1e|1)"
    r"(?:sti2d|st2s|std2a|s2tmd|stmg|sthr|stav|stl|gen|g(?=[a-z]{0,4}\d|[a-z]{2,4}$))"
)
_LONG_LEVEL = frozenset(("terminale", "term", "tle", "premiere", "1ere", "1re", "seconde", "2nde", "2de"))
_SERIES = {
    "generale": "Générale",
    "bcg": "Générale",
    "bac general": "Générale",
    "g": "Générale",
    "stmg": "STMG",
    "st2s": "ST2S",
    "sti2d": "STI2D",
    "stl": "STL",
    "std2a": "STD2A",
    "sthr": "STHR",
    "s2tmd": "S2TMD",
    "tmd": "S2TMD",
    "stav": "STAV",
    "professionnelle": "P",
    "professionnel": "P",
    "pro": "P",
}
_LONG_SERIES = (
    ("management et de la gestion", "STMG"), ("sante et du social", "ST2S"),
    ("industrie et du developpement durable", "STI2D"), ("technologies de laboratoire", "STL"),
    ("design et des arts appliques", "STD2A"), ("hotellerie et de la restauration", "STHR"),
    ("theatre de la musique et de la danse", "S2TMD"), ("agronomie et du vivant", "STAV"),
)  # fmt: skip
_TOKEN = re.compile(r"[0-9A-Za-zÀ-ÿ°]+")
_TOKENS_MAX = 4
_COUNTED = re.compile(r"\s*(?:[ée]l[èe]ves?|filles?|gar[çc]ons?)\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:classe|division)\s*:\s*([^\W_][^:;,()|]{0,14}?)\s*(?:$|[;,()|]|\s[-–—])", re.IGNORECASE)
_LABEL_LEVEL = re.compile(r"^(?:(t|tle|term|terminale)|(1|1e|1ere|1re|premiere)|(2|2de|2nde|seconde))\b")
# MEF: first digits -> level and bac (formats.md, section 4.2).
_MEF = (
    ("200", "seconde", ""),
    ("201", "premiere", "Générale"),
    ("202", "terminale", "Générale"),
    ("2113310", "premiere", "ST2S"),
    ("2123310", "terminale", "ST2S"),
    ("2113101", "premiere", "STMG"),
    ("2123101", "terminale", "STMG"),
    ("2123102", "terminale", "STMG"),
    ("2113403", "premiere", "STD2A"),
    ("2123403", "terminale", "STD2A"),
    ("211", "premiere", ""),
    ("212", "terminale", ""),
)
_MEF_SPECIALITES = {
    "21231017": "mat887",
    "21231018": "mat282",
    "21231019": "mat1009",
    "21231020": "mat888",
}


@dataclass(frozen=True, slots=True)
class Cursus:
    """What a label says of the studies; empty = it does not say.

    Attributes:
        niveau: ``seconde``, ``premiere``, ``terminale``.
        bac: bac id.
        specialite: ``mat…`` id told by a MEF code.
        clair: the text can only be a class name ("TG1"), not a trimester or a number ("T1", "2").
    """

    niveau: str = ""
    bac: str = ""
    specialite: str = ""
    clair: bool = False


def read_classe(text: str) -> Cursus | None:
    """Level and bac told by a class name: "TG1", "1G2", "Tle STMG 3", "2nde 5". None when it is none."""
    found = _CLASSE.fullmatch(fold(text))
    if found is None:
        return None
    groups = found.groups()
    levels, voies, number = groups[: len(_LEVELS)], groups[len(_LEVELS) : -1], groups[-1]
    at = next(rank for rank, group in enumerate(levels) if group)
    niveau, written = _LEVELS[at][0], levels[at] or ""
    bac = next((_VOIES[rank][0] for rank, group in enumerate(voies) if group), "")
    if not bac and number is None:
        return None
    clear = bool(bac) or written.rstrip("s") in _LONG_LEVEL
    return Cursus(niveau, "" if niveau == "seconde" else bac, clair=clear)


def told_by_classe(text: str) -> Cursus:
    """Level and bac told by the name of a class that is known to be one, whatever follows: "TG1 EURO", "TSTMG-MERC"."""
    whole = read_classe(text)
    if whole is not None:
        return whole
    words = fold(text).split()
    starts = (read_classe(" ".join(words[:size])) for size in range(len(words) - 1, 0, -1))
    found = next((cursus for cursus in starts if cursus is not None), None)
    if found is not None:
        return found
    glued = _GLUED.match(fold(text))  # "TGE1", "TGSPE2", "1STMGA2"
    return (read_classe(glued[0]) if glued is not None else None) or Cursus()


def read_formation(label: str) -> Cursus:
    """Level and bac told by a MEF label or a PRONOTE "Formation": "T-STMG MERCATIQUE", "PREMIERE GENERALE"."""
    key = fold(label)
    level = _LABEL_LEVEL.match(key)
    niveau = ""
    if level is not None:
        niveau = ("terminale", "premiere", "seconde")[next(rank for rank, group in enumerate(level.groups()) if group)]
    long_serie = next((bac for words, bac in _LONG_SERIES if words in key), "")
    bac = long_serie or next(
        (_SERIES[word] for word in key.split() if len(word) > 1 and word in _SERIES), _SERIES.get(key, "")
    )
    undecided = niveau == "seconde" or (bac == "Générale" and "technologique" in key.split())
    return Cursus(niveau, "" if undecided else bac)


def read_niveau(text: str) -> str:
    """Level of a cell of a "Niveau" column: "TERMINALE", "1ère générale"."""
    return read_formation(text).niveau


def read_mef(code: str) -> Cursus:
    """Level, bac and spécialité told by a MEF code of 10 or 11 digits; all empty when it is unknown."""
    if not re.fullmatch(r"\d{10,11}", code):
        return Cursus()
    niveau, bac = next(((niveau, bac) for prefix, niveau, bac in _MEF if code.startswith(prefix)), ("", ""))
    return Cursus(niveau, bac, _MEF_SPECIALITES.get(code[:8], ""))


def class_names_in(text: str) -> tuple[str, ...]:
    """Clear class names inside a title or a file name: "eleves_TG1_cp1252" -> ("TG1",), "Liste de T G3" -> ("T G3",).

    What a title itself calls the class ("Classe : 203") is one whatever its form.
    """
    said = _SAID.search(text)
    if said is not None and any(char.isdigit() or char.isupper() for char in said[1]):
        return (said[1],)
    tokens = list(_TOKEN.finditer(text))
    found: dict[str, str] = {}
    at = 0
    while at < len(tokens):
        size = next((size for size in range(_TOKENS_MAX, 0, -1) if _names_class(text, tokens[at : at + size], size)), 0)
        if size:
            name = text[tokens[at].start() : tokens[at + size - 1].end()]
            found.setdefault(fold(name).replace(" ", ""), name.replace("_", " "))
        at += size or 1
    return tuple(found.values())


def _names_class(text: str, tokens: list[re.Match[str]], size: int) -> bool:
    """True when those words, one sign or space apart, are a clear class name ("TG 12 élèves" counts students)."""
    if len(tokens) < size:
        return False
    if any(after.start() - before.end() != 1 for before, after in itertools.pairwise(tokens)):
        return False
    cursus = read_classe(text[tokens[0].start() : tokens[-1].end()])
    return cursus is not None and cursus.clair and not (size > 1 and _COUNTED.match(text, tokens[-1].end()))

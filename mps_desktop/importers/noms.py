"""Surname and first name out of what people write in one cell.

What was typed is kept as it is (capitals, accents): only the place of the cut is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mps_desktop.core.text import fold
from mps_desktop.importers.prenoms import is_prenom

_PARTICLES = frozenset(
    (
        "d", "de", "du", "des", "le", "la", "les", "l", "del", "della", "di", "da", "dos", "das", "do", "el", "al",
        "ben", "ibn", "bin", "abd", "van", "von", "den", "der", "ter", "ten", "o", "mac", "mc", "st", "ste",
        "saint", "sainte", "y", "e",
    )
)  # fmt: skip
_SMALL_PREFIX = re.compile(r"^(?:Mc|Mac|[dDlLoO]['’])(?=\w)")
_NOTE = re.compile(r"\s\([^()]*\)\s*$")
_RANK = re.compile(r"(?:n[°º] ?)?\d{1,3}\s*(?:[.):°/–-]\s*|\s)(?=[^\W\d_])")
_BULLET = re.compile(r"[-–—•·*▪◦>]\s+(?=\w)")
_CIVILITY = re.compile(r"(?:Mme\.?|Mlle\.?|MME|MLLE|Madame|Mademoiselle|Monsieur|M\.|Mr\.?|M)\s+(?=\S+\s+\S)")
_CUT = re.compile(r"\s*,\s*|\s+[-–—]\s+")
_TRAILING_MARK = re.compile(r"[\s?*!,;:]+$")
_SENTENCE = frozenset(
    (
        "a", "au", "aux", "avec", "voir", "pour", "sans", "et", "ou", "en", "sur", "est", "sont", "par", "les",
        "eleve", "eleves", "liste", "classe",
    )
)  # fmt: skip
_TOTALS = re.compile(
    r"(?:cnx (?:ele|eleves?|resp|responsables?)"
    r"|(?:sous )?tota(?:l|ux)(?: (?:general|des? eleves|eleves))?|effectifs?(?: total| de la classe)?"
    r"|nombre d\w*(?: \w+){0,3}|nb \w+"
    r"|moyennes?(?: (?:de la |du |de )?(?:classe|groupe|generale?s?|trimestre))?|mediane|ecart type|minimum|maximum"
    r"|note (?:mini|maxi|min|max)\w*|filles?|garcons?|legende|remarques?|page|edite le|imprime le|date)(?: \d+)*"
)
_WORD_MAX = 4


@dataclass(frozen=True, slots=True)
class Identite:
    """A name cut in two.

    Attributes:
        sur: False when nothing shows where the surname ends (no capitals): to be checked by the teacher.
    """

    nom: str
    prenom: str
    sur: bool = True


def split_identite(text: str, *, prenom_first: bool = False) -> Identite | None:
    """Cut "DE LA FICTION Jean-Éloi" in surname and first name.

    The capitals decide, at the start ("NOM Prénom") or at the end ("Prénom NOM"). Without them the first word, with
    its particles, is the surname, and the result is not sure.

    Args:
        text: one clean cell.
        prenom_first: the header says that the first name comes first.

    Returns:
        None when the text cannot be a first name and a surname.
    """
    tokens = strip_note(text).split()
    if len(tokens) < 2 or not is_name(text):
        return None
    if _CUT.search(strip_note(text)):
        return _cut_by_sign(strip_note(text))
    capitals = [_is_capitals(token) for token in tokens]
    if all(capitals):
        cut = _after_prenoms(tokens) if prenom_first else len(tokens) - _after_prenoms(tokens[::-1])
        identite = _ordered(tokens, cut, prenom_first=prenom_first)
        return Identite(identite.nom, identite.prenom, sur=len(tokens) == 2)
    leading = _leading_surname(tokens, capitals)
    if leading:
        return _ordered(tokens, leading) if leading < len(tokens) else None
    if capitals[-1]:
        cut = len(tokens) - _leading_surname(tokens[::-1], capitals[::-1])
        cut -= sum(1 for token in tokens[:cut][::-1] if token.islower() and fold(token) in _PARTICLES)
        if 0 < cut <= _WORD_MAX and all(token[0].isupper() for token in tokens[:cut]):
            return _ordered(tokens, cut, prenom_first=True)
        return None
    if len(tokens) > _WORD_MAX or _SENTENCE & {fold(token) for token in tokens[1:]}:
        return None
    cut = _after_prenoms(tokens) if prenom_first else _before_prenoms(tokens)
    identite = _ordered(tokens, cut, prenom_first=prenom_first)
    return Identite(identite.nom, identite.prenom, sur=False)


def _cut_by_sign(text: str) -> Identite | None:
    """Cut "NOM, Prénom" or "NOM - Prénom": the sign cuts, the capitals say which is the surname."""
    parts = _CUT.split(text)
    if len(parts) != 2 or not all(part and part[0].isupper() for part in parts):
        return None
    capitals = [any(map(_is_capitals, part.split())) for part in parts]
    if sum(len(part.split()) for part in parts) > 2 * _WORD_MAX or _SENTENCE & set(fold(parts[1]).split()):
        return None
    first, second = parts if capitals[0] or not capitals[1] else parts[::-1]
    return Identite(first, second, sur=capitals[0] != capitals[1])


def strip_note(text: str) -> str:
    """Name without what is written around it: "3. ", "- " and "Mme " before, "(arrivée en nov.)", "?", "*" after."""
    text = _TRAILING_MARK.sub("", _NOTE.sub("", text)).strip()
    for mark in (_BULLET, _RANK, _CIVILITY):
        found = mark.match(text)
        if found is not None and text[found.end()].isupper():  # "24 élèves" is no name
            text = text[found.end() :]
    return text


def is_name(text: str) -> bool:
    """True when a cell can be (part of) a person's name: letters, no digit, no sentence punctuation."""
    name = strip_note(text)
    return bool(name) and name[0].isalpha() and not re.search(r"[\d:;=@/\\<>|_%]|\.\.", name) and len(name) <= 100


def is_total(text: str) -> bool:
    """True for the labels of the rows that lists and marks tables add: totals, averages, "Cnx Ele."."""
    return bool(_TOTALS.fullmatch(fold(text)))


def _ordered(tokens: list[str], cut: int, *, prenom_first: bool = False) -> Identite:
    first, second = " ".join(tokens[:cut]), " ".join(tokens[cut:])
    return Identite(second, first) if prenom_first else Identite(first, second)


def _is_capitals(token: str) -> bool:
    """True for "BIDON", "D'EXEMPLE", "FAUX-NOM", "McTEST"; a lone initial does not count."""
    bare = _SMALL_PREFIX.sub("", token)
    letters = [char for char in bare if char.isalpha()]
    return len(letters) > 1 and bare.isupper()


def _leading_surname(tokens: list[str], capitals: list[bool]) -> int:
    """How many tokens the surname takes at the start: capitals, with small particles before them ("de LA TOUR")."""
    start = 0
    while start < len(tokens) and not capitals[start] and fold(tokens[start]) in _PARTICLES:
        start += 1
    end = start
    while end < len(tokens) and (capitals[end] or (end > start and _joins(tokens, capitals, end))):
        end += 1
    return end if end > start else 0


def _joins(tokens: list[str], capitals: list[bool], at: int) -> bool:
    """A small particle or a lone capital between two capital words: "DUPONT de TEST"."""
    inside = fold(tokens[at]) in _PARTICLES and (tokens[at].islower() or tokens[at].isupper())
    return inside and at + 1 < len(tokens) and capitals[at + 1]


def _after_prenoms(tokens: list[str]) -> int:
    """How many first names stand at the start, one at least and never the whole: "Anne Marie Bidon" -> 2."""
    cut = 1
    while cut < len(tokens) - 1 and is_prenom(tokens[cut]) and is_prenom(tokens[cut - 1]):
        cut += 1
    return cut


def _before_prenoms(tokens: list[str]) -> int:
    """Where the surname ends: before the first names that end the text, else after its particles."""
    least = _after_particles(tokens)
    cut = len(tokens) - 1
    if not is_prenom(tokens[cut]):
        return least
    while cut > least and is_prenom(tokens[cut - 1]):
        cut -= 1
    return max(cut, least)


def usually_prenom_first(texts: Iterable[str]) -> bool:
    """True for a column whose names begin with the first name, as their capitals tell, else the names themselves."""
    by_capitals = by_names = 0
    for text in texts:
        tokens = strip_note(text).split()
        if len(tokens) < 2 or not is_name(text) or _CUT.search(strip_note(text)):
            continue
        first, last = _is_capitals(tokens[0]), _is_capitals(tokens[-1])
        by_capitals += last - first
        by_names += (is_prenom(tokens[0]) - is_prenom(tokens[-1])) if first == last else 0
    return by_capitals > 0 or (not by_capitals and by_names > 0)


def _after_particles(tokens: list[str]) -> int:
    """Where the surname ends when only its particles show it: "de la Fiction Jean" -> 3."""
    cut = 0
    while cut < len(tokens) - 2 and fold(tokens[cut]) in _PARTICLES:
        cut += 1
    return cut + 1

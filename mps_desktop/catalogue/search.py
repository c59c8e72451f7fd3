"""Find a formation, a métier, a place or an interest from what somebody types."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mps_desktop.catalogue.abreviations import FACULTATIFS, LONGEST, MEANINGS, REMPLACES
from mps_desktop.catalogue.index import Mot
from mps_desktop.catalogue.mots import MOTS_VIDES, content_words, fold_all
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import SearchHit
from mps_desktop.catalogue.schema import GENRES_RECHERCHE

_LONGEST_QUERY = 200
_MOST_WORDS = 10
_BEGUN_LETTERS, _MOST_BEGUN = 3, 3
_FEMININE_LETTERS = 6
_ENDINGS = {
    "phonie": "phoniste", "therapie": "therapeute",
    "trice": "teur", "euse": "eur", "iere": "ier", "ere": "er", "enne": "en", "elle": "el", "ive": "if", "ale": "al",
}  # fmt: skip
_PREFERENCE = {
    # Between equal matches: what teachers look for most, first.
    "formation": 1.0,
    "metier": 0.985,
    "commune": 0.94,
    "domaine": 0.88,
    "interet": 0.88,
    "etablissement": 0.88,
    "lycee": 0.86,
    "voeu": 0.84,
}
KNOWN = MEANINGS.keys() | REMPLACES.keys()
"""Expressions that are read together."""
_ECOLES = ("etablissement", "lycee")
_AFFINITE = 0.04
"""Scores nearer than this are close enough for the affinity of a student to decide."""
_SHOWN = {
    # Key in the index, id, label, second line.
    "formation": "SELECT id, id, libelle, type_libelle FROM formations WHERE id IN ({ids})",
    "voeu": """
        SELECT id, id, libelle,
            CASE commune WHEN '' THEN etablissement ELSE etablissement || ' (' || commune || ')' END
        FROM voeux WHERE id IN ({ids})""",
    "metier": "SELECT id, id, libelle, '' FROM metiers WHERE id IN ({ids})",
    "etablissement": "SELECT numero, uai, nom, commune FROM etablissements WHERE numero IN ({ids})",
    "lycee": "SELECT uai, uai, nom, commune FROM lycees WHERE uai IN ({ids})",
    "commune": """
        SELECT code_insee, code_insee, nom, departement || ' (' || code_departement || ')'
        FROM communes WHERE code_insee IN ({ids})""",
    "domaine": "SELECT id, id, libelle, categorie FROM elements WHERE id IN ({ids})",
    "interet": "SELECT id, id, libelle, categorie FROM elements WHERE id IN ({ids})",
}
_SURE = 0.6
"""Below it, the best result of a strict comparison may be a coincidence: a lenient one is made too."""
_FAR_FROM_BEST = 0.4
"""Results below this share of the best one are noise."""


def search(
    catalogue: Catalogue,
    texte: str,
    genres: Sequence[str] = (),
    limite: int = 20,
    affinites: Mapping[str, float] | None = None,
) -> tuple[SearchHit, ...]:
    """Things whose label or search words match every typed word, best first.

    Case, accents, ligatures, hyphens, plurals and the order of the words do not count; the last
    word may be unfinished; one typing error is forgiven in words of four letters or more;
    abbreviations are read as what they mean. When nothing matches, a second error is forgiven in
    long words; when nothing matches every word even so, what matches half of them is given.
    When that finds nothing either, words that hold the letters typed, or share many of their
    groups of three, are taken.

    Args:
        texte: as typed.
        genres: kinds wanted, see ``SearchHit.genre``; empty = all.
        limite: most results given.
        affinites: for one student, 0..1 by formation id: decides between formations whose scores
            are close, never against a clearly better match.
    """
    mots = read_query(texte)
    wanted = [genre for genre in GENRES_RECHERCHE if not genres or genre in genres]
    if not mots or not wanted or limite < 1:
        return ()
    index = catalogue.index()
    for strict, likeness in ((True, False), (False, False), (False, True)):
        matched = index.match(mots, indulgent=not strict, likeness=likeness)
        best = index.best_count(wanted, matched)
        if best == 0 or best < (len(mots) if strict else len(mots) / 2):
            continue
        required = len(mots) if strict or best == len(mots) else math.ceil(len(mots) / 2)
        found = [
            (score * _PREFERENCE[genre], genre, key)
            for genre, entrees in index.candidates(wanted, matched, required).items()
            for score, key in index.rank(entrees, matched, limite)
        ]
        top = max(score for score, _, _ in found)
        if top >= _SURE or not strict:
            kept = [hit for hit in found if hit[0] >= _FAR_FROM_BEST * top]
            near = affinites or {}
            kept.sort(key=lambda hit: -hit[0] - _AFFINITE * (near.get(hit[2], 0.0) if hit[1] == "formation" else 0.0))
            return _read(catalogue, kept, limite)
    return ()


def _read(catalogue: Catalogue, found: Sequence[tuple[float, str, str]], limite: int) -> tuple[SearchHit, ...]:
    """Labels of the best results. A lycée that is already there for what it teaches after the bac is not repeated."""
    found = found[: 2 * limite]
    shown: dict[tuple[str, str], tuple[str, str, str]] = {}
    for genre in dict.fromkeys(genre for _, genre, _ in found):
        keys = [key for _, one, key in found if one == genre]
        shown.update(((genre, str(row[0])), row[1:]) for row in catalogue.rows_in(_SHOWN[genre], keys))
    hits: dict[tuple[str, str], SearchHit] = {}
    for score, genre, key in found:
        if (genre, key) in shown:
            identifiant, libelle, detail = shown[genre, key]
            twice = genre in _ECOLES and any((other, identifiant) in hits for other in _ECOLES)
            if not twice:
                hits.setdefault((genre, identifiant), SearchHit(genre, identifiant, libelle, detail, round(score, 4)))
    return tuple(hits.values())[:limite]


def read_query(texte: str) -> tuple[Mot, ...]:
    """Words of a query with what each may mean, longest known expressions first."""
    typed = texte[:_LONGEST_QUERY]
    words = fold_all([typed])[0].split()
    unfinished = bool(typed) and typed[-1].isalnum()
    mots: list[Mot] = []
    position = 0
    while position < len(words):
        most = min(LONGEST, len(words) - position)
        size = next(n for n in range(most, 0, -1) if n == 1 or tuple(words[position : position + n]) in KNOWN)
        typed_words = tuple(words[position : position + size])
        position += size
        last = unfinished and position == len(words)
        if typed_words in REMPLACES:
            mots.append(Mot((REMPLACES[typed_words],), False, True))
            continue
        meanings = MEANINGS.get(typed_words) or (_begun(typed_words) if last else ())
        readings = [tuple(content_words(one)) for one in (typed_words, *meanings, *masculine(typed_words))]
        mots.append(Mot(tuple(dict.fromkeys(readings)), last, FACULTATIFS.issuperset(typed_words)))
    kept = [mot for mot in mots if not MOTS_VIDES.issuperset(mot.lectures[0])] or mots
    if all(mot.facultatif for mot in kept):
        kept = [replace(mot, facultatif=False) for mot in kept]
    return tuple(kept)[:_MOST_WORDS]


def _begun(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Meanings of the abbreviations that a word seems to begin: miash -> miashs."""
    if len(words) != 1 or len(words[0]) < _BEGUN_LETTERS:
        return ()
    begun = [meanings[0] for typed, meanings in MEANINGS.items() if len(typed) == 1 and typed[0].startswith(words[0])]
    return tuple(dict.fromkeys(begun))[:_MOST_BEGUN]


def masculine(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Word of the same family that labels write: infirmiere -> infirmier, orthophonie -> orthophoniste."""
    if len(words) == 1 and len(words[0]) >= _FEMININE_LETTERS:
        for other, ending in _ENDINGS.items():
            if words[0].endswith(other):
                return ((words[0].removesuffix(other) + ending,),)
    return ()

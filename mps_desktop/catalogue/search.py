"""Find a formation, a métier, a place or an interest from what somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from mps_desktop.catalogue.abreviations import LONGEST, MEANINGS
from mps_desktop.catalogue.index import MOTS_VIDES, Entree, Mot, content_words, fold_all
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import SearchHit
from mps_desktop.catalogue.schema import GENRES_RECHERCHE

_LONGEST_QUERY = 200
_MOST_WORDS = 10
_FEMININE_LETTERS = 6
_FEMININE_ENDINGS = {
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
    "voeu": 0.84,
}
_SURE = 0.6
"""Below it, the best result of a strict comparison may be a coincidence: a lenient one is made too."""
_FAR_FROM_BEST = 0.65
"""Results below this share of the best one are noise."""


def search(catalogue: Catalogue, texte: str, genres: Sequence[str] = (), limite: int = 20) -> tuple[SearchHit, ...]:
    """Things whose label or search words match every typed word, best first.

    Case, accents, ligatures, hyphens, plurals and the order of the words do not count; the last
    word may be unfinished; one typing error is forgiven in words of four letters or more;
    abbreviations are read as what they mean. When nothing matches, a second error is forgiven in
    long words, and entries that match most of the words are given, if they match half of them.

    Args:
        texte: as typed.
        genres: kinds wanted, see ``SearchHit.genre``; empty = all.
        limite: most results given.
    """
    mots = read_query(texte)
    wanted = [genre for genre in GENRES_RECHERCHE if not genres or genre in genres]
    for strict in (True, False):
        matches = [(genre, index := catalogue.index(genre), index.match(mots, strict)) for genre in wanted]
        best = max((int(matched.counts.max(initial=0)) for _, _, matched in matches), default=0)
        if best == 0 or best < (len(mots) if strict else len(mots) / 2):
            continue
        found = [
            (score * _PREFERENCE[genre] * best / len(mots), genre, entree)
            for genre, index, matched in matches
            for score, entree in index.rank(mots, matched, best, max(limite, 1))
        ]
        found.sort(key=lambda hit: -hit[0])
        top = found[0][0]
        if top >= _SURE or not strict:
            return tuple(_hit(*hit) for hit in found[: max(limite, 0)] if hit[0] >= _FAR_FROM_BEST * top)
    return ()


def read_query(texte: str) -> tuple[Mot, ...]:
    """Words of a query with what each may mean, longest known expressions first."""
    typed = texte[:_LONGEST_QUERY]
    words = fold_all([typed])[0].split()
    unfinished = bool(typed) and typed[-1].isalnum()
    mots: list[Mot] = []
    position = 0
    while position < len(words):
        size = next(n for n in range(LONGEST, 0, -1) if n == 1 or tuple(words[position : position + n]) in MEANINGS)
        typed_words = tuple(words[position : position + size])
        position += size
        meanings = (*MEANINGS.get(typed_words, ()), *masculine(typed_words))
        readings = [tuple(content_words(reading)) for reading in (typed_words, *meanings)]
        mots.append(Mot(tuple(readings), unfinished and position == len(words)))
    kept = [mot for mot in mots if not MOTS_VIDES.issuperset(mot.lectures[0])]
    return tuple(kept or mots)[:_MOST_WORDS]


def masculine(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Masculine of one feminine word, as labels write it: infirmiere -> infirmier; nothing otherwise."""
    if len(words) == 1 and len(words[0]) >= _FEMININE_LETTERS:
        for feminine, ending in _FEMININE_ENDINGS.items():
            if words[0].endswith(feminine):
                return ((words[0].removesuffix(feminine) + ending,),)
    return ()


def _hit(score: float, genre: str, entree: Entree) -> SearchHit:
    return SearchHit(genre, entree.id, entree.libelle, entree.detail, round(score, 4))

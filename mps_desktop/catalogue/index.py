"""Search index of one kind of thing: compares a whole query with every entry at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mps_desktop.catalogue.admissions import Reader
from mps_desktop.catalogue.lexicon import Floats, Lexicon, Numbers, stem
from mps_desktop.core.text import fold, strip_accents

MOTS_VIDES = frozenset(
    ("a", "au", "aux", "avec", "ce", "ces", "chez", "d", "dans", "de", "des", "du", "elle", "en", "et", "il", "l", "la",
     "le", "les", "leur", "ne", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "son", "sous",
     "sur", "un", "une")
)  # fmt: skip
"""Words that say nothing by themselves; kept when an entry or a query holds nothing else."""

_EXTRA_WORD = 0.8
"""Worth of a word that is searchable but not in the label shown."""

_MEANING = 0.97
"""Worth of what an abbreviation stands for."""

_POIDS_POWER = 0.3
"""Weights are shares of the largest: this brings the middle ones nearer (Rennes counts half of Paris)."""

_NOISE = 0.68
"""An entry is left out when one word matches less than this share of what it does elsewhere."""

_TELLING = 0.4
"""Rarity from which a word may open a label: "Histoire" does in "Licence - Histoire"."""

_ACRONYM = re.compile(r"\b(?:[a-z]\.)+[a-z]\b")
_NOT_WORD = re.compile(r"[^a-z0-9+\n]+")
_SAME_LETTERS = 3
"""Letters shared by the masculine and the feminine of any métier."""

_POIDS_VOEU, _POIDS_OLD_VOEU = 0.3, 0.1
_VOEUX = """
    SELECT id, libelle, CASE commune WHEN '' THEN etablissement ELSE etablissement || ' (' || commune || ')' END,
        etablissement || ' ' || commune, CASE derniere_session WHEN (SELECT max(derniere_session) FROM voeux)
        THEN ? ELSE ? END AS poids
    FROM voeux WHERE formation_id IS NOT NULL ORDER BY poids DESC, libelle, id"""
"""Vœux that belong to a formation, those that are still offered first."""
_RECHERCHE = """
    SELECT id, libelle, detail, CASE genre WHEN ? THEN mots || ' ' || detail ELSE mots END, poids
    FROM recherche WHERE genre = ? ORDER BY poids DESC, libelle, id"""
"""Everything else; a commune is also found by its département."""

# Shares of the score of an entry, 1 in all.
_QUALITY, _COVERAGE, _START, _ORDER, _WEIGHT = 0.56, 0.18, 0.06, 0.08, 0.12
_ORDERED = 60
"""Best entries whose word order is looked at."""


@dataclass(frozen=True, slots=True)
class Entree:
    """One thing that can be found.

    Attributes:
        mots: folded words that find it too, whether they are in the label or not.
        poids: 0..1, higher first between equal matches.
    """

    id: str
    libelle: str
    detail: str
    mots: str
    poids: float


@dataclass(frozen=True, slots=True)
class Mot:
    """One word of a query, or an expression that counts as one.

    Attributes:
        lectures: the word itself then what it may stand for, each one or several folded words
            that must all be found.
        unfinished: the last word is perhaps still being typed.
    """

    lectures: tuple[tuple[str, ...], ...]
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """How a query matches the entries of an index.

    Attributes:
        found: quality of each word of the query (rows) for each entry (columns), 0 = none.
        by_word: best quality of each known word.
        counts: words of the query that each entry matches.
    """

    found: Floats
    by_word: Floats
    counts: Numbers


class Index:
    """Finds entries of one kind.

    Args:
        entrees: what can be found, in the order kept between equal scores.
    """

    def __init__(self, entrees: Sequence[Entree]) -> None:
        written = [(entree, form) for entree in entrees for form in forms(entree.libelle)]
        self._entrees = tuple(entree for entree, _ in written)
        folded = fold_all([form for _, form in written])
        self._labels = [" ".join(content_words(label.split())) for label in folded]
        vocabulary: dict[str, int] = {}
        words: list[int] = []
        starts: list[int] = []
        label_sizes: list[int] = []
        for entree, label in zip(self._entrees, self._labels, strict=True):
            starts.append(len(words))
            in_label = dict.fromkeys(label.split())
            words.extend(vocabulary.setdefault(stem(word), len(vocabulary)) for word in in_label or ("",))
            label_sizes.append(len(words) - starts[-1])
            extra = dict.fromkeys(content_words(entree.mots.split()))
            words.extend(vocabulary.setdefault(stem(word), len(vocabulary)) for word in extra if word not in in_label)
        self._lexicon = Lexicon(list(vocabulary) or [""])
        flat = np.array(words, dtype=np.intp)
        first = np.array(starts, dtype=np.intp)
        sizes = np.diff(np.append(first, len(flat)))
        owners = np.repeat(np.arange(len(starts), dtype=np.intp), sizes)
        position = np.arange(len(flat), dtype=np.intp) - np.repeat(first, sizes)
        in_label = position < np.repeat(np.array(label_sizes, dtype=np.intp), sizes)
        # A word that half of the labels share says little: "licence", "lycée", "saint".
        counts = np.bincount(flat, minlength=self._lexicon.size)
        rarity = 1.0 - 0.85 * np.log1p(counts) / np.log1p(max(len(starts), 1))
        weight = np.where(in_label, rarity[flat], 0.0)
        total = np.bincount(owners, weights=weight, minlength=len(starts))
        # Places where a word occurs, word after word: its entry, its worth, its share of the label.
        by_word = np.argsort(flat, kind="stable")
        self._begin: Numbers = np.concatenate(([0], np.cumsum(counts)))
        self._owner: Numbers = owners[by_word]
        self._worth: Floats = np.where(in_label, 1.0, _EXTRA_WORD).astype(np.float32)[by_word]
        self._share: Floats = (weight / total[owners]).astype(np.float32)[by_word]
        opens = position == 0
        owner, opening = np.unique(owners[telling := in_label & (rarity[flat] >= _TELLING)], return_index=True)
        opens[first[owner]] = False
        opens[np.flatnonzero(telling)[opening]] = True
        self._opens: Floats = opens.astype(np.float32)[by_word]
        self._poids: Floats = np.array([entree.poids for entree in self._entrees], dtype=np.float32) ** _POIDS_POWER

    def match(self, mots: Sequence[Mot], strict: bool) -> Matched:
        """Compare every word of a query with every entry.

        Args:
            strict: forgive one typing error by word only, and give up as soon as a word is nowhere;
                else forgive two in long words, and go on.
        """
        found = np.zeros((len(mots), len(self._entrees)), dtype=np.float32)
        by_word = np.zeros(self._lexicon.size, dtype=np.float32)
        for row, mot in zip(found, mots, strict=True):
            self._match(mot, not strict, row, by_word)
            if strict and not row.any():
                return Matched(found, by_word, np.zeros(len(self._entrees), dtype=np.intp))
        return Matched(found, by_word, np.count_nonzero(found, axis=0))

    def rank(self, mots: Sequence[Mot], matched: Matched, required: int, limite: int) -> list[tuple[float, Entree]]:
        """Best entries that match at least ``required`` of the words, with their score 0..1."""
        found, by_word, size = matched.found, matched.by_word, len(self._entrees)
        candidates = np.flatnonzero(matched.counts >= max(required, 1))
        if not len(candidates):
            return []
        # A reading with an error is noise when other entries hold the very word.
        qualities = found[:, candidates]
        near_best = (qualities >= _NOISE * qualities.max(axis=1, keepdims=True)) | (qualities == 0)
        if (kept := near_best.all(axis=0)).any():
            candidates = candidates[kept]
        known = np.flatnonzero(by_word)
        places, counts = self._places(known)
        quality = np.repeat(by_word[known], counts)
        covered = np.bincount(self._owner[places], weights=self._share[places] * quality, minlength=size)
        opening = np.bincount(self._owner[places], weights=self._opens[places] * quality, minlength=size)
        score = (
            _QUALITY * found[:, candidates].mean(axis=0)
            + _COVERAGE * covered[candidates]
            + _START * opening[candidates]
            + _WEIGHT * self._poids[candidates]
        )
        size = min(len(candidates), 2 * max(limite, _ORDERED))
        top = np.argpartition(-score, size - 1)[:size]
        phrase = " ".join(" ".join(mot.lectures[0]) for mot in mots)
        ranked = [
            (min(1.0, float(score[i]) + _ORDER * (phrase in self._labels[candidates[i]])), int(candidates[i]))
            for i in top
        ]
        ranked.sort(key=lambda pair: (-pair[0], pair[1]))
        best: dict[str, tuple[float, Entree]] = {}
        for value, position in ranked:
            entree = self._entrees[position]
            best.setdefault(entree.id, (value, entree))
        return list(best.values())[:limite]

    def _match(self, mot: Mot, indulgent: bool, found: Floats, by_word: Floats) -> None:
        """Write the quality of one word of the query for each entry, and raise it for each known word."""
        for rank, lecture in enumerate(mot.lectures):
            together = np.zeros_like(found)
            every = np.ones(len(found), dtype=np.bool_)
            for word in lecture:
                if rank == 0:
                    numbers, quality = self._lexicon.match(
                        stem(word), mot.unfinished and word == lecture[-1], indulgent
                    )
                else:
                    numbers, quality = self._lexicon.exact(stem(word))
                    quality *= _MEANING
                by_word[numbers] = np.maximum(by_word[numbers], quality)
                places, counts = self._places(numbers)
                best = np.zeros_like(found)
                np.maximum.at(best, self._owner[places], self._worth[places] * np.repeat(quality, counts))
                together += best / len(lecture)
                every &= best > 0
            np.maximum(found, np.where(every, together, 0), out=found)

    def _places(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Where these words occur, word after word, and how many times each does."""
        begin = self._begin[numbers]
        counts = self._begin[numbers + 1] - begin
        jumps = np.repeat(begin - (np.cumsum(counts) - counts), counts)
        return np.arange(len(jumps), dtype=np.intp) + jumps, counts


def build_index(reader: Reader, genre: str) -> Index:
    """Index of one kind of thing, the heaviest entries first. Vœux have no rows of their own."""
    if genre == "voeu":
        rows = reader.rows(_VOEUX, (_POIDS_VOEU, _POIDS_OLD_VOEU))
    else:
        rows = reader.rows(_RECHERCHE, ("commune", genre))
    mots = fold_all([row[3] for row in rows])
    return Index([Entree(row[0], row[1], row[2], mot, row[4]) for row, mot in zip(rows, mots, strict=True)])


def content_words(words: Sequence[str]) -> Sequence[str]:
    """Words that say something, or all of them when none does."""
    return [word for word in words if word not in MOTS_VIDES] or words


def fold_all(labels: Sequence[str]) -> list[str]:
    """Folded words of many labels: ``core.text.fold``, much faster than one by one; I.U.T. becomes iut."""
    if not labels:
        return []
    joined = "\n".join(label.replace("\n", " ") for label in labels)
    plain = joined.translate({ord(letter): strip_accents(letter) for letter in set(joined)}).lower()
    plain = _ACRONYM.sub(lambda match: match[0].replace(".", ""), plain)
    return [label.strip() for label in _NOT_WORD.sub(" ", plain).split("\n")]


def forms(label: str) -> tuple[str, ...]:
    """Masculine and feminine readings of a métier, each searched as one label.

    "Agent immobilier / agente immobilière" -> both halves; "Infirmier / infirmière humanitaire" ->
    "Infirmier humanitaire", "infirmière humanitaire"; any other label -> itself.
    """
    masculine, slash, feminine = label.partition(" / ")
    if not slash or fold(masculine)[:_SAME_LETTERS] != fold(feminine)[:_SAME_LETTERS]:
        return (label,)
    rest = feminine.split()[len(masculine.split()) :]
    return (" ".join((masculine, *rest)), feminine)

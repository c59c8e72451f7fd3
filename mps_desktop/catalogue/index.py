"""The search index of the catalogue: compares a whole query with everything at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mps_desktop.catalogue.indexation import (
    LIEU,
    LONGEST_KEY,
    OUTSIDE,
    PART_SCALE,
    POIDS_SCALE,
    TOPIC,
    owners,
    rarity,
    shares,
)
from mps_desktop.catalogue.lexicon import SURE, Floats, Lexicon, Numbers
from mps_desktop.catalogue.mots import stem

_LIEU_WORTH, _OUTSIDE_WORTH, _TOPIC_WORTH = 1.25, 0.8, 0.7
"""Worth of the town, of a word of another name, and of a topic; a word of the label is worth 1. Who types a town wants
what is taught there, whatever else is called so."""

_MEANING, _NEXT_MEANING = 0.98, 0.05
"""Worth of what an abbreviation stands for: of the first meaning, and what each next one loses."""

_OPTIONAL = 0.75
"""What a word that may be left out is worth to the entries that do not hold it."""

_POIDS_POWER = 0.3
"""Weights are shares of the largest: this brings the middle ones nearer (Rennes counts half of Paris)."""

_NOISE = 0.68
"""An entry is left out when one word matches less than this share of what it does elsewhere."""

# Shares of the score of an entry, 1 in all.
_QUALITY, _COVERAGE, _START, _ORDER, _WEIGHT = 0.56, 0.18, 0.06, 0.08, 0.12
_ORDERED = 60
"""Best entries whose word order is looked at."""


Positions = NDArray[np.int16]
Span = tuple[Positions, Positions]


@dataclass(frozen=True, slots=True)
class Mot:
    """One word of a query, or an expression that counts as one.

    Attributes:
        lectures: the word itself then what it may stand for, each one or several folded words
            that must all be found.
        unfinished: the last word is perhaps still being typed.
        facultatif: entries that do not hold it are good too.
    """

    lectures: tuple[tuple[str, ...], ...]
    unfinished: bool
    facultatif: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """How a query matches every entry.

    Attributes:
        found: quality of each word of the query (rows) for each entry (columns), 0 = none.
        counts: words of the query that each entry matches.
        weights: rarity of each word of the query.
        covered: share of each label that the query explains.
        opening: quality of the word that opens each label.
        ordered: share of the typed words that follow each other in each label as in the query.
    """

    found: Floats
    counts: Numbers
    weights: Floats
    covered: Floats
    opening: Floats
    ordered: Floats


class Index:
    """Finds entries of every kind.

    Args:
        columns: see ``indexation.index_columns``.
    """

    def __init__(self, columns: Mapping[str, Any]) -> None:
        sizes = np.asarray(columns["tailles"], dtype=np.int64)
        ends = np.cumsum(sizes)
        self._bounds = {
            genre: (int(end - size), int(end)) for genre, size, end in zip(columns["genres"], sizes, ends, strict=True)
        }
        self._size = int(sizes.sum())
        self._keys = np.ascontiguousarray(columns["cles"], dtype="<i4")
        poids = np.asarray(columns["poids"], dtype=np.float32) / POIDS_SCALE
        self._poids: Floats = (poids**_POIDS_POWER).astype(np.float32)
        counts = np.asarray(columns["occurrences"], dtype=np.int64)
        self._lexicon = Lexicon(np.asarray(columns["lettres"]), np.asarray(columns["longueurs"]), counts)
        self._begin: Numbers = np.concatenate(([0], np.cumsum(counts))).astype(np.intp)
        self._owner = owners(columns)
        self._position = np.asarray(columns["positions"], dtype=np.int8)
        self._opening = np.asarray(columns["ouvertures"], dtype=np.int8)
        parts = columns.get("parts")  # absent from the catalogues of the first versions
        if parts is None:
            parts = shares(sizes, counts, self._owner, self._position)
        self._share: Floats = np.asarray(parts, dtype=np.float32) / np.float32(PART_SCALE)

    def match(self, mots: Sequence[Mot], indulgent: bool, likeness: bool = False) -> Matched:
        """Compare every word of a query with every entry.

        Args:
            indulgent: forgive two typing errors in long words instead of one.
            likeness: also take the words that only look like the typed one, for want of anything better.
        """
        found = np.zeros((len(mots), self._size), dtype=np.float32)
        by_word = np.zeros(self._lexicon.size, dtype=np.float32)
        spans: list[Span] = []
        for row, mot in zip(found, mots, strict=True):
            spans.append(self._match(mot, indulgent, likeness, row, by_word))
            if mot.facultatif:
                np.maximum(row, np.float32(_OPTIONAL), out=row)
        known = np.flatnonzero(by_word)
        places, counts = self._places(known)
        owner = self._owner[places]
        quality = np.repeat(by_word[known], counts)
        covered = np.bincount(owner, weights=self._share[places] * quality, minlength=self._size)
        opens = self._position[places] == self._opening[owner]
        opening = np.bincount(owner[opens], weights=quality[opens], minlength=self._size)
        return Matched(
            found,
            np.count_nonzero(found, axis=0),
            rarity(np.count_nonzero(found, axis=1), self._size),
            covered.astype(np.float32),
            np.minimum(opening, 1).astype(np.float32),
            _in_order(spans),
        )

    def best_count(self, genres: Sequence[str], matched: Matched) -> int:
        """Most words of the query that one entry of these kinds matches."""
        spans = [self._bounds.get(genre, (0, 0)) for genre in genres]
        return max((int(matched.counts[first:last].max(initial=0)) for first, last in spans), default=0)

    def candidates(self, genres: Sequence[str], matched: Matched, required: int) -> dict[str, Numbers]:
        """Entries, by kind, that match at least ``required`` of the words.

        A word read with an error, or as a mere beginning, is noise when other entries hold the very word.
        """
        found: dict[str, Numbers] = {}
        for genre in genres:
            first, last = self._bounds.get(genre, (0, 0))
            found[genre] = first + np.flatnonzero(matched.counts[first:last] >= max(required, 1))
        everything = np.concatenate(list(found.values())) if found else np.zeros(0, dtype=np.intp)
        if not len(everything):
            return found
        least = _NOISE * np.minimum(matched.found[:, everything].max(axis=1, keepdims=True), 1)
        clean: dict[str, Numbers] = {}
        for genre, entrees in found.items():
            qualities = matched.found[:, entrees]
            clean[genre] = entrees[((qualities >= least) | (qualities == 0)).all(axis=0)]
        return clean if any(len(entrees) for entrees in clean.values()) else found

    def rank(self, candidates: Numbers, matched: Matched, limite: int) -> list[tuple[float, str]]:
        """Best of the candidates of one kind: score 0..1, and id.

        What an entry does not hold lowers its score by the share of the query that it stands for: a rare
        word counts more than one that thousands of entries hold.
        """
        if not len(candidates):
            return []
        qualities = matched.found[:, candidates]
        held = (matched.weights @ (qualities > 0)) / matched.weights.sum()
        score = (
            _QUALITY * qualities.mean(axis=0)
            + _COVERAGE * matched.covered[candidates]
            + _START * matched.opening[candidates]
            + _ORDER * matched.ordered[candidates]
            + _WEIGHT * self._poids[candidates]
        ) * held
        size = min(len(candidates), 2 * max(limite, _ORDERED))
        top = np.argpartition(-score, size - 1)[:size]
        top = top[np.lexsort((candidates[top], -score[top]))]
        best: dict[str, float] = {}
        for i in top:
            best.setdefault(self._key(int(candidates[i])), min(1.0, float(score[i])))
        return [(value, key) for key, value in list(best.items())[:limite]]

    def _key(self, entree: int) -> str:
        width = LONGEST_KEY // 4
        return self._keys[width * entree : width * (entree + 1)].tobytes().rstrip(b"\0").decode("ascii")

    def _match(self, mot: Mot, indulgent: bool, likeness: bool, found: Floats, by_word: Floats) -> Span:
        """Write the quality of one word of the query for each entry, and raise it for each known word.

        Returns:
            Where each label holds it: first and last position, ``_NOWHERE`` in the other labels.
        """
        first, last = (np.full(self._size, _NOWHERE, dtype=np.int16) for _ in range(2))
        for rank, lecture in reversed(list(enumerate(mot.lectures))):
            together = np.zeros_like(found)
            every = np.ones(len(found), dtype=np.bool_)
            inside: list[Positions] = []
            for word in lecture:
                if rank == 0:
                    unfinished = mot.unfinished and word == lecture[-1]
                    numbers, quality = self._lexicon.match(word, unfinished, indulgent, likeness)
                else:
                    numbers, quality = self._lexicon.exact(stem(word))
                    quality *= _MEANING - _NEXT_MEANING * (rank - 1)
                by_word[numbers] = np.maximum(by_word[numbers], quality)
                places, counts = self._places(numbers)
                owner, position = self._owner[places], self._position[places]
                value = np.repeat(quality, counts)
                inside.append(_positions(owner, position, value, len(found)))
                value = np.where(position == OUTSIDE, value * np.float32(_OUTSIDE_WORTH), value)
                value = np.where(position == LIEU, value * np.float32(_LIEU_WORTH), value)
                value = np.where(position == TOPIC, value * np.float32(_TOPIC_WORTH), value)
                best = np.zeros_like(found)
                np.maximum.at(best, owner, value)
                together += best / len(lecture)
                every &= best > 0
            np.maximum(found, np.where(every, together, 0), out=found)
            held = np.logical_and.reduce([one >= 0 for one in inside])
            first[held], last[held] = inside[0][held], inside[-1][held]
        return first, last

    def _places(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Where these words occur, word after word, and how many times each does."""
        begin = self._begin[numbers]
        counts = self._begin[numbers + 1] - begin
        jumps = np.repeat(begin - (np.cumsum(counts) - counts), counts)
        return np.arange(len(jumps), dtype=np.intp) + jumps, counts


_NOWHERE = -100


def _positions(owner: NDArray[np.int32], position: NDArray[np.int8], quality: Floats, size: int) -> Positions:
    """Where each label holds a word that was read without error; ``_NOWHERE`` in the others."""
    sure = (position >= 0) & (quality >= SURE)
    found = np.full(size, _NOWHERE, dtype=np.int16)
    found[owner[sure]] = position[sure]
    return found


def _in_order(spans: Sequence[Span]) -> Floats:
    """Share of the words of the query that follow each other; for a word alone, whether the label holds it."""
    if len(spans) == 1:
        return (spans[0][0] >= 0).astype(np.float32)
    following = [after[0] - before[1] == 1 for before, after in pairwise(spans)]
    return np.asarray(np.mean(following, axis=0), dtype=np.float32)

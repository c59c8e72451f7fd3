"""The distinct words of an index, and which of them a typed word may stand for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mps_desktop.catalogue.indexation import LONGEST_WORD
from mps_desktop.catalogue.mots import stem

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Counts = NDArray[np.int8]
Lengths = NDArray[np.int16]
Numbers = NDArray[np.intp]

EXACT = 1.0
PREFIX = 0.74
"""A beginning is worth from this, up to PREFIX + PREFIX_GAIN when almost the whole word is typed."""
PREFIX_GAIN = 0.12
UNEXPECTED_PREFIX = 0.05
"""Taken off when the word is followed by another one, hence seemed complete."""
SURE = PREFIX - UNEXPECTED_PREFIX
"""From this quality on, the word was read without error."""
TYPO = 0.66
TYPO_PREFIX = 0.5
TWO_TYPOS = 0.45
"""Only for long words, when nothing else is found."""

INSIDE = 0.4
"""The typed letters are inside the word."""
ALIKE = 0.4
"""Worth of a word that is all alike; less in proportion."""

_USUAL = 8
"""Labels that hold a word from which it is surely written so."""
_USUAL_PREFIX = 0.8
"""What is left of the worth of a beginning when it is a usual word by itself and another word follows it."""
_LIKENESS_LETTERS = 3
_LEAST_LIKENESS = 0.3
_TYPO_LETTERS = 4
_TYPO_PREFIX_LETTERS = 5
_TWO_TYPOS_LETTERS = 8
_PREFIX_LETTERS = 3


class Lexicon:
    """Compares a typed word with every known word at once.

    Args:
        lettres: distinct stems of folded words, sorted, one after the other (ASCII).
        longueurs: letters of each.
        usages: how many labels hold each, None = unknown. A word that few hold may itself be a typing error.
    """

    def __init__(self, lettres: NDArray[np.int8], longueurs: NDArray[np.int8], usages: Numbers | None = None) -> None:
        self.size = len(longueurs)
        self._usual = np.zeros(self.size, dtype=np.bool_) if usages is None else usages >= _USUAL
        self._lengths: Lengths = longueurs.astype(np.int16)
        ends = np.cumsum(self._lengths, dtype=np.int64)
        word = np.repeat(np.arange(self.size, dtype=np.int64), self._lengths)
        place = np.arange(len(lettres), dtype=np.int64) - np.repeat(ends - self._lengths, self._lengths)
        # One row per position, so that comparing one letter with all the words reads memory in line.
        self._letters: Bytes = np.zeros((LONGEST_WORD + 2, self.size), dtype=np.uint8)
        self._letters[place, word] = lettres
        bits = np.left_shift(np.uint32(1), _bit(lettres.view(np.uint8)))
        self._sets: NDArray[np.uint32] = np.zeros(self.size, dtype=np.uint32)
        filled = np.flatnonzero(self._lengths)
        if len(filled):
            self._sets[filled] = np.bitwise_or.reduceat(bits, (ends - self._lengths)[filled])

    def exact(self, word: str) -> tuple[Numbers, Floats]:
        """That very word, if it is known: its number, and its quality."""
        typed = _typed(word)
        first, last = self._range(typed)
        known = [first] if first < last and self._lengths[first] == len(typed) else []
        return np.array(known, dtype=np.intp), np.full(len(known), EXACT, dtype=np.float32)

    def match(
        self, word: str, unfinished: bool, indulgent: bool = False, likeness: bool = False
    ) -> tuple[Numbers, Floats]:
        """Known words that the typed one may stand for: their numbers, and their qualities.

        One typing error (a letter wrong, missing, extra, or two swapped) is forgiven from four
        letters on, never in a word with digits, nor in one that is usual as it is typed ("nantes" is not a "mantes"
        gone wrong), nor on the first letter of a beginning.

        Args:
            word: folded word.
            unfinished: it may be the beginning of a longer word whose end is still to be typed.
            indulgent: forgive two errors in a long word.
            likeness: take also the words that hold the typed letters, or share groups of three letters with them.
        """
        typed = _typed(stem(word))
        if not len(typed):
            return self.exact(word)
        quality = np.zeros(self.size, dtype=np.float32)
        exact = self.exact(stem(word))[0]
        usual = bool(self._usual[exact].any())
        if unfinished or len(typed) >= _PREFIX_LETTERS:
            # The plural mark is a letter like any other in a beginning: "nantes" does not begin "nanterre".
            begun = slice(*self._range(_typed(word)))
            share = len(typed) / np.maximum(self._lengths[begun], 1)
            quality[begun] = PREFIX - (0.0 if unfinished else UNEXPECTED_PREFIX) + PREFIX_GAIN * share
            if usual and not unfinished:  # "pass" followed by another word is no Passy
                quality[begun] *= _USUAL_PREFIX
        quality[exact] = EXACT
        if len(typed) >= _TYPO_LETTERS and word.isalpha() and not usual:
            self._forgive(typed, unfinished, indulgent, quality)
        if likeness and len(typed) >= _LIKENESS_LETTERS and word.isalpha():
            self._resemble(typed, quality)
        found = np.flatnonzero(quality)
        return found, quality[found]

    def _range(self, typed: Bytes) -> tuple[int, int]:
        """First of the words that start with the typed letters, and the one after the last: they are sorted."""
        first, last = 0, self.size
        for letters, letter in zip(self._letters, typed, strict=False):
            low, high = np.searchsorted(letters[first:last], [letter, letter + 1])
            first, last = first + int(low), first + int(high)
        return first, last

    def _resemble(self, typed: Bytes, quality: Floats) -> None:
        """Raise the quality of the words that hold the typed letters, or look like the typed word.

        Likeness is that of PostgreSQL's pg_trgm, which the public service uses: groups of three letters in common
        out of all, two blanks before the word and one after it. Half a million comparisons: a last resort.
        """
        size, length = self._letters.shape[0], len(typed)
        inside = np.zeros(self.size, dtype=np.bool_)
        for start in range(size - length + 1):
            inside |= np.logical_and.reduce([self._letters[start + n] == letter for n, letter in enumerate(typed)])
        quality[inside] = np.maximum(quality[inside], INSIDE)
        rows = np.zeros((size + 3, self.size), dtype=np.int32)
        rows[2 : size + 2] = self._letters
        groups = (rows[:-2] << 16) | (rows[1:-1] << 8) | rows[2:]
        groups[np.arange(len(groups))[:, None] > self._lengths[None, :]] = -1
        padded = np.concatenate(([0, 0], typed, [0])).astype(np.int32)
        wanted = np.unique((padded[:-2] << 16) | (padded[1:-1] << 8) | padded[2:])
        shared = np.zeros(self.size, dtype=np.int16)
        for group in wanted:
            shared += (groups == group).any(axis=0)
        alike = shared / np.maximum(len(wanted) + self._lengths + 1 - shared, 1)
        near = np.flatnonzero((alike > _LEAST_LIKENESS) & (self._lengths > 0))
        quality[near] = np.maximum(quality[near], (ALIKE * alike[near]).astype(np.float32))

    def _forgive(self, typed: Bytes, unfinished: bool, indulgent: bool, quality: Floats) -> None:
        """Raise the quality of the words that typing errors explain."""
        first, second, length = self._letters[0], self._letters[1], len(typed)
        bits = np.bitwise_or.reduce(np.left_shift(np.uint32(1), _bit(typed)))
        gap = np.abs(self._lengths - length)
        differing = np.bitwise_count(self._sets ^ bits)
        # With one error, one of the first two letters is right or moved by one place, and at most
        # two letters are in one word only.
        likely = (first == typed[0]) | (second == typed[1]) | (second == typed[0]) | (first == typed[1])
        near = np.flatnonzero(likely & (gap <= 1) & (differing <= 2))
        if len(near):
            whole, _ = _errors(self._letters[:, near], self._lengths[near], typed, 1)
            near = near[whole <= 1]
            quality[near] = np.maximum(quality[near], TYPO)
        if unfinished and length >= _TYPO_PREFIX_LETTERS:
            absent = np.bitwise_count(bits & ~self._sets)
            near = np.flatnonzero((first == typed[0]) & (absent <= 1) & (self._lengths >= length))
            if len(near):
                _, beginning = _errors(self._letters[:, near], self._lengths[near], typed, 1)
                near = near[beginning <= 1]
                quality[near] = np.maximum(quality[near], TYPO_PREFIX)
        if indulgent and length >= _TWO_TYPOS_LETTERS:
            near = np.flatnonzero((first == typed[0]) & (gap <= 2) & (differing <= 4))
            if len(near):
                whole, _ = _errors(self._letters[:, near], self._lengths[near], typed, 2)
                near = near[whole <= 2]
                quality[near] = np.maximum(quality[near], TWO_TYPOS)


def _typed(word: str) -> Bytes:
    return np.frombuffer(word[:LONGEST_WORD].encode("ascii", "replace"), dtype=np.uint8)


def _bit(letters: Bytes) -> NDArray[np.uint32]:
    """Number of the bit of each letter in a set of letters: digits share one."""
    return np.clip(letters.astype(np.int16) - ord("a") + 1, 0, 27).astype(np.uint32)


def _errors(letters: Bytes, lengths: Lengths, typed: Bytes, most: int) -> tuple[Counts, Counts]:
    """Errors between the typed word and each known word, and each known word's best beginning.

    Optimal string alignment (a letter wrong, missing, extra, or two swapped) along the band of
    ``most`` errors; what is beyond counts as ``most + 1`` or more.
    """
    size, far = letters.shape[1], most + 1
    unreached = np.full(size, far, dtype=np.int8)
    before: dict[int, Counts] = {}
    above = {j: np.full(size, j, dtype=np.int8) for j in range(most + 1)}
    for i in range(1, len(typed) + 1):
        row: dict[int, Counts] = {}
        for j in range(max(0, i - most), min(i + most, len(letters)) + 1):
            if j == 0:
                row[0] = np.full(size, i, dtype=np.int8)
                continue
            best = above[j - 1] + (letters[j - 1] != typed[i - 1])
            best = np.minimum(best, above.get(j, unreached) + 1)
            best = np.minimum(best, row.get(j - 1, unreached) + 1)
            if j - 2 in before and i > 1:
                swapped = (letters[j - 1] == typed[i - 2]) & (letters[j - 2] == typed[i - 1])
                best = np.where(swapped, np.minimum(best, before[j - 2] + 1), best)
            row[j] = best
        before, above = above, row
    whole, beginning = unreached.copy(), unreached.copy()
    for j, errors in above.items():
        whole = np.where(lengths == j, errors, whole)
        beginning = np.where(lengths >= j, np.minimum(beginning, errors), beginning)
    return whole, beginning

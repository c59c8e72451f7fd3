"""The distinct words of an index, and which of them a typed word may stand for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

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
TYPO = 0.66
TYPO_PREFIX = 0.5
TWO_TYPOS = 0.45
"""Only for long words, when nothing else is found."""

_TYPO_LETTERS = 4
_TYPO_PREFIX_LETTERS = 5
_TWO_TYPOS_LETTERS = 8
_PREFIX_LETTERS = 3
_PLURAL_LETTERS = 5
_LONGEST = 24
"""Letters compared; no French word of the catalogue differs only after them."""


def stem(word: str) -> str:
    """Word without the mark of the plural, short words untouched ("langues" -> "langue", "mars" -> "mars")."""
    return word[:-1] if len(word) >= _PLURAL_LETTERS and word[-1] in "sx" else word


class Lexicon:
    """Compares a typed word with every known word at once.

    Args:
        words: distinct stems of folded words, letters and digits only.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.size = len(words)
        self._numbers = {word: number for number, word in enumerate(words)}
        self._lengths = np.array([min(len(word), _LONGEST) for word in words], dtype=np.int16)
        letters = np.array([word.encode("ascii", "replace") for word in words], dtype=f"S{_LONGEST + 2}")
        # One row per position, so that comparing one letter with all the words reads memory in line.
        self._letters: Bytes = np.ascontiguousarray(letters.view(np.uint8).reshape(self.size, -1).T)
        self._letters[_LONGEST:] = 0
        self._sets = _letter_sets(self._letters)

    def exact(self, word: str) -> tuple[Numbers, Floats]:
        """That very word, if it is known: its number, and its quality."""
        number = self._numbers.get(word)
        known = [] if number is None else [number]
        return np.array(known, dtype=np.intp), np.full(len(known), EXACT, dtype=np.float32)

    def match(self, word: str, unfinished: bool, indulgent: bool = False) -> tuple[Numbers, Floats]:
        """Known words that the typed one may stand for: their numbers, and their qualities.

        One typing error (a letter wrong, missing, extra, or two swapped) is forgiven from four
        letters on, never in a word with digits nor on the first letter of a beginning.

        Args:
            word: stem of a folded word.
            unfinished: it may be the beginning of a longer word whose end is still to be typed.
            indulgent: forgive two errors in a long word.
        """
        typed = np.frombuffer(word[:_LONGEST].encode("ascii", "replace"), dtype=np.uint8)
        if not len(typed):
            return self.exact(word)
        quality = np.zeros(self.size, dtype=np.float32)
        starting = self._starting(typed)
        lengths = self._lengths[starting]
        if unfinished or len(typed) >= _PREFIX_LETTERS:
            share = len(typed) / np.maximum(lengths, 1)
            quality[starting] = PREFIX - (0.0 if unfinished else UNEXPECTED_PREFIX) + PREFIX_GAIN * share
        quality[starting[lengths == len(typed)]] = EXACT
        if len(typed) >= _TYPO_LETTERS and word.isalpha():
            self._forgive(typed, unfinished, indulgent, quality)
        found = np.flatnonzero(quality)
        return found, quality[found]

    def _starting(self, typed: Bytes) -> Numbers:
        """Words that start with the typed letters."""
        found = np.flatnonzero(self._letters[0] == typed[0])
        for i in range(1, len(typed)):
            found = found[self._letters[i, found] == typed[i]]
        return found

    def _forgive(self, typed: Bytes, unfinished: bool, indulgent: bool, quality: Floats) -> None:
        """Raise the quality of the words that typing errors explain."""
        first, second, length = self._letters[0], self._letters[1], len(typed)
        bits = _letter_sets(typed.reshape(-1, 1))[0]
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


def _letter_sets(letters: Bytes) -> NDArray[np.uint32]:
    """For each column of letters, the set of those that it holds, one bit by letter (digits share one)."""
    bits = np.left_shift(np.uint32(1), np.clip(letters.astype(np.int16) - ord("a") + 1, 0, 27).astype(np.uint32))
    return np.bitwise_or.reduce(np.where(letters > 0, bits, np.uint32(0)), axis=0)


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

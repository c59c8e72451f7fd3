from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.catalogue.indexation import LONGEST_WORD
from mps_desktop.catalogue.lexicon import EXACT, PREFIX, TYPO, TYPO_PREFIX, UNEXPECTED_PREFIX, Lexicon
from mps_desktop.catalogue.mots import stem

letters = st.text("abcdeinrst", min_size=1, max_size=12)


def qualities(words: list[str], typed: str, unfinished: bool) -> list[float]:
    known = sorted(set(words))
    numbers, found = lexicon_of(known).match(typed, unfinished)
    dense = {known[number]: float(quality) for number, quality in zip(numbers, found, strict=True)}
    return [dense.get(word, 0.0) for word in words]


def lexicon_of(words: list[str]) -> Lexicon:
    """Of sorted words, cut as the index cuts them."""
    words = [word[:LONGEST_WORD] for word in words]
    letters = np.frombuffer("".join(words).encode(), dtype=np.int8)
    return Lexicon(letters, np.array([len(word) for word in words], dtype=np.int8))


def distance(a: str, b: str) -> int:
    """Optimal string alignment distance, written the slow and plain way."""
    d = [[i + j if 0 in (i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
    return d[-1][-1]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("langues", "langue"), ("travaux", "travau"), ("bus", "bus"), ("bts", "bts"), ("droit", "droit"), ("", "")],
)
def test_stem(word: str, expected: str):
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("typed", "word", "quality"),
    [
        ("droit", "droit", EXACT),
        ("driot", "droit", TYPO),
        ("drot", "droit", TYPO),
        ("drroit", "droit", TYPO),
        ("froit", "droit", TYPO),
        ("rdoit", "droit", TYPO),
        ("droyt", "droit", TYPO),
        ("doirt", "droit", 0),
        ("dit", "droit", 0),
        ("mp2j", "mp2i", 0),
    ],
)
def test_finished_word(typed: str, word: str, quality: float):
    assert qualities([word, "autre"], typed, unfinished=False) == [pytest.approx(quality), 0]


def test_unfinished_word_prefers_what_is_almost_typed():
    sur, surveillance, autre = qualities(["surf", "surveillance", "autre"], "sur", unfinished=True)
    assert EXACT > sur > surveillance >= PREFIX > autre == 0


def test_one_error_in_a_beginning():
    (quality,) = qualities(["psychologie"], "psycolo", unfinished=True)
    assert quality == pytest.approx(TYPO_PREFIX)
    (finished,) = qualities(["psychologie"], "psycolo", unfinished=False)
    assert finished == 0


@given(letters, st.lists(letters, min_size=1, max_size=6, unique=True))
def test_finished_words_agree_with_the_plain_distance(typed: str, words: list[str]):
    for word, quality in zip(words, qualities(words, typed, unfinished=False), strict=True):
        far = distance(typed, word)
        if far == 0:
            assert quality == EXACT
        elif word.startswith(typed) and len(typed) >= 3:
            assert PREFIX - UNEXPECTED_PREFIX <= quality < EXACT
        elif quality:
            assert far == 1
            assert len(typed) >= 4
        elif len(typed) >= 4:
            assert far > 1


@given(letters, st.lists(letters, min_size=1, max_size=6, unique=True))
def test_a_typed_beginning_is_always_found(typed: str, ends: list[str]):
    words = [typed + end for end in ends]
    assert min(qualities(words, typed, unfinished=True)) >= PREFIX - 1e-6


def test_very_long_words_do_not_break():
    word = "anticonstitutionnellementissime"
    assert qualities([word, "a"], word, unfinished=True) == [EXACT, 0]


def test_exact_finds_that_very_word_only():
    lexicon = lexicon_of(["droit", "droite"])
    assert [array.tolist() for array in lexicon.exact("droit")] == [[0], [EXACT]]
    assert lexicon.exact("droi")[0].tolist() == []

"""The measure of quality itself, on rankings small enough to work out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.qualite import recall, spearman


def test_rank_correlation():
    assert spearman([1, 2, 3, 4], [10, 20, 30, 40]) == pytest.approx(1.0)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1.0)
    assert spearman([1, 1, 2], [1, 2, 3]) == pytest.approx(0.8660254)
    assert spearman([1, 1, 1], [1, 2, 3]) == 0.0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=20))
def test_rank_correlation_is_bounded_and_symmetric(pairs: list[tuple[int, int]]):
    one, other = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    assert -1.0000001 <= spearman(one, other) <= 1.0000001
    assert spearman(one, other) == pytest.approx(spearman(other, one))


def test_recall_counts_the_most_wanted_found_early():
    wanted = {"a": 9.0, "b": 8.0, "c": 7.0, "d": 1.0}
    assert recall(["a", "d", "b", "c"], wanted, 2) == 0.5
    assert recall(["b", "a"], wanted, 2) == 1.0

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.classement import EN_VUE, in_sight, ranking, repetition_factor, rounded


def order(affinites: list[float], offres: list[float], types: str, facteur: float, limite: int | None = None):
    count = len(affinites) if limite is None else limite
    return ranking(np.array(affinites), np.array(offres), list(types), facteur, count)


def test_half_up_at_the_seventh_decimal():
    assert rounded(np.array([0.5, 1.0, 0.00000005, 0.000000049]), 1.0).tolist() == [0.5, 1.0, 1e-7, 0.0]
    assert rounded(np.array([2.5, -1.0])).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("bac", "facteur"),
    [(None, 0.2), ("", 0.2), ("NC", 0.2), ("Générale", 0.2), ("P", 0.9), ("PA", 0.9), ("STMG", 0.6), (" ", 0.6)],
)
def test_what_a_repetition_costs(bac: str | None, facteur: float):
    assert repetition_factor(bac) == facteur


def test_widely_offered_formations_come_first():
    # The best one is hardly offered: it waits until the two others have paid the quota.
    assert order([1.0, 0.9, 0.5], [0.1, 0.8, 0.9], "abc", 0.2) == [1, 2, 0]


def test_types_alternate_as_much_as_the_bac_asks():
    assert order([1.0, 0.9, 0.3], [1, 1, 1], "aab", 0.2) == [0, 2, 1]
    assert order([1.0, 0.9, 0.3], [1, 1, 1], "aab", 0.9) == [0, 1, 2]


def test_only_the_ten_best_eligible_compete():
    affinites = [1.0, *[0.9] * 10, 0.8]
    types = "a" * 11 + "b"
    assert order(affinites, [1] * 12, types, 0.2)[:3] == [0, 1, 11]


def test_affinity_zero_comes_last_in_order_and_the_limit_cuts():
    assert order([0.0, 0.4, 0.0, 0.4], [1] * 4, "abcd", 0.2) == [1, 3, 0, 2]
    assert order([0.0, 0.4, 0.0, 0.4], [1] * 4, "abcd", 0.2, 3) == [1, 3, 0]
    assert order([0.0, 0.4], [1] * 2, "ab", 0.2, 0) == []


ROWS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 1e-7, 0.1, 0.25, 0.5, 0.5000001, 1.0]),
        st.sampled_from([0.0, 0.1, 0.5, 0.75, 1.0]),
        st.sampled_from("abc"),
    ),
    max_size=40,
)


@given(ROWS, st.sampled_from([0.2, 0.6, 0.9]))
def test_same_as_the_rules_read_word_for_word(rows: list[tuple[float, float, str]], facteur: float):
    affinites, offres, types = [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    found = order(affinites, offres, "".join(types), facteur)
    assert found == word_for_word(affinites, offres, types, facteur)
    assert sorted(found) == list(range(len(rows)))
    assert order(affinites, offres, "".join(types), facteur, 5) == found[:5]


def word_for_word(affinites: list[float], offres: list[float], types: list[str], facteur: float) -> list[int]:
    remaining = sorted(range(len(affinites)), key=lambda f: -affinites[f])
    placed: list[int] = []
    total = 0.0
    while remaining:
        need = 0.75 * (len(placed) + 1) - total
        candidates = [f for f in remaining if affinites[f] > 0]
        short = ([f for f in candidates if offres[f] >= need] or candidates)[:10]
        chosen = short[0] if short else remaining[0]
        best = -1.0
        for f in short:
            value = facteur ** sum(types[other] == types[f] for other in placed[-10:]) * affinites[f]
            if value > best:
                chosen, best = f, value
        placed.append(chosen)
        remaining.remove(chosen)
        total += offres[chosen]
    return placed


LISTS = st.integers(0, 60).flatmap(
    lambda n: st.tuples(
        st.permutations(range(n)), st.lists(st.sampled_from(range(max(1, n))), unique=True, max_size=30)
    )
)


@given(LISTS)
def test_loved_ones_are_in_sight_and_nothing_else_changes(case: tuple[list[int], list[int]]):
    order, chosen = case
    loved = [one for one in chosen if one in order]
    found = in_sight(order, loved)
    assert sorted(found) == sorted(order)
    shown = set(loved) & set(found[:EN_VUE])
    assert len(shown) == min(EN_VUE, len(loved))
    assert [one for one in found if one not in loved] == [one for one in order if one not in loved]
    assert in_sight(found, loved) == found


def test_the_last_places_are_given_up():
    order = list(range(30))
    assert in_sight(order, [25, 29]) == [*range(18), 25, 29, 18, 19, *range(20, 25), 26, 27, 28]
    assert in_sight(order, [3, 4]) == order

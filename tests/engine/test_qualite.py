"""The measure of quality itself, on rankings small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.qualite import recall
from tests.bench.qualite_paires import VuePaire, holm, spearman, worse_families, worse_pairs, worse_recalls


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


def view(values: list[float], wanted: list[float]) -> VuePaire:
    names = tuple(f"f{rank}" for rank in range(len(values)))
    return VuePaire(names, np.array(values), np.array(wanted), np.array(wanted))


def test_a_pair_that_is_turned_over_is_named_and_one_that_is_shaken_is_not():
    wanted = [float(rank) for rank in range(30)]
    good, bad = view(wanted, wanted), view(wanted[::-1], wanted)
    shaken = view([*wanted[:-2], wanted[-1], wanted[-2]], wanted)
    found = worse_pairs(["retournée", "secouée", "rendue"], [good, good, bad], [bad, shaken, good])["demande"]
    assert [one["nom"] for one in found["perte_nette_toutes_ensemble"]] == ["retournée"]
    assert (found["compares"], found["en_baisse"], found["gain_net"]) == (3, 2, 1)


def test_a_family_that_is_lost_everywhere_is_named():
    wanted = [float(rank) for rank in range(10)]
    moved = [*wanted[:-1], -1.0]
    found = worse_families([view(wanted, wanted)] * 8, [view(moved, wanted)] * 8)["surdemande"]
    assert found["perte_nette_toutes_ensemble"][0]["nom"] == "f9" or "f9" in {
        one["nom"] for one in found["perte_nette_toutes_ensemble"]
    }
    assert found["gain_net"] == 0


def test_a_pair_that_finds_fewer_of_the_most_wanted_is_named_beyond_noise_only():
    names = [f"f{rank}" for rank in range(40)]
    wanted = {name: float(-rank) for rank, name in enumerate(names)}

    def ranked(order: list[str]) -> VuePaire:
        asked = np.array([wanted[name] for name in order])
        return VuePaire(tuple(order), -np.arange(40.0), asked, asked)

    good, bad, shaken = ranked(names), ranked(names[::-1]), ranked([*names[1:20], names[20], names[0], *names[21:]])
    found = worse_recalls(
        ["perdue", "secouée", "même", "rendue"], [good, good, good, bad], [bad, shaken, good, good], 20
    )
    lost = found["demande"]
    assert [(one["nom"], one["gain"]) for one in lost["perte_nette_toutes_ensemble"]] == [("perdue", -1.0)]
    assert (lost["en_baisse"], lost["gain_net"]) == (2, 1)
    assert [one["nom"] for one in lost["perte_nette_un_par_un"]] == ["perdue"]


def test_holm_steps_down():
    assert holm([0.001, 0.2, 0.02, 0.012], 0.05) == [0, 3, 2]
    assert holm([0.03, 0.03], 0.05) == []

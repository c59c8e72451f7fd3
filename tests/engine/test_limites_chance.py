from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.chance import at_least_one, chance_of_one
from mps_desktop.engine.classes import ClasseVoeu, VoeuBalance
from mps_desktop.engine.limites import accepts, count
from tests.engine.ambition_factories import choisi, shipped_regles

A = ClasseVoeu.REALISTE
LIMITES = shipped_regles().limites
TYPES = ("bts", "but", "cpge", "efts", "pass", "las", "ifsi", "ingenieur", "ordinaire", "")


wishes = st.lists(
    st.builds(
        lambda i, formation, categorie, apprentissage: choisi(
            f"ta{i}", f"fl{formation}", A, categorie=categorie, apprentissage=apprentissage, etablissement=f"u{i % 5}"
        ),
        st.integers(0, 60),
        st.integers(0, 6),
        st.sampled_from(TYPES),
        st.booleans(),
    ),
    unique_by=lambda voeu: voeu.id,
    max_size=30,
)


@given(wishes)
def test_the_order_of_wishes_does_not_count(voeux: list[VoeuBalance]):
    assert count(sorted(voeux, key=lambda v: v.id), LIMITES) == count(voeux, LIMITES)


@given(wishes)
def test_a_list_that_does_not_grow_is_always_accepted(voeux: list[VoeuBalance]):
    assert accepts(count(voeux, LIMITES), count(voeux[:-1], LIMITES), LIMITES)


probabilities = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=12)


@given(probabilities, st.floats(0.01, 0.99))
def test_the_cautious_chance_stays_between_the_best_wish_and_independence(values: list[float], part: float):
    found = at_least_one(np.array(values), part)
    independent = 1 - float(np.prod(1 - np.array(values)))
    assert max(values) - 1e-9 <= found <= independent + 1e-9


@given(probabilities, st.floats(0.001, 0.999))
def test_one_more_wish_never_lowers_the_chance(values: list[float], other: float):
    assert at_least_one(np.array([*values, other]), 0.5) >= at_least_one(np.array(values), 0.5) - 1e-6


@given(
    st.lists(st.tuples(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99)), min_size=1, max_size=10)
)
def test_the_range_is_in_order_and_the_order_of_wishes_does_not_count(table: list[tuple[float, float, float]]):
    estimates = [(min(t), sorted(t)[1], max(t)) for t in table]
    found = chance_of_one(estimates, 0.5)
    assert found is not None
    assert found.bas - 1e-9 <= found.milieu <= found.haut + 1e-9
    assert chance_of_one(list(reversed(estimates)), 0.5) == found


def test_the_documented_example():
    found = chance_of_one([(0.2, 0.3, 0.4), (0.4, 0.5, 0.6), (0.6, 0.7, 0.8)], 0.5, nb_ignores=2)
    assert found is not None
    assert (round(found.milieu, 3), round(found.independante, 3)) == (0.795, 0.895)
    assert (found.nb_estimes, found.nb_ignores) == (3, 2)


def test_nothing_estimated_gives_no_chance():
    assert chance_of_one([], 0.5, 4) is None


def test_the_integral_agrees_with_a_simulation():
    values = np.array([0.2, 0.55, 0.8])
    random = np.random.default_rng(7)
    common, own = random.standard_normal((400_000, 1)), random.standard_normal((400_000, 3))
    cuts = np.array([-0.8416212, 0.1256613, 0.8416212])
    called = (np.sqrt(0.5) * common + np.sqrt(0.5) * own < cuts).any(axis=1).mean()
    assert at_least_one(values, 0.5) == pytest.approx(called, abs=0.004)

"""Prediction of the rate of a whole vœu, its interval, and the access of each bac type."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.acces import Chiffres, compute_access, in_reach
from mps_desktop.engine.intervalles import (
    bounds_of,
    constant_intervals,
    learn_intervals,
    log_odds,
    rates_of,
)
from mps_desktop.engine.latent import Admis, Liens, Series, fit_centres, implied_mentions, thresholds
from mps_desktop.engine.prevision import (
    Retrait,
    Session,
    expected_rates,
    learn_retrait,
    mean_of_others,
    predict_rates,
)
from mps_desktop.engine.regression import fit_quantile

SERIES = Series(np.array([14.0, 13.0, 13.0]), np.array([1.3, 1.2, 1.2]), np.tile([12.5, 14.2, 15.9, 17.6], (3, 1)))
LIENS = Liens(lien=1.0, ecart_commun=1.0, ecart_type=0.7, poids_bas=1.0)


def invented(n: int = 900, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray, Session]:
    """True levels by group, two noisy sessions, smaller vœux noisier."""
    random = np.random.default_rng(seed)
    group = random.integers(0, 30, n)
    level = np.clip(random.uniform(0.2, 0.8, 30)[group] + random.normal(0, 0.05, n), 0.05, 0.95)
    size = random.integers(20, 2000, n).astype(float)
    noise = 2.0 / np.sqrt(size)
    before, after = (np.clip(level + random.normal(0, 1, n) * noise, 0, 1) for _ in range(2))
    return before, after, size, Session(before, size, np.full(n, 30.0), (group.astype(np.int64),))


@pytest.mark.parametrize("quantile", [0.1, 0.5, 0.9])
def test_a_share_of_the_targets_lies_below_the_quantile(quantile: float):
    random = np.random.default_rng(1)
    x = random.normal(size=2000)
    y = 2 * x + random.exponential(size=2000)
    plan = np.stack([np.ones(2000), x], axis=1)
    line = plan @ fit_quantile(plan, y, quantile)
    assert np.mean(y <= line) == pytest.approx(quantile, abs=0.02)


def test_the_mean_of_others_leaves_oneself_out():
    means = mean_of_others(np.array([0, 0, 1]), np.array([0.2, 0.8, 0.5]))
    assert means == pytest.approx([(0.8 + 3 * 0.5) / 4, (0.2 + 3 * 0.5) / 4, 0.5])


def test_small_voeux_go_further_towards_what_is_expected():
    before, after, size, session = invented()
    learned = learn_retrait(before, expected_rates(session), after, size)
    assert learned.poids > 0.2
    assert np.all(np.diff(learned.part(np.array([0.0, 100.0, 1000.0]))) < 0)
    predicted = predict_rates(session, learned)
    _, later, _, _ = invented()
    assert np.mean(np.abs(predicted - later)) < np.mean(np.abs(before - later))


def test_nothing_is_taken_back_where_the_last_rate_says_all():
    before, _, size, session = invented()
    learned = learn_retrait(before, expected_rates(session), before, size)
    assert learned.part(size).max() < 0.01


@given(st.floats(0, 500), st.floats(0, 1), st.floats(0, 0.9), st.floats(10, 3000), st.floats(1, 3000), st.floats(1, 5))
def test_more_candidates_for_the_same_offers_never_raise_a_rate(offers, expected, share, scale, size, factor):
    size = max(size, offers)
    retrait = Retrait(share, scale)

    def rate(candidates: float) -> float:
        own = offers / candidates
        return own + float(retrait.part(np.array([candidates]))[0]) * (expected - own)

    assert rate(size * factor) <= rate(size) + 1e-12


def test_intervals_hold_what_they_promise_on_new_misses():
    random = np.random.default_rng(5)

    def draw(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        predicted, size = random.uniform(0.05, 0.95, n), random.integers(20, 3000, n).astype(float)
        family = random.integers(0, 3, n)
        spread = (0.3 + 0.5 * family) * (1 + 10 / np.sqrt(size))
        seen = rates_of(log_odds(predicted) + random.normal(0, 1, n) * spread)
        return predicted, seen, size, family

    learned = learn_intervals(*draw(6000), 3)
    predicted, seen, size, family = draw(6000)
    low, high = learned.bounds(predicted, size, family)
    assert np.all((low <= predicted) & (predicted <= high))
    for one in range(3):
        rows = family == one
        inside = (seen >= low) & (seen <= high)
        assert np.mean(inside[rows]) == pytest.approx(0.8, abs=0.04)
    assert np.median((high - low)[family == 2]) > np.median((high - low)[family == 0])


@given(st.floats(0, 1), st.floats(0, 5), st.floats(0, 5), st.floats(1, 1e5))
def test_an_interval_contains_its_prediction(predicted, below, above, size):
    low, high = bounds_of(np.array([predicted]), np.array([below]), np.array([above]))
    assert 0 <= low[0] <= predicted <= high[0] <= 1
    plain = constant_intervals(0.5, 2).bounds(np.array([predicted]), np.array([size]), np.array([1]))
    assert 0 <= plain[0][0] <= predicted <= plain[1][0] <= 1


def chiffres(rate: float, counts: list[float], parts: list[float]) -> Chiffres:
    """One vœu beside a large one of its filière."""
    return Chiffres(
        taux=np.array([rate, 0.5]),
        candidats=np.array([counts, [4000.0, 3000.0, 2000.0]]),
        parts=np.array([parts, [0.5, 0.3, 0.2]]),
        filiere=np.zeros(2, dtype=np.int64),
        fili=np.zeros(2, dtype=np.int64),
    )


def test_two_of_two_lean_on_their_relatives():
    figures = chiffres(0.5, [2.0, 300.0, 198.0], [2 / 250, 0.6, 0.392])
    assert in_reach(figures)[0, 0] == pytest.approx(2.0)
    access = compute_access(figures, figures.taux, 10.0, 100.0)
    assert 0.4 < access.taux[0, 0] < 0.75
    assert access.demi_largeur[0, 0] > access.demi_largeur[0, 1]
    assert access.soutien.all()


@given(
    st.floats(0, 1),
    st.lists(st.floats(0, 3000), min_size=3, max_size=3),
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
)
def test_access_is_a_probability_whatever_the_figures(rate, counts, parts):
    access = compute_access(chiffres(rate, counts, parts), np.array([rate, 0.5]), 10.0, 100.0)
    assert np.all((access.taux > 0) & (access.taux < 1))
    assert np.all(np.isfinite(access.demi_largeur))


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("noise", [0.8, 2.8])
def test_the_threshold_gives_back_the_access_rate(rate: float, noise: float):
    odds = np.full((1, 3), np.log(rate / (1 - rate)))
    seuils = thresholds(np.tile(SERIES.centres, (1, 1)), odds, np.array([noise]), SERIES)
    random = np.random.default_rng(2)
    for rank in range(3):
        averages = random.normal(SERIES.centres[rank], SERIES.ecarts[rank], 200_000)
        within = 1 / (1 + np.exp(-(averages - seuils[0, rank]) / (noise * np.sqrt(3) / np.pi)))
        assert np.mean(within) == pytest.approx(rate, abs=0.01)


def test_the_centre_follows_the_mentions_of_the_admitted():
    odds, noise = np.zeros((2, 3)), np.array([1.8, 1.8])
    weak, strong = [60.0, 30.0, 10.0, 0.0, 0.0], [0.0, 5.0, 25.0, 50.0, 20.0]
    admis = Admis(np.array([[100.0, 0, 0]] * 2), np.array([[40.0, 0, 0], [100.0, 0, 0]]), np.array([weak, strong]))
    centres = fit_centres(admis, odds, noise, np.zeros(2), SERIES, LIENS)
    assert centres[0, 0] < 14 < centres[1, 0]
    assert centres[0, 1] < centres[1, 1], "the other types follow in part"
    shares = implied_mentions(centres, odds, noise, SERIES, LIENS)
    assert np.all(np.diff(shares, axis=2) <= 0)
    assert shares[0, 0, 0] < shares[1, 0, 0]
    cautious = fit_centres(admis, odds, noise, np.zeros(2), SERIES, Liens(1.0, 1.0, 0.7, 0.5))
    assert centres[0, 0] < cautious[0, 0], "a shift towards weaker candidates is kept in part only"
    assert cautious[1, 0] == pytest.approx(centres[1, 0])

"""Simulator of spécialités, on invented counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.eds import TOUS, Acces, AccesFamille, Doublet, Simulateur, pair_of, pairs_of, wilson

BULLES, SIESTE, RARETE, PEU = "Bulles", "Sieste", "Rareté", "Peu"


def doublet(famille: str, paire: tuple[str, str], asked: int, offered: int, annee: int = 2024) -> Doublet:
    return Doublet(annee, famille, paire, asked, offered, offered)


SIMULATEUR = Simulateur(
    [
        doublet(TOUS, ("A", "B"), 500, 500, 2023), doublet(TOUS, ("A", "B"), 500, 500),
        doublet(TOUS, ("A", "C"), 1000, 1000), doublet(TOUS, ("B", "C"), 1000, 1000),
        doublet(BULLES, ("A", "B"), 200, 180, 2023), doublet(BULLES, ("B", "A"), 200, 180),
        doublet(BULLES, ("A", "C"), 400, 100), doublet(BULLES, ("B", "C"), 400, 220),
        doublet(SIESTE, ("A", "B"), 40, 20), doublet(SIESTE, ("A", "C"), 40, 20),
        doublet(RARETE, ("A", "B"), 5, 5), doublet(RARETE, ("A", "C"), 300, 150), doublet(RARETE, ("B", "C"), 300, 150),
        doublet(PEU, ("A", "B"), 3, 3), doublet(PEU, ("A", "C"), 10, 0),
    ]
)  # fmt: skip


def acces(paire: tuple[str, str]) -> dict[str, AccesFamille]:
    return {one.famille: one for one in SIMULATEUR.pair(paire)}


def test_sessions_are_put_together_and_pairs_have_no_order():
    assert SIMULATEUR.sessions == (2023, 2024)
    assert SIMULATEUR.specialites == ("A", "B", "C")
    assert SIMULATEUR.bacheliers(("B", "A")) == 1000
    found = acces(("B", "A"))[BULLES]
    assert (found.candidats, found.propositions, found.taux) == (400, 360, 0.9)
    assert found.taux_tous == pytest.approx(680 / 1200)
    assert (found.demande, found.demande_tous) == (pytest.approx(0.4), pytest.approx(0.4))


def test_open_close_rare_and_unknown():
    assert {famille: one.acces for famille, one in acces(("A", "B")).items()} == {
        BULLES: Acces.PLUS, SIESTE: Acces.AUTANT, RARETE: Acces.RARE, PEU: Acces.INCONNU,
    }  # fmt: skip
    assert acces(("A", "C"))[BULLES].acces is Acces.MOINS
    assert acces(("B", "C"))[BULLES].acces is Acces.AUTANT
    assert SIMULATEUR.pair(("A", "Z")) == ()


def test_three_specialites_keep_the_best_pair_of_each_family():
    best = {one.famille: (one.paire, one.acces) for one in SIMULATEUR.best_pairs(("C", "A", "B"))}
    assert best[BULLES] == (("A", "B"), Acces.PLUS)
    assert best[RARETE][0] != ("A", "B")
    assert pairs_of(("C", "A", "B")) == (("A", "B"), ("A", "C"), ("B", "C"))
    assert pair_of("B", "A") == pair_of("A", "B")


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_interval_holds_the_share(successes: int, more: int):
    trials = successes + more
    low, high = wilson(successes, trials)
    assert 0.0 <= low <= high <= 1.0
    if trials:
        assert low - 1e-12 <= successes / trials <= high + 1e-12

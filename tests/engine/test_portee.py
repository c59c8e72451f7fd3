"""Self-censorship: all B is worth a word only when the same profile could aim higher."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.balance import balance
from mps_desktop.engine.classes import ClasseVoeu, Constat, VoeuBalance
from mps_desktop.engine.portee import is_only_safe, within_reach
from tests.engine.ambition_factories import choisi, shipped_regles

A_PLUS, A, B, INCONNU = ClasseVoeu
REGLES = shipped_regles()


def findings(voeux: list[VoeuBalance], a_portee: tuple[str, ...]) -> dict[str, Constat]:
    found = balance(
        niveau="terminale", voeux=tuple(voeux), formations=("fl1",), metiers=(), completude=90, regles=REGLES,
        a_portee=a_portee,
    )  # fmt: skip
    return {constat.code: constat for constat in found.constats}


def safe(count: int) -> list[VoeuBalance]:
    return [choisi(f"ta{i}", "fl1", B) for i in range(count)]


def test_all_b_with_better_within_reach_names_where():
    found = findings(safe(3), ("fl2", "fl1"))["AUTO_CENSURE"]
    assert (found.ids, found.valeurs) == (("fl1", "fl2"), {"nb": 3})


@pytest.mark.parametrize("voeux", [safe(2), [*safe(3), choisi("ta9", "fl1", A)], [choisi("ta1", "fl1", INCONNU)] * 3])
def test_no_word_when_the_list_is_short_or_aims_higher_already(voeux: list[VoeuBalance]):
    assert not is_only_safe(voeux, REGLES)
    assert "AUTO_CENSURE" not in findings(voeux, ("fl2",))


def test_a_wish_that_nothing_classes_does_not_hide_the_finding():
    assert "AUTO_CENSURE" in findings([*safe(3), choisi("ta9", "fl1", INCONNU, bas=None)], ("fl2",))


def test_no_word_when_nothing_better_is_within_reach():
    assert "AUTO_CENSURE" not in findings(safe(5), ())


@pytest.mark.parametrize(
    ("voeu", "reached"),
    [
        (choisi("tb1", "fl2", A, distance_km=50.0), True),
        (choisi("tb1", "fl2", A, distance_km=50.1), False),
        (choisi("tb1", "fl2", A, distance_km=None), False),
        (choisi("tb1", "fl2", A_PLUS, distance_km=5.0, haut=0.40), True),
        (choisi("tb1", "fl2", A_PLUS, distance_km=5.0, haut=0.39), False),
        (choisi("tb1", "fl2", A_PLUS, distance_km=5.0, haut=None), False),
        (choisi("tb1", "fl2", B, distance_km=5.0, haut=0.99), False),
        (choisi("tb1", "fl2", INCONNU, distance_km=5.0), False),
        (choisi("tb1", "fl2", A, distance_km=5.0, apprentissage=True), False),
        (choisi("tb1", "fl2", A, distance_km=5.0, connu=False), False),
        (choisi("tb1", "fl2", A, distance_km=5.0, compatible_duree=False), False),
        (choisi("tb1", "fl2", A, distance_km=5.0, compatible_alternance=False), False),
    ],
)
def test_what_is_within_reach(voeu: VoeuBalance, reached: bool):
    assert within_reach([voeu], REGLES, has_towns=True) == (("fl2",) if reached else ())


def test_without_a_town_the_distance_does_not_matter():
    assert within_reach([choisi("tb1", "fl2", A)], REGLES, has_towns=False) == ("fl2",)


def test_what_a_teacher_or_a_student_says_of_a_voeu_is_not_its_reach():
    voeu = choisi("tb1", "fl2", B, haut=0.99, enseignant=A, declaree=A_PLUS)
    assert within_reach([voeu], REGLES, has_towns=False) == ()


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(list(ClasseVoeu)), st.floats(0, 1)), max_size=20))
def test_at_most_three_formations_each_once_in_the_order_given(rows: list[tuple[int, ClasseVoeu, float]]):
    around = [choisi(f"tb{i}", f"fl{f}", classe, haut=haut) for i, (f, classe, haut) in enumerate(rows)]
    found = within_reach(iter(around), REGLES, has_towns=False)
    better = [v.formation_id for v in around if v.estimee is A or (v.estimee is A_PLUS and (v.haut or 0) >= 0.4)]
    assert found == tuple(dict.fromkeys(better))[:3]

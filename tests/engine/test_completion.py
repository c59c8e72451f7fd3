"""Completion of a list: invariants on invented candidates."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from mps_desktop.engine.classes import ClasseVoeu
from mps_desktop.engine.completion import Candidat, Completion, Liste, complete
from mps_desktop.engine.limites import accepts, count
from tests.engine.ambition_factories import choisi, shipped_regles

A_PLUS, A, B, INCONNU = ClasseVoeu
REGLES = shipped_regles()
TYPES = ("bts", "but", "cpge", "pass", "ordinaire", "ingenieur")


def voeu_of(prefix: str, formations: int) -> st.SearchStrategy[object]:
    def build(i: int, formation: int, classe: ClasseVoeu, km: float | None, apprentissage: bool, fits: bool) -> object:
        return choisi(
            f"{prefix}{i}",
            f"fl{formation}",
            INCONNU if apprentissage else classe,
            bas={B: 0.7, A: 0.4}.get(classe, 0.1),
            categorie=TYPES[formation % len(TYPES)],
            etablissement=f"u{i % 9}",
            distance_km=km,
            apprentissage=apprentissage,
            compatible_duree=fits,
            fili="BTS",
        )

    return st.builds(
        build,
        st.integers(0, 90),
        st.integers(0, formations - 1),
        st.sampled_from(list(ClasseVoeu)),
        st.none() | st.floats(0, 800),
        st.booleans().map(lambda _: False) | st.booleans(),
        st.booleans(),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Liste, list[Candidat]]:
    voeux = draw(st.lists(voeu_of("ta", 6), max_size=14, unique_by=lambda v: v.id))  # type: ignore[attr-defined]  # VoeuBalance
    offered = draw(st.lists(voeu_of("tb", 8), max_size=30, unique_by=lambda v: v.id))  # type: ignore[attr-defined]  # VoeuBalance
    kept = draw(st.lists(st.integers(0, 7).map(lambda i: f"fl{i}"), unique=True, max_size=4))
    liste = Liste("terminale", tuple(voeux), tuple(kept), ("MET.1",), 80)  # type: ignore[arg-type]  # VoeuBalance
    return liste, [Candidat(voeu, draw(st.floats(0, 1))) for voeu in offered]  # type: ignore[arg-type]  # VoeuBalance


def accept(liste: Liste, found: Completion) -> list[Liste]:
    """The list after each proposal is accepted in turn."""
    steps = [liste]
    for proposition in found.propositions:
        steps.append(steps[-1].adding(proposition))
    return steps


def lacking(liste: Liste) -> dict[str, frozenset[str]]:
    """Findings with whom they concern."""
    return {constat.code: frozenset(constat.ids) for constat in liste.diagnose(REGLES).constats}


@settings(max_examples=150)
@given(cases())
def test_no_limit_of_parcoursup_is_ever_broken(case: tuple[Liste, list[Candidat]]):
    liste, candidats = case
    steps = accept(liste, complete(liste, candidats, REGLES))
    for before, after in itertools.pairwise(steps):
        assert accepts(count(before.voeux, REGLES.limites), count(after.voeux, REGLES.limites), REGLES.limites)
    too_much = {"TROP_DE_VOEUX", "TROP_D_APPRENTISSAGE", "TROP_DE_SOUS_VOEUX", "TROP_DE_SOUS_VOEUX_EN_TOUT"}
    assert lacking(steps[-1]).keys() & too_much == lacking(liste).keys() & too_much


@settings(max_examples=150)
@given(cases())
def test_what_a_proposal_names_is_settled_by_it(case: tuple[Liste, list[Candidat]]):
    liste, candidats = case
    found = complete(liste, candidats, REGLES)
    for step, proposition in zip(accept(liste, found), found.propositions, strict=False):
        before, after = step.diagnose(REGLES), step.adding(proposition).diagnose(REGLES)
        assert proposition.resout
        for settled in proposition.resout:
            if settled.code in {constat.code for constat in before.constats}:
                left = next((c for c in after.constats if c.code == settled.code), None)
                assert left is None or not set(settled.ids) & set(left.ids)
            else:
                assert settled in before.jalon.manques
                assert settled not in after.jalon.manques


@settings(max_examples=150)
@given(cases())
def test_what_is_left_says_why(case: tuple[Liste, list[Candidat]]):
    liste, candidats = case
    found = complete(liste, candidats, REGLES, combien=99)
    last = accept(liste, found)[-1]
    told = {refus.constat.code for refus in found.refus}
    for code in lacking(liste).keys() & lacking(last).keys() & {"AUCUN_B", "AUCUN_VOEU", "TOUS_AMBITIEUX", "B_FRAGILE"}:
        assert code in told
    assert all(refus.motif in ("AUCUN_CANDIDAT", "LIMITE", "AUTRE_GESTE") for refus in found.refus)


@settings(max_examples=100)
@given(cases(), st.integers(0, 1000))
def test_the_order_of_what_is_given_does_not_matter(case: tuple[Liste, list[Candidat]], seed: int):
    liste, candidats = case
    shuffled, voeux = list(candidats), list(liste.voeux)
    order = random.Random(seed)  # noqa: S311  an order of cards, not a secret
    order.shuffle(shuffled)
    order.shuffle(voeux)
    other = Liste(liste.niveau, tuple(voeux), liste.formations, liste.metiers, liste.completude)
    once, again = complete(liste, candidats, REGLES), complete(other, shuffled, REGLES)
    assert [p.voeu and p.voeu.id for p in once.propositions] == [p.voeu and p.voeu.id for p in again.propositions]
    assert once.refus == again.refus
    assert once == complete(liste, candidats, REGLES)


@settings(max_examples=60)
@given(cases(), st.integers(0, 5))
def test_as_many_as_asked_at_most_and_never_a_vow_already_there(case: tuple[Liste, list[Candidat]], room: int):
    liste, candidats = case
    found = complete(liste, candidats, REGLES, combien=room)
    ids = [p.voeu.id for p in found.propositions if p.voeu]
    assert len(ids) <= room
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {voeu.id for voeu in liste.voeux}
    assert all(p.voeu is None or p.voeu.retenue is not INCONNU for p in found.propositions)


def offer(identifiant: str, formation: str, classe: ClasseVoeu, affinity: float = 0.5, **others: object) -> Candidat:
    bas = {B: 0.7, A: 0.4}.get(classe, 0.1)
    return Candidat(choisi(identifiant, formation, classe, bas=bas, categorie="ordinaire", **others), affinity)


def ids(found: Completion) -> list[str]:
    return [p.voeu.id for p in found.propositions if p.voeu]


def one(candidats: Sequence[Candidat], *formations: str) -> Completion:
    """The first proposal for a list of two ambitious wishes."""
    voeux = (choisi("ta1", "fl1", A_PLUS, categorie="ordinaire"), choisi("ta2", "fl1", A_PLUS, categorie="ordinaire"))
    liste = Liste("terminale", voeux, formations or ("fl1", "fl9"), (), 80)
    return complete(liste, candidats, REGLES, combien=1)


def test_the_nearest_radius_wins_over_the_formation_that_is_kept():
    found = one([offer("tb1", "fl1", B, distance_km=120.0), offer("tb2", "fl2", B, distance_km=20.0)])
    assert ids(found) == ["tb2"]
    assert found.propositions[0].rayon_km == 50.0


def test_in_the_same_radius_a_kept_formation_wins_over_a_higher_affinity():
    near = {"distance_km": 10.0}
    assert ids(one([offer("tb1", "fl1", B, 0.1, **near), offer("tb2", "fl2", B, 0.9, **near)])) == ["tb1"]


def test_among_other_formations_the_highest_affinity_then_the_nearest_then_the_id():
    far, near = {"distance_km": 40.0}, {"distance_km": 10.0}
    assert ids(one([offer("tb1", "fl2", B, 0.2, **near), offer("tb2", "fl3", B, 0.9, **far)])) == ["tb2"]
    assert ids(one([offer("tb1", "fl2", B, 0.5, **far), offer("tb2", "fl2", B, 0.5, **near)])) == ["tb2"]
    assert ids(one([offer("tb2", "fl2", B, 0.5, **far), offer("tb1", "fl2", B, 0.5, **far)])) == ["tb1"]


def test_the_radius_widens_in_steps_and_says_so():
    for km, radius in ((49.0, 50.0), (51.0, 100.0), (150.0, 200.0), (201.0, None), (None, None)):
        assert one([offer("tb1", "fl1", B, distance_km=km)]).propositions[0].rayon_km == radius


def test_what_contradicts_the_student_comes_last():
    found = one(
        [offer("tb1", "fl1", B, distance_km=5.0, compatible_duree=False), offer("tb2", "fl2", B, distance_km=90.0)]
    )
    assert ids(found) == ["tb2"]


def test_an_ambitious_wish_is_no_answer_to_a_list_that_is_all_ambitious():
    found = one([offer("tb1", "fl1", A_PLUS)])
    assert ids(found) == []
    first = found.refus[0]
    assert (first.constat.code, first.motif) == ("TOUS_AMBITIEUX", "AUCUN_CANDIDAT")

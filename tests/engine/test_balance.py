from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.balance import balance
from mps_desktop.engine.classes import Balance, ClasseVoeu, VoeuBalance
from tests.engine.ambition_factories import choisi, shipped_regles

A_PLUS, A, B, INCONNU = ClasseVoeu
REGLES = shipped_regles()
COMPLETE = (choisi("ta1", "fl1", A_PLUS), choisi("ta2", "fl1", A), choisi("ta3", "fl1", B))


def diagnose(
    *voeux: VoeuBalance,
    niveau: str = "terminale",
    formations: tuple[str, ...] = ("fl1", "fl2"),
    metiers: tuple[str, ...] = ("MET.1",),
    completude: int = 90,
    attendus_lus: tuple[str, ...] | None = None,
) -> Balance:
    return balance(
        niveau=niveau,
        voeux=voeux,
        formations=formations,
        metiers=metiers,
        completude=completude,
        regles=REGLES,
        attendus_lus=attendus_lus,
    )


def codes(found: Balance) -> set[str]:
    return {constat.code for constat in found.constats}


def lacks(found: Balance) -> list[str]:
    return [manque.code for manque in found.jalon.manques]


classes = st.sampled_from(list(ClasseVoeu))
opinions = st.one_of(st.none(), st.sampled_from([A_PLUS, A, B]))
lists = st.lists(
    st.builds(
        VoeuBalance,
        st.integers(0, 50).map(lambda i: f"ta{i}"),
        st.sampled_from(["fl1", "fl2", "fl3"]),
        classes,
        st.one_of(st.none(), st.floats(0, 1)),
        opinions,
        opinions,
        st.booleans(),
        st.one_of(st.none(), st.floats(0, 900)),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "BTS", "PASS", "Licence"]),
    ),
    max_size=40,
).map(tuple)
niveaux = st.sampled_from(["seconde", "premiere", "terminale", ""])


@given(lists, niveaux, st.randoms(use_true_random=False))
def test_the_order_of_the_voeux_changes_nothing(voeux, niveau: str, rng: random.Random):
    shuffled = list(voeux)
    rng.shuffle(shuffled)
    assert diagnose(*voeux, niveau=niveau) == diagnose(*shuffled, niveau=niveau)


@given(lists, niveaux, st.sampled_from([(), ("fl1",), ("fl1", "fl9")]), st.integers(0, 100))
def test_counts_add_up(voeux, niveau: str, formations, completude: int):
    found = diagnose(*voeux, niveau=niveau, formations=formations, completude=completude)
    assert sum(found.comptes.values()) == len(voeux)
    assert found.comptes.keys() == set(ClasseVoeu)
    assert 0 <= found.jalon.fait <= found.jalon.attendu
    assert found.jalon.atteint == (found.jalon.fait == found.jalon.attendu) == (not found.jalon.manques)
    assert all(constat.gravite in (1, 2, 3) for constat in (*found.constats, *found.jalon.manques))
    assert len(codes(found)) == len(found.constats)
    assert found.jalon.niveau == niveau


def test_a_balanced_list_has_no_finding_and_reaches_its_milestone():
    other = tuple(replace(voeu, id=voeu.id + "0", formation_id="fl2") for voeu in COMPLETE)
    found = diagnose(*COMPLETE, *other)
    assert not found.constats
    assert found.jalon.atteint
    assert found.jalon.attendu == 6
    assert found.ecarts == {A_PLUS: 0, A: 0, B: 0}


@pytest.mark.parametrize(
    ("formations", "metiers", "atteint"), [((), (), False), (("fl1",), (), True), ((), ("MET.1",), True)]
)
def test_seconde_wants_one_lead(formations, metiers, atteint: bool):
    found = diagnose(niveau="seconde", formations=formations, metiers=metiers)
    assert found.jalon.atteint is atteint
    assert lacks(found) == ([] if atteint else ["FORMATION_OU_METIER"])
    assert ("AUCUNE_FORMATION" in codes(found)) is not atteint


def test_premiere_wants_two_formations_and_a_metier():
    found = diagnose(niveau="premiere", formations=("fl1",), metiers=())
    assert (found.jalon.fait, found.jalon.attendu) == (1, 3)
    assert lacks(found) == ["FORMATIONS_MANQUANTES", "METIERS_MANQUANTS"]
    assert "UNE_SEULE_FORMATION" in codes(found)
    assert "AUCUN_VOEU" not in codes(found)
    assert diagnose(niveau="premiere").jalon.atteint


def test_attendus_are_asked_for_only_when_they_are_tracked():
    found = diagnose(niveau="premiere", attendus_lus=("fl1",))
    assert [(manque.code, manque.ids) for manque in found.jalon.manques] == [("ATTENDUS_A_LIRE", ("fl2",))]
    assert (found.jalon.fait, found.jalon.attendu) == (4, 5)
    assert diagnose(niveau="premiere", attendus_lus=("fl1", "fl2")).jalon.atteint


def test_terminale_wants_the_three_classes_for_each_formation():
    found = diagnose(*COMPLETE, choisi("ta4", "fl2", A), choisi("ta5", "fl2", A), choisi("ta6", "fl2", A))
    assert [(m.code, m.ids, m.valeurs["classes"]) for m in found.jalon.manques] == [
        ("CLASSES_MANQUANTES", ("fl2",), "A+,B")
    ]
    assert (found.jalon.fait, found.jalon.attendu) == (4, 6)
    assert found.ecarts == {A_PLUS: 1, A: 0, B: 1}


@pytest.mark.parametrize(
    ("voeux", "code", "nb"),
    [((), "VOEUX_A_CHOISIR", 3), (COMPLETE[:1], "VOEUX_MANQUANTS", 2), (COMPLETE[:2], "VOEUX_MANQUANTS", 1)],
)
def test_terminale_says_how_many_wishes_lack(voeux, code: str, nb: int):
    found = diagnose(*voeux, formations=("fl1",))
    assert [(manque.code, manque.valeurs["nb"]) for manque in found.jalon.manques] == [(code, nb)]


def test_without_formation_nor_level():
    assert lacks(diagnose(formations=())) == ["AUCUNE_FORMATION_RETENUE"]
    assert diagnose(formations=()).ecarts == {A_PLUS: 1, A: 1, B: 1}
    assert lacks(diagnose(niveau="")) == ["NIVEAU_INCONNU"]


@pytest.mark.parametrize(
    ("voeux", "expected", "absent"),
    [
        ((), {"AUCUN_VOEU"}, {"FORMATION_SANS_VOEU", "AUCUN_B"}),
        (COMPLETE, {"FORMATION_SANS_VOEU"}, {"AUCUN_VOEU", "AUCUN_B", "B_FRAGILE"}),
        (COMPLETE[:2], {"AUCUN_B"}, {"TOUS_AMBITIEUX"}),
        (COMPLETE[:1], {"AUCUN_B"}, {"TOUS_AMBITIEUX"}),
        ([choisi(f"ta{i}", "fl1", A_PLUS) for i in range(2)], {"TOUS_AMBITIEUX"}, {"AUCUN_B"}),
        ([choisi(f"ta{i}", "fl1", B) for i in range(3)], set(), {"AUCUN_B", "AUTO_CENSURE"}),
        ([choisi("ta1", "fl1", A, bas=0.4, enseignant=B)], {"B_FRAGILE"}, {"AUCUN_B"}),
        ([choisi("ta1", "fl1", INCONNU, bas=None)], {"DONNEES_INSUFFISANTES"}, {"AUCUN_B", "TOUS_AMBITIEUX"}),
        ([choisi("ta1", "fl1", INCONNU, bas=None, declaree=B)], {"B_FRAGILE"}, {"DONNEES_INSUFFISANTES"}),
        ([*COMPLETE, choisi("ta9", "fl1", A, connu=False)], {"VOEU_DISPARU"}, set()),
        ([*COMPLETE, choisi("ta9", "fl1", A, compatible_duree=False)], {"CONTRE_DUREE"}, {"CONTRE_ALTERNANCE"}),
        ([*COMPLETE, choisi("ta9", "fl1", A, compatible_alternance=False)], {"CONTRE_ALTERNANCE"}, {"CONTRE_DUREE"}),
        ([choisi("ta1", "fl1", A, distance_km=80.0)], {"HORS_COMMUNES"}, set()),
        (
            [choisi("ta1", "fl1", A, distance_km=80.0), choisi("ta2", "fl1", B, distance_km=9.0)],
            set(),
            {"HORS_COMMUNES"},
        ),
        ([choisi("ta1", "fl1", A, distance_km=None)], set(), {"HORS_COMMUNES"}),
    ],
)
def test_findings(voeux, expected: set[str], absent: set[str]):
    found = codes(diagnose(*voeux))
    assert expected <= found
    assert not absent & found


def test_one_solid_b_is_enough():
    voeux = (choisi("ta1", "fl1", A, bas=0.4, enseignant=B), choisi("ta2", "fl1", B, bas=0.75))
    assert "B_FRAGILE" not in codes(diagnose(*voeux))


@pytest.mark.parametrize(
    ("declaree", "estimees", "code"),
    [
        (B, (A_PLUS, A_PLUS), "DECLARE_TROP_SUR"),
        (A_PLUS, (B, B), "DECLARE_TROP_PRUDENT"),
        (B, (A_PLUS, A), None),
        (A, (A_PLUS, B), None),
        (B, (INCONNU,), None),
    ],
)
def test_declared_class_far_from_every_estimate(declaree: ClasseVoeu, estimees, code: str | None):
    voeux = [choisi(f"ta{i}", "fl1", estimee, declaree=declaree) for i, estimee in enumerate(estimees)]
    found = {c.code: c.ids for c in diagnose(*voeux).constats if c.code.startswith("DECLARE")}
    assert found == ({code: ("fl1",)} if code else {})


def test_empty_profile_and_missing_formation():
    assert {"PROFIL_VIDE", "AUCUNE_FORMATION"} <= codes(diagnose(completude=REGLES.completude_vide, formations=()))
    assert "PROFIL_VIDE" not in codes(diagnose(completude=REGLES.completude_vide + 1))


@pytest.mark.parametrize(
    ("fili", "apprentissage", "number", "expected"),
    [
        ("Licence", False, 10, set()),
        ("Licence", False, 11, {"TROP_DE_VOEUX"}),
        ("Licence", True, 11, {"TROP_D_APPRENTISSAGE"}),
        ("BTS", False, 10, set()),
        ("BTS", False, 11, {"TROP_DE_SOUS_VOEUX"}),
        ("BTS", False, 21, {"TROP_DE_SOUS_VOEUX", "TROP_DE_SOUS_VOEUX_EN_TOUT"}),
        ("PASS", False, 10, set()),
        ("PASS", False, 11, {"TROP_DE_VOEUX"}),
        ("Licence_Las", False, 30, set()),
        ("", False, 30, set()),
    ],
)
def test_limits_of_parcoursup(fili: str, apprentissage: bool, number: int, expected: set[str]):
    voeux = [choisi(f"ta{i}", "fl1", A, fili=fili, apprentissage=apprentissage) for i in range(number)]
    assert {code for code in codes(diagnose(*voeux)) if code.startswith("TROP")} == expected


def test_a_voeu_multiple_counts_for_one():
    voeux = [choisi(f"ta{i}", f"fl{i % 11}", A, fili="BTS") for i in range(20)]
    found = diagnose(*voeux, formations=tuple(f"fl{i}" for i in range(11)))
    assert {code for code in codes(found) if code.startswith("TROP")} == {"TROP_DE_VOEUX"}


def test_a_voeu_of_an_unlisted_formation_still_counts():
    found = diagnose(choisi("ta1", "fl7", A), formations=("fl1",))
    assert found.comptes[A] == 1
    assert {manque.ids for manque in found.jalon.manques} == {("fl1",), ("fl7",)}

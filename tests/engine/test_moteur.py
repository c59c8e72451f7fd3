"""What must hold for any profile, on a small data set."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.graphe import PASS
from mps_desktop.engine.moteur import Affinites, Moteur
from mps_desktop.engine.profil import Choix, Profil
from tests.engine.petit_jeu import BTS, FROMAGER, ISOLEE, JEU, LAS, LICENCE

MOTEUR = Moteur(JEU, "reference")
NODES = ["fl1", "fl2", "fl2047", "fl1000001", "fr9", "MET.1", "MET.2", "MET.3", "fl404", "MET.404", "T-IDEO2.1", ""]

PROFILS = st.builds(
    Profil,
    bac=st.sampled_from(["Générale", "STMG", "P", "NC", "", " "]),
    duree=st.sampled_from([None, "", "court", "long", "indiff"]),
    apprentissage=st.sampled_from([None, "", "A", "B", "C"]),
    communes=st.lists(st.sampled_from(["00001", "00002", "00003", "x"]), max_size=4).map(tuple),
    specialites=st.lists(st.sampled_from(["mat1", "mat2", "mat9"]), max_size=3).map(tuple),
    interets=st.lists(st.sampled_from(["ci1", "dom1", "dom2", "dom9", ""]), max_size=4).map(tuple),
    moyenne=st.none() | st.floats(0, 40),
    choix=st.lists(
        st.builds(Choix, st.sampled_from(NODES), st.integers(-1, 3), st.none() | st.integers(1, 5)), max_size=8
    ).map(tuple),
)


@given(PROFILS)
def test_affinities_are_finite_between_0_and_1_and_the_best_has_1(profil: Profil):
    found = MOTEUR.affinites(profil)
    assert np.isfinite(found.brutes).all()
    assert ((found.normalisees >= 0) & (found.normalisees <= 1)).all()
    assert (found.brutes[~found.retenues] == 0).all()
    assert found.normalisees.max() == (1.0 if found.retenues.any() else 0.0)
    for values in found.sous_scores.values():
        assert np.isfinite(values).all()


@given(PROFILS)
def test_refused_formations_never_have_an_affinity(profil: Profil):
    refused = {choix.id for choix in profil.choix if choix.statut == 2}
    for suggestion in MOTEUR.classer(profil):
        if suggestion.formation_id in refused:
            assert (suggestion.affinite, suggestion.sous_scores) == (0.0, {})


@given(PROFILS, st.integers(0, 7))
def test_a_ranking_holds_every_formation_once_and_a_limit_only_cuts_it(profil: Profil, limite: int):
    whole = MOTEUR.classer(profil)
    if not whole:
        assert MOTEUR.classer_metiers(profil) == ()
        return
    assert sorted(s.formation_id for s in whole) == sorted(f.id for f in JEU.formations)
    assert [s.rang for s in whole] == list(range(1, len(whole) + 1))
    assert MOTEUR.classer(profil, limite) == whole[:limite]
    positive = [s.affinite > 0 for s in whole]
    assert positive == sorted(positive, reverse=True)


@given(PROFILS, st.randoms(use_true_random=False))
def test_order_inside_the_profile_changes_nothing(profil: Profil, chance: random.Random):
    turned = dataclasses.replace(
        profil,
        **{
            name: tuple(chance.sample(getattr(profil, name), len(getattr(profil, name))))
            for name in ("communes", "specialites", "interets", "choix")
        },
    )
    assert_same(MOTEUR.affinites(turned), MOTEUR.affinites(profil))
    assert MOTEUR.classer(turned) == MOTEUR.classer(profil)
    assert MOTEUR.classer_metiers(turned) == MOTEUR.classer_metiers(profil)


@given(PROFILS, st.randoms(use_true_random=False))
def test_order_of_the_data_set_changes_nothing(profil: Profil, chance: random.Random):
    turned = dataclasses.replace(
        JEU,
        **{
            name: tuple(chance.sample(getattr(JEU, name), len(getattr(JEU, name))))
            for name in ("formations", "formation_metier", "metier_formation", "formation_domaine", "atome_element")
        },
    )
    other = Moteur(turned, "reference")
    assert_same(other.affinites(profil), MOTEUR.affinites(profil))
    assert other.classer(profil) == MOTEUR.classer(profil)
    assert other.classer_metiers(profil) == MOTEUR.classer_metiers(profil)


@given(PROFILS)
def test_one_explanation_by_formation_asked_for(profil: Profil):
    asked = tuple(f.id for f in JEU.formations)
    found = MOTEUR.expliquer(profil, asked)
    assert tuple(e.formation_id for e in found) == asked
    for explication in found:
        joined = {metier for formation, metier in JEU.formation_metier if formation == explication.formation_id}
        assert set(explication.exemples) == joined


def assert_same(one: Affinites, other: Affinites) -> None:
    assert one.ids == other.ids
    np.testing.assert_array_equal(one.brutes, other.brutes)
    np.testing.assert_array_equal(one.normalisees, other.normalisees)
    np.testing.assert_array_equal(one.offres, other.offres)


def test_offer_is_places_and_voeux_against_the_rest():
    # Places -1, 40, 60, 100, 200: the third quartile is 100. Vœux 0, 1, 1, 1, 3: the median is 1.
    found = MOTEUR.affinites(Profil(interets=("dom1",), bac="NC"))
    offres = dict(zip(found.ids, found.offres.tolist(), strict=True))
    assert offres == pytest.approx({LICENCE: 1, BTS: 0.4, PASS: 1, LAS: 0, ISOLEE: 0.6})


def test_sub_scores_of_a_suggestion_are_rounded_and_clamped():
    first = MOTEUR.classer(Profil(bac="Générale", choix=(Choix(LICENCE, 1),), interets=("dom1",)), 3)
    scores = {s.formation_id: s.sous_scores for s in first}
    assert scores[ISOLEE]["sim"] == 1.0
    assert scores[LICENCE]["tags"] == 0.1666667


def test_shared_arrays_cannot_be_changed():
    found = MOTEUR.affinites(Profil(bac="Générale", choix=(Choix(FROMAGER, 1),)))
    for shared in (found.offres, found.sous_scores["typebac"]):
        with pytest.raises(ValueError, match="read-only"):
            shared[0] = 9.0


def test_data_set_without_formation():
    empty = Moteur(
        dataclasses.replace(JEU, formations=(), formation_metier=(), las_to_generic=(), las_to_pass=()), "reference"
    )
    assert empty.classer(Profil(bac="NC", interets=("dom1",))) == ()
    assert empty.affinites(Profil(bac="NC", interets=("dom1",), communes=("00001",))).max_brute == 0.0

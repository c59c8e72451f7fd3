"""What must hold in corrected mode for any profile."""

from __future__ import annotations

import dataclasses
import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.chemins import Chemins
from mps_desktop.engine.classement import BON_CANDIDAT, EN_VUE, POIDS_OFFRE, soft_ranking
from mps_desktop.engine.donnees import PositionVoeu
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.notes import croissante_score
from mps_desktop.engine.profil import Choix, Profil, Statut
from mps_desktop.engine.scores import PART_SANTE_SEULE
from mps_desktop.engine.tables import MoyennesBac
from tests.engine.deux_moteurs import formation, linked
from tests.engine.petit_jeu import BTS, FROMAGER, ISOLEE, JEU, LAS, LICENCE, PLONGEUR, TESTVILLE
from tests.engine.test_moteur import PROFILS

MOTEUR = Moteur(JEU)
TASTES = ("dom1", "dom2", "ci1", "MET.1", "MET.2", "MET.3")


def test_the_product_uses_the_corrected_mode():
    assert MOTEUR.mode == "corrige"


@given(PROFILS)
def test_scores_are_finite_and_between_0_and_1(profil: Profil):
    found = MOTEUR.affinites(profil)
    for values in (found.brutes, found.normalisees, found.offres, *found.sous_scores.values()):
        assert np.isfinite(values).all()
        assert ((values >= 0) & (values <= 1)).all()
    for metier in MOTEUR.classer_metiers(profil):
        assert 0 <= metier.score <= 1
    assert found.normalisees.max(initial=0.0) in (0.0, 1.0)


@given(PROFILS, st.randoms(use_true_random=False))
def test_order_inside_the_profile_and_the_data_changes_nothing(profil: Profil, chance: random.Random):
    def shuffled(values: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chance.sample(values, len(values)))

    turned = dataclasses.replace(
        profil, **{name: shuffled(getattr(profil, name)) for name in ("communes", "specialites", "interets", "choix")}
    )
    assert MOTEUR.classer(turned) == MOTEUR.classer(profil)
    lists = ("formations", "formation_metier", "metier_formation", "formation_domaine", "domaine_metier",
             "interet_metier", "metier_associe", "atome_element")  # fmt: skip
    other = Moteur(dataclasses.replace(JEU, **{name: shuffled(getattr(JEU, name)) for name in lists}))
    assert other.classer(profil) == MOTEUR.classer(profil)
    assert other.classer_metiers(profil) == MOTEUR.classer_metiers(profil)


@given(PROFILS, st.sampled_from(TASTES))
def test_a_matching_taste_never_lowers_a_formation_below_one_of_its_type_that_it_does_not_match(
    profil: Profil, taste: str
):
    """Formations tied to the taste against those of the same type that are not: no place is lost.

    A taste that was refused is not added (the same id would be liked and refused), and a formation
    that the taste makes visible is a new one: it has no place before.
    """
    if taste.startswith("MET"):
        more = dataclasses.replace(profil, choix=(*profil.choix, Choix(taste, Statut.FAVORI)))
    else:
        more = dataclasses.replace(profil, interets=(*profil.interets, taste))
    tied = tied_to(taste)
    types = {f.id: f.type for f in JEU.formations}
    before, after = (places(one) for one in (profil, more))
    for one in tied & before.keys():
        for other in (before.keys() & after.keys()) - tied:
            if types[other] == types[one] and before[one] < before[other]:
                assert after[one] < after[other]


def places(profil: Profil) -> dict[str, int]:
    return {s.formation_id: s.rang for s in MOTEUR.classer(profil) if s.affinite > 0}


def tied_to(taste: str) -> set[str]:
    ids = tuple(sorted(f.id for f in JEU.formations))
    vectors = Chemins(MOTEUR.graphe, ids, 2).from_source(taste)
    assert vectors is not None
    return {one for one, value in zip(ids, vectors.scores_formations.tolist(), strict=True) if value > 0}


@given(PROFILS, st.floats(0, 40), st.floats(0, 40))
def test_a_better_average_never_lowers_the_grade_score(profil: Profil, one: float, other: float):
    lower, higher = (
        MOTEUR.affinites(dataclasses.replace(profil, moyenne=moyenne)).sous_scores for moyenne in sorted((one, other))
    )
    if lower:
        assert (lower["moygen"] <= higher["moygen"] + 1e-12).all()


@given(st.lists(st.integers(0, 39), min_size=5, max_size=5).map(sorted), st.floats(0, 40), st.floats(0, 0.01))
def test_the_curve_is_continuous_and_climbs_from_0_to_1(ranks: list[int], moyenne: float, step: float):
    figures = MoyennesBac(np.array([True]), *(np.array([float(value)]) for value in (*ranks, 39)))
    here, there = (float(croissante_score(min(at, 40.0), figures)[0]) for at in (moyenne, moyenne + step))
    assert 0 <= here <= there <= 1
    assert there - here <= 2 * step
    assert croissante_score(0.0, figures)[0] == 0


ROWS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 1e-9, 0.1, 0.25, 0.5, 0.9, 1.0]),
        st.sampled_from([0.0, 0.5, 1.0]),
        st.sampled_from("abc"),
    ),
    max_size=40,
)  # fmt: skip


@given(ROWS, st.sampled_from([0.2, 0.6, 0.9]), st.integers(0, 40))
def test_nothing_comes_before_what_is_worth_twice_as_much(
    rows: list[tuple[float, float, str]], facteur: float, limite: int
):
    affinites, offres = (np.array([row[column] for row in rows]) for column in (0, 1))
    types = [row[2] for row in rows]
    found = soft_ranking(affinites, offres, types, facteur, len(rows))
    assert sorted(found) == list(range(len(rows)))
    assert soft_ranking(affinites, offres, types, facteur, limite) == found[:limite]
    worth = (affinites * (1 - POIDS_OFFRE * (1 - offres)))[found].tolist()
    for rank, value in enumerate(worth):
        assert value >= BON_CANDIDAT * max(worth[rank:])
    for kind in set(types):
        own = [value for value, index in zip(worth, found, strict=True) if types[index] == kind]
        assert own == sorted(own, reverse=True)


@given(PROFILS)
def test_contributions_multiply_to_the_affinity(profil: Profil):
    every = tuple(f.id for f in JEU.formations)
    found = MOTEUR.affinites(profil)
    raw = dict(zip(found.ids, found.brutes.tolist(), strict=True))
    refused = {choix.id for choix in profil.choix if choix.statut == Statut.REJETE}
    for contribution in MOTEUR.contributions(profil, every):
        values = contribution.multiplicateurs.values()
        assert all(0 < value <= 1 for value in values)
        if contribution.retenue:
            assert contribution.brute == pytest.approx(math.prod(values), rel=1e-9)
            if contribution.formation_id not in refused:
                assert contribution.brute == raw[contribution.formation_id]
            assert sum(contribution.parts().values()) == pytest.approx(1.0) or contribution.brute == 1.0
            assert math.exp(sum(contribution.logarithmes().values())) == pytest.approx(contribution.brute)


def test_what_the_student_did_not_say_multiplies_by_one():
    (found,) = MOTEUR.contributions(Profil(bac="NC", interets=("dom1",)), (LICENCE,))
    assert {critere for critere, value in found.multiplicateurs.items() if value != 1} == {"tags"}
    assert found.parts() == pytest.approx({**dict.fromkeys(found.multiplicateurs, 0.0), "tags": 1.0})
    nothing = MOTEUR.contributions(Profil(bac="NC"), (LICENCE, "fl404"))
    assert [one.multiplicateurs for one in nothing] == [{}, {}]
    (hidden,) = MOTEUR.contributions(Profil(bac="NC", interets=("dom1",)), (LAS,))
    assert not hidden.retenue


def test_a_batch_gives_the_same_order():
    profils = (
        Profil(bac="Générale", interets=("dom1",), communes=(TESTVILLE,), choix=(Choix(PLONGEUR, Statut.FAVORI),)),
        Profil(bac="NC"),
        Profil(bac="STMG", choix=(Choix(LICENCE, Statut.FAVORI), Choix(BTS, Statut.REJETE))),
    )
    for profil, palmares in zip(profils, MOTEUR.classer_lot(profils, 3, 2), strict=True):
        whole = MOTEUR.classer(profil, 3)
        assert palmares.formations == tuple(s.formation_id for s in whole)
        assert palmares.affinites == tuple(s.affinite for s in whole)
        assert palmares.metiers == MOTEUR.classer_metiers(profil, limite=2)


def test_a_favourite_is_fully_alike_to_itself():
    found = MOTEUR.affinites(Profil(bac="NC", choix=(Choix(ISOLEE, Statut.FAVORI),)))
    sim = dict(zip(found.ids, found.sous_scores["sim"].tolist(), strict=True))
    assert sim[ISOLEE] == 1.0
    assert sim[LICENCE] == 1.0
    assert sim[BTS] == 0.0


def test_metiers_are_found_from_a_formation():
    (first, *_) = MOTEUR.classer_metiers(Profil(bac="NC", choix=(Choix(LICENCE, Statut.FAVORI),)))
    assert first.metier_id == FROMAGER


@pytest.mark.parametrize("favori", [f.id for f in JEU.formations if f.id != LAS])
def test_a_favourite_alone_is_first_of_its_own_list(favori: str):
    """The reference has it last: nothing in the graph leads from a formation to itself."""
    profil = Profil(bac="NC", choix=(Choix(favori, Statut.FAVORI),))
    assert MOTEUR.classer(profil)[0].formation_id == favori
    last = [s.formation_id for s in Moteur(JEU, "reference").classer(profil) if s.affinite > 0]
    assert last == [] or last[0] != favori
    disliked = dataclasses.replace(profil, choix=(Choix(favori, Statut.FAVORI, 2),))
    assert MOTEUR.classer(disliked) == ()


def test_health_alone_weighs_little_for_a_licence_acces_sante():
    def tags(*tastes: str) -> dict[str, float]:
        found = MOTEUR.affinites(Profil(bac="Générale", interets=tastes, choix=(Choix("MET.3", Statut.FAVORI),)))
        return dict(zip(found.ids, found.sous_scores["tags"].tolist(), strict=True))

    health, both = tags(), tags("dom1")
    whole = MOTEUR.graphe.successors("MET.3")[LAS] * 2 / 6
    assert health[LAS] == pytest.approx(PART_SANTE_SEULE * whole)
    # Its own subject counts in full.
    assert both[LAS] - health[LAS] == pytest.approx(both[LICENCE] - health[LICENCE])
    assert both[LICENCE] > health[LICENCE] == 0


def test_a_loved_formation_that_nothing_suits_stays_in_sight():
    """Forty formations that suit, and one that is loved, far, long, and that no such bac enters."""
    far = (PositionVoeu("tafar", 43.6, 1.4),)
    suited = [formation(f"fl{rank}", duree=2, type="t") for rank in range(1, 41)]
    loved = formation(
        "fl99", type="u", duree=5, voeux=far, nb_admis_par_bac={"NC": 100}, pct_specialites={"mat1": 0, "mat2": 50}
    )
    moteur = Moteur(linked(*suited, loved))
    profil = Profil(
        bac="STMG", interets=("dom1",), communes=(TESTVILLE,), duree="court", choix=(Choix("fl99", Statut.FAVORI, 5),)
    )
    ranked = [s.formation_id for s in moteur.classer(profil)]
    assert ranked.index("fl99") == EN_VUE - 1
    assert sorted(ranked) == sorted(f"fl{rank}" for rank in (*range(1, 41), 99))
    for limite in (0, 5, 19, 20, 25):
        assert [s.formation_id for s in moteur.classer(profil, limite)] == ranked[:limite]
        (palmares,) = moteur.classer_lot([profil], limite)
        assert list(palmares.formations) == ranked[:limite]
    liked = dataclasses.replace(profil, choix=(Choix("fl99", Statut.FAVORI, 4),))
    assert [s.formation_id for s in moteur.classer(liked)].index("fl99") >= EN_VUE
    refused = dataclasses.replace(profil, choix=(*profil.choix, Choix("fl99", Statut.REJETE)))
    assert "fl99" not in [s.formation_id for s in moteur.classer(refused) if s.affinite > 0]

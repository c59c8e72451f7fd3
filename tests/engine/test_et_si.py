"""What-if, weights and measures, on the small invented data set."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mps_desktop.engine.et_si import Changement, compare, ranks
from mps_desktop.engine.mesures import Chemin, DistanceCommune
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.pesee import mean_logarithms, weigh
from mps_desktop.engine.profil import Choix, Profil, Statut
from tests.engine.petit_jeu import BTS, FAUXBOURG, FROMAGER, ISOLEE, JEU, LICENCE, PLONGEUR, SANS_POINT, TESTVILLE

MOTEUR = Moteur(JEU)
PROFIL = Profil(
    bac="Générale",
    duree="court",
    apprentissage="A",
    communes=(TESTVILLE,),
    specialites=("mat1",),
    interets=("dom1", "ci1"),
    moyenne=26.0,
    choix=(Choix(FROMAGER, Statut.FAVORI),),
)

profils = st.builds(
    Profil,
    bac=st.sampled_from(["Générale", "STMG", "P", "NC"]),
    duree=st.sampled_from([None, "court", "long", "indiff"]),
    apprentissage=st.sampled_from([None, "A", "B", "C"]),
    communes=st.sets(st.sampled_from([TESTVILLE, FAUXBOURG, SANS_POINT])).map(lambda c: tuple(sorted(c))),
    specialites=st.sets(st.sampled_from(["mat1", "mat2"])).map(lambda s: tuple(sorted(s))),
    interets=st.sets(st.sampled_from(["dom1", "dom2", "ci1"])).map(lambda s: tuple(sorted(s))),
    moyenne=st.none() | st.integers(0, 40).map(float),
    choix=st.sampled_from([(), (Choix(FROMAGER, Statut.FAVORI),), (Choix(LICENCE, Statut.FAVORI),)]),
)


@given(profils)
def test_no_change_moves_nothing(profil: Profil):
    assert Changement().apply(profil) == profil
    found = compare(MOTEUR, profil, Changement().apply(profil), 3)
    assert found.immobile
    assert all(one.gain == 0 for one in found.restent)


@settings(max_examples=60)
@given(profils, profils)
def test_a_move_seen_backwards_is_its_opposite(one: Profil, other: Profil):
    there, back = compare(MOTEUR, one, other, 2), compare(MOTEUR, other, one, 2)
    assert {m.formation_id for m in there.entrent} == {m.formation_id for m in back.sortent}
    assert {m.formation_id: m.gain for m in there.restent} == {m.formation_id: -m.gain for m in back.restent}


def test_changes_apply_to_their_field_only():
    changed = Changement(communes=(), moyenne=30.0, duree="").apply(PROFIL)
    assert changed == replace(PROFIL, communes=(), moyenne=30.0, duree="")
    assert Changement(bac="STMG", specialites=("mat2",), apprentissage="C").apply(PROFIL) == replace(
        PROFIL, bac="STMG", specialites=("mat2",), apprentissage="C"
    )
    assert Changement(interets=("dom2",)).apply(PROFIL) == replace(PROFIL, interets=("dom2",))


def test_a_wish_of_long_studies_brings_the_licence_up():
    short = replace(PROFIL, bac="NC", communes=(), specialites=(), moyenne=None)
    longer = Changement(duree="long", apprentissage="C").apply(short)
    assert (ranks(MOTEUR, short)[BTS], ranks(MOTEUR, longer)[LICENCE]) == (1, 1)
    found = compare(MOTEUR, short, longer, 1)
    assert [m.formation_id for m in found.entrent] == [LICENCE]
    assert [(m.formation_id, m.avant, m.apres) for m in found.sortent] == [(BTS, 1, 2)]
    assert not found.immobile


@given(profils)
def test_weights_add_up_to_one_and_to_the_gap_of_the_log_score(profil: Profil):
    head = tuple(ranks(MOTEUR, profil))
    scored = MOTEUR.contributions(profil, head)
    moyennes = mean_logarithms(scored)
    mean = sum(math.log(one.brute) for one in scored) / len(scored) if scored else 0.0
    for one in scored:
        poids = weigh(one, moyennes)
        total = sum(each.part for each in poids)
        assert total == pytest.approx(1.0) or total == 0.0
        assert sum(each.apport for each in poids) == pytest.approx(math.log(one.brute) - mean, abs=1e-6)
        assert [each.part for each in poids] == sorted((each.part for each in poids), reverse=True)


def test_an_unknown_formation_weighs_nothing():
    assert weigh(MOTEUR.contributions(PROFIL, ("fl404",))[0], {}) == ()
    assert mean_logarithms(()) == {}


def test_measures_tell_the_good_and_the_bad():
    licence, bts, isolee = MOTEUR.mesurer(PROFIL, (LICENCE, BTS, "fl404", ISOLEE))
    assert (licence.annees, licence.apprentissage, licence.pct_bac) == (5, False, 80)
    assert licence.specialites is not None
    assert [(part.specialite_id, part.pct) for part in licence.specialites] == [("mat1", 30)]
    assert licence.moyenne is not None
    assert licence.moyenne.bac_utilise == "Générale"
    assert licence.distances == (DistanceCommune(TESTVILLE, 0),)
    assert licence.chemins[:2] == (Chemin(FROMAGER, "", 1.0), Chemin("dom1", "", 1.0))
    assert bts.pct_bac == 0
    assert {(c.source, c.par) for c in bts.chemins} >= {(FROMAGER, ""), ("ci1", PLONGEUR), ("dom1", FROMAGER)}
    assert isolee.pct_bac is None
    assert isolee.chemins == ()
    assert isolee.specialites is None


def test_measures_know_favourites_and_far_towns():
    profil = Profil(bac="Générale", communes=(FAUXBOURG, SANS_POINT), choix=(Choix(LICENCE, Statut.FAVORI),))
    (bts,) = MOTEUR.mesurer(profil, (BTS,))
    assert [one.favori_id for one in bts.similaires] == [LICENCE]
    assert bts.distances[0].commune_id == FAUXBOURG
    assert bts.distances[0].km is not None
    assert bts.distances[1] == DistanceCommune(SANS_POINT, None)
    assert bts.moyenne is None

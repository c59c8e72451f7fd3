"""Rules of the reference that no known set of answers reaches: read in the specification, proved on small data."""

from __future__ import annotations

import dataclasses
import json
import math

import numpy as np
import pytest

from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.explications import RaisonBac, RaisonGouts, RaisonVoisine
from mps_desktop.engine.graphe import build_graphe
from mps_desktop.engine.jeu_neutre import read_profil
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.preparation import TableauxPerimes, from_bytes, prepare, to_bytes
from mps_desktop.engine.profil import COMMUNE_NULLE, Choix, Profil, Statut
from mps_desktop.engine.reponse_neutre import answer, answers
from tests.engine.petit_jeu import BTS, FROMAGER, GUERISSEUR, ISOLEE, JEU, LAS, LICENCE, PLONGEUR, TESTVILLE


def reference(**changes: object) -> Moteur:
    return Moteur(dataclasses.replace(JEU, **changes), "reference")  # type: ignore[arg-type]  # fields by name


def changed(formation: str, **changes: object) -> JeuDeDonnees:
    formations = tuple(
        dataclasses.replace(f, **changes) if f.id == formation else f  # type: ignore[arg-type]  # fields by name
        for f in JEU.formations
    )
    return dataclasses.replace(JEU, formations=formations)


def liked(*ids: str) -> tuple[Choix, ...]:
    return tuple(Choix(one, Statut.FAVORI) for one in ids)


def test_nobody_admitted_and_nobody_of_that_bac_poisons_everything():
    moteur = Moteur(changed(BTS, nb_admis_par_bac={"NC": 0, "Générale": 0}), "reference")
    profil = Profil(bac="Générale", choix=liked(FROMAGER))
    found = answer(moteur, "p", profil)
    assert math.isnan(found["max_raw"])
    assert found["nb_positive"] == 0
    assert found["suggestions_by_id"] == [[f, 0.0] for f in sorted(f.id for f in JEU.formations)]
    assert found["affinities"][LICENCE][1] == 0.0
    assert math.isnan(found["affinities"][BTS][0])
    assert math.isnan(json.loads(json.dumps(found))["max_raw"])


def test_nobody_admitted_but_some_of_that_bac_is_an_infinite_share():
    moteur = Moteur(changed(BTS, nb_admis_par_bac={"NC": 0, "Générale": 3}), "reference")
    profil = Profil(bac="Générale", choix=liked(FROMAGER))
    found = moteur.affinites(profil)
    assert found.sous_scores["typebac"][found.ids.index(BTS)] == 1.0
    (explained,) = moteur.expliquer(profil, (BTS,))
    assert RaisonBac("Générale", 2**31 - 1) in explained.raisons
    # Absent is not zero: no admitted of that bac at all scores 0.
    absent = Moteur(changed(BTS, nb_admis_par_bac={"NC": 0}), "reference").affinites(profil)
    assert absent.sous_scores["typebac"][absent.ids.index(BTS)] == 0.0


def test_missing_capacities_are_below_everything():
    lost = dataclasses.replace(JEU, formations=tuple(dataclasses.replace(f, capacite=-1) for f in JEU.formations))
    assert Moteur(lost, "reference").p75_capacite == -1
    mixed = changed(LICENCE, capacite=-1)
    moteur = Moteur(mixed, "reference")
    # Places -1, -1, 40, 60, 200 and median of vœux 1: a missing capacity is a negative share.
    assert moteur.p75_capacite == 60
    found = moteur.affinites(Profil(bac="NC", interets=("dom1",)))
    assert found.offres[found.ids.index(LICENCE)] == pytest.approx(-1 / 60)
    none = dataclasses.replace(
        JEU, formations=tuple(dataclasses.replace(f, capacite=0 if f.id != BTS else -1) for f in JEU.formations)
    )
    ranked = Moteur(none, "reference").classer(Profil(bac="NC", interets=("dom1",)))
    assert sorted(s.formation_id for s in ranked) == sorted(f.id for f in JEU.formations)


def test_edge_between_formations_is_a_second_kind_of_likeness():
    moteur = reference(formation_domaine=(*JEU.formation_domaine, (ISOLEE, LICENCE)))
    (explained,) = moteur.expliquer(Profil(bac="NC", choix=liked(ISOLEE, "dom1")), (LICENCE,))
    assert explained.raisons == (RaisonGouts(("dom1", ISOLEE)), RaisonVoisine(ISOLEE))


def test_pair_of_the_join_only_weighs_one_from_the_formation():
    moteur = reference(formation_metier=(*JEU.formation_metier, (ISOLEE, FROMAGER)))
    (metier, *_) = moteur.classer_metiers(Profil(bac="NC", choix=liked(ISOLEE)))
    assert (metier.metier_id, metier.score) == (FROMAGER, 1.0)


def test_chains_of_groups_follow_the_order_of_the_list():
    forward = dataclasses.replace(
        JEU, metier_formation=((FROMAGER, "fl30"),), formation_psup_to_mps=(("fl30", "fl31"), ("fl31", ISOLEE))
    )
    backward = dataclasses.replace(forward, formation_psup_to_mps=(("fl31", ISOLEE), ("fl30", "fl31")))
    assert ISOLEE in build_graphe(forward).successors(FROMAGER)
    assert ISOLEE not in build_graphe(backward).successors(FROMAGER)
    assert "fl31" not in build_graphe(backward).index


def test_last_of_two_conflicting_weights_wins():
    # The LAS of the join is weak (0.25) for the métier of PASS; the licence then gives 1.0, PASS 0.25 again.
    both = dataclasses.replace(JEU, metier_formation=(*JEU.metier_formation, (GUERISSEUR, LICENCE)))
    assert build_graphe(both).successors(GUERISSEUR)[LAS] == 0.25
    # Two Parcoursup formations of the same group, one of them known by the join only.
    twice = dataclasses.replace(
        JEU,
        formation_psup_to_mps=(("fl11", BTS), ("fl12", BTS)),
        formation_metier=(*JEU.formation_metier, (BTS, GUERISSEUR)),
        metier_formation=(*JEU.metier_formation, (GUERISSEUR, "fl12")),
    )
    assert build_graphe(twice).successors(BTS)[GUERISSEUR] == 0.01


def test_blank_bac_is_unknown_for_the_score_and_technological_for_the_variety():
    moteur = reference()
    blank, unknown = (Profil(bac=bac, interets=("dom1",)) for bac in (" ", "NC"))
    np.testing.assert_array_equal(moteur.affinites(blank).brutes, moteur.affinites(unknown).brutes)


def test_null_town_fails_once_a_distance_is_needed():
    moteur = reference()
    raw = {"bac": "Générale", "geo_pref": [None], "interests": ["dom1"]}
    assert set(answer(moteur, "p", read_profil(raw))) == {"id", "error"}
    # Nothing passes the personal criteria: no distance is computed for the ranking.
    alone = Profil(bac="Générale", communes=(COMMUNE_NULLE,))
    assert {s.affinite for s in moteur.classer(alone)} == {0.0}
    empty_name = read_profil({**raw, "geo_pref": [""]})
    assert "error" not in answer(moteur, "p", empty_name)


def test_explicit_list_of_metiers():
    moteur = reference()
    profil = Profil(bac="NC", interets=("dom1",), choix=(Choix(PLONGEUR, Statut.REJETE),))
    asked = moteur.classer_metiers(profil, (PLONGEUR, "MET.404", FROMAGER, FROMAGER, "dom1"))
    assert [(m.metier_id, m.score) for m in asked] == [(FROMAGER, 0.01), ("MET.404", 0.0), ("dom1", 0.0)]
    assert moteur.classer_metiers(profil, ()) == ()
    assert moteur.classer_metiers(profil, (FROMAGER, GUERISSEUR), limite=1) == asked[:1]


def test_whole_answer_has_the_neutral_shape():
    profils = (
        ("plein", Profil(bac="P", interets=("dom1",), specialites=("mat1",), communes=(TESTVILLE,))),
        ("vide", Profil(bac="P")),
        ("faux", Profil(bac=None, interets=("dom1",))),
    )
    found = answers(reference(), profils)
    assert (found["p50_nb_voeux"], found["p75_capacite"], found["mode"]) == (1, 100, "reference")
    full, empty, wrong = found["profiles"]
    assert set(full) == {
        "id", "nothing_personal", "affinities", "max_raw", "nb_positive", "suggestions", "suggestions_by_id",
        "explanations", "nb_metiers", "nb_metiers_positive", "metiers_by_id",
    }  # fmt: skip
    assert {len(row) for row in full["affinities"].values()} == {len(found["columns"])}
    assert empty == {"id": "vide", "nothing_personal": True}
    assert set(wrong) == {"id", "error"}


@pytest.mark.parametrize("mode", ["reference", "corrige"])
def test_prepared_arrays_give_the_same_engine(mode: str):
    whole = Moteur(JEU, mode)  # type: ignore[arg-type]  # one of the two modes
    stored = Moteur.from_arrays(from_bytes(to_bytes(prepare(JEU, mode))))  # type: ignore[arg-type]  # idem
    assert stored.mode == mode
    profil = Profil(bac="Générale", interets=("dom1", "ci1"), communes=(TESTVILLE,), specialites=("mat1",),
                    moyenne=26.0, choix=liked(LICENCE, PLONGEUR))  # fmt: skip
    assert stored.classer(profil) == whole.classer(profil)
    assert stored.classer_metiers(profil) == whole.classer_metiers(profil)
    every = tuple(f.id for f in JEU.formations)
    assert stored.expliquer(profil, every) == whole.expliquer(profil, every)


def test_arrays_of_another_version_are_refused():
    arrays = prepare(JEU)
    with pytest.raises(TableauxPerimes):
        Moteur.from_arrays({**arrays, "version": arrays["version"] + 1})
    for content in (b"", b"nonsense", to_bytes(arrays)[:-9]):
        with pytest.raises(TableauxPerimes):
            from_bytes(content)

from __future__ import annotations

import dataclasses

import pytest

from mps_desktop.engine.distances import VoeuProche
from mps_desktop.engine.donnees import Percentiles
from mps_desktop.engine.explications import (
    PartSpecialite,
    Raison,
    RaisonApprentissage,
    RaisonBac,
    RaisonDuree,
    RaisonGouts,
    RaisonMoyenne,
    RaisonProximite,
    RaisonSimilaire,
    RaisonSpecialites,
    RaisonVoisine,
)
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Choix, Profil, Statut
from mps_desktop.engine.reponse_neutre import explanation
from tests.engine.petit_jeu import BTS, FAUXBOURG, FROMAGER, GUERISSEUR, ISOLEE, JEU, LAS, LICENCE, PLONGEUR, TESTVILLE


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    return Moteur(JEU, "reference")


def liked(*ids: str) -> tuple[Choix, ...]:
    return tuple(Choix(one, Statut.FAVORI) for one in ids)


def reasons(moteur: Moteur, formation: str, **champs: object) -> tuple[Raison, ...]:
    profil = Profil(**{"bac": "Générale", **champs})  # type: ignore[arg-type]  # fields given by name
    (found,) = moteur.expliquer(profil, (formation,))
    assert found.formation_id == formation
    return found.raisons


def test_every_reason_in_the_order_of_the_reference(moteur: Moteur):
    profil = Profil(
        bac="Générale", duree="Court", apprentissage="B", communes=(TESTVILLE,), specialites=("mat2", "mat1"),
        moyenne=28.7, choix=liked(LICENCE, PLONGEUR),
    )  # fmt: skip
    bts, isolee = moteur.expliquer(profil, (BTS, ISOLEE))
    share = RaisonSpecialites((PartSpecialite("mat1", 1),))
    assert bts.raisons == (
        RaisonSimilaire(LICENCE, 50_000),
        RaisonGouts((PLONGEUR,)),
        RaisonDuree("Court"),
        RaisonApprentissage("B"),
        share,
        RaisonMoyenne(28.7, 27, Percentiles(10, 12, 14, 16, 18), "NC"),
        share,
    )
    assert isolee.raisons == (
        RaisonSimilaire(LICENCE, 250_000),
        RaisonProximite(TESTVILLE, "Testville", (VoeuProche("ta6", 0),)),
        RaisonDuree("Court"),
    )


def test_neighbouring_voeux_two_at_most_nearest_first(moteur: Moteur):
    found = reasons(moteur, LICENCE, communes=(FAUXBOURG, TESTVILLE, "inconnue"))
    # Fauxbourg is 55 km away: too far to be a reason.
    assert found[0] == RaisonProximite(TESTVILLE, "Testville", (VoeuProche("ta2", 0), VoeuProche("ta1", 55)))
    assert not any(isinstance(raison, RaisonProximite) for raison in found[1:])


def test_bac_of_the_majority(moteur: Moteur):
    assert RaisonBac("Générale", 80) in reasons(moteur, LICENCE)
    for bac in ("STMG", "NC", ""):
        assert not any(isinstance(raison, RaisonBac) for raison in reasons(moteur, LICENCE, bac=bac))


def test_indirect_taste_has_no_source(moteur: Moteur):
    assert reasons(moteur, BTS, interets=("ci1",)) == (RaisonGouts(()),)
    assert reasons(moteur, LICENCE, bac="STMG", interets=("ci1",)) == ()


def test_direct_edge_between_formations():
    jeu = dataclasses.replace(JEU, formation_domaine=(*JEU.formation_domaine, (ISOLEE, LICENCE)))
    found = reasons(Moteur(jeu, "reference"), LICENCE, bac="NC", choix=liked(ISOLEE))
    assert found[:2] == (RaisonGouts((ISOLEE,)), RaisonVoisine(ISOLEE))


def test_what_is_hidden_unknown_or_no_formation(moteur: Moteur):
    assert reasons(moteur, LAS, choix=liked(FROMAGER)) == ()
    assert RaisonGouts((GUERISSEUR,)) in reasons(moteur, LAS, choix=liked(GUERISSEUR))
    assert reasons(moteur, FROMAGER, duree="court") == ()
    # A formation that nobody knows counts as three years long.
    assert reasons(moteur, "fl404", duree="court") == (RaisonDuree("court"),)
    assert reasons(moteur, "fl404", duree="long") == ()


def test_examples_keep_refused_metiers_and_follow_the_tastes(moteur: Moteur):
    profil = Profil(bac="NC", choix=(*liked("dom2"), Choix(GUERISSEUR, Statut.REJETE)))
    las, bts, unknown = moteur.expliquer(profil, (LAS, BTS, "fl404"))
    assert las.exemples == (GUERISSEUR, FROMAGER)
    assert bts.exemples == (PLONGEUR,)
    assert unknown.exemples == ()
    (silent,) = moteur.expliquer(Profil(bac="NC"), (LAS,))
    assert silent.exemples == (FROMAGER, GUERISSEUR)


def test_metiers_in_order(moteur: Moteur):
    ranked = moteur.classer_metiers(Profil(interets=("dom1",), choix=(Choix(PLONGEUR, Statut.REJETE),)))
    # dom1 leads to MET.1 directly, to MET.3 through the LAS (in-degree 4): 1 × 0.0025 / 2.
    assert [(m.metier_id, m.score) for m in ranked] == [(FROMAGER, 0.01), (GUERISSEUR, pytest.approx(0.00125))]
    chosen = moteur.classer_metiers(Profil(interets=("dom1",)), ("MET.404", GUERISSEUR))
    assert [m.metier_id for m in chosen] == [GUERISSEUR, "MET.404"]
    assert chosen[1].score == 0.0
    assert moteur.classer_metiers(Profil()) == ()


def test_neutral_answer_shows_what_the_reference_shows(moteur: Moteur):
    profil = Profil(
        bac="Générale", duree="court", apprentissage="A", communes=(TESTVILLE,), specialites=("mat1",), moyenne=26.0,
        choix=liked(LICENCE, "dom1"),
    )  # fmt: skip
    licence, isolee, bts = (explanation(e) for e in moteur.expliquer(profil, (LICENCE, ISOLEE, BTS)))
    stats = {"spec": {"stats": [{"spe": "mat1", "pct": 3000}]}}
    place = {"city": "Testville", "codeInsee": TESTVILLE}
    middle = {"rangEch10": 20, "rangEch25": 24, "rangEch50": 27, "rangEch75": 30, "rangEch90": 33, "rangMax": 39}
    assert licence == {
        "key": LICENCE,
        "explanations": [
            {"tags": {"ns": ["dom1"]}},
            {"geo": [
                {"distance": 0, **place, "formationAccueil": "ta2"},
                {"distance": 55, **place, "formationAccueil": "ta1"},
            ]},
            stats,
            {"tbac": {"percentage": 80, "bac": "Générale"}},
            {"moygen": {"moy": 26.0, "middle50": middle, "bacUtilise": "Générale"}},
            stats,
        ],
        "examples": [FROMAGER],
    }  # fmt: skip
    assert isolee["explanations"][0] == {"simi": {"fl": LICENCE, "p": 200.0}}
    assert bts["explanations"][0] == {"simi": {"fl": LICENCE, "p": 1.0}}
    assert {"dur": {"option": "court"}} in bts["explanations"]
    assert {"app": {"option": "A"}} in bts["explanations"]
    voisine = Moteur(dataclasses.replace(JEU, formation_domaine=((ISOLEE, LICENCE),)), "reference")
    (linked,) = voisine.expliquer(Profil(bac="NC", choix=liked(ISOLEE)), (LICENCE,))
    assert {"simi": {"fl": ISOLEE, "p": 50.0}} in explanation(linked)["explanations"]

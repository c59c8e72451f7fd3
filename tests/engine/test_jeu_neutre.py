from __future__ import annotations

from typing import Any

import pytest

from mps_desktop.engine.donnees import FormationMoteur, Percentiles, PositionVoeu, Ville
from mps_desktop.engine.jeu_neutre import read_jeu, read_profil, read_profils
from mps_desktop.engine.profil import COMMUNE_NULLE, Choix, Profil

EDGES = (
    "interet_metier", "formation_domaine", "domaine_metier", "metier_associe", "formation_psup_to_mps",
    "las_to_generic", "las_to_pass", "atome_element", "metier_formation",
)  # fmt: skip


def neutral_formation(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "fl1", "label": "Licence - Fromagerie", "type": "fr1", "duree": 3, "apprentissage": True, "las": None,
        "capacite": 10, "voeux": [{"id": "ta1", "lat": 48.0, "lng": 2.0, "ville": "00001", "capacite": 10}],
        "stats": {
            "nb_admis_par_bac": {"NC": 4},
            "moyenne_generale": {"NC": {"r10": 1, "r25": 2, "r50": 3, "r75": 4, "r90": 5, "max": 39}},
            "pct_admis_par_specialite": {"mat1": 7},
            "similaires": {"1": {"fl2": 100000}},
        },
    }  # fmt: skip
    return {**base, **changes}


def neutral(*formations: dict[str, Any]) -> dict[str, Any]:
    return {
        "nodes": [{"id": "MET.1", "kind": "metier", "label": "fromager"}],
        "edges": {name: [[name, "cible"]] for name in EDGES},
        "formation_metier": [["fl1", "MET.1"]],
        "formations": list(formations),
        "villes": [{"id": "00001", "nom": "Testville", "coords": [[48.0, 2.0], [48.1, 2.0]]}],
        "specialites": {"par_bac": {}, "labels": {"mat1": "Fromages"}},
    }


def test_every_field_finds_its_place():
    jeu = read_jeu(neutral(neutral_formation()))
    assert jeu.formations == (
        FormationMoteur(
            "fl1", "Licence - Fromagerie", "fr1", 3, True, None, 10, (PositionVoeu("ta1", 48.0, 2.0),), {"NC": 4},
            {"NC": Percentiles(1, 2, 3, 4, 5, 39)}, {"mat1": 7}, {1: {"fl2": 100000}},
        ),
    )  # fmt: skip
    assert all(getattr(jeu, name) == ((name, "cible"),) for name in EDGES)
    assert jeu.formation_metier == (("fl1", "MET.1"),)
    assert jeu.villes == {"00001": Ville("00001", "Testville", ((48.0, 2.0), (48.1, 2.0)))}
    assert jeu.libelles == {"MET.1": "fromager", "mat1": "Fromages"}


def test_missing_figures():
    (formation,) = read_jeu(neutral(neutral_formation(duree=None, capacite=None, type=None, voeux=[]))).formations
    assert (formation.duree, formation.capacite, formation.type, formation.voeux) == (-1, -1, "", ())


def test_missing_mandatory_field():
    with pytest.raises(KeyError):
        read_jeu({"nodes": []})


def test_profile_with_everything():
    raw = {
        "niveau": "term", "bac": "STMG", "duree": "court", "apprentissage": "A", "geo_pref": ["00001", None],
        "spe_classes": ["mat1"], "interests": [None, "dom1"], "moygen": "28.7", "statut": "1", "autre": 1,
        "choices": [{"fl": "fl1", "status": 1, "score": 4}, {"fl": "fl2", "status": None}, {"fl": None, "status": 2}],
    }  # fmt: skip
    choix = (Choix("fl1", 1, 4), Choix("fl2", -1), Choix("", 2))
    assert read_profils({"profiles": [{"id": "p1", "note": "", "profile": raw}]}) == (
        ("p1", Profil("term", "STMG", "court", "A", ("00001", COMMUNE_NULLE), ("mat1",), ("", "dom1"), 28.7, choix)),
    )


def test_profile_with_nothing():
    assert read_profil({}) == Profil()
    nulls: dict[str, Any] = dict.fromkeys(
        ("niveau", "bac", "duree", "apprentissage", "geo_pref", "interests", "moygen", "choices")
    )
    assert read_profil(nulls) == Profil()


@pytest.mark.parametrize(
    ("text", "number"),
    [("31", 31.0), (" 12.5 ", 12.5), ("-5", -5.0), ("0", 0.0), (27, 27.0), ("1e1", 10.0),
     ("", None), ("  ", None), ("12,5", None), ("nan", None), ("1_0", None), ("quinze", None), (None, None)],
)  # fmt: skip
def test_average_is_a_decimal_number_or_unknown(text: object, number: float | None):
    assert read_profil({"moygen": text}).moyenne == number

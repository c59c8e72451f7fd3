"""The reference mode on data that nobody has seen, against a second, slow reading of the specification."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest

from mps_desktop.engine.comparaison import compare
from mps_desktop.engine.jeu_neutre import read_jeu, read_profil
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.reponse_neutre import answer, answers
from tests.bench.fidelite import confront
from tests.engine.donnees_abimees import DAMAGE, Json, damaged, odd_profile, seeded, small_data
from tests.engine.oracle_naif import OracleNaif

_PROFILS = 8


def one_case(seed: str, times: int | None = None):
    chance = seeded(seed)
    data, done = damaged(small_data(chance), chance, chance.randint(0, 5) if times is None else times)
    return data, [odd_profile(data, chance) for _ in range(_PROFILS)], done


@pytest.mark.parametrize("seed", range(40))
def test_odd_profiles_on_damaged_small_data(seed: int):
    data, profils, done = one_case(f"petit {seed}")
    comparaison, _ = confront(data, profils)
    assert comparaison.ecarts == (), done


def test_every_damage_is_met_and_every_kind_of_reason_is_compared():
    met: set[str] = set()
    reached: dict[str, int] = {}
    for seed in range(40):
        data, profils, done = one_case(f"petit {seed}")
        met.update(done)
        for kind, count in confront(data, profils)[1].items():
            reached[kind] = reached.get(kind, 0) + count
    assert met == DAMAGE.keys()
    kinds = ("simi", "tags", "geo", "dur", "app", "spec", "tbac", "moygen", "erreurs", "rien de personnel", "affinités")
    assert all(reached[kind] > 0 for kind in kinds), reached


def test_a_wrong_engine_would_be_seen():
    """The comparison is not blind: the corrected mode answers something else."""
    data, profils, _ = one_case("petit 0", times=0)
    naive = OracleNaif(data)
    found = answers(Moteur(read_jeu(data), "corrige"), [(str(n), read_profil(p)) for n, p in enumerate(profils)])
    expected = {**found, "profiles": [naive.answer(str(n), p) for n, p in enumerate(profils)]}
    natures = {ecart.nature for ecart in compare(expected, found).ecarts}
    assert {"affinités brutes", "classements"} <= natures


@pytest.fixture(scope="module")
def oracle(partage: Path) -> Path:
    return partage / "oracle"


def test_the_slow_reading_gives_the_expected_answers(oracle: Path):
    """What the comparisons above rest on: the reading itself, on a tenth of the given profiles."""
    data, expected = (
        json.loads(gzip.decompress((oracle / f"{n}.json.gz").read_bytes())) for n in ("dataset", "expected")
    )
    asked = json.loads((oracle / "profiles.json").read_bytes())["profiles"][::10]
    naive = OracleNaif(data)
    found = {
        "columns": expected["columns"], "p50_nb_voeux": naive.p50, "p75_capacite": naive.p75,
        "profiles": [naive.answer(one["id"], one["profile"]) for one in asked],
    }  # fmt: skip
    kept = {one["id"] for one in asked}
    known = {**expected, "profiles": [one for one in expected["profiles"] if one["id"] in kept]}
    assert compare(known, found).ecarts == ()
    graph = json.loads(gzip.decompress((oracle / "expected_graph.json.gz").read_bytes()))
    assert naive.g.out == graph["out"]


def test_odd_profiles_on_the_whole_oracle_and_a_damaged_copy(oracle: Path):
    data = json.loads(gzip.decompress((oracle / "dataset.json.gz").read_bytes()))
    chance = seeded("entier")
    for one in (data, damaged(data, chance)[0]):
        comparaison, _ = confront(one, [odd_profile(one, chance) for _ in range(6)])
        assert comparaison.ecarts == ()


def test_no_formation_at_all_is_an_empty_list_not_a_silent_profile():
    data = {**small_data(seeded(1)), "formations": []}
    found = answer(Moteur(read_jeu(data), "reference"), "p", read_profil({"bac": "P", "interests": ["dom1"]}))
    assert found["nothing_personal"] is False
    assert found["suggestions_by_id"] == []


@pytest.mark.parametrize("mode", ["reference", "corrige"])
def test_a_formation_put_into_a_group_by_the_lists_is_ranked_all_the_same(mode: str):
    data = small_data(seeded(1))
    data["edges"]["formation_psup_to_mps"].append(["fl2", "fl3"])
    profil = read_profil({"bac": "P", "interests": ["dom1", "dom2", "dom3"]})
    ranked = Moteur(read_jeu(data), mode).classer(profil)  # type: ignore[arg-type]  # one of the two modes
    assert {one.formation_id for one in ranked} == {f["id"] for f in data["formations"]}


def test_a_null_bac_is_an_error_once_a_formation_is_scored_or_explained_only():
    """Nothing but hidden licences accès santé: nothing is scored, nothing is explained, nothing fails."""
    data = small_data(seeded(1))
    data["formations"] = [f for f in data["formations"] if f["las"] is not None]
    comparaison, seen = confront(data, [{"bac": None, "interests": ["ci404"]}, {"bac": None, "interests": ["dom1"]}])
    assert comparaison.ecarts == ()
    assert seen["erreurs"] == 0


@pytest.mark.parametrize("seed", range(40))
def test_the_corrected_mode_answers_anything_with_finite_scores(seed: int):
    """Odd profiles on damaged data: never an error, everything in 0..1, every formation ranked once."""
    sound(*one_case(f"corrigé {seed}")[:2])


def sound(data: Json, profils: list[Json]) -> None:
    jeu = read_jeu(data)
    moteur = Moteur(jeu, "corrige")
    ids = sorted(f.id for f in jeu.formations if not f.obsolete)
    for raw in profils:
        profil = read_profil(raw)
        found = moteur.affinites(profil)
        for values in (found.brutes, found.normalisees, found.offres, *found.sous_scores.values()):
            assert np.isfinite(values).all()
            assert ((values >= 0) & (values <= 1)).all()
        ranked = moteur.classer(profil)
        assert sorted(s.formation_id for s in ranked) in ([], ids)
        assert all(0 <= m.score <= 1 for m in moteur.classer_metiers(profil))
        moteur.expliquer(profil, ids)
        moteur.mesurer(profil, ids)
        assert all(math.isfinite(c.brute) for c in moteur.contributions(profil, ids))

"""The engine on files: answers written, compared, refused with a sentence when they are not what they should be."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mps_desktop.cli import run
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.engine.comparaison import NATURES, compare
from mps_desktop.engine.defauts import DEFAUTS
from mps_desktop.engine.preparation import prepare
from mps_desktop.engine.profils_synthetiques import synthetic_profiles, vocabulary
from mps_desktop.services.banc_moteur import measure
from mps_desktop.services.moteur_neutre import evaluate, load_jeu, load_profils, read_json
from tests.engine.petit_jeu import JEU
from tests.engine.test_jeu_neutre import EDGES, neutral_formation

CLES_DU_BANC = {"chargement_s", "unitaire_ms", "lot_ms_par_eleve", "metiers_ms", "classe36_ms", "memoire_mo", "foule"}


def small_data() -> dict[str, Any]:
    """Two formations, two métiers, one domaine; invented."""
    edges: dict[str, list[list[str]]] = {name: [] for name in EDGES}
    edges["formation_domaine"] = [["fl1", "dom1"], ["fl2", "dom1"]]
    edges["metier_formation"] = [["MET.1", "fl1"], ["MET.2", "fl2"]]
    return {
        "nodes": [{"id": "dom1", "kind": "domaine", "label": "Fromages"}],
        "edges": edges,
        "formation_metier": [["fl1", "MET.1"], ["fl2", "MET.2"]],
        "formations": [neutral_formation(), neutral_formation(id="fl2", label="BTS - Bulles", type="fr2")],
        "villes": [{"id": "00001", "nom": "Testville", "coords": [[48.0, 2.0]]}],
        "specialites": {"par_bac": {}, "labels": {"mat1": "Fromages"}},
    }


def small_profiles() -> dict[str, Any]:
    return {
        "profiles": [
            {"id": "p1", "note": "", "profile": {"bac": "Générale", "interests": ["dom1"], "moygen": "30",
                                                  "geo_pref": ["00001"], "spe_classes": ["mat1"],
                                                  "choices": [{"fl": "MET.1", "status": 1}]}},
            {"id": "p2", "note": "", "profile": {"bac": "NC"}},
            {"id": "p3", "note": "", "profile": {"bac": None, "interests": ["dom1"]}},
        ]
    }  # fmt: skip


@pytest.fixture
def jeu(tmp_path: Path) -> Path:
    file = tmp_path / "jeu.json.gz"
    file.write_bytes(gzip.compress(json.dumps(small_data()).encode()))
    return file


@pytest.fixture
def profils(tmp_path: Path) -> Path:
    file = tmp_path / "profils.json"
    file.write_text(json.dumps(small_profiles()), encoding="utf-8")
    return file


def test_evaluate_writes_the_neutral_shape(jeu: Path, profils: Path, tmp_path: Path):
    for name in ("reponse.json", "reponse.json.gz"):
        result = evaluate(jeu, profils, "reference", tmp_path / name)
        assert (result.nb_profils, result.nb_erreurs, result.nb_silencieux) == (3, 1, 1)
    plain, packed = (read_json(tmp_path / name) for name in ("reponse.json", "reponse.json.gz"))
    assert plain == packed
    assert (tmp_path / "reponse.json.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert [profil["id"] for profil in plain["profiles"]] == ["p1", "p2", "p3"]
    assert plain["profiles"][0]["suggestions_by_id"][0] == ["fl1", 1.0]


def test_corrected_mode_is_the_default_and_fails_on_nothing(
    jeu: Path, profils: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    sortie = tmp_path / "s.json"
    assert run(["moteur", "evaluer", "--jeu", str(jeu), "--profils", str(profils), "--sortie", str(sortie)]) == 0
    assert "mode\u202f: corrige" in capsys.readouterr().out
    assert [("error" in profil) for profil in read_json(sortie)["profiles"]] == [False] * 3


def test_compare_finds_nothing_between_two_equal_files(
    jeu: Path, profils: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    sortie = tmp_path / "s.json"
    evaluate(jeu, profils, "reference", sortie)
    assert run(["moteur", "comparer", "--attendu", str(sortie), "--obtenu", str(sortie), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == 0
    assert found["par_nature"] == dict.fromkeys(NATURES, 0)
    assert found["explications_comparees"] == 2


def broken(answer: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    other = copy.deepcopy(answer)
    change(other)
    return other


def first(answer: dict[str, Any]) -> dict[str, Any]:
    return answer["profiles"][0]


def row(answer: dict[str, Any]) -> list[float]:
    return first(answer)["affinities"]["fl1"]


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "profils absents": lambda a: a["profiles"].pop(0),
    "constantes": lambda a: a.update(p75_capacite=7),
    "erreurs": lambda a: a["profiles"][2].pop("error"),
    "rien de personnel": lambda a: a["profiles"][1].update(nothing_personal=False),
    "formations retenues": lambda a: first(a)["affinities"].pop("fl2"),
    "affinités brutes": lambda a: row(a).__setitem__(0, row(a)[0] * (1 + 1e-11)),
    "affinités normalisées": lambda a: row(a).__setitem__(1, row(a)[1] - 3e-7),
    "sous-scores": lambda a: row(a).__setitem__(3, row(a)[3] + 1e-9),
    "nombre de formations positives": lambda a: first(a).update(nb_positive=9),
    "classements": lambda a: first(a)["suggestions_by_id"].reverse(),
    "nombre de métiers": lambda a: first(a).update(nb_metiers_positive=0),
    "scores des métiers": lambda a: first(a)["metiers_by_id"][0].__setitem__(1, 0.5),
    "explications": lambda a: first(a)["explanations"][0]["explanations"].pop(),
    "exemples": lambda a: first(a)["explanations"][0]["examples"].append("MET.9"),
}


@pytest.mark.parametrize("nature", NATURES)
def test_compare_finds_every_kind_of_difference(jeu: Path, profils: Path, tmp_path: Path, nature: str):
    sortie = tmp_path / "s.json"
    evaluate(jeu, profils, "reference", sortie)
    answer = dict(read_json(sortie))
    found = compare(answer, broken(answer, CHANGES[nature]))
    assert {ecart.nature for ecart in found.ecarts} == {nature}


def test_the_smallest_differences_are_forgiven(jeu: Path, profils: Path, tmp_path: Path):
    sortie = tmp_path / "s.json"
    evaluate(jeu, profils, "reference", sortie)
    answer = dict(read_json(sortie))

    def shake(other: dict[str, Any]) -> None:
        row(other)[0] *= 1 + 1e-14
        row(other)[1] -= 1e-7
        row(other)[3] += 1e-14
        first(other)["explanations"][0]["explanations"][0].get("tags", {}).get("ns", []).reverse()

    assert compare(answer, broken(answer, shake)).ecarts == ()


def test_compare_tells_how_many_and_which(jeu: Path, profils: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    one, other = tmp_path / "reference.json", tmp_path / "corrige.json"
    evaluate(jeu, profils, "reference", one)
    evaluate(jeu, profils, "corrige", other)
    assert run(["moteur", "comparer", "--attendu", str(one), "--obtenu", str(other)]) == 1
    text = capsys.readouterr().out
    assert "Affinités brutes" in text
    assert "sur 3\u00a0profils" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "ne peut pas être lu"),
        (b"", "n\u2019est pas du JSON"),
        (b"\x1f\x8bnothing", "n\u2019est pas du JSON"),
        (b"[1, 2]", "n\u2019a pas la forme attendue"),
        (b'{"nodes": []}', "Il manque"),
        (b'{"profiles": 3, "edges": 4, "nodes": 5, "specialites": 6}', "n\u2019a pas la forme attendue"),
    ],
)
def test_a_bad_file_is_refused_with_a_french_sentence(tmp_path: Path, content: bytes | None, words: str):
    file = tmp_path / "x.json"
    if content is not None:
        file.write_bytes(content)
    for load in (load_jeu, load_profils):
        with pytest.raises(EnvironmentFault, match=words) as found:
            load(file)
        assert "x.json" in str(found.value)


def test_a_bad_file_on_the_command_line(jeu: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    missing = str(tmp_path / "absent.json")
    arguments = ["moteur", "evaluer", "--jeu", str(jeu), "--profils", missing, "--sortie", str(tmp_path / "s.json")]
    assert run(arguments) == 1
    out, err = capsys.readouterr()
    assert (out, "Traceback" in err) == ("", False)
    assert "absent.json" in err
    assert not (tmp_path / "s.json").exists()
    assert run([*arguments, "--mode", "autre"]) == 2


def test_defects_are_listed(capsys: pytest.CaptureFixture[str]):
    assert run(["moteur", "defauts", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [defaut["numero"] for defaut in listed] == list(range(1, 31))
    assert listed[0]["test"] == DEFAUTS[0].test
    assert run(["moteur", "defauts"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 32


def test_bench_measures_everything(jeu: Path, profils: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["moteur", "banc", "--jeu", str(jeu), "--profils", str(profils), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) >= CLES_DU_BANC
    assert set(found["unitaire_ms"]) == {"mediane", "p95"}
    # The profile that says nothing is left out; the null bac counts as unknown.
    assert found["profils"] == 2
    assert found["foule"] is None


def test_crowd_is_streamed_over_processes(jeu: Path):
    def never() -> Any:
        raise AssertionError("the catalogue is not needed")

    found = measure(jeu, None, "corrige", 30, never, Progress()).foule
    assert found is not None
    assert found.profils == 30
    assert found.extrapolation_2_1_millions_s == pytest.approx(2100 * found.ms_par_eleve, rel=0.01)


def test_synthetic_profiles_are_the_same_for_a_seed_and_name_known_ids():
    words = vocabulary(prepare(JEU))
    one, same, other = (tuple(synthetic_profiles(words, 20, seed)) for seed in (1, 1, 2))
    assert one == same != other
    assert {i for profil in one for i in profil.interets} <= set(words.elements)
    assert {c for profil in one for c in profil.communes} <= {"00001", "00002"}

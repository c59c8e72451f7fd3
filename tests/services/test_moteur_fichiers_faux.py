"""``moteur evaluer``, ``comparer``, ``banc`` on files that are not what they should be: a sentence, no half file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mps_desktop.cli import run
from tests.services.test_moteur_neutre import small_data, small_profiles

PROFIL = {"bac": "P", "interests": ["dom1"]}


def data_with(change: dict[str, Any]) -> dict[str, Any]:
    data = small_data()
    data["formations"][0] |= change
    return data


def edges_with(**change: Any) -> dict[str, Any]:
    data = small_data()
    return {**data, "edges": {**data["edges"], **change}}


def profiles_with(**change: Any) -> dict[str, Any]:
    return {"profiles": [{"id": "p1", "profile": {**PROFIL, **change}}]}


WRONG_DATA: dict[str, tuple[Any, str]] = {
    "sans formations": ({k: v for k, v in small_data().items() if k != "formations"}, "Il manque « formations »"),
    "formations nulles": ({**small_data(), "formations": None}, "« formations », une liste est attendue"),
    "formation en texte": ({**small_data(), "formations": ["fl1"]}, "formation n° 1"),
    "arête à trois bouts": (edges_with(metier_associe=[["a", "b", "c"]]), "liste « metier_associe »"),
    "arête nulle": (edges_with(metier_associe=[["a", None]]), "liste « metier_associe », un texte est attendu"),
    "liste nulle": (edges_with(las_to_pass=None), "liste « las_to_pass », une liste est attendue"),
    "places en texte": (data_with({"capacite": "beaucoup"}), "formation n° 1, capacite, un nombre entier est attendu"),
    "table de table": (data_with({"stats": {"similaires": {"x": {}}}}), "formation n° 1, similaires"),
    "voeu sans id": (data_with({"voeux": [{"lat": 1.0}]}), "formation n° 1, voeux, il manque « id »"),
    "position en texte": (data_with({"voeux": [{"id": "t", "lat": "48", "lng": 2.0}]}), "un nombre est attendu"),
    "deux fois la même": (data_with({"id": "fl2"}), "deux formations ont le même « id »"),
}
WRONG_PROFILES: dict[str, tuple[Any, str]] = {
    "aucun": ({"profiles": []}, "ne contient aucun profil"),
    "sans clé": ({"profils": []}, "Il manque « profiles »"),
    "profils nuls": ({"profiles": None}, "une liste est attendue"),
    "sans profil": ({"profiles": [{"id": "p1"}]}, "profil n° 1, il manque « profile »"),
    "profil nul": ({"profiles": [{"id": "p1", "profile": None}]}, "profil n° 1, un objet est attendu"),
    "sans nom": ({"profiles": [{"profile": PROFIL}]}, "profil n° 1, il manque « id »"),
    "goûts en texte": (profiles_with(interests="dom1"), "profil n° 1, interests, une liste est attendue"),
    "goûts en listes": (profiles_with(interests=[["dom1"]]), "interests, un texte est attendu"),
    "choix en nombre": (profiles_with(choices=[1]), "profil n° 1, choices"),
    "moyenne en liste": (profiles_with(moygen=[12]), "moygen, un texte est attendu"),
    "statut en texte": (profiles_with(choices=[{"fl": "fl1", "status": "oui"}]), "un nombre entier est attendu"),
    "liste nue": ([{"id": "p1", "profile": PROFIL}], "Ce doit être un objet JSON"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (("jeu", small_data()), ("profils", small_profiles())):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def ask(folder: Path, command: str, **files: Path) -> int:
    asked = {"jeu": folder / "jeu.json", "profils": folder / "profils.json", **files}
    if command == "evaluer":
        asked.setdefault("sortie", folder / "sortie.json")
    return run(["moteur", command, *(x for name, file in asked.items() for x in (f"--{name}", str(file)))])


def refused(folder: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err.replace("\u00a0", " ").replace("\u202f", " "), err
    assert "erreur interne" not in err
    assert sorted(file.name for file in folder.iterdir()) == ["faux.json", "jeu.json", "profils.json"]


@pytest.mark.parametrize("command", ["evaluer", "banc"])
@pytest.mark.parametrize("case", WRONG_DATA)
def test_wrong_data(folder: Path, capsys: pytest.CaptureFixture[str], command: str, case: str):
    content, words = WRONG_DATA[case]
    (folder / "faux.json").write_text(json.dumps(content), encoding="utf-8")
    assert ask(folder, command, jeu=folder / "faux.json") == 1
    refused(folder, capsys, words)


@pytest.mark.parametrize("command", ["evaluer", "banc"])
@pytest.mark.parametrize("case", WRONG_PROFILES)
def test_wrong_profiles(folder: Path, capsys: pytest.CaptureFixture[str], command: str, case: str):
    content, words = WRONG_PROFILES[case]
    (folder / "faux.json").write_text(json.dumps(content), encoding="utf-8")
    assert ask(folder, command, profils=folder / "faux.json") == 1
    refused(folder, capsys, words)


def test_a_folder_that_is_missing_is_told_before_the_work(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert ask(folder, "evaluer", sortie=folder / "absent" / "sortie.json") == 1
    assert "n’existe pas" in capsys.readouterr().err
    assert not (folder / "absent").exists()


def test_an_answer_is_never_half_written_over_an_older_one(folder: Path, capsys: pytest.CaptureFixture[str]):
    sortie = folder / "sortie.json"
    sortie.write_text("avant", encoding="utf-8")
    (folder / "faux.json").write_text(json.dumps({"profiles": []}), encoding="utf-8")
    assert ask(folder, "evaluer", profils=folder / "faux.json") == 1
    assert sortie.read_text(encoding="utf-8") == "avant"
    assert ask(folder, "evaluer", sortie=folder) == 1
    assert "c’est un dossier" in capsys.readouterr().err


def test_numbers_written_as_texts_and_texts_as_numbers_are_read(folder: Path):
    odd = profiles_with(moygen=31, duree=3, choices=[{"fl": "MET.1", "status": "1", "score": "5"}])
    (folder / "odd.json").write_text(json.dumps(odd), encoding="utf-8")
    assert ask(folder, "evaluer", profils=folder / "odd.json") == 0


def test_nothing_to_compare_is_not_a_success(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "vide.json").write_text(json.dumps({"columns": [], "profiles": []}), encoding="utf-8")
    arguments = ["moteur", "comparer", "--attendu", str(folder / "vide.json"), "--obtenu", str(folder / "vide.json")]
    assert run(arguments) == 1
    assert "aucune réponse" in capsys.readouterr().err


def test_profiles_that_give_nothing_cannot_be_timed(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "muets.json").write_text(json.dumps({"profiles": [{"id": "p", "profile": {}}]}), encoding="utf-8")
    assert ask(folder, "banc", profils=folder / "muets.json") == 1
    assert "rien à mesurer" in capsys.readouterr().err


def test_the_reason_of_the_system_is_french(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert ask(folder, "evaluer", jeu=folder) == 1
    assert ask(folder, "evaluer", jeu=folder / "absent.json") == 1
    err = capsys.readouterr().err
    assert "c’est un dossier" in err
    assert "il n’existe pas" in err

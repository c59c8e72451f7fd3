"""The command line as a person at a terminal meets it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from mps_desktop.cli import run

FAULTY = ("Traceback", "Error", "error")


@pytest.fixture
def sortie(tmp_path: Path) -> Path:
    return tmp_path / "sortie"


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    file = tmp_path / "TG7.csv"
    lines = [
        "Nom;Prénom;Né(e) le;Classe;Option 1;Adresse E-mail",
        "BIDON;Zoé;14/02/2009;TG7;MATHEMATIQUES;z@exemple.invalid",
        "LE TESTEUR;Œdipe;03/11/2009;TG7;SC. ECONO.& SOCIALES;",
        ";;;;;",
        "NGUYỄN-EXEMPLE;Anh;;TG7;;",
    ]
    file.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return file


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Exit code 1, one French message, no traceback, nothing on the standard output."""
    code = run(list(arguments))
    out, err = capsys.readouterr()
    assert code == 1, err
    assert out == ""
    assert err.strip()
    assert not any(word in err for word in FAULTY)
    return err


def test_demo_does_the_main_job(sortie: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["demo", "--sortie", str(sortie)]) == 0
    out, _ = capsys.readouterr()
    assert len(list(sortie.glob("*.pdf"))) == 2
    assert "24" in out
    assert str(sortie) in out
    assert "mot de passe" in out


def test_demo_twice_keeps_the_first_dossier(sortie: Path, capsys: pytest.CaptureFixture[str]):
    for _ in range(2):
        assert run(["demo", "--sortie", str(sortie), "--json"]) == 0
    answers = capsys.readouterr().out.split("\n}\n")
    dossiers = {json.loads(answer + "\n}")["dossier"] for answer in answers if answer.strip()}
    assert len(dossiers) == 2


def test_report_on_an_own_list(liste: Path, sortie: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["rapport", str(liste), "--sortie", str(sortie), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [eleve["ligne"]["nom"] for eleve in answer["eleves"]] == ["BIDON", "LE TESTEUR", "NGUYỄN-EXEMPLE"]
    assert [Path(file).name for file in answer["fichiers"]] == ["conseil_TG7.pdf"]
    assert answer["dossier"] is None


def test_preview_names_students_and_what_is_not_read(liste: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["importer", str(liste), "--apercu", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {(e["nom"], e["prenom"], e["classe"]) for e in answer["eleves"]} == {
        ("BIDON", "Zoé", "TG7"), ("LE TESTEUR", "Œdipe", "TG7"), ("NGUYỄN-EXEMPLE", "Anh", "TG7"),
    }  # fmt: skip
    assert answer["eleves"][0]["naissance"] == "2009-02-14"
    assert "rejets" in answer
    assert any("mail" in header.lower() for header in answer["non_lu"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.csv", b"", "vide"),
        ("liste.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        ("rapport.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    ],
)
def test_a_wrong_file_is_refused(
    tmp_path: Path, sortie: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, words: str
):
    file = tmp_path / name
    file.write_bytes(content)
    assert words in refused(capsys, "rapport", str(file), "--sortie", str(sortie))
    assert words in refused(capsys, "importer", str(file), "--apercu")
    assert not sortie.exists()


def test_a_truncated_workbook_is_refused(tmp_path: Path, sortie: Path, capsys: pytest.CaptureFixture[str]):
    from openpyxl import Workbook

    whole = tmp_path / "entier.xlsx"
    book = Workbook()
    book.active.append(["Nom", "Prénom", "Classe"])  # type: ignore[union-attr]
    book.active.append(["BIDON", "Zoé", "TG1"])  # type: ignore[union-attr]
    book.save(whole)
    assert zipfile.is_zipfile(whole)
    cut = tmp_path / "coupe.xlsx"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "coupe.xlsx" in refused(capsys, "rapport", str(cut), "--sortie", str(sortie))
    assert not sortie.exists()


def test_a_missing_file_is_refused(tmp_path: Path, sortie: Path, capsys: pytest.CaptureFixture[str]):
    refused(capsys, "rapport", str(tmp_path / "absent.csv"), "--sortie", str(sortie))
    assert not sortie.exists()


def test_a_read_only_folder_is_refused(liste: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    locked = tmp_path / "verrouille"
    locked.mkdir()
    locked.chmod(0o555)
    assert "Impossible d’écrire" in refused(capsys, "rapport", str(liste), "--sortie", str(locked))
    assert "Impossible d’écrire" in refused(capsys, "demo", "--sortie", str(locked))
    assert list(locked.iterdir()) == []


def test_a_wrong_password_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    dossier = tmp_path / "dossier"
    monkeypatch.setenv("MPS_MOT_DE_PASSE", "phrase-de-passe-fictive")
    assert run(["dossier", "creer", str(dossier), "--nom", "TG1 fictive"]) == 0
    assert run(["dossier", "verifier", str(dossier)]) == 0
    capsys.readouterr()
    monkeypatch.setenv("MPS_MOT_DE_PASSE", "autre-phrase-de-passe")
    before = {file: file.read_bytes() for file in dossier.rglob("*") if file.is_file()}
    assert "mot de passe" in refused(capsys, "dossier", "verifier", str(dossier)).lower()
    assert {file: file.read_bytes() for file in dossier.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("arguments", [["inconnue"], ["rapport"], ["demo", "--couleur"], ["importer", "x.csv"]])
def test_a_wrong_usage_is_code_2_in_french(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip()
    assert not any(word in err for word in ("No such", "Missing", "Usage:", "Invalid"))


def test_help_is_french(capsys: pytest.CaptureFixture[str]):
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert "Utilisation" in out
    assert "Commandes" in out
    assert "demo" in out
    assert "Show this message" not in out


def test_catalogue_check_passes(capsys: pytest.CaptureFixture[str]):
    assert run(["catalogue", "verifier", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["formations"] >= 600
    assert answer["voeux"] >= 13_000


def test_catalogue_search_finds(capsys: pytest.CaptureFixture[str]):
    assert run(["catalogue", "chercher", "ifsi", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_self_test_passes(capsys: pytest.CaptureFixture[str]):
    assert run(["auto-test", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["controles"]) == 6
    assert all(controle["ok"] for controle in answer["controles"])


@pytest.mark.parametrize(
    "sample",
    [
        "pronote/eleves_TG1_cp1252.csv",
        "pronote/liste_eleves_utf8bom_tab.txt",
        "tableurs/liste_TG1_titres_fusionnes.xlsx",
    ],
)
def test_report_on_the_sample_files(partage: Path, sample: str, sortie: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["rapport", str(partage / "samples" / sample), "--sortie", str(sortie), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["eleves"]) == (24 if "utf8bom" in sample else 12)
    assert len(answer["fichiers"]) == (2 if "utf8bom" in sample else 1)

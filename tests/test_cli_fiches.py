"""``catalogue importer-fiches`` and ``catalogue fiches`` as a person at a terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mps_desktop.cli import run
from tests.catalogue.fiches.fabrique import write_all


@pytest.fixture
def poste(tmp_path: Path) -> tuple[str, str]:
    return "--data-dir", str(tmp_path / "poste")


def test_import_state_and_removal(poste: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    files = [str(path) for path in write_all(tmp_path)]
    assert run([*poste, "catalogue", "importer-fiches", *files, "--json"]) == 0
    rapport = json.loads(capsys.readouterr().out)
    assert len(rapport["etat"]["lots"]) == 3
    assert run([*poste, "catalogue", "fiches"]) == 0
    told = capsys.readouterr().out
    assert "Onisep, Idéo-fiches métiers\u202f: 1\u00a0fiche, données du 25 juin 2024" in told
    assert "Métiers avec un texte officiel\u202f: 1 sur" in told or "0 sur" in told
    assert run([*poste, "catalogue", "fiches", "--retirer"]) == 0
    assert "Aucune fiche officielle" in capsys.readouterr().out


def test_a_wrong_file_is_refused_in_french(poste: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    wrong = tmp_path / "liste.csv"
    wrong.write_text("Nom;Prénom\nBIDON;Zoé\n", encoding="utf-8")
    assert run([*poste, "catalogue", "importer-fiches", str(wrong)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "n’est pas un fichier de fiches reconnu" in err
    assert "Traceback" not in err

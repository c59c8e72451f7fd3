"""``ambition retrotest`` as a person types it, on the invented files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from mps_desktop.cli import run
from tests.catalogue.sources_factices import write_sources


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write_sources(tmp_path / "sources")


def test_figures_as_json_with_the_files_asked_for(sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    csv, pdf = tmp_path / "p.csv", tmp_path / "fiabilite.pdf"
    arguments = ["--sources", str(sources), "--predictions", str(csv), "--pdf", str(pdf), "--json"]
    assert run(["ambition", "retrotest", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["voeux"], found["connus"], found["predictions"]) == (1, 1, [])
    assert found["persistance"]["mae"] == 5.0
    head, row = csv.read_text(encoding="utf-8").splitlines()
    assert head == "cod_aff_form;prevu;bas;haut"
    assert row.startswith("1;")
    assert "Fiabilité" in PdfReader(pdf).pages[0].extract_text()


def test_tables_for_people(sources: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["ambition", "retrotest", "--sources", str(sources)]) == 0
    out = capsys.readouterr().out
    for part in ("Taux d’accès 2024", "Licence", "Dixième", "persistance"):
        assert part in out


def test_a_folder_without_the_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["ambition", "retrotest", "--sources", str(tmp_path)]) == 1
    assert "introuvable" in capsys.readouterr().err

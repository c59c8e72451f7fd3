"""``ambition retrotest`` as a person types it, on the invented files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from mps_desktop.catalogue.construction import sources as officiels
from mps_desktop.catalogue.retrotest import FICHIERS
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


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _rename(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace("Taux d’accès".encode(), b"Autre chose", 1))


def _latin(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).decode().encode("latin-1", "replace") + b"\xe9\xe9")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_cut, "incomplet ou abîmé"),
        (lambda _data: b"pas une archive", "incomplet ou abîmé"),
        (_latin, "incomplet ou abîmé"),
        (_rename, "n’a pas la colonne"),
    ],
)
def test_a_damaged_file_is_named_and_no_predictions_are_written(
    sources: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[bytes], bytes],
    words: str,
):
    (file,) = sources.rglob(officiels.PARCOURSUP_2024.fichier)
    file.write_bytes(damage(file.read_bytes()))
    target = tmp_path / "p.csv"
    assert run(["ambition", "retrotest", "--sources", str(sources), "--predictions", str(target), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert officiels.PARCOURSUP_2024.fichier in told.err
    assert list(tmp_path.glob("p.csv*")) == []


@pytest.mark.parametrize("wanted", FICHIERS, ids=lambda wanted: wanted.session)
def test_a_missing_file_is_named(
    sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wanted: officiels.Expected
):
    (file,) = sources.rglob(wanted.fichier)
    file.unlink()
    target = tmp_path / "p.csv"
    assert run(["ambition", "retrotest", "--sources", str(sources), "--predictions", str(target)]) == 1
    assert wanted.fichier in capsys.readouterr().err
    assert not target.exists()


def test_the_files_that_the_back_test_does_not_read_are_not_asked_for(sources: Path, tmp_path: Path):
    needed = {wanted.fichier for wanted in FICHIERS}
    for file in sources.rglob("*"):
        if file.is_file() and file.name not in needed:
            file.unlink()
    target = tmp_path / "p.csv"
    assert run(["ambition", "retrotest", "--sources", str(sources), "--predictions", str(target), "--json"]) == 0
    assert target.exists()

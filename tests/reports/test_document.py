"""A document of pairs: long values go on at the next page, line ends are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from mps_desktop.reports.document import DocumentData, SectionDoc, write_document


def words_of(folder: Path, value: str) -> list[str]:
    target = folder / "document.pdf"
    write_document(DocumentData("Titre", "", (SectionDoc("Section", (("Texte", value),)),), "Pied"), target)
    places: list[float] = []

    def visit(text: str, _cm: object, matrix: list[float], _font: object, _size: object) -> None:
        if text.strip():
            places.append(matrix[5])

    pages = [page.extract_text(visitor_text=visit) for page in PdfReader(target).pages]
    assert min(places) > 0, "nothing is drawn below the page"
    return " ".join(pages).split()


@pytest.mark.parametrize("value", ["WWWW " * 4000, "mot " * 5000, "W" * 20_000, "ligne\n" * 400])
def test_a_long_value_goes_on_at_the_next_page_and_loses_nothing(tmp_path: Path, value: str):
    said = "".join(value.split())
    assert "".join(words_of(tmp_path, value)).count(said[0]) >= said.count(said[0])


def test_line_ends_are_kept(tmp_path: Path):
    target = tmp_path / "document.pdf"
    data = DocumentData("Titre", "", (SectionDoc("Section", (("Texte", "un\n\ndeux"), ("Vide", ""))),), "Pied")
    write_document(data, target)
    lines = PdfReader(target).pages[0].extract_text().splitlines()
    assert any(line.endswith("un") for line in lines)
    assert "deux" in lines
    assert any(line.endswith("—") for line in lines)

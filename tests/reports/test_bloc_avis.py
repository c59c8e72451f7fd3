"""What the conseil decided is printed where it would be written, and the rest stays free to write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from mps_desktop.core.progress import Progress
from mps_desktop.reports.bloc_avis import avis
from mps_desktop.reports.blocks import Block
from mps_desktop.reports.conference_report import draw_conference_report
from mps_desktop.reports.data import DecisionReport
from mps_desktop.reports.styles import CONTENT_WIDTH
from tests.reports.factories import build_data, build_eleve

DIT = DecisionReport(
    "1er trimestre, 3 décembre 2026", "Avis favorable.\nLe projet est mûr.", "Ajouter un vœu B.", "Mme Fictive"
)


def rules(block: Block) -> list[float]:
    return [shape.y for shape in block.shapes if shape.kind == "line"]


def test_nothing_decided_leaves_only_lines():
    texts = [text.text for text in avis(CONTENT_WIDTH, 200).texts]
    assert texts == ["Avis du conseil", "Décision, suite à donner", "Nom et signature du PP\u202f:"]


def test_what_was_decided_is_told_with_its_date_and_lines_stay_below():
    block, bare = avis(CONTENT_WIDTH, 200, DIT), avis(CONTENT_WIDTH, 200)
    texts = [text.text for text in block.texts]
    for said in (DIT.quand, "Avis favorable.", "Le projet est mûr.", DIT.decision, "Noté par Mme Fictive"):
        assert said in texts
    assert 2 < len(rules(block)) < len(rules(bare))
    written = max(text.y for text in block.texts if text.text == "Le projet est mûr.")
    assert any(y > written for y in rules(block))


@given(st.text("mot é\n", max_size=3999), st.text("mot é\n", max_size=3999), st.floats(100, 270))
def test_no_text_leaves_the_box_whatever_its_length(said: str, decided: str, height: float):
    block = avis(CONTENT_WIDTH, height, DecisionReport("1er trimestre", said, decided, "X" * 200))
    assert block.height == height
    assert all(0 <= text.y <= height for text in block.texts)
    assert all(0 <= y <= height + 0.01 for y in rules(block))


def test_a_long_avis_still_takes_one_page_which_says_that_it_was_cut(tmp_path: Path):
    target = tmp_path / "conseil.pdf"
    long = replace(DIT, avis="Un avis très long. " * 200, decision="À revoir. " * 300)
    eleves = (replace(build_eleve(), decision=long), replace(build_eleve(), decision=DIT))
    draw_conference_report(build_data(eleves), target, Progress())
    pages = [page.extract_text() for page in PdfReader(target).pages]
    assert len(pages) == 3
    assert "1er trimestre, 3 décembre 2026" in pages[2]
    assert "Le projet est mûr." in pages[2]
    assert "2 textes abrégés" in pages[1]
    assert "abrégé" not in pages[2]

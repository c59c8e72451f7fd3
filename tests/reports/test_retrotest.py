from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from mps_desktop.reports.retrotest import (
    BarreFiabilite,
    LigneGroupe,
    LigneMesure,
    RetrotestData,
    compose,
    draw_retrotest,
)
from mps_desktop.reports.styles import FOOTER_RULE, MARGIN, PAGE_WIDTH

DATA = RetrotestData(
    voeux=11_049,
    mesures=tuple(LigneMesure(f"Mesure inventée {rank}", "8,54", "8,84") for rank in range(6)),
    barres=tuple(BarreFiabilite(10 * rank + 5, 10 * rank + 6.5, 10 * rank + 4, 10 * rank + 8) for rank in range(10)),
    groupes=tuple(
        LigneGroupe(f"Groupe d'essai {rank}", 2000, 9.0, 8.5 + rank / 10, 80.0, 78.1, 80.1) for rank in range(16)
    ),
    ecart_max=1.5,
    conclusion="La répétition du dernier taux fait mieux dans ces familles : Essai (8,50 contre 9,00). " * 4,
)


def test_one_page_that_reads_back(tmp_path: Path):
    target = tmp_path / "fiabilite.pdf"
    draw_retrotest(DATA, target)
    (page,) = PdfReader(target).pages
    text = page.extract_text()
    for part in (
        "Ce que vaut l’estimation",
        "11 049 vœux",
        "Mesure inventée 5",
        "8,84",
        "Groupe d’essai 13",
        "(mieux)",
    ):
        assert part in text
    assert "−1,5" in text
    draw_retrotest(DATA, tmp_path / "encore.pdf")
    assert (tmp_path / "encore.pdf").read_bytes() == target.read_bytes()


def test_nothing_is_cut_nor_leaves_the_page():
    sheet = compose(DATA)
    assert not sheet.cuts
    assert not sheet.missing
    body = [text for text in sheet.texts if text.y < FOOTER_RULE]
    assert max(text.y for text in body) < FOOTER_RULE - 4
    for text in sheet.texts:
        assert text.x >= MARGIN - 12
        assert text.x + text.width <= PAGE_WIDTH - MARGIN + 1


def test_a_tenth_on_the_diagonal_is_drawn_on_it():
    sheet = compose(replace(DATA, barres=(BarreFiabilite(50, 50, 50, 50),) * 10))
    discs = [shape for shape in sheet.shapes if shape.kind == "disc"]
    (diagonal,) = [s for s in sheet.shapes if s.kind == "line" and s.height < 0 and not s.dash]
    for disc in discs[:10]:
        x, y = disc.x + disc.width / 2, disc.y + disc.height / 2
        assert abs((x - diagonal.x) - (diagonal.y - y)) < 1e-6

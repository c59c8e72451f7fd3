"""One page that shows what the estimate is worth: reliability diagram, measures, groups."""

# reportlab ships no type stubs.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from mps_desktop.core.files import replacing
from mps_desktop.core.text import NNBSP
from mps_desktop.reports import fonts
from mps_desktop.reports.blocks import Block, Shape, text_block
from mps_desktop.reports.drawing import draw_block
from mps_desktop.reports.styles import (
    ACTION,
    CONTENT_WIDTH,
    FOOTER_RULE,
    INK,
    INK_2,
    LABEL,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    SECTION,
    TINT,
    TITLE,
    TOP,
    WARNING,
    style,
)

_SIDE = 236.0
_MIEUX = " (mieux)"
_HALF_UP = 1e-9
"""A figure kept with two decimals reads 85,6 when it is 85.55, not 85,5."""
_TICKS = (0, 20, 40, 60, 80, 100)
_BODY = style(9)
_SMALL = style(8.5)
_SOURCES = (
    f"Chiffres{NNBSP}: Parcoursup (MESR, SIES), sessions 2018, 2019 et 2023 (complètes), 2024 (taux d’accès) et 2025 "
    "(mentions), Licence Ouverte 2.0."
)
_METHODE = (
    f"Prévision stricte{NNBSP}: elle n’apprend que sur les sessions jusqu’à 2023, puis se compare à 2024. Les "
    "intervalles d’un établissement sont appris sur les autres établissements. Vœux appariés sans "
    f"ambiguïté seulement, sauf les lignes «{NNBSP}ambigus compris{NNBSP}». "
    "La référence est la répétition du dernier taux publié (persistance), et pour l’intervalle une largeur constante "
    "de 14 points de chaque côté."
)


@dataclass(frozen=True, slots=True)
class LigneMesure:
    """One measure: its name, ours, the reference."""

    mesure: str
    modele: str
    reference: str


@dataclass(frozen=True, slots=True)
class BarreFiabilite:
    """One tenth of the vœux, percent: predicted and observed, then the same for the last published rate."""

    prevu: float
    observe: float
    persistance_prevu: float
    persistance_observe: float


@dataclass(frozen=True, slots=True)
class LigneGroupe:
    """One family or fifth: mean absolute errors in points, the rest in percent; ``persistance`` = the last rate."""

    nom: str
    voeux: int
    erreur: float
    erreur_persistance: float
    exactes: float
    exactes_persistance: float
    couverture: float


@dataclass(frozen=True, slots=True)
class RetrotestData:
    """What the page prints.

    Attributes:
        groupes: families, then fifths.
        ecart_max: largest gap of the diagram, points.
    """

    voeux: int
    mesures: tuple[LigneMesure, ...]
    barres: tuple[BarreFiabilite, ...]
    groupes: tuple[LigneGroupe, ...]
    ecart_max: float
    conclusion: str


def draw_retrotest(data: RetrotestData, target: Path) -> None:
    """Write the page; the target is replaced only when it is complete. Same data, same bytes.

    Raises:
        EnvironmentFault: the folder cannot be written, or the font files are missing.
    """
    fonts.register_fonts()
    with replacing(target) as neighbour:
        canvas = Canvas(str(neighbour), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, lang="fr-FR")
        canvas.setTitle("Ce que vaut l’estimation A+, A, B")
        canvas.setAuthor("MPS Bureau")
        draw_block(canvas, compose(data), PAGE_HEIGHT)
        canvas.showPage()
        canvas.save()


def compose(data: RetrotestData) -> Block:
    """The whole sheet, in page coordinates."""
    page = Block(CONTENT_WIDTH)
    page.write("Ce que vaut l’estimation A+, A, B", TITLE)
    page.write(f"Session 2024 prédite sans la voir, {_count(data.voeux)} vœux", style(11, color=INK_2))
    page.space(8)
    page.write(_METHODE, _BODY)
    page.space(12)
    page.write("Fiabilité, par dixième des vœux", SECTION)
    page.space(4)
    top = page.height
    page.place(_diagram(data.barres), 24, top)
    page.place(_tenths(data, CONTENT_WIDTH - _SIDE - 56), _SIDE + 56, top)
    page.space(12)
    page.write("Mesures", SECTION)
    page.space(2)
    rows = [("", "modèle", "référence"), *((one.mesure, one.modele, one.reference) for one in data.mesures)]
    page.stack(_table(rows, (CONTENT_WIDTH - 180, 90, 90)))
    page.space(10)
    page.write("Par famille, puis par cinquième selon le nombre de candidats", SECTION)
    page.space(2)
    headers = ("", "vœux", "erreur", "persistance", "classe exacte (%)", "persistance", "couverture (%)")
    lines = [
        (
            _nom(one.nom),
            _count(one.voeux),
            _fr(one.erreur),
            _fr(one.erreur_persistance) + (_MIEUX if one.erreur_persistance < one.erreur else ""),
            _fr(one.exactes, 1),
            _fr(one.exactes_persistance, 1) + (_MIEUX if one.exactes_persistance > one.exactes else ""),
            _fr(one.couverture, 1),
        )
        for one in data.groupes
    ]
    page.stack(_table([headers, *lines], (CONTENT_WIDTH - 362, 36, 38, 74, 74, 76, 64)))
    sheet = Block(PAGE_WIDTH)
    sheet.place(page, MARGIN, TOP)
    footer = Block(CONTENT_WIDTH)
    footer.rule(RULE, 0.5)
    footer.space(4)
    footer.write(_SOURCES, LABEL)
    sheet.place(footer, MARGIN, FOOTER_RULE)
    sheet.height = PAGE_HEIGHT
    return sheet


def _diagram(bars: tuple[BarreFiabilite, ...]) -> Block:
    """Observed rate against predicted rate: discs on the diagonal mean that the predictions hold."""
    block = Block(_SIDE, _SIDE + 34)
    block.shapes.append(Shape("rect", 0, 0, _SIDE, _SIDE, "", RULE, 0.8))
    for tick in _TICKS:
        place = _SIDE * tick / 100
        if 0 < tick < _TICKS[-1]:
            block.shapes.append(Shape("line", 0, _SIDE - place, _SIDE, 0, "", TINT, 0.8))
            block.shapes.append(Shape("rect", place, 0, 0.4, _SIDE, TINT))
        label = text_block(str(tick), LABEL, 24, 1, "right")
        block.place(label, -28, _SIDE - place - 5)
        block.place(text_block(str(tick), LABEL, 24, 1, "center"), place - 12, _SIDE + 3)
    band = 3 * _SIDE / 100
    for shift in (-band, band):
        block.shapes.append(_diagonal(shift))
    block.shapes.append(Shape("line", 0, _SIDE, _SIDE, -_SIDE, "", INK_2, 0.8))
    for bar in bars:
        x, y = _SIDE * bar.persistance_prevu / 100, _SIDE * (1 - bar.persistance_observe / 100)
        block.shapes.append(Shape("diamond", x - 3.5, y - 3.5, 7, 7, "", WARNING, 1.0))
    for bar in bars:
        x, y = _SIDE * bar.prevu / 100, _SIDE * (1 - bar.observe / 100)
        block.shapes.append(Shape("disc", x - 3.2, y - 3.2, 6.4, 6.4, ACTION))
    block.place(text_block("taux prévu (%)", LABEL, _SIDE, 1, "center"), 0, _SIDE + 14)
    block.place(text_block("taux observé en 2024 (%)", LABEL, 140, 1), 6, 5)
    legend = Block(_SIDE)
    legend.shapes.append(Shape("disc", 0, 2, 6.4, 6.4, ACTION))
    legend.write("modèle", LABEL, x=11)
    legend.shapes.append(Shape("diamond", 0, 12, 7, 7, "", WARNING, 1.0))
    legend.write("dernier taux publié", LABEL, x=11)
    legend.write(f"tirets{NNBSP}: 3 points d’écart", LABEL, x=11)
    block.place(legend, _SIDE - 112, _SIDE - 36)
    return block


def _diagonal(shift: float) -> Shape:
    """The diagonal moved up (shift > 0) or down, kept inside the square."""
    length = _SIDE - abs(shift)
    x = 0.0 if shift > 0 else -shift
    y = _SIDE - shift if shift > 0 else _SIDE
    return Shape("line", x, y, length, -length, "", INK_2, 0.5, (2.0, 2.0))


def _tenths(data: RetrotestData, width: float) -> Block:
    rows = [("dixième", "prévu", "observé", "écart")]
    rows += [
        (str(rank), _fr(bar.prevu, 1), _fr(bar.observe, 1), _fr(bar.prevu - bar.observe, 1))
        for rank, bar in enumerate(data.barres, start=1)
    ]
    block = Block(width)
    block.stack(_table(rows, (42, 42, 48, width - 132), "right"))
    block.space(6)
    block.write(f"Plus grand écart{NNBSP}: {_fr(data.ecart_max)} points.", _SMALL)
    block.space(4)
    block.write(
        "Les vœux sont rangés du taux prévu le plus bas au plus haut, puis coupés en dix parts égales. Sur la "
        "diagonale, ce qui était prévu est arrivé.",
        style(8, color=INK_2),
    )
    block.space(6)
    block.write(data.conclusion, _BODY)
    return block


def _table(rows: list[tuple[str, ...]], widths: tuple[float, ...], first: str = "left") -> Block:
    """Rows under a header, figures aligned on the right; ``first`` = alignment of the first column."""
    block = Block(sum(widths))
    for rank, row in enumerate(rows):
        face = fonts.SEMIBOLD if rank == 0 else fonts.REGULAR
        line = Block(block.width, 0)
        x = 0.0
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            align = "left" if column == 0 and first == "left" else "right"
            line.place(text_block(cell, style(8.5, face, INK, leading=1.2), width, 1, align), x, 0.8)
            x += width
        block.stack(line)
        block.space(0.8)
        block.rule(INK_2 if rank == 0 else TINT, 0.6)
    return block


def _nom(name: str) -> str:
    """Family or size as people write it: the files have no accent on capitals."""
    return name.replace("'", "’").replace("Ecole", "École")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", NNBSP)


def _fr(value: float, digits: int = 2) -> str:
    return f"{value + math.copysign(_HALF_UP, value):.{digits}f}".replace(".", ",").replace("-", "−")

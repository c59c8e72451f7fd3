"""The PDF of a conseil de classe: class synthesis, then one page per student."""

# reportlab ships no type stubs.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from mps_desktop.core.files import replacing
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NBSP, NNBSP, plural
from mps_desktop.reports import fonts
from mps_desktop.reports.blocks import Block, Shape, text_block
from mps_desktop.reports.data import ConferenceReportData
from mps_desktop.reports.drawing import draw_block
from mps_desktop.reports.page_eleve import compose_eleve
from mps_desktop.reports.page_synthese import compose_synthese
from mps_desktop.reports.styles import (
    CONTENT_BOTTOM,
    CONTENT_WIDTH,
    FOOTER_RULE,
    LABEL,
    MARGIN,
    NOTE_BASELINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    SMALLEST,
    TOP,
    WARNING,
    style,
)

_AUTHOR = "MPS Bureau"
_CONFIDENTIEL = "Document confidentiel — réservé au conseil de classe, à ne pas diffuser"
_FICTIF = "Classe fictive — démonstration. Toutes les personnes sont inventées."
_BAND = 17.0
_MAX_LISTED = 8


def draw_conference_report(data: ConferenceReportData, target: Path, progress: Progress) -> None:
    """Write the whole document; the target is replaced only when it is complete.

    The same data give the same bytes: no clock is read.

    Args:
        progress: one step per page; cancelling leaves the old file as it was.

    Raises:
        EnvironmentFault: the folder cannot be written, or the font files are missing.
        Cancelled: the user stopped.
    """
    fonts.register_fonts()
    top = TOP + (_BAND + 9 if data.fictif else 0)
    height = CONTENT_BOTTOM - top
    synthese = compose_synthese(data, height)
    total = len(synthese) + len(data.eleves)
    with replacing(target) as neighbour:
        canvas = Canvas(str(neighbour), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, lang="fr-FR")
        canvas.setTitle(fonts.printable(data.titre))
        canvas.setAuthor(_AUTHOR)
        canvas.setSubject(fonts.printable(f"Conseil de classe, {data.synthese.classe}, {data.date}"))
        canvas.setCreator(_AUTHOR)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.showOutline()
        for number, page in enumerate(synthese, start=1):
            progress.step("Synthèse de la classe", number, total)
            title = f"Synthèse de la classe {data.synthese.classe}" if number == 1 else ""
            _draw_page(canvas, page, data, (number, total, len(synthese)), title)
        for rank, eleve in enumerate(data.eleves, start=1):
            number = len(synthese) + rank
            progress.step(f"Page {rank} sur {len(data.eleves)}", number, total)
            page = compose_eleve(eleve, f"{data.titre}{NBSP}· {data.date}", height)
            _draw_page(canvas, page, data, (number, total, len(synthese)), f"{eleve.nom} {eleve.prenom}".strip())
        canvas.save()


def build_page(page: Block, data: ConferenceReportData, numbers: tuple[int, int, int]) -> Block:
    """A whole sheet: content, demonstration band, notes and footer, in page coordinates.

    Args:
        numbers: this page, pages in all, page of the sources.
    """
    sheet = Block(PAGE_WIDTH)
    top = TOP
    if data.fictif:
        sheet.shapes.append(Shape("rect", MARGIN, TOP - 8, CONTENT_WIDTH, _BAND, "#fff4e5", WARNING, 0.8))
        band = text_block(_FICTIF, style(9, fonts.SEMIBOLD, WARNING), CONTENT_WIDTH, 1, "center")
        sheet.place(band, MARGIN, TOP - 8 + (_BAND - band.height) / 2)
        top += _BAND + 9
    sheet.place(page, MARGIN, top)
    footer = _footer(data, numbers)
    sheet.place(footer, MARGIN, FOOTER_RULE)
    note = text_block(_note(sheet), style(SMALLEST, fonts.ITALIC), CONTENT_WIDTH, 1)
    sheet.place(note, MARGIN, NOTE_BASELINE - 8)
    sheet.height = PAGE_HEIGHT
    return sheet


def _draw_page(
    canvas: Canvas, page: Block, data: ConferenceReportData, numbers: tuple[int, int, int], title: str
) -> None:
    if title:
        key = f"page-{numbers[0]}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(fonts.printable(title), key)
    draw_block(canvas, build_page(page, data, numbers), PAGE_HEIGHT)
    canvas.showPage()


def _note(sheet: Block) -> str:
    """What this page does not print in full, said in one line."""
    said: list[str] = []
    if sheet.cuts:
        texts = plural(sheet.cuts, "texte abrégé", "textes abrégés")
        said.append(f"{texts} («{NNBSP}…{NNBSP}»), à lire en entier dans le logiciel.")
    if sheet.missing:
        codes = [f"U+{ord(char):04X}" for char in sorted(sheet.missing)]
        listed = ", ".join(codes[:_MAX_LISTED]) + (", …" if len(codes) > _MAX_LISTED else "")
        said.append(f"Caractères absents de la police, imprimés □{NNBSP}: {listed}.")
    return " ".join(said)


def _footer(data: ConferenceReportData, numbers: tuple[int, int, int]) -> Block:
    number, total, source_page = numbers
    block = Block(CONTENT_WIDTH)
    block.rule(RULE, 0.5)
    side = 120.0
    short = data.sources[0].partition(" — ")[0] if data.sources else "aucune"
    others = len(data.sources) - 1
    if others > 0:
        short += f" et {others} autre{'s' if others > 1 else ''}"
    rows = (
        (_CONFIDENTIEL, f"page {number} / {total}"),
        (f"Chiffres{NNBSP}: {short}", f"sources en page {source_page}" if data.sources else ""),
    )
    for index, (left, right) in enumerate(rows):
        top = 4 + index * LABEL.leading
        block.place(text_block(left, LABEL, CONTENT_WIDTH - side - 10, 1), 0, top)
        block.place(text_block(right, LABEL, side, 1, "right"), CONTENT_WIDTH - side, top)
    block.cuts = 0  # the sources are complete on the page named beside
    return block

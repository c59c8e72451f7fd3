"""A plain document of titled sections: pairs of label and value, and paragraphs. As many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from mps_desktop.core.files import replacing
from mps_desktop.reports import fonts
from mps_desktop.reports.blocks import Block, row, text_block, wrap
from mps_desktop.reports.drawing import draw_block
from mps_desktop.reports.styles import (
    CONTENT_BOTTOM,
    CONTENT_WIDTH,
    FOOTER_RULE,
    INK_2,
    LABEL,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    SECTION,
    TITLE,
    TOP,
    style,
)

_AUTHOR = "MPS Bureau"
_LABELS = 150.0
_LINES = 30
"""Lines of a value that stay on one page."""
_BODY = style(10)
_LARGE = style(22, fonts.BOLD, leading=1.4)


@dataclass(frozen=True, slots=True)
class SectionDoc:
    """One section.

    Attributes:
        paires: label and value, one under the other.
        paragraphes: texts, after the pairs.
        en_grand: a line to read from afar, such as a key; empty for none.
    """

    titre: str
    paires: tuple[tuple[str, str], ...] = ()
    paragraphes: tuple[str, ...] = ()
    en_grand: str = ""


@dataclass(frozen=True, slots=True)
class DocumentData:
    """A document. ``pied`` is said at the bottom of every page."""

    titre: str
    sous_titre: str
    sections: tuple[SectionDoc, ...]
    pied: str


def write_document(data: DocumentData, target: Path) -> None:
    """Write the PDF; the target is replaced only when it is complete. The same data give the same bytes.

    Raises:
        EnvironmentFault: the folder cannot be written, or the font files are missing.
    """
    fonts.register_fonts()
    pages = tuple(_paginate(data))
    with replacing(target) as neighbour:
        canvas = Canvas(str(neighbour), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, lang="fr-FR")
        canvas.setTitle(fonts.printable(data.titre))
        canvas.setAuthor(_AUTHOR)
        canvas.setCreator(_AUTHOR)
        for number, page in enumerate(pages, start=1):
            draw_block(canvas, _sheet(page, data.pied, number, len(pages)), PAGE_HEIGHT)
            canvas.showPage()
        canvas.save()


def _paginate(data: DocumentData) -> Iterator[Block]:
    room = CONTENT_BOTTOM - TOP
    page = _head(data)
    for section in data.sections:
        pieces = list(_pieces(section))
        first = sum(piece.height for piece in pieces[:2])  # a title never stays alone at the bottom
        if page.height + 14 + first > room:
            yield page
            page = Block(CONTENT_WIDTH)
        page.space(14 if page.height else 0)
        for piece in pieces:
            if page.height + piece.height > room:
                yield page
                page = Block(CONTENT_WIDTH)
            page.place(piece, 0, page.height)
    yield page


def _head(data: DocumentData) -> Block:
    block = Block(CONTENT_WIDTH)
    block.write(data.titre, TITLE)
    if data.sous_titre:
        block.write(data.sous_titre, style(10, color=INK_2))
    block.space(4)
    return block


def _pieces(section: SectionDoc) -> Iterator[Block]:
    """The title, then lines that may be parted from one another by the end of a page."""
    title = Block(CONTENT_WIDTH)
    title.write(section.titre, SECTION)
    title.space(2)
    title.rule(RULE, 0.5)
    title.space(5)
    yield title
    for label, value in section.paires:
        for number, texts in enumerate(_parts(value or "—")):
            name = text_block("" if number else label, LABEL, _LABELS - 10)
            yield row(((0, name), (_LABELS, texts)), CONTENT_WIDTH, 2)
    if section.en_grand:
        block = Block(CONTENT_WIDTH)
        block.space(6)
        block.write(section.en_grand, _LARGE, align="center")
        block.space(6)
        yield block
    for paragraph in section.paragraphes:
        block = Block(CONTENT_WIDTH)
        block.write(paragraph, _BODY)
        block.space(5)
        yield block


def _parts(value: str) -> Iterator[Block]:
    """A value with its line ends, in blocks that a page can hold: a long text goes on at the next page."""
    width = CONTENT_WIDTH - _LABELS
    lines = [line for said in value.splitlines() for line in wrap(fonts.printable(said), _BODY, width)[0]]
    for start in range(0, len(lines), _LINES):
        block = Block(width)
        for line in lines[start : start + _LINES]:
            block.write(line, _BODY)
        yield block


def _sheet(page: Block, pied: str, number: int, total: int) -> Block:
    sheet = Block(PAGE_WIDTH)
    sheet.place(page, MARGIN, TOP)
    footer = Block(CONTENT_WIDTH)
    footer.rule(RULE, 0.5)
    footer.space(4)
    left = text_block(pied, LABEL, CONTENT_WIDTH - 90, 2)
    right = text_block(f"{number} / {total}", LABEL, 90, 1, "right")
    footer.stack(row(((0, left), (CONTENT_WIDTH - 90, right)), CONTENT_WIDTH))
    sheet.place(footer, MARGIN, FOOTER_RULE)
    sheet.height = PAGE_HEIGHT
    return sheet

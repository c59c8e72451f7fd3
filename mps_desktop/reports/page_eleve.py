"""One student on exactly one page: the first density that fits, from generous to tight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mps_desktop.core.errors import ProgrammingFault
from mps_desktop.reports import sections_eleve as parts
from mps_desktop.reports.bloc_avis import avis
from mps_desktop.reports.blocks import Block, row
from mps_desktop.reports.data import DecisionReport, EleveReport
from mps_desktop.reports.styles import CONTENT_WIDTH, DENSITIES, GUTTER, IN_FULL, Density

MAX_AVIS = 270.0
_AVIS_MIN = 100.0
_LEFT = round((CONTENT_WIDTH - GUTTER) * 0.41, 1)
_RIGHT = CONTENT_WIDTH - GUTTER - _LEFT


def compose_eleve(eleve: EleveReport, kicker: str, height: float) -> Block:
    """Everything about a student in a block exactly ``height`` high.

    Types get smaller, then reasons and long labels shorter, then the last wishes are counted
    instead of listed; what is left out is written on the page.

    Args:
        kicker: small line above the name (document and date).
    """
    head = parts.header(eleve, kicker, CONTENT_WIDTH)
    room = height - head.height
    layouts = (_lay_out(eleve, density, limit, room) for density, limit in _attempts(len(eleve.voeux)))
    layout = next((layout for layout in layouts if layout.fits), None)
    if layout is None:
        raise ProgrammingFault("A student's page does not fit with every list at its shortest.")
    return _assemble(head, layout, height, eleve.decision)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Sections set at one density, and the height that they leave for the avis."""

    density: Density
    body: list[Block]
    spare: float

    @property
    def fits(self) -> bool:
        return self.spare >= self.density.avis


def _lay_out(eleve: EleveReport, density: Density, limit: int, room: float) -> _Layout:
    body = _body(eleve, density, limit)
    return _Layout(density, body, room - sum(density.gap + block.height for block in body) - density.gap)


def _attempts(count: int) -> Iterator[tuple[Density, int]]:
    """Everything in full while it stays easy to read, then shorter texts, then fewer wishes."""
    for density in DENSITIES[:IN_FULL]:
        yield density.in_full(), count
    for density in DENSITIES[1:IN_FULL]:  # rather less room for the avis than a text cut short
        yield replace(density.in_full(), avis=_AVIS_MIN), count
    for suggestions, reason_lines in ((4, 2), (3, 1)):  # and fewer reasons than a wish cut short
        tight = DENSITIES[IN_FULL].in_full()
        yield replace(tight, suggestions=suggestions, reason_lines=reason_lines, avis=_AVIS_MIN), count
    for density in DENSITIES[IN_FULL - 2 :]:
        yield density, count
    for limit in range(count - 1, -1, -1):
        yield DENSITIES[-1], limit


def _body(eleve: EleveReport, density: Density, limit: int) -> list[Block]:
    """Profile and suggestions, balance and findings, then the wishes.

    Generous densities align the four on a grid; the others let each column flow.
    """
    left = [parts.profil(eleve, density, _LEFT), parts.equilibre(eleve, density, _LEFT)]
    right = [parts.suggestions(eleve, density, _RIGHT), parts.constats(eleve, density, _RIGHT)]
    voeux = parts.voeux(eleve, density, CONTENT_WIDTH, limit)
    if density.aligned:
        pairs = zip(left, right, strict=True)
        return [*(row([(0, a), (_LEFT + GUTTER, b)], CONTENT_WIDTH) for a, b in pairs), voeux]
    columns = [(0.0, _column(left, density)), (_LEFT + GUTTER, _column(right, density))]
    return [row(columns, CONTENT_WIDTH), voeux]


def _column(blocks: list[Block], density: Density) -> Block:
    column = Block(blocks[0].width)
    for index, block in enumerate(blocks):
        column.space(density.gap if index else 0)
        column.stack(block)
    return column


def _assemble(head: Block, layout: _Layout, height: float, decision: DecisionReport | None) -> Block:
    avis_height = min(layout.spare, MAX_AVIS)
    page = Block(CONTENT_WIDTH)
    page.stack(head)
    for block in layout.body:
        page.space(layout.density.gap)
        page.stack(block)
    page.place(avis(CONTENT_WIDTH, avis_height, decision), 0, height - avis_height)
    page.height = height
    return page

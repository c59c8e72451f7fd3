"""How a class evolved, for the page of the class: a few days side by side, with a bar for the milestone."""

from __future__ import annotations

from mps_desktop.reports import fonts
from mps_desktop.reports.blocks import Block, row, text_block
from mps_desktop.reports.data import EvolutionReport
from mps_desktop.reports.graphiques import bar
from mps_desktop.reports.sections_eleve import section
from mps_desktop.reports.styles import CONTENT_WIDTH, INK_2, LABEL, PEN_RULE, SUCCESS, TextStyle

_NAMES = 150.0
_BAR_GAP = 6.0


def evolution_block(evolution: EvolutionReport, body: TextStyle, full: bool) -> Block:
    """The evolution as a small table, or as its one sentence where the page has no room.

    Args:
        body: type of the table.
        full: False keeps the sentence only.
    """
    block = section("Évolution de la classe", CONTENT_WIDTH)
    if not full:
        block.write(evolution.phrase, TextStyle(fonts.REGULAR, body.size, body.leading, INK_2))
        return block
    width = (CONTENT_WIDTH - _NAMES) / len(evolution.jours)
    places = [_NAMES + index * width for index in range(len(evolution.jours))]
    heads = [(x, text_block(day, LABEL, width, 1)) for x, day in zip(places, evolution.jours, strict=True)]
    block.stack(row(heads, CONTENT_WIDTH))
    block.space(1)
    block.rule(PEN_RULE, 0.6)
    for index, (name, values) in enumerate(evolution.lignes):
        cells = [(0.0, text_block(name, body, _NAMES - 8, 1))]
        for x, value in zip(places, values, strict=True):
            cells.append((x, text_block(value, body.weighted(fonts.MEDIUM), width - _BAR_GAP, 1)))
        block.stack(row(cells, CONTENT_WIDTH, 0.6))
        if not index:
            gauges = zip(places, evolution.parts, strict=True)
            block.stack(row([(x, bar(part, width - 2 * _BAR_GAP, 3.5, SUCCESS)) for x, part in gauges], CONTENT_WIDTH))
            block.space(2)
    return block

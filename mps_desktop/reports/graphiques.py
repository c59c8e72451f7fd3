"""What is drawn rather than written: class marks, bars, balance columns, ticks.

Each drawing also says in words or figures what it shows, and stays readable in black and white.
"""

from __future__ import annotations

from mps_desktop.core.text import NBSP
from mps_desktop.reports import fonts
from mps_desktop.reports.blocks import Block, Shape
from mps_desktop.reports.styles import (
    ACTION,
    ERROR,
    INFO,
    INK,
    INK_2,
    PEN_RULE,
    RANGS,
    RULE,
    SMALLEST,
    SUCCESS,
    TINT,
    WARNING,
    Rang,
    style,
)

GRAVITES = {3: ("à résoudre", ERROR), 2: ("à surveiller", WARNING), 1: ("à savoir", INFO)}
_UNIT_MAX = 14.0  # height of the block that stands for one wish
_COLUMN_WIDTH = 42.0


def rang_shape(rang: Rang, x: float, y: float, size: float) -> Shape:
    """The shape of a class: full, except the diamond of "données insuffisantes"."""
    if rang.forme == "diamond":
        return Shape("diamond", x, y, size, size, "", rang.couleur, 1.1)
    return Shape(rang.forme, x, y, size, size, rang.couleur)


def rang_mark(rang: Rang, size: float, width: float) -> Block:
    """Shape and letter on one line, e.g. "▲ A+"."""
    text = style(size, fonts.BOLD, rang.couleur, leading=1.15)
    block = Block(width)
    block.write(rang.lettre, text, x=size * 1.1)
    block.shapes.append(rang_shape(rang, 0, (text.leading - size * 0.78) / 2 + size * 0.02, size * 0.78))
    return block


def bar(share: float, width: float, height: float = 5, color: str = ACTION) -> Block:
    """A gauge: share is 0..1, anything outside is brought back."""
    block = Block(width, height)
    block.shapes.append(Shape("rect", 0, 0, width, height, TINT, PEN_RULE, 0.4))
    filled = width * min(max(share, 0.0), 1.0)
    if filled:
        block.shapes.append(Shape("rect", 0, 0, filled, height, color))
    return block


def tick(done: bool, size: float) -> Block:
    """A full green disc with a tick, or an empty ring. The sentence beside it says the same."""
    block = Block(size, size)
    if done:
        block.shapes.append(Shape("disc", 0, 0, size, size, SUCCESS))
        block.shapes.append(Shape("tick", 0, 0, size, size, "", "#ffffff", size * 0.12))
    else:
        block.shapes.append(Shape("disc", 0.5, 0.5, size - 1, size - 1, "", INK_2, 1.0))
    return block


def gravite_mark(gravite: int, size: float) -> Block:
    """Full disc with "!" to solve, ring with "!" to watch, ring with "i" to know."""
    color = GRAVITES.get(gravite, GRAVITES[1])[1]
    block = Block(size, size)
    if gravite >= 3:
        block.shapes.append(Shape("disc", 0, 0, size, size, color))
        block.shapes.append(Shape("bang", 0, 0, size, size, "#ffffff"))
    else:
        block.shapes.append(Shape("disc", 0.5, 0.5, size - 1, size - 1, "", color, 1.0))
        block.shapes.append(Shape("bang" if gravite == 2 else "dot_i", 0, 0, size, size, color))
    return block


def gravite_legend(gravites: set[int], width: float) -> Block:
    """What the marks mean, on one line aligned to the right; only those present."""
    block = Block(width)
    text = style(SMALLEST, color=INK_2, leading=1.2)
    x = width
    for gravite in sorted(gravites):
        word = GRAVITES.get(gravite, GRAVITES[1])[0]
        x -= fonts.text_width(word, text.font, text.size)
        label = Block(width)
        label.write(word, text, x=x)
        block.place(label, 0, 0)
        x -= 11
        block.place(gravite_mark(gravite, 8), x, 0.8)
        x -= 9
    return block


def balance_columns(counts: dict[str, int], ecarts: dict[str, int], width: float, height: float) -> Block:
    """One block per wish in three columns, what the target still asks as dashed outlines.

    "Données insuffisantes" stands apart, on the right of a line, and only when there are some.

    Args:
        counts: class letter -> wishes.
        ecarts: class letter -> wishes missing.
        height: of the tallest stack, in points.
    """
    shown = [rang for rang in RANGS if rang.lettre != "?" or counts.get("?", 0)]
    pitch = (width - 12) / 4
    tallest = max(counts.get(rang.lettre, 0) + ecarts.get(rang.lettre, 0) for rang in shown)
    unit = min(_UNIT_MAX, height / max(tallest, 1))
    ground = 13 + unit * max(tallest, 1)
    block = Block(width)
    for index, rang in enumerate(shown):
        x = index * pitch + (8 if rang.lettre == "?" else 0)
        _column(block, rang, (counts.get(rang.lettre, 0), ecarts.get(rang.lettre, 0)), x, ground, unit)
        if rang.lettre == "?":
            block.shapes.append(Shape("line", x - 10, 4, 0, ground + 22, "", RULE, 0.6))
    return block


def _column(block: Block, rang: Rang, numbers: tuple[int, int], x: float, ground: float, unit: float) -> None:
    count, missing = numbers
    inset = min(1.4, unit * 0.25)
    for index in range(count):
        box = (x, ground - (index + 1) * unit + inset / 2, _COLUMN_WIDTH, unit - inset)
        if rang.lettre == "?":
            block.shapes.append(Shape("rect", *box, TINT, PEN_RULE, 0.7))
        else:
            block.shapes.append(Shape("rect", *box, rang.couleur))
    if missing:
        box = (x + 0.4, ground - (count + missing) * unit + inset / 2, _COLUMN_WIDTH - 0.8, missing * unit - inset)
        block.shapes.append(Shape("rect", *box, "", rang.couleur, 0.8, (2.4, 1.8)))
    head = Block(_COLUMN_WIDTH)
    head.write(str(count), style(10, fonts.BOLD, leading=1.2), align="center")
    block.place(head, x, ground - (count + missing) * unit - 13)
    block.shapes.append(Shape("line", x - 2, ground, _COLUMN_WIDTH + 4, 0, "", INK, 0.8))
    foot = Block(_COLUMN_WIDTH + 12)
    foot.stack(rang_mark(rang, 11, _COLUMN_WIDTH))
    foot.write(rang.mot, style(SMALLEST, color=INK_2, leading=1.15))
    if missing:
        foot.write(f"manque{NBSP}{missing}", style(SMALLEST, fonts.SEMIBOLD, WARNING, leading=1.2))
    block.place(foot, x, ground + 3)

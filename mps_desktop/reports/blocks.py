"""Measured layout: text and shapes are placed in blocks first, drawn afterwards.

A block knows its height before anything is drawn, so that a page can try another density, and a
test can check that no two texts overlap. Coordinates are points from the block's top left corner,
y downwards; a text's y is its baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mps_desktop.reports.fonts import missing_glyphs, printable, text_width
from mps_desktop.reports.styles import INK, TextStyle

ELLIPSIS = "…"
_END_DOT = "\u00a0·"  # a separator has nothing to separate at the end of a line
_LOOSE_END = " .,;:·-–—\u00a0\u202f"
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; x is its left end."""

    x: float
    y: float
    text: str
    style: TextStyle

    @property
    def width(self) -> float:
        """Measured width."""
        return text_width(self.text, self.style.font, self.style.size)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape in the box (x, y, width, height), y being its top.

    Attributes:
        kind: rect, disc, triangle, square, diamond, line, tick, bang or dot_i.
        fill, stroke: colours, empty = none.
        dash: lengths of strokes and holes, empty = solid.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(slots=True)
class Block:
    """A rectangle being filled from top to bottom.

    Attributes:
        height: grows as things are stacked in it.
        cuts: texts that were shortened with "…".
        missing: characters that print as "□".
    """

    width: float
    height: float = 0.0
    texts: list[Text] = field(default_factory=list[Text])
    shapes: list[Shape] = field(default_factory=list[Shape])
    cuts: int = 0
    missing: set[str] = field(default_factory=set[str])

    def space(self, height: float) -> None:
        """Leave some room below what is there."""
        self.height += height

    def rule(self, color: str = INK, line: float = 0.6, x: float = 0, width: float | None = None) -> None:
        """Horizontal line at the current height; takes no room."""
        self.shapes.append(
            Shape("line", x, self.height, self.width - x if width is None else width, 0, "", color, line)
        )

    def write(
        self,
        text: str,
        style: TextStyle,
        x: float = 0,
        width: float | None = None,
        max_lines: int | None = None,
        align: str = "left",
    ) -> None:
        """Stack a wrapped text under what is there.

        Args:
            width: of the column, by default what is left right of x.
            max_lines: at least 1; beyond, the text ends with "…" and counts as cut.
            align: left, right or center inside the column.
        """
        room = self.width - x if width is None else width
        self.missing |= missing_glyphs(text)
        lines, cut = wrap(printable(text), style, room, max_lines)
        self.cuts += cut
        for line in lines:
            shift = room - text_width(line, style.font, style.size)
            indent = {"left": 0.0, "right": shift, "center": shift / 2}[align]
            baseline = self.height + (style.leading - style.size) / 2 + style.size * 0.8
            self.texts.append(Text(x + indent, baseline, line, style))
            self.height += style.leading

    def place(self, other: Block, x: float, y: float) -> None:
        """Copy another block at (x, y); the height grows to hold it."""
        self.texts += [Text(t.x + x, t.y + y, t.text, t.style) for t in other.texts]
        self.shapes += [
            Shape(s.kind, s.x + x, s.y + y, s.width, s.height, s.fill, s.stroke, s.line, s.dash) for s in other.shapes
        ]
        self.cuts += other.cuts
        self.missing |= other.missing
        self.height = max(self.height, y + other.height)

    def stack(self, other: Block, x: float = 0) -> None:
        """Copy another block under what is there."""
        self.place(other, x, self.height)


def row(cells: Iterable[tuple[float, Block]], width: float, padding: float = 0) -> Block:
    """Blocks side by side, tops aligned.

    Args:
        cells: (x, block).
        padding: room above and below.
    """
    block = Block(width, padding)
    tallest = padding
    for x, cell in cells:
        block.place(cell, x, padding)
        tallest = max(tallest, padding + cell.height)
    block.height = tallest + padding
    return block


def text_block(text: str, style: TextStyle, width: float, max_lines: int | None = None, align: str = "left") -> Block:
    """A block that holds one wrapped text."""
    block = Block(width)
    if text:
        block.write(text, style, max_lines=max_lines, align=align)
    return block


def wrap(text: str, style: TextStyle, width: float, max_lines: int | None = None) -> tuple[list[str], bool]:
    """Lines of a printable text, and whether its end had to be cut.

    Breaks at plain spaces and after hyphens between letters; no-break spaces hold. A word wider
    than the column is broken anywhere.
    """
    lines: list[tuple[str, str]] = []  # what joins it to the line before, the line
    current, joint = "", ""
    for glue, piece in _pieces(text, style, width):
        candidate = f"{current}{glue}{piece}"
        if not current:
            current = piece
        elif _fits(candidate, style, width):
            current = candidate
        else:
            lines.append((joint, current))
            current, joint = piece, glue
    if current:
        lines.append((joint, current))
    if max_lines is None or len(lines) <= max_lines:
        return [line.removesuffix(_END_DOT) for _, line in lines], False
    kept = [line.removesuffix(_END_DOT) for _, line in lines[: max_lines - 1]]
    tail = lines[max_lines - 1][1] + "".join(lines[max_lines])
    return [*kept, _shorten(tail, style, width)], True


def _pieces(text: str, style: TextStyle, width: float) -> Iterable[tuple[str, str]]:
    """(what joins it to the piece before, piece that must stay on one line)."""
    for word in text.split(" "):
        glue = " "
        for part in _AFTER_HYPHEN.split(word):
            while part and not _fits(part, style, width):
                head = _longest_start(part, style, width)
                yield glue, head
                glue, part = "", part[len(head) :]
            if part:
                yield glue, part
            glue = ""


def _fits(text: str, style: TextStyle, width: float) -> bool:
    return text_width(text, style.font, style.size) <= width + 0.01


def _longest_start(text: str, style: TextStyle, width: float) -> str:
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(text[:middle], style, width):
            low = middle
        else:
            high = middle - 1
    return text[:low]


def _shorten(line: str, style: TextStyle, width: float) -> str:
    """The line's start followed by an ellipsis, cut at a word when that costs little."""
    room = width - text_width(ELLIPSIS, style.font, style.size)
    start = _longest_start(line, style, max(room, 1))
    at_word = start.rpartition(" ")[0]
    if line[len(start) : len(start) + 1].strip() and len(at_word) > len(start) * 0.8:
        start = at_word
    return start.rstrip(_LOOSE_END) + ELLIPSIS

"""From measured blocks to a reportlab canvas. The only place that draws."""

# reportlab ships no type stubs.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from mps_desktop.core.text import NNBSP
from mps_desktop.reports.blocks import Block, Shape, Text
from mps_desktop.reports.fonts import NB_HYPHEN, NNBSP_EM, text_width


def draw_block(canvas: Canvas, block: Block, page_height: float) -> None:
    """Draw the shapes, then the texts on top of them, in the order they were placed."""
    for shape in block.shapes:
        _draw_shape(canvas, shape, page_height)
    for text in block.texts:
        _draw_text(canvas, text, page_height)


def _draw_text(canvas: Canvas, text: Text, page_height: float) -> None:
    """Set one line; a narrow no-break space is a plain space with its advance reduced.

    It is therefore read back as an ordinary space, and found by a search for "38 %".
    """
    style = text.style
    line = canvas.beginText(text.x, page_height - text.y)
    line.setFont(style.font, style.size)
    line.setFillColor(HexColor(style.color))
    head, *others = text.text.replace(NB_HYPHEN, "-").split(NNBSP)
    line.textOut(head)
    if others:
        narrower = NNBSP_EM * style.size - text_width(" ", style.font, style.size)
        for part in others:
            line.setCharSpace(narrower)
            line.textOut(" ")
            line.setCharSpace(0)
            line.textOut(part)
    canvas.drawText(line)


def _draw_shape(canvas: Canvas, shape: Shape, page_height: float) -> None:
    fill, stroke = int(bool(shape.fill)), int(bool(shape.stroke))
    if fill:
        canvas.setFillColor(HexColor(shape.fill))
    if stroke:
        canvas.setStrokeColor(HexColor(shape.stroke))
        canvas.setLineWidth(shape.line)
        canvas.setDash(list(shape.dash))
    x, y = shape.x, page_height - shape.y - shape.height
    w, h = shape.width, shape.height
    if shape.kind in {"rect", "square"}:
        canvas.rect(x, y, w, h, stroke, fill)
    elif shape.kind == "disc":
        canvas.circle(x + w / 2, y + h / 2, w / 2, stroke, fill)
    elif shape.kind == "line":
        canvas.line(x, y + h, x + w, y)
    else:
        path = canvas.beginPath()
        for contour in _CONTOURS[shape.kind]:
            (start_x, start_y), *points = contour
            path.moveTo(x + start_x * w, y + start_y * h)
            for point_x, point_y in points:
                path.lineTo(x + point_x * w, y + point_y * h)
            if fill or shape.kind == "diamond":
                path.close()
        canvas.drawPath(path, stroke, fill)


# Outlines in a unit square, y upwards.
_CONTOURS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "triangle": (((0.0, 0.02), (1.0, 0.02), (0.5, 0.98)),),
    "diamond": (((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),),
    "tick": (((0.27, 0.5), (0.44, 0.33), (0.74, 0.67)),),
    "bang": (
        ((0.45, 0.40), (0.55, 0.40), (0.57, 0.80), (0.43, 0.80)),
        ((0.44, 0.20), (0.56, 0.20), (0.56, 0.32), (0.44, 0.32)),
    ),
    "dot_i": (
        ((0.44, 0.22), (0.56, 0.22), (0.56, 0.58), (0.44, 0.58)),
        ((0.44, 0.68), (0.56, 0.68), (0.56, 0.80), (0.44, 0.80)),
    ),
}

"""What the conseil says and decides: printed when the dossier holds it, and room to write."""

from __future__ import annotations

from mps_desktop.core.text import NNBSP
from mps_desktop.reports.blocks import Block, Shape, text_block
from mps_desktop.reports.data import DecisionReport
from mps_desktop.reports.sections_eleve import section
from mps_desktop.reports.styles import GUTTER, LABEL, PEN_RULE, style

_PITCH = 19.0
_TEXT = style(9)
_PART_AVIS = 0.6


def avis(width: float, height: float, decision: DecisionReport | None = None) -> Block:
    """Room to write: what the conseil says, what is decided, who signs. Fills the height.

    Args:
        decision: what is known already, above the lines that stay free; a text that does not fit ends with "…".
    """
    left = (width - GUTTER) * _PART_AVIS
    right = width - GUTTER - left
    signature = 44.0 if height > 110 else 32.0
    block = Block(width)
    said, quand = (decision.avis, decision.quand) if decision else ("", "")
    decided, auteur = (decision.decision, decision.auteur) if decision else ("", "")
    block.place(_ruled("Avis du conseil", left, height, said, quand), 0, 0)
    block.place(_ruled("Décision, suite à donner", right, height - signature, decided, ""), left + GUTTER, 0)
    box = Block(right, 4)
    box.write(f"Nom et signature du PP{NNBSP}:", LABEL, x=6, max_lines=1)
    if auteur:
        box.write(f"Noté par {auteur}", LABEL, x=6, max_lines=1)
    box.shapes.append(Shape("rect", 0, 0, right, signature - 4, "", PEN_RULE, 0.4))
    block.place(box, left + GUTTER, height - signature + 4)
    block.height = height
    return block


def _ruled(title: str, width: float, height: float, texte: str, quand: str) -> Block:
    aside = text_block(quand, LABEL, width * 0.6, max_lines=1, align="right") if quand else None
    block = section(title, width, aside)
    for paragraph in texte.splitlines():
        room = int((height - block.height) / _TEXT.leading)
        if room < 1:
            block.cuts += 1
            break
        if paragraph.strip():
            block.write(paragraph, _TEXT, max_lines=room)
    for _ in range(max(0, int((height - block.height) / _PITCH))):
        block.space(_PITCH)
        block.rule(PEN_RULE, 0.4)
    return block

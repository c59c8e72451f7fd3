"""The embedded typeface (Fira Sans): registration, widths, and a glyph for every character.

The default fonts of PDF readers turn "Łukasz" into "nukasz" without a word. Here a character that
the typeface cannot draw is first decomposed ("x̂" -> "x" + accent), else printed as a box "□" that
the page reports. It is never dropped and never becomes another letter.
"""

# reportlab and fontpkg ship no type stubs.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import fontpkg_fira_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP

REGULAR = "MPS-FiraSans"
MEDIUM = "MPS-FiraSans-Medium"
SEMIBOLD = "MPS-FiraSans-SemiBold"
BOLD = "MPS-FiraSans-Bold"
ITALIC = "MPS-FiraSans-Italic"
_FILES = {REGULAR: "Regular", MEDIUM: "Medium", SEMIBOLD: "SemiBold", BOLD: "Bold", ITALIC: "Italic"}

BOX = "□"
NB_HYPHEN = "\u2011"
NNBSP_EM = 0.16  # width of the narrow space; the typeface has none, and its plain space is 0.26 em
_SAME_TEXT = {"<compat>", "<noBreak>", "<wide>", "<narrow>"}  # decompositions that keep the letters


@cache
def register_fonts() -> frozenset[str]:
    """Load the five faces once and return the characters that all of them can draw.

    The box "□" gets the face's own "no such character" glyph, so that it prints in the same ink
    and is still read back as "□".

    Raises:
        EnvironmentFault: the font files are not where the package put them.
    """
    covered: set[int] | None = None
    for name, style in _FILES.items():
        file = fontpkg_fira_sans.ROOT / "files" / f"FiraSans-{style}.ttf"
        try:
            font = TTFont(name, str(file))
        except (TTFError, OSError) as exc:
            raise EnvironmentFault(
                f"La police « {file.name} » est introuvable ou illisible.", "Réinstallez le programme."
            ) from exc
        face = font.face
        face.charToGlyph[ord(BOX)] = 0
        face.charWidths[ord(BOX)] = face.defaultWidth
        pdfmetrics.registerFont(font)
        covered = set(face.charToGlyph) if covered is None else covered & set(face.charToGlyph)
    return frozenset(chr(code) for code in covered or ()) | {NNBSP, NB_HYPHEN}


def missing_glyphs(text: str) -> set[str]:
    """Characters of a text that will print as "□" (empty = the whole text can be drawn)."""
    return {char for char in unicodedata.normalize("NFC", text) if BOX in _drawable(char) and char != BOX}


def printable(text: str) -> str:
    """The same text, written only with characters that the typeface has.

    Line ends and tabs become spaces, invisible marks (soft hyphen, joiners, variation selectors)
    go, exotic spaces become plain ones.
    """
    normal = unicodedata.normalize("NFC", text)
    if normal.isascii() and normal.isprintable():
        return normal
    return "".join(_drawable(char) for char in normal)


@lru_cache(maxsize=4096)
def _drawable(char: str) -> str:
    covered = register_fonts()
    category = unicodedata.category(char)
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return char if char in {"\u00a0", NNBSP} else " "
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    if char in covered:
        return char
    tag, _, rest = unicodedata.decomposition(char).rpartition("> ")
    if not rest or (tag and f"{tag}>" not in _SAME_TEXT):
        return BOX
    parts = "".join(_drawable(chr(int(code, 16))) for code in rest.split())
    return BOX if BOX in parts or not parts.strip() else parts


def text_width(text: str, font: str, size: float) -> float:
    """Width in points of a printable text, as ``draw_text`` will set it."""
    return _width_em(text, font) * size


@lru_cache(maxsize=16384)
def _width_em(text: str, font: str) -> float:
    register_fonts()
    narrow = text.count(NNBSP)
    plain = text.replace(NNBSP, "").replace(NB_HYPHEN, "-")
    return pdfmetrics.stringWidth(plain, font, 1) + narrow * NNBSP_EM

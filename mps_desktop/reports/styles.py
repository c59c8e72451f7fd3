"""Page geometry, colours and type sizes of the printed documents. Lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mps_desktop.reports import fonts

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.890  # A4 portrait
MARGIN = 38.0
CONTENT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TOP = 34.0
NOTE_BASELINE = 800.0  # from the top: what the page shortened or could not draw
CONTENT_BOTTOM = 787.0
FOOTER_RULE = 806.0
GUTTER = 20.0

INK = "#161616"
INK_2 = "#3a3a3a"
RULE = "#b8b8b8"
PEN_RULE = "#767676"  # ruled lines to write on: still visible on a poor copy
SURFACE = "#ffffff"
TINT = "#f2f2f2"
ACTION = "#000091"
SUCCESS = "#18753c"
WARNING = "#b34000"
ERROR = "#ce0500"
INFO = "#0063cb"

SMALLEST = 8.0


@dataclass(frozen=True, slots=True)
class Rang:
    """How one class of wishes is drawn: never by its colour alone."""

    lettre: str
    mot: str
    forme: str
    couleur: str


RANGS = (
    Rang("A+", "ambitieux", "triangle", "#6a1b7a"),
    Rang("A", "réaliste", "disc", "#0063cb"),
    Rang("B", "sécurisant", "square", "#18753c"),
    Rang("?", "données insuffisantes", "diamond", INK_2),
)


def find_rang(lettre: str) -> Rang:
    """The drawing of a class letter; anything unknown is "données insuffisantes"."""
    return next((rang for rang in RANGS if rang.lettre == lettre), RANGS[-1])


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a piece of text is set. leading: distance between two baselines."""

    font: str
    size: float
    leading: float
    color: str = INK

    def tinted(self, color: str) -> TextStyle:
        """The same style in another colour."""
        return replace(self, color=color)

    def weighted(self, font: str) -> TextStyle:
        """The same style in another face."""
        return replace(self, font=font)


def style(size: float, font: str = fonts.REGULAR, color: str = INK, leading: float = 1.26) -> TextStyle:
    """A text style; ``leading`` is relative to the size."""
    return TextStyle(font, size, round(size * leading, 2), color)


LABEL = style(8, color=INK_2, leading=1.2)
SECTION = style(11, fonts.SEMIBOLD, leading=1.3)
TITLE = style(20, fonts.BOLD, leading=1.15)


@dataclass(frozen=True, slots=True)
class Density:
    """One way to fill a student's page, from generous to tight.

    Attributes:
        size: body size; ``small`` the size of details, never under 8.
        gap: between sections; ``padding``: above and below a row.
        profil_lines, label_lines, constat_lines: longest text of one cell, in lines.
        suggestions: how many are listed.
        reason_lines: lines of detail and reasons under a suggestion; from 5 on, one reason a line.
        figure_lines: lines of published figures of a wish.
        column: height of the balance columns.
        avis: least height left for the conseil to write.
        single: one line per wish.
    """

    size: float
    small: float
    gap: float
    padding: float
    profil_lines: int
    label_lines: int
    constat_lines: int
    suggestions: int
    reason_lines: int
    figure_lines: int
    column: float
    avis: float
    single: bool = False

    @property
    def aligned(self) -> bool:
        """The two columns share their rows."""
        return self.size > 9

    def in_full(self) -> Density:
        """The same sizes, with room for texts of any reasonable length."""
        most = DENSITIES[0]
        return replace(
            self,
            profil_lines=most.profil_lines,
            label_lines=most.label_lines,
            constat_lines=most.constat_lines,
            suggestions=most.suggestions,
            reason_lines=max(self.reason_lines, 4),
            figure_lines=most.figure_lines,
        )

    @property
    def body(self) -> TextStyle:
        """Running text."""
        return style(self.size)

    @property
    def strong(self) -> TextStyle:
        """Names of things."""
        return style(self.size, fonts.MEDIUM)

    @property
    def detail(self) -> TextStyle:
        """Second line of things."""
        return style(self.small, color=INK_2, leading=1.22)


IN_FULL = 4  # the first densities, easy to read, are tried without shortening anything
DENSITIES = (
    Density(10, 9, 20, 5.0, 6, 4, 5, 5, 8, 6, 84, 160),
    Density(9.5, 8.5, 16, 4.0, 5, 3, 4, 5, 4, 4, 72, 130),
    Density(9, 8.5, 13, 3.0, 4, 3, 4, 5, 3, 3, 60, 116),
    Density(8.5, 8, 11, 2.4, 3, 2, 3, 5, 2, 2, 50, 104),
    Density(8, 8, 9, 1.8, 2, 2, 3, 5, 2, 2, 42, 96),
    Density(8, 8, 8, 1.4, 2, 1, 2, 3, 1, 2, 38, 88),
    Density(8, 8, 8, 1.2, 2, 1, 2, 4, 1, 1, 36, 88, single=True),
    Density(8, 8, 7, 0.8, 1, 1, 1, 3, 1, 1, 30, 78, single=True),
)

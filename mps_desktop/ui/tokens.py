"""Colours of the interface, light and dark, and the measure of their contrast."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one appearance, as ``#rrggbb``.

    Attributes:
        ink, ink2, faint: text, from strongest to weakest; all readable.
        line, control: separators; borders of what can be operated (3:1 at least).
        surface, ground: cards; what is behind them.
        hover, selected: backgrounds of a row or button under the pointer, or chosen.
        classe_*: the classes of a vœu, always beside their letter.
    """

    ink: str
    ink2: str
    faint: str
    line: str
    control: str
    surface: str
    ground: str
    hover: str
    selected: str
    action: str
    on_action: str
    success: str
    warning: str
    error: str
    info: str
    classe_ambitieux: str
    classe_realiste: str
    classe_securisant: str

    def classe(self, classe: str) -> str:
        """Colour of a class of vœu ("A+", "A", "B"; anything else is neutral)."""
        known = {"A+": self.classe_ambitieux, "A": self.classe_realiste, "B": self.classe_securisant}
        return known.get(classe, self.faint)

    def tint(self, color: str, share: float = 0.1) -> str:
        """A colour diluted in the surface, for the background of text of that colour."""
        return mix(color, self.surface, share)


def mix(color: str, base: str, share: float) -> str:
    """Colour made of ``share`` of the first and the rest of the second."""
    first, second = QColor(color), QColor(base)
    pairs = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    red, green, blue = (round(one * share + other * (1 - share)) for one, other in pairs)
    return QColor(red, green, blue).name()


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2, relative luminance)."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: str) -> float:
    value = QColor(color)
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value.redF(), value.greenF(), value.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


CLAIR = Tokens(
    ink="#161616",
    ink2="#3a3a3a",
    faint="#5e5e5e",
    line="#dddddd",
    control="#868686",
    surface="#ffffff",
    ground="#f6f6f6",
    hover="#f2f2f5",
    selected="#e9e9f6",
    action="#000091",
    on_action="#ffffff",
    success="#18753c",
    warning="#b34000",
    error="#ce0500",
    info="#0063cb",
    classe_ambitieux="#6a1b7a",
    classe_realiste="#0063cb",
    classe_securisant="#18753c",
)
SOMBRE = Tokens(
    ink="#f2f2f2",
    ink2="#cecece",
    faint="#a8a8ad",
    line="#3a3a3a",
    control="#7c7c82",
    surface="#1b1b1d",
    ground="#121214",
    hover="#252529",
    selected="#26263a",
    action="#8585f6",
    on_action="#121214",
    success="#27a658",
    warning="#fc5d00",
    error="#ff5655",
    info="#518fff",
    classe_ambitieux="#cf9bdc",
    classe_realiste="#7ab1ff",
    classe_securisant="#5fcf8a",
)


def text_pairs(tokens: Tokens) -> tuple[tuple[str, str, str], ...]:
    """Every (what, text colour, background) that the interface uses, for the contrast check."""
    backgrounds = ("surface", "ground", "hover", "selected")
    pairs = [
        (f"{text} on {back}", getattr(tokens, text), getattr(tokens, back))
        for text in ("ink", "ink2", "faint", "action")
        for back in backgrounds
    ]
    pairs.append(("on_action on action", tokens.on_action, tokens.action))
    signals = ("success", "warning", "error", "info", "classe_ambitieux", "classe_realiste", "classe_securisant")
    for name in signals:
        color = getattr(tokens, name)
        pairs += [(f"{name} on {back}", color, getattr(tokens, back)) for back in ("surface", "ground", "hover")]
        pairs.append((f"{name} on its tint", color, tokens.tint(color)))
    return tuple(pairs)

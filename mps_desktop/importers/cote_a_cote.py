"""Tables of the same titles side by side on one sheet, with a blank column between them: one class each, usually."""

from __future__ import annotations

from dataclasses import replace

from mps_desktop.core.text import fold
from mps_desktop.importers.entetes import find_header, is_header, match
from mps_desktop.importers.feuille import Feuille, Ligne

_MOST = 6


def side_by_side(feuille: Feuille) -> tuple[Feuille, ...]:
    """The sheet alone, or one sheet for each of its tables.

    Without a blank column between them, the same titles again may be those of a parent: nothing is cut then.
    """
    entete = find_header(feuille) if feuille.visible else None
    if entete is None:
        return (feuille,)
    titles = next((ligne for ligne in feuille.lignes[entete.debut : entete.fin] if is_header(ligne)), None)
    cells = [fold(cell) for cell in titles.cellules] if titles is not None else []
    names = [rang for rang, cell in enumerate(cells) if cell and match(cell) in ("identite", "nom")]
    same = [rang for rang in names if cells[rang] == cells[names[0]]]
    if not 2 <= len(same) <= _MOST:
        return (feuille,)
    first = next(rang for rang, cell in enumerate(cells) if cell)
    period = same[1] - same[0]
    starts = [first + number * period for number in range(len(same))]
    blocks = [cells[start : start + period] for start in starts]
    blocks[-1] += [""] * (period - len(blocks[-1]))
    if blocks[0][-1] or any(block != blocks[0] for block in blocks):
        return (feuille,)
    return tuple(replace(feuille, lignes=_columns(feuille, start, start + period)) for start in starts)


def _columns(feuille: Feuille, start: int, end: int) -> tuple[Ligne, ...]:
    cut = (Ligne(ligne.numero, ligne.cellules[start:end]) for ligne in feuille.lignes)
    return tuple(ligne for ligne in cut if any(ligne.cellules))

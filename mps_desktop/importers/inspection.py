"""What a teacher needs to see to say which column holds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.colonnes_devinees import headerless, named_by_cells
from mps_desktop.importers.correspondance import CHAMPS_OFFERTS, bare_signature, signature
from mps_desktop.importers.entetes import Entete, find_header, match
from mps_desktop.importers.feuille import Feuille, Tableau

_SHOWN = 30


class ColonnesInconnues(EnvironmentFault):
    """A table was read, but no column of names was recognised: its columns can be told.

    Attributes:
        inspection: the table to show.
    """

    def __init__(self, message: str, remede: str, inspection: Inspection) -> None:
        super().__init__(message, remede)
        self.inspection = inspection


@dataclass(frozen=True, slots=True)
class Inspection:
    """The beginning of the first sheet of a file.

    Attributes:
        fichier: file name without folder.
        lignes: (line number, cells) of its first lines that hold something, at most thirty.
        largeur: number of columns.
        entete: line number of the header as far as recognised, 0 = none.
        champs: field of each column as far as recognised, empty = not read.
    """

    fichier: str
    lignes: tuple[tuple[int, tuple[str, ...]], ...]
    largeur: int
    entete: int
    champs: tuple[str, ...]

    def signature(self, entete: int) -> str:
        """Signature of such files when their header is that line, or when they have none (0)."""
        if not entete:
            return bare_signature(self.largeur)
        return signature(next(cells for number, cells in self.lignes if number == entete))

    def guess(self, entete: int) -> tuple[str, ...]:
        """Fields that the titles of a line name, empty where they name none."""
        cells: Sequence[str] = next((cells for number, cells in self.lignes if number == entete), ())
        return tuple(_offered(match(cells[rang])) if rang < len(cells) else "" for rang in range(self.largeur))


def inspect(tableau: Tableau, name: str) -> Inspection | None:
    """The first visible sheet of a table that holds something; None when there is none."""
    feuille = next((sheet for sheet in tableau.feuilles if sheet.visible and sheet.lignes), None)
    if feuille is None:
        return None
    width = max(len(ligne.cellules) for ligne in feuille.lignes)
    entete = find_header(feuille) or named_by_cells(feuille) or headerless(feuille)
    likely = _likely_header(feuille)
    inspection = Inspection(
        fichier=name,
        lignes=tuple((ligne.numero, ligne.cellules) for ligne in feuille.lignes[:_SHOWN]),
        largeur=width,
        entete=likely if entete is None else entete.numero,
        champs=("",) * width if entete is None else _champs(entete, width),
    )
    return inspection if entete is not None else replace(inspection, champs=inspection.guess(likely))


def _champs(entete: Entete, width: int) -> tuple[str, ...]:
    by_rank = {colonne.rang: _offered(colonne.champ) for colonne in entete.colonnes}
    return tuple(by_rank.get(rang, "") for rang in range(width))


def _offered(champ: str) -> str:
    return champ if champ in CHAMPS_OFFERTS else ""


def _likely_header(feuille: Feuille) -> int:
    """The first line as wide as most of those below it."""
    widths = [len(ligne.remplies) for ligne in feuille.lignes[:_SHOWN]]
    usual = max(set(widths), key=widths.count)
    return next(ligne.numero for ligne in feuille.lignes if len(ligne.remplies) >= min(usual, max(widths)))

"""The common form of every file read: sheets of clean text cells with their row numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP

MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_CELLS = 600_000
"""Filled cells of one file; as text they take about 100 MB."""
MAX_CHARACTERS = 40_000_000
"""Characters of all the cells of one file, a text shared by many cells counting once for each."""

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One row that holds something.

    Attributes:
        numero: 1-based row or line number in the file.
        cellules: clean text, one per column.
    """

    numero: int
    cellules: tuple[str, ...]

    def cell(self, rang: int) -> str:
        """Text of a column, empty beyond the end of the row."""
        return self.cellules[rang] if rang < len(self.cellules) else ""

    @property
    def remplies(self) -> tuple[str, ...]:
        """Cells that hold something, in order."""
        return tuple(cell for cell in self.cellules if cell)


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet; blank rows are left out."""

    nom: str
    lignes: tuple[Ligne, ...]
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Tableau:
    """One file.

    Attributes:
        encodage: Python codec name, empty for spreadsheets.
        separateur: column separator, empty for spreadsheets and one-column lists.
    """

    feuilles: tuple[Feuille, ...]
    encodage: str = ""
    separateur: str = ""
    avertissements: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Composed text on one line, without no-break spaces nor invisible characters."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return _SPACES.sub(" ", text).strip()


def too_many_rows(name: str) -> EnvironmentFault:
    """The error to raise beyond ``MAX_ROWS``."""
    return too_big(name, f"{MAX_ROWS:,} lignes".replace(",", NNBSP))


def too_many_columns(name: str) -> EnvironmentFault:
    """The error to raise beyond ``MAX_COLUMNS``."""
    return too_big(name, f"{MAX_COLUMNS} colonnes")


def too_many_cells(name: str) -> EnvironmentFault:
    """The error to raise beyond ``MAX_CELLS`` or ``MAX_CHARACTERS``."""
    return too_big(name, f"{MAX_CELLS:,} cases remplies".replace(",", NNBSP))


def too_big(name: str, what: str) -> EnvironmentFault:
    """The error to raise for a file beyond the limits.

    Args:
        name: file name.
        what: the limit, for instance "20 Mo".
    """
    return EnvironmentFault(
        f"Le fichier « {name} » dépasse {what}{NNBSP}: ce n’est pas une liste de classe.",
        "Donnez seulement la liste de vos classes.",
    )

"""A teacher's file -> sheets of clean text cells with their row numbers, within firm limits."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP
from mps_desktop.importers.classeur import read_workbook
from mps_desktop.importers.encodage import TexteLu, decode
from mps_desktop.importers.feuille import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Feuille,
    Ligne,
    Tableau,
    clean,
    too_big,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from mps_desktop.importers.nature import Nature, recognise
from mps_desktop.importers.xml_pronote import read_xml

MAX_BYTES = 20 * 1024 * 1024

_MAX_CELL = 131_072
_MAX_LINE = 1_000_000
_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 60
_FILLED = re.compile(r"^.*\S.*$", re.MULTILINE)
_UNCLOSED = (
    f"Un guillemet n’est pas refermé dans le fichier{NNBSP}: les guillemets ont été ignorés, "
    "vérifiez les lignes voisines."
)


@dataclass(frozen=True, slots=True)
class Contenu:
    """One file as it was given: what it really is, and its bytes.

    Attributes:
        nom: file name without folder.
    """

    nom: str
    nature: Nature
    data: bytes


def read_contenu(path: Path) -> Contenu:
    """Read the bytes of a file and tell what they are, whatever its extension says.

    Raises:
        EnvironmentFault: absent, unreadable, a folder, empty, too big, or of a kind that holds no table.
    """
    data = _read_bytes(path)
    return Contenu(path.name, recognise(data, path.name), data)


def read_tableau(contenu: Contenu, progress: Progress) -> Tableau:
    """Read a file as a table. The XML files of SIECLE go together: see ``siecle.read_eleves``.

    Raises:
        EnvironmentFault: damaged, protected, or beyond the limits.
        Cancelled: the user stopped.
    """
    progress.step(f"Lecture de {contenu.nom}")
    if contenu.nature is Nature.TABLEUR:
        return read_workbook(contenu.data, contenu.nom, progress)
    if contenu.nature is Nature.XML_PRONOTE:
        return read_xml(contenu.data, contenu.nom)
    check_lines(contenu.data, contenu.nom)
    return table_of_text(decode(contenu.data), contenu.nom)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise EnvironmentFault(
                f"« {path.name} » est un dossier.", "Choisissez le fichier de la liste, à l’intérieur."
            )
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as exc:
        raise EnvironmentFault(
            f"Le fichier « {path.name} » est introuvable.", "Vérifiez qu’il n’a pas été déplacé ou renommé."
        ) from exc
    except (OSError, ValueError) as exc:
        raise EnvironmentFault(
            f"Le fichier « {path.name} » ne peut pas être lu.",
            "Fermez-le s’il est ouvert ailleurs, ou copiez-le dans vos documents, puis recommencez.",
        ) from exc
    if len(data) > MAX_BYTES:
        raise too_big(path.name, f"{MAX_BYTES // (1024 * 1024)}{NNBSP}Mo")
    return data


def check_lines(data: bytes, name: str) -> None:
    """Refuse a text with an endless line, before it is decoded: it has no rows, and would cost much memory.

    Raises:
        EnvironmentFault: a line has more than two million bytes, perhaps more than one.
    """
    for at in range(0, len(data) - _MAX_LINE, _MAX_LINE):
        if data.find(b"\n", at, at + _MAX_LINE) < 0 and data.find(b"\r", at, at + _MAX_LINE) < 0:
            raise too_big(name, "un million de caractères sur une même ligne")


def table_of_text(read: TexteLu, name: str) -> Tableau:
    """Table of a decoded text, the clipboard's included."""
    text = read.texte
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    warnings = [read.doute] if read.doute else []
    separator = find_separator(text)
    lignes = _split_rows(text, separator, name, quoted=True)
    if _swallowed(lignes, separator):
        lignes = _split_rows(text, separator, name, quoted=False)
        warnings.append(_UNCLOSED)
    kept = tuple(Ligne(at, tuple(clean(cell) for cell in cells)) for at, cells in lignes)
    feuille = Feuille("", tuple(ligne for ligne in kept if any(ligne.cellules)))
    return Tableau((feuille,), read.encodage, separator, tuple(warnings))


def find_separator(text: str) -> str:
    """Separator that cuts the first lines most regularly; empty when nothing cuts them.

    The score of a separator is its usual number of columns times the share of lines that have it; at least half of
    the lines must be cut.
    """
    lines = [line for line in text.split("\n", 400)[:400] if line.strip()][:_SAMPLE_LINES]
    best, best_score = "", 0.999
    for separator in _SEPARATORS:
        counts = Counter(_count_columns(line, separator) for line in lines)
        score = max((columns * number / len(lines) for columns, number in counts.items() if columns > 1), default=0.0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _count_columns(line: str, separator: str) -> int:
    """Columns of one line; separators between quotes do not count."""
    parts = line.split('"')
    outside = parts[::2] if len(parts) % 2 else parts
    return sum(part.count(separator) for part in outside) + 1


def _split_rows(text: str, separator: str, name: str, *, quoted: bool) -> list[tuple[int, list[str]]]:
    """Rows as (line number where they start, raw cells).

    Raises:
        EnvironmentFault: too many rows or columns, or a cell of more than 128 kB.
    """
    if not separator:
        return _within_limits(list(itertools.islice(_filled_lines(text), MAX_ROWS + 1)), name)
    lines = _Lines(text)
    reader = csv.reader(
        lines,
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=True,
    )
    rows: list[tuple[int, list[str]]] = []
    start, filled = 1, 0
    csv.field_size_limit(_MAX_CELL)  # the limit is the process's: other readers set their own
    try:
        for cells in reader:
            rows.append((start, cells if quoted else [cell.strip(' "') for cell in cells]))
            start = reader.line_num + 1
            filled += len(cells)
            if filled > 2 * MAX_CELLS:  # blank cells cost too
                raise too_many_cells(name)
            if len(cells) > MAX_COLUMNS:
                break
            if len(rows) > 2 * MAX_ROWS:  # many blank ones: the rest may be blank too
                if not lines.only_blank(separator):
                    raise too_many_rows(name)
                break
    except csv.Error as exc:
        raise EnvironmentFault(
            f"Le fichier « {name} » n’a pas la forme d’un tableau{NNBSP}: une case y est démesurée.",
            "Exportez de nouveau la liste au format CSV ou xlsx.",
        ) from exc
    return _within_limits(rows, name)


class _Lines(Iterator[str]):
    """Lines of a text one by one, their end kept: a list or a buffer of millions of them would cost much memory."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = 0

    def __next__(self) -> str:
        start = self._start
        if start >= len(self._text):
            raise StopIteration
        self._start = self._text.find("\n", start) + 1 or len(self._text)
        return self._text[start : self._start]

    def only_blank(self, separator: str) -> bool:
        """True when nothing is left but blank cells."""
        return re.compile(rf'[^\s"{re.escape(separator)}]').search(self._text, self._start) is None


def _filled_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold something, as rows of one cell; many blank ones are passed over at once."""
    number, counted = 1, 0
    for found in _FILLED.finditer(text):
        number += text.count("\n", counted, found.start())
        counted = found.start()
        yield number, [found[0].strip('"')]


def _within_limits(rows: list[tuple[int, list[str]]], name: str) -> list[tuple[int, list[str]]]:
    if sum(any(cell.strip() for cell in cells) for _, cells in rows) > MAX_ROWS:
        raise too_many_rows(name)
    if any(len(cells) > MAX_COLUMNS for _, cells in rows):
        raise too_many_columns(name)
    return rows


def _swallowed(rows: list[tuple[int, list[str]]], separator: str) -> bool:
    """True when a quote that nobody closed took whole rows into one cell."""
    if not separator:
        return False
    usual = Counter(len(cells) for _, cells in rows).most_common(1)
    width = usual[0][0] if usual else 0
    inner = [line for _, cells in rows for cell in cells if "\n" in cell for line in cell.split("\n")[1:]]
    return any(line.count(separator) >= max(width - 1, 1) for line in inner)

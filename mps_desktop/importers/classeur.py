"""Spreadsheets (xlsx, xlsb, xls, ods) -> sheets, through calamine."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from mps_desktop.core.progress import Progress
from mps_desktop.importers.feuille import MAX_COLUMNS, MAX_ROWS, Feuille, Ligne, Tableau, clean, too_big
from mps_desktop.importers.nature import ZIP_ERRORS, damaged, protected

_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_FILLED = 200_000
_CHUNK = 1 << 20
_TAG = 256
# A cell that holds something: an opening tag, not a self-closed one (those only carry a style).
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
Merges = list[tuple[tuple[int, int], tuple[int, int]]]


def read_workbook(data: bytes, name: str, progress: Progress) -> Tableau:
    """Read every sheet of a spreadsheet, hidden ones included (and said to be).

    Raises:
        EnvironmentFault: damaged, protected by a password, or beyond the limits.
    """
    if data.startswith(b"PK"):
        _check_archive(data, name)
    try:
        feuilles = _read_sheets(data, name, progress)
    except PasswordError as exc:
        raise protected(name) from exc
    except (CalamineError, OSError, ValueError, OverflowError) as exc:
        raise damaged(name) from exc
    except BaseException as exc:
        # The parser's own crashes arrive as a class that cannot be imported and is no Exception.
        if type(exc).__name__ == "PanicException":
            raise damaged(name) from exc
        raise
    return Tableau(feuilles)


def _read_sheets(data: bytes, name: str, progress: Progress) -> tuple[Feuille, ...]:
    feuilles: list[Feuille] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for done, meta in enumerate(workbook.sheets_metadata):
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            progress.step(f"Lecture de {name}", done, len(workbook.sheet_names))
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.height > MAX_ROWS:
                raise too_big(name, f"{MAX_ROWS} lignes")
            if sheet.width > MAX_COLUMNS:
                raise too_big(name, f"{MAX_COLUMNS} colonnes")
            feuilles.append(Feuille(clean(meta.name), _rows(sheet), meta.visible == SheetVisibleEnum.Visible))
    return tuple(feuilles)


def _rows(sheet: Any) -> tuple[Ligne, ...]:  # noqa: ANN401  compiled class
    if sheet.start is None:
        return ()
    first_row, first_column = sheet.start
    grid = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
    _fill_merges(grid, sheet.merged_cell_ranges or [], first_row, first_column)
    margin = ("",) * first_column
    return tuple(Ligne(first_row + at + 1, (*margin, *row)) for at, row in enumerate(grid) if any(row))


def _fill_merges(grid: list[list[str]], merges: Merges, first_row: int, first_column: int) -> None:
    """Write the value of each merged area in all its cells, as the eye reads it; blank rows stay blank."""
    filled = 0
    for (top, left), (bottom, right) in merges:
        top, bottom = max(top - first_row, 0), min(bottom - first_row, len(grid) - 1)
        left, right = max(left - first_column, 0), right - first_column
        if top > bottom or left >= len(grid[top]):
            continue
        value = grid[top][left]
        for row in grid[top : bottom + 1] if value else ():
            if not any(row):
                continue
            width = min(right, len(row) - 1) - left + 1
            row[left : left + width] = [value] * width
            filled += width
            if filled > _MAX_FILLED:
                return


def _text(cell: object) -> str:
    """Clean text of a cell: ISO dates, integers without decimals."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _check_archive(data: bytes, name: str) -> None:
    """Refuse what would unpack beyond reason before the parser allocates it.

    The parser builds a full grid from the first to the last filled cell: one value lost in the last column of the
    last row would ask for gigabytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
                raise too_big(name, "la taille permise une fois décompressé")
            for member in archive.namelist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
                    _check_cells(archive, member, name)
    except ZIP_ERRORS as exc:
        raise damaged(name) from exc


def _check_cells(archive: zipfile.ZipFile, member: str, name: str) -> None:
    top, bottom, right = MAX_ROWS * MAX_ROWS, 0, 0
    with archive.open(member) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            for found in _FILLED_CELL.finditer(tail + chunk):
                row = int(found[2])
                top, bottom, right = min(top, row), max(bottom, row), max(right, _column(found[1]))
            tail = chunk[-_TAG:]
    if bottom - top >= MAX_ROWS:
        raise too_big(name, f"{MAX_ROWS} lignes")
    if right > MAX_COLUMNS:
        raise too_big(name, f"{MAX_COLUMNS} colonnes")


def _column(letters: bytes) -> int:
    """1-based column number: A -> 1, XFD -> 16384."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number

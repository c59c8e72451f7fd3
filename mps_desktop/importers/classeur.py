"""Spreadsheets (xlsx, xls, ods) -> sheets, through calamine."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mps_desktop.core.progress import Progress
from mps_desktop.importers.feuille import (
    MAX_COLUMNS,
    MAX_ROWS,
    Feuille,
    Ligne,
    Tableau,
    clean,
    too_many_columns,
    too_many_rows,
)
from mps_desktop.importers.gardes import check_archive
from mps_desktop.importers.nature import damaged
from mps_desktop.importers.xls import check_xls

_MAX_FILLED = 200_000
Merges = list[tuple[tuple[int, int], tuple[int, int]]]


def read_workbook(data: bytes, name: str, progress: Progress) -> Tableau:
    """Read every sheet of a spreadsheet, hidden ones included (and said to be).

    Raises:
        EnvironmentFault: damaged, protected by a password, or beyond the limits.
    """
    if data.startswith(b"PK"):
        check_archive(data, name)
    else:
        check_xls(data, name)
    try:
        feuilles = _read_sheets(data, name, progress)
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
                raise too_many_rows(name)
            if sheet.width > MAX_COLUMNS:
                raise too_many_columns(name)
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

"""The state and the evolution of a class as a spreadsheet that French Excel opens."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.files import replacing

if TYPE_CHECKING:
    from openpyxl import Workbook

_EVOLUTION = (
    "Jour", "Élèves", "Jalon atteint", "Sans vœu", "Sans vœu sécurisant (B)", "Vœux A+", "Vœux A", "Vœux B",
    "Vœux sans estimation", "Déclaré loin de l’estimation",
)  # fmt: skip
_ELEVES = (
    "Nom", "Prénom", "Classe", "Formations", "A+", "A", "B", "?", "Jalon atteint", "Déclaré, face à l’estimation",
    "À regarder",
)  # fmt: skip
_CONFIDENTIEL = "Document confidentiel : données d’élèves, à ne pas diffuser hors de l’équipe éducative."
_FORMULES = ("=", "+", "-", "@", "\t", "\r")

Cellule = str | int | date


@dataclass(frozen=True, slots=True)
class SuiviReport:
    """What is written.

    Attributes:
        points: one row per day: the day, then the counts in the order of the headings.
        constats: (finding, number of students).
        eleves: one row per student, in alphabetical order: never a ranking.
    """

    classe: str
    annee: str
    jour: date
    points: tuple[tuple[Cellule, ...], ...]
    constats: tuple[tuple[str, int], ...]
    eleves: tuple[tuple[Cellule, ...], ...]


def write_suivi(report: SuiviReport, target: Path) -> None:
    """Write a workbook, or the evolution alone when the name ends in ``.csv``.

    Raises:
        EnvironmentFault: the file cannot be written.
    """
    if target.suffix.lower() == ".csv":
        _write_csv(report, target)
    else:
        _write_xlsx(report, target)


def escaped(value: Cellule) -> Cellule:
    """A text that a spreadsheet could take for a formula, made a plain text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULES) else value


def _write_csv(report: SuiviReport, target: Path) -> None:
    with replacing(target) as neighbour, neighbour.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_EVOLUTION)
        for row in report.points:
            writer.writerow([numeric_date(cell) if isinstance(cell, date) else escaped(cell) for cell in row])


def _write_xlsx(report: SuiviReport, target: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    title = f"{report.classe}, {report.annee}, état au {numeric_date(report.jour)}"
    for name, heads, rows, widths in (
        ("Évolution", _EVOLUTION, report.points, (12, *(14,) * 9)),
        ("Points à regarder", ("Point", "Élèves"), report.constats, (48, 10)),
        ("Élèves", _ELEVES, report.eleves, (22, 18, 10, 11, 6, 6, 6, 6, 14, 24, 70)),
    ):
        _sheet(book, name, title, heads, rows, widths)
    with replacing(target) as neighbour:
        book.save(neighbour)


def _sheet(
    book: Workbook,
    name: str,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cellule]],
    widths: Sequence[int],
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.append([escaped(title)])
    sheet["A1"].font = Font(bold=True, size=13)
    sheet.append([_CONFIDENTIEL])
    sheet["A2"].font = Font(italic=True, size=9)
    sheet.append([])
    sheet.append(list(heads))
    for cell in sheet[4]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in rows:
        sheet.append([escaped(cell) for cell in row])
    for cells in sheet.iter_rows(min_row=5, max_row=sheet.max_row):
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
            if cell.data_type == "f":
                cell.data_type = "s"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "Confidentiel"

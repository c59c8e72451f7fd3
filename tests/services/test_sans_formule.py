"""No text of ours can run in a spreadsheet: every writer of tables escapes, whatever the names."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mps_desktop
from mps_desktop.reports.suivi_classe import SuiviReport, write_suivi

DEBUTS = ("=", "+", "-", "@", "\t", "\r")
TEXTES = st.builds(
    "".join,
    st.tuples(st.sampled_from((*DEBUTS, "")), st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]))),
)


def test_every_module_that_writes_a_table_escapes():
    root = Path(mps_desktop.__file__).parent
    writers = [
        file
        for file in root.rglob("*.py")
        if any(sign in file.read_text("utf-8") for sign in ("csv.writer(", "Workbook()"))
    ]
    assert writers
    assert all("escaped(" in file.read_text("utf-8") for file in writers)


@settings(max_examples=40, deadline=None)
@given(TEXTES, TEXTES, TEXTES)
def test_no_cell_is_a_formula(classe: str, constat: str, nom: str):
    report = SuiviReport(
        classe=classe, annee="2026-2027", jour=date(2026, 11, 25), points=((date(2026, 11, 25), constat),),
        constats=((constat, 1),), eleves=((nom, nom, classe),),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        book, table = Path(folder) / "suivi.xlsx", Path(folder) / "suivi.csv"
        write_suivi(report, book)
        write_suivi(report, table)
        cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
        with table.open(encoding="utf-8-sig", newline="") as file:
            texts = [text for row in csv.reader(file, delimiter=";") for text in row]
    assert all(cell.data_type != "f" for cell in cells)
    texts += [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not any(text.startswith(DEBUTS) for text in texts)


@pytest.mark.parametrize("debut", DEBUTS)
def test_each_beginning_of_a_formula(tmp_path: Path, debut: str):
    report = SuiviReport("TG1", "2026-2027", date(2026, 11, 25), ((date(2026, 11, 25), f"{debut}1+1"),), (), ())
    write_suivi(report, tmp_path / "suivi.csv")
    assert f"'{debut}1+1" in (tmp_path / "suivi.csv").read_bytes().decode("utf-8-sig")

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.styles import Font

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.importers import classeur, gardes
from mps_desktop.importers.classeur import read_workbook
from mps_desktop.importers.feuille import Tableau
from tests.importers.conftest import ods_archive, ods_bytes, xlsx_bytes


def read(data: bytes) -> Tableau:
    return read_workbook(data, "liste.xlsx", Progress())


def rows(table: Tableau, at: int = 0) -> list[tuple[int, tuple[str, ...]]]:
    return [(ligne.numero, ligne.cellules) for ligne in table.feuilles[at].lignes]


def test_values_become_text_as_people_see_them():
    values = [
        "Zoé",
        12.0,
        12.5,
        date(2009, 2, 14),
        datetime.fromisoformat("2009-02-14T08:30"),
        True,
        None,
        " a\u00a0b ",
        time(8, 30),
    ]
    table = read(xlsx_bytes({"A": [values]}))
    assert rows(table)[0][1] == (
        "Zoé", "12", "12.5", "2009-02-14", "2009-02-14", "VRAI", "", "a b", "08:30:00",
    )  # fmt: skip
    assert (table.encodage, table.separateur) == ("", "")


def test_margins_blank_rows_and_row_numbers():
    table = read(xlsx_bytes({"A": [[], [None, "Nom"], [], [None, "BIDON"]]}))
    assert rows(table) == [(2, ("", "Nom")), (4, ("", "BIDON"))]


def test_merged_cells_are_read_as_the_eye_does():
    grid = [["Titre", None, None], ["TG1", "BIDON", 1], [None, "ESSAI", 2], [None, None, None], [None, "TEST", 3]]
    table = read(xlsx_bytes({"A": grid}, {"A": ["A1:C1", "A2:A5"]}))
    assert rows(table) == [
        (1, ("Titre", "Titre", "Titre")),
        (2, ("TG1", "BIDON", "1")),
        (3, ("TG1", "ESSAI", "2")),
        (5, ("TG1", "TEST", "3")),
    ]


def test_an_absurd_merge_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(classeur, "_MAX_FILLED", 3)
    table = read(xlsx_bytes({"A": [["x", "y"], *[[None, "y"]] * 9]}, {"A": ["A1:A10"]}))
    assert [row[0] for _, row in rows(table)] == ["x"] * 4 + [""] * 6


def test_sheets_and_hidden_ones():
    table = read(xlsx_bytes({"A": [["Nom"]], "B": [["x"]], "C": []}, hidden=["B"]))
    assert [(feuille.nom, feuille.visible, len(feuille.lignes)) for feuille in table.feuilles] == [
        ("A", True, 1), ("B", False, 1), ("C", True, 0),
    ]  # fmt: skip


def test_ods_with_a_million_repeated_blank_rows():
    blank = (
        '<table:table-row table:number-rows-repeated="1048500">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    table = read(ods_bytes("TG1", [["Nom", "Prénom"], ["BIDON", "Zoé"]], blank))
    assert rows(table) == [(1, ("Nom", "Prénom")), (2, ("BIDON", "Zoé"))]


def far_cell(*, filled: bool) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"] = "Nom"
    if filled:
        sheet["XFD1048576"] = "perdu"
    else:
        sheet["XFD1048576"].font = Font(bold=True)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def test_a_value_lost_in_the_last_cell_is_refused_before_it_costs_gigabytes():
    with pytest.raises(EnvironmentFault, match="dépasse"):
        read(far_cell(filled=True))
    assert rows(read(far_cell(filled=False))) == [(1, ("Nom",))]


@pytest.mark.parametrize(("grid", "limit"), [([["x"]] * 20_001, "20\u202f000 lignes"), ([["x"] * 301], "300 colonnes")])
def test_limits(grid: list[list[str]], limit: str):
    with pytest.raises(EnvironmentFault) as caught:
        read(xlsx_bytes({"A": grid}))
    assert limit in caught.value.message


def test_ods_limits():
    with pytest.raises(EnvironmentFault, match="300 colonnes"):
        read(ods_bytes("A", [["x"] * 301]))
    with pytest.raises(EnvironmentFault, match="lignes"):
        read(ods_bytes("A", [["x"]] * 20_001))


def test_ods_with_repeated_values():
    def repeated(rows: int, columns: int) -> bytes:
        cell = (
            f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>x</text:p>'
        )
        after = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell></table:table-row>'
        return ods_bytes("A", [["Nom"]], after)

    assert len(rows(read(repeated(3, 2)))) == 4
    with pytest.raises(EnvironmentFault, match="lignes"):
        read(repeated(1_000_000, 1))
    with pytest.raises(EnvironmentFault, match="colonnes"):
        read(repeated(1, 16_384))


def test_ods_with_a_bomb_of_entities():
    content = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(EnvironmentFault, match="incomplet ou abîmé"):
        read(ods_archive(content))


def test_a_member_that_does_not_match_its_checksum():
    data = bytearray(ods_bytes("A", [["Nom"], ["BIDON Zoé"]]))
    data[data.index(b"BIDON")] = ord("X")
    with pytest.raises(EnvironmentFault, match="incomplet ou abîmé"):
        read(bytes(data))


def test_an_archive_that_unpacks_beyond_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gardes, "_MAX_UNPACKED", 1000)
    with pytest.raises(EnvironmentFault, match="décompressé"):
        read(xlsx_bytes({"A": [["Nom"]]}))


def test_truncated_and_gutted_files():
    whole = xlsx_bytes({"A": [["Nom", "Prénom"], ["BIDON", "Zoé"]]})
    gutted = io.BytesIO()
    with zipfile.ZipFile(gutted, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><sheets><sheet")
    for data in (
        whole[: len(whole) // 2],
        whole[:-30],
        gutted.getvalue(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook" * 99,
    ):
        with pytest.raises(EnvironmentFault, match="incomplet ou abîmé"):
            read(data)


class PanicException(BaseException):
    """Stands for the parser's own crash."""


@pytest.mark.parametrize(
    ("crash", "seen"), [(PanicException, EnvironmentFault), (KeyboardInterrupt, KeyboardInterrupt)]
)
def test_a_crash_of_the_parser_is_a_damaged_file(
    monkeypatch: pytest.MonkeyPatch, crash: type[BaseException], seen: type[BaseException]
):
    def crashing(*_arguments: object) -> None:
        raise crash

    monkeypatch.setattr(classeur, "_read_sheets", crashing)
    with pytest.raises(seen):
        read(xlsx_bytes({"A": [["Nom"]]}))

"""Small files written by the tests themselves; every person is invented."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mps_desktop.importers.lot import read_roster
from mps_desktop.importers.rows import RosterReading

PRONOTE = """"Élèves";"Né(e) le";"Sexe";"Adresse E-mail";"Sortie";"";"Classe";"Tuteur";"Option 1";"Option 2"
"BIDON Zoé";"14/02/2009";"Féminin";"zoe@exemple.invalid";"";"";"1G2";"M. TUTEUR";"ANGLAIS LV1";"MATHEMATIQUES"
"D'ESSAI Noël";"03/11/2009";"Masculin";"";"";"";"1G2";"";"ANGLAIS LV1";"SC. ECONO.& SOCIALES"
"Cnx Ele.";"";"";"";"";"";"";"";"";""
"LE FAUX Œdipe";"23/08/2008";"Masculin";"";"";"";"1G2";"";"ANGLAIS LV1";"HIST.GEO.GEOPOL.S.P."
"""

Cells = Sequence[Sequence[Any]]


def xlsx_bytes(
    sheets: Mapping[str, Cells], merges: dict[str, Sequence[str]] | None = None, hidden: Sequence[str] = ()
) -> bytes:
    """A workbook: sheet name -> rows of cells."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def ods_bytes(name: str, rows: Sequence[Sequence[str]], after: str = "") -> bytes:
    """A one-sheet OpenDocument spreadsheet of text cells; ``after`` is raw XML put below the rows."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="{name}">{cells}{after}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return ods_archive(content)


def ods_archive(content: str, encryption: str = "") -> bytes:
    """An OpenDocument archive around its content; ``encryption`` goes in the manifest."""
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml">{encryption}</manifest:file-entry></manifest:manifest>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return target.getvalue()


def biff_record(kind: int, content: bytes = b"") -> bytes:
    """One record of an xls stream."""
    return struct.pack("<HH", kind, len(content)) + content


def biff_label(row: int, column: int, text: str) -> bytes:
    """A text cell of an xls stream."""
    return biff_record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def xls_stream(cells: bytes, before: bytes = b"", name: str = "TG1") -> bytes:
    """Records of a workbook of one sheet; ``before`` goes in the first part."""
    bof = biff_record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    label = struct.pack("<BB", len(name), 0) + name.encode("latin-1")
    place = len(bof) + len(before) + 4 + 6 + len(label) + 4
    bound = biff_record(0x85, struct.pack("<IBB", place, 0, 0) + label)
    end = biff_record(0x0A)
    return bof + before + bound + end + bof + cells + end


def xls_bytes(stream: bytes) -> bytes:
    """A compound file around a workbook stream: header, allocation table, directory, stream."""
    stream = stream.ljust(4096, b"\x00")
    sectors = -(-len(stream) // 512)
    tables = next(n for n in range(1, 110) if n * 128 >= n + 1 + sectors)
    fat = [*[0xFFFFFFFD] * tables, 0xFFFFFFFE, *range(tables + 2, sectors + tables + 1), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHHHIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, tables)
    header += struct.pack("<IIIIIII", tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512 * tables, b"\xff")

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        return raw.ljust(64, b"\x00") + struct.pack("<HB", len(raw), kind) + bytes(49) + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry("Workbook", 2, tables + 1, len(stream)) + bytes(256)
    return header + table + directory + stream.ljust(sectors * 512, b"\x00")


def xls_of(rows: Sequence[Sequence[str]], name: str = "TG1") -> bytes:
    """An xls file of text cells."""
    cells = b"".join(biff_label(at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row))
    return xls_bytes(xls_stream(cells, name=name))


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, bytes | str], RosterReading]:
    """Write a file under a name and read it as a roster."""

    def write_and_read(name: str, content: bytes | str) -> RosterReading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_roster(path)

    return write_and_read

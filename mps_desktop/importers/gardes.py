"""Checks a zipped spreadsheet (xlsx, ods) before the parser trusts it.

The parser builds a full grid from the first to the last filled cell: one value lost in the last column of the last
row, or one cell repeated a million times, would ask for gigabytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from mps_desktop.importers.feuille import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    too_big,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from mps_desktop.importers.nature import ZIP_ERRORS, damaged

_MAX_UNPACKED = 100 * 1024 * 1024
_MAX_SHARED = 40 * 1024 * 1024
_CHUNK = 1 << 20
_TAG = 256
# A cell that holds something: an opening tag, not a self-closed one (those only carry a style).
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
# A cell written without its place ("A1"), which the parser counts by itself, or with it.
_ANY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*)?(?<!/)>")
_SHARED_CELL = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v>([0-9]{1,7})</')
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?>(.*?)</(?:\w+:)?si>", re.DOTALL)


def check_archive(data: bytes, name: str) -> None:
    """Check every member against its checksum, then the extent of the sheets.

    Raises:
        EnvironmentFault: damaged or beyond the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
                raise too_big(name, "la taille permise une fois décompressé")
            if archive.testzip() is not None:
                raise damaged(name)
            members = archive.namelist()
            if any(_is_shared(one.filename) and one.file_size > _MAX_SHARED for one in archive.infolist()):
                raise too_many_cells(name)
            shared = [
                len(found[1])
                for member in members
                if _is_shared(member)
                for found in _SHARED_TEXT.finditer(archive.read(member))
            ]
            for member in members:
                if member.startswith("xl/") and member.endswith(".xml"):
                    _check_xlsx_cells(archive, member, name, shared)
            if "content.xml" in members:
                _check_ods_cells(archive, name)
    except ZIP_ERRORS as exc:
        raise damaged(name) from exc


def _is_shared(member: str) -> bool:
    return member.lower().endswith("sharedstrings.xml")


def _check_xlsx_cells(archive: zipfile.ZipFile, member: str, name: str, shared: list[int]) -> None:
    """Extent of one sheet, its filled cells, and the length of the shared texts that they all ask for."""
    top, bottom, right = MAX_ROWS * MAX_ROWS, 0, 0
    cells = characters = 0
    with archive.open(member) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            cells += sum(1 for _ in _ANY_CELL.finditer(chunk))
            ranks = (int(found[1]) for found in _SHARED_CELL.finditer(chunk))
            characters += sum(shared[rank] for rank in ranks if rank < len(shared))
            if cells > MAX_CELLS or characters > MAX_CHARACTERS:
                raise too_many_cells(name)
            for found in _FILLED_CELL.finditer(tail + chunk):
                row = int(found[2])
                top, bottom, right = min(top, row), max(bottom, row), max(right, _column(found[1]))
            tail = chunk[-_TAG:]
    if bottom - top >= MAX_ROWS:
        raise too_many_rows(name)
    if right > MAX_COLUMNS:
        raise too_many_columns(name)


def _column(letters: bytes) -> int:
    """1-based column number: A -> 1, XFD -> 16384."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _check_ods_cells(archive: zipfile.ZipFile, name: str) -> None:
    extent = _OdsExtent(name)
    try:
        with archive.open("content.xml") as stream:
            extent.parser.ParseFile(stream)
    except (expat.ExpatError, UnicodeError) as exc:
        raise damaged(name) from exc


class _OdsExtent:
    """Walks the rows of an OpenDocument sheet with their repetitions; blank cells and rows cost nothing."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = 0
        self._top = -1
        self._repeated_rows = 1
        self._column = 0
        self._filled = False
        self._cells = self._characters = self._row_cells = self._row_characters = 0
        self._repeated_columns = 1
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse
        self.parser.CharacterDataHandler = self._read_text

    def _read_text(self, text: str) -> None:
        self._row_characters += len(text) * min(self._repeated_columns, MAX_COLUMNS)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._row, self._top = 0, -1
        elif tag == "table:table-row":
            self._repeated_rows = _count(attributes.get("table:number-rows-repeated"))
            self._column, self._filled = 0, False
            self._row_cells = self._row_characters = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._repeated_columns = _count(attributes.get("table:number-columns-repeated"))
            self._column += self._repeated_columns
            if "office:value-type" in attributes or "calcext:value-type" in attributes:
                self._fill()
        elif tag == "text:p":
            self._fill()

    def _fill(self) -> None:
        self._filled = True
        self._row_cells += self._repeated_columns
        if self._column > MAX_COLUMNS:
            raise too_many_columns(self._name)

    def _end(self, tag: str) -> None:
        if tag != "table:table-row":
            return
        if self._filled and self._top < 0:
            self._top = self._row
        self._row += self._repeated_rows
        if self._filled and self._row - self._top > MAX_ROWS:
            raise too_many_rows(self._name)
        if self._filled:
            self._cells += self._row_cells * self._repeated_rows
            self._characters += self._row_characters * self._repeated_rows
        if self._cells > 2 * MAX_CELLS or self._characters > MAX_CHARACTERS:  # a cell is seen once or twice
            raise too_many_cells(self._name)

    def _refuse(self, *_declaration: object) -> None:
        raise damaged(self._name)


def _count(text: str | None) -> int:
    """A repetition: 1 when absent or senseless."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1

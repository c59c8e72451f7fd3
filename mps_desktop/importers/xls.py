"""Checks an old spreadsheet (xls) before the parser trusts it.

The parser follows chains of sectors without looking for loops and allocates a full grid from the first to the last
cell: one wrong byte could ask for gigabytes. Everything that it will follow or allocate is walked here first.
Sources: [MS-CFB] (container) and [MS-XLS] (records).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from mps_desktop.importers.feuille import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from mps_desktop.importers.nature import damaged, protected

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_HEADER = 512
_ENTRY = 128
_MINI_SECTOR, _MINI_LIMIT = 64, 4096
_MAX_SHEETS = 256
_MAX_GRID = 65_536 * 256

_EOF, _FILEPASS, _BOUNDSHEET, _SST, _DIMENSIONS, _MULRK = 0x0A, 0x2F, 0x85, 0xFC, 0x200, 0xBD
_CELLS = frozenset((0x06, 0xFD, 0x203, 0x204, 0x205, 0x27E, _MULRK))


class _BrokenError(Exception):
    """A structure that points nowhere, loops, or is larger than its file."""


def check_xls(data: bytes, name: str) -> None:
    """Walk the container and the records of an xls file.

    Raises:
        EnvironmentFault: damaged, protected by a password, or beyond the limits.
    """
    try:
        stream = _Container(data).workbook()
        offsets = _globals(stream, name)
        for offset in offsets:
            _check_sheet(stream, offset, name)
    except (_BrokenError, struct.error, IndexError) as exc:
        raise damaged(name) from exc


class _Container:
    """A compound file: sectors, their chains, and the streams in them."""

    def __init__(self, data: bytes) -> None:
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12) or len(data) <= _HEADER:
            raise _BrokenError
        self._data = data
        self._size = 1 << shift
        self._count = -(-(len(data) - self._size) // self._size)
        for place in (40, 44, 64, 72):  # numbers of sectors of the directory and of the three tables
            if self._number(place) > self._count:
                raise _BrokenError
        self._fat = [entry for sector in self._fat_sectors() for entry in self._entries(sector)]

    def workbook(self) -> bytes:
        """The stream that holds the spreadsheet."""
        directory = self._chain(self._number(48))
        if len(directory) % _ENTRY:
            raise _BrokenError
        entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
        mini_stream = self._chain(struct.unpack_from("<I", entries[0], 116)[0])
        mini_fat = _numbers(self._chain(self._number(60)))
        for wanted in ("Workbook", "Book"):
            for entry in entries:
                if entry[:64].decode("utf-16-le", errors="replace").split("\x00")[0] == wanted:
                    start, length = struct.unpack_from("<II", entry, 116)
                    if length > len(self._data):
                        raise _BrokenError
                    whole = self._chain(start) if length >= _MINI_LIMIT else _mini(start, mini_fat, mini_stream)
                    return whole[:length]
        raise _BrokenError

    def _number(self, place: int) -> int:
        return struct.unpack_from("<I", self._data, place)[0]

    def _sector(self, rank: int) -> bytes:
        start = (rank + 1) * self._size
        if rank >= self._count:
            raise _BrokenError
        return self._data[start : start + self._size]

    def _entries(self, rank: int) -> list[int]:
        return _numbers(self._sector(rank))

    def _fat_sectors(self) -> list[int]:
        """Sectors of the allocation table: 109 in the header, the others in a chain of their own."""
        found = _numbers(self._data[76:_HEADER])
        following, seen = self._number(68), 0
        while following not in (_FREE, _END):
            seen += 1
            if seen > self._count:
                raise _BrokenError
            *more, following = self._entries(following)
            found += more
        return [rank for rank in found if rank != _FREE]

    def _chain(self, start: int) -> bytes:
        ranks = _follow(start, self._fat, self._count)
        return b"".join(self._sector(rank) for rank in ranks)


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _follow(start: int, table: list[int], limit: int) -> list[int]:
    ranks: list[int] = []
    while start != _END:
        if start >= len(table) or len(ranks) > limit:
            raise _BrokenError
        ranks.append(start)
        start = table[start]
    return ranks


def _mini(start: int, table: list[int], stream: bytes) -> bytes:
    ranks = _follow(start, table, len(stream) // _MINI_SECTOR + 1)
    return b"".join(stream[rank * _MINI_SECTOR : (rank + 1) * _MINI_SECTOR] for rank in ranks)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the records from a place to the end-of-part record."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise _BrokenError
        if kind == _EOF:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _globals(stream: bytes, name: str) -> list[int]:
    """Places of the sheets, from the first part of the stream."""
    offsets: list[int] = []
    for kind, content in _records(stream, 0):
        if kind == _FILEPASS and any(content[:2]):
            raise protected(name)
        if kind == _SST and struct.unpack_from("<I", content, 4)[0] > len(stream):
            raise _BrokenError
        if kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", content, 0)[0])
    if len(offsets) > _MAX_SHEETS or any(offset > len(stream) for offset in offsets):
        raise _BrokenError
    return offsets


def _check_sheet(stream: bytes, offset: int, name: str) -> None:
    top, bottom, right = MAX_ROWS * MAX_ROWS, 0, 0
    cells = 0
    for kind, content in _records(stream, offset):
        if kind == _DIMENSIONS:
            _check_dimensions(content)
        elif kind in _CELLS:
            cells += 1
            if cells > MAX_CELLS:
                raise too_many_cells(name)
            row, column = struct.unpack_from("<HH", content, 0)
            last = struct.unpack_from("<H", content, len(content) - 2)[0] if kind == _MULRK else column
            top, bottom, right = min(top, row), max(bottom, row), max(right, column, last)
    if bottom - top >= MAX_ROWS:
        raise too_many_rows(name)
    if right >= MAX_COLUMNS:
        raise too_many_columns(name)


def _check_dimensions(content: bytes) -> None:
    layout = "<IIHH" if len(content) == struct.calcsize("<IIHHH") else "<HHHH"
    first_row, last_row, first_column, last_column = struct.unpack_from(layout, content, 0)
    rows, columns = last_row - first_row, last_column - first_column
    if last_row and last_column and (rows < 0 or columns < 0 or (rows + 1) * (columns + 1) > 2 * _MAX_GRID):
        raise _BrokenError

from __future__ import annotations

import struct

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.importers.classeur import read_workbook
from mps_desktop.importers.xls import check_xls
from tests.importers.conftest import biff_label, biff_record, xls_bytes, xls_of, xls_stream

ROWS = [["Nom", "Prénom"], ["BIDON", "Zoé"], ["D'ESSAI", "Œdipe"]]
GOOD = xls_of(ROWS)


def patched(place: int, *numbers: int) -> bytes:
    data = bytearray(GOOD)
    struct.pack_into(f"<{len(numbers)}I", data, place, *numbers)
    return bytes(data)


def test_a_sound_file_is_read():
    check_xls(GOOD, "liste.xls")
    table = read_workbook(GOOD, "liste.xls", Progress())
    assert table.feuilles[0].nom == "TG1"
    assert [list(ligne.cellules) for ligne in table.feuilles[0].lignes] == ROWS


def test_a_stream_in_small_sectors_is_walked_too():
    stream = xls_stream(biff_label(0, 0, "Nom"))
    data = bytearray(xls_bytes(stream))
    small = stream.ljust(-(-len(stream) // 64) * 64, b"\x00")
    count = len(small) // 64
    struct.pack_into("<II", data, 60, 10, 1)  # the table of small sectors is in sector 10
    struct.pack_into("<I", data, 512 + 4 * 10, 0xFFFFFFFE)
    data += struct.pack(f"<{count}I", *range(1, count), 0xFFFFFFFE).ljust(512, b"\xff")
    struct.pack_into("<IQ", data, 1024 + 116, 2, len(small))  # small sectors are in the chain of the root
    struct.pack_into("<IQ", data, 1024 + 128 + 116, 0, len(stream))
    check_xls(bytes(data), "liste.xls")
    table = read_workbook(bytes(data), "liste.xls", Progress())
    assert table.feuilles[0].lignes[0].cellules == ("Nom",)
    struct.pack_into("<I", data, 512 + 512 * 10, 0)  # first small sector follows itself
    with pytest.raises(EnvironmentFault, match="abîmé"):
        check_xls(bytes(data), "liste.xls")


@pytest.mark.parametrize(
    "data",
    [
        GOOD[:600],
        GOOD[:20],
        patched(28, 0x0003FFFE),  # sector size unknown
        patched(44, 0xFFFFFFF0),  # as many tables as bytes on a disk
        patched(48, 7_000_000),  # directory beyond the end
        patched(68, 0),  # the chain of the table goes through a data sector
        patched(76, 99),  # table beyond the end
        patched(512 + 4, 1),  # directory that loops
        patched(512 + 4 * 5, 3),  # stream that loops
        patched(512 + 4 * 5, 0xFFFFFFFF),  # stream cut
        patched(1024 + 128 + 120, 0xFFFFFF00),  # stream larger than the file
        GOOD.replace("Workbook".encode("utf-16-le"), "Workbooz".encode("utf-16-le")),
        xls_bytes(xls_stream(b"", biff_record(0xFC, struct.pack("<II", 1, 0x7FFFFFFF)))),  # two thousand million texts
        xls_bytes(xls_stream(biff_record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFF, 0, 0xFFFF, 0)))),
        xls_bytes(xls_stream(biff_record(0x200, struct.pack("<IIHHH", 9, 1, 0, 5, 0)))),
        xls_bytes(xls_stream(struct.pack("<HH", 0x204, 60_000))),
        xls_bytes(xls_stream(b"")).replace(
            struct.pack("<IBBBB", 39, 0, 0, 3, 0), struct.pack("<IBBBB", 1 << 30, 0, 0, 3, 0)
        ),
    ],
)
def test_structures_that_point_nowhere_loop_or_ask_too_much(data: bytes):
    with pytest.raises(EnvironmentFault, match="incomplet ou abîmé"):
        check_xls(data, "liste.xls")


@pytest.mark.parametrize(
    ("cells", "limit"),
    [
        (biff_label(0, 0, "a") + biff_label(40_000, 0, "b"), "lignes"),
        (biff_label(0, 40_000, "a"), "300 colonnes"),
        (biff_record(0xBD, struct.pack("<HH", 0, 0) + bytes(6) + struct.pack("<H", 60_000)), "300 colonnes"),
    ],
)
def test_cells_far_away(cells: bytes, limit: str):
    with pytest.raises(EnvironmentFault, match=limit):
        check_xls(xls_bytes(xls_stream(cells)), "liste.xls")


def test_a_password_is_named():
    data = xls_bytes(xls_stream(b"", biff_record(0x2F, b"\x01\x00" + bytes(52))))
    with pytest.raises(EnvironmentFault, match="mot de passe"):
        check_xls(data, "liste.xls")

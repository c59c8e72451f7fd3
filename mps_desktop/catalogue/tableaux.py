"""Bulk figures of the catalogue: columns packed into one compressed value.

Layout of a packed value, zlib-compressed as a whole: one line of JSON (a list of
``[nom, genre, type, longueur, echelle]``), a line feed, then the bytes of every column one after the
other, in that order.

- ``entiers``: the smallest signed little-endian integers that hold the values;
- ``ecarts``: the same, holding the first value then the differences (sorted keys compress well);
- ``decimaux``: integers too, worth value / 10**echelle, read back as float64; the least integer of the
  type means that the figure is not published (NaN);
- ``reels``: float64, exact;
- ``textes``: UTF-8, each ended by a line feed; ``echelle`` is then the number of bytes.

The same columns always give the same bytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Colonne = NDArray[Any] | Sequence[str]
Colonnes = Mapping[str, Colonne]
Decodees = dict[str, Any]
"""Arrays by name, or a list of texts."""

MANQUANT = -1
"""What stands for an unknown figure in a column of integers that are never negative."""

_TYPES = ("<i1", "<i2", "<i4", "<i8")
_NIVEAU = 9


def encode(
    colonnes: Colonnes, decimales: Mapping[str, int] | None = None, triees: Iterable[str] = (), dense: bool = True
) -> bytes:
    """Pack columns.

    Args:
        colonnes: 1-D arrays of integers, booleans or floats, or lists of texts without line feed.
        decimales: for a float column, digits kept after the point (unknown = NaN); other float columns
            are kept exactly.
        triees: integer columns that grow, stored as differences.
        dense: False = stored as they are, read three times as fast, for what every start waits for.
    """
    decimales = decimales or {}
    triees = frozenset(triees)
    header: list[list[object]] = []
    body: list[bytes] = []
    for nom, values in colonnes.items():
        genre, echelle = "entiers", 0
        if not isinstance(values, np.ndarray):
            content = "\n".join(values).encode() + b"\n"
            header.append([nom, "textes", "", len(values), len(content)])
            body.append(content)
            continue
        array = values
        if nom in decimales:
            genre, echelle = "decimaux", decimales[nom]
            array = _scaled(array.astype(np.float64), echelle)
        elif array.dtype.kind == "f":
            genre, array = "reels", array.astype("<f8")
        else:
            array = array.astype(np.int64)
            if nom in triees:
                genre, array = "ecarts", np.diff(array, prepend=0)
            array = array.astype(_smallest(array, spare=0))
        header.append([nom, genre, array.dtype.str, len(array), echelle])
        body.append(array.tobytes())
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(text + b"\n" + b"".join(body), _NIVEAU if dense else 0)


def decode(contenu: bytes) -> Decodees:
    """Columns of a packed value, by name. Arrays are read-only where nothing had to be computed.

    Raises:
        ValueError: it was not packed by ``encode``.
    """
    try:
        raw = zlib.decompress(contenu)
        start = raw.index(b"\n") + 1
        header = json.loads(raw[:start])
    except (zlib.error, ValueError) as exc:
        raise ValueError("not a packed table") from exc
    found: Decodees = {}
    for nom, genre, kind, length, echelle in header:
        if genre == "textes":
            end = start + echelle
            texts = raw[start : end - 1].decode().split("\n") if length else []
            start = end
            found[nom] = texts
            continue
        array = np.frombuffer(raw, dtype=kind, count=length, offset=start)
        start += array.nbytes
        found[nom] = _restored(array, genre, echelle)
    return found


def entiers(values: Iterable[int | None]) -> NDArray[np.int64]:
    """Column of integers, ``MANQUANT`` where unknown."""
    return np.array([MANQUANT if value is None else value for value in values], dtype=np.int64)


def decimaux(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Column of floats, NaN where unknown."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _restored(array: NDArray[Any], genre: str, echelle: int) -> NDArray[Any]:
    if genre == "ecarts":
        return np.cumsum(array, dtype=np.int64)
    if genre == "decimaux":
        unknown = array == np.iinfo(array.dtype).min
        return np.where(unknown, np.nan, array.astype(np.float64) / 10**echelle)
    return array


def _scaled(values: NDArray[np.float64], echelle: int) -> NDArray[Any]:
    known = ~np.isnan(values)
    scaled = np.zeros(len(values), dtype=np.int64)
    scaled[known] = np.rint(values[known] * 10**echelle).astype(np.int64)
    array = scaled.astype(_smallest(scaled, spare=1))
    array[~known] = np.iinfo(array.dtype).min
    return array


def _smallest(values: NDArray[Any], spare: int) -> str:
    """Smallest type whose range holds the values and leaves ``spare`` numbers at its lower end."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    for kind in _TYPES:
        limits = np.iinfo(kind)
        if limits.min + spare <= low and high <= limits.max:
            return kind
    raise ValueError("integers too large for a packed table")

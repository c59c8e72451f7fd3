"""Packed columns: what goes in comes out, in few bytes that depend on nothing else."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.catalogue.construction.compaction import pack
from mps_desktop.catalogue.depliage import plain_rows
from mps_desktop.catalogue.tableaux import MANQUANT, decimaux, decode, encode, entiers

whole = st.integers(-(2**40), 2**40)
texts = st.text(st.characters(blacklist_characters="\n", blacklist_categories=("Cs",)))


@given(st.lists(whole), st.lists(texts), st.lists(st.floats(allow_nan=False)), st.lists(whole))
def test_columns_come_back(numbers: list[int], labels: list[str], reals: list[float], keys: list[int]):
    columns: dict[str, Any] = {
        "n": entiers(numbers), "t": labels, "r": np.array(reals), "k": np.array(sorted(keys), dtype=np.int64),
    }  # fmt: skip
    found = decode(encode(columns, triees=("k",)))
    assert found["n"].tolist() == numbers
    assert found["t"] == labels
    assert found["r"].tolist() == reals
    assert found["k"].tolist() == sorted(keys)


@given(st.lists(st.none() | st.integers(-(10**7), 10**7)), st.integers(0, 5))
def test_decimals_come_back_exactly_with_their_unknowns(values: list[int | None], digits: int):
    known = [None if value is None else value / 10**digits for value in values]
    found = decode(encode({"d": decimaux(known)}, {"d": digits}))["d"].tolist()
    assert [None if value != value else value for value in found] == known


@given(st.lists(st.none() | st.integers(-128, 127)))
def test_an_unknown_never_looks_like_the_least_value(values: list[int | None]):
    found = decode(encode({"d": decimaux(values)}, {"d": 0}))["d"].tolist()
    assert [None if value != value else value for value in found] == values


def test_the_smallest_integers_are_used():
    small = len(zlib.decompress(encode({"n": np.arange(100)})))
    large = len(zlib.decompress(encode({"n": np.arange(100) * 1000})))
    assert large - small >= 100


def test_the_same_columns_give_the_same_bytes():
    columns: dict[str, Any] = {"n": np.arange(9), "t": ["é", ""]}
    assert encode(columns) == encode(dict(columns))


@pytest.mark.parametrize("wrong", [b"", b"SQLite", zlib.compress(b"")])
def test_what_was_not_packed_is_refused(wrong: bytes):
    with pytest.raises(ValueError, match="not a packed table"):
        decode(wrong)


KINDS = {"voeu_id": "voeu", "libelle": "texte", "rang": "ecart", "admis": "entier", "taux": "decimal"}
ROWS: list[tuple[Any, ...]] = [("ta2", "b", 0, 5, 33.3333), ("ta10", "a", 0, None, None), ("ta10", "b", 1, 0, 12.0)]


def test_rows_come_back_sorted_by_their_key():
    shuffled = [dict(zip(KINDS, row, strict=True)) for row in (ROWS[2], ROWS[0], ROWS[1])]
    assert plain_rows(pack(shuffled, KINDS), KINDS) == ROWS
    assert decode(pack(shuffled, KINDS))["admis"].tolist() == [5, MANQUANT, 0]


def test_no_row_at_all():
    assert plain_rows(pack([], KINDS), KINDS) == []

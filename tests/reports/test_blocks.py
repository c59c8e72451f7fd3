"""Wrapping, cutting and placing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import NBSP, NNBSP
from mps_desktop.reports.blocks import ELLIPSIS, Block, Shape, row, text_block, wrap
from mps_desktop.reports.fonts import text_width
from mps_desktop.reports.styles import style

BODY = style(10)
WORDS = st.lists(st.text("aéœŁ-ğ0", min_size=1, max_size=30), min_size=1, max_size=12).map(" ".join)


def fits(line: str, width: float) -> bool:
    return text_width(line, BODY.font, BODY.size) <= width + 0.02


@given(WORDS, st.floats(30, 400))
def test_wrapping_loses_nothing_and_stays_in_the_column(text: str, width: float):
    lines, cut = wrap(text, BODY, width)
    assert not cut
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fits(line, width) for line in lines)


@given(WORDS, st.floats(30, 200), st.integers(1, 3))
def test_a_cut_text_says_so_and_stays_in_the_column(text: str, width: float, most: int):
    lines, cut = wrap(text, BODY, width, most)
    assert len(lines) <= most
    assert all(fits(line, width) for line in lines)
    assert cut == lines[-1].endswith(ELLIPSIS)


def test_a_short_text_is_one_line():
    assert wrap("BUT Informatique", BODY, 300, 1) == (["BUT Informatique"], False)


def test_no_break_spaces_hold_and_plain_ones_break():
    width = text_width(f"taux 38{NNBSP}%", BODY.font, BODY.size) - 2
    assert wrap(f"taux 38{NNBSP}%", BODY, width)[0] == ["taux", f"38{NNBSP}%"]
    assert wrap(f"taux 38{NBSP}%", BODY, width)[0] == ["taux", f"38{NBSP}%"]


def test_a_compound_name_breaks_after_its_hyphen_but_a_year_does_not():
    width = text_width("Essai-sur-", BODY.font, BODY.size) + 1
    assert wrap("Essai-sur-Loire", BODY, width)[0] == ["Essai-sur-", "Loire"]
    assert wrap("x 2026-2027", BODY, text_width("2026-2027", BODY.font, BODY.size))[0] == ["x", "2026-2027"]


def test_a_cut_name_keeps_its_hyphens():
    width = text_width("Essai-sur-Loire", BODY.font, BODY.size) + 1
    lines, cut = wrap("Essai-sur-Loire-et-Marne-du-Nord", BODY, width, 1)
    assert cut
    assert lines[0].startswith("Essai-sur-L")


def test_a_separator_does_not_hang_at_the_end_of_a_line():
    text = f"aaaa{NBSP}· bbbb"
    assert wrap(text, BODY, text_width(f"aaaa{NBSP}·", BODY.font, BODY.size) + 0.1)[0] == ["aaaa", "bbbb"]


def test_blocks_count_cuts_and_missing_characters_through_placing():
    cell = text_block("un texte beaucoup trop long 😀 pour sa colonne", BODY, 60, 1)
    page = row([(0, cell), (80, text_block("مح", BODY, 60))], 200)
    assert page.cuts == 1
    assert page.missing == {"😀", "م", "ح"}


def test_row_is_as_high_as_its_tallest_cell():
    low, high = text_block("a", BODY, 50), text_block("a b c", BODY, 5)
    assert row([(0, low), (60, high)], 120, 2).height == pytest.approx(high.height + 4)


@pytest.mark.parametrize(("align", "share"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_alignment(align: str, share: float):
    block = Block(100)
    block.write("a", BODY, align=align)
    assert block.texts[0].x == pytest.approx((100 - block.texts[0].width) * share)


def test_placing_moves_shapes_and_texts():
    cell = text_block("a", BODY, 50)
    cell.shapes.append(Shape("rect", 1, 2, 3, 4))
    page = Block(200)
    page.place(cell, 10, 20)
    assert (page.shapes[0].x, page.shapes[0].y) == (11, 22)
    assert page.texts[0].y == cell.texts[0].y + 20

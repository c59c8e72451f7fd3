"""Every character has a glyph, or is printed as a box and reported."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import NNBSP
from mps_desktop.reports import fonts

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    "word",
    ["Łukasz", "Nguyễn", "Œdipe", "cœur", "≥ 12", "Đỗ", "Şahin", "Ğizem", "Ődön", "A+", "38\u202f%", "«\u202fà\u202f»"],
)
def test_european_and_vietnamese_names_are_printed_as_they_are(word: str):
    assert fonts.missing_glyphs(word) == set()
    assert fonts.printable(word) == word


@pytest.mark.parametrize("word", ["محمد", "😀", "王小明", "①"])
def test_what_the_face_cannot_draw_becomes_boxes_and_is_reported(word: str):
    assert fonts.missing_glyphs(word) == set(word)
    assert fonts.printable(word) == fonts.BOX * len(word)


def test_a_missing_letter_is_decomposed_into_the_same_letter_and_its_accent():
    assert "Ḡ" not in fonts.register_fonts()
    assert fonts.printable("Ḡ") == "G\u0304"
    assert fonts.missing_glyphs("Ḡ") == set()
    assert fonts.printable("\uff21\uff22") == "AB"


def test_a_split_accent_is_put_back_together():
    assert fonts.printable("Zoe\u0301") == "Zoé"


def test_invisible_marks_go_and_line_ends_become_spaces():
    assert fonts.printable("a\u00adb\u200bc\ufeff\nd\te") == "abc d e"


def test_the_box_itself_can_be_printed():
    assert fonts.printable("□") == "□"
    assert fonts.missing_glyphs("□") == set()


@given(ANY_TEXT)
def test_a_printable_text_needs_nothing_more(text: str):
    shown = fonts.printable(text)
    assert set(shown) <= fonts.register_fonts()
    assert fonts.missing_glyphs(shown) == set()


@given(ANY_TEXT)
def test_no_letter_is_dropped_nor_becomes_another_letter(text: str):
    shown = unicodedata.normalize("NFKD", fonts.printable(text))
    for char in unicodedata.normalize("NFC", text):
        if char in fonts.missing_glyphs(text):
            assert fonts.BOX in shown
        elif unicodedata.category(char)[0] in "LN":
            assert unicodedata.normalize("NFKD", char) in unicodedata.normalize("NFKD", fonts.printable(char))


def test_boxes_are_as_many_as_characters_without_glyph():
    assert fonts.printable("Ana 😀😀 ok").count(fonts.BOX) == 2


def test_the_narrow_space_is_narrower_than_a_space_and_not_nothing():
    narrow = fonts.text_width(f"38{NNBSP}%", fonts.REGULAR, 10) - fonts.text_width("38%", fonts.REGULAR, 10)
    plain = fonts.text_width("38 %", fonts.REGULAR, 10) - fonts.text_width("38%", fonts.REGULAR, 10)
    assert 1 < narrow < plain


def test_width_follows_the_size():
    assert fonts.text_width("vœux", fonts.BOLD, 20) == pytest.approx(2 * fonts.text_width("vœux", fonts.BOLD, 10))

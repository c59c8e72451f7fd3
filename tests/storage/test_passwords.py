from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import NNBSP
from mps_desktop.storage.errors import WeakPassword
from mps_desktop.storage.passwords import MIN_LENGTH, check_password, password_hint, password_strength


@pytest.mark.parametrize("text", ["", "court", "1234567", "        ", "  sept7  "])
def test_too_short_is_refused_with_advice(text: str):
    assert password_strength(text) == 0
    with pytest.raises(WeakPassword) as caught:
        check_password(text)
    assert "8 caractères" in caught.value.message
    assert "quatre mots" in caught.value.remede


def test_eight_characters_are_accepted():
    check_password("a1b2c3d4")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("12345678", 1),
        ("azertyuiop", 1),
        ("motdepasse2026", 1),
        ("Parcoursup", 1),
        ("aaaaaaaaaaaa", 1),
        ("bonjour bonjour bonjour", 1),
        ("violon brique tapis", 2),
        ("violon brique tapis nuage", 3),
        ("X7#kq2Lp9v", 3),
        ("violon brique tapis nuage orteil", 4),
        ("x4!Rg8@mQ2$wZ6", 4),
    ],
)
def test_opinion_is_honest(text: str, level: int):
    assert password_strength(text) == level


@given(st.text())
def test_every_text_gets_a_level_and_a_sentence(text: str):
    level = password_strength(text)
    assert 0 <= level <= 4
    assert (level == 0) == (len(text.strip()) < MIN_LENGTH)
    assert f" {NNBSP}" not in password_hint(text)
    assert password_hint(text).endswith(".")


@given(st.text(st.characters(codec="ascii"), min_size=8))
def test_one_more_word_never_weakens(text: str):
    assert password_strength(text + " parapluie") >= password_strength(text)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import NBSP, NNBSP, fold, join_dots, join_fr, plural, sort_key, strip_accents, typography


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Œdipe NOËL", "oedipe noel"),
        ("A+ / bac+3", "a+ bac+3"),
        ("  Łukasz  Đỗ ", "lukasz do"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str):
    assert fold(text) == expected


@given(st.text())
def test_fold_is_stable_and_plain(text: str):
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == folded.strip()
    assert all(c.isascii() for c in folded)


def test_strip_accents_keeps_case():
    assert strip_accents("Éloïse Œuvre") == "Eloise OEuvre"


def test_french_sort_puts_accents_last():
    names = ["Zoé", "élan", "Eau", "Élan", "Étude"]
    assert sorted(names, key=sort_key) == ["Eau", "Élan", "élan", "Étude", "Zoé"]


def test_typography_changes_only_spaces_that_are_there():
    assert typography("Qui ? Lui : « l'un »") == f"Qui{NNBSP}? Lui{NNBSP}: «{NNBSP}l’un{NNBSP}»"
    assert typography("18:30, a;b") == "18:30, a;b"


@given(st.text())
def test_typography_twice_is_once(text: str):
    assert typography(typography(text)) == typography(text)


@pytest.mark.parametrize(("count", "expected"), [(0, "0 vœu"), (1, "1 vœu"), (2, "2 vœux")])
def test_plural(count: int, expected: str):
    assert plural(count, "vœu", "vœux") == expected.replace(" ", NBSP)


def test_join():
    assert join_fr(["A+", "A", "B"]) == "A+, A et B"
    assert join_fr(["seul"]) == "seul"
    assert join_fr([]) == ""
    assert join_fr(["a", "b"], "ou") == "a ou b"


def test_a_dot_between_facts_never_starts_a_line():
    line = join_dots(("Brest", "", f"3{NBSP}km", "estimé A"))
    assert line == f"Brest{NBSP}· 3{NBSP}km{NBSP}· estimé A"
    assert not any(piece.startswith("·") for piece in line.split(" "))

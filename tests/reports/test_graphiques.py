"""Drawings say what they show without colour."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mps_desktop.core.text import NBSP
from mps_desktop.reports.blocks import Block
from mps_desktop.reports.graphiques import balance_columns, bar, gravite_legend, gravite_mark, rang_mark, tick
from mps_desktop.reports.styles import RANGS, find_rang


def words(block: Block) -> list[str]:
    return [text.text for text in block.texts]


def test_each_class_has_its_own_letter_word_and_shape():
    assert len({rang.forme for rang in RANGS}) == len(RANGS)
    assert [rang.lettre for rang in RANGS] == ["A+", "A", "B", "?"]
    assert find_rang("C").lettre == "?"


@pytest.mark.parametrize("rang", RANGS, ids=lambda rang: rang.lettre)
def test_a_mark_holds_the_letter_and_the_shape(rang):
    mark = rang_mark(rang, 10, 40)
    assert words(mark) == [rang.lettre]
    assert [shape.kind for shape in mark.shapes] == [rang.forme]


@pytest.mark.parametrize(("share", "filled"), [(-1, 0), (0, 0), (0.5, 50), (1, 100), (7, 100)])
def test_a_bar_never_leaves_its_frame(share: float, filled: float):
    assert sum(shape.width for shape in bar(share, 100).shapes[1:]) == filled


def test_one_block_per_wish_and_a_dashed_box_for_what_is_missing():
    block = balance_columns({"A+": 3, "A": 2, "B": 0, "?": 0}, {"B": 2}, 200, 80)
    boxes = [shape for shape in block.shapes if shape.kind == "rect"]
    assert len([box for box in boxes if box.fill]) == 5
    assert len([box for box in boxes if box.dash]) == 1
    assert f"manque{NBSP}2" in words(block)
    assert "données" not in words(block)


def test_wishes_without_data_stand_apart():
    block = balance_columns({"A+": 1, "A": 1, "B": 1, "?": 4}, {}, 200, 80)
    marks = [shape.x for shape in block.shapes if shape.kind in {"triangle", "disc", "square", "diamond"}]
    gaps = [right - left for left, right in pairwise(marks)]
    assert gaps[-1] > gaps[0]
    assert [shape.kind for shape in block.shapes].count("diamond") == 1


def test_twenty_wishes_stay_inside_the_height():
    block = balance_columns({"A+": 20, "A": 0, "B": 0}, {"A": 1, "B": 1}, 200, 60)
    boxes = [shape for shape in block.shapes if shape.kind == "rect"]
    assert max(box.y + box.height for box in boxes) - min(box.y for box in boxes) <= 60


def test_ticks_and_severities_differ_by_shape():
    assert [s.kind for s in tick(True, 10).shapes] != [s.kind for s in tick(False, 10).shapes]
    drawn = {
        gravite: tuple((shape.kind, bool(shape.fill)) for shape in gravite_mark(gravite, 10).shapes)
        for gravite in (1, 2, 3)
    }
    assert len(set(drawn.values())) == 3


def test_the_legend_names_only_what_is_there():
    assert set(words(gravite_legend({3, 1}, 200))) == {"à résoudre", "à savoir"}

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mps_desktop.ui import styles
from mps_desktop.ui.theme import FAMILY, Theme
from mps_desktop.ui.tokens import CLAIR, SOMBRE, Tokens, contrast, mix, text_pairs


def test_contrast_of_black_on_white_is_the_largest():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


@pytest.mark.parametrize("tokens", [CLAIR, SOMBRE], ids=["clair", "sombre"])
def test_every_text_can_be_read(tokens: Tokens):
    weak = [
        (what, round(contrast(text, back), 2)) for what, text, back in text_pairs(tokens) if contrast(text, back) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("tokens", [CLAIR, SOMBRE], ids=["clair", "sombre"])
def test_borders_of_controls_and_graphics_can_be_seen(tokens: Tokens):
    for color in (tokens.control, tokens.action, tokens.classe("A+"), tokens.classe("A"), tokens.classe("B")):
        assert contrast(color, tokens.surface) >= 3
        assert contrast(color, tokens.ground) >= 3


def test_mix_is_between_both():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#123456", "#ffffff", 1.0) == "#123456"


@pytest.mark.parametrize("taille", [100, 150, 200])
def test_the_sheet_follows_the_text_size(qapp: QApplication, theme: Theme, taille: int):
    theme.set(taille=taille)
    assert qapp.font().pixelSize() == round(14 * taille / 100)
    assert f"font-size: {round(26 * taille / 100)}px" in qapp.styleSheet()


def test_no_colour_outside_the_tokens():
    sheet = styles.build_stylesheet(CLAIR, round, "coche.png")
    known = {str(getattr(CLAIR, name)) for name in CLAIR.__slots__}
    tints = {color for color in re.findall(r"#[0-9a-f]{6}", sheet) if color not in known}
    allowed = {
        CLAIR.tint(getattr(CLAIR, name), share)
        for name in CLAIR.__slots__
        for share in (0.1, 0.45, 0.55, 0.85)
    }  # fmt: skip
    assert tints <= allowed


def test_dark_and_light_change_the_palette(qapp: QApplication, theme: Theme, qtbot: QtBot):
    with qtbot.waitSignal(theme.changed):
        theme.set(mode="sombre")
    assert theme.sombre
    assert qapp.palette().window().color().name() == SOMBRE.ground
    theme.set(mode="clair")
    assert qapp.palette().window().color().name() == CLAIR.ground


def test_icons_follow_the_theme(theme: Theme, qtbot: QtBot):
    label = QLabel()
    qtbot.addWidget(label)
    theme.set_icon(label, "check-line", "ink", 24)
    before = label.pixmap().toImage()
    theme.set(mode="sombre")
    assert label.pixmap().toImage() != before


def test_the_font_is_ours_with_figures_of_one_width(qapp: QApplication, theme: Theme):
    assert QFontInfo(qapp.font()).family() == FAMILY
    label = QLabel()
    label.setFont(theme.font(14))
    metrics = label.fontMetrics()
    assert {metrics.horizontalAdvance(digit) for digit in "0123456789"} == {metrics.horizontalAdvance("0")}

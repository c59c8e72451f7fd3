"""A vœu that the catalogue in force does not know is shown by its name, with its mark in the warning colour."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mps_desktop.services.phrases_constats import absence
from mps_desktop.services.views import VoeuLigne
from mps_desktop.ui.screens.equilibre.favori_card import VoeuRow
from mps_desktop.ui.theme import Theme


@pytest.mark.parametrize(
    ("connue", "presente", "mark"), [(2025, 2026, "N’existe plus"), (2026, 2025, "plus ancien que celui")]
)
def test_the_mark_is_read_and_coloured(qtbot: QtBot, qapp: QApplication, connue: int, presente: int, mark: str):
    ligne = VoeuLigne(
        "ta20", "fl2", "BUT - Génie des bulles", "IUT du Test", "Testville", None, "?", "?", "", "",
        absence(connue, presente), (), (), connu=False,
    )  # fmt: skip
    row = VoeuRow(Theme(qapp), ligne)
    qtbot.addWidget(row)
    labels = row.findChildren(QLabel)
    assert any("IUT du Test" in label.text() for label in labels)
    (marked,) = [label for label in labels if mark in label.text()]
    assert marked.property("tone") == "warning"

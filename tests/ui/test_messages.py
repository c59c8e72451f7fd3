from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.ui.messages import Message, Messenger, Ton, show_unexpected_errors


def test_a_fault_of_the_environment_says_what_to_do(messenger: Messenger):
    message = messenger.describe(EnvironmentFault("Disque plein.", "Faites de la place."))
    assert message == Message(Ton.ERREUR, "Disque plein.", "Faites de la place.")


def test_a_bug_says_where_the_report_is_and_keeps_values_out(messenger: Messenger):
    message = messenger.describe(ValueError("BIDON Zoé"))
    assert "ValueError" in message.texte
    assert "incident.txt" in message.remede
    assert "Zoé" not in message.texte + message.remede


def test_a_report_that_cannot_be_written_is_said(qapp: QApplication):
    def nowhere(_exc: BaseException) -> Path | None:
        return None

    assert "n’a pas pu" in Messenger(nowhere).describe(KeyError("x")).remede


def test_an_interruption_is_not_an_error(messenger: Messenger):
    assert messenger.describe(Cancelled("lecture")).ton is Ton.INFO


def test_unexpected_errors_reach_the_user(qtbot: QtBot, messenger: Messenger, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    show_unexpected_errors(messenger)
    with qtbot.waitSignal(messenger.told) as told:
        sys.excepthook(RuntimeError, RuntimeError("secret"), None)
    assert told.args is not None
    assert "RuntimeError" in told.args[0].texte

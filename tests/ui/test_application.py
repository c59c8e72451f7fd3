from __future__ import annotations

import sys

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from mps_desktop.ui.application import build_application


def words(buttons: list[QPushButton]) -> set[str]:
    return {button.text().replace("&", "") for button in buttons}


def test_qt_speaks_french(qtbot: QtBot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(box)
    assert words(box.findChildren(QPushButton)) == {"Annuler", "Enregistrer"}


def test_message_boxes_speak_french(qtbot: QtBot):
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.StandardButton.Cancel | QMessageBox.StandardButton.Close)
    assert words(box.findChildren(QPushButton)) == {"Annuler", "Fermer"}


def test_numbers_are_french(qapp: QApplication):
    assert QLocale().toString(12.5, "f", 1) == "12,5"


def test_calls_of_qt_do_not_use_up_python_itself(qapp: QApplication):
    class Sender(QObject):
        told = Signal(int)

    sender, label = Sender(), QLabel()
    before = {singleton: sys.getrefcount(singleton) for singleton in (None, True, False)}
    for number in range(1_000):
        sender.told.emit(number)
        label.setText("x")
    assert all(sys.getrefcount(singleton) > count - 500 for singleton, count in before.items())


def test_building_twice_gives_the_same_application(qapp: QApplication):
    assert build_application(["encore"]) is qapp

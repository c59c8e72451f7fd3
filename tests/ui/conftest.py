"""A dressed application, a window on a fake dossier, and jobs that never outlive their test."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mps_desktop.services.views import DossierRecent
from mps_desktop.ui.application import build_application
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import Workspace
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeAccueil, FakeFiles, FakeSettings, no_report, password_opinion


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
            # the offscreen platform says so of size hints, raised windows and pop-ups
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return build_application(["tests"])


@pytest.fixture(autouse=True)
def swept(qapp: QApplication) -> None:
    """The windows of earlier tests are gone, not only closed."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def shared_theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def theme(shared_theme: Theme) -> Generator[Theme]:
    yield shared_theme
    if shared_theme.sombre or shared_theme.taille != 100:
        shared_theme.set(mode="clair", taille=100)


@pytest.fixture
def runner(qapp: QApplication) -> Generator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.drain(), "a job outlived its test"


@pytest.fixture
def messenger(qapp: QApplication) -> Messenger:
    return Messenger(no_report)


@pytest.fixture
def session() -> FakeSession:
    return FakeSession()


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def outside(files: FakeFiles, tmp_path: Path) -> Outside:
    return Outside(files, password_opinion, no_report, tmp_path, "Parcoursup 2025")


@pytest.fixture
def accueil(session: FakeSession) -> FakeAccueil:
    return FakeAccueil(session, (DossierRecent("/dossiers/essai", "Terminales d’essai", existe=True),))


@pytest.fixture
def settings() -> FakeSettings:
    return FakeSettings()


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, accueil: FakeAccueil, settings: FakeSettings, outside: Outside
) -> Generator[MainWindow]:
    window = MainWindow(accueil, settings, theme, outside)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: not window.runner.busy)
    yield window
    window.close()
    assert window.runner.drain(), "a job outlived its test"


@pytest.fixture
def workspace(qtbot: QtBot, window: MainWindow, session: FakeSession) -> Workspace:
    """The window with the fake dossier open, the class loaded."""
    window.enter(session)
    assert window.workspace is not None
    idle(qtbot, window)
    return window.workspace


def idle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the lane is empty."""
    qtbot.waitUntil(lambda: not window.runner.busy)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Press a shortcut in the active window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, key, modifier)

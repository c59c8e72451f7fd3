"""Nothing that can be operated is nameless, everything can be reached with the keyboard, text is never cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mps_desktop.ui.dialogs.ajouter_voeux import AjouterVoeuxDialog
from mps_desktop.ui.dialogs.raccourcis import RaccourcisDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.elided import ElidedLabel
from mps_desktop.ui.workspace import EQUILIBRE, PROFIL, SUGGESTIONS, Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QTabBar, QProgressBar)
INTERNAL = ("qt_", "Scroll")  # parts that Qt builds inside its own widgets


def controls(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and widget.isVisible() and not widget.objectName().startswith(INTERNAL):
            yield widget


def nameless(root: QWidget) -> list[str]:
    found: list[str] = []
    for widget in controls(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def cut(root: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit."""
    found: list[str] = []
    for area in root.findChildren(QScrollArea):
        content = area.widget()
        if area.isVisible() and content is not None and content.width() > area.viewport().width():
            found.append(f"overflow of {content.width() - area.viewport().width()} px")
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and widget.text():
            metrics = QFontMetrics(widget.font())
            if not widget.wordWrap() and metrics.horizontalAdvance(widget.text()) > widget.width() + 1:
                found.append(f"label {widget.text()!r}")
            elif widget.wordWrap() and widget.heightForWidth(widget.width()) > widget.height() + 2:
                found.append(f"wrapped label {widget.text()!r}")
        elif isinstance(widget, QPushButton) and words_width(widget) > widget.width():
            found.append(f"button {widget.text()!r}")
    return found


def settle(qtbot: QtBot) -> None:
    """Let posted layout requests be handled."""
    rounds: list[int] = []
    for number in range(5):
        QTimer.singleShot(0, lambda number=number: rounds.append(number))
        qtbot.waitUntil(lambda number=number: number in rounds)


def words_width(button: QPushButton) -> int:
    return QFontMetrics(button.font()).horizontalAdvance(button.text())


def visit(name: str, qtbot: QtBot, window: MainWindow, workspace: Workspace) -> QWidget:
    """Go to a screen; returns what it shows."""
    match name:
        case "classe":
            workspace.show_screen("classe")
        case "explorer" | "explorer_fiche":
            workspace.show_screen("explorer")
            idle(qtbot, window)
            if name == "explorer_fiche":
                workspace.explorer.fiche.open("formation", "fl4")
        case "documents":
            workspace.show_screen("documents")
        case "importer":
            return workspace.open_import()
        case "profil" | "suggestions" | "equilibre":
            workspace.open_eleve(4)
            idle(qtbot, window)
            workspace.eleve_view.tabs.setCurrentIndex(
                {"profil": PROFIL, "suggestions": SUGGESTIONS, "equilibre": EQUILIBRE}[name]
            )
    idle(qtbot, window)
    return window


SCREENS = ("classe", "profil", "suggestions", "equilibre", "explorer", "explorer_fiche", "documents", "importer")


@pytest.mark.parametrize("name", SCREENS)
def test_every_control_has_a_name(qtbot: QtBot, window: MainWindow, workspace: Workspace, name: str):
    root = visit(name, qtbot, window, workspace)
    assert list(controls(root))
    assert nameless(root) == []


def test_the_opening_screen_has_names(window: MainWindow):
    assert nameless(window) == []
    window.ouverture_view.mode.button("creer").click()
    assert nameless(window) == []


def test_empty_screens_and_dialogs_have_names(qtbot: QtBot, window: MainWindow, theme: Theme):
    empty = FakeSession("Vide", [])
    window.enter(empty)
    idle(qtbot, window)
    assert window.workspace is not None
    for name in ("classe", "eleve", "explorer", "documents"):
        window.workspace.show_screen(name)
        idle(qtbot, window)
        assert nameless(window) == []
    window.lock()
    idle(qtbot, window)
    session = FakeSession()
    voeux = AjouterVoeuxDialog(theme, session, window.runner, window.messenger, 5, "fl6", "École", parent=window)
    keys = RaccourcisDialog(window)
    for dialog in (voeux, keys):
        qtbot.addWidget(dialog)
        dialog.show()
        idle(qtbot, window)
        assert nameless(dialog) == []


@pytest.mark.parametrize("taille", [100, 150, 200])
@pytest.mark.parametrize("name", SCREENS)
def test_no_word_is_cut(qtbot: QtBot, window: MainWindow, workspace: Workspace, theme: Theme, name: str, taille: int):
    theme.set(taille=taille)
    window.resize(1280, 720)
    root = visit(name, qtbot, window, workspace)
    settle(qtbot)
    assert cut(root) == []


@pytest.mark.parametrize("taille", [100, 200])
def test_no_word_is_cut_at_the_opening(qtbot: QtBot, window: MainWindow, theme: Theme, taille: int):
    theme.set(taille=taille)
    window.resize(1280, 720)
    settle(qtbot)
    assert cut(window) == []
    window.ouverture_view.mode.button("creer").click()
    settle(qtbot)
    assert cut(window) == []


@pytest.mark.parametrize(
    "name", ["classe", "profil", "suggestions", "equilibre", "explorer", "explorer_fiche", "documents"]
)
def test_tab_goes_everywhere_and_is_never_trapped(qtbot: QtBot, window: MainWindow, workspace: Workspace, name: str):
    visit(name, qtbot, window, workspace)
    window.activateWindow()
    expected = {w for w in controls(window) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    workspace.barre.recherche.setFocus()
    reached: set[QWidget] = set()
    for _ in range(len(expected) + 20):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    missed = [w.accessibleName() or type(w).__name__ for w in expected - reached if not isinstance(w, QTabBar)]
    assert missed == []


def test_the_focus_is_seen(qtbot: QtBot, window: MainWindow, workspace: Workspace):
    window.activateWindow()
    button = workspace.classe_view.importer
    before = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != before

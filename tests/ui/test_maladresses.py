"""A clumsy teacher on a real dossier: wrong words, wrong marks, regrets, a window closed too early."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mps_desktop.app import build_accueil
from mps_desktop.core.paths import Paths, build_paths
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.accueil import Accueil
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import EQUILIBRE, SUGGESTIONS, Workspace
from tests.ui.conftest import idle
from tests.ui.faux_dehors import FakeFiles, FakeSettings

pytestmark = pytest.mark.timeout(300)

MOT_DE_PASSE = "girafe violette sous la pluie"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = build_paths(tmp_path / "donnees")
    if not paths.catalogue.is_file() or not any(paths.demo.glob("*.csv")):
        pytest.skip("catalogue ou classe fictive pas encore construits")
    return paths


@pytest.fixture
def vrai_accueil(paths: Paths) -> Generator[Accueil]:
    with build_accueil(paths, SettingsStore(paths.settings_file)) as accueil:
        yield accueil


def open_window(qtbot: QtBot, theme: Theme, accueil: Accueil, outside: Outside) -> MainWindow:
    window = MainWindow(accueil, FakeSettings(), theme, outside)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    idle(qtbot, window)
    return window


def room(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def type_moyenne(qtbot: QtBot, window: MainWindow, text: str) -> None:
    field = room(window).profil_view.moyenne
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    room(window).flush()
    idle(qtbot, window)


def test_nothing_is_lost_by_a_clumsy_teacher(
    qtbot: QtBot,
    theme: Theme,
    vrai_accueil: Accueil,
    paths: Paths,
    outside: Outside,
    files: FakeFiles,
    tmp_path: Path,
):
    window = open_window(qtbot, theme, vrai_accueil, outside)
    vue = window.ouverture_view
    vue.mode.button("creer").click()
    vue.nom.setText("TG1")
    window.ouverture.set_place(tmp_path / "dossier")
    vue.nouveau.setText(MOT_DE_PASSE)
    vue.confirmation.setText("girafe violette sous la pluis")
    assert not vue.creer.isEnabled()
    vue.confirmation.setText(MOT_DE_PASSE)
    vue.creer.click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=60_000)
    idle(qtbot, window)
    workspace = room(window)

    # the wrong file first, then a preview given up, then the list, taken back and imported again
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    files.rosters = (wrong,)
    dialog = workspace.open_import()
    dialog.depot.choisir.click()
    idle(qtbot, window)
    assert dialog.banniere.texte
    assert not dialog.importer.isVisibleTo(dialog) or not dialog.importer.isEnabled()
    dialog.reject()
    files.rosters = tuple(sorted(paths.demo.glob("TG1*.csv")))
    dialog = workspace.open_import()
    dialog.depot.choisir.click()
    idle(qtbot, window)
    dialog.reject()
    idle(qtbot, window)
    assert not workspace.classe.shown()
    dialog = workspace.open_import()
    dialog.depot.choisir.click()
    idle(qtbot, window)
    dialog.importer.click()
    idle(qtbot, window)
    count = len(workspace.classe.shown())
    assert count >= 10
    workspace.undo()
    idle(qtbot, window)
    assert not workspace.classe.shown()
    workspace.redo()
    idle(qtbot, window)
    assert len(workspace.classe.shown()) == count

    # marks that are not marks change nothing; a good one is kept, and the undo gives the one before
    eleve_id = workspace.classe.shown()[0].id
    workspace.open_eleve(eleve_id)
    idle(qtbot, window)
    session = window.session
    assert session is not None
    type_moyenne(qtbot, window, "12,5")
    for wrong_mark in ("25", "douze", "-3"):
        type_moyenne(qtbot, window, wrong_mark)
        assert session.load_eleve(eleve_id).profil.moyenne == 12.5
        assert workspace.profil_view.moyenne.text() == wrong_mark
        assert "La précédente est gardée" in workspace.profil_view.erreur_moyenne.text()
    type_moyenne(qtbot, window, "14")
    assert session.load_eleve(eleve_id).profil.moyenne == 14

    # the window closes while suggestions are computed and a word is being typed
    workspace.eleve_view.tabs.setCurrentIndex(SUGGESTIONS)
    workspace.eleve_view.tabs.setCurrentIndex(EQUILIBRE)
    workspace.profil_view.moyenne.setFocus()
    workspace.profil_view.moyenne.selectAll()
    QTest.keyClicks(workspace.profil_view.moyenne, "15")
    workspace.documents_view.produire.click()
    assert window.close()
    assert window.session is None

    # reopened: a wrong password, then the right one; the last word is there
    window = open_window(qtbot, theme, vrai_accueil, outside)
    vue = window.ouverture_view
    vue.recents.setCurrentRow(0)
    vue.mot_de_passe.setText(MOT_DE_PASSE.upper())
    QTest.keyClick(vue.mot_de_passe, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(vue.banniere.texte), timeout=60_000)
    assert window.workspace is None
    vue.mot_de_passe.setText(MOT_DE_PASSE)
    QTest.keyClick(vue.mot_de_passe, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=60_000)
    idle(qtbot, window)
    assert len(room(window).classe.shown()) == count
    assert window.session is not None
    assert window.session.load_eleve(eleve_id).profil.moyenne == 15
    window.close()

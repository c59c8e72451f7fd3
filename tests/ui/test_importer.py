from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mps_desktop.core.progress import Progress
from mps_desktop.services.views import ApercuImport
from mps_desktop.ui.item_models.apercu_model import ColonneApercu
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.screens.importer.importer_view import ImporterView
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle, press
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeFiles


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    file = tmp_path / "liste.csv"
    file.write_text(
        "nom;prenom;classe\nNOUVELLE;Zoé;TG1\nBIDON;Zoé;TG1\n;Sans nom;TG1\nARRIVÉE;Noël;TG2\n", encoding="utf-8"
    )
    return file


@pytest.fixture
def view(workspace: Workspace) -> ImporterView:
    return workspace.open_import()


def choose(qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, *paths: Path) -> None:
    files.rosters = paths
    view.depot.choisir.click()
    idle(qtbot, window)


def test_nothing_is_written_before_the_confirmation(
    qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, liste: Path, session: FakeSession
):
    before = len(session.eleves)
    choose(qtbot, window, view, files, liste)
    assert view.pile.face == "apercu"
    assert view.model.rowCount() == 4
    assert "PRONOTE" in view.resume.text()
    assert view.non_lu.text() == "Adresse et Responsable 1"
    assert view.importer.text().replace("\u00a0", " ") == "Importer 2 élèves"
    assert view.banniere.isVisible()
    assert len(session.eleves) == before


def test_rejected_lines_say_why_and_where(
    qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, liste: Path
):
    choose(qtbot, window, view, files, liste)
    view.chips["rejete"].click()
    assert view.proxy.rowCount() == 1
    row = [str(view.proxy.index(0, column).data()) for column in range(view.proxy.columnCount())]
    assert row[0] == "4"
    assert row[-1] == "La ligne n’a pas de nom."
    view.table.selectRow(0)
    assert view.detail.isVisible()
    assert view.detail.text() == "La ligne n’a pas de nom."


def test_class_and_bac_stay_with_large_characters(
    qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, liste: Path, theme: Theme
):
    """On a small screen at 150 %, the spécialités go first and the reason is elided."""
    theme.set(taille=150)
    choose(qtbot, window, view, files, liste)
    view.resize(1240, 700)
    qtbot.waitUntil(lambda: view.table.viewport().width() > 1000)
    shown = [column for column in ColonneApercu if not view.table.isColumnHidden(int(column))]
    assert {ColonneApercu.NOM, ColonneApercu.PRENOM, ColonneApercu.CLASSE, ColonneApercu.BAC} <= set(shown)
    assert ColonneApercu.SPECIALITES not in shown


def test_one_job_then_one_ctrl_z_takes_it_all_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: ImporterView, files: FakeFiles, liste: Path,
    session: FakeSession,
):  # fmt: skip
    before = dict(session.eleves)
    choose(qtbot, window, view, files, liste)
    view.importer.click()
    idle(qtbot, window)
    assert workspace._importing is None
    assert len(session.eleves) == len(before) + 2
    assert workspace.classe_view.model.rowCount() == len(before) + 2
    assert "2" in workspace.etat.enregistre.text()
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    assert session.eleves == before
    assert workspace.classe_view.model.rowCount() == len(before)
    workspace.redo()
    idle(qtbot, window)
    assert len(session.eleves) == len(before) + 2
    workspace.undo()
    idle(qtbot, window)
    assert session.eleves == before


def test_the_class_is_asked_when_the_file_does_not_say_it(
    qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, tmp_path: Path, session: FakeSession
):
    file = tmp_path / "sans_classe.csv"
    file.write_text("nom;prenom\nNOUVELLE;Zoé\n", encoding="utf-8")
    choose(qtbot, window, view, files, file)
    assert view.bloc_classe.isVisible()
    assert not view.importer.isEnabled()
    QTest.keyClicks(view.classe, "TG9")
    assert view.importer.isEnabled()
    view.relire.click()
    idle(qtbot, window)
    assert str(view.proxy.index(0, 4).data()) == "TG9"
    view.importer.click()
    idle(qtbot, window)
    assert [e.classe for e in session.eleves.values() if e.nom == "NOUVELLE"] == ["TG9"]


def test_a_file_that_cannot_be_read_is_told_in_the_dialog(
    qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, tmp_path: Path
):
    choose(qtbot, window, view, files, tmp_path / "absente.csv")
    assert view.pile.face == "depot"
    assert "introuvable" in view.banniere.texte


def test_a_dropped_file_is_read(qtbot: QtBot, window: MainWindow, view: ImporterView, liste: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(liste))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.depot.dropEvent(event)
    idle(qtbot, window)
    assert view.pile.face == "apercu"


def test_giving_up_stops_the_reading_then_closes(
    qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, liste: Path, session: FakeSession
):
    def endless(paths: object, classe: str, progress: Progress, memes: object = (), /) -> ApercuImport:
        while True:
            progress.step("Lecture")

    session.preview_import = endless  # type: ignore[method-assign]  # a file that never ends
    files.rosters = (liste,)
    view.depot.choisir.click()
    qtbot.waitUntil(lambda: view.etape.text() == "Lecture")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    idle(qtbot, window)
    assert view.isVisible()
    assert view.pile.face == "depot"
    closed: list[int] = []
    view.finished.connect(closed.append)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert closed == [0]


def test_choosing_no_file_changes_nothing(qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles):
    choose(qtbot, window, view, files)
    assert view.pile.face == "depot"
    view.annuler.click()
    assert not view.isVisible()


def test_the_same_list_twice_has_nothing_to_import(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: ImporterView, files: FakeFiles, liste: Path
):
    choose(qtbot, window, view, files, liste)
    view.importer.click()
    idle(qtbot, window)
    again = workspace.open_import()
    choose(qtbot, window, again, files, liste)
    assert again.importer.text() == "Rien à importer"
    assert not again.importer.isEnabled()
    again.retour.click()
    assert again.pile.face == "depot"

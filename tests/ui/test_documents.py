"""The Documents screen when a production fails, is stopped, or is for nobody."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeFiles


class TestDocuments:
    def test_failure_is_told_in_place(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        workspace.show_screen("documents")
        session.broken["export_report"] = EnvironmentFault("Le disque est plein.", "Choisissez un autre dossier.")
        workspace.documents_view.produire.click()
        idle(qtbot, window)
        assert "disque est plein" in workspace.documents_view.banniere.texte
        assert not workspace.documents_view.resultat.isVisible()

    def test_nobody_ticked_produces_nothing(self, workspace: Workspace):
        workspace.show_screen("documents")
        workspace.documents_view.choisis.setChecked(True)
        assert not workspace.documents_view.produire.isEnabled()
        assert "Cochez" in workspace.documents_view.compte.text()

    def test_open_file_and_folder(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, files: FakeFiles, tmp_path: Path
    ):
        workspace.show_screen("documents")
        files.pdf = tmp_path / "ailleurs" / "mon document.pdf"
        workspace.documents_view.choisir.click()
        workspace.documents_view.produire.click()
        idle(qtbot, window)
        assert files.pdf.is_file()
        workspace.documents_view.ouvrir.click()
        workspace.documents_view.ouvrir_lieu.click()
        assert files.opened == [files.pdf, files.pdf.parent]
        files.opens = False
        workspace.documents_view.ouvrir.click()
        assert "Aucun programme" in workspace.documents_view.banniere.texte

    def test_a_production_can_be_stopped(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        workspace.show_screen("documents")

        def slow(ids: object, classe: object, target: Path, progress: Progress, /) -> Path:
            while True:
                progress.step("Mise en page", 1, 100)

        session.export_report = slow  # type: ignore[method-assign]  # a use case that never ends
        workspace.documents_view.produire.click()
        qtbot.waitUntil(lambda: "1 sur 100" in workspace.documents_view.etape.text())
        workspace.documents_view.arreter.click()
        idle(qtbot, window)
        assert "interrompue" in workspace.documents_view.banniere.texte
        assert workspace.documents_view.produire.isVisible()

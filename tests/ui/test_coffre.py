"""The dossier as a whole, through the real widgets: carried elsewhere, erased, told."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mps_desktop.app import build_accueil
from mps_desktop.core.paths import Paths, build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.accueil import Accueil
from mps_desktop.services.session import DossierSession
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.ui.dialogs.effacer import EffacerDialog
from mps_desktop.ui.dialogs.journal import JournalDialog
from mps_desktop.ui.dialogs.secrets import MotDePasseDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeAccueil, FakeFiles, FakeSettings
from tests.ui.monde import PASSWORD
from tests.ui.test_securite import answer

MOT_DE_PASSE = "girafe violette sous la pluie"
LISTE = "Nom;Prénom;Classe;Formation\nBIDON;Zoé;TG1;TERMINALE GENERALE\nLE TESTEUR;Anh;TG1;TERMINALE GENERALE\n"


def test_the_dossier_is_exported(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, files: FakeFiles, tmp_path: Path
):
    workspace.securite.coffre.exporter.trigger()
    assert session.coffre.exportes == []  # gave up
    files.export = tmp_path
    workspace.securite.coffre.exporter.trigger()
    idle(qtbot, window)
    assert session.coffre.exportes == [tmp_path / "Terminales-d-essai.mpsdossier"]
    assert "exporté" in workspace.banniere.texte


def test_a_year_is_erased_only_when_the_word_is_typed(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    seen: list[tuple[str, bool]] = []

    def fill(dialog: EffacerDialog) -> None:
        seen.append((dialog.apercu.text().replace("\u202f", " ").replace("\xa0", " "), dialog.effacer.isEnabled()))
        dialog.mot.setText("effacer")
        dialog.annee.setCurrentIndex(1)
        seen.append((dialog.apercu.text(), dialog.effacer.isEnabled()))
        dialog.annee.setCurrentIndex(0)
        dialog.sauvegardes.setChecked(True)
        dialog.mot.setText("EFFACER")
        dialog.effacer.click()

    answer(EffacerDialog, fill)
    workspace.securite.coffre.effacer.trigger()
    qtbot.waitUntil(lambda: bool(session.coffre.purges))
    idle(qtbot, window)
    assert session.coffre.purges == [("2025-2026", True)]
    assert "24 élèves, dont 1 sans classe" in seen[0][0]
    assert "35 élèves" in seen[0][0]
    assert "TG1, TG2" in seen[1][0]
    assert [enabled for _, enabled in seen] == [False, False]
    assert "élèves effacés" in workspace.banniere.texte
    assert workspace.history.stack.count() == 0


def test_giving_up_erases_nothing(qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession):
    answer(EffacerDialog, lambda dialog: dialog.annuler.click())
    workspace.securite.coffre.effacer.trigger()
    idle(qtbot, window)
    assert session.coffre.purges == []


def test_the_journal_is_read(qtbot: QtBot, window: MainWindow, workspace: Workspace):
    workspace.securite.coffre.journal.trigger()
    idle(qtbot, window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, JournalDialog)
    assert "Import d’une liste (24 élèves) — prof" in dialog.liste.item(0).text()
    dialog.close()


def test_the_register_is_written(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, files: FakeFiles, tmp_path: Path
):
    files.pdf = tmp_path / "registre.pdf"
    workspace.securite.coffre.registre.trigger()
    idle(qtbot, window)
    assert session.coffre.registres == [files.pdf]


def test_a_demonstration_is_neither_exported_nor_erased(qtbot: QtBot, window: MainWindow, session: FakeSession):
    session.fictif = True
    window.enter(session)
    idle(qtbot, window)
    assert window.workspace is not None
    assert not window.workspace.securite.coffre.exporter.isEnabled()
    assert not window.workspace.securite.coffre.effacer.isEnabled()


def test_an_exported_dossier_is_imported_from_the_opening_screen(
    qtbot: QtBot, window: MainWindow, accueil: FakeAccueil, files: FakeFiles, tmp_path: Path
):
    view = window.ouverture_view
    files.exporte = tmp_path / "tg1.mpsdossier"

    said: list[str] = []

    def fill(word: str) -> None:
        def act(dialog: MotDePasseDialog) -> None:
            said.append(dialog.explication.text())
            dialog.actuel.setText(word)
            dialog.changer.click()

        answer(MotDePasseDialog, act)

    fill("pas le bon")
    view.importer.click()
    idle(qtbot, window)
    assert accueil.importes == []
    assert "n’ouvre pas" in view.banniere.texte
    fill(PASSWORD)
    view.importer.click()
    idle(qtbot, window)
    assert accueil.importes == [(tmp_path / "tg1.mpsdossier", "tg1")]
    assert "importé" in view.banniere.texte
    assert all("tg1" in text for text in said)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = build_paths(tmp_path / "donnees")
    if not paths.catalogue.is_file():
        pytest.skip("the catalogue is not built")
    return paths


@pytest.fixture
def vrai_accueil(paths: Paths) -> Generator[Accueil]:
    with build_accueil(paths, SettingsStore(paths.settings_file)) as accueil:
        yield accueil


@pytest.mark.timeout(300)
def test_a_real_dossier_is_carried_and_a_real_year_erased(
    qtbot: QtBot, theme: Theme, vrai_accueil: Accueil, outside: Outside, files: FakeFiles, tmp_path: Path
):
    liste = tmp_path / "liste.csv"
    liste.write_text(LISTE, encoding="utf-8")
    real = vrai_accueil.create(tmp_path / "dossier", "TG1", MOT_DE_PASSE, Progress())
    real.prendre_cle_secours()
    real.import_roster((liste,), "", Progress())
    with real._database.transaction() as writing:
        ClasseRepository(writing).close_years("2027-2028")
    window = MainWindow(vrai_accueil, FakeSettings(), theme, outside)
    qtbot.addWidget(window)
    window.show()
    window.enter(real)
    idle(qtbot, window)
    assert isinstance(window.session, DossierSession)
    assert window.workspace is not None
    files.export = tmp_path / "cle usb"
    window.workspace.securite.coffre.exporter.trigger()
    idle(qtbot, window)

    def erase(dialog: EffacerDialog) -> None:
        dialog.mot.setText("EFFACER")
        dialog.effacer.click()

    answer(EffacerDialog, erase)
    window.workspace.securite.coffre.effacer.trigger()
    qtbot.waitUntil(lambda: "effacés" in (window.workspace.banniere.texte if window.workspace else ""), timeout=60_000)
    idle(qtbot, window)
    assert window.workspace.classe.shown() == ()
    assert real.list_eleves(None).lignes == ()
    assert list((tmp_path / "dossier" / "preuves").glob("purge-*.txt"))
    window.close()

    there = vrai_accueil.importer_dossier(tmp_path / "cle usb" / "TG1.mpsdossier", "tg1", MOT_DE_PASSE, Progress())
    again = vrai_accueil.unlock(there, MOT_DE_PASSE, Progress())
    try:
        assert [ligne.nom for ligne in again.list_eleves(None).lignes] == ["BIDON", "LE TESTEUR"]
    finally:
        again.close()

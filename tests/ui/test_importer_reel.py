"""The import dialog on real files, the real importers and a real encrypted dossier."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from mps_desktop.app import build_accueil
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.session import DossierSession
from mps_desktop.ui.dialogs.colonnes import ColonnesDialog
from mps_desktop.ui.dialogs.voeux_lus import VoeuxLusDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.screens.importer.importer_view import ImporterView
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle
from tests.ui.faux_dehors import FakeAccueil, FakeFiles, FakeSettings

pytestmark = pytest.mark.timeout(300)


class OneDossier(FakeAccueil):
    """An opening screen whose demonstration is a real, empty dossier."""

    def __init__(self, session: DossierSession) -> None:
        super().__init__()
        self._real = session

    def open_demo(self, progress: Progress, /) -> DossierSession:  # type: ignore[override]  # the real thing
        return self._real


@pytest.fixture
def real(tmp_path: Path) -> Generator[tuple[SettingsStore, DossierSession]]:
    paths = build_paths(tmp_path / "donnees")
    settings = SettingsStore(paths.settings_file)
    with build_accueil(paths, settings) as accueil:
        session = accueil.create(tmp_path / "dossier", "TG7 fictive", "phrase tout à fait fictive", Progress())
        yield settings, session
        session.close()


@pytest.fixture
def bureau(
    qtbot: QtBot, theme: Theme, real: tuple[SettingsStore, DossierSession], outside: Outside
) -> tuple[MainWindow, Workspace, ImporterView]:
    _, session = real
    window = MainWindow(OneDossier(session), FakeSettings(), theme, outside)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.ouverture.open_demo()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=60_000)
    idle(qtbot, window)
    assert window.workspace is not None
    return window, window.workspace, window.workspace.open_import()


def give(qtbot: QtBot, window: MainWindow, view: ImporterView, files: FakeFiles, *paths: Path) -> None:
    files.rosters = paths
    view.depot.choisir.click()
    idle(qtbot, window)


def columns(view: ImporterView, row: int) -> list[str]:
    return [str(view.proxy.index(row, column).data()) for column in range(view.proxy.columnCount())]


def test_a_pasted_list_is_imported(
    qtbot: QtBot, bureau: tuple[MainWindow, Workspace, ImporterView], real: tuple[SettingsStore, DossierSession]
):
    window, _, view = bureau
    QGuiApplication.clipboard().setText("Nom\tPrénom\tNé(e) le\tClasse\nBIDON\tZoé\t14/02/2009\tTG7\n")
    QTest.keyClick(view.depot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    assert columns(view, 0)[:5] == ["2", "Nouveau", "BIDON", "Zoé", "TG7"]
    view.importer.click()
    idle(qtbot, window)
    assert [ligne.nom for ligne in real[1].list_eleves(None).lignes] == ["BIDON"]


def test_an_empty_clipboard_says_what_to_do(qtbot: QtBot, bureau: tuple[MainWindow, Workspace, ImporterView]):
    window, _, view = bureau
    QGuiApplication.clipboard().clear()
    view.depot.coller.click()
    idle(qtbot, window)
    assert view.pile.face == "depot"
    assert "Ctrl+A" in view.banniere.texte


def test_columns_that_nothing_recognises_are_asked_once(
    qtbot: QtBot, bureau: tuple[MainWindow, Workspace, ImporterView], files: FakeFiles, tmp_path: Path,
    real: tuple[SettingsStore, DossierSession],
):  # fmt: skip
    window, _, view = bureau
    odd = tmp_path / "export.csv"
    odd.write_text("Lycéen;Grp;Truc;Sexe\nBIDON Zoé;TG7;x;F\nD'ESSAI Noël;TG7;y;M\n", encoding="utf-8")
    give(qtbot, window, view, files, odd)
    dialog = view.findChild(ColonnesDialog)
    assert dialog is not None
    ok = dialog.boutons.button(QDialogButtonBox.StandardButton.Ok)
    assert dialog.entete.currentData() == 1
    assert [str(choice.currentData()) for choice in dialog.choix] == ["", "", "", "sexe"]
    assert dialog.reconnu.text().endswith("Sexe.")
    assert not ok.isEnabled()
    dialog.choix[0].setCurrentIndex(dialog.choix[0].findData("identite"))
    dialog.choix[1].setCurrentIndex(dialog.choix[1].findData("classe"))
    assert ok.isEnabled()
    ok.click()
    idle(qtbot, window)
    assert [columns(view, row)[2:5] for row in range(2)] == [["BIDON", "Zoé", "TG7"], ["D'ESSAI", "Noël", "TG7"]]
    assert view.non_lu.text() == "Truc"
    again = tmp_path / "export_decembre.csv"
    again.write_text("LYCÉEN;grp;truc;sexe\nNOUVEAU Noé;TG7;z;M\n", encoding="utf-8")
    view.retour.click()
    give(qtbot, window, view, files, again)
    assert columns(view, 0)[2:4] == ["NOUVEAU", "Noé"]
    assert len(SettingsStore(tmp_path / "donnees" / "reglages.toml").current.correspondances) == 1


def test_columns_can_be_corrected_from_the_preview(
    qtbot: QtBot, bureau: tuple[MainWindow, Workspace, ImporterView], files: FakeFiles, tmp_path: Path
):
    window, _, view = bureau
    swapped = tmp_path / "liste.csv"
    swapped.write_text("Nom;Prénom;Classe\nZoé;BIDON;TG7\n", encoding="utf-8")
    give(qtbot, window, view, files, swapped)
    view.colonnes.click()
    idle(qtbot, window)
    dialog = view.findChild(ColonnesDialog)
    assert dialog is not None
    assert [str(choice.currentData()) for choice in dialog.choix] == ["nom", "prenom", "classe"]
    dialog.choix[0].setCurrentIndex(dialog.choix[0].findData("prenom"))
    dialog.choix[1].setCurrentIndex(dialog.choix[1].findData("nom"))
    dialog.accept()
    idle(qtbot, window)
    assert columns(view, 0)[2:4] == ["BIDON", "Zoé"]


def test_a_name_written_otherwise_is_joined_when_the_teacher_says_so(
    qtbot: QtBot, bureau: tuple[MainWindow, Workspace, ImporterView], files: FakeFiles, tmp_path: Path,
    real: tuple[SettingsStore, DossierSession],
):  # fmt: skip
    window, workspace, view = bureau
    session = real[1]
    first = tmp_path / "liste.csv"
    first.write_text("Nom;Prénom;Classe\nBIDON;Zoé;TG7\nPARTI;Noé;TG7\n", encoding="utf-8")
    give(qtbot, window, view, files, first)
    view.importer.click()
    idle(qtbot, window)
    second = tmp_path / "liste2.csv"
    second.write_text("Nom;Prénom;Classe\nBIDON;Zoée;TG7\n", encoding="utf-8")
    view = workspace.open_import()
    give(qtbot, window, view, files, second)
    assert [columns(view, row)[1] for row in range(2)] == ["À confirmer", "Plus dans la liste"]
    view.table.selectRow(1)
    assert not view.meme.isEnabled()
    view.table.selectRow(0)
    assert view.meme.isEnabled()
    view.meme.click()
    idle(qtbot, window)
    assert columns(view, 0)[1] == "Modifié"
    view.importer.click()
    idle(qtbot, window)
    assert sorted(ligne.prenom for ligne in session.list_eleves(None).lignes) == ["Noé", "Zoée"]
    workspace.undo()
    idle(qtbot, window)
    workspace.redo()
    idle(qtbot, window)
    assert sorted(ligne.prenom for ligne in session.list_eleves(None).lignes) == ["Noé", "Zoée"]


SUIVI = (
    "Nom;Prénom;Classe;Formation (vœu);Établissement (sous-vœu);Commune\n"
    "BIDON;Zoé;TG7;CPGE - PCSI;Lycée Hoche;VERSAILLES\n"
    "BIDON;Zoé;TG7;CPGE - PCSI;Lycée Fictif A;VILLE-A\n"
    "BIDON;Zoé;TG7;Zzzz qqqq;Château fictif;NULLE-PART\n"
)


def test_doubtful_wishes_are_asked_and_nothing_is_dropped_silently(
    qtbot: QtBot, bureau: tuple[MainWindow, Workspace, ImporterView], files: FakeFiles, tmp_path: Path,
    real: tuple[SettingsStore, DossierSession],
):  # fmt: skip
    window, workspace, view = bureau
    suivi = tmp_path / "suivi.csv"
    suivi.write_text(SUIVI, encoding="utf-8-sig")
    give(qtbot, window, view, files, suivi)
    assert view.voeux.text() == "Vœux lus (2 à vérifier)…"
    view.voeux.click()
    dialog = view.findChild(VoeuxLusDialog)
    assert dialog is not None
    rows = [[dialog.model.index(row, column).data() for column in (0, 1, 2)] for row in range(3)]
    assert rows == [
        ["À choisir", "CPGE - PCSI, Lycée Fictif A (VILLE-A)", "BIDON Zoé"],
        ["Introuvable", "Zzzz qqqq, Château fictif (NULLE-PART)", "BIDON Zoé"],
        ["Reconnu", "CPGE - PCSI, Lycée Hoche (VERSAILLES)", "BIDON Zoé"],
    ]
    assert [dialog.model.index(row, 3).data() for row in (0, 1)] == ["Non repris", "Non repris"]
    dialog.table.selectRow(1)
    assert dialog.absent.isVisibleTo(dialog)
    assert not dialog.choix.isEnabled()
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.choix, Qt.Key.Key_Down)
    assert dialog.model.index(0, 0).data() == "Choisi"
    dialog.valider.click()
    idle(qtbot, window)
    assert view.voeux.text() == "Vœux lus (1 à vérifier)…"
    view.importer.click()
    idle(qtbot, window)
    (ligne,) = real[1].list_eleves(None).lignes
    (favori,) = real[1].load_eleve(ligne.id).profil.favoris
    assert [real[1].formation_of(voeu) for voeu in favori.voeux] == [favori.formation_id]
    assert "Lycée Fictif A (VILLE-A)" in favori.note
    assert "1\u00a0vœu non repris" in workspace.etat.enregistre.text()


def test_wishes_pasted_in_the_tab_of_a_student_are_one_change(
    qtbot: QtBot, bureau: tuple[MainWindow, Workspace, ImporterView], files: FakeFiles, tmp_path: Path,
    real: tuple[SettingsStore, DossierSession],
):  # fmt: skip
    window, workspace, view = bureau
    liste = tmp_path / "liste.csv"
    liste.write_text("Nom;Prénom;Classe\nBIDON;Zoé;TG7\n", encoding="utf-8")
    give(qtbot, window, view, files, liste)
    view.importer.click()
    idle(qtbot, window)
    (ligne,) = real[1].list_eleves(None).lignes
    workspace.open_eleve(ligne.id)
    idle(qtbot, window)
    QGuiApplication.clipboard().setText(
        "Lycée Hoche (78 - VERSAILLES)\nCPGE - PCSI\nCompte pour un vœu\nVŒU CONFIRMÉ\nVoir le détail\n"
    )
    workspace.equilibre_view.coller.click()
    idle(qtbot, window)
    dialog = window.findChild(VoeuxLusDialog)
    assert dialog is not None
    dialog.valider.click()
    workspace.store.edit("moyenne", "Moyenne", replace(workspace.store.profil, moyenne=12.0))  # before they are added
    idle(qtbot, window)
    assert real[1].load_eleve(ligne.id).profil.favoris == ()
    assert "n’ont pas été ajoutés" in workspace.banniere.texte
    workspace.equilibre_view.coller.click()
    idle(qtbot, window)
    window.findChildren(VoeuxLusDialog)[-1].valider.click()
    idle(qtbot, window)
    assert len(real[1].load_eleve(ligne.id).profil.favoris) == 1
    workspace.undo()
    idle(qtbot, window)
    assert real[1].load_eleve(ligne.id).profil.favoris == ()
    QGuiApplication.clipboard().setText("bonjour")
    workspace.equilibre_view.coller.click()
    idle(qtbot, window)
    assert workspace.banniere.isVisible()

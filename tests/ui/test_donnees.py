"""The data screen, through its real widgets."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.screens.donnees.donnees_view import DonneesView
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle, press
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeFiles

OFFICIEL = (Path("officiel.csv"),)


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> DonneesView:
    workspace.rail.buttons["donnees"].click()
    idle(qtbot, window)
    return workspace.donnees_view


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_the_screen_tells_sessions_origin_and_sources(view: DonneesView):
    assert view.pile.face == "page"
    assert view.sessions.text() == "Parcoursup 2023"
    assert "Livré avec le programme" in view.origine.text()
    assert "Ministère fictif · Licence Ouverte · faux.csv" in words(view)
    assert "1,2 Mo" in view.taille.text()
    assert view.revenir.isHidden(), "nothing to go back to"
    assert view.bloc_appliquer.isHidden()
    assert view.arreter.isHidden()


def test_the_screen_has_its_key(qtbot: QtBot, window: MainWindow, workspace: Workspace):
    press(qtbot, window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    assert workspace.stack.currentWidget() is workspace.donnees_view


def test_an_update_tells_what_it_brought_and_to_whom(
    qtbot: QtBot, window: MainWindow, view: DonneesView, files: FakeFiles, session: FakeSession
):
    files.officiels = OFFICIEL
    view.mettre_a_jour.click()
    idle(qtbot, window)
    assert session.donnees.updated == [OFFICIEL]
    assert not view.resultat.isHidden()
    assert "admissions, session 2026" in words(view.resultat)
    assert "BIDON Zoé\u202f: BUT Informatique, IUT fictif (Lyon) : n’existe plus." in words(view.resultat)
    assert not view.bloc_appliquer.isHidden()
    assert not view.revenir.isHidden()
    assert view.arreter.isHidden()


def test_giving_up_the_choice_does_nothing(view: DonneesView, session: FakeSession):
    view.mettre_a_jour.click()
    assert session.donnees.updated == []


def test_files_are_dropped_on_the_card(qtbot: QtBot, window: MainWindow, view: DonneesView, session: FakeSession):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/ailleurs/officiel.csv")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.depot.dropEvent(event)
    idle(qtbot, window)
    assert session.donnees.updated == [(Path("/ailleurs/officiel.csv"),)]


def test_a_refused_file_is_told_and_nothing_changes(
    qtbot: QtBot, window: MainWindow, view: DonneesView, files: FakeFiles, session: FakeSession
):
    files.officiels = OFFICIEL
    session.donnees.broken = EnvironmentFault("Ce fichier est incomplet.", "Téléchargez-le de nouveau.")
    view.mettre_a_jour.click()
    idle(qtbot, window)
    assert view.banniere.texte == "Ce fichier est incomplet. Téléchargez-le de nouveau."
    assert view.resultat.isHidden()
    assert view.mettre_a_jour.isEnabled()


def test_a_running_update_can_be_stopped(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: DonneesView, session: FakeSession
):
    go = threading.Event()
    window.runner.run(lambda _progress: go.wait(10), label="autre travail", must_run=True)
    workspace.donnees.update(OFFICIEL)
    assert not view.arreter.isHidden()
    assert not view.mettre_a_jour.isEnabled()
    view.arreter.click()
    go.set()
    idle(qtbot, window)
    assert session.donnees.updated == []
    assert "interrompue" in view.banniere.texte
    assert view.arreter.isHidden()


def test_using_the_new_catalogue_builds_the_screens_anew(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: DonneesView, session: FakeSession
):
    workspace.donnees.update(OFFICIEL)
    idle(qtbot, window)
    view.appliquer.click()
    idle(qtbot, window)
    assert session.renewed == 1
    assert window.workspace is not None
    assert window.workspace is not workspace
    assert window.workspace.stack.currentWidget() is window.workspace.donnees_view
    assert window.workspace.etat.catalogue.text() == "Parcoursup 2026"


def test_a_catalogue_that_cannot_be_opened_leaves_the_window_as_it_was(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: DonneesView, session: FakeSession
):
    workspace.donnees.update(OFFICIEL)
    idle(qtbot, window)
    session.broken["renew"] = EnvironmentFault("Le catalogue est abîmé.", "Revenez au précédent.")
    view.appliquer.click()
    idle(qtbot, window)
    assert window.workspace is workspace
    assert "abîmé" in workspace.banniere.texte


def test_going_back_is_told(qtbot: QtBot, window: MainWindow, workspace: Workspace, view: DonneesView):
    workspace.donnees.update(OFFICIEL)
    idle(qtbot, window)
    view.revenir.click()
    idle(qtbot, window)
    assert "précédent est de nouveau en service" in view.banniere.texte
    assert view.bloc_appliquer.isHidden()


def test_a_catalogue_put_aside_is_told(qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession):
    session.donnees.avertissement = "Le catalogue mis à jour est abîmé."
    workspace.show_screen("donnees")
    idle(qtbot, window)
    assert "abîmé" in workspace.donnees_view.banniere.texte


def test_a_catalogue_put_aside_is_told_at_the_opening(qtbot: QtBot, window: MainWindow, session: FakeSession):
    session.avertissement = "Le catalogue mis à jour est abîmé."
    window.enter(session)
    idle(qtbot, window)
    assert window.workspace is not None
    assert "abîmé" in window.workspace.banniere.texte


def test_official_fiches_are_imported_and_taken_out(
    qtbot: QtBot, window: MainWindow, view: DonneesView, files: FakeFiles
):
    assert view.retirer_fiches.isHidden()
    files.officiels = OFFICIEL
    view.importer_fiches.click()
    idle(qtbot, window)
    assert "officiel.csv : 3 fiches" in words(view.carte_fiches)
    view.retirer_fiches.click()
    idle(qtbot, window)
    assert "Aucune fiche officielle" in words(view.carte_fiches)


def test_the_folder_of_the_dossier_opens(view: DonneesView, files: FakeFiles, session: FakeSession):
    view.ouvrir_dossier.click()
    assert files.opened == [session.chemin]
    files.opens = False
    view.ouvrir_dossier.click()
    assert session.chemin.name in view.banniere.texte
    assert str(session.chemin.parent) not in view.banniere.texte, "a place that people read, not an address"
    assert view.chemin.toolTip() == str(session.chemin)
    assert str(session.chemin.parent) not in view.chemin.text()


@pytest.mark.parametrize("taille", [100, 150, 200])
def test_nothing_is_cut_at_any_text_size(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: DonneesView, theme: Theme, taille: int
):
    window.resize(1280, 720)
    theme.set(taille=taille)
    workspace.donnees.update(OFFICIEL)
    idle(qtbot, window)
    qtbot.waitUntil(lambda: view.resultat.isVisible())
    inside = view.zone.viewport().width()
    for button in (view.mettre_a_jour, view.revenir, view.appliquer, view.importer_fiches, view.ouvrir_dossier):
        left = button.mapTo(view.zone.viewport(), button.rect().topLeft()).x()
        assert left >= 0
        assert left + button.width() <= inside, button.text()

"""Whole days of a teacher through the window, with the keyboard where a key exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mps_desktop.ui.dialogs.ajouter_voeux import AjouterVoeuxDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.widgets.option_delegate import GROUPE_ROLE, OPTION_ROLE
from mps_desktop.ui.workspace import EQUILIBRE, PROFIL, SUGGESTIONS, Workspace
from tests.ui.conftest import idle, press
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeAccueil, FakeFiles
from tests.ui.monde import voeux_of

CTRL = Qt.KeyboardModifier.ControlModifier


def test_from_an_empty_dossier_to_the_document(
    qtbot: QtBot,
    window: MainWindow,
    accueil: FakeAccueil,
    files: FakeFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    # create the dossier
    ouverture = window.ouverture_view
    ouverture.mode.button("creer").click()
    ouverture.nom.setText("TG1")
    for field in (ouverture.nouveau, ouverture.confirmation):
        field.setText("quatre mots sans rapport")
    ouverture.creer.click()
    idle(qtbot, window)
    workspace = window.workspace
    assert workspace is not None
    session = accueil.session

    # import the list
    roster = tmp_path / "tg1.csv"
    roster.write_text("nom;prenom;classe\nBIDON;Zoé;TG1\nLE TESTEUR;Œdipe;TG1\n", encoding="utf-8")
    files.rosters = (roster,)
    workspace.classe_view.vide.button.click()
    dialog = workspace.open_import()
    dialog.depot.choisir.click()
    idle(qtbot, window)
    dialog.importer.click()
    idle(qtbot, window)
    assert [ligne.nom for ligne in workspace.classe.shown()] == ["BIDON", "LE TESTEUR"]

    # open a student and fill the profile
    table = workspace.classe_view.table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert workspace.eleve_view.nom.text() == "BIDON Zoé"
    profil = workspace.profil_view
    profil.bac.chosen.emit("Générale")
    QTest.keyClicks(profil.moyenne, "13,5")
    workspace.flush()
    idle(qtbot, window)
    eleve = next(e for e in session.eleves.values() if e.nom == "BIDON")
    assert (eleve.profil.bac, eleve.profil.moyenne) == ("Générale", 13.5)
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    idle(qtbot, window)
    assert (eleve.profil.bac, eleve.profil.moyenne) == ("Générale", None)
    assert profil.moyenne.text() == ""
    press(qtbot, window, Qt.Key.Key_Y, CTRL)
    idle(qtbot, window)
    assert eleve.profil.moyenne == 13.5
    profil.domaines.chip("dom32").click()

    # suggestions, one is kept
    workspace.eleve_view.tabs.setCurrentIndex(SUGGESTIONS)
    idle(qtbot, window)
    workspace.suggestions_view.cards["fl1"].ajouter.click()
    idle(qtbot, window)
    assert [f.formation_id for f in eleve.profil.favoris] == ["fl1"]

    # vœux are added
    workspace.eleve_view.tabs.setCurrentIndex(EQUILIBRE)
    monkeypatch.setattr(AjouterVoeuxDialog, "ask", classmethod(lambda *_args: voeux_of("fl1")[:3]))
    workspace.equilibre_view.cards["fl1"].ajouter.click()
    idle(qtbot, window)
    assert eleve.profil.favoris[0].voeux == voeux_of("fl1")[:3]
    assert workspace.eleve_view.jalon.text() == "Jalon atteint"
    assert "1 ambitieux" in workspace.equilibre_view.balance.accessibleName()

    # the class shows it, the document is written
    press(qtbot, window, Qt.Key.Key_1, CTRL)
    idle(qtbot, window)
    assert workspace.classe.shown()[0].nb_voeux == 3
    press(qtbot, window, Qt.Key.Key_P, CTRL)
    files.pdf = tmp_path / "conseil.pdf"
    workspace.documents_view.choisir.click()
    workspace.documents_view.produire.click()
    idle(qtbot, window)
    assert session.exported == [(None, "TG1", files.pdf)]
    assert workspace.documents_view.fichier.text() == "conseil.pdf"
    workspace.documents_view.ouvrir.click()
    assert files.opened == [files.pdf]


def pick_first(workspace: Workspace, qtbot: QtBot, window: MainWindow, text: str) -> str:
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    search = workspace.barre.recherche
    search.setText(text)
    search.ask()
    idle(qtbot, window)
    first = search.answers.index(0, 0)
    option, title = first.data(OPTION_ROLE), first.data(GROUPE_ROLE)
    search.pick(option)
    idle(qtbot, window)
    return f"{option.detail} {title}"


def test_the_global_search_opens_students_and_adds_to_the_open_one(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    pick_first(workspace, qtbot, window, "psychologie")
    assert "Ouvrez d’abord un élève" in workspace.banniere.texte
    detail = pick_first(workspace, qtbot, window, "échantillon maëlle")
    assert "TG1" in detail
    assert workspace.eleve_view.nom.text() == "ÉCHANTILLON Maëlle"
    eleve = session.eleves[workspace.store.eleve_id]
    assert "Maëlle" in pick_first(workspace, qtbot, window, "psychologie")
    assert eleve.profil.favoris[0].formation_id == "fl5"
    assert workspace.eleve_view.tabs.currentIndex() == EQUILIBRE
    pick_first(workspace, qtbot, window, "architecte")
    assert eleve.profil.metiers == ("MET.1",)
    assert workspace.eleve_view.tabs.currentIndex() == PROFIL
    pick_first(workspace, qtbot, window, "grenoble")
    assert eleve.profil.communes == ("38185",)


def test_the_global_search_shows_each_kind_under_its_title(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    workspace.open_eleve(2)
    idle(qtbot, window)
    search = workspace.barre.recherche
    search.setText("psychologie")
    search.ask()
    idle(qtbot, window)
    assert session.searched[-1] == ("psychologie", 2)
    rows = [search.answers.index(row, 0) for row in range(search.answers.rowCount())]
    titles = [row.data(GROUPE_ROLE).partition(" · ")[0] for row in rows]
    assert titles == ["Formations", "Vœux de Parcoursup"]
    assert "ajouter à la sélection de" in rows[0].data(GROUPE_ROLE), "said once, in the title"
    assert not any("ajouter" in row.data(OPTION_ROLE).detail for row in rows)
    search.setText("p")
    search.ask()
    assert "deux lettres" in str(search.answers.index(0, 0).data())
    search.setText("zzzz")
    search.ask()
    idle(qtbot, window)
    assert "moins de mots" in search.answers.index(0, 0).data(OPTION_ROLE).detail


def test_a_voeu_found_is_added_with_its_formation_and_undone_at_once(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    workspace.open_eleve(2)
    idle(qtbot, window)
    before = session.eleves[2].profil.favoris
    pick_first(workspace, qtbot, window, "factice")
    favori = session.eleves[2].profil.favoris[0]
    assert favori.formation_id == "fl5"
    assert favori.voeux[-1] == "ta5"
    assert workspace.eleve_view.tabs.currentIndex() == EQUILIBRE
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    idle(qtbot, window)
    assert session.eleves[2].profil.favoris == before


def test_an_etablissement_found_is_described(qtbot: QtBot, window: MainWindow, workspace: Workspace):
    pick_first(workspace, qtbot, window, "cimes")
    assert "0380000X" in workspace.banniere.texte


def test_every_screen_has_its_key(qtbot: QtBot, window: MainWindow, workspace: Workspace):
    screens = (workspace.classe_view, workspace.eleve_view, workspace.explorer_view, workspace.documents_view)
    for key, screen in zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), screens, strict=True):
        press(qtbot, window, key, CTRL)
        idle(qtbot, window)
        assert workspace.stack.currentWidget() is screen


def test_undo_inside_a_text_field_undoes_the_profile(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    workspace.open_eleve(2)
    idle(qtbot, window)
    before = session.eleves[2].profil
    window.activateWindow()
    workspace.profil_view.moyenne.setFocus()
    workspace.profil_view.moyenne.selectAll()
    QTest.keyClicks(workspace.profil_view.moyenne, "7")
    QTest.keyClick(workspace.profil_view.moyenne, Qt.Key.Key_Z, CTRL)
    idle(qtbot, window)
    assert session.eleves[2].profil == before

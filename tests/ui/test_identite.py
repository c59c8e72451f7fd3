"""A student's identity corrected, a student added or erased, through the real widgets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.services.identite import ApercuEffacement, Controle
from mps_desktop.ui.dialogs.effacer_eleve import EffacerEleveDialog, describe
from mps_desktop.ui.dialogs.identite import IdentiteDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession
from tests.ui.test_securite import answer


@pytest.fixture
def eleve(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> int:
    """The first student, open."""
    ligne = workspace.classe.shown()[0]
    workspace.open_eleve(ligne.id)
    idle(qtbot, window)
    return ligne.id


def open_form(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> IdentiteDialog:
    workspace.identite.menu_eleve.actions()[0].trigger()
    idle(qtbot, window)
    dialog = workspace.identite.dialog
    assert dialog is not None
    return dialog


def save(qtbot: QtBot, window: MainWindow, dialog: IdentiteDialog) -> None:
    dialog.enregistrer.click()
    idle(qtbot, window)


def test_a_name_is_corrected_shown_everywhere_and_taken_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    before = session.identites.lire(eleve)
    dialog = open_form(qtbot, window, workspace)
    assert dialog.said() == before
    dialog.nom.setText("CORRIGÉ")
    save(qtbot, window, dialog)
    assert workspace.identite.dialog is None
    assert session.identites.lire(eleve) == replace(before, nom="CORRIGÉ")
    assert workspace.eleve_view.nom.text().startswith("CORRIGÉ ")
    assert workspace.stack.currentWidget() is workspace.eleve_view
    assert workspace._tous is not None
    assert any(ligne.nom == "CORRIGÉ" for ligne in workspace._tous.lignes)
    workspace.undo()
    idle(qtbot, window)
    assert session.identites.lire(eleve) == before
    assert workspace.eleve_view.nom.text() == f"{before.nom} {before.prenom}"
    workspace.redo()
    idle(qtbot, window)
    assert session.identites.lire(eleve).nom == "CORRIGÉ"


def test_nothing_changed_writes_nothing(qtbot: QtBot, window: MainWindow, workspace: Workspace, eleve: int):
    save(qtbot, window, open_form(qtbot, window, workspace))
    assert workspace.identite.dialog is None
    assert workspace.history.stack.count() == 0


def test_an_error_shows_on_its_field_and_goes_when_it_is_typed_again(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    session.identites.controle = Controle((("ine", "L’INE compte 11 caractères."),), ("Âge inhabituel.",))
    dialog = open_form(qtbot, window, workspace)
    dialog.ine.setText("123")
    save(qtbot, window, dialog)
    assert dialog.erreurs["ine"].isVisible()
    assert dialog.erreurs["ine"].text() == "L’INE compte 11 caractères."
    assert not dialog.erreurs["nom"].isVisible()
    assert dialog.message.text() == "Âge inhabituel."
    assert dialog.enregistrer.text() == "Enregistrer"
    assert dialog.isEnabled()
    dialog.ine.setText("1234")
    assert not dialog.erreurs["ine"].isVisible()
    dialog.reject()
    assert workspace.history.stack.count() == 0


def test_a_double_is_told_and_saved_on_a_second_press_of_the_same_text(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    session.identites.controle = Controle((), ("Un élève du même nom est déjà dans le dossier (en TG2).",))
    dialog = open_form(qtbot, window, workspace)
    dialog.prenom.setText("Double")
    save(qtbot, window, dialog)
    assert dialog.message.isVisible()
    assert dialog.enregistrer.text() == "Enregistrer quand même"
    dialog.prenom.setText("Doublet")
    assert dialog.enregistrer.text() == "Enregistrer"
    save(qtbot, window, dialog)
    assert session.identites.lire(eleve).prenom != "Doublet"
    save(qtbot, window, dialog)
    assert session.identites.lire(eleve).prenom == "Doublet"


def test_a_refused_write_keeps_what_was_typed(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    session.identites.broken = EnvironmentFault("Le disque est plein.", "Libérez de la place.")
    dialog = open_form(qtbot, window, workspace)
    dialog.nom.setText("GARDÉ")
    save(qtbot, window, dialog)
    assert dialog.isVisible()
    assert dialog.message.text() == "Le disque est plein. Libérez de la place."
    assert dialog.nom.text() == "GARDÉ"
    assert workspace.history.stack.count() == 0
    session.identites.broken = None
    save(qtbot, window, dialog)
    assert session.identites.lire(eleve).nom == "GARDÉ"


def test_a_new_class_is_announced(qtbot: QtBot, window: MainWindow, workspace: Workspace, eleve: int):
    dialog = open_form(qtbot, window, workspace)
    assert not dialog.note_classe.isVisible()
    dialog.classe.setCurrentText("TG99")
    assert dialog.note_classe.isVisible()
    assert dialog.note_classe.text() == f"Nouvelle classe{NNBSP}: elle sera créée."
    dialog.classe.setCurrentText(dialog.avant.classe.lower())
    assert not dialog.note_classe.isVisible()
    dialog.reject()


def test_a_student_is_added_by_hand_taken_back_and_added_again(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    before = len(session.eleves)
    workspace.classe_view.ajouter.click()
    idle(qtbot, window)
    dialog = workspace.identite.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Ajouter un élève"
    dialog.nom.setText("ARRIVÉE")
    dialog.prenom.setText("Ève")
    save(qtbot, window, dialog)
    assert len(session.eleves) == before + 1
    assert any(ligne.nom == "ARRIVÉE" for ligne in workspace.classe.shown())
    assert "Ève ARRIVÉE" in workspace.banniere.texte
    for step, count in ((workspace.undo, before), (workspace.redo, before + 1), (workspace.undo, before)):
        step()
        idle(qtbot, window)
        assert len(session.eleves) == count
        assert len(workspace.classe.shown()) == count


def test_a_student_is_erased_after_a_question_and_comes_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    gone = session.eleves[eleve]
    asked: list[tuple[str, ...]] = []

    def accept(dialog: EffacerEleveDialog) -> None:
        asked.append((*dialog.lignes, str(dialog.focusWidget() is dialog.annuler), dialog.retour.text()[:6]))
        dialog.effacer.click()  # nothing may fail before: the question would wait for ever

    answer(EffacerEleveDialog, accept)
    workspace.identite.menu_eleve.actions()[1].trigger()
    qtbot.waitUntil(lambda: eleve not in session.eleves)
    idle(qtbot, window)
    assert asked == [(f"Sont effacés{NNBSP}: son identité, son profil et 1 vœu.", "True", "Ctrl+Z")]
    assert workspace.store.eleve_id == 0
    assert workspace.stack.currentWidget() is workspace.classe_view
    for step, there in ((workspace.undo, True), (workspace.redo, False), (workspace.undo, True)):
        step()
        idle(qtbot, window)
        assert (eleve in session.eleves) is there
        assert any(ligne.id == eleve for ligne in workspace.classe.shown()) is there
    assert session.eleves[eleve] is gone


def test_giving_up_erases_nobody(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    answer(EffacerEleveDialog, lambda dialog: dialog.annuler.click())
    workspace.identite.erase(eleve)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None and not window.runner.busy)
    assert eleve in session.eleves
    assert workspace.history.stack.count() == 0


def test_the_menu_of_the_table_acts_on_the_row_under_it_and_never_on_several(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    table = workspace.classe_view.table
    place = table.visualRect(table.model().index(2, 0)).center()
    table.customContextMenuRequested.emit(place)
    menu = workspace.identite.menu_classe
    qtbot.waitUntil(menu.isVisible)
    assert workspace.classe.selected_ids() == (workspace.classe.shown()[2].id,)
    assert menu.actions()[0].isEnabled()
    menu.close()
    table.selectAll()
    table.customContextMenuRequested.emit(QPoint(place))
    qtbot.waitUntil(menu.isVisible)
    assert [action.isEnabled() for action in menu.actions() if action.text()] == [False, False, True]
    QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_what_goes_is_said_in_sentences():
    told = describe(ApercuEffacement("Zoé BIDON", ("2 vœux", "1 note du psyEN"), 1, "TG7"))
    assert told == (
        f"Sont effacés{NNBSP}: son identité, son profil, 2 vœux et 1 note du psyEN.",
        f"1\N{NO-BREAK SPACE}note du psyEN en fait partie{NNBSP}: prévenez-le avant.",
        f"C’est le dernier élève de TG7{NNBSP}: la classe disparaît avec lui.",
    )
    assert describe(ApercuEffacement("Zoé BIDON")) == (f"Sont effacés{NNBSP}: son identité et son profil.",)

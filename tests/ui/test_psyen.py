"""The psyEN's notes through the real widgets: chosen password, written, locked, opened again, taken back."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.psyen import NoteSaisie
from mps_desktop.ui.dialogs.remettre import RemettreDialog
from mps_desktop.ui.dialogs.secrets import CleSecoursDialog, MotDePasseDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.screens.psyen.psyen_view import ABSENT, FERME, OUVERT, PsyenView
from mps_desktop.ui.workspace import PROFIL, PSYEN, Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeFiles
from tests.ui.faux_psyen import CLE_PSYEN
from tests.ui.test_accessibility import cut, nameless
from tests.ui.test_securite import answer

SECRET = "carafe orage lutin"
TEXTE = "ZZSECRET, un trac à l’oral"


def texts(root: QWidget) -> str:
    """Everything that the widgets hold, shown or not."""
    found = [w.text() for kind in (QLabel, QLineEdit) for w in root.findChildren(kind)]
    found += [w.toPlainText() for w in root.findChildren(QPlainTextEdit)]
    found += [w.accessibleName() + w.toolTip() for w in root.findChildren(QWidget)]
    return "\n".join(found)


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> PsyenView:
    """The tab of the first student."""
    workspace.open_eleve(workspace.classe.shown()[0].id)
    idle(qtbot, window)
    workspace.eleve_view.tabs.setCurrentIndex(PSYEN)
    idle(qtbot, window)
    return workspace.psyen.view


@pytest.fixture
def ouvert(qtbot: QtBot, window: MainWindow, session: FakeSession, view: PsyenView) -> PsyenView:
    """The compartment made and open."""
    session.psyen.creer(SECRET)
    assert window.workspace is not None
    window.workspace.psyen.load()
    idle(qtbot, window)
    return view


def choose(dialog: MotDePasseDialog, nouveau: str = "une autre phrase", actuel: str = "") -> None:
    """Fill and accept the dialog of the passwords."""
    dialog.actuel.setText(actuel)
    dialog.nouveau.setText(nouveau)
    dialog.confirmation.setText(nouveau)
    dialog.changer.click()


def write(qtbot: QtBot, window: MainWindow, view: PsyenView, texte: str = TEXTE) -> None:
    view.nouvelle.click()
    view.texte.setPlainText(texte)
    view.enregistrer.click()
    idle(qtbot, window)


def test_there_is_none_until_a_password_is_chosen_and_its_key_is_shown_once(
    qtbot: QtBot, window: MainWindow, session: FakeSession, view: PsyenView, files: FakeFiles, tmp_path: Path
):
    QGuiApplication.clipboard().setText("avant")
    assert view.pile.face == ABSENT
    assert "seul à connaître" in view.absent.text
    assert "leur nombre par élève" in view.absent.text

    def first(dialog: MotDePasseDialog) -> None:
        assert not dialog.actuel.isVisible()
        assert not dialog.changer.isEnabled()
        choose(dialog, SECRET)

    answer(MotDePasseDialog, first)
    view.absent.button.click()
    idle(qtbot, window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CleSecoursDialog)
    assert dialog.cle.text() == CLE_PSYEN
    files.pdf = tmp_path / "cle.pdf"
    dialog.imprimer.click()
    idle(qtbot, window)
    assert session.psyen.imprimees == [tmp_path / "cle.pdf"]
    dialog.passer.click()
    assert view.pile.face == OUVERT
    assert view.vide.isVisible()
    assert QGuiApplication.clipboard().text() == "avant"


def test_notes_are_written_corrected_erased_and_every_step_is_taken_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ouvert: PsyenView, session: FakeSession
):
    write(qtbot, window, ouvert)
    assert TEXTE in texts(ouvert)
    [note] = session.psyen.notes.values()
    ouvert.edit_asked.emit(note.id)
    assert ouvert.texte.toPlainText() == TEXTE
    ouvert.texte.setPlainText("corrigée")
    ouvert.jour.setText("05/01/2027")
    ouvert.enregistrer.click()
    idle(qtbot, window)
    assert [(n.texte, n.jour) for n in session.psyen.notes.values()] == [("corrigée", date(2027, 1, 5))]
    ouvert.erase_asked.emit(note.id)
    idle(qtbot, window)
    assert ouvert.vide.isVisible()
    for expected in (["corrigée"], [TEXTE], []):
        workspace.undo()
        idle(qtbot, window)
        assert [n.texte for n in session.psyen.notes.values()] == expected
    for expected in ([TEXTE], ["corrigée"], []):
        workspace.redo()
        idle(qtbot, window)
        assert [n.texte for n in session.psyen.notes.values()] == expected
    stack = workspace.history.stack
    assert {stack.text(number) for number in range(stack.count())} == {"Note du psyEN"}


def test_locked_nothing_is_left_in_the_widgets_and_undo_waits(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ouvert: PsyenView, session: FakeSession
):
    write(qtbot, window, ouvert)
    ouvert.nouvelle.click()
    ouvert.texte.setPlainText("brouillon ZZBROUILLON")
    ouvert.fermer.click()  # what was being written is saved first
    idle(qtbot, window)
    assert ouvert.pile.face == FERME
    assert len(session.psyen.notes) == 2
    assert "2" in ouvert.nombre.text()
    assert not session.psyen.ouvert
    assert "ZZ" not in texts(window)
    before = dict(session.psyen.notes)
    index = workspace.history.stack.index()
    workspace.undo()
    idle(qtbot, window)
    assert session.psyen.notes == before
    assert workspace.history.stack.index() == index
    assert "verrouillées" in workspace.banniere.texte
    ouvert.secret.setText(SECRET)
    QTest.keyClick(ouvert.secret, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert ouvert.pile.face == OUVERT
    assert TEXTE in texts(ouvert)
    workspace.undo()
    idle(qtbot, window)
    assert [note.texte for note in session.psyen.notes.values()] == [TEXTE]


def test_wrong_tries_are_told_and_slowed(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ouvert: PsyenView, session: FakeSession
):
    ouvert.fermer.click()
    idle(qtbot, window)
    for _ in range(3):
        ouvert.secret.setText("mauvais")
        ouvert.ouvrir.click()
        idle(qtbot, window)
        assert "n’ouvre pas" in ouvert.refus.texte
    assert not ouvert.ouvrir.isEnabled()
    assert "Trop d’essais" in ouvert.attente.text()
    ouvert.secret.setText(SECRET)
    workspace.psyen.unlock()
    idle(qtbot, window)
    assert not session.psyen.ouvert
    for _ in range(5):
        workspace.psyen.frein.tick()
    ouvert.ouvrir.click()
    idle(qtbot, window)
    assert session.psyen.ouvert
    assert ouvert.secret.text() == ""


def test_another_password_may_be_chosen_while_there_is_no_note(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ouvert: PsyenView, session: FakeSession
):
    ouvert.fermer.click()
    idle(qtbot, window)
    assert ouvert.recommencer.isVisible()

    answer(MotDePasseDialog, choose)
    ouvert.recommencer.click()
    idle(qtbot, window)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, CleSecoursDialog)
    shown.passer.click()
    assert session.psyen.secret == "une autre phrase"
    write(qtbot, window, ouvert)
    ouvert.fermer.click()
    idle(qtbot, window)
    assert not ouvert.recommencer.isVisible()


def test_the_password_is_changed_with_the_recovery_key_while_locked(
    qtbot: QtBot, window: MainWindow, ouvert: PsyenView, session: FakeSession
):
    ouvert.fermer.click()
    idle(qtbot, window)

    answer(MotDePasseDialog, lambda dialog: choose(dialog, actuel=CLE_PSYEN))
    ouvert.oubli.click()
    idle(qtbot, window)
    assert session.psyen.secret == "une autre phrase"

    def ask(dialog: MotDePasseDialog) -> None:
        dialog.actuel.setText("une autre phrase")
        dialog.changer.click()

    answer(MotDePasseDialog, ask)
    ouvert.cle.trigger()
    idle(qtbot, window)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, CleSecoursDialog)
    shown.passer.click()


@pytest.mark.parametrize("leave", ["tab", "student", "screen", "lock"])
def test_a_note_being_written_is_saved_when_it_is_left_and_no_text_stays(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ouvert: PsyenView, session: FakeSession, leave: str
):
    first = workspace.store.eleve_id
    ouvert.nouvelle.click()
    ouvert.texte.setPlainText(TEXTE)
    ouvert.jour.setText("n’importe quoi" if leave in ("tab", "lock") else "24/11/2026")
    if leave == "tab":
        workspace.eleve_view.tabs.setCurrentIndex(PROFIL)
    elif leave == "student":
        workspace.eleve_view.suivant.click()
    elif leave == "screen":
        workspace.show_screen("documents")
    else:
        window.lock()
    idle(qtbot, window)
    assert [(eleve, note.texte) for (eleve, _), note in session.psyen.notes.items()] == [(first, TEXTE)]
    assert "ZZSECRET" not in texts(window)


def test_what_is_handed_over_holds_the_notes_only_when_the_box_is_ticked(
    qtbot: QtBot, window: MainWindow, ouvert: PsyenView, session: FakeSession, tmp_path: Path
):
    write(qtbot, window, ouvert)
    for ticked in (False, True):

        def act(dialog: RemettreDialog, ticked: bool = ticked) -> None:
            assert not dialog.joindre.isChecked()
            dialog.joindre.setChecked(ticked)
            dialog.ecrire.click()

        answer(RemettreDialog, act)
        ouvert.remettre.trigger()
        idle(qtbot, window)
    answer(RemettreDialog, lambda dialog: dialog.annuler.click())
    ouvert.remettre.trigger()
    idle(qtbot, window)
    assert [joined for _, _, joined in session.remis] == [False, True]


def test_a_date_that_is_none_is_told_and_nothing_is_saved(
    qtbot: QtBot, window: MainWindow, ouvert: PsyenView, session: FakeSession
):
    ouvert.nouvelle.click()
    ouvert.jour.setText("32/13/2026")
    ouvert.texte.setPlainText(TEXTE)
    assert not ouvert.erreur.isVisible()
    ouvert.enregistrer.click()
    idle(qtbot, window)
    assert "n’est pas une date" in ouvert.erreur.text()
    assert ouvert.erreur.isVisible()
    assert ouvert.texte.toPlainText() == TEXTE
    assert session.psyen.notes == {}


def test_a_note_that_cannot_be_saved_comes_back_to_the_form(
    qtbot: QtBot, window: MainWindow, ouvert: PsyenView, session: FakeSession
):
    session.psyen.broken = EnvironmentFault("Il n’y a plus de place sur le disque.", "Libérez de la place.")
    write(qtbot, window, ouvert)
    assert ouvert.editeur.isVisible()
    assert ouvert.texte.toPlainText() == TEXTE
    ouvert.abandonner.click()
    assert not ouvert.editeur.isVisible()
    assert session.psyen.notes == {}


@pytest.mark.parametrize("taille", [100, 150, 200])
def test_every_state_has_names_and_nothing_is_cut(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, ouvert: PsyenView, session: FakeSession, taille: int
):
    window._set_taille(taille)
    session.psyen.ecrire(workspace.store.eleve_id, NoteSaisie(date(2026, 11, 24), "Mme Fictive, psyEN", TEXTE * 20))
    workspace.psyen.load()
    idle(qtbot, window)
    ouvert.nouvelle.click()
    QApplication.processEvents()
    assert nameless(ouvert) == []
    assert cut(ouvert) == []
    ouvert.fermer.click()
    idle(qtbot, window)
    QApplication.processEvents()
    assert ouvert.secret.hasFocus() or not window.isActiveWindow()
    assert nameless(ouvert) == []
    assert cut(ouvert) == []


@pytest.fixture(autouse=True)
def no_dialog_left() -> Generator[None]:
    yield
    left = QApplication.activeModalWidget()
    assert left is None, type(left).__name__

"""Meetings and decisions through the real widgets: written, corrected, erased, left half-way, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.entretiens import DecisionRecord, EntretienRecord
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.screens.entretiens.entretiens_presenter import local_today
from mps_desktop.ui.screens.entretiens.entretiens_view import LISTE, VIDE, EntretiensView
from mps_desktop.ui.workspace import ENTRETIENS, PROFIL, Workspace
from tests.ui.conftest import idle, press
from tests.ui.fakes import FakeSession
from tests.ui.test_accessibility import cut, nameless
from tests.ui.test_psyen import texts

DIT, AVIS = "ZZDIT, hésite encore", "ZZAVIS favorable"


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> EntretiensView:
    """The tab of the first student."""
    workspace.open_eleve(workspace.classe.shown()[0].id)
    idle(qtbot, window)
    workspace.eleve_view.tabs.setCurrentIndex(ENTRETIENS)
    idle(qtbot, window)
    return workspace.entretiens.view


def kept(session: FakeSession) -> list[Any]:
    return list(session.entretiens.feuilles.values())


def note(qtbot: QtBot, window: MainWindow, view: EntretiensView, texte: str = DIT) -> None:
    view.noter.click()
    view.entretien.textes[0].setPlainText(texte)
    view.entretien.enregistrer.click()
    idle(qtbot, window)


def test_the_empty_tab_says_what_it_is_for_and_who_may_read(workspace: Workspace, view: EntretiensView):
    assert view.face == VIDE
    assert "document de conseil" in view.vide.text
    assert "droit d’accès" in view.droit.text()
    assert [workspace.eleve_view.tabs.tabText(n) for n in (2, 3, 4)] == [
        "Vœux et équilibre", "Entretiens", "Notes du psyEN"
    ]  # fmt: skip


def test_a_meeting_is_written_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, view: EntretiensView, session: FakeSession
):
    view.noter.setFocus()
    QTest.keyClick(view.noter, Qt.Key.Key_Space)
    form = view.entretien
    QTest.keyClicks(form.textes[0], "Rien de grave")
    form.auteur.setText("Mme Fictive")
    form.suite.setText("Rappeler")
    form.echeance.setText("01/12/2099")
    QTest.keyClick(form.enregistrer, Qt.Key.Key_Space)
    idle(qtbot, window)
    today = local_today()
    assert kept(session) == [
        EntretienRecord(1, form_eleve(window), today, "Rien de grave", "", "Rappeler", date(2099, 12, 1), "Mme Fictive")
    ]
    assert form.isHidden()
    assert view.face == LISTE
    assert "1\N{NO-BREAK SPACE}action à faire" in view.a_faire.text()
    view.noter_decision.click()  # who writes is proposed again
    assert view.decision.auteur.text() == "Mme Fictive"


def test_tab_goes_through_each_form_as_it_is_read(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: EntretiensView
):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    meeting, decision = view.entretien, view.decision
    for button, chain in (
        (
            view.noter,
            (meeting.jour, meeting.auteur, *meeting.textes, meeting.suite, meeting.echeance, meeting.faite,
             meeting.abandonner, meeting.enregistrer),
        ),
        (
            view.noter_decision,
            (decision.jour, decision.conseil, *decision.textes, decision.auteur, decision.abandonner,
             decision.enregistrer),
        ),
    ):  # fmt: skip
        button.click()
        chain[0].setFocus()
        for widget in chain:
            assert QApplication.focusWidget() is widget
            if widget is not chain[-1]:
                QTest.keyClick(widget, Qt.Key.Key_Tab)
        workspace.entretiens.flush()
        idle(qtbot, window)


def form_eleve(window: MainWindow) -> int:
    assert window.workspace is not None
    return window.workspace.store.eleve_id


def test_a_decision_is_written_and_stands_apart(
    qtbot: QtBot, window: MainWindow, view: EntretiensView, session: FakeSession
):
    note(qtbot, window, view)
    view.noter_decision.click()
    view.decision.conseil.show_code("conseil exceptionnel")
    view.decision.textes[0].setPlainText(AVIS)
    view.decision.enregistrer.click()
    idle(qtbot, window)
    decided = kept(session)[1]
    assert isinstance(decided, DecisionRecord)
    assert (decided.conseil, decided.avis) == ("conseil exceptionnel", AVIS)
    shown = texts(view)
    assert "Conseil de classe, conseil exceptionnel" in shown
    assert view.feuilles == (decided, kept(session)[0])


def test_written_corrected_ticked_erased_and_every_step_is_taken_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: EntretiensView, session: FakeSession
):
    view.noter.click()
    view.entretien.textes[0].setPlainText(DIT)
    view.entretien.suite.setText("Rappeler")
    view.entretien.enregistrer.click()
    idle(qtbot, window)
    view.edit_asked.emit(view.feuilles[0])
    assert view.entretien.titre.text() == "Corriger l’entretien"
    view.entretien.textes[0].setPlainText("corrigé")
    view.entretien.enregistrer.click()
    idle(qtbot, window)
    box = next(box for box in view.findChildren(QCheckBox) if box is not view.entretien.faite and box.isVisible())
    box.click()
    idle(qtbot, window)
    assert "Aucune action à faire" in view.a_faire.text()
    view.erase_asked.emit(view.feuilles[0])
    idle(qtbot, window)
    assert kept(session) == []
    assert view.face == VIDE
    states = [[], [("corrigé", True)], [("corrigé", False)], [(DIT, False)], []]

    def state() -> list[tuple[str, bool]]:
        return [(entretien.notes, entretien.suite_faite) for entretien in kept(session)]

    for expected in states[1:]:
        press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        idle(qtbot, window)
        assert state() == expected
    for expected in states[-2::-1]:
        press(qtbot, window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        idle(qtbot, window)
        assert state() == expected
    stack = workspace.history.stack
    assert {stack.text(number) for number in range(stack.count())} == {"Entretien"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("jour", "32/13/2026", "n’est pas une date"),
        ("jour", "01/01/2099", "n’est pas encore passé"),
        ("echeance", "01/12/2099", "Écrivez la prochaine action"),
        ("echeance", "bientôt", "n’est pas une date"),
    ],
)
def test_what_makes_no_sense_is_told_in_the_form_and_nothing_is_kept(
    qtbot: QtBot, window: MainWindow, view: EntretiensView, session: FakeSession, field: str, value: str, said: str
):
    view.noter.click()
    view.entretien.textes[0].setPlainText(DIT)
    getattr(view.entretien, field).setText(value)
    view.entretien.enregistrer.click()
    idle(qtbot, window)
    assert said in view.entretien.erreur.text()
    assert view.entretien.erreur.isVisible()
    assert view.entretien.textes[0].toPlainText() == DIT
    assert kept(session) == []
    view.entretien.textes[0].setPlainText("x" * 4000)
    assert "au-delà des 3999" in view.entretien.erreur.text()


@pytest.mark.parametrize("leave", ["tab", "student", "screen", "lock", "other form"])
def test_what_is_being_written_is_kept_when_it_is_left(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: EntretiensView, session: FakeSession, leave: str
):
    first = workspace.store.eleve_id
    view.noter.click()
    view.entretien.textes[0].setPlainText(DIT)
    view.entretien.jour.setText("n’importe quoi" if leave in ("tab", "lock") else "01/01/2099")
    view.entretien.echeance.setText("01/12/2099")
    if leave == "tab":
        workspace.eleve_view.tabs.setCurrentIndex(PROFIL)
    elif leave == "student":
        workspace.eleve_view.suivant.click()
    elif leave == "screen":
        workspace.show_screen("documents")
    elif leave == "lock":
        window.lock()
    else:
        workspace.entretiens.edit(DecisionRecord(0, first, date(2026, 11, 24), ""))
        view.decision.textes[0].setPlainText(AVIS)
        workspace.flush()
    idle(qtbot, window)
    left = kept(session)[0]
    assert (left.eleve_id, left.notes, left.jour, left.suite) == (first, DIT, local_today(), "À préciser")
    assert [getattr(one, "avis", "") for one in kept(session)[1:]] == ([AVIS] if leave == "other form" else [])


def test_a_form_that_was_only_looked_at_changes_nothing(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: EntretiensView, session: FakeSession
):
    note(qtbot, window, view)
    before = dict(session.entretiens.feuilles)
    count = workspace.history.stack.count()
    view.edit_asked.emit(view.feuilles[0])
    workspace.flush()
    view.noter_decision.click()
    workspace.flush()
    view.noter.click()
    view.entretien.textes[0].setPlainText("abandonné")
    view.entretien.abandonner.click()
    idle(qtbot, window)
    assert session.entretiens.feuilles == before
    assert workspace.history.stack.count() == count
    assert "abandonné" not in texts(view)


def test_what_cannot_be_written_comes_back_with_its_student(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: EntretiensView, session: FakeSession
):
    first = workspace.store.eleve_id
    session.entretiens.broken = EnvironmentFault("Il n’y a plus de place sur le disque.", "Libérez de la place.")
    view.noter.click()
    view.entretien.textes[0].setPlainText(DIT)
    workspace.eleve_view.suivant.click()
    idle(qtbot, window)
    assert kept(session) == []
    assert view.entretien.isHidden()
    assert "plus de place" in workspace.banniere.texte
    workspace.eleve_view.precedent.click()
    idle(qtbot, window)
    assert view.entretien.textes[0].toPlainText() == DIT
    workspace.eleve_view.suivant.click()  # left again without a change: it still counts as typed
    idle(qtbot, window)
    assert [(one.eleve_id, one.notes) for one in kept(session)] == [(first, DIT)]


@pytest.mark.parametrize("taille", [100, 150, 200])
def test_every_state_has_names_and_nothing_is_cut(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, view: EntretiensView, session: FakeSession, taille: int
):
    window._set_taille(taille)
    QApplication.processEvents()
    assert nameless(view) == []
    assert cut(view) == []
    eleve_id, jour = workspace.store.eleve_id, date(2026, 11, 24)
    for feuille in (
        EntretienRecord(0, eleve_id, jour, DIT * 20, "Décidé " * 30, "Rappeler " * 20, jour, "Mme Fictive " * 9),
        EntretienRecord(0, eleve_id, jour, DIT, suite="Fait", suite_faite=True),
        DecisionRecord(0, eleve_id, jour, "1er trimestre", AVIS * 20, "Revoir " * 30, "M. Fictif"),
    ):
        session.entretiens.ecrire(feuille)
    workspace.entretiens.load()
    idle(qtbot, window)
    for button, form in ((view.noter, view.entretien), (view.noter_decision, view.decision)):
        button.click()
        QApplication.processEvents()
        assert nameless(view) == []
        assert cut(view) == []
        form.abandonner.click()

"""Why, what if, and the simulator of spécialités, through the real window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.views import Option
from mps_desktop.ui.dialogs.et_si import EtSiDialog
from mps_desktop.ui.dialogs.simulateur_specialites import SimulateurSpecialitesDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.screens.fiche.fiche_presenter import ONGLET_POURQUOI
from mps_desktop.ui.screens.suggestions.pourquoi import PourquoiPanel
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import PROFIL, SUGGESTIONS, Workspace
from tests.ui.conftest import idle, press
from tests.ui.fakes import FakeSession
from tests.ui.test_accessibility import cut, nameless


@pytest.fixture
def eleve(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> int:
    """A student with tastes, looked at in his suggestions."""
    ligne = next(ligne for ligne in workspace.classe.shown() if ligne.completude == 100)
    workspace.open_eleve(ligne.id)
    idle(qtbot, window)
    workspace.eleve_view.tabs.setCurrentIndex(SUGGESTIONS)
    idle(qtbot, window)
    return ligne.id


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_a_card_says_why(qtbot: QtBot, window: MainWindow, workspace: Workspace, eleve: int):
    view = workspace.suggestions_view
    view.cards["fl2"].pourquoi.click()
    idle(qtbot, window)
    assert view.fiche.tabs.tabText(view.fiche.tabs.currentIndex()) == ONGLET_POURQUOI
    panel = view.fiche.tabs.currentWidget().findChild(PourquoiPanel)
    assert panel is not None
    shown = words(panel)
    for expected in ("Ce qui la fait monter", "Ce qui la fait descendre", "Ce qui changerait sa place", "Publié, 2025"):
        assert expected in shown
    names = [w.accessibleName() for w in panel.findChildren(QWidget)]
    assert any(name.startswith("Loin de Lyon") and "40" in name for name in names)
    panel.copier.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("Licence Droit")
    assert "+ Relève d’un domaine choisi, informatique" in copied
    assert "− Loin de Lyon" in copied
    assert not nameless(panel)


def test_an_explanation_that_fails_says_so(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    session.broken["explain_suggestion"] = EnvironmentFault("Cet élève n’est plus là.", "Revenez à la classe.")
    workspace.suggestions_view.cards["fl2"].pourquoi.click()
    idle(qtbot, window)
    assert workspace.suggestions_view.fiche.pile.face == "erreur"


def test_a_hypothesis_is_applied_in_one_change(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    before = session.eleves[eleve].profil
    workspace.suggestions_view.et_si.click()
    dialog = workspace.findChild(EtSiDialog)
    assert dialog is not None
    idle(qtbot, window)
    assert dialog.resume.text() == "C’est la liste actuelle de l’élève."
    assert not dialog.appliquer.isEnabled()
    dialog.alternance.button("interesse").click()
    dialog.communes.asked.emit("greno")
    idle(qtbot, window)
    dialog.communes.search.picked.emit(Option("38185", "Grenoble"))
    dialog.moyenne.textEdited.emit("17,5")
    idle(qtbot, window)
    qtbot.waitUntil(lambda: "Entrent dans la liste (1)" in words(dialog))
    assert {"Montent (1)", "Descendent (1)", "Sortent de la liste (1)"} <= set(words(dialog))
    assert session.eleves[eleve].profil == before, "nothing is written before it is applied"
    assert not nameless(dialog)
    dialog.appliquer.click()
    idle(qtbot, window)
    after = session.eleves[eleve].profil
    assert after == replace(before, alternance="interesse", communes=("69123", "38185"), moyenne=17.5)
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    assert session.eleves[eleve].profil == before


def test_a_hypothesis_can_be_dropped(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    before = session.eleves[eleve].profil
    dialog = workspace.hypotheses.show_et_si()
    idle(qtbot, window)
    dialog.bac.chosen.emit("STMG")
    idle(qtbot, window)
    assert dialog.hypothese.specialites == ()
    dialog.specialites.search.picked.emit(Option("mat282", "Mercatique"))
    assert dialog.hypothese.specialites == ("mat282",)
    dialog.remettre.click()
    idle(qtbot, window)
    assert dialog.hypothese == before
    session.broken["compare_hypothese"] = EnvironmentFault("Lecture impossible.", "Recommencez.")
    dialog.duree.button("courte").click()
    idle(qtbot, window)
    assert dialog.pile.face == "vide"
    dialog.buttons.button(QDialogButtonBox.StandardButton.Close).click()
    idle(qtbot, window)
    assert session.eleves[eleve].profil == before


def test_the_simulator_starts_from_the_student(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, eleve: int
):
    workspace.eleve_view.tabs.setCurrentIndex(PROFIL)
    workspace.profil_view.simulateur.click()
    dialog = workspace.findChild(SimulateurSpecialitesDialog)
    assert dialog is not None
    idle(qtbot, window)
    assert dialog.chosen == ("Mathématiques", "Physique-chimie")
    assert dialog.pile.face == "liste"
    assert set(dialog.folds) == {"plus", "autant", "inconnu"}
    assert dialog.folds["plus"].header.isChecked()
    dialog.chips["SES"].click()
    idle(qtbot, window)
    assert len(dialog.chosen) == 3
    assert not dialog.chips["Numérique (NSI)"].isEnabled()
    for code in ("SES", "Mathématiques"):
        dialog.chips[code].click()
    idle(qtbot, window)
    assert dialog.pile.face == "vide"
    assert not nameless(dialog)
    session.broken["simulate_specialites"] = EnvironmentFault("Lecture impossible.", "Recommencez.")
    dialog.chips["SES"].click()
    idle(qtbot, window)
    assert dialog.vide.text == "Recommencez."
    dialog.close()


def test_the_simulator_is_for_the_bac_general(qtbot: QtBot, window: MainWindow, workspace: Workspace, eleve: int):
    workspace.eleve_view.tabs.setCurrentIndex(PROFIL)
    assert workspace.profil_view.simulateur.isVisible()
    workspace.profil_view.bac.chosen.emit("STMG")
    idle(qtbot, window)
    assert not workspace.profil_view.simulateur.isVisible()


@pytest.mark.parametrize("taille", [100, 150, 200])
def test_nothing_is_cut(qtbot: QtBot, window: MainWindow, workspace: Workspace, theme: Theme, eleve: int, taille: int):
    theme.set(taille=taille)
    workspace.suggestions_view.cards["fl1"].pourquoi.click()
    idle(qtbot, window)
    QApplication.processEvents()
    assert cut(workspace.suggestions_view.fiche) == []
    hypotheses = workspace.hypotheses
    for dialog in (hypotheses.show_et_si(), hypotheses.show_simulateur()):
        idle(qtbot, window)
        QApplication.processEvents()
        assert cut(dialog) == [], type(dialog).__name__
        dialog.close()

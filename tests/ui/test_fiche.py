"""The fiche on screen: Explorer without a student, Suggestions beside its cards, official texts asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.views import Option
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.screens.explorer.explorer_view import ExplorerView
from mps_desktop.ui.screens.fiche.fiche_view import FicheView
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.option_list import OptionList
from mps_desktop.ui.widgets.tendance import Tendance
from mps_desktop.ui.workspace import SUGGESTIONS, Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession


@pytest.fixture
def explorer(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> ExplorerView:
    window.resize(1280, 800)
    workspace.show_screen("explorer")
    idle(qtbot, window)
    return workspace.explorer_view


@pytest.fixture
def suggestions(qtbot: QtBot, window: MainWindow, workspace: Workspace) -> Workspace:
    window.resize(1400, 800)
    workspace.open_eleve(4)
    idle(qtbot, window)
    workspace.eleve_view.tabs.setCurrentIndex(SUGGESTIONS)
    idle(qtbot, window)
    return workspace


def type_text(qtbot: QtBot, window: MainWindow, view: ExplorerView, text: str) -> None:
    """Type, then Enter, which does not wait for the pause."""
    view.champ.setFocus()
    QTest.keyClicks(view.champ, text)
    QTest.keyClick(view.champ, Qt.Key.Key_Return)
    idle(qtbot, window)


def names(view: ExplorerView) -> list[str]:
    return [option.libelle for option in view.resultats.options]


def lists(fiche: FicheView) -> list[OptionList]:
    page = fiche.tabs.currentWidget()
    assert page is not None
    return page.findChildren(OptionList)


def test_the_explorer_offers_where_to_begin(explorer: ExplorerView):
    assert names(explorer)[0] == "Comment Parcoursup lit un dossier"
    assert explorer.fiche.pile.face == "vide"


def test_a_search_then_a_fiche_with_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, explorer: ExplorerView
):
    type_text(qtbot, window, explorer, "licence")
    assert names(explorer) == ["Licence Droit", "Licence Psychologie"]
    assert explorer.compte.text() == "2\u00a0résultats"
    QTest.keyClick(explorer.champ, Qt.Key.Key_Down)
    assert explorer.resultats.hasFocus()
    QTest.keyClick(explorer.resultats, Qt.Key.Key_Down)
    QTest.keyClick(explorer.resultats, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert explorer.fiche.titre.text() == "Licence Psychologie"
    assert session.fiches_lues == [("formation", "fl5", None)]


def test_results_can_be_of_one_kind(qtbot: QtBot, window: MainWindow, explorer: ExplorerView):
    type_text(qtbot, window, explorer, "grenoble")
    assert names(explorer) == ["Université inventée de Grenoble"]
    explorer.genre.setCurrentIndex(1)
    explorer.genre.activated.emit(1)
    idle(qtbot, window)
    assert explorer.pile.face == "aucun"
    explorer.champ.clear()
    idle(qtbot, window)
    assert explorer.pile.face == "liste"


def test_any_fiche_can_be_opened_from_elsewhere(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, explorer: ExplorerView
):
    workspace.show_screen("classe")
    workspace.open_fiche("formation", "fl3")
    idle(qtbot, window)
    assert workspace.stack.currentWidget() is explorer
    assert explorer.fiche.titre.text() == "CPGE MPSI"


def test_a_search_that_fails_says_so_and_can_be_done_again(
    qtbot: QtBot, window: MainWindow, session: FakeSession, explorer: ExplorerView
):
    session.broken["search"] = EnvironmentFault("Le catalogue est abîmé.", "Réinstallez.")
    type_text(qtbot, window, explorer, "droit")
    assert explorer.pile.face == "erreur"
    assert "abîmé" in explorer.erreur.text
    explorer.erreur.button.click()
    idle(qtbot, window)
    assert names(explorer) == ["Licence Droit"]


def test_a_fiche_that_fails_says_so_and_can_be_read_again(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, explorer: ExplorerView
):
    session.broken["load_fiche"] = EnvironmentFault("Le catalogue est abîmé.", "Réinstallez.")
    workspace.explorer.fiche.open("formation", "fl2")
    idle(qtbot, window)
    assert explorer.fiche.pile.face == "erreur"
    assert "abîmé" in explorer.fiche.erreur.text
    explorer.fiche.erreur.button.click()
    idle(qtbot, window)
    assert explorer.fiche.titre.text() == "Licence Droit"


def test_links_are_followed_and_walked_back(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, explorer: ExplorerView
):
    fiche = explorer.fiche
    workspace.explorer.fiche.open("formation", "fl2")
    idle(qtbot, window)
    assert not fiche.retour.isVisible()
    fiche.tabs.setCurrentIndex(3)
    (metiers,) = lists(fiche)
    metiers.setFocus()
    metiers.choose(1)
    QTest.keyClick(metiers, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert (fiche.badge.text(), fiche.titre.text()) == ("Métier", "juge d’instruction")
    assert fiche.tabs.tabText(fiche.tabs.currentIndex()) == "Métiers"
    fiche.retour.click()
    idle(qtbot, window)
    assert fiche.titre.text() == "Licence Droit"
    assert not fiche.retour.isVisible()


def test_figures_have_words_for_screen_readers(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, explorer: ExplorerView
):
    workspace.explorer.fiche.open("formation", "fl2")
    idle(qtbot, window)
    explorer.fiche.tabs.setCurrentIndex(1)
    trend = explorer.fiche.findChild(Tendance)
    assert trend is not None
    read = QAccessible.queryAccessibleInterface(trend).text(QAccessible.Text.Name)
    assert read == "1530 en 2023, 1610 en 2024."
    assert not trend.grab().isNull()


def test_an_address_is_opened_only_when_chosen(
    qtbot: QtBot,
    window: MainWindow,
    workspace: Workspace,
    explorer: ExplorerView,
    monkeypatch: pytest.MonkeyPatch,
):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    workspace.explorer.fiche.open("formation", "fl2")
    idle(qtbot, window)
    assert opened == []
    addresses = next(shown for shown in lists(explorer.fiche) if shown.accessibleName() == "Pour aller plus loin")
    addresses.choose(0)
    QTest.keyClick(addresses, Qt.Key.Key_Return)
    assert opened == ["https://exemple.invalid/fiche"]


def test_without_official_text_the_fiche_says_how_to_add_it(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, explorer: ExplorerView
):
    workspace.explorer.fiche.open("formation", "fl2")
    idle(qtbot, window)
    button = next(b for b in explorer.fiche.findChildren(QPushButton) if b.text() == "Ajouter les fiches officielles")
    with qtbot.waitSignal(workspace.explorer.import_asked):
        button.click()


def test_the_first_suggestion_is_read_beside_the_cards(suggestions: Workspace, session: FakeSession):
    view = suggestions.suggestions_view
    first, *others = view.cards.values()
    assert view.fiche.titre.text() == first.ligne.libelle
    assert first.choisie
    assert not any(card.choisie for card in others)
    assert session.fiches_lues[-1] == ("formation", first.ligne.formation_id, 4)
    titles = [view.fiche.tabs.tabText(number) for number in range(view.fiche.tabs.count())]
    assert titles[-1] == "Pourquoi"


def test_another_card_is_read_with_its_button(qtbot: QtBot, window: MainWindow, suggestions: Workspace):
    view = suggestions.suggestions_view
    second = list(view.cards.values())[1]
    second.ouvrir.setFocus()
    QTest.keyClick(second.ouvrir, Qt.Key.Key_Space)
    idle(qtbot, window)
    assert view.fiche.titre.text() == second.ligne.libelle
    assert [card.choisie for card in view.cards.values()].count(True) == 1
    assert second.choisie


def test_in_a_narrow_window_the_fiche_takes_the_place_of_the_cards(
    qtbot: QtBot, window: MainWindow, suggestions: Workspace
):
    view = suggestions.suggestions_view
    window.resize(1000, 720)
    qtbot.waitUntil(lambda: not view.wide)
    assert view.area.isVisible()
    assert not view.fiche.isVisible()
    card = list(view.cards.values())[2]
    card.ouvrir.click()
    idle(qtbot, window)
    assert view.fiche.isVisible()
    assert not view.area.isVisible()
    view.fermer.click()
    assert view.area.isVisible()
    assert card.ouvrir.hasFocus() or QApplication.focusWidget() is None


def test_a_link_out_of_a_suggestion_unmarks_the_cards(qtbot: QtBot, window: MainWindow, suggestions: Workspace):
    view = suggestions.suggestions_view
    suggestions.suggestions.fiche.follow("metier", "MET.3")
    idle(qtbot, window)
    assert view.fiche.badge.text() == "Métier"
    assert not any(card.choisie for card in view.cards.values())
    assert view.fiche.retour.isVisible()


def test_the_list_is_as_tall_as_its_lines(qtbot: QtBot, theme: Theme):
    holder = QWidget()
    qtbot.addWidget(holder)
    shown = OptionList(theme, "Essai", whole=True, parent=holder)
    shown.show_options([Option(str(n), f"Ligne {n}", "", "détail" if n % 2 else "") for n in range(6)])
    heights = sum(shown.sizeHintForRow(row) for row in range(6))
    assert shown.height() >= heights
    informing: list[object] = []
    shown.picked.connect(informing.append)
    shown.show_options([Option("", "Ne mène nulle part")])
    shown.choose(0)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert informing == []

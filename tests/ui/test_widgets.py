from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mps_desktop.services.views import Option
from mps_desktop.ui.messages import Message, Ton
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.accordion import ToggleGroups
from mps_desktop.ui.widgets.balance import BalanceColumns, describe_balance
from mps_desktop.ui.widgets.banner import Banner
from mps_desktop.ui.widgets.basics import fit_dialog
from mps_desktop.ui.widgets.choices import Dropdown, Segments
from mps_desktop.ui.widgets.flow import FlowLayout
from mps_desktop.ui.widgets.gauge import Gauge
from mps_desktop.ui.widgets.marks import ClassBadge, CountsBar, describe_counts
from mps_desktop.ui.widgets.multi_select import MultiSelect, filter_options
from mps_desktop.ui.widgets.search_field import SearchField
from mps_desktop.ui.widgets.states import EmptyState, LoadingState, Pile

OPTIONS = (Option("a", "Un"), Option("b", "Deux"), Option("c", "Trois"))


def shown(qtbot: QtBot, widget: QWidget, width: int = 400, height: int = 300) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


def test_a_flow_wraps_and_hides_nothing(qtbot: QtBot):
    holder = QWidget()
    flow = FlowLayout(holder, gap=10)
    for _ in range(6):
        button = QWidget()
        button.setFixedSize(80, 20)
        flow.addWidget(button)
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(180) == 20 * 3 + 10 * 2
    flow.setGeometry(QRect(0, 0, 180, 100))
    places = {(w.x(), w.y()) for w in holder.children() if isinstance(w, QWidget)}
    assert len(places) == 6
    assert flow.itemAt(6) is None
    assert flow.takeAt(6) is None


def test_segments_take_an_answer_back(qtbot: QtBot, theme: Theme):
    segments = Segments("Choix", OPTIONS)
    qtbot.addWidget(segments)
    told: list[str] = []
    segments.chosen.connect(told.append)
    segments.button("b").click()
    assert segments.code == "b"
    segments.button("b").click()
    assert segments.code == ""
    assert told == ["b", ""]
    segments.show_code("c")
    assert told == ["b", ""]


def test_segments_on_several_lines_keep_their_left_border(qtbot: QtBot, theme: Theme):
    segments = Segments("Choix", OPTIONS)
    shown(qtbot, segments)
    segments.resize(segments.sizeHint().width(), 200)
    codes = [option.code for option in OPTIONS]
    assert [segments.button(c).property("start") for c in codes] == ["true", *["false"] * (len(codes) - 1)]
    widest = max(segments.button(c).sizeHint().width() for c in codes)
    segments.resize(widest + 1, 400)
    assert [segments.button(c).property("start") for c in codes] == ["true"] * len(codes)


@pytest.mark.parametrize("taille", [100, 150, 200])
def test_a_dialog_stays_inside_its_window(qtbot: QtBot, theme: Theme, taille: int):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    theme.set(taille=taille)
    dialog = QDialog(window)
    fit_dialog(dialog, theme.px(980), theme.px(640))
    assert dialog.width() <= 1256
    assert dialog.height() <= 696
    if taille == 100:
        assert (dialog.width(), dialog.height()) == (980, 640)


def test_compulsory_segments_keep_one_answer(qtbot: QtBot, theme: Theme):
    segments = Segments("Choix", OPTIONS, optional=False)
    qtbot.addWidget(segments)
    segments.show_code("a")
    segments.button("a").click()
    assert segments.code == "a"


def test_a_dropdown_tells_only_what_the_user_chose(qtbot: QtBot, theme: Theme):
    dropdown = Dropdown(theme, "Bac", "Non renseigné")
    shown(qtbot, dropdown)
    told: list[str] = []
    dropdown.chosen.connect(told.append)
    dropdown.show_options(OPTIONS, "b")
    assert told == []
    assert dropdown.currentText() == "Deux"
    dropdown.show_code(None)
    assert dropdown.currentText() == "Non renseigné"
    QTest.keyClick(dropdown, Qt.Key.Key_Down)
    assert told == ["a"]


def test_toggles_open_the_categories_that_hold_a_choice(qtbot: QtBot, theme: Theme):
    options = (Option("d1", "Droit", "Droit"), Option("s1", "Santé", "Soin"), Option("s2", "Social", "Soin"))
    toggles = ToggleGroups(theme, options)
    shown(qtbot, toggles)
    toggles.show_codes(("s1",))
    assert toggles.chip("s1").isVisible()
    assert not toggles.chip("d1").isVisible()
    told: list[tuple[str, ...]] = []
    toggles.changed.connect(told.append)
    toggles.chip("s2").click()
    toggles.chip("s1").click()
    assert told == [("s1", "s2"), ("s2",)]
    toggles.show_codes(())
    toggles.fold_all()
    assert not toggles.chip("s1").isVisible()


def test_the_search_waits_for_a_pause_then_picks_with_the_keyboard(qtbot: QtBot, theme: Theme):
    field = SearchField(theme, "Chercher", min_chars=2, pause_ms=1)
    shown(qtbot, field)
    field.setFocus()
    with qtbot.waitSignal(field.asked) as asked:
        QTest.keyClicks(field, "deux")
    assert asked.args == ["deux"]
    field.show_answers("autre chose", OPTIONS)
    assert field.answers.rowCount() == 0
    field.show_answers("deux", OPTIONS[1:])
    picked: list[Option] = []
    field.picked.connect(picked.append)
    popup = field._popup
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert picked == [OPTIONS[1]]
    assert field.text() == ""
    assert not popup.isVisible()


def test_too_few_letters_ask_nothing(qtbot: QtBot, theme: Theme):
    field = SearchField(theme, "Chercher", min_chars=3)
    shown(qtbot, field)
    field.setText("ab")
    with qtbot.assertNotEmitted(field.asked):
        field.ask()


def test_no_answer_is_said_and_cannot_be_picked(qtbot: QtBot, theme: Theme):
    field = SearchField(theme, "Chercher")
    shown(qtbot, field)
    field.setText("zzz")
    field.show_answers("zzz", ())
    assert "Aucun résultat" in str(field.answers.index(0, 0).data())
    with qtbot.assertNotEmitted(field.picked):
        field.pick(Option("", "Aucun résultat."))


def test_a_multi_select_adds_and_removes(qtbot: QtBot, theme: Theme):
    labels = {option.code: option.libelle for option in OPTIONS}
    select = MultiSelect(theme, "Ajouter", lambda code: labels[code])
    shown(qtbot, select)
    told: list[tuple[str, ...]] = []
    select.changed.connect(told.append)
    select.search.pick(OPTIONS[0])
    select.search.pick(OPTIONS[1])
    assert [tag.accessibleName() for tag in select.tags] == ["Retirer Un", "Retirer Deux"]
    select.tags[0].click()
    assert told == [("a",), ("a", "b"), ("b",)]
    select.search.setText("x")
    select.show_answers("x", OPTIONS)
    assert select.search.answers.rowCount() == 2


def test_local_options_are_filtered_without_accents():
    options = (Option("1", "Éducation physique"), Option("2", "Physique-chimie"), Option("3", "Danse"))
    assert [o.code for o in filter_options(options, "PHYSIQUE")] == ["1", "2"]
    assert [o.code for o in filter_options(options, "physique edu")] == ["1"]


@pytest.mark.parametrize(
    ("counts", "text"),
    [({}, "aucun vœu"), ({"A+": 1, "B": 2}, "1 A+, 0 A, 2 B"), ({"?": 1}, "0 A+, 0 A, 0 B, 1 sans estimation")],
)
def test_counts_in_words(counts: dict[str, int], text: str):
    assert describe_counts(counts) == text


def test_balance_in_words():
    text = describe_balance({"A+": 2, "A": 0, "B": 1, "?": 1}, {"A": 1})
    assert text.startswith("2 ambitieux (A+), 0 réaliste (A) et 1 sécurisant (B).")
    assert "Il manque 1 A." in text
    assert "sans estimation" in text


def test_drawn_things_have_a_text_and_draw(qtbot: QtBot, theme: Theme):
    holder = QWidget()
    layout = QVBoxLayout(holder)
    badge, bar, columns, gauge = (
        ClassBadge(theme, "A+"),
        CountsBar(theme),
        BalanceColumns(theme),
        Gauge(theme, "Profil"),
    )
    for widget in (badge, bar, columns, gauge):
        layout.addWidget(widget)
    shown(qtbot, holder)
    blank = columns.grab().toImage()
    bar.show_counts({"A+": 1, "A": 2, "B": 0, "?": 1})
    columns.show_balance({"A+": 1, "A": 2, "B": 0}, {"B": 1})
    gauge.show_share(0.4, "40 %")
    assert "ambitieux" in badge.accessibleName()
    assert "1 sans estimation" in bar.accessibleName()
    assert "Il manque 1 B" in columns.accessibleName()
    assert gauge.accessibleName() == "Profil, 40 %"
    assert columns.grab().toImage() != blank


def test_a_banner_says_acts_and_goes(qtbot: QtBot, theme: Theme):
    holder = QWidget()
    banner = Banner(theme)
    QVBoxLayout(holder).addWidget(banner)
    shown(qtbot, holder)
    assert not banner.isVisible()
    acted: list[bool] = []
    banner.show_message(Message(Ton.ATTENTION, "Attention.", "Faites ceci."), "Faire", lambda: acted.append(True))
    assert banner.isVisible()
    assert banner.accessibleName() == "Attention. Faites ceci."
    next(b for b in banner.findChildren(QPushButton) if b.text() == "Faire").click()
    assert acted == [True]
    assert not banner.isVisible()


def test_a_pile_shows_one_face(qtbot: QtBot, theme: Theme):
    pile = Pile(vide=EmptyState(theme, "inbox-line", "Rien", "Ajoutez."), attente=LoadingState("Lecture…"))
    shown(qtbot, pile)
    assert pile.face == "vide"
    pile.show_face("attente")
    assert pile.face == "attente"

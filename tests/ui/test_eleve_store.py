from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.views import ProfilRecord
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.undo import History
from tests.ui.fakes import FakeSession

ELEVE = 2


@pytest.fixture
def history(session: FakeSession, runner: JobRunner) -> History:
    return History(session, runner)


@pytest.fixture
def store(qtbot: QtBot, session: FakeSession, runner: JobRunner, history: History) -> EleveStore:
    store = EleveStore(session, runner, history)
    with qtbot.waitSignal(store.opened):
        store.open(ELEVE)
    return store


def stored(session: FakeSession) -> ProfilRecord:
    return session.eleves[ELEVE].profil


def idle(qtbot: QtBot, runner: JobRunner) -> None:
    qtbot.waitUntil(lambda: not runner.busy)


def test_a_choice_is_saved_at_once_and_undone(
    qtbot: QtBot, store: EleveStore, session: FakeSession, runner: JobRunner, history: History
):
    before = store.profil
    store.edit("duree", "Durée", replace(before, duree_etudes="courte"))
    idle(qtbot, runner)
    assert stored(session).duree_etudes == "courte"
    assert history.stack.undoText() == "Durée"
    history.stack.undo()
    idle(qtbot, runner)
    assert stored(session) == before
    assert store.profil == before
    history.stack.redo()
    idle(qtbot, runner)
    assert stored(session).duree_etudes == "courte"


def test_typing_is_one_save_and_one_step(
    qtbot: QtBot, store: EleveStore, session: FakeSession, runner: JobRunner, history: History
):
    before = store.profil
    saves = session.saves
    for note in (1.0, 13.0, 13.5):
        store.edit("moyenne", "Moyenne", replace(store.profil, moyenne=note), typed=True)
    assert session.saves == saves
    qtbot.waitUntil(lambda: stored(session).moyenne == 13.5)
    store.edit("moyenne", "Moyenne", replace(store.profil, moyenne=14.0), typed=True)
    store.flush()
    idle(qtbot, runner)
    assert session.saves == saves + 2
    assert history.stack.count() == 1
    history.stack.undo()
    idle(qtbot, runner)
    assert stored(session) == before


def test_another_field_is_another_step(
    qtbot: QtBot, store: EleveStore, session: FakeSession, runner: JobRunner, history: History
):
    store.edit("moyenne", "Moyenne", replace(store.profil, moyenne=8.0), typed=True)
    store.edit("note fl1", "Note", replace(store.profil, corbeille=("fl9",)), typed=True)
    store.flush()
    idle(qtbot, runner)
    assert history.stack.count() == 2
    history.stack.undo()
    idle(qtbot, runner)
    assert stored(session).moyenne == 8.0
    assert stored(session).corbeille == ()


def test_the_profile_going_back_to_what_it_was_saves_nothing(
    qtbot: QtBot, store: EleveStore, session: FakeSession, runner: JobRunner
):
    before = store.profil
    saves = session.saves
    store.edit("moyenne", "Moyenne", replace(before, moyenne=3.0), typed=True)
    store.edit("moyenne", "Moyenne", before, typed=True)
    store.flush()
    idle(qtbot, runner)
    assert session.saves == saves


def test_leaving_a_student_writes_what_waits(qtbot: QtBot, store: EleveStore, session: FakeSession):
    store.edit("moyenne", "Moyenne", replace(store.profil, moyenne=17.0), typed=True)
    with qtbot.waitSignal(store.opened):
        store.open(3)
    assert stored(session).moyenne == 17.0
    assert store.eleve_id == 3


def test_undo_reaches_a_student_who_is_no_longer_open(
    qtbot: QtBot, store: EleveStore, session: FakeSession, runner: JobRunner, history: History
):
    before = store.profil
    store.edit("duree", "Durée", replace(before, duree_etudes="longue"))
    with qtbot.waitSignal(store.opened):
        store.open(3)
    other = store.profil
    history.stack.undo()
    idle(qtbot, runner)
    assert stored(session) == before
    assert store.profil == other


def test_a_refused_write_is_told_and_forgotten(
    qtbot: QtBot, store: EleveStore, session: FakeSession, runner: JobRunner, history: History
):
    before = store.profil
    session.broken["save_profil"] = EnvironmentFault("Le disque est plein.", "Faites de la place.")
    with qtbot.waitSignal(store.failed) as failed:
        store.edit("duree", "Durée", replace(before, duree_etudes="longue"))
    idle(qtbot, runner)
    assert failed.args is not None
    assert "disque" in str(failed.args[0])
    assert store.profil == before
    assert stored(session) == before
    assert not history.stack.canUndo()


def test_nothing_is_edited_while_a_student_is_being_read(
    qtbot: QtBot, store: EleveStore, session: FakeSession, runner: JobRunner
):
    store.open(3)
    store.edit("duree", "Durée", ProfilRecord(duree_etudes="longue"))
    idle(qtbot, runner)
    assert session.eleves[3].profil.duree_etudes is None

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.ui.jobs import Job, JobRunner


def in_gui_thread() -> bool:
    app = QApplication.instance()
    return app is not None and QThread.currentThread() is app.thread()


def test_the_value_comes_back_on_the_gui_thread(qtbot: QtBot, runner: JobRunner):
    seen: list[tuple[object, bool]] = []
    worked_in_gui: list[bool] = []

    def work(_progress: Progress) -> int:
        worked_in_gui.append(in_gui_thread())
        return 42

    runner.run(work, lambda value: seen.append((value, in_gui_thread())))
    qtbot.waitUntil(lambda: not runner.busy)
    assert worked_in_gui == [False]
    assert seen == [(42, True)]


def test_progress_is_told(qtbot: QtBot, runner: JobRunner):
    told: list[tuple[str, int, int]] = []
    runner.progressed.connect(lambda *step: told.append(step))

    def work(progress: Progress) -> None:
        for done in range(3):
            progress.step("Lecture", done, 3)

    with qtbot.waitSignal(runner.idle):
        runner.run(work)
    assert told == [("Lecture", 0, 3), ("Lecture", 1, 3), ("Lecture", 2, 3)]


def test_a_cancelled_job_stops_at_its_next_step(qtbot: QtBot, runner: JobRunner):
    reached, go_on = threading.Event(), threading.Event()
    ends: list[str] = []

    def work(progress: Progress) -> str:
        progress.step("début")
        reached.set()
        go_on.wait(5)
        progress.step("suite")
        return "fini"

    job = runner.run(work, lambda _v: ends.append("done"), cancelled=lambda: ends.append("cancelled"))
    qtbot.waitUntil(reached.is_set)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert ends == ["cancelled"]


def test_a_failure_is_handed_over_and_the_lane_goes_on(qtbot: QtBot, runner: JobRunner):
    failures: list[Exception] = []
    values: list[int] = []

    def broken(_progress: Progress) -> int:
        raise EnvironmentFault("Le disque est plein.", "Faites de la place.")

    runner.run(broken, failed=failures.append)
    runner.run(lambda _progress: 1, values.append)
    qtbot.waitUntil(lambda: not runner.busy)
    assert [str(exc) for exc in failures] == ["Le disque est plein. Faites de la place."]
    assert values == [1]


def test_jobs_run_one_after_the_other_in_order(qtbot: QtBot, runner: JobRunner):
    running: list[int] = []
    overlaps: list[int] = []
    order: list[int] = []

    def work(number: int) -> int:
        running.append(number)
        overlaps.append(len(running))
        running.remove(number)
        return number

    for number in range(20):
        runner.run(lambda _p, number=number: work(number), order.append)
    qtbot.waitUntil(lambda: not runner.busy)
    assert order == list(range(20))
    assert set(overlaps) == {1}


def test_the_last_question_of_a_key_wins(qtbot: QtBot, runner: JobRunner):
    gate = threading.Event()
    answers: list[str] = []
    runner.run(lambda _p: gate.wait(5))
    for text in ("b", "bu", "but"):
        runner.run(lambda _p, text=text: text, answers.append, key="recherche")
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert answers == ["but"]


def test_drain_drops_questions_but_never_a_write(qtbot: QtBot, runner: JobRunner):
    gate = threading.Event()
    done: list[str] = []
    runner.run(lambda _p: gate.wait(5))
    runner.run(lambda _p: done.append("question"))
    runner.run(lambda _p: done.append("écriture"), must_run=True)
    gate.set()
    assert runner.drain()
    assert done == ["écriture"]
    qtbot.waitUntil(lambda: not runner.busy)


def test_a_muted_job_tells_nobody(qtbot: QtBot, runner: JobRunner):
    told: list[object] = []
    runner.run(lambda _p: 1, told.append)
    runner.mute()
    qtbot.waitUntil(lambda: not runner.busy)
    assert told == []


def test_current_is_the_oldest_job(qtbot: QtBot, runner: JobRunner):
    gate = threading.Event()
    first: Job = runner.run(lambda _p: gate.wait(5), label="un")
    runner.run(lambda _p: None, label="deux")
    assert runner.current is first
    gate.set()
    qtbot.waitUntil(lambda: runner.current is None)

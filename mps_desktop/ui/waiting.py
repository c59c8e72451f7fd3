"""Wait for the program to be at rest, in an event loop: for captures, never in a screen."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.ui.jobs import JobRunner

_ROUNDS = 4  # posted events may post others: layout, then scroll bars, then layout


def wait_idle(runner: JobRunner, timeout_ms: int = 120_000) -> None:
    """Return when no job is left and what they posted was handled.

    Raises:
        EnvironmentFault: jobs did not end in time.
    """
    if runner.busy:
        loop, late = QEventLoop(), QTimer()
        late.setSingleShot(True)
        late.timeout.connect(lambda: loop.exit(1))
        runner.idle.connect(loop.quit)
        late.start(timeout_ms)
        if loop.exec() and runner.busy:
            raise EnvironmentFault(
                "Le programme n’a pas fini à temps.", "Recommencez quand l’ordinateur est moins occupé."
            )
    for _ in range(_ROUNDS):
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
    if runner.busy:
        wait_idle(runner, timeout_ms)

"""Plain progress handle given to every long use case."""

from __future__ import annotations

import threading
from collections.abc import Callable

from mps_desktop.core.errors import Cancelled


class Progress:
    """Tells how far a job is and lets somebody else stop it. Knows nothing of Qt.

    Args:
        notify: called with (label in French, steps done, steps in all; 0 = unknown).
    """

    def __init__(self, notify: Callable[[str, int, int], None] | None = None) -> None:
        self._notify = notify
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next step. Safe from any thread."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """True once somebody asked to stop."""
        return self._stop.is_set()

    def step(self, label: str, done: int = 0, total: int = 0) -> None:
        """Report one step.

        Raises:
            Cancelled: when the user asked to stop, so that the transaction rolls back by itself.
        """
        if self._stop.is_set():
            raise Cancelled(label)
        if self._notify is not None:
            self._notify(label, done, total)

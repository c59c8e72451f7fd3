"""Work off the GUI thread: one serial lane, with progress, cancel and drain on close."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from mps_desktop.core.errors import Cancelled
from mps_desktop.core.progress import Progress

T = TypeVar("T")


class Job(QObject):
    """One use case run in the lane. Every signal but ``progressed`` is emitted on the GUI thread.

    Args:
        work: gets a progress handle, returns a value or raises.
        label: what it does, in French, for the state line.
        must_run: a write of the user's: never dropped while it waits in the queue.

    Signals:
        progressed: label, steps done, steps in all (0 = unknown).
        succeeded: the value returned.
        failed: the exception raised.
        cancelled: the user stopped it; nothing was committed.
        ended: after any of the three.
        lost: a write that nobody waited for any more was refused: the exception raised.
    """

    progressed = Signal(str, int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    lost = Signal(object)
    _returned = Signal(object, object)

    def __init__(self, work: Callable[[Progress], object], label: str = "", must_run: bool = False) -> None:
        super().__init__()
        self.label = label
        self.must_run = must_run
        self.progress = Progress(self.progressed.emit)
        self._work = work
        self._muted = False
        self._returned.connect(self._settle)

    def mute(self) -> None:
        """Nobody waits for the answer any more: only ``ended``, and ``lost``, will be emitted."""
        self._muted = True

    def cancel(self) -> None:
        """Ask it to stop; a write that waits in the queue is still done."""
        if not self.must_run:
            self.progress.cancel()

    def run(self) -> None:
        """Do the work. Called in the lane's thread, by the runner only."""
        if self.progress.cancelled:
            self._returned.emit(None, Cancelled(self.label))
            return
        try:
            value = self._work(self.progress)
        except Exception as exc:  # noqa: BLE001  the thread boundary: whatever it is travels to the GUI
            self._returned.emit(None, exc)
        else:
            self._returned.emit(value, None)

    @Slot(object, object)
    def _settle(self, value: object, exc: Exception | None) -> None:
        if not self._muted:
            if exc is None:
                self.succeeded.emit(value)
            elif isinstance(exc, Cancelled):
                self.cancelled.emit()
            else:
                self.failed.emit(exc)
        elif self.must_run and exc is not None:
            self.lost.emit(exc)
        self.ended.emit()


class JobRunner(QObject):
    """The lane: jobs run one after the other, in the order they were given.

    Signals:
        started: a job entered the lane.
        progressed: label, steps done, steps in all, of the job that runs.
        idle: the last job ended.
        lost: a write that nobody waited for any more was refused: the exception raised.
    """

    started = Signal(object)
    progressed = Signal(str, int, int)
    idle = Signal()
    lost = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Not QThreadPool: PySide6 6.12 mistakes a widget for a finished QRunnable that was at the same address.
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dossier")
        self._futures: set[Future[None]] = set()
        self._alive: list[Job] = []
        self._by_key: dict[str, Job] = {}

    @property
    def busy(self) -> bool:
        """True while a job runs or waits."""
        return bool(self._alive)

    @property
    def current(self) -> Job | None:
        """The oldest job that has not ended."""
        return self._alive[0] if self._alive else None

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
        *,
        cancelled: Callable[[], Any] | None = None,
        label: str = "",
        key: str = "",
        must_run: bool = False,
    ) -> Job:
        """Put a use case in the lane.

        Args:
            work: the use case with its inputs, as a snapshot.
            done, failed, cancelled: called on the GUI thread.
            label: what it does, for people.
            key: an earlier job of the same key that has not ended is dropped: the last question wins.
            must_run: see ``Job``.
        """
        job = Job(work, label, must_run)
        for signal, callback in ((job.succeeded, done), (job.failed, failed), (job.cancelled, cancelled)):
            if callback is not None:
                signal.connect(callback)
        if key:
            self._drop(self._by_key.get(key))
            self._by_key[key] = job
        job.progressed.connect(self.progressed)
        job.lost.connect(self.lost)
        job.ended.connect(lambda: self._forget(job))
        self._alive.append(job)
        self.started.emit(job)
        future = self._lane.submit(job.run)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return job

    def cancel(self) -> None:
        """Ask everything that may be stopped to stop."""
        for job in list(self._alive):
            job.cancel()

    def mute(self) -> None:
        """Nobody waits for the answers any more: the screens that asked are going away."""
        for job in self._alive:
            job.mute()

    def drain(self, timeout_ms: int = 10_000) -> bool:
        """Stop what may be stopped, wait for the rest (a write is never dropped).

        Returns:
            False when something still runs after that time.
        """
        self.cancel()
        return not wait(tuple(self._futures), timeout_ms / 1000).not_done

    def _drop(self, job: Job | None) -> None:
        if job is not None:
            job.mute()
            job.cancel()

    def _forget(self, job: Job) -> None:
        self._alive.remove(job)
        self._by_key = {key: kept for key, kept in self._by_key.items() if kept is not job}
        if not self._alive:
            self.idle.emit()

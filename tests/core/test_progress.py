from __future__ import annotations

import pytest

from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress


def test_steps_reach_the_listener():
    heard: list[tuple[str, int, int]] = []
    Progress(lambda *step: heard.append(step)).step("Lecture", 1, 3)
    assert heard == [("Lecture", 1, 3)]


def test_a_cancelled_job_stops_at_its_next_step():
    progress = Progress()
    progress.step("avant")
    progress.cancel()
    assert progress.cancelled
    with pytest.raises(Cancelled):
        progress.step("après")


def test_a_fault_says_what_to_do():
    assert str(EnvironmentFault("Disque plein.", "Libérez de la place.")) == "Disque plein. Libérez de la place."
    assert str(EnvironmentFault("Disque plein.")) == "Disque plein."

"""What benchmarks share: repeated timings, memory, and what machine this is."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def durations_ms(work: Callable[[], object], times: int, warm_up: int = 1) -> list[float]:
    """Milliseconds that each of ``times`` calls took, after calls that do not count."""
    for _ in range(warm_up):
        work()
    found: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return found


def summary(values: Sequence[float]) -> dict[str, float]:
    """Median, p95 and maximum, rounded to a microsecond when values are milliseconds."""
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {"mediane": round(statistics.median(ordered), 3), "p95": round(p95, 3), "max": round(ordered[-1], 3)}


def memory_mb() -> float | None:
    """Resident memory of this process now, in MB of 10^6 bytes; None where the system does not tell."""
    status = Path("/proc/self/statm")
    if not status.is_file():
        return None
    pages = int(status.read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    load = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    return {"coeurs": os.cpu_count(), "python": platform.python_version(), "systeme": platform.system(), "charge": load}

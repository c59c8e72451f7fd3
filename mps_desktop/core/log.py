"""Rotating log and crash reports. No name, no SQL parameter, no file content goes in."""

from __future__ import annotations

import logging
import os
import traceback
from datetime import datetime
from io import BufferedWriter, FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import PRIVATE_FILE, make_folder

LOGGER = logging.getLogger("mps_desktop")


class _PrivateHandler(RotatingFileHandler):
    """Files that only the user may read, whatever the rights that the system gives by default."""

    def _open(self) -> TextIOWrapper:
        handle = _private(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return TextIOWrapper(BufferedWriter(FileIO(handle, "a")), encoding=self.encoding)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_FILE)


def configure_log(folder: Path) -> None:
    """Send the program's log to a rotating file (3 × 500 kB) in that folder.

    A folder that cannot be written leaves the log silent: the program still runs.
    """
    try:
        make_folder(folder)
        file = folder / "mps-bureau.log"
        handler = _PrivateHandler(file, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
    except (OSError, EnvironmentFault):
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for former in LOGGER.handlers:
        former.close()
    LOGGER.handlers = [handler]
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def write_crash_report(folder: Path, exc: BaseException, now: datetime, version: str) -> Path | None:
    """Write where the program failed: types, files and lines, never values or messages.

    Messages of exceptions may quote data, so that only their class is kept.

    Returns:
        The file, or None when the folder cannot be written.
    """
    lines = [f"MPS Bureau {version}", now.isoformat(timespec="seconds"), ""]
    current: BaseException | None = exc
    while current is not None:
        lines.append(type(current).__qualname__)
        frames = traceback.extract_tb(current.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        current = current.__cause__ or current.__context__
    file = folder / f"incident-{now:%Y%m%d-%H%M%S}.txt"
    try:
        make_folder(folder)
        with open(file, "w", encoding="utf-8", opener=_private) as report:
            report.write("\n".join(lines) + "\n")
    except (OSError, EnvironmentFault):
        return None
    return file

"""Takes a picture of a screen at rest."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.waiting import wait_idle


class Camera:
    """Waits until a screen is at rest, then writes its picture."""

    def __init__(self, window: MainWindow, target: Path, progress: Progress) -> None:
        self._window = window
        self._target = target
        self._progress = progress
        self.files: list[Path] = []

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write the picture of a widget, or of the whole window."""
        self._progress.step(f"Image {name}", len(self.files), 0)
        wait_idle(self._window.runner)
        file = self._target / f"{name}.png"
        if not (widget or self._window).grab().save(str(file)):
            raise EnvironmentFault(f"L’image « {file.name} » n’a pas pu être écrite.", "Vérifiez le dossier choisi.")
        self.files.append(file)

    def settle(self) -> None:
        """Wait until nothing runs."""
        wait_idle(self._window.runner)

"""What a list shows when it has nothing to show: empty, loading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QStackedWidget, QWidget

from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_button, make_icon, make_label


class EmptyState(QWidget):
    """Why there is nothing, and the one thing to do about it."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str,
        action: str = "",
        act: Callable[[], Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = make_label(title, "title", wrap=True)
        self._text = make_label(text, tone="ink2", wrap=True)
        layout = column(self, margins=32, gap=12)
        layout.addStretch(2)
        layout.addWidget(make_icon(theme, icon, "faint", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        self.button = make_button(theme, action or "Continuer", act, kind="primary")
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.setVisible(act is not None)
        layout.addStretch(3)

    def show_texts(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()


class LoadingState(QWidget):
    """Something is being read or computed."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setMaximumWidth(240)
        bar.setAccessibleName(text)
        label = make_label(text, tone="ink2", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = column(self, margins=32, gap=12)
        layout.addStretch(2)
        layout.addWidget(label)
        layout.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class Pile(QStackedWidget):
    """Several faces of one place, shown one at a time, by name."""

    def __init__(self, parent: QWidget | None = None, **faces: QWidget) -> None:
        super().__init__(parent)
        self._faces = faces
        for face in faces.values():
            self.addWidget(face)

    @property
    def face(self) -> str:
        """Name of the face shown."""
        return next(name for name, widget in self._faces.items() if widget is self.currentWidget())

    def show_face(self, name: str) -> None:
        """Show one face."""
        self.setCurrentWidget(self._faces[name])

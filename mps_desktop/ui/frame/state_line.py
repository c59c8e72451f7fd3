"""The bottom line: what was saved, what the figures rest on, what runs."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from mps_desktop.ui.jobs import Job, JobRunner
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.basics import column, make_button, make_icon, make_label, row

_LONG_MS = 300


class StateLine(QFrame):
    """Shows a job only when it lasts, so that nothing flickers.

    Signals:
        cancel_asked: stop what runs.
    """

    cancel_asked = Signal()

    def __init__(self, theme: Theme, runner: JobRunner, catalogue: str = "", fictif: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._runner = runner
        self.setProperty("panel", "state")
        self._icon = make_icon(theme, "lock-line", size=14)
        self.enregistre = make_label("Dossier ouvert", "small")
        self.catalogue = make_label(catalogue, "small")
        self.sauvegarde = make_label(role="small")
        self.travail = make_label(role="small")
        self.avancement = QProgressBar()
        self.avancement.setTextVisible(False)
        self.avancement.setFixedWidth(140)
        self.avancement.setAccessibleName("Avancement")
        self.annuler = make_button(theme, "Annuler", self.cancel_asked.emit, kind="ghost", name="Annuler le travail")
        line = row(self, margins=(20, 2, 12, 2), gap=12)
        line.addWidget(self._icon)
        line.addWidget(self.enregistre)
        if fictif:
            line.addWidget(make_label("Démonstration, élèves inventés", "small", "warning"))
        line.addStretch(1)
        for widget in (self.travail, self.avancement, self.annuler):
            line.addWidget(widget)
        line.addWidget(self.sauvegarde)
        line.addWidget(self.catalogue)
        strut = column()
        strut.addSpacing(theme.px(30))
        line.addLayout(strut)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LONG_MS)
        self._timer.timeout.connect(lambda: self._show_job(True))
        runner.started.connect(self._started)
        runner.progressed.connect(self._progressed)
        runner.idle.connect(self._idle)
        self._show_job(False)

    def show_saved(self, at: str) -> None:
        """Everything is written since that hour ("14:32")."""
        self._theme.set_icon(self._icon, "check-line", "success", 14)
        self.enregistre.setText(f"Enregistré à {at}")

    def show_news(self, text: str) -> None:
        """Something that was done."""
        self._theme.set_icon(self._icon, "check-line", "success", 14)
        self.enregistre.setText(text)

    def show_backup(self, text: str, failed: bool = False) -> None:
        """Age of the last backup, or that it failed."""
        self.sauvegarde.setText("Sauvegarde en échec" if failed else text)
        self.sauvegarde.setProperty("tone", "error" if failed else "")
        self.sauvegarde.style().polish(self.sauvegarde)

    def _started(self, job: Job) -> None:
        if job.label:
            self.travail.setText(job.label)
            if not self._timer.isActive():
                self._timer.start()

    def _progressed(self, label: str, done: int, total: int) -> None:
        self.travail.setText(label)
        self.avancement.setRange(0, total)
        self.avancement.setValue(done)

    def _idle(self) -> None:
        self._timer.stop()
        self._show_job(False)
        self.avancement.setRange(0, 0)

    def _show_job(self, shown: bool) -> None:
        job = self._runner.current
        for widget in (self.travail, self.avancement):
            widget.setVisible(shown)
        self.annuler.setVisible(shown and job is not None and not job.must_run)

"""The window: the opening screen, or one open dossier."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget

from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Message, Messenger, Ton
from mps_desktop.ui.ports import AccueilPort, Outside, SessionPort, SettingsPort
from mps_desktop.ui.screens.ouverture.ouverture_presenter import OuverturePresenter
from mps_desktop.ui.screens.ouverture.ouverture_view import OuvertureView
from mps_desktop.ui.theme import TAILLES, Theme
from mps_desktop.ui.veille import Veille, close_dialogs
from mps_desktop.ui.verrou_systeme import SystemLock
from mps_desktop.ui.workspace import Workspace


class MainWindow(QMainWindow):
    """Opens, locks and closes dossiers; keeps the settings of the appearance.

    Args:
        accueil: use cases of the opening screen.
        settings: what is remembered between two runs.
        theme: the appearance.
        outside: file questions, password opinion, crash reports.
    """

    def __init__(self, accueil: AccueilPort, settings: SettingsPort, theme: Theme, outside: Outside) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._outside = outside
        self._session: SessionPort | None = None
        self.setWindowTitle("MPS Bureau")
        self.resize(1280, 800)
        self.setMinimumSize(720, 480)
        self.runner = JobRunner(self)
        self.messenger = Messenger(outside.report_crash, self)
        self.ouverture_view = OuvertureView(theme)
        self.ouverture = OuverturePresenter(self.ouverture_view, accueil, self.runner, self.messenger, outside)
        self.ouverture.session_opened.connect(self.enter)
        self.messenger.told.connect(self._tell)
        self.workspace: Workspace | None = None
        self.veille = Veille(settings.current.verrouillage_min, self)
        self.veille.expired.connect(self.lock)
        self.systeme = SystemLock(self)
        self.systeme.locked.connect(self.lock)
        self._lost: list[Exception] = []
        self.runner.lost.connect(self._lost.append)
        self.runner.idle.connect(self._tell_lost)
        self.runner.started.connect(lambda _job: self.veille.pause())
        self.runner.idle.connect(self.veille.resume)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.ouverture_view)
        self.setCentralWidget(self._stack)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), lambda: self._zoom(1)),
            (QKeySequence("Ctrl+="), lambda: self._zoom(1)),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), lambda: self._zoom(-1)),
            (QKeySequence("Ctrl+0"), lambda: self._set_taille(TAILLES[0])),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.activated.connect(act)
        self.ouverture.start()

    @property
    def session(self) -> SessionPort | None:
        """The open dossier."""
        return self._session

    def enter(self, session: SessionPort) -> None:
        """Show an open dossier."""
        self._session = session
        workspace = Workspace(
            session,
            self.runner,
            self._theme,
            self.messenger,
            self._outside,
            deplie=self._settings.current.rail_deplie,
            delai_min=self.veille.minutes,
        )
        workspace.lock_asked.connect(self.lock)
        workspace.securite.delai_chosen.connect(self._set_delai)
        workspace.theme_chosen.connect(self._set_theme)
        workspace.taille_chosen.connect(self._set_taille)
        workspace.rail_folded.connect(lambda folded: self._settings.update(rail_deplie=not folded))
        workspace.renew_asked.connect(self.renew)
        workspace.written.connect(lambda folder: self._settings.update(dernier_export=str(folder)))
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        self.setWindowTitle(f"{session.nom} — MPS Bureau")
        self.veille.start()
        self.systeme.start(int(self.winId()))

    def renew(self) -> None:
        """Open the same dossier again on the catalogue now in force: every screen is built anew."""
        workspace, session = self.workspace, self._session
        if workspace is None or session is None:
            return
        workspace.flush()
        self.runner.run(
            lambda _progress: session.renew(),
            lambda renewed: self._renewed(session, renewed),
            self.messenger.fail,
            label="Lecture du nouveau catalogue",
        )

    def _renewed(self, before: SessionPort, after: SessionPort) -> None:
        workspace = self.workspace
        if workspace is None or self._session is not before:
            return  # the dossier was locked meanwhile
        workspace.flush()
        self.runner.mute()
        self._stack.removeWidget(workspace)
        workspace.deleteLater()
        self.enter(after)
        if self.workspace is not None:
            self.workspace.show_screen("donnees")

    def lock(self) -> None:
        """Write what waits, close the dossier, go back to the opening screen."""
        workspace, session = self.workspace, self._session
        if workspace is None or session is None:
            return
        self.veille.stop()
        close_dialogs()
        workspace.flush()
        self.runner.cancel()
        self.runner.mute()
        self.workspace = self._session = None
        place: Path | None = None if session.fictif else session.chemin
        self.runner.run(lambda _progress: session.close(), failed=self.messenger.fail, must_run=True)
        self._stack.setCurrentWidget(self.ouverture_view)
        self._stack.removeWidget(workspace)
        workspace.deleteLater()
        self.setWindowTitle("MPS Bureau")
        self.ouverture.start(place)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt override
        """Nothing is lost: what waits is written, jobs are stopped or awaited, the dossier is closed."""
        if self.workspace is not None:
            self.workspace.flush()
        self.runner.mute()
        if not self.runner.drain():
            self.messenger.tell(
                Ton.ATTENTION,
                "Un enregistrement n’est pas terminé.",
                "La fenêtre reste ouverte pour ne rien perdre. Fermez-la de nouveau dans un instant.",
            )
            event.ignore()
            return
        session, self._session = self._session, None
        if session is not None:
            self.veille.stop()
            self._close(session)
        event.accept()

    def _close(self, session: SessionPort) -> None:
        """Close the dossier in the lane (a backup may take long) while the window goes on being drawn."""
        loop = QEventLoop()
        failures: list[Exception] = []
        self._stack.setEnabled(False)
        label = "Sauvegarde et fermeture du dossier"
        job = self.runner.run(lambda _progress: session.close(), failed=failures.append, label=label, must_run=True)
        job.ended.connect(loop.quit)
        loop.exec()
        for failure in failures:
            told = self.messenger.describe(failure)
            QMessageBox.warning(self, "MPS Bureau", f"{told.texte}\n\n{told.remede}".strip())

    def _set_delai(self, minutes: int) -> None:
        self._settings.update(verrouillage_min=minutes)
        self.veille.set_minutes(minutes)
        self.veille.start()

    def _tell_lost(self) -> None:
        """What was typed last is not in the dossier: said once the screen that comes next is complete."""
        lost, self._lost[:] = list(self._lost), []
        for told in map(self.messenger.describe, lost[-1:]):
            remede = f"{told.texte} {told.remede}".strip()
            self.messenger.tell(Ton.ERREUR, "Votre dernière saisie n’a pas été enregistrée.", remede)

    def _tell(self, message: Message) -> None:
        if self.workspace is None:
            self.ouverture_view.banniere.show_message(message)

    def _set_theme(self, mode: str) -> None:
        self._settings.update(theme=mode)
        self._theme.set(mode=mode)

    def _set_taille(self, taille: int) -> None:
        self._settings.update(taille_texte=taille)
        self._theme.set(taille=taille)

    def _zoom(self, step: int) -> None:
        nearest = min(range(len(TAILLES)), key=lambda i: abs(TAILLES[i] - self._theme.taille))
        self._set_taille(TAILLES[min(max(nearest + step, 0), len(TAILLES) - 1)])

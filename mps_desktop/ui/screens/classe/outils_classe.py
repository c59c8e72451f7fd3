"""What the header of the class opens: the calendar, the spreadsheet of the class over time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import CalendrierVue
from mps_desktop.ui.dialogs.calendrier import CalendrierDialog
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import FilesPort, SessionPort
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.undo import History


class CalendrierController(QObject):
    """Shows the calendar of an open dossier and writes its changes, which can be undone.

    Signals:
        changed: the dates are others.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, session: SessionPort, runner: JobRunner, history: History, messenger: Messenger
    ) -> None:
        super().__init__(history)
        self._theme = theme
        self._session = session
        self._runner = runner
        self._history = history
        self._messenger = messenger

    def open(self, parent: QWidget) -> CalendrierDialog:
        """Show the dialog."""
        dialog = CalendrierDialog(self._theme, self._session.load_calendrier, parent)
        dialog.saved.connect(lambda vue: self._save(dialog, vue))
        dialog.reset_asked.connect(lambda session: self._reset(dialog, session))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _save(self, dialog: CalendrierDialog, vue: CalendrierVue) -> None:
        session = self._session

        def done(ticket: object) -> None:
            self._history.remember_call(
                f"Calendrier {vue.session}",
                lambda: session.save_calendrier(vue),
                lambda: session.put_back_calendrier(vue.session, ticket),
            )
            self._shown(dialog, vue.session)

        self._write(dialog, lambda: session.save_calendrier(vue), done)

    def _reset(self, dialog: CalendrierDialog, year: int) -> None:
        session, before = self._session, dialog.vue

        def done(_nothing: object) -> None:
            self._history.remember_call(
                f"Calendrier {year} d’origine",
                lambda: session.put_back_calendrier(year, None),
                lambda: session.save_calendrier(before),
            )
            self._shown(dialog, year)

        self._write(dialog, lambda: session.put_back_calendrier(year, None), done)

    def _write(self, dialog: CalendrierDialog, work: Callable[[], object], done: Callable[[object], None]) -> None:
        def refused(exc: Exception) -> None:
            message = self._messenger.describe(exc)
            dialog.failed(f"{message.texte} {message.remede}".strip())

        self._runner.run(lambda _progress: work(), done, refused, label="Enregistrement du calendrier", must_run=True)

    def _shown(self, dialog: CalendrierDialog, year: int) -> None:
        dialog.show_session(year)
        self.changed.emit()


def export_suivi(
    session: SessionPort, runner: JobRunner, messenger: Messenger, files: FilesPort, classe: str | None, folder: Path
) -> None:
    """Ask where, write the spreadsheet, tell where it is."""
    name = "".join(c if c.isalnum() or c in "-_" else "_" for c in classe or "classes")
    target = files.choose_tableur(folder / f"suivi_{name}.xlsx")
    if target is None:
        return

    def done(written: Path) -> None:
        messenger.tell(Ton.SUCCES, f"Suivi enregistré{NNBSP}: {written.name}.")

    runner.run(
        lambda _progress: session.export_suivi(classe, target), done, messenger.fail, label="Écriture du tableur"
    )

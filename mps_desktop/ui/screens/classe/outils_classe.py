"""What the header of the class opens: the calendar, the spreadsheet of the class over time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import CalendrierVue
from mps_desktop.ui.dialogs.calendrier import CalendrierDialog
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import Outside, SessionPort
from mps_desktop.ui.screens.classe.classe_presenter import ClassePresenter
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.undo import History


class ClasseTools(QObject):
    """Shows the calendar and writes its changes, which can be undone; writes the spreadsheet of the class.

    Args:
        classe: the class screen, whose header asks for both.

    Signals:
        changed: the dates are others.
    """

    changed = Signal()

    def __init__(
        self,
        classe: ClassePresenter,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        history: History,
        messenger: Messenger,
        outside: Outside,
    ) -> None:
        super().__init__(classe)
        self._classe = classe
        self._theme = theme
        self._session = session
        self._runner = runner
        self._history = history
        self._messenger = messenger
        self._outside = outside
        classe.calendrier_asked.connect(self.open_calendrier)
        classe.tableur_asked.connect(self.export_suivi)
        history.call_done.connect(self.changed)

    def open_calendrier(self) -> CalendrierDialog:
        """Show the dialog of the calendar."""
        dialog = CalendrierDialog(self._theme, self._session.load_calendrier, self._classe.window)
        dialog.saved.connect(lambda vue: self._save(dialog, vue))
        dialog.reset_asked.connect(lambda session: self._reset(dialog, session))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def export_suivi(self) -> None:
        """Ask where, write the spreadsheet, tell where it is."""
        session, classe = self._session, self._classe.classe
        name = "".join(c if c.isalnum() or c in "-_" else "_" for c in classe or "classes")
        target = self._outside.files.choose_tableur(self._outside.documents / f"suivi_{name}.xlsx")
        if target is None:
            return

        def done(written: Path) -> None:
            self._messenger.tell(Ton.SUCCES, f"Suivi enregistré{NNBSP}: {written.name}.")

        self._runner.run(
            lambda _progress: session.export_suivi(classe, target),
            done,
            self._messenger.fail,
            label="Écriture du tableur",
        )

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

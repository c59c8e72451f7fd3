"""Opens the dialogs about hypotheses and spécialités for the student on the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from mps_desktop.ui.dialogs.et_si import EtSiDialog
from mps_desktop.ui.dialogs.simulateur_specialites import SimulateurSpecialitesDialog
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.profil.profil_view import ProfilView
from mps_desktop.ui.screens.suggestions.suggestions_presenter import SuggestionsPresenter
from mps_desktop.ui.theme import Theme


class Hypotheses(QObject):
    """What the buttons « Et si… » and « Simulateur de spécialités » do.

    Args:
        window: the dialogs stand in front of it.
    """

    def __init__(
        self,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        store: EleveStore,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._store = store
        self._window = window

    def connect_screens(self, suggestions: SuggestionsPresenter, profil: ProfilView) -> None:
        """Answer the buttons of the student's tabs."""
        suggestions.et_si_asked.connect(self.show_et_si)
        profil.simulateur.clicked.connect(lambda _checked=False: self.show_simulateur())

    def show_et_si(self) -> EtSiDialog:
        """Another profile; applying it is one change, that Ctrl+Z takes back whole."""
        self._store.flush()
        eleve_id, before = self._store.eleve_id, self._store.profil
        dialog = EtSiDialog(self._theme, self._session, self._runner, self._messenger, (eleve_id, before), self._window)

        def apply() -> None:
            if self._store.eleve_id == eleve_id and self._store.profil == before:
                self._store.edit("et si", "Hypothèse appliquée au profil", dialog.hypothese)

        dialog.accepted.connect(apply)
        self._open(dialog)
        return dialog

    def show_simulateur(self) -> SimulateurSpecialitesDialog:
        """What spécialités open, beginning with those of the student."""
        specialites = self._store.profil.specialites
        dialog = SimulateurSpecialitesDialog(
            self._theme, self._session, self._runner, self._messenger, specialites, self._window
        )
        self._open(dialog)
        return dialog

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

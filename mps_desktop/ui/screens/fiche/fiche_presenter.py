"""Behaviour of a fiche: reading it, following its links, coming back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.fiche_vue import FicheVue, OngletVue, TexteVue
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.fiche.fiche_view import FicheView

_PROFONDEUR = 50


class FichePresenter(QObject):
    """Shows the fiche asked for last; the button Retour walks back through those read before.

    Args:
        key: name of the reading in the lane, one per place that shows fiches.

    Signals:
        shown: (genre, id) of the fiche now on the screen.
        import_asked: the user wants to add official fiches.
    """

    shown = Signal(str, str)
    import_asked = Signal()

    def __init__(
        self, view: FicheView, session: SessionPort, runner: JobRunner, messenger: Messenger, key: str
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._key = key
        self._eleve_id: int | None = None
        self._raisons: dict[str, tuple[str, ...]] = {}
        self._past: list[tuple[str, str]] = []
        self._current: tuple[str, str] | None = None
        view.target_chosen.connect(self.follow)
        view.address_chosen.connect(_open_outside)
        view.import_asked.connect(self.import_asked)
        view.retour.clicked.connect(self.back)
        view.erreur.button.clicked.connect(self.reload)

    @property
    def current(self) -> tuple[str, str] | None:
        """(genre, id) asked for last."""
        return self._current

    def set_eleve(self, eleve_id: int | None, raisons: dict[str, tuple[str, ...]] | None = None) -> None:
        """For whom fiches are told, and why each formation was suggested."""
        self._eleve_id = eleve_id
        self._raisons = raisons or {}

    def open(self, genre: str, code: str) -> None:
        """Show a fiche chosen outside; nothing to come back to."""
        self._past.clear()
        self._load(genre, code)

    def follow(self, genre: str, code: str) -> None:
        """Show a fiche that another one names."""
        if self._current is not None and self._current != (genre, code):
            self._past = [*self._past, self._current][-_PROFONDEUR:]
        self._load(genre, code)

    def back(self) -> None:
        """The fiche read before."""
        if self._past:
            self._load(*self._past.pop())

    def reload(self) -> None:
        """Read it again."""
        if self._current is not None:
            self._load(*self._current)

    def close(self) -> None:
        """No fiche any more."""
        self._current = None
        self._past.clear()
        self._view.pile.show_face("vide")

    def _load(self, genre: str, code: str) -> None:
        self._current = (genre, code)
        self._view.retour.setVisible(bool(self._past))
        if self._view.pile.face != "fiche":
            self._view.pile.show_face("chargement")
        session, eleve_id = self._session, self._eleve_id
        self._runner.run(
            lambda _progress: session.load_fiche(genre, code, eleve_id),
            self._show,
            self._failed,
            key=self._key,
        )

    def _show(self, vue: FicheVue) -> None:
        if (vue.genre, vue.code) != self._current:
            return
        raisons = self._raisons.get(vue.code, ()) if vue.genre == "formation" else ()
        if raisons:
            note = TexteVue("note", "Une affinité ne dit rien des chances d’admission.")
            parts = (*(TexteVue("puce", raison) for raison in raisons), note)
            vue = replace(vue, onglets=(*vue.onglets, OngletVue("Pourquoi", parts)))
        self._view.show_fiche(vue)
        self.shown.emit(vue.genre, vue.code)

    def _failed(self, exc: Exception) -> None:
        self._view.show_failure(str(exc) if isinstance(exc, EnvironmentFault) else "")
        if not isinstance(exc, EnvironmentFault):
            self._messenger.fail(exc)


def _open_outside(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))

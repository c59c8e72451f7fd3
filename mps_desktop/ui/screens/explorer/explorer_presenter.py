"""Behaviour of the Explorer screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import plural
from mps_desktop.services.fiche_vue import Cible
from mps_desktop.services.views import Option
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.explorer.explorer_view import ExplorerView
from mps_desktop.ui.screens.fiche.fiche_presenter import FichePresenter

GENRES = (
    Option("formation", "Formations"),
    Option("metier", "Métiers"),
    Option("etablissement", "Établissements"),
)
_TOUS = ("formation", "metier", "etablissement")
_QUOI = {"formation": "Formation", "metier": "Métier", "etablissement": "Établissement"}
_LIMITE = 60
_MIN_CHARS = 2
_PAUSE_MS = 150


class ExplorerPresenter(QObject):
    """Searches as the user types; before that, offers the domaines.

    Signals:
        import_asked: the user wants to add official fiches.
    """

    import_asked = Signal()

    def __init__(self, view: ExplorerView, session: SessionPort, runner: JobRunner, messenger: Messenger) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._runner = runner
        self.fiche = FichePresenter(view.fiche, session, runner, messenger, "fiche explorer")
        self.fiche.import_asked.connect(self.import_asked)
        self._sommaire: tuple[Option, ...] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.search)
        view.genre.show_options(GENRES)
        view.genre.chosen.connect(lambda _code: self.search())
        view.champ.textEdited.connect(lambda _text: self._timer.start())
        view.champ.textChanged.connect(self._emptied)
        view.champ.returnPressed.connect(self._enter)
        view.resultats.picked.connect(lambda option: self.fiche.open(option.categorie, option.code))
        view.erreur.button.clicked.connect(self.search)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), view.champ)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._go_down)

    def open(self) -> None:
        """The screen is shown."""
        if self._sommaire is None:
            self.search()
        self._view.champ.setFocus()

    def search(self) -> None:
        """Search what is typed, or offer the domaines."""
        self._timer.stop()
        text = self._view.champ.text().strip()
        session = self._session
        if len(text) < _MIN_CHARS:
            self._runner.run(
                lambda _progress: session.sommaire_fiches(), self._show_sommaire, self._failed, key="explorer"
            )
            return
        genre = str(self._view.genre.currentData() or "")
        genres = (genre,) if genre else _TOUS

        def done(found: tuple[Option, ...]) -> None:
            self._show(text, found)

        self._runner.run(lambda _progress: session.search(text, genres, _LIMITE), done, self._failed, key="explorer")

    def _show(self, text: str, found: tuple[Option, ...]) -> None:
        view = self._view
        if view.champ.text().strip() != text:
            return
        view.compte.setText(plural(len(found), "résultat") if len(found) < _LIMITE else f"{_LIMITE} premiers résultats")
        if not found:
            view.aucun.show_texts("Aucun résultat", "Essayez un autre mot, ou une abréviation.")
            view.pile.show_face("aucun")
            return
        view.resultats.show_options([_told(option) for option in found])
        view.resultats.choose(0)
        view.pile.show_face("liste")

    def _show_sommaire(self, cibles: tuple[Cible, ...]) -> None:
        self._sommaire = tuple(Option(c.code, c.libelle, c.genre, c.detail) for c in cibles)
        view = self._view
        view.compte.setText("Par où commencer")
        view.resultats.show_options(self._sommaire)
        view.pile.show_face("liste")

    def _failed(self, exc: Exception) -> None:
        self._view.erreur.show_texts(
            "La recherche n’a pas pu se faire", str(exc) if isinstance(exc, EnvironmentFault) else ""
        )
        self._view.pile.show_face("erreur")

    def _emptied(self, text: str) -> None:
        if not text:
            self.search()

    def _enter(self) -> None:
        """Open the highlighted line, or search at once what was just typed."""
        if self._timer.isActive():
            self.search()
            return
        index = self._view.resultats.currentIndex()
        options = self._view.resultats.options
        if self._view.pile.face == "liste" and options:
            option = options[max(0, index.row())]
            self.fiche.open(option.categorie, option.code)

    def _go_down(self) -> None:
        if self._view.pile.face == "liste":
            self._view.resultats.setFocus()
            if not self._view.resultats.currentIndex().isValid():
                self._view.resultats.choose(0)


def _told(option: Option) -> Option:
    kind = _QUOI.get(option.categorie, "")
    detail = " · ".join(part for part in (kind, option.detail) if part)
    return Option(option.code, option.libelle, option.categorie, detail)

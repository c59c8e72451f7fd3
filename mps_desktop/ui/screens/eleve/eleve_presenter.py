"""Behaviour of the student screen: who is shown, who comes next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from mps_desktop.core.text import NBSP, NNBSP, join_dots, plural
from mps_desktop.services.views import EleveLigne
from mps_desktop.ui.eleve_store import EleveStore, Fiche
from mps_desktop.ui.ports_options import OptionsPort
from mps_desktop.ui.screens.eleve.eleve_view import EleveView
from mps_desktop.ui.screens.profil.profil_presenter import format_note
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.widgets.gauge import completeness_role

_TONS = {1: "info", 2: "warning", 3: "error"}


class ElevePresenter(QObject):
    """Shows the header of the open student and walks through the list he was opened from.

    Signals:
        classe_asked: the user wants to see the class.
    """

    classe_asked = Signal()

    def __init__(self, view: EleveView, theme: Theme, options: OptionsPort, store: EleveStore) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._options = options
        self._store = store
        self._queue: tuple[int, ...] = ()
        store.opening.connect(self._opening)
        store.opened.connect(self._show)
        store.refreshed.connect(self._show_header)
        view.precedent.clicked.connect(lambda: self._walk(-1))
        view.suivant.clicked.connect(lambda: self._walk(1))
        view.vide.button.clicked.connect(self.classe_asked)
        view.tabs.currentChanged.connect(lambda _index: store.flush())
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.activated.connect(lambda step=step: self._walk(step))

    def set_queue(self, lignes: tuple[EleveLigne, ...]) -> None:
        """The students to walk through, in order."""
        self._queue = tuple(ligne.id for ligne in lignes)
        self._show_place()

    def open(self, eleve_id: int) -> None:
        """Show a student."""
        if eleve_id != self._store.eleve_id or self._store.fiche is None:
            self._store.open(eleve_id)

    def open_first(self) -> None:
        """Show the first of the list when nobody is open."""
        if not self._store.eleve_id and self._queue:
            self._store.open(self._queue[0])

    def forget(self) -> None:
        """Nobody is open any more."""
        self._store.close()
        self._view.pile.show_face("vide")

    def _walk(self, step: int) -> None:
        if self._store.eleve_id in self._queue:
            target = self._queue.index(self._store.eleve_id) + step
            if 0 <= target < len(self._queue):
                self._store.open(self._queue[target])

    def _opening(self, _eleve_id: int) -> None:
        if self._view.pile.face == "vide":
            self._view.pile.show_face("chargement")

    def _show(self, fiche: Fiche) -> None:
        self._view.pile.show_face("fiche")
        self._show_header(fiche)
        self._show_place()

    def _show_header(self, fiche: Fiche) -> None:
        view, vue = self._view, fiche.vue
        view.nom.setText(f"{vue.nom} {vue.prenom}")
        view.identite.setText(self._identity(fiche))
        jalon = fiche.equilibre.jalon
        role = "success" if jalon.atteint else "faint"
        self._theme.set_icon(view.icone_jalon, "checkbox-circle-line" if jalon.atteint else "flag-line", role)
        view.jalon.setText("Jalon atteint" if jalon.atteint else f"Jalon{NBSP}: {jalon.fait}/{jalon.attendu}")
        view.jalon.setToolTip("\n".join((jalon.phrase, *jalon.manques)))
        constats = fiche.equilibre.constats
        worst = max((constat.gravite for constat in constats), default=0)
        self._theme.set_icon(
            view.icone_constats, "alert-line" if worst > 1 else "information-line", _TONS.get(worst, "faint")
        )
        view.constats.setText(plural(len(constats), "point à voir", "points à voir") if constats else "Rien à signaler")
        view.constats.setToolTip("\n".join(constat.phrase for constat in constats))
        percent = f"{vue.completude}{NNBSP}%"
        view.completude.setText(f"Profil rempli à {percent}")
        view.jauge.show_share(vue.completude / 100, percent, completeness_role(vue.completude))

    def _identity(self, fiche: Fiche) -> str:
        vue, profil = fiche.vue, fiche.vue.profil
        moyenne = format_note(profil.moyenne)
        parts = (
            vue.classe,
            self._options.libelle(profil.bac) if profil.bac else "bac non renseigné",
            f"{moyenne} de moyenne" if moyenne else "",
            f"né(e) le {vue.naissance}" if vue.naissance else "",
        )
        return join_dots(parts)

    def _show_place(self) -> None:
        view, known = self._view, self._store.eleve_id in self._queue
        place = self._queue.index(self._store.eleve_id) if known else -1
        view.place.setText(f"{place + 1} sur {len(self._queue)}" if known else "")
        view.precedent.setEnabled(known and place > 0)
        view.suivant.setEnabled(known and place < len(self._queue) - 1)

"""Who the students are, from the class and from a student's page: correct, add, erase."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.identite import ApercuEffacement, Controle, EleveEfface, Identite, Rectification
from mps_desktop.ui.dialogs.effacer_eleve import EffacerEleveDialog
from mps_desktop.ui.dialogs.identite import IdentiteDialog
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.classe.classe_presenter import ClassePresenter
from mps_desktop.ui.screens.classe.classe_view import ClasseView
from mps_desktop.ui.screens.eleve.eleve_view import EleveView
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.undo import History

T = TypeVar("T")
CORRIGER, EFFACER, AJOUTER = "Corriger l’identité…", "Effacer cet élève…", "Ajouter un élève…"


class IdentiteTools(QObject):
    """Fills the menus of the class and of the student, and does what they say. Every change can be undone.

    Args:
        classe, vue_classe: the class screen: its table has a context menu, its header a button.
        vue_eleve: the student screen: its header has a menu.
    """

    def __init__(
        self,
        classe: ClassePresenter,
        vue_classe: ClasseView,
        vue_eleve: EleveView,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        store: EleveStore,
        history: History,
        messenger: Messenger,
    ) -> None:
        super().__init__(classe)
        self._classe = classe
        self._table = vue_classe.table
        self._theme = theme
        self._session = session
        self._runner = runner
        self._store = store
        self._history = history
        self._messenger = messenger
        self.dialog: IdentiteDialog | None = None
        self.menu_eleve = self._fill(QMenu(vue_eleve.plus), lambda: (store.eleve_id,) if store.eleve_id else ())
        vue_eleve.plus.setMenu(self.menu_eleve)
        vue_eleve.plus.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_classe = self._fill(QMenu(self._table), classe.selected_ids)
        self.menu_classe.addSeparator()
        self.menu_classe.addAction(AJOUTER, self.add)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._show_menu)
        vue_classe.ajouter.clicked.connect(self.add)

    @property
    def _window(self) -> QWidget:
        return self._classe.window

    def correct(self, eleve_id: int) -> None:
        """Show the form with what is stored."""
        self._store.flush()
        session = self._session
        self._runner.run(
            lambda _progress: (session.identites.lire(eleve_id), session.identites.classes()),
            lambda read: self._open(eleve_id, *read),
            self._messenger.fail,
            label="Lecture de l’identité",
        )

    def add(self) -> None:
        """Show an empty form."""
        self._store.flush()
        session, vue = self._session, self._classe.vue
        shown = vue.classe if vue is not None else ""
        niveau = vue.lignes[0].niveau if vue is not None and vue.lignes else "terminale"
        self._runner.run(
            lambda _progress: session.identites.classes(),
            lambda classes: self._open(0, Identite("", "", shown, niveau), classes),
            self._messenger.fail,
            label="Lecture des classes",
        )

    def erase(self, eleve_id: int) -> None:
        """Say what goes, ask, erase."""
        self._store.flush()
        session = self._session
        self._runner.run(
            lambda _progress: session.identites.apercu(eleve_id),
            lambda apercu: self._ask_erase(eleve_id, apercu),
            self._messenger.fail,
            label="Lecture de ce qui serait effacé",
        )

    def _fill(self, menu: QMenu, chosen: Callable[[], tuple[int, ...]]) -> QMenu:
        """Two actions about the one student chosen; out of reach when there is none, or several."""

        def act(what: Callable[[int], None]) -> None:
            ids = chosen()
            if len(ids) == 1:
                what(ids[0])

        actions: list[QAction] = [
            menu.addAction(CORRIGER, lambda: act(self.correct)),
            menu.addAction(EFFACER, lambda: act(self.erase)),
        ]

        def show_reach() -> None:
            for action in actions:
                action.setEnabled(len(chosen()) == 1)

        menu.setAccessibleName("Identité de l’élève")
        menu.aboutToShow.connect(show_reach)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        index = self._table.indexAt(place)
        if index.isValid() and not self._table.selectionModel().isRowSelected(index.row()):
            self._table.selectRow(index.row())
        self.menu_classe.popup(self._table.viewport().mapToGlobal(place))

    def _open(self, eleve_id: int, identite: Identite, classes: tuple[str, ...]) -> None:
        dialog = IdentiteDialog(self._theme, identite, classes, self._window, nouveau=not eleve_id)
        dialog.submitted.connect(lambda said: self._control(dialog, eleve_id, said))
        dialog.finished.connect(self._closed)
        dialog.setModal(True)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _control(self, dialog: IdentiteDialog, eleve_id: int, said: Identite) -> None:
        if said == dialog.avant:
            dialog.reject()
            return
        session = self._session

        def done(controle: Controle) -> None:
            if self.dialog is not dialog:
                return  # given up meanwhile
            if controle.erreurs or (controle.avertissements and dialog.confirmee != said):
                dialog.show_control(controle)
            elif eleve_id:
                self._correct(dialog, eleve_id, said)
            else:
                self._add(dialog, said)

        self._run(dialog, lambda: session.identites.controler(said, eleve_id), done, "Vérification")

    def _correct(self, dialog: IdentiteDialog, eleve_id: int, said: Identite) -> None:
        identites = self._session.identites

        def done(rectification: Rectification) -> None:
            dialog.accept()
            self._history.remember_call(
                "Identité de l’élève",
                lambda: identites.rectifier(eleve_id, said),
                lambda: identites.revenir(rectification),
            )
            self._history.call_done.emit()

        self._run(dialog, lambda: identites.rectifier(eleve_id, said), done, "Enregistrement de l’identité")

    def _add(self, dialog: IdentiteDialog, said: Identite) -> None:
        identites = self._session.identites

        def done(eleve_id: int) -> None:
            dialog.accept()
            kept: list[EleveEfface] = []
            self._history.remember_call(
                "Élève ajouté",
                lambda: identites.remettre(kept.pop()),
                lambda: kept.append(identites.effacer(eleve_id)),
                liste=True,
            )
            self._history.import_done.emit()
            where = f" en {said.classe.strip()}" if said.classe.strip() else ", sans classe"
            self._messenger.tell(Ton.SUCCES, f"{said.prenom.strip()} {said.nom.strip()} est dans le dossier{where}.")

        self._run(dialog, lambda: identites.ajouter(said), done, "Ajout de l’élève")

    def _run(self, dialog: IdentiteDialog, work: Callable[[], T], done: Callable[[T], None], label: str) -> None:
        def refused(exc: Exception) -> None:
            told = self._messenger.describe(exc)
            dialog.show_failure(f"{told.texte} {told.remede}".strip())

        self._runner.run(lambda _progress: work(), done, refused, label=label, must_run=True)

    def _ask_erase(self, eleve_id: int, apercu: ApercuEffacement) -> None:
        if not EffacerEleveDialog.ask(self._theme, apercu, self._window):
            return
        identites = self._session.identites

        def done(efface: EleveEfface) -> None:
            kept = [efface]
            self._history.remember_call(
                "Élève effacé",
                lambda: kept.append(identites.effacer(eleve_id)),
                lambda: identites.remettre(kept.pop()),
                liste=True,
            )
            self._history.import_done.emit()
            self._messenger.tell(
                Ton.SUCCES, f"L’élève est effacé. Ctrl+Z le ramène{NNBSP}: jusqu’à la fermeture du dossier."
            )

        self._runner.run(
            lambda _progress: identites.effacer(eleve_id),
            done,
            self._messenger.fail,
            label="Effacement de l’élève",
            must_run=True,
        )

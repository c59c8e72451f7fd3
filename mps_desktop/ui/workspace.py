"""One open dossier: frame and screens. Built when it opens, thrown away when it is locked."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mps_desktop.importers.lot import Source
from mps_desktop.services.views import ClasseVue, ResultatImport, VoeuLigne
from mps_desktop.ui.dialogs.ajouter_voeux import AjouterVoeuxDialog
from mps_desktop.ui.dialogs.avis import AvisDialog
from mps_desktop.ui.dialogs.raccourcis import RaccourcisDialog
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.frame.keys import bind_keys
from mps_desktop.ui.frame.layout import lay_out_frame
from mps_desktop.ui.frame.rail import Rail
from mps_desktop.ui.frame.state_line import StateLine
from mps_desktop.ui.frame.top_bar import TopBar
from mps_desktop.ui.hypotheses import Hypotheses
from mps_desktop.ui.identite import IdentiteTools
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Message, Messenger, Ton
from mps_desktop.ui.ports import Outside, SessionPort
from mps_desktop.ui.recherche_globale import known_after
from mps_desktop.ui.recherche_partout import RecherchePartout
from mps_desktop.ui.screens.classe.classe_presenter import ClassePresenter
from mps_desktop.ui.screens.classe.classe_view import ClasseView
from mps_desktop.ui.screens.classe.outils_classe import ClasseTools
from mps_desktop.ui.screens.documents.documents_presenter import DocumentsPresenter
from mps_desktop.ui.screens.documents.documents_view import DocumentsView
from mps_desktop.ui.screens.donnees.donnees_presenter import DonneesPresenter
from mps_desktop.ui.screens.donnees.donnees_view import DonneesView
from mps_desktop.ui.screens.eleve.eleve_presenter import ElevePresenter
from mps_desktop.ui.screens.eleve.eleve_view import EleveView
from mps_desktop.ui.screens.eleve.onglets import ENTRETIENS, EQUILIBRE, PROFIL, PSYEN, SUGGESTIONS
from mps_desktop.ui.screens.entretiens.entretiens_presenter import EntretiensPresenter
from mps_desktop.ui.screens.equilibre.equilibre_presenter import EquilibrePresenter
from mps_desktop.ui.screens.equilibre.equilibre_view import EquilibreView
from mps_desktop.ui.screens.explorer.explorer_presenter import ExplorerPresenter
from mps_desktop.ui.screens.explorer.explorer_view import ExplorerView
from mps_desktop.ui.screens.importer.importer_presenter import ImporterPresenter, describe_import
from mps_desktop.ui.screens.importer.importer_view import ImporterView
from mps_desktop.ui.screens.profil.profil_presenter import ProfilPresenter
from mps_desktop.ui.screens.profil.profil_view import ProfilView
from mps_desktop.ui.screens.psyen.psyen_presenter import PsyenPresenter
from mps_desktop.ui.screens.suggestions.suggestions_presenter import SuggestionsPresenter
from mps_desktop.ui.screens.suggestions.suggestions_view import SuggestionsView
from mps_desktop.ui.securite import Securite
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.undo import History
from mps_desktop.ui.widgets.banner import Banner

__all__ = ["ENTRETIENS", "EQUILIBRE", "PROFIL", "PSYEN", "SUGGESTIONS", "Workspace"]


class Workspace(QWidget):
    """Rail, top bar, screens, state line.

    Args:
        session: the open dossier; closed by whoever opened it.
        deplie: the rail shows its words.
        delai_min: minutes before the automatic lock, for the menu.

    Signals:
        lock_asked: close the dossier.
        theme_chosen, taille_chosen, rail_folded: settings to keep.
        written: folder of the last document.
        renew_asked: use the catalogue now in force.
    """

    lock_asked = Signal()
    theme_chosen = Signal(str)
    taille_chosen = Signal(int)
    rail_folded = Signal(bool)
    written = Signal(object)
    renew_asked = Signal()

    def __init__(
        self,
        session: SessionPort,
        runner: JobRunner,
        theme: Theme,
        messenger: Messenger,
        outside: Outside,
        deplie: bool = True,
        delai_min: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._theme = theme
        self._messenger = messenger
        self._outside = outside
        self._tous: ClasseVue | None = None
        self._fresh = True
        self._importing: ImporterView | None = None
        self.history = History(session, runner, self)
        self.store = EleveStore(session, runner, self.history, self)
        self.hypotheses = Hypotheses(theme, session, runner, messenger, self.store, self)
        self._build_screens()
        self._build_frame(deplie)
        self._connect_screens()
        self._connect_frame()
        self._connect_keys()
        self.securite = Securite(
            self.barre.securite, theme, session, runner, messenger, outside, self.etat, delai_min, self
        )
        self.securite.coffre.purged.connect(self.history.forget)
        self.show_screen("classe")
        self.classe.load(None)
        if session.avertissement:
            self._tell(Message(Ton.ATTENTION, session.avertissement))
        self.securite.start()

    def _build_screens(self) -> None:
        theme, session, runner, messenger = self._theme, self._session, self._runner, self._messenger
        self.classe_view = ClasseView(theme)
        self.classe = ClassePresenter(self.classe_view, session, runner, messenger)
        self.profil_view = ProfilView(theme, session.options)
        self.profil = ProfilPresenter(self.profil_view, session, runner, self.store, messenger)
        self.suggestions_view = SuggestionsView(theme)
        self.suggestions = SuggestionsPresenter(self.suggestions_view, session, runner, self.store, messenger)
        self.equilibre_view = EquilibreView(theme)
        self.equilibre = EquilibrePresenter(
            self.equilibre_view, theme, session, runner, self.store, messenger, self._ask_voeux, self._ask_avis
        )
        self.entretiens = EntretiensPresenter(theme, session, runner, self.store, self.history, messenger)
        self.psyen = PsyenPresenter(theme, session, runner, self.store, self.history, messenger, self._outside)
        self.eleve_view = EleveView(
            theme,
            (
                ("Profil", self.profil_view),
                ("Suggestions", self.suggestions_view),
                ("Vœux et équilibre", self.equilibre_view),
                ("Entretiens", self.entretiens.view),
                ("Notes du psyEN", self.psyen.view),
            ),
        )
        self.eleve = ElevePresenter(self.eleve_view, theme, session.options, self.store)
        self.identite = IdentiteTools(
            self.classe, self.classe_view, self.eleve_view, theme, session, runner, self.store, self.history, messenger
        )
        self.explorer_view = ExplorerView(theme)
        self.explorer = ExplorerPresenter(self.explorer_view, session, runner, messenger)
        self.documents_view = DocumentsView(theme)
        self.documents = DocumentsPresenter(
            self.documents_view, session, runner, messenger, self._outside.files, self._outside.documents
        )
        self.donnees_view = DonneesView(theme)
        self.donnees = DonneesPresenter(self.donnees_view, session, runner, messenger, self._outside.files)
        self._screens = {
            "classe": self.classe_view,
            "eleve": self.eleve_view,
            "explorer": self.explorer_view,
            "documents": self.documents_view,
            "donnees": self.donnees_view,
        }

    def _build_frame(self, deplie: bool) -> None:
        theme = self._theme
        self.rail = Rail(theme, deplie)
        self.barre = TopBar(theme, self._session.nom, self.history.stack)
        self.etat = StateLine(
            theme, self._runner, self._session.sessions or self._outside.catalogue, self._session.fictif
        )
        self.banniere = Banner(theme, (24, 16, 24, 0))
        self.stack = QStackedWidget()
        for screen in self._screens.values():
            self.stack.addWidget(screen)
        lay_out_frame(self, self.barre, self.rail, self.banniere, self.stack, self.etat)

    def _connect_screens(self) -> None:
        self.classe.loaded.connect(self._classe_loaded)
        self.classe.eleve_chosen.connect(self.open_eleve)
        self.classe.import_asked.connect(self.open_import)
        self.outils = ClasseTools(
            self.classe, self._theme, self._session, self._runner, self.history, self._messenger, self._outside
        )
        self.outils.changed.connect(self._dates_changed)
        self.donnees_view.calendrier.clicked.connect(lambda: self.outils.open_calendrier())
        self.equilibre.profil_asked.connect(lambda: self.eleve_view.tabs.setCurrentIndex(PROFIL))
        self.classe.export_asked.connect(self._export)
        self.eleve.classe_asked.connect(lambda: self.show_screen("classe"))
        self.documents.classe_asked.connect(lambda: self.show_screen("classe"))
        self.documents.written.connect(self.written)
        self.donnees.renew_asked.connect(self.renew_asked)
        self.suggestions.profil_asked.connect(lambda: self.eleve_view.tabs.setCurrentIndex(PROFIL))
        self.hypotheses.connect_screens(self.suggestions, self.profil_view)
        self.suggestions.import_asked.connect(self.show_fiches_import)
        self.explorer.import_asked.connect(self.show_fiches_import)
        self.equilibre.suggestions_asked.connect(lambda: self.eleve_view.tabs.setCurrentIndex(SUGGESTIONS))
        self.eleve_view.tabs.currentChanged.connect(lambda _index: self._tell_suggestions())
        self.store.failed.connect(self._messenger.fail)
        self.history.profil_saved.connect(lambda _id: self.etat.show_saved(f"{datetime.now().astimezone():%H:%M}"))
        self.history.import_done.connect(self._import_changed)
        self.history.failed.connect(lambda _exc: self.classe.reload())
        self._messenger.told.connect(self._tell)

    def _connect_frame(self) -> None:
        self.rail.chosen.connect(self.show_screen)
        self.rail.folded.connect(self.rail_folded)
        barre = self.barre
        barre.classe_chosen.connect(self._choose_classe)
        barre.theme_chosen.connect(self.theme_chosen)
        barre.taille_chosen.connect(self.taille_chosen)
        barre.lock_asked.connect(self.lock_asked)
        barre.undo_asked.connect(self.undo)
        barre.redo_asked.connect(self.redo)
        barre.help_asked.connect(self.show_help)
        partout = self.partout = RecherchePartout(
            barre.recherche, self._session, self._runner, self._messenger, self.store, self.profil, self.equilibre
        )
        partout.eleve_chosen.connect(self.open_eleve)
        partout.eleve_shown.connect(lambda: self.show_screen("eleve"))
        partout.tab_shown.connect(self.eleve_view.tabs.setCurrentIndex)
        self.etat.cancel_asked.connect(self._runner.cancel)

    def _connect_keys(self) -> None:
        bind_keys(
            self,
            ("Ctrl+K", self.partout.focus),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl+O", self.open_import),
            ("Ctrl+P", lambda: self.show_screen("documents")),
            ("F1", self.show_help),
            *((f"Ctrl+{n}", lambda name=name: self.show_screen(name)) for n, name in enumerate(self._screens, start=1)),
        )

    def show_screen(self, name: str) -> None:
        """Show a screen; the class is read again when it comes back."""
        self.store.flush()
        if name == "eleve":
            self.eleve.set_queue(self.classe.shown())
            self.eleve.open_first()
        elif self.stack.currentWidget() is self.eleve_view:
            self.classe.reload()
        if name == "donnees":
            self.donnees.load()
        self.stack.setCurrentWidget(self._screens[name])
        self.rail.show_screen(name)
        if name == "explorer":
            self.explorer.open()
        self._tell_suggestions()

    def open_eleve(self, eleve_id: int) -> None:
        """Show a student."""
        self.eleve.set_queue(self.classe.shown())
        self.eleve.open(eleve_id)
        self.show_screen("eleve")

    def open_fiche(self, genre: str, code: str) -> None:
        """Read a fiche without a student."""
        self.show_screen("explorer")
        self.explorer.fiche.open(genre, code)

    def show_fiches_import(self) -> None:
        """Where official fiches are added."""
        self.show_screen("donnees")
        self.donnees_view.importer_fiches.setFocus()

    def open_import(self) -> ImporterView:
        """Open the import dialog."""
        if self._importing is not None:
            return self._importing
        self.store.flush()
        view = ImporterView(self._theme, self)
        presenter = ImporterPresenter(
            view, self._theme, self._session, self._runner, self._messenger, self._outside.files
        )
        presenter.imported.connect(self._imported)
        view.finished.connect(self._import_closed)
        view.setModal(True)
        self._importing = view
        view.open()
        return view

    def undo(self) -> None:
        """Take the last change back."""
        self.store.flush()
        self.history.undo()

    def redo(self) -> None:
        """Make it again."""
        self.store.flush()
        self.history.redo()

    def flush(self) -> None:
        """Write what is waiting for a pause."""
        self.store.flush()

    def show_help(self) -> None:
        """The keys."""
        dialog = RaccourcisDialog(self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_voeux(self, eleve_id: int, formation_id: str, libelle: str) -> tuple[str, ...]:
        return AjouterVoeuxDialog.ask(
            self._theme, self._session, self._runner, self._messenger, eleve_id, formation_id, libelle, self
        )

    def _ask_avis(self, ligne: VoeuLigne, classe: str, auteur: str) -> tuple[str, str] | None:
        return AvisDialog.ask(self._theme, ligne, classe, auteur, self)

    def _dates_changed(self) -> None:
        self.classe.reload()
        if self.stack.currentWidget() is self.eleve_view:
            self.store.reload()

    def _classe_loaded(self, vue: ClasseVue) -> None:
        self._tous = known_after(self._tous, vue)
        self.partout.lignes = self._tous.lignes
        self.barre.show_classes(vue.classes, vue.classe)
        if self._fresh:
            self._fresh = False
            (self.classe_view.table if vue.lignes else self.classe_view.vide.button).setFocus()
        self.documents.show_classe(vue)
        self.eleve.set_queue(self.classe.shown())

    def _choose_classe(self, classe: str) -> None:
        self.store.flush()
        self.classe.load(classe or None)
        if self.stack.currentWidget() is self.eleve_view:
            self.show_screen("classe")

    def _export(self, eleve_ids: tuple[int, ...]) -> None:
        self.documents.choose_students(eleve_ids if len(eleve_ids) > 1 else ())
        self.show_screen("documents")

    def _imported(self, _paths: tuple[Source, ...], _classe: str, resultat: ResultatImport) -> None:
        self.history.remember_import(resultat)
        self.etat.show_news(describe_import(resultat))
        self.securite.refresh()
        self._import_changed()

    def _import_changed(self) -> None:
        self._tous, self.partout.lignes = None, ()
        self.eleve.forget()
        self.show_screen("classe")
        self.classe.load(None)

    def _import_closed(self) -> None:
        view, self._importing = self._importing, None
        if view is not None:
            view.deleteLater()

    def _tell(self, message: Message) -> None:
        self.banniere.show_message(message)

    def _tell_suggestions(self) -> None:
        shown = self.stack.currentWidget() is self.eleve_view and self.eleve_view.tabs.currentIndex() == SUGGESTIONS
        self.suggestions.set_visible(shown)

"""Behaviour of the documents screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem

from mps_desktop.core.text import NNBSP, plural, strip_accents
from mps_desktop.services.views import ClasseVue
from mps_desktop.ui.jobs import Job, JobRunner
from mps_desktop.ui.messages import Message, Messenger, Ton
from mps_desktop.ui.ports import FilesPort, SessionPort
from mps_desktop.ui.screens.documents.documents_view import DocumentsView

_ID_ROLE = Qt.ItemDataRole.UserRole


class DocumentsPresenter(QObject):
    """Chooses students and a file, produces the PDF.

    Args:
        folder: proposed folder of the documents.

    Signals:
        classe_asked: the user wants to see the class.
        written: a document was written, in which folder.
    """

    classe_asked = Signal()
    written = Signal(object)

    def __init__(
        self,
        view: DocumentsView,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        files: FilesPort,
        folder: Path,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._files = files
        self._folder = folder
        self._vue: ClasseVue | None = None
        self._target: Path | None = None
        self._written: Path | None = None
        self._job: Job | None = None
        view.tous.toggled.connect(self._show_choice)
        view.eleves.itemChanged.connect(self._checked)
        view.choisir.clicked.connect(self._choose)
        view.produire.clicked.connect(self.produce)
        view.arreter.clicked.connect(self._stop)
        view.ouvrir.clicked.connect(lambda: self._open(self._written))
        view.ouvrir_lieu.clicked.connect(lambda: self._open(self._written.parent if self._written else None))
        view.vide.button.clicked.connect(self.classe_asked)
        self._show_running(False)

    def show_classe(self, vue: ClasseVue) -> None:
        """Other students can be chosen."""
        view = self._view
        same = self._vue is not None and self._vue.classe == vue.classe
        kept = frozenset(self.checked_ids()) if same else frozenset[int]()
        self._vue = vue
        view.pile.show_face("page" if vue.lignes else "vide")
        view.tous.setText(f"Toute la classe {vue.classe}" if vue.classe else "Toutes les classes")
        view.eleves.blockSignals(True)
        view.eleves.clear()
        for ligne in vue.lignes:
            item = QListWidgetItem(f"{ligne.nom} {ligne.prenom}")
            item.setData(_ID_ROLE, ligne.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ligne.id in kept else Qt.CheckState.Unchecked)
            view.eleves.addItem(item)
        view.eleves.blockSignals(False)
        if not same:
            self._target = None
            view.tous.setChecked(True)
        self._show_choice()

    def choose_students(self, eleve_ids: tuple[int, ...]) -> None:
        """Propose those students; none = the class."""
        view = self._view
        for item in self._items():
            chosen = item.data(_ID_ROLE) in eleve_ids
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        (view.choisis if eleve_ids else view.tous).setChecked(True)
        self._show_choice()

    def checked_ids(self) -> tuple[int, ...]:
        """Students ticked, in the order of the class."""
        return tuple(item.data(_ID_ROLE) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def produce(self) -> None:
        """Write the document."""
        vue = self._vue
        ids = self._ids()
        if vue is None or self._job is not None or ids == ():
            return
        target, classe, session = self._proposed(), vue.classe or None, self._session
        self._view.banniere.hide()
        self._view.resultat.hide()
        self._job = self._runner.run(
            lambda progress: session.export_report(ids, classe, _ready(target), progress),
            self._done,
            self._failed,
            cancelled=self._cancelled,
            label="Production du document",
        )
        self._job.progressed.connect(self._progress)
        self._job.ended.connect(self._ended)
        self._show_running(True)

    def _ids(self) -> tuple[int, ...] | None:
        return None if self._view.tous.isChecked() else self.checked_ids()

    def _items(self) -> tuple[QListWidgetItem, ...]:
        return tuple(self._view.eleves.item(row) for row in range(self._view.eleves.count()))

    def _checked(self, _item: QListWidgetItem) -> None:
        if self.checked_ids():
            self._view.choisis.setChecked(True)
        self._show_choice()

    def _show_choice(self) -> None:
        ids = self._ids()
        view = self._view
        count = len(self._items()) if ids is None else len(ids)
        view.compte.setText(f"{plural(count, 'élève')} dans le document" if count else "Cochez au moins un élève.")
        view.produire.setEnabled(bool(count) and self._job is None)
        view.cible.setText(str(self._proposed()))
        view.cible.setCursorPosition(len(view.cible.text()))

    def _proposed(self) -> Path:
        if self._target is not None:
            return self._target
        name = self._vue.classe if self._vue is not None and self._vue.classe else "classes"
        suffix = "" if self._ids() is None else "_selection"
        return self._folder / f"conseil_{_safe(name)}{suffix}.pdf"

    def _choose(self) -> None:
        chosen = self._files.choose_pdf(self._proposed())
        if chosen is not None:
            self._target = chosen
            self._folder = chosen.parent
            self._show_choice()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _progress(self, label: str, done: int, total: int) -> None:
        self._view.etape.setText(f"{label} ({done} sur {total})" if total else label)
        self._view.avancement.setRange(0, total)
        self._view.avancement.setValue(done)

    def _done(self, path: Path) -> None:
        self._written = path
        view = self._view
        view.fichier.setText(path.name)
        view.lieu.setText(f"Écrit dans {path.parent}")
        view.resultat.show()
        view.ouvrir.setFocus()
        self.written.emit(path.parent)

    def _failed(self, exc: Exception) -> None:
        self._view.banniere.show_message(self._messenger.describe(exc))

    def _cancelled(self) -> None:
        self._view.banniere.show_message(Message(Ton.INFO, "Production interrompue. Aucun fichier n’a été écrit."))

    def _ended(self) -> None:
        self._job = None
        self._show_running(False)
        self._show_choice()

    def _show_running(self, running: bool) -> None:
        view = self._view
        view.produire.setVisible(not running)
        view.arreter.setVisible(running)
        view.avancement.setVisible(running)
        view.avancement.setRange(0, 0)
        view.etape.setVisible(running)

    def _open(self, path: Path | None) -> None:
        if path is not None and not self._files.open(path):
            self._view.banniere.show_message(
                Message(Ton.ATTENTION, "Aucun programme n’a pu l’ouvrir.", f"Le fichier est ici{NNBSP}: {path}")
            )


def _ready(target: Path) -> Path:
    """The target, in a folder that exists (the documents folder is created on first use)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in strip_accents(name)) or "classe"

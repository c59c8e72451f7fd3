"""Behaviour of the import dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mps_desktop.core.text import NNBSP, join_fr, plural
from mps_desktop.services.views import ApercuImport, ResultatImport
from mps_desktop.ui.jobs import Job, JobRunner
from mps_desktop.ui.messages import Message, Messenger, Ton
from mps_desktop.ui.ports import FilesPort, SessionPort
from mps_desktop.ui.screens.importer.importer_view import ImporterView


class ImporterPresenter(QObject):
    """Reads the files, shows the preview, imports in one job.

    Signals:
        imported: paths, class given, ``ResultatImport``.
    """

    imported = Signal(object, str, object)

    def __init__(
        self, view: ImporterView, session: SessionPort, runner: JobRunner, messenger: Messenger, files: FilesPort
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._files = files
        self._paths: tuple[Path, ...] = ()
        self._apercu: ApercuImport | None = None
        self._job: Job | None = None
        view.depot.choisir.clicked.connect(self._choose)
        view.depot.dropped.connect(self.preview)
        view.relire.clicked.connect(lambda: self.preview(self._paths))
        view.classe.returnPressed.connect(lambda: self.preview(self._paths))
        view.classe.textChanged.connect(lambda _text: self._show_buttons())
        view.retour.clicked.connect(self.start_again)
        view.annuler.clicked.connect(view.reject)
        view.importer.clicked.connect(self.confirm)
        view.close_asked.connect(self._close)
        for chip in view.chips.values():
            chip.toggled.connect(self._filter)
        self.start_again()

    def start_again(self) -> None:
        """Back to the drop zone."""
        self._paths, self._apercu = (), None
        self._view.classe.clear()
        self._view.banniere.hide()
        self._view.pile.show_face("depot")
        self._view.depot.choisir.setFocus()
        self._show_buttons()

    def preview(self, paths: tuple[Path, ...]) -> None:
        """Read files and show what importing them would do."""
        if not paths:
            return
        self._paths = paths
        classe = self._view.classe.text().strip()
        self._view.banniere.hide()
        self._view.pile.show_face("lecture")
        session = self._session
        self._job = self._runner.run(
            lambda progress: session.preview_import(paths, classe, progress),
            self._show,
            self._failed,
            cancelled=self.start_again,
            label="Lecture de la liste",
            key="apercu",
        )
        self._follow()

    def confirm(self) -> None:
        """Import what is shown."""
        apercu = self._apercu
        if apercu is None or not self._view.importer.isEnabled():
            return
        paths, classe = self._paths, self._view.classe.text().strip()
        session = self._session

        def done(resultat: ResultatImport) -> None:
            self._job = None
            self.imported.emit(paths, classe, resultat)
            self._view.accept()

        self._job = self._runner.run(
            lambda progress: session.import_roster(paths, classe, progress),
            done,
            self._failed,
            cancelled=self._interrupted,
            label="Import de la liste",
        )
        self._follow()

    def _follow(self) -> None:
        """Progress of the job that runs, in the dialog."""
        view = self._view
        view.avancement.setRange(0, 0)
        view.avancement.show()
        if self._job is not None:
            self._job.progressed.connect(self._progress)
            self._job.ended.connect(self._ended)
        self._show_buttons()

    def _progress(self, label: str, done: int, total: int) -> None:
        self._view.etape.setText(label)
        self._view.avancement.setRange(0, total)
        self._view.avancement.setValue(done)

    def _ended(self) -> None:
        self._job = None
        self._view.avancement.hide()
        self._view.etape.clear()
        self._show_buttons()

    def _show(self, apercu: ApercuImport) -> None:
        view = self._view
        self._apercu = apercu
        view.resume.setText("\n".join(apercu.resume))
        asked = apercu.classe_demandee or bool(view.classe.text().strip())
        view.bloc_classe.setVisible(asked)
        view.non_lu.setText(join_fr(apercu.non_lu))
        view.pli_non_lu.setVisible(bool(apercu.non_lu))
        view.pli_non_lu.show_count(0)
        counts = (apercu.nb_nouveaux, apercu.nb_modifies, apercu.nb_inchanges, apercu.nb_rejetes)
        for chip, count in zip(view.chips.values(), counts, strict=True):
            chip.show_count(count)
            chip.setEnabled(bool(count))
            chip.setChecked(False)
        view.model.show_rows(apercu.lignes)
        view.pile.show_face("apercu")
        (view.classe if apercu.classe_demandee else view.table).setFocus()
        if apercu.nb_rejetes:
            view.banniere.show_message(
                Message(
                    Ton.ATTENTION,
                    f"{plural(apercu.nb_rejetes, 'ligne ne peut', 'lignes ne peuvent')} pas être lue"
                    f"{'s' if apercu.nb_rejetes > 1 else ''}.",
                    f"Le numéro de ligne et la raison sont dans le tableau{NNBSP}; le reste peut être importé.",
                )
            )
        self._show_buttons()

    def _failed(self, exc: Exception) -> None:
        message = self._messenger.describe(exc)
        view = self._view
        view.pile.show_face("apercu" if self._apercu is not None else "depot")
        view.banniere.show_message(message)

    def _interrupted(self) -> None:
        self._view.banniere.show_message(Message(Ton.INFO, "Import interrompu. Rien n’a été écrit."))

    def _filter(self) -> None:
        self._view.proxy.set_etats(frozenset(etat for etat, chip in self._view.chips.items() if chip.isChecked()))

    def _show_buttons(self) -> None:
        view, apercu, running = self._view, self._apercu, self._job is not None
        count = apercu.nb_nouveaux + apercu.nb_modifies if apercu is not None else 0
        needs_classe = apercu is not None and apercu.classe_demandee and not view.classe.text().strip()
        text = f"Importer {plural(count, 'élève')}" if count else "Rien à importer" if apercu else "Importer"
        view.importer.setText(text)
        view.importer.setAccessibleName(text)
        view.importer.setEnabled(bool(count) and not needs_classe and not running)
        view.importer.setVisible(apercu is not None)
        view.retour.setVisible(apercu is not None and not running)
        view.chips["rejete"].setEnabled(apercu is not None and bool(apercu.nb_rejetes))

    def _choose(self) -> None:
        self.preview(self._files.choose_rosters())

    def _close(self) -> None:
        """Give up: first the job that runs, then the dialog."""
        if self._job is not None:
            self._job.cancel()
        else:
            self._view.done(0)

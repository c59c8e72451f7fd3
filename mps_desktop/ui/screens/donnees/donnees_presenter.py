"""Behaviour of the data screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mps_desktop.core.paths import describe_place
from mps_desktop.core.text import NNBSP
from mps_desktop.services.etat_dossier import EtatDisque
from mps_desktop.services.mise_a_jour import BilanMaj, EtatCatalogue
from mps_desktop.ui.jobs import Job, JobRunner
from mps_desktop.ui.messages import Message, Messenger, Ton
from mps_desktop.ui.ports import EtatFichesPort, FilesPort, RapportFichesPort, SessionPort
from mps_desktop.ui.screens.donnees.donnees_view import DonneesView


class DonneesPresenter(QObject):
    """Reads the state when the screen is shown; updates, goes back, imports fiches.

    Signals:
        renew_asked: use the catalogue now in force in this window.
    """

    renew_asked = Signal()

    def __init__(
        self, view: DonneesView, session: SessionPort, runner: JobRunner, messenger: Messenger, files: FilesPort
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._files = files
        self._job: Job | None = None
        self._chemin: Path | None = None
        view.mettre_a_jour.clicked.connect(self._choose)
        view.depot.dropped.connect(self.update)
        view.revenir.clicked.connect(self._revert)
        view.arreter.clicked.connect(self._stop)
        view.appliquer.clicked.connect(self.renew_asked)
        view.importer_fiches.clicked.connect(self._choose_fiches)
        view.retirer_fiches.clicked.connect(self._remove_fiches)
        view.ouvrir_dossier.clicked.connect(self._open_dossier)
        view.carte_fiches.setVisible(session.fiches is not None)
        self._show_running(False)

    def load(self) -> None:
        """Read everything again, off the GUI thread."""
        donnees, fiches, disque = self._session.donnees, self._session.fiches, self._session.etat_disque
        run, failed = self._runner.run, self._failed
        run(lambda _progress: donnees.etat(), self._show_etat, failed, key="état du catalogue")
        run(lambda _progress: disque(), self._show_disque, failed, key="état du dossier")
        if fiches is not None:
            run(lambda _progress: fiches.etat(), self._show_fiches, failed, key="état des fiches")

    def update(self, paths: tuple[Path, ...]) -> None:
        """Update the catalogue from files."""
        if not paths or self._job is not None:
            return
        donnees = self._session.donnees
        self._view.resultat.hide()
        self._start(
            self._runner.run(
                lambda progress: donnees(paths, progress),
                self._updated,
                self._failed,
                cancelled=self._cancelled,
                label="Mise à jour du catalogue",
            )
        )

    def import_fiches(self, paths: tuple[Path, ...]) -> None:
        """Install official fiches."""
        fiches = self._session.fiches
        if not paths or fiches is None or self._job is not None:
            return
        self._start(
            self._runner.run(
                lambda progress: fiches.import_(paths, progress),
                self._fiches_imported,
                self._failed,
                cancelled=self._cancelled,
                label="Import des fiches officielles",
            )
        )

    def _choose(self) -> None:
        self.update(self._files.choose_official())

    def _choose_fiches(self) -> None:
        self.import_fiches(self._files.choose_official())

    def _remove_fiches(self) -> None:
        fiches = self._session.fiches
        if fiches is not None:
            self._runner.run(lambda _progress: fiches.remove(), self._show_fiches, self._failed, must_run=True)

    def _revert(self) -> None:
        donnees = self._session.donnees
        self._view.resultat.hide()
        self._runner.run(lambda _progress: donnees.revenir(), self._reverted, self._failed, must_run=True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _start(self, job: Job) -> None:
        self._view.banniere.hide()
        self._job = job
        job.progressed.connect(self._progress)
        job.ended.connect(self._ended)
        self._show_running(True)

    def _updated(self, bilan: BilanMaj) -> None:
        self._view.show_bilan(bilan)
        self.load()
        self._view.appliquer.setFocus()

    def _reverted(self, etat: EtatCatalogue) -> None:
        self._show_etat(etat)
        self._tell(Message(Ton.SUCCES, "Le catalogue précédent est de nouveau en service.", etat.origine + "."))

    def _fiches_imported(self, rapport: RapportFichesPort) -> None:
        self._show_fiches(rapport.etat)
        self._tell(Message(Ton.SUCCES, "Les fiches officielles sont installées.", " ".join(rapport.ajouts)))

    def _cancelled(self) -> None:
        self._tell(Message(Ton.INFO, "Opération interrompue. Ce qui était en place n’a pas changé."))

    def _failed(self, exc: Exception) -> None:
        self._view.pile.show_face("page")
        self._tell(self._messenger.describe(exc))

    def _tell(self, message: Message) -> None:
        self._view.banniere.show_message(message)
        self._view.zone.ensureWidgetVisible(self._view.banniere)

    def _ended(self) -> None:
        self._job = None
        self._show_running(False)

    def _progress(self, label: str, done: int, total: int) -> None:
        self._view.etape.setText(label)
        if total:
            self._view.avancement.setRange(0, total)
            self._view.avancement.setValue(done)

    def _show_etat(self, etat: EtatCatalogue) -> None:
        view = self._view
        view.pile.show_face("page")
        view.sessions.setText(etat.sessions)
        view.origine.setText(f"{etat.origine}. Taille{NNBSP}: {etat.taille}.")
        view.revenir.setVisible(bool(etat.precedent))
        view.revenir.setToolTip(etat.precedent)
        view.bloc_appliquer.setVisible(etat.a_appliquer)
        view.show_sources(etat.sources)
        view.pli_sources.header.setText(f"D’où viennent les chiffres ({len(etat.sources)} fichiers)")
        if etat.avertissement:
            self._tell(Message(Ton.ATTENTION, etat.avertissement))

    def _show_fiches(self, etat: EtatFichesPort) -> None:
        self._view.show_fiches(etat.phrases)

    def _show_disque(self, etat: EtatDisque) -> None:
        self._chemin = etat.chemin
        self._view.chemin.setText(describe_place(etat.chemin))
        self._view.chemin.setToolTip(str(etat.chemin))
        end = "Démonstration, effacée à la fermeture." if etat.fictif else "Chiffré par votre mot de passe."
        self._view.taille.setText(f"Taille{NNBSP}: {etat.taille}. {end}")

    def _open_dossier(self) -> None:
        if self._chemin is not None and not self._files.open(self._chemin):
            place = describe_place(self._chemin)
            self._tell(Message(Ton.ATTENTION, "Aucun programme n’a pu l’ouvrir.", f"Il est ici{NNBSP}: {place}"))

    def _show_running(self, running: bool) -> None:
        view = self._view
        for button in (view.mettre_a_jour, view.revenir, view.importer_fiches, view.retirer_fiches, view.appliquer):
            button.setEnabled(not running)
        view.arreter.setVisible(running)
        view.avancement.setVisible(running)
        view.avancement.setRange(0, 0)
        view.etape.setVisible(running)

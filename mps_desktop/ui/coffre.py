"""The part of the security menu about the dossier as a whole: carry it elsewhere, erase a year, journal, register."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.journal import LigneJournal
from mps_desktop.services.purge import ApercuPurge, ResultatPurge
from mps_desktop.ui.dialogs.effacer import EffacerDialog
from mps_desktop.ui.dialogs.journal import JournalDialog
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import Outside, SessionPort
from mps_desktop.ui.theme import Theme


class MenuCoffre(QObject):
    """Adds its actions to a menu and does what they say.

    Signals:
        purged: students were erased; nothing done before can be taken back any more.
    """

    purged = Signal()

    def __init__(
        self,
        menu: QMenu,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        outside: Outside,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._outside = outside
        self._window = window
        menu.addSeparator()
        self.exporter = menu.addAction("Exporter le dossier pour un autre ordinateur…", self.export)
        self.effacer = menu.addAction("Effacer une année scolaire…", self.ask_purge)
        self.journal = menu.addAction("Lire le journal…", self.show_journal)
        self.registre = menu.addAction("Fiche du registre des traitements…", self.write_registre)
        for action in (self.exporter, self.effacer):
            action.setEnabled(not session.fictif)

    def export(self) -> None:
        """Write the dossier to one encrypted file."""
        plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in self._session.nom)
        target = self._outside.files.choose_export(self._outside.documents / f"{plain or 'dossier'}.mpsdossier")
        if target is None:
            return
        coffre = self._session.coffre

        def done(written: Path) -> None:
            self._messenger.tell(
                Ton.SUCCES,
                f"Dossier exporté{NNBSP}: {written.name}.",
                "Il s’ouvre avec le mot de passe de ce dossier. Sur l’autre ordinateur, à l’ouverture du programme"
                f"{NNBSP}: «{NNBSP}Importer un dossier exporté{NNBSP}».",
            )

        self._runner.run(
            lambda progress: coffre.exporter(target, progress), done, self._messenger.fail, label="Export du dossier"
        )

    def ask_purge(self) -> None:
        """Show what each year would take, then erase the one that is confirmed."""
        coffre = self._session.coffre
        self._runner.run(lambda _progress: coffre.apercus_purge(), self._choose_year, self._messenger.fail)

    def show_journal(self) -> None:
        """Read the journal."""
        coffre = self._session.coffre
        self._runner.run(lambda _progress: coffre.journal(), self._show_lines, self._messenger.fail)

    def write_registre(self) -> None:
        """Write the entry of the register."""
        target = self._outside.files.choose_pdf(self._outside.documents / "registre-mps-bureau.pdf")
        if target is None:
            return
        coffre = self._session.coffre
        self._runner.run(
            lambda _progress: coffre.registre(target),
            lambda written: self._messenger.tell(Ton.SUCCES, f"Fiche du registre{NNBSP}: {written.name}."),
            self._messenger.fail,
            label="Fiche du registre",
        )

    def _choose_year(self, apercus: tuple[ApercuPurge, ...]) -> None:
        if not apercus:
            self._messenger.tell(Ton.INFO, "Aucune classe de ce dossier n’a d’année scolaire à effacer.")
            return
        said = EffacerDialog.ask(self._theme, apercus, self._window)
        if said is None:
            return
        apercu, sauvegardes = said
        coffre = self._session.coffre
        self._runner.run(
            lambda progress: coffre.purger(apercu, sauvegardes, progress),
            self._purged,
            self._messenger.fail,
            label="Effacement",
            must_run=True,
        )

    def _purged(self, resultat: ResultatPurge) -> None:
        self.purged.emit()
        left = len(resultat.copies)
        still = f" {plural(left, 'sauvegarde')} contiennent encore ces élèves." if left else ""
        self._messenger.tell(
            Ton.SUCCES,
            f"{plural(resultat.eleves, 'élève effacé', 'élèves effacés')}.{still}",
            f"Preuve sans nom{NNBSP}: {resultat.preuve.name}, dans le dossier.",
        )

    def _show_lines(self, lignes: tuple[LigneJournal, ...]) -> None:
        dialog = JournalDialog(self._theme, lignes, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.open()

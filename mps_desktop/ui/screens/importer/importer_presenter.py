"""Behaviour of the import dialog."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from mps_desktop.core.text import NNBSP, join_fr, plural
from mps_desktop.importers.lot import Source, TexteColle
from mps_desktop.services.correspondances import ColonnesInconnues, Correspondance, Inspection
from mps_desktop.services.views import ApercuImport, LigneApercu, ResultatImport
from mps_desktop.ui.dialogs.colonnes import ColonnesDialog
from mps_desktop.ui.dialogs.voeux_lus import VoeuxLusDialog
from mps_desktop.ui.item_models.apercu_model import APERCU_ROLE
from mps_desktop.ui.jobs import Job, JobRunner
from mps_desktop.ui.messages import Message, Messenger, Ton
from mps_desktop.ui.ports import FilesPort, SessionPort
from mps_desktop.ui.screens.importer.importer_view import ImporterView
from mps_desktop.ui.theme import Theme

_RARE = frozenset(("a_confirmer", "absent"))
"""States whose filter is shown only when some line is in them."""


def describe_import(resultat: ResultatImport) -> str:
    """What an import did, in one or two sentences."""
    counted = plural(resultat.nb_ajoutes, "élève ajouté", "élèves ajoutés")
    if resultat.nb_modifies:
        counted += f", {plural(resultat.nb_modifies, 'modifié')}"
    left = len(resultat.voeux_laisses)
    if left:
        counted += f", {plural(left, 'vœu non repris', 'vœux non repris')} (à choisir à l’import suivant)"
    return f"{counted}. Ctrl+Z reprend tout l’import."


class ImporterPresenter(QObject):
    """Reads the files, shows the preview, imports in one job.

    Signals:
        imported: paths, class given, ``ResultatImport``.
    """

    imported = Signal(object, str, object)

    def __init__(
        self,
        view: ImporterView,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        files: FilesPort,
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._files = files
        self._paths: tuple[Source, ...] = ()
        self._memes: frozenset[tuple[str, int]] = frozenset()
        self._apercu: ApercuImport | None = None
        self._job: Job | None = None
        view.depot.choisir.clicked.connect(self._choose)
        view.depot.coller.clicked.connect(self.paste)
        view.depot.dropped.connect(self.preview)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), view.depot).activated.connect(self.paste)
        view.meme.clicked.connect(self.confirm_same)
        view.voeux.clicked.connect(self.show_voeux)
        view.colonnes.clicked.connect(self._correct_columns)
        view.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._show_buttons())
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
        self._paths, self._apercu, self._memes = (), None, frozenset()
        self._view.classe.clear()
        self._view.banniere.hide()
        self._view.pile.show_face("depot")
        self._view.depot.choisir.setFocus()
        self._show_buttons()

    def paste(self) -> None:
        """Read the list that the clipboard holds; it is looked at only now, and written nowhere."""
        self.preview((TexteColle(QGuiApplication.clipboard().text()),))

    def confirm_same(self) -> None:
        """The chosen line is about the stored student whom it looks like."""
        ligne = self._chosen()
        if ligne is not None and ligne.etat == "a_confirmer":
            self._memes |= {(ligne.fichier, ligne.ligne)}
            self.preview(self._paths)

    def show_voeux(self) -> None:
        """What each wish read becomes; choices are kept, then the preview is made again."""
        if self._apercu is None:
            return
        dialog = VoeuxLusDialog(self._theme, self._apercu.voeux, "Appliquer", self._view)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._choose_voeux(dict(dialog.choices)))
        dialog.open()

    def _choose_voeux(self, choices: dict[str, str]) -> None:
        session = self._session
        if choices:
            self._runner.run(
                lambda _progress: session.choose_voeux(choices), lambda _done: self.preview(self._paths), self._failed
            )

    def preview(self, paths: tuple[Source, ...]) -> None:
        """Read files, or pasted text, and show what importing them would do."""
        if not paths:
            return
        if paths != self._paths:
            self._memes = frozenset()
        self._paths, memes = paths, self._memes
        classe = self._view.classe.text().strip()
        self._view.banniere.hide()
        self._view.pile.show_face("lecture")
        session = self._session
        self._job = self._runner.run(
            lambda progress: session.preview_import(paths, classe, progress, memes),
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
        paths, classe, memes = self._paths, self._view.classe.text().strip(), self._memes
        session = self._session

        def done(resultat: ResultatImport) -> None:
            self._job = None
            self.imported.emit(paths, classe, resultat)
            self._view.accept()

        self._job = self._runner.run(
            lambda progress: session.import_roster(paths, classe, progress, memes),
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
        counts = (
            apercu.nb_nouveaux - apercu.nb_a_confirmer, apercu.nb_a_confirmer, apercu.nb_modifies,
            apercu.nb_inchanges, apercu.nb_absents, apercu.nb_rejetes,
        )  # fmt: skip
        for (etat, chip), count in zip(view.chips.items(), counts, strict=True):
            chip.show_count(count)
            chip.setEnabled(bool(count))
            chip.setVisible(bool(count) or etat not in _RARE)
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
        if isinstance(exc, ColonnesInconnues):
            self._ask_columns(exc.inspection)
        message = self._messenger.describe(exc)
        view = self._view
        view.pile.show_face("apercu" if self._apercu is not None else "depot")
        view.banniere.show_message(message)

    def _correct_columns(self) -> None:
        """Show the columns of the only file of this preview, as they were understood."""
        (source,) = self._paths
        session = self._session

        def done(inspection: Inspection | None) -> None:
            if inspection is not None:
                self._ask_columns(inspection)
            else:
                self._view.banniere.show_message(
                    Message(Ton.INFO, "Les colonnes de ce fichier sont fixées par le logiciel qui l’a écrit.")
                )

        self._runner.run(lambda progress: session.inspect_columns(source, progress), done, self._failed, key="colonnes")

    def _ask_columns(self, inspection: Inspection) -> None:
        dialog = ColonnesDialog(self._theme, inspection, self._view)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._remember(dialog.chosen))
        dialog.open()

    def _remember(self, chosen: Correspondance) -> None:
        session = self._session
        self._runner.run(
            lambda _progress: session.remember_columns(chosen), lambda _done: self.preview(self._paths), self._failed
        )

    def _chosen(self) -> LigneApercu | None:
        index = self._view.table.currentIndex()
        return index.data(APERCU_ROLE) if index.isValid() else None

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
        chosen = self._chosen() if apercu is not None and not running else None
        view.detail.setText(chosen.detail if chosen is not None else "")
        view.detail.setVisible(chosen is not None and bool(chosen.detail))
        view.voeux.setVisible(apercu is not None and bool(apercu.voeux))
        view.voeux.setEnabled(not running)
        if apercu is not None and apercu.voeux:
            waiting = sum(voeu.etat in ("doute", "inconnu") for voeu in apercu.voeux)
            label = f"Vœux lus ({waiting} à vérifier)…" if waiting else "Vœux lus…"
            view.voeux.setText(label)
            view.voeux.setAccessibleName(label)
        view.meme.setVisible(apercu is not None and bool(apercu.nb_a_confirmer))
        view.meme.setEnabled(chosen is not None and chosen.etat == "a_confirmer")
        view.colonnes.setVisible(len(self._paths) == 1)
        view.colonnes.setEnabled(not running)
        view.chips["rejete"].setEnabled(apercu is not None and bool(apercu.nb_rejetes))

    def _choose(self) -> None:
        self.preview(self._files.choose_rosters())

    def _close(self) -> None:
        """Give up: first the job that runs, then the dialog."""
        if self._job is not None:
            self._job.cancel()
        else:
            self._view.done(0)

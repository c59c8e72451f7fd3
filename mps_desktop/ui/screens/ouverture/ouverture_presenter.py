"""Behaviour of the opening screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidgetItem

from mps_desktop.core.errors import Cancelled
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP
from mps_desktop.services.dossiers import is_wrong_secret
from mps_desktop.services.maintenance import SauvegardeListee
from mps_desktop.services.views import DossierRecent, Option
from mps_desktop.ui.dialogs.restaurer import RestaurerDialog
from mps_desktop.ui.dialogs.secrets import MotDePasseDialog
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import AccueilPort, Outside, SessionPort
from mps_desktop.ui.screens.ouverture.frein import Frein
from mps_desktop.ui.screens.ouverture.ouverture_view import CREER, OUVRIR, OuvertureView
from mps_desktop.ui.widgets.option_delegate import OPTION_ROLE

_ROLE = Qt.ItemDataRole.UserRole


class OuverturePresenter(QObject):
    """Opens or creates a dossier.

    Signals:
        session_opened: the open dossier.
    """

    session_opened = Signal(object)

    def __init__(
        self, view: OuvertureView, accueil: AccueilPort, runner: JobRunner, messenger: Messenger, outside: Outside
    ) -> None:
        super().__init__(view)
        self._view = view
        self._accueil = accueil
        self._runner = runner
        self._messenger = messenger
        self._outside = outside
        self._chosen: Path | None = None
        self._place: Path | None = None
        view.mode.chosen.connect(self._show_mode)
        view.recents.currentItemChanged.connect(self._pick)
        view.recents.itemActivated.connect(lambda _item: view.mot_de_passe.setFocus())
        view.autre.clicked.connect(self._choose_other)
        view.importer.clicked.connect(self.ask_import)
        view.ouvrir.clicked.connect(self.unlock)
        view.restaurer.clicked.connect(self.ask_restore)
        self.frein = Frein(self)
        self.frein.changed.connect(self._show_buttons)
        view.mot_de_passe.returnPressed.connect(self.unlock)
        view.mot_de_passe.textChanged.connect(lambda _text: self._show_buttons())
        view.nom.textChanged.connect(self._show_place)
        view.changer_lieu.clicked.connect(self._change_place)
        view.nouveau.textChanged.connect(self._show_strength)
        view.confirmation.textChanged.connect(lambda _text: self._show_buttons())
        view.confirmation.returnPressed.connect(self.create)
        view.creer.clicked.connect(self.create)
        view.demo.clicked.connect(self.open_demo)

    def start(self, preferred: Path | None = None) -> None:
        """Show the screen afresh.

        Args:
            preferred: the dossier that has just been locked.
        """
        view = self._view
        view.nom.clear()
        for field in (view.mot_de_passe, view.nouveau, view.confirmation):
            field.forget()
        self._chosen, self._place = preferred, None
        view.banniere.hide()
        view.pile.show_face("formulaire")
        self._show_strength("")
        self._show_place("")
        accueil = self._accueil
        self._runner.run(lambda _progress: accueil.recents(), self._show_recents, self._messenger.fail, key="recents")

    def set_place(self, place: Path) -> None:
        """Create the dossier there."""
        self._place = place
        self._show_place("")

    def unlock(self) -> None:
        """Open the chosen dossier."""
        chosen, password = self._chosen, self._view.mot_de_passe.text()
        if chosen is None or not password or self.frein.secondes:
            return
        accueil = self._accueil
        self._open("Ouverture du dossier", lambda progress: accueil.unlock(chosen, password, progress))

    def ask_restore(self) -> None:
        """Choose a backup of the dossier and put it back."""
        chosen = self._chosen
        if chosen is None:
            return
        accueil = self._accueil
        self._runner.run(lambda _progress: accueil.sauvegardes(chosen), self._choose_backup, self._messenger.fail)

    def _choose_backup(self, listed: tuple[SauvegardeListee, ...]) -> None:
        chosen, accueil = self._chosen, self._accueil
        if chosen is None:
            return
        if not listed:
            self._messenger.tell(Ton.INFO, "Ce dossier n’a aucune sauvegarde à côté de lui.")
            return
        said = RestaurerDialog.ask(self._view.theme, listed, self._view)
        if said is None:
            return
        numero, secret = said
        self._view.pile.show_face("attente")
        self._runner.run(
            lambda progress: accueil.restaurer(chosen, numero, secret, progress),
            self._restored,
            self._failed,
            label="Restauration de la sauvegarde",
            must_run=True,
        )

    def _restored(self, former: Path | None) -> None:
        self._back()
        kept = "L’état remplacé est gardé parmi les sauvegardes." if former else "L’état remplacé ne se lisait plus."
        self._messenger.tell(Ton.SUCCES, "La sauvegarde est en place. Ouvrez le dossier.", kept)

    def ask_import(self) -> None:
        """Choose an exported file and make a dossier of it."""
        source = self._outside.files.choose_exported()
        if source is None:
            return
        dialog = MotDePasseDialog.for_export(self._view.theme, source.stem, self._view)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        secret, _ = dialog.said()
        dialog.deleteLater()
        if not accepted:
            return
        accueil = self._accueil
        self._view.banniere.hide()
        self._view.pile.show_face("attente")
        self._runner.run(
            lambda progress: accueil.importer_dossier(source, source.stem, secret, progress),
            self._imported,
            self._failed,
            label="Import du dossier",
            must_run=True,
        )

    def _imported(self, folder: Path) -> None:
        self.start(folder)
        self._messenger.tell(Ton.SUCCES, f"Le dossier est importé dans {folder}. Ouvrez-le avec son mot de passe.")

    def create(self) -> None:
        """Create a dossier."""
        if not self._view.creer.isEnabled():
            return
        nom, password = self._view.nom.text().strip(), self._view.nouveau.text()
        accueil = self._accueil
        place = self._place or accueil.dossier_par_defaut(nom)
        self._open("Création du dossier", lambda progress: accueil.create(place, nom, password, progress))

    def open_demo(self) -> None:
        """Open the fictitious classes."""
        self._open("Préparation de la démonstration", self._accueil.open_demo)

    def _open(self, label: str, work: Callable[[Progress], SessionPort]) -> None:
        self._view.banniere.hide()
        self._view.pile.show_face("attente")

        def open_or_close(progress: Progress) -> SessionPort:
            session = work(progress)
            if progress.cancelled:  # the window was closed meanwhile: nobody would close the dossier
                session.close()
                raise Cancelled(label)
            return session

        self._runner.run(open_or_close, self._opened, self._failed, cancelled=self._back, label=label)

    def _opened(self, session: SessionPort) -> None:
        self.frein.clear()
        for field in (self._view.mot_de_passe, self._view.nouveau, self._view.confirmation):
            field.forget()
        self.session_opened.emit(session)

    def _failed(self, exc: Exception) -> None:
        self._back()
        self._view.banniere.show_message(self._messenger.describe(exc))
        if is_wrong_secret(exc):  # not a dossier that is open elsewhere, or a disk that is full
            self.frein.failed()
        field = self._view.mot_de_passe if self._view.mode.code == OUVRIR else self._view.nouveau
        field.setFocus()
        field.selectAll()

    def _back(self) -> None:
        self._view.pile.show_face("formulaire")

    def _show_recents(self, recents: tuple[DossierRecent, ...]) -> None:
        view = self._view
        view.recents.clear()
        for recent in recents:
            text = recent.nom if recent.existe else f"{recent.nom} (introuvable)"
            item = QListWidgetItem(text)
            item.setData(_ROLE, recent)
            item.setData(OPTION_ROLE, Option(recent.chemin, text, detail=recent.chemin))
            item.setToolTip(recent.chemin)
            view.recents.addItem(item)
        view.recents.setVisible(bool(recents))
        view.aucun_recent.setVisible(not recents)
        preferred = next((i for i, r in enumerate(recents) if self._chosen == Path(r.chemin)), 0)
        if recents:
            view.recents.setCurrentRow(preferred)
        self._show_mode(OUVRIR if recents or self._chosen is not None else CREER)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            recent: DossierRecent = item.data(_ROLE)
            self._choose(Path(recent.chemin), recent.nom)

    def _choose_other(self) -> None:
        chosen = self._outside.files.choose_dossier()
        if chosen is not None:
            self._view.recents.setCurrentRow(-1)
            self._choose(chosen, chosen.name)

    def _choose(self, chosen: Path, nom: str) -> None:
        self._chosen = chosen
        self._view.nom_choisi.setText(nom)
        self._view.chemin_choisi.setText(str(chosen))
        self._view.banniere.hide()
        self._show_mode(OUVRIR)

    def _show_mode(self, mode: str) -> None:
        view = self._view
        view.mode.show_code(mode)
        view.formes.show_face(mode)
        if mode == OUVRIR and self._chosen is None:
            view.nom_choisi.setText("Choisissez un dossier")
            view.chemin_choisi.setText(f"Dans la liste, ou avec «{NNBSP}Ouvrir un autre dossier{NNBSP}».")
        view.mot_de_passe.setEnabled(self._chosen is not None)
        self._show_buttons()
        if view.isVisible():
            (view.mot_de_passe if mode == OUVRIR else view.nom).setFocus()

    def _show_place(self, _nom: str) -> None:
        nom = self._view.nom.text().strip()
        place = self._place or (self._accueil.dossier_par_defaut(nom) if nom else None)
        self._view.lieu.setText(f"Dans {place}" if place else "Le dossier sera créé sur cet ordinateur.")
        self._show_buttons()

    def _change_place(self) -> None:
        proposed = self._accueil.dossier_par_defaut(self._view.nom.text().strip() or "dossier")
        chosen = self._outside.files.choose_place(proposed)
        if chosen is not None:
            self.set_place(chosen)

    def _show_strength(self, text: str) -> None:
        level, sentence = self._outside.password_opinion(text)
        self._view.solidite.show_level(level, sentence)
        self._view.avis.setText(sentence if text else "Quatre mots sans rapport entre eux font un bon mot de passe.")
        self._show_buttons()

    def _show_buttons(self) -> None:
        view = self._view
        wait = self.frein.secondes
        view.ouvrir.setEnabled(self._chosen is not None and bool(view.mot_de_passe.text()) and not wait)
        view.attente_essai.setText(f"Trop d’essais. Nouvel essai possible dans {wait}{NNBSP}s." if wait else "")
        view.attente_essai.setVisible(bool(wait))
        view.restaurer.setEnabled(self._chosen is not None and not wait)  # it asks for the same password
        second, first = view.confirmation.text(), view.nouveau.text()
        differs = bool(second) and not first.startswith(second)
        view.ecart.setText("Les deux mots de passe diffèrent." if differs else "")
        view.ecart.setVisible(differs)
        view.creer.setEnabled(bool(view.nom.text().strip()) and view.solidite.level > 0 and first == second)

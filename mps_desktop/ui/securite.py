"""The security menu of an open dossier: backups, password, recovery key, automatic lock."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDialog, QMenu, QToolButton, QWidget

from mps_desktop.core.text import NNBSP
from mps_desktop.services.garde import EtatGarde
from mps_desktop.ui.coffre import MenuCoffre
from mps_desktop.ui.dialogs.secrets import CleSecoursDialog, MotDePasseDialog
from mps_desktop.ui.frame.state_line import StateLine
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import Outside, SessionPort
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.veille import DELAIS

PURGER = (
    f"Pour les effacer{NNBSP}: le bouton au bouclier, «{NNBSP}Effacer une année scolaire{NNBSP}», avec un aperçu "
    "et une preuve sans nom."
)


class Securite(QObject):
    """Fills the menu and does what it says.

    Signals:
        delai_chosen: minutes before the automatic lock, 0 = never.
    """

    delai_chosen = Signal(int)

    def __init__(
        self,
        bouton: QToolButton,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        outside: Outside,
        etat: StateLine,
        delai: int,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._outside = outside
        self._etat = etat
        self._window = parent
        menu = QMenu(bouton)
        menu.setAccessibleName("Sécurité du dossier")
        self.sauvegarder = menu.addAction("Sauvegarder maintenant", self.back_up)
        self.mot_de_passe = menu.addAction("Changer le mot de passe…", self.ask_password)
        self.cle = menu.addAction("Refaire la clé de secours…", self.ask_key)
        for action in (self.sauvegarder, self.mot_de_passe, self.cle):
            action.setEnabled(not session.fictif)
        after = menu.addMenu("Verrouiller sans activité")
        group = QActionGroup(after)
        self.delais: dict[int, QAction] = {}
        for minutes in DELAIS:
            action = after.addAction(f"Après {minutes}{NNBSP}minutes" if minutes else "Jamais")
            action.setCheckable(True)
            action.setChecked(minutes == delai)
            action.triggered.connect(lambda _checked=False, minutes=minutes: self.delai_chosen.emit(minutes))
            group.addAction(action)
            self.delais[minutes] = action
        self.coffre = MenuCoffre(menu, theme, session, runner, messenger, outside, parent)
        bouton.setMenu(menu)
        bouton.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def start(self) -> None:
        """The dossier is open: back up at the first opening of the day, show the key of a new dossier."""
        session = self._session
        self._runner.run(
            session.sauvegarde_du_jour,
            self._first_state,
            self._messenger.fail,
            label="Sauvegarde du jour",
            must_run=True,
        )
        cle = session.prendre_cle_secours()
        if cle:
            self._show_key(cle)

    def refresh(self) -> None:
        """Say again how old the last backup is."""
        session = self._session
        self._runner.run(lambda _progress: session.etat_garde(), self.show_state, self._messenger.fail, key="garde")

    def back_up(self) -> None:
        """Back up now."""
        self._runner.run(
            self._session.sauvegarder, self.show_state, self._messenger.fail, label="Sauvegarde", must_run=True
        )

    def show_state(self, garde: EtatGarde) -> None:
        """Show the age of the last backup; a failure is told, and work goes on."""
        self._etat.show_backup(garde.sauvegarde, failed=bool(garde.alerte))
        if garde.alerte:
            self._messenger.tell(Ton.ATTENTION, garde.alerte, garde.remede)

    def ask_password(self) -> None:
        """Change the password."""
        dialog = MotDePasseDialog(self._theme, self._outside.password_opinion, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        actuel, nouveau = dialog.said()
        dialog.deleteLater()
        if not accepted:
            return
        session = self._session
        self._runner.run(
            lambda _progress: session.changer_mot_de_passe(actuel, nouveau),
            lambda _none: self._messenger.tell(Ton.SUCCES, "Le mot de passe est changé."),
            self._messenger.fail,
            label="Changement du mot de passe",
            must_run=True,
        )

    def ask_key(self) -> None:
        """Make a new recovery key, with the present password."""
        dialog = MotDePasseDialog.for_secret(self._theme, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        secret, _ = dialog.said()
        dialog.deleteLater()
        if not accepted:
            return
        session = self._session
        self._runner.run(
            lambda _progress: session.nouvelle_cle_secours(secret),
            self._show_key,
            self._messenger.fail,
            label="Nouvelle clé de secours",
            must_run=True,
        )

    def _first_state(self, garde: EtatGarde) -> None:
        self.show_state(garde)
        if garde.emplacement and not garde.alerte:
            self._messenger.tell(Ton.ATTENTION, garde.emplacement)
        elif garde.rappel and not garde.alerte:
            self._messenger.tell(Ton.INFO, garde.rappel, PURGER)

    def _show_key(self, cle: str) -> None:
        dialog = CleSecoursDialog(self._theme, cle, lambda: self._print(cle), self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.open()

    def _print(self, cle: str) -> bool:
        target: Path | None = self._outside.files.choose_pdf(self._outside.documents / "cle-de-secours.pdf")
        if target is None:
            return False
        session = self._session
        self._runner.run(
            lambda _progress: session.imprimer_cle(cle, target), None, self._messenger.fail, label="Feuille à imprimer"
        )
        return True

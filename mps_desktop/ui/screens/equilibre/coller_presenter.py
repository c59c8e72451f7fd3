"""Wishes copied from a candidate's screen of Parcoursup, into the selection of the open student."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from mps_desktop.core.text import NNBSP
from mps_desktop.importers.lot import TexteColle
from mps_desktop.services.views import ProfilRecord, VoeuApercu
from mps_desktop.ui.dialogs.voeux_lus import VoeuxLusDialog
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.theme import Theme


class CollerPresenter(QObject):
    """Reads the clipboard when the button is pressed, shows what each wish becomes, then adds them in one change.

    Args:
        button: « Coller les vœux ».
    """

    def __init__(
        self,
        button: QPushButton,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        store: EleveStore,
        messenger: Messenger,
    ) -> None:
        super().__init__(button)
        self._button = button
        self._theme = theme
        self._session = session
        self._runner = runner
        self._store = store
        self._messenger = messenger
        button.clicked.connect(self.paste)

    def paste(self) -> None:
        """Read the wishes that the clipboard holds; it is looked at only now, and written nowhere."""
        source, session, eleve_id = TexteColle(QGuiApplication.clipboard().text()), self._session, self._store.eleve_id
        self._runner.run(
            lambda progress: session.read_voeux(source, progress),
            lambda voeux: self._show(eleve_id, voeux),
            self._messenger.fail,
            label="Lecture des vœux",
            key="voeux collés",
        )

    def _show(self, eleve_id: int, voeux: tuple[VoeuApercu, ...]) -> None:
        if eleve_id != self._store.eleve_id:  # nothing was chosen yet, and the clipboard still holds them
            return
        dialog = VoeuxLusDialog(self._theme, voeux, "Ajouter ces vœux", self._button.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._add(eleve_id, voeux, dict(dialog.choices)))
        dialog.open()

    def _add(self, eleve_id: int, voeux: tuple[VoeuApercu, ...], choices: dict[str, str]) -> None:
        session, profil = self._session, self._store.profil
        cles = tuple(voeu.cle for voeu in voeux)

        def work() -> ProfilRecord:
            if choices:
                session.choose_voeux(choices)
            return session.add_voeux(profil, cles)

        def done(filled: ProfilRecord) -> None:
            if eleve_id == self._store.eleve_id and self._store.profil == profil:
                self._store.edit("favoris", "Vœux collés", filled)
            else:
                self._messenger.tell(
                    Ton.ATTENTION,
                    f"Les vœux collés n’ont pas été ajoutés{NNBSP}: la page de l’élève a changé entre-temps.",
                    "Revenez à l’élève et collez-les de nouveau.",
                )

        self._runner.run(lambda _progress: work(), done, self._messenger.fail, label="Ajout des vœux")

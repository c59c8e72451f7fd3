"""Behaviour of the search of the top bar: asks everywhere, then opens or adds what was picked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from mps_desktop.core.text import NNBSP, fold
from mps_desktop.services.views import EleveLigne, Option
from mps_desktop.ui.eleve_store import EleveStore
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger, Ton
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.recherche_globale import GENRES, NOMBRE, describe_place, eleves_named, grouped, titles
from mps_desktop.ui.screens.eleve.onglets import EQUILIBRE, PROFIL
from mps_desktop.ui.screens.equilibre.equilibre_presenter import EquilibrePresenter
from mps_desktop.ui.screens.profil.profil_presenter import ProfilPresenter
from mps_desktop.ui.widgets.search_field import SearchField


class RecherchePartout(QObject):
    """Answers the field of the top bar.

    Attributes:
        lignes: the students that can be found by name.

    Signals:
        eleve_chosen: id of the student to open.
        eleve_shown: show the student who is open.
        tab_shown: tab of the student to show.
    """

    eleve_chosen = Signal(int)
    eleve_shown = Signal()
    tab_shown = Signal(int)

    def __init__(
        self,
        champ: SearchField,
        session: SessionPort,
        runner: JobRunner,
        messenger: Messenger,
        store: EleveStore,
        profil: ProfilPresenter,
        equilibre: EquilibrePresenter,
    ) -> None:
        super().__init__(champ)
        self._champ = champ
        self._session = session
        self._runner = runner
        self._messenger = messenger
        self._store = store
        self._profil = profil
        self._equilibre = equilibre
        self.lignes: tuple[EleveLigne, ...] = ()
        champ.asked.connect(self._search)
        champ.picked.connect(self._picked)

    def focus(self) -> None:
        """Go to the field."""
        self._champ.setFocus()
        self._champ.selectAll()

    def _search(self, text: str) -> None:
        """Students of the dossier first, then what can be added to the open student."""
        session, eleve_id, lignes = self._session, self._store.eleve_id, self.lignes

        def done(found: tuple[Option, ...]) -> None:
            eleve = f"{fiche.vue.prenom} {fiche.vue.nom}" if (fiche := self._store.fiche) is not None else ""
            shown = (*eleves_named(fold(text).split(), lignes), *grouped(found))
            self._champ.show_answers(text, shown, titles(eleve))

        self._runner.run(
            lambda _progress: session.search(text, GENRES, NOMBRE, eleve_id),
            done, self._messenger.fail, key="recherche globale",
        )  # fmt: skip

    def _picked(self, option: Option) -> None:
        if option.categorie == "eleve":
            self.eleve_chosen.emit(int(option.code))
        elif option.categorie in {"etablissement", "lycee"}:
            self._messenger.tell(Ton.INFO, describe_place(option))
        elif self._store.fiche is None:
            self._messenger.tell(
                Ton.INFO, f"Ouvrez d’abord un élève pour lui ajouter «{NNBSP}{option.libelle}{NNBSP}»."
            )
        elif option.categorie == "voeu":
            self._add_voeu(option.code)
        else:
            self._add(option)

    def _add_voeu(self, voeu_id: str) -> None:
        session, eleve_id = self._session, self._store.eleve_id

        def done(formation_id: str) -> None:
            if self._store.eleve_id == eleve_id:
                self.eleve_shown.emit()
                self._equilibre.add_voeu(formation_id, voeu_id)
                self.tab_shown.emit(EQUILIBRE)

        self._runner.run(lambda _progress: session.formation_of(voeu_id), done, self._messenger.fail, key="vœu trouvé")

    def _add(self, option: Option) -> None:
        self.eleve_shown.emit()
        if option.categorie == "formation":
            self._equilibre.add_formation(option.code)
            self.tab_shown.emit(EQUILIBRE)
            return
        self.tab_shown.emit(PROFIL)
        self._profil.add(option.categorie, option.code)

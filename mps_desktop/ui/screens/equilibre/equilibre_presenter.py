"""Behaviour of the wishes and balance tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from mps_desktop.services.views import FavoriLigne, FavoriRecord, Option, ProfilRecord
from mps_desktop.ui.eleve_store import EleveStore, Fiche
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.equilibre.equilibre_view import EquilibreView
from mps_desktop.ui.screens.equilibre.favori_card import FavoriCard
from mps_desktop.ui.theme import Theme

# Asks which vœux to add: student, formation id, its label -> ids chosen.
AskVoeux = Callable[[int, str, str], tuple[str, ...]]


class EquilibrePresenter(QObject):
    """Shows the selection and its balance; every change goes through the store.

    Args:
        ask_voeux: opens the dialog of the vœux that could be added.

    Signals:
        suggestions_asked: nothing is kept yet.
    """

    suggestions_asked = Signal()

    def __init__(
        self,
        view: EquilibreView,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        store: EleveStore,
        messenger: Messenger,
        ask_voeux: AskVoeux,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._session = session
        self._runner = runner
        self._store = store
        self._messenger = messenger
        self._ask_voeux = ask_voeux
        store.opened.connect(self._open)
        store.refreshed.connect(self._show)
        store.profil_changed.connect(self._show_notes)
        view.vide.button.clicked.connect(self.suggestions_asked)
        view.recherche.asked.connect(self._search)
        view.recherche.picked.connect(self._pick)

    def add_formation(self, code: str) -> None:
        """Put a formation in the selection, first."""
        profil = self._store.profil
        if all(favori.formation_id != code for favori in profil.favoris):
            corbeille = tuple(hidden for hidden in profil.corbeille if hidden != code)
            self._edit(
                "Ajout d’une formation",
                replace(profil, favoris=(FavoriRecord(code), *profil.favoris), corbeille=corbeille),
            )

    def add_voeu(self, code: str, voeu_id: str) -> None:
        """Put one vœu in the selection, with its formation when it is not there yet: one change, undone at once."""
        profil = self._store.profil
        known = next((favori for favori in profil.favoris if favori.formation_id == code), FavoriRecord(code))
        if voeu_id not in known.voeux:
            others = tuple(favori for favori in profil.favoris if favori.formation_id != code)
            corbeille = tuple(hidden for hidden in profil.corbeille if hidden != code)
            chosen = replace(known, voeux=(*known.voeux, voeu_id))
            self._edit("Ajout d’un vœu", replace(profil, favoris=(chosen, *others), corbeille=corbeille))

    def add_voeux(self, code: str, libelle: str) -> None:
        """Ask which vœux of a formation to add, then add them."""
        chosen = self._ask_voeux(self._store.eleve_id, code, libelle)
        if chosen:
            self._change(
                code, "Ajout de vœux", lambda f: replace(f, voeux=(*f.voeux, *(v for v in chosen if v not in f.voeux)))
            )

    def _open(self, fiche: Fiche) -> None:
        self._view.area.verticalScrollBar().setValue(0)
        self._show(fiche)

    def _show(self, fiche: Fiche) -> None:
        self._view.show_favoris(fiche.equilibre.favoris, self._card)
        self._view.show_diagnosis(fiche.equilibre)

    def _card(self, favori: FavoriLigne) -> FavoriCard:
        card = FavoriCard(self._theme, favori)
        code, libelle = card.favori.formation_id, card.favori.libelle
        card.declared.connect(
            lambda declared: self._change(
                code, "Classe déclarée", lambda f: replace(f, niveau_ambition=int(declared or 0))
            )
        )
        card.noted.connect(lambda note: self._note(code, note))
        card.add_asked.connect(lambda: self.add_voeux(code, libelle))
        card.removed.connect(lambda: self._remove(code))
        card.voeu_classed.connect(lambda voeu, classe: self._classify(code, voeu, classe))
        card.voeu_removed.connect(lambda voeu: self._remove_voeu(code, voeu))
        return card

    def _show_notes(self, profil: ProfilRecord) -> None:
        for favori in profil.favoris:
            card = self._view.cards.get(favori.formation_id)
            if card is not None:
                card.show_note(favori.note)

    def _note(self, code: str, note: str) -> None:
        profil = self._store.profil
        kept = tuple(replace(f, note=note) if f.formation_id == code else f for f in profil.favoris)
        self._store.edit(f"note {code}", "Note", replace(profil, favoris=kept), typed=True)

    def _classify(self, code: str, voeu: str, classe: str) -> None:
        def change(favori: FavoriRecord) -> FavoriRecord:
            stated = {known: value for known, value in favori.classes_enseignant.items() if known != voeu}
            return replace(favori, classes_enseignant=stated | ({voeu: classe} if classe else {}))

        self._change(code, "Avis de l’enseignant", change)

    def _remove_voeu(self, code: str, voeu: str) -> None:
        def change(favori: FavoriRecord) -> FavoriRecord:
            stated = {known: value for known, value in favori.classes_enseignant.items() if known != voeu}
            return replace(favori, voeux=tuple(v for v in favori.voeux if v != voeu), classes_enseignant=stated)

        self._change(code, "Retrait d’un vœu", change)

    def _remove(self, code: str) -> None:
        profil = self._store.profil
        kept = tuple(favori for favori in profil.favoris if favori.formation_id != code)
        self._edit("Retrait d’une formation", replace(profil, favoris=kept))

    def _change(self, code: str, libelle: str, change: Callable[[FavoriRecord], FavoriRecord]) -> None:
        profil = self._store.profil
        kept = tuple(change(f) if f.formation_id == code else f for f in profil.favoris)
        self._edit(libelle, replace(profil, favoris=kept))

    def _edit(self, libelle: str, profil: ProfilRecord) -> None:
        self._store.edit("favoris", libelle, profil)

    def _search(self, text: str) -> None:
        session, view, eleve_id = self._session, self._view, self._store.eleve_id

        def done(options: tuple[Option, ...]) -> None:
            kept = {favori.formation_id for favori in self._store.profil.favoris}
            view.recherche.show_answers(text, [option for option in options if option.code not in kept])

        self._runner.run(
            lambda _progress: session.search(text, ("formation",), 20, eleve_id),
            done,
            self._messenger.fail,
            key="recherche formation",
        )

    def _pick(self, option: Option) -> None:
        self.add_formation(option.code)

"""Behaviour of the suggestions tab."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from mps_desktop.services.views import FavoriRecord, Option, ProfilRecord, SuggestionsVue
from mps_desktop.ui.eleve_store import EleveStore, Fiche
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Message, Messenger, Ton
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.fiche.fiche_presenter import FichePresenter
from mps_desktop.ui.screens.suggestions.suggestions_view import SuggestionsView

_LIMITE = 30


class SuggestionsPresenter(QObject):
    """Computes when the tab is looked at, never moves a card under the pointer afterwards.

    Signals:
        profil_asked: there is nothing to suggest from, the profile has to be filled.
        import_asked: the user wants to add official fiches.
    """

    profil_asked = Signal()
    import_asked = Signal()

    def __init__(
        self,
        view: SuggestionsView,
        session: SessionPort,
        runner: JobRunner,
        store: EleveStore,
        messenger: Messenger,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._runner = runner
        self._store = store
        self._messenger = messenger
        self._visible = False
        self._computed: tuple[int, ProfilRecord] | None = None
        store.opened.connect(self._opened)
        store.profil_changed.connect(self._profil_changed)
        view.vide.button.clicked.connect(self.profil_asked)
        self.fiche = FichePresenter(view.fiche, session, runner, messenger, "fiche suggestions")
        self.fiche.import_asked.connect(self.import_asked)
        self.fiche.shown.connect(lambda genre, code: view.mark(code if genre == "formation" else ""))

    def set_visible(self, visible: bool) -> None:
        """The tab is shown, or another one is."""
        self._visible = visible
        if visible:
            self._compute_if_needed()

    def compute(self) -> None:
        """Compute from the profile as it is now."""
        store = self._store
        if store.fiche is None:
            return
        store.flush()
        eleve_id, profil = store.eleve_id, store.profil
        self._computed = (eleve_id, profil)
        self._view.perime.hide()
        self._view.pile.show_face("chargement")
        session = self._session
        self._runner.run(
            lambda _progress: session.compute_suggestions(eleve_id, _LIMITE),
            self._show,
            self._failed,
            label="Calcul des suggestions",
            key="suggestions",
        )

    def _opened(self, _fiche: Fiche) -> None:
        self._computed = None
        self._view.perime.hide()
        self._view.close_fiche()
        if self._visible:
            self.compute()

    def _compute_if_needed(self) -> None:
        if self._computed != (self._store.eleve_id, self._store.profil):
            self.compute()

    def _show(self, vue: SuggestionsVue) -> None:
        if vue.eleve_id != self._store.eleve_id:
            return
        if not vue.lignes and not self._store.profil.corbeille:
            self._view.vide.show_texts("Pas encore de suggestion", vue.message)
            self._view.pile.show_face("vide")
            return
        self._view.show_cards(vue.lignes)
        for code, card in self._view.cards.items():
            card.kept.connect(self._keep)
            card.dropped.connect(self._drop)
            card.hidden.connect(self._hide)
            card.opened.connect(self._read)
            card.show_etat("favori" if code in self._kept() else "")
        self._show_hidden()
        self._view.pile.show_face("liste")
        self.fiche.set_eleve(vue.eleve_id, {ligne.formation_id: ligne.raisons for ligne in vue.lignes})
        self._read_first(vue)

    def _read(self, code: str) -> None:
        self._view.open_fiche()
        self.fiche.open("formation", code)

    def _read_first(self, vue: SuggestionsVue) -> None:
        """The fiche of the first card, or the one that was read, told again for this profile."""
        codes = [ligne.formation_id for ligne in vue.lignes]
        before = self.fiche.current
        if before is not None and before[0] == "formation" and before[1] in codes:
            self.fiche.open(*before)
        elif codes:
            self.fiche.open("formation", codes[0])
        else:
            self.fiche.close()

    def _failed(self, exc: Exception) -> None:
        self._computed = None
        self._view.vide.show_texts("Les suggestions n’ont pas pu être calculées", "")
        self._view.pile.show_face("vide")
        self._messenger.fail(exc)

    def _profil_changed(self, _profil: ProfilRecord) -> None:
        kept, hidden = self._kept(), self._store.profil.corbeille
        for code, card in self._view.cards.items():
            card.show_etat("favori" if code in kept else "")
            card.setVisible(code not in hidden)
        self._show_hidden()
        if self._visible and self._computed is not None:
            self._view.perime.show_message(
                Message(Ton.INFO, "Le profil a changé depuis ce calcul."), "Recalculer", self.compute
            )

    def _show_hidden(self) -> None:
        hidden = self._store.profil.corbeille
        options = tuple(Option(code, self._session.options.libelle(code)) for code in hidden)
        for button, option in zip(self._view.show_hidden(options), options, strict=True):
            if isinstance(button, QPushButton):
                button.clicked.connect(lambda _checked=False, code=option.code: self._restore(code))

    def _kept(self) -> frozenset[str]:
        return frozenset(favori.formation_id for favori in self._store.profil.favoris)

    def _keep(self, code: str) -> None:
        profil = self._store.profil
        if code not in self._kept():
            kept = (FavoriRecord(code), *profil.favoris)
            self._store.edit("favoris", "Ajout d’une formation", replace(profil, favoris=kept))

    def _drop(self, code: str) -> None:
        profil = self._store.profil
        kept = tuple(favori for favori in profil.favoris if favori.formation_id != code)
        self._store.edit("favoris", "Retrait d’une formation", replace(profil, favoris=kept))

    def _hide(self, code: str) -> None:
        profil = self._store.profil
        if code not in self._kept():
            self._store.edit("corbeille", "Formation masquée", replace(profil, corbeille=(code, *profil.corbeille)))

    def _restore(self, code: str) -> None:
        profil = self._store.profil
        left = tuple(hidden for hidden in profil.corbeille if hidden != code)
        self._store.edit("corbeille", "Formation restaurée", replace(profil, corbeille=left))

"""Behaviour of the wishes and balance tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from mps_desktop.services.views import (
    AvisRecord,
    ConstatLigne,
    FavoriLigne,
    FavoriRecord,
    Option,
    ProfilRecord,
    PropositionLigne,
    VoeuLigne,
)
from mps_desktop.ui.eleve_store import EleveStore, Fiche
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.equilibre.coller_presenter import CollerPresenter
from mps_desktop.ui.screens.equilibre.equilibre_view import EquilibreView
from mps_desktop.ui.screens.equilibre.favori_card import FavoriCard
from mps_desktop.ui.theme import Theme

# Asks which vœux to add: student, formation id, its label -> ids chosen.
AskVoeux = Callable[[int, str, str], tuple[str, ...]]
# Asks why: wish, class stated, author of the last opinion -> reason and author, None when the user gave up.
AskAvis = Callable[[VoeuLigne, str, str], tuple[str, str] | None]


class EquilibrePresenter(QObject):
    """Shows the selection and its balance; every change goes through the store.

    Args:
        ask_voeux: opens the dialog of the vœux that could be added.
        ask_avis: opens the dialog of the reason of an opinion.

    Signals:
        suggestions_asked: nothing is kept yet.
        profil_asked: the profile has to be filled or corrected.
    """

    suggestions_asked = Signal()
    profil_asked = Signal()

    def __init__(
        self,
        view: EquilibreView,
        theme: Theme,
        session: SessionPort,
        runner: JobRunner,
        store: EleveStore,
        messenger: Messenger,
        ask_voeux: AskVoeux,
        ask_avis: AskAvis,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._session = session
        self._runner = runner
        self._store = store
        self._messenger = messenger
        self._ask_voeux = ask_voeux
        self._ask_avis = ask_avis
        self._auteur = ""
        CollerPresenter(view.coller, theme, session, runner, store, messenger)
        store.opened.connect(self._open)
        store.refreshed.connect(self._show)
        store.profil_changed.connect(self._show_notes)
        view.vide.button.clicked.connect(self.suggestions_asked)
        view.propositions.accepted.connect(self.accept)
        view.geste_asked.connect(self._act)
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

    def accept(self, proposition: PropositionLigne) -> None:
        """Put a proposal in the list: one change, one undo."""
        profil, code = self._store.profil, proposition.formation_id
        added = (proposition.voeu.voeu_id,) if proposition.voeu else ()
        known = any(favori.formation_id == code for favori in profil.favoris)
        favoris = profil.favoris if known else (*profil.favoris, FavoriRecord(code))
        kept = tuple(
            replace(f, voeux=(*f.voeux, *(v for v in added if v not in f.voeux))) if f.formation_id == code else f
            for f in favoris
        )
        corbeille = tuple(hidden for hidden in profil.corbeille if hidden != code)
        self._edit("Proposition acceptée", replace(profil, favoris=kept, corbeille=corbeille))

    def _act(self, constat: ConstatLigne) -> None:
        """What the button of a finding does."""
        match constat.geste:
            case "propositions":
                self._view.show_propositions_first()
            case "suggestions":
                self.suggestions_asked.emit()
            case "profil":
                self.profil_asked.emit()
            case "etablissements":
                card = self._view.cards.get(constat.ids[0]) if constat.ids else None
                if card is not None:
                    self.add_voeux(card.favori.formation_id, card.favori.libelle)
            case "retirer":
                gone = set(constat.ids)
                kept = tuple(_without(favori, gone) for favori in self._store.profil.favoris)
                self._edit("Retrait des vœux disparus", replace(self._store.profil, favoris=kept))
            case _:
                self._focus_opinion(constat.ids)

    def _focus_opinion(self, ids: tuple[str, ...]) -> None:
        rows = [line for card in self._view.cards.values() for code, line in card.rows.items() if code in ids]
        if rows:
            self._view.area.ensureWidgetVisible(rows[0])
            rows[0].enseignant.setFocus()

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
        card.attendus_read.connect(
            lambda read: self._change(code, "Attendus lus", lambda f: replace(f, attendus_lus=read))
        )
        card.noted.connect(lambda note: self._note(code, note))
        card.add_asked.connect(lambda: self.add_voeux(code, libelle))
        card.removed.connect(lambda: self._remove(code))
        card.voeu_classed.connect(lambda voeu, classe: self._classify(card, voeu, classe))
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

    def _classify(self, card: FavoriCard, voeu: str, classe: str) -> None:
        """State the class of a wish with its reason, or take it back."""
        said = self._ask_avis(card.rows[voeu].ligne, classe, self._auteur) if classe else None
        if classe and said is None:
            card.take_class_back(voeu)
            return
        reason: AvisRecord | None = None
        if said is not None:
            motif, self._auteur = said
            reason = AvisRecord(motif, self._auteur, datetime.now().astimezone().date())

        def change(favori: FavoriRecord) -> FavoriRecord:
            stated = {known: value for known, value in favori.classes_enseignant.items() if known != voeu}
            avis = {known: value for known, value in favori.avis.items() if known != voeu}
            return replace(
                favori,
                classes_enseignant=stated | ({voeu: classe} if classe else {}),
                avis=avis | ({voeu: reason} if reason else {}),
            )

        self._change(card.favori.formation_id, "Avis de l’enseignant", change)

    def _remove_voeu(self, code: str, voeu: str) -> None:
        self._change(code, "Retrait d’un vœu", lambda favori: _without(favori, {voeu}))

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


def _without(favori: FavoriRecord, gone: set[str]) -> FavoriRecord:
    """A favourite without some of its vœux, nor what was said of them."""
    return replace(
        favori,
        voeux=tuple(voeu for voeu in favori.voeux if voeu not in gone),
        classes_enseignant={voeu: classe for voeu, classe in favori.classes_enseignant.items() if voeu not in gone},
        avis={voeu: avis for voeu, avis in favori.avis.items() if voeu not in gone},
    )

"""Behaviour of the profile form: every answer goes to the store, which saves it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from mps_desktop.core.text import NNBSP
from mps_desktop.services.views import Option, ProfilRecord
from mps_desktop.ui.eleve_store import EleveStore, Fiche
from mps_desktop.ui.jobs import JobRunner
from mps_desktop.ui.messages import Messenger
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.screens.profil.profil_view import ProfilView
from mps_desktop.ui.widgets.basics import restyle
from mps_desktop.ui.widgets.multi_select import MultiSelect, filter_options

SANS_REPONSE = -1.0
BAC_GENERAL = "Générale"
_NOTE_MAX = 20


class ProfilPresenter(QObject):
    """Fills the form with a student's profile and reports every change."""

    def __init__(
        self, view: ProfilView, session: SessionPort, runner: JobRunner, store: EleveStore, messenger: Messenger
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._options = session.options
        self._runner = runner
        self._store = store
        self._messenger = messenger
        self._niveau = ""
        store.opened.connect(self._open)
        store.refreshed.connect(self._refresh)
        store.profil_changed.connect(self._show)
        self._connect_choices()
        view.moyenne.textEdited.connect(self._type_moyenne)
        view.moyenne.editingFinished.connect(self._finish_moyenne)
        view.sans_moyenne.clicked.connect(self._refuse_moyenne)
        view.specialites.asked.connect(self._search_specialites)
        view.metiers.asked.connect(lambda text: self._search(view.metiers, "metier", text))
        view.communes.asked.connect(lambda text: self._search(view.communes, "commune", text))

    def add(self, genre: str, code: str) -> None:
        """Add a métier or a commune found elsewhere."""
        profil = self._store.profil
        if genre == "metier" and code not in profil.metiers:
            self._edit("metiers", "Métiers", metiers=(*profil.metiers, code))
        elif genre == "commune" and code not in profil.communes:
            self._edit("communes", "Villes", communes=(*profil.communes, code))

    def _connect_choices(self) -> None:
        view = self._view
        view.situation.chosen.connect(lambda code: self._edit("situation", "Projet", situation=code or None))
        view.bac.chosen.connect(self._choose_bac)
        view.duree.chosen.connect(lambda code: self._edit("duree", "Durée des études", duree_etudes=code or None))
        view.alternance.chosen.connect(lambda code: self._edit("alternance", "Alternance", alternance=code or None))
        view.specialites.changed.connect(lambda codes: self._edit("specialites", "Spécialités", specialites=codes))
        view.domaines.changed.connect(lambda codes: self._edit("domaines", "Domaines", domaines=codes))
        view.interets.changed.connect(lambda codes: self._edit("interets", "Centres d’intérêt", interets=codes))
        view.metiers.changed.connect(lambda codes: self._edit("metiers", "Métiers", metiers=codes))
        view.communes.changed.connect(lambda codes: self._edit("communes", "Villes", communes=codes))

    def _open(self, fiche: Fiche) -> None:
        self._niveau = fiche.vue.niveau
        self._view.moyenne.clear()
        self._show(fiche.vue.profil)
        self._view.domaines.fold_all()
        self._view.interets.fold_all()
        self._view.area.verticalScrollBar().setValue(0)
        self._refresh(fiche)

    def _refresh(self, fiche: Fiche) -> None:
        self._view.show_missing(fiche.vue.completude, fiche.vue.manques_profil)

    def _show(self, profil: ProfilRecord) -> None:
        view = self._view
        view.situation.show_code(profil.situation)
        view.bac.show_code(profil.bac)
        view.specialites.show_codes(profil.specialites)
        view.bloc_specialites.setVisible(bool(self._options.specialites(profil.bac)))
        view.simulateur.setVisible(profil.bac in (None, BAC_GENERAL))
        view.domaines.show_codes(profil.domaines)
        view.interets.show_codes(profil.interets)
        view.metiers.show_codes(profil.metiers)
        view.duree.show_code(profil.duree_etudes)
        view.alternance.show_code(profil.alternance)
        view.communes.show_codes(profil.communes)
        view.bloc_moyenne.setVisible(self._niveau in ("terminale", ""))
        self._show_moyenne(profil)

    def _show_moyenne(self, profil: ProfilRecord) -> None:
        view = self._view
        refused = profil.moyenne == SANS_REPONSE
        known = None if refused else profil.moyenne
        view.sans_moyenne.setChecked(refused)
        view.moyenne.setEnabled(not refused)
        if parse_note(view.moyenne.text()) != known:
            view.moyenne.setText(format_note(known))
        self._mark_wrong("")
        part = None if known is None else self._options.part_moyenne(profil.bac, known)
        view.part_moyenne.setVisible(part is not None)
        view.jauge_moyenne.setVisible(part is not None)
        if part is not None and known is not None:
            whom = f"de {self._options.libelle(profil.bac)}" if profil.bac else "toutes séries"
            sentence = f"{part}{NNBSP}% des admis {whom} avaient {format_note(known)} de moyenne ou moins."
            view.part_moyenne.setText(sentence)
            view.jauge_moyenne.show_share(part / 100, sentence, "info")

    def _type_moyenne(self, text: str) -> None:
        note = parse_note(text)
        if text.strip() and note is None:
            self._mark_wrong("Une note entre 0 et 20, par exemple 13,5.")
            return
        self._mark_wrong("")
        self._edit("moyenne", "Moyenne", typed=True, moyenne=note)

    def _finish_moyenne(self) -> None:
        """A number that cannot be one is not kept when the teacher leaves the field."""
        text = self._view.moyenne.text()
        if text.strip() and parse_note(text) is None:
            self._view.moyenne.setText(format_note(self._store.profil.moyenne))
            self._mark_wrong("")
        self._store.flush()

    def _refuse_moyenne(self, refused: bool) -> None:
        if refused:
            self._view.moyenne.clear()
        self._edit("moyenne", "Moyenne", moyenne=SANS_REPONSE if refused else None)

    def _mark_wrong(self, why: str) -> None:
        view = self._view
        if bool(why) != view.erreur_moyenne.isVisibleTo(view):
            restyle(view.moyenne, wrong="true" if why else "false")
        view.erreur_moyenne.setText(why)
        view.erreur_moyenne.setVisible(bool(why))

    def _choose_bac(self, code: str) -> None:
        """Another bac has other spécialités: those that it does not offer go."""
        offered = {option.code for option in self._options.specialites(code or None)}
        kept = tuple(s for s in self._store.profil.specialites if s in offered)
        self._edit("bac", "Baccalauréat", bac=code or None, specialites=kept)

    def _search_specialites(self, text: str) -> None:
        self._view.specialites.show_answers(
            text, filter_options(self._options.specialites(self._store.profil.bac), text)
        )

    def _search(self, target: MultiSelect, genre: str, text: str) -> None:
        session = self._session

        def done(options: tuple[Option, ...]) -> None:
            target.show_answers(text, options)

        self._runner.run(
            lambda _progress: session.search(text, (genre,), 20), done, self._messenger.fail, key=f"recherche {genre}"
        )

    def _edit(self, champ: str, libelle: str, *, typed: bool = False, **values: Any) -> None:  # noqa: ANN401  fields of several types
        self._store.edit(champ, libelle, replace(self._store.profil, **values), typed=typed)


def parse_note(text: str) -> float | None:
    """Average typed by a teacher ("13,5", "13.5"), None when it is empty or not between 0 and 20."""
    cleaned = text.strip().replace(",", ".")
    if not cleaned or not all(c.isdecimal() or c == "." for c in cleaned) or cleaned.count(".") > 1 or cleaned == ".":
        return None
    note = float(cleaned)
    return note if note <= _NOTE_MAX else None


def format_note(note: float | None) -> str:
    """Average as French people write it; empty when unknown or kept private."""
    if note is None or note < 0:
        return ""
    return f"{note:g}".replace(".", ",")

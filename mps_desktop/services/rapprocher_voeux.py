"""Wishes of files and pasted screens -> favourites and vœux of the catalogue."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mps_desktop.catalogue.rapprochement import Candidat, Intitules, is_sure
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP
from mps_desktop.importers.rows import VoeuLu
from mps_desktop.services.choix_voeux import ChoixVoeux, wording_key
from mps_desktop.services.views import Option, VoeuApercu
from mps_desktop.storage.records import FavoriRecord, ProfilRecord

_NOTE_MAX = 3999


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording met, and what it may be."""

    lu: VoeuLu
    candidats: tuple[Candidat, ...]


class Rapprocheur:
    """Matches wishes with the catalogue: certain ones alone, doubtful ones as the teacher says.

    Args:
        catalogue: where vœux are looked up; its labels are read at the first wish.
        choix: what the teacher already said.
    """

    def __init__(self, catalogue: Catalogue, choix: ChoixVoeux | None = None) -> None:
        self._catalogue = catalogue
        self._choix = choix or ChoixVoeux()
        self._lock = threading.Lock()
        self._intitules: Intitules | None = None
        self._known: dict[str, _Wording] = {}

    def prepare(self, voeux: Iterable[VoeuLu], progress: Progress) -> None:
        """Look every wording up, once each.

        Raises:
            Cancelled: the user stopped.
        """
        missing = {cle: lu for lu in voeux if (cle := wording_key(lu)) not in self._known}
        for done, lu in enumerate(missing.values()):
            progress.step("Rapprochement des vœux avec le catalogue", done, len(missing))
            self._wording(lu)

    def apercus(self, voeux: Iterable[tuple[str, VoeuLu]]) -> tuple[VoeuApercu, ...]:
        """One line per wording, those to look at first.

        Args:
            voeux: who wishes, and the wish.
        """
        who: dict[str, dict[str, None]] = {}
        for name, lu in voeux:
            self._wording(lu)
            who.setdefault(wording_key(lu), {})[name] = None
        found = [self._apercu(cle, tuple(name for name in names if name)) for cle, names in who.items()]
        rank = {"doute": 0, "inconnu": 1, "choisi": 2, "sur": 3}
        return tuple(sorted(found, key=lambda one: rank[one.etat]))

    def remember(self, choices: Mapping[str, str]) -> None:
        """Keep what the teacher says of some wordings (see ``ChoixVoeux.remember``)."""
        self._choix.remember(choices)

    def take(self, profil: ProfilRecord, voeux: Iterable[VoeuLu]) -> ProfilRecord:
        """The profile with the favourites and vœux that the wishes are about; nothing of it is erased.

        A formation wished and not wanted until now leaves the corbeille. The établissement of a wish taken without its
        vœu is written in the note of the favourite.
        """
        for lu in voeux:
            cle = wording_key(lu)
            self._wording(lu)
            profil = self._take_one(profil, cle)
        return profil

    def take_wordings(self, profil: ProfilRecord, cles: Iterable[str]) -> ProfilRecord:
        """The same for wordings already met."""
        for cle in cles:
            profil = self._take_one(profil, cle)
        return profil

    def _take_one(self, profil: ProfilRecord, cle: str) -> ProfilRecord:
        code = self._decide(cle)[1]
        voeu = self._catalogue.voeu(code) if code.startswith("ta") else None
        formation_id = voeu.formation_id if voeu is not None else code
        if not code or self._catalogue.formation(formation_id) is None:
            return profil
        kept = next((one for one in profil.favoris if one.formation_id == formation_id), None)
        favori = kept or FavoriRecord(formation_id)
        if voeu is not None and voeu.id not in favori.voeux:
            favori = replace(favori, voeux=(*favori.voeux, voeu.id))
        lu = self._known[cle].lu
        if voeu is None and lu.etablissement:
            favori = _noted(favori, f"Vœu à préciser{NNBSP}: {describe(lu)}")
        if favori == kept:
            return profil
        favoris = [favori if one is kept else one for one in profil.favoris] + ([favori] if kept is None else [])
        corbeille = tuple(hidden for hidden in profil.corbeille if hidden != formation_id)
        return replace(profil, favoris=tuple(favoris), corbeille=corbeille)

    def _apercu(self, cle: str, eleves: tuple[str, ...]) -> VoeuApercu:
        wording = self._known[cle]
        etat, choisi = self._decide(cle)
        choix = [
            Option(one.voeu_id or one.formation_id, one.libelle, "voeu" if one.voeu_id else "formation", one.detail)
            for one in wording.candidats
        ]
        if choisi and all(option.code != choisi for option in choix):
            choix.insert(0, self._option(choisi))
        confiance = 1.0 if etat == "choisi" else wording.candidats[0].confiance if wording.candidats else 0.0
        return VoeuApercu(cle, describe(wording.lu), eleves, etat, choisi, tuple(choix), confiance)

    def _option(self, code: str) -> Option:
        voeu = self._catalogue.voeu(code)
        if voeu is not None:
            return Option(code, voeu.libelle, "voeu", f"{voeu.etablissement} ({voeu.commune})")
        formation = self._catalogue.formation(code)
        return Option(code, formation.libelle if formation else code, "formation", "sans établissement")

    def _decide(self, cle: str) -> tuple[str, str]:
        """State of a wording and the id that it stands for, empty when it is not taken."""
        said = self._choix.chosen(cle)
        if said is not None and (not said or self._exists(said)):
            return "choisi", said
        candidats = self._known[cle].candidats
        if is_sure(candidats):
            return "sur", candidats[0].voeu_id or candidats[0].formation_id
        return ("doute" if candidats else "inconnu"), ""

    def _exists(self, code: str) -> bool:
        return self._catalogue.voeu(code) is not None or self._catalogue.formation(code) is not None

    def _wording(self, lu: VoeuLu) -> _Wording:
        cle = wording_key(lu)
        with self._lock:
            if cle not in self._known:
                if self._intitules is None:
                    self._intitules = Intitules(self._catalogue)
                found = self._intitules.find(lu.formation, lu.etablissement, lu.commune, lu.apprentissage)
                self._known[cle] = _Wording(lu, found)
            return self._known[cle]


def describe(lu: VoeuLu) -> str:
    """A wish as it is written, on one line."""
    place = lu.etablissement + (f" ({lu.commune})" if lu.commune else "") if lu.etablissement else lu.commune
    parts = (lu.formation, place, "en apprentissage" if lu.apprentissage else "")
    return ", ".join(part for part in parts if part)


def left_out(voeux: Iterable[VoeuApercu]) -> tuple[str, ...]:
    """One sentence per wording that is not taken."""
    reasons = {
        "doute": "à choisir parmi les vœux proches, non repris",
        "inconnu": "introuvable dans le catalogue, non repris",
        "choisi": "non repris, comme demandé",
    }
    return tuple(f"{one.ecrit}{NNBSP}: {reasons[one.etat]}." for one in voeux if not one.choisi)


def _noted(favori: FavoriRecord, sentence: str) -> FavoriRecord:
    if sentence in favori.note:
        return favori
    note = f"{favori.note}\n{sentence}" if favori.note else sentence
    return favori if len(note) > _NOTE_MAX else replace(favori, note=note)

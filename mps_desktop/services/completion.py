"""Proposals for one student: which vœux are looked at, and what is said of those that are kept."""

from __future__ import annotations

import threading
from dataclasses import replace

from mps_desktop.catalogue.geo import Point, nearest_km
from mps_desktop.core.text import NNBSP
from mps_desktop.engine.ambition import bac_type
from mps_desktop.engine.balance import TERMINALE
from mps_desktop.engine.completion import Candidat, Completion, Liste, Proposition, complete
from mps_desktop.services import phrases_listes as listes
from mps_desktop.services.diagnostic import Diagnostiqueur, Lieu
from mps_desktop.services.profils import engine_profil
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import EquilibreVue, PropositionLigne
from mps_desktop.storage.records import EleveRecord

_NB_FORMATIONS = 15
"""Best ranked formations that are looked at beside those kept."""
_PAR_FORMATION = 4
"""Vœux looked at in each ring of distance, for a formation that is not kept yet."""
_PAR_RETENUE = 20
"""The same for a formation that is kept."""

Places = tuple[tuple[str, Point | None], ...]
"""Vœux of a formation and where they are."""
Ring = list[tuple[str, str, float | None]]
"""Vœu, formation, distance in km to the nearest town stated."""


class Completeur:
    """Proposes what would balance a list. Places of vœux are read once and kept.

    Args:
        socle: catalogue, parameters and engine.
    """

    def __init__(self, socle: Socle) -> None:
        self._socle = socle
        self._places: dict[str, Places] = {}
        self._lock = threading.Lock()

    def __call__(self, eleve: EleveRecord, diagnostiqueur: Diagnostiqueur, vue: EquilibreVue) -> EquilibreVue:
        """The view of a student's list with its proposals."""
        found = self.complete(eleve, diagnostiqueur)
        has_towns = bool(self._points(eleve))
        lignes = tuple(self._ligne(eleve, diagnostiqueur, p, has_towns) for p in found.propositions)
        refus = tuple(
            dict.fromkeys(
                listes.refus(refus.constat, refus.motif, diagnostiqueur.names(refus.constat.ids))
                for refus in found.refus
            )
        )
        message = "Rien à ajouter : la liste a ce qu’il faut." if not lignes and not refus else ""
        return replace(vue, propositions=lignes, refus=refus, message_propositions=message.replace(" :", f"{NNBSP}:"))

    def complete(self, eleve: EleveRecord, diagnostiqueur: Diagnostiqueur, combien: int | None = None) -> Completion:
        """What the engine proposes; the catalogue is searched ring by ring, and no further than needed.

        Args:
            diagnostiqueur: estimates the vœux; one object may serve a whole class.
            combien: largest number of proposals, None = the usual one.
        """
        liste = diagnostiqueur.liste(eleve)
        regles = self._socle.parametres.regles
        ranked = self._ranked(eleve)
        if liste.niveau != TERMINALE:
            motif = "AUCUN_CANDIDAT" if ranked else "PROFIL_MUET"
            return complete(liste, (), regles, formations=tuple(ranked.items()), combien=combien, motif=motif)
        if bac_type(eleve.profil.bac or "NC") is None:
            return complete(liste, (), regles, combien=combien, motif="BAC_INCONNU")
        motif = "AUCUN_CANDIDAT" if ranked or liste.formations else "PROFIL_MUET"
        affinities = _affinities(liste, ranked)
        candidats: list[Candidat] = []
        found, wanted = Completion((), ()), set(affinities)
        for ring in self._rings(eleve, liste, ranked):
            near = [place for place in ring if place[1] in wanted]
            diagnostiqueur.load(voeu_id for voeu_id, _, _ in near)
            candidats += [
                Candidat(
                    diagnostiqueur.for_balance(eleve, voeu_id, None, Lieu(formation_id, distance)),
                    affinities[formation_id],
                )
                for voeu_id, formation_id, distance in near
            ]
            found = complete(liste, candidats, regles, combien=combien, motif=motif)
            wanted = _still_wanted(found, motif, set(affinities))
            if not wanted:
                break
        return found

    def _rings(self, eleve: EleveRecord, liste: Liste, ranked: dict[str, float]) -> list[Ring]:
        """What to look at, by radius: within the first one, between it and the next…, anywhere."""
        radii = self._socle.parametres.regles.rayons_km
        points = self._points(eleve)
        rings: list[Ring] = [[] for _ in range(len(radii) + 1)]
        own = set(liste.formations)
        for formation_id in (*liste.formations, *(f for f in ranked if f not in own)):
            places = self._places_of(formation_id)
            most = _PAR_RETENUE if formation_id in own else _PAR_FORMATION
            taken = [0] * len(rings)
            for distance, voeu_id in _by_distance(places, points):
                step = len(radii) if distance is None else sum(distance > radius for radius in radii)
                if taken[step] < most:
                    taken[step] += 1
                    rings[step].append((voeu_id, formation_id, distance))
        return rings

    def _ranked(self, eleve: EleveRecord) -> dict[str, float]:
        """Formations that the engine ranks high and that the student neither kept nor hid -> affinity."""
        profil = eleve.profil
        known = {favori.formation_id for favori in profil.favoris} | set(profil.corbeille)
        limit = _NB_FORMATIONS + len(known)
        ranking = self._socle.moteur.classer(engine_profil(profil, eleve.niveau), limit)
        found = [(s.formation_id, s.affinite) for s in ranking if s.affinite > 0 and s.formation_id not in known]
        return dict(found[:_NB_FORMATIONS])

    def _points(self, eleve: EleveRecord) -> list[Point]:
        communes = self._socle.catalogue.communes(eleve.profil.communes)
        return [(c.lat, c.lng) for c in communes if c.lat is not None and c.lng is not None]

    def _places_of(self, formation_id: str) -> Places:
        with self._lock:
            if formation_id not in self._places:
                self._places[formation_id] = tuple(
                    (voeu.id, None if voeu.lat is None or voeu.lng is None else (voeu.lat, voeu.lng))
                    for voeu in self._socle.catalogue.voeux_of_formation(formation_id)
                    if not voeu.apprentissage
                )
            return self._places[formation_id]

    def _ligne(
        self, eleve: EleveRecord, diagnostiqueur: Diagnostiqueur, proposition: Proposition, has_towns: bool
    ) -> PropositionLigne:
        voeu = proposition.voeu
        ligne = None if voeu is None else diagnostiqueur.voeu(eleve, voeu.id, None)
        resout = dict.fromkeys(
            listes.resout(constat, diagnostiqueur.names(constat.ids), voeu.retenue.value if voeu else "")
            for constat in proposition.resout
        )
        return PropositionLigne(
            formation_id=proposition.formation_id,
            formation=self._socle.catalogue.libelle(proposition.formation_id),
            voeu=ligne,
            nouvelle=all(favori.formation_id != proposition.formation_id for favori in eleve.profil.favoris),
            resout=tuple(resout),
            ou=""
            if voeu is None
            else listes.where(
                proposition.rayon_km, voeu.distance_km, has_towns, self._socle.parametres.regles.rayons_km[-1]
            ),
        )


def _still_wanted(found: Completion, motif: str, formations: set[str]) -> set[str]:
    """Formations worth looking at further away: those that lack something, all when the list itself does.

    What a nearer vœu already settles is never settled again by a farther one, so that leaving the other
    formations out changes no proposal.
    """
    missed = [refus.constat for refus in found.refus if refus.motif == motif]
    if any(not formations & set(constat.ids) for constat in missed):
        return formations
    return {identifiant for constat in missed for identifiant in constat.ids} & formations


def _affinities(liste: Liste, ranked: dict[str, float]) -> dict[str, float]:
    """Affinity of every formation looked at; those that are kept come in the student's own order."""
    size = max(len(liste.formations), 1)
    return ranked | {formation: 1 - rank / size / 100 for rank, formation in enumerate(liste.formations)}


def _by_distance(places: Places, points: list[Point]) -> list[tuple[float | None, str]]:
    """Vœux with their distance to the nearest point, nearest first; those without a place last, by id."""
    located = [(voeu_id, place) for voeu_id, place in places if place is not None]
    if not points or not located:
        return [(None, voeu_id) for voeu_id, _ in places]
    distances = nearest_km([place for _, place in located], points)
    near: list[tuple[float, str]] = sorted(
        (distance, voeu_id) for (voeu_id, _), distance in zip(located, distances, strict=True)
    )
    return [*near, *((None, voeu_id) for voeu_id, place in places if place is None)]

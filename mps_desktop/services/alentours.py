"""Vœux around a student: those of the formations kept and of the best ranked ones, ring by ring of distance."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mps_desktop.catalogue.geo import Point, nearest_km
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.services.profils import engine_profil
from mps_desktop.storage.records import EleveRecord, ProfilRecord

if TYPE_CHECKING:
    from mps_desktop.services.socle import Socle

_NB_FORMATIONS = 15
"""Best ranked formations that are looked at beside those kept."""
_PAR_FORMATION = 4
"""Vœux looked at in each ring of distance, for a formation that is not kept yet."""
_PAR_RETENUE = 20
"""The same for a formation that is kept."""

Ring = list[tuple[str, str, float | None]]
"""Vœu, formation, distance in km to the nearest town stated."""


class Lieux:
    """Where the vœux of formations are, apprentissage left out; read once and kept. Safe from any thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[str, tuple[tuple[str, Point | None], ...]] = {}
        self._lock = threading.Lock()

    def of(self, formation_id: str) -> tuple[tuple[str, Point | None], ...]:
        """Vœux of a formation and their places (None = not published)."""
        with self._lock:
            if formation_id not in self._known:
                self._known[formation_id] = tuple(
                    (voeu.id, None if voeu.lat is None or voeu.lng is None else (voeu.lat, voeu.lng))
                    for voeu in self._catalogue.voeux_of_formation(formation_id)
                    if not voeu.apprentissage
                )
            return self._known[formation_id]


def towns(socle: Socle, profil: ProfilRecord) -> list[Point]:
    """Where the towns that the student stated are."""
    communes = socle.catalogue.communes(profil.communes)
    return [(c.lat, c.lng) for c in communes if c.lat is not None and c.lng is not None]


def rank_others(socle: Socle, eleve: EleveRecord) -> dict[str, float]:
    """Formations that the engine ranks high and that the student neither kept nor hid -> affinity."""
    profil = eleve.profil
    known = {favori.formation_id for favori in profil.favoris} | set(profil.corbeille)
    ranking = socle.moteur.classer(engine_profil(profil, eleve.niveau), _NB_FORMATIONS + len(known))
    found = [(s.formation_id, s.affinite) for s in ranking if s.affinite > 0 and s.formation_id not in known]
    return dict(found[:_NB_FORMATIONS])


def build_rings(socle: Socle, own: Sequence[str], others: Sequence[str], points: Sequence[Point]) -> list[Ring]:
    """What to look at, by radius: within the first one, between it and the next…, anywhere.

    Args:
        own: formations that the student keeps.
        others: formations that he may not know; fewer of their vœux are looked at.
        points: towns stated; without any, everything is anywhere.
    """
    radii = socle.parametres.regles.rayons_km
    rings: list[Ring] = [[] for _ in range(len(radii) + 1)]
    kept = set(own)
    for formation_id in (*own, *(formation for formation in others if formation not in kept)):
        most = _PAR_RETENUE if formation_id in kept else _PAR_FORMATION
        taken = [0] * len(rings)
        for distance, voeu_id in _by_distance(socle.lieux.of(formation_id), points):
            step = len(radii) if distance is None else sum(distance > radius for radius in radii)
            if taken[step] < most:
                taken[step] += 1
                rings[step].append((voeu_id, formation_id, distance))
    return rings


def _by_distance(places: Sequence[tuple[str, Point | None]], points: Sequence[Point]) -> list[tuple[float | None, str]]:
    """Vœux with their distance to the nearest point, nearest first; those without a place last, by id."""
    located = [(voeu_id, place) for voeu_id, place in places if place is not None]
    if not points or not located:
        return [(None, voeu_id) for voeu_id, _ in places]
    distances = nearest_km([place for _, place in located], points)
    near: list[tuple[float, str]] = sorted(
        (distance, voeu_id) for (voeu_id, _), distance in zip(located, distances, strict=True)
    )
    return [*near, *((None, voeu_id) for voeu_id, place in places if place is None)]

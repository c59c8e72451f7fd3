"""Whole kilometres from a commune to every vœu (spec, section 6.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.donnees import FormationMoteur, Ville
from mps_desktop.engine.tables import Entiers

RAYON_TERRE_M = 6_371_009.0
SANS_DISTANCE = -1
_COMMUNES_GARDEES = 256
_PLUS_PROCHES = 2

Kilometres = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class VoeuProche:
    """One vœu and its distance to a commune, in whole kilometres."""

    voeu_id: str
    km: int


@dataclass(frozen=True, slots=True)
class DistancesVille:
    """Distances from one town.

    Attributes:
        voeux: per located vœu, km.
        formations: per formation, km to its nearest vœu; -1 when none is located.
    """

    voeux: Kilometres
    formations: Entiers


class Distances:
    """Distances from any town to the vœux; those of the last towns asked for are kept.

    Args:
        formations: in the order of the formation vectors.
        villes: towns by INSEE code.
    """

    def __init__(self, formations: Sequence[FormationMoteur], villes: Mapping[str, Ville]) -> None:
        self._villes = villes
        located = [
            (rank, voeu.id, voeu.lat, voeu.lng)
            for rank, formation in enumerate(formations)
            for voeu in formation.voeux
            if voeu.lat is not None and voeu.lng is not None
        ]
        self._voeux = tuple(row[1] for row in located)
        self._colatitudes = np.radians(90.0 - np.array([row[2] for row in located], dtype=np.float64))
        self._longitudes = np.array([row[3] for row in located], dtype=np.float64)
        ranks = np.array([row[0] for row in located], dtype=np.intp)
        # Vœux of formation i are located[bounds[i] : bounds[i + 1]], in store order.
        self._bounds = np.searchsorted(ranks, np.arange(len(formations) + 1))
        self._cached = lru_cache(maxsize=_COMMUNES_GARDEES)(self._compute)

    def nom(self, commune: str) -> str:
        """Name of a known commune."""
        return self._villes[commune].nom

    def from_ville(self, commune: str) -> DistancesVille | None:
        """Distances from one commune; None when it is unknown or has no coordinates."""
        ville = self._villes.get(commune)
        return self._cached(commune) if ville is not None and ville.coords else None

    def nearest(self, commune: str, formation: int) -> tuple[VoeuProche, ...]:
        """The (at most) two vœux of a formation nearest to a commune; ties in store order."""
        distances = self.from_ville(commune)
        if distances is None:
            return ()
        first, last = int(self._bounds[formation]), int(self._bounds[formation + 1])
        km = distances.voeux[first:last]
        order: list[int] = np.argsort(km, kind="stable")[:_PLUS_PROCHES].tolist()
        return tuple(VoeuProche(self._voeux[first + rank], int(km[rank])) for rank in order)

    def _compute(self, commune: str) -> DistancesVille:
        km = np.min([self._from_point(lat, lng) for lat, lng in self._villes[commune].coords], axis=0)
        starts, ends = self._bounds[:-1], self._bounds[1:]
        formations = np.full(len(starts), SANS_DISTANCE, dtype=np.intp)
        served = starts < ends
        if served.any():
            formations[served] = np.minimum.reduceat(km, starts[served])
        return DistancesVille(voeux=km, formations=formations)

    def _from_point(self, lat: float, lng: float) -> Kilometres:
        """Flat-earth formula in polar coordinates around the pole, truncated to whole km."""
        here, there = np.radians(90.0 - lat), self._colatitudes
        turn = np.cos(np.radians(lng - self._longitudes))
        squared = np.maximum(here**2 + there**2 - 2.0 * here * there * turn, 0.0)
        return (RAYON_TERRE_M * np.sqrt(squared) / 1000.0).astype(np.int32)

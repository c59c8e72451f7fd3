"""Whole kilometres from a commune to every vœu (spec, section 6.3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.core.text import fold
from mps_desktop.engine.preparation import Tableaux, unpack_texts
from mps_desktop.engine.tables import Entiers, Vecteur

RAYON_TERRE_M = 6_371_009.0
SANS_DISTANCE = -1
_COMMUNES_GARDEES = 1024
"""Communes kept in memory: a few kB each, one number per formation."""
_PLUS_PROCHES = 2

Kilometres = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class VoeuProche:
    """One vœu and its distance to a commune, in whole kilometres."""

    voeu_id: str
    km: int


class Distances:
    """Distances from any town to the formations; those of the last towns asked for are kept.

    Args:
        tableaux: prepared arrays of the data set.
        nb_formations: length of the formation vectors.
    """

    def __init__(self, tableaux: Tableaux, nb_formations: int) -> None:
        self._codes = unpack_texts(tableaux["villes"])
        self._index = {code: rank for rank, code in enumerate(self._codes)}
        self._noms_packed = tableaux["villes_noms"]
        self._ville_bounds = tableaux["villes_bornes"]
        self._ville_points = tableaux["villes_points"]
        self._voeux = unpack_texts(tableaux["voeux"])
        self._points = tableaux["voeux_points"]
        self._colatitudes = np.radians(90.0 - tableaux["points"][:, 0])
        self._longitudes = tableaux["points"][:, 1]
        # Vœux of formation i are those of ranks bounds[i] to bounds[i + 1], in store order.
        self._bounds = np.searchsorted(tableaux["voeux_formations"], np.arange(nb_formations + 1))
        self._served = self._bounds[:-1] < self._bounds[1:]
        self._starts = self._bounds[:-1][self._served]
        self.formations = lru_cache(maxsize=_COMMUNES_GARDEES)(self._formations)

    @cached_property
    def _noms(self) -> list[str]:
        return unpack_texts(self._noms_packed)

    @cached_property
    def _par_nom(self) -> dict[str, str]:
        """Code of each town whose name no other town has."""
        found: dict[str, str | None] = {}
        for code, nom in zip(self._codes, self._noms, strict=True):
            folded = fold(nom)
            found[folded] = None if folded in found else code
        return {nom: code for nom, code in found.items() if code is not None}

    def nom(self, commune: str) -> str:
        """Name of a known commune."""
        return self._noms[self._index[commune]]

    def code(self, commune: str) -> str:
        """INSEE code of a commune given by its code or by its name; as given when it is neither."""
        return commune if commune in self._index else self._par_nom.get(fold(commune), commune)

    def _formations(self, commune: str) -> Entiers | None:
        """Per formation, km from one commune to its nearest vœu (-1 when none is located).

        None when the commune is unknown or has no coordinates.
        """
        points = self._coords(commune)
        if not len(points):
            return None
        km = self._nearest_point(points, self._colatitudes, self._longitudes)[self._points]
        formations = np.full(len(self._served), SANS_DISTANCE, dtype=np.intp)
        if self._served.any():
            formations[self._served] = np.minimum.reduceat(km, self._starts)
        formations.flags.writeable = False
        return formations

    def geo_scores(self, commune: str, km_gratuits: int) -> Vecteur | None:
        """Per formation, 1 near the commune then less and less; 0 without a located vœu."""
        km = self.formations(commune)
        if km is None:
            return None
        return np.where(km < 0, 0.0, 1.0 / (1.0 + np.maximum(0, km - km_gratuits)))

    def nearest(self, commune: str, formation: int) -> tuple[VoeuProche, ...]:
        """The (at most) two vœux of a formation nearest to a commune; ties in store order."""
        points = self._coords(commune)
        first, last = int(self._bounds[formation]), int(self._bounds[formation + 1])
        if not len(points) or first == last:
            return ()
        where = self._points[first:last]
        km = self._nearest_point(points, self._colatitudes[where], self._longitudes[where])
        order: list[int] = np.argsort(km, kind="stable")[:_PLUS_PROCHES].tolist()
        return tuple(VoeuProche(self._voeux[first + rank], int(km[rank])) for rank in order)

    def _coords(self, commune: str) -> NDArray[np.float64]:
        rank = self._index.get(commune)
        if rank is None:
            return self._ville_points[:0]
        return self._ville_points[self._ville_bounds[rank] : self._ville_bounds[rank + 1]]

    def _nearest_point(self, points: NDArray[np.float64], colatitudes: Vecteur, longitudes: Vecteur) -> Kilometres:
        """Flat-earth formula in polar coordinates around the pole, truncated to whole km; least of the points."""
        best: Kilometres | None = None
        for lat, lng in points.tolist():
            here = np.radians(90.0 - lat)
            turn = np.cos(np.radians(lng - longitudes))
            squared = np.maximum(here**2 + colatitudes**2 - 2.0 * here * colatitudes * turn, 0.0)
            km = (RAYON_TERRE_M * np.sqrt(squared) / 1000.0).astype(np.int32)
            best = km if best is None else np.minimum(best, km)
        assert best is not None  # noqa: S101  callers give at least one point
        return best

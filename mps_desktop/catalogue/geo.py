"""Distances on the ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RAYON_TERRE_KM = 6371.009
"""Mean radius of the Earth, the one that MonProjetSup uses."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def nearest_km(places: Sequence[Point], points: Sequence[Point]) -> list[float]:
    """Great-circle distance from each place to the nearest of the points, in km.

    Args:
        places: n places.
        points: at least one point.

    Returns:
        n distances, by the haversine formula.
    """
    here = np.radians(np.asarray(places, dtype=np.float64).reshape(-1, 1, 2))
    there = np.radians(np.asarray(points, dtype=np.float64).reshape(1, -1, 2))
    half = np.sin((here - there) / 2) ** 2
    chord = half[..., 0] + np.cos(here[..., 0]) * np.cos(there[..., 0]) * half[..., 1]
    km = (2 * RAYON_TERRE_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))).min(axis=1)
    return [float(distance) for distance in km]

"""Weights of the shortest paths from one source (spec, section 4), by layers over the edge arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.graphe import Graphe

PLAFOND_DIRECT = 1.0
PLAFOND_INDIRECT = 0.25
_SOURCES_GARDEES = 1024
"""Sources kept in memory: about 20 kB each for 1 500 nodes."""


@dataclass(frozen=True, slots=True)
class VecteursSource:
    """What one source is worth for every target. Arrays are read-only.

    Attributes:
        poids: per node of the graph, sum of the weights of its paths of 1 to 3 edges.
        direct: per node, whether a single edge leads to it.
        scores_formations: per formation, capped sum of its paths of 1 or 2 edges; 0 = no path.
        formations_directes: per formation, whether a single edge leads to it.
    """

    poids: NDArray[np.float64]
    direct: NDArray[np.bool_]
    scores_formations: NDArray[np.float64]
    formations_directes: NDArray[np.bool_]


class Chemins:
    """Path vectors by source, computed on demand; the most recently used are kept.

    Args:
        graphe: the finished graph.
        formations: ids of the reference formations, in the order of the formation vectors.
    """

    def __init__(self, graphe: Graphe, formations: Sequence[str]) -> None:
        self._graphe = graphe
        self._formations = np.array([graphe.index[formation] for formation in formations], dtype=np.intp)
        # An intermediate node divides by the root of its in-degree (isolated nodes are never crossed).
        crossing = np.maximum(1.0, np.sqrt(graphe.degres_entrants.astype(np.float64)))
        self._poids_traverses = graphe.poids / crossing[graphe.sources]
        self._cached = lru_cache(maxsize=_SOURCES_GARDEES)(self._compute)

    def from_source(self, source: str) -> VecteursSource | None:
        """Vectors of one source, None when it is not in the graph."""
        rank = self._graphe.index.get(source)
        return None if rank is None else self._cached(rank)

    def _compute(self, rank: int) -> VecteursSource:
        graphe = self._graphe
        first, last = np.searchsorted(graphe.sources, [rank, rank + 1])
        one_edge = np.zeros(len(graphe.noeuds))
        one_edge[graphe.cibles[first:last]] = graphe.poids[first:last]
        direct = one_edge > 0
        open_nodes = ~direct
        open_nodes[rank] = False
        two_edges = self._next_layer(one_edge, open_nodes)
        open_nodes &= two_edges == 0
        three_edges = self._next_layer(two_edges, open_nodes)
        short = (one_edge + two_edges)[self._formations]
        direct_formations = direct[self._formations]
        vectors = VecteursSource(
            poids=one_edge + two_edges + three_edges,
            direct=direct,
            scores_formations=capped(short, direct_formations),
            formations_directes=direct_formations,
        )
        for array in (vectors.poids, vectors.direct, vectors.scores_formations, vectors.formations_directes):
            array.flags.writeable = False
        return vectors

    def _next_layer(self, layer: NDArray[np.float64], open_nodes: NDArray[np.bool_]) -> NDArray[np.float64]:
        graphe = self._graphe
        walked = layer[graphe.sources] * self._poids_traverses
        reached = np.bincount(graphe.cibles, weights=walked, minlength=len(graphe.noeuds))
        return np.where(open_nodes, reached, 0.0)


def capped(poids: NDArray[np.float64], direct: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Sub-score of a set of paths: their sum, capped higher when one of them is a single edge."""
    return np.minimum(poids, np.where(direct, PLAFOND_DIRECT, PLAFOND_INDIRECT))

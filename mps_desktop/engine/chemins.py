"""Weights of the shortest paths from one source (spec, section 4), by layers over the edge arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.graphe import Graphe

PLAFOND_DIRECT = 1.0
PLAFOND_INDIRECT = 0.25
_ARETES_FORMATION = 2
_ARETES_METIER = 3


@dataclass(frozen=True, slots=True)
class VecteursSource:
    """What one source is worth for every target. Arrays are read-only.

    Attributes:
        poids: per node of the graph, sum of the weights of its paths (1 to 3 edges; 2 when corrected).
        direct: per node, whether a single edge leads to it.
        scores_formations: per formation, capped sum of its paths of 1 or 2 edges; 0 = no path.
        formations_directes: per formation, whether a single edge leads to it.
    """

    poids: NDArray[np.float64]
    direct: NDArray[np.bool_]
    scores_formations: NDArray[np.float64]
    formations_directes: NDArray[np.bool_]


class Chemins:
    """Path vectors by source: one row each, worked out the first time that a source is met.

    Memory is bounded by the graph itself (defect 16): ids that are no node take nothing. Rows are
    written before they are marked, always with the same values, so threads may share the object.

    Args:
        graphe: the finished graph.
        formations: ids of the reference formations, in the order of the formation vectors.
        aretes_metier: how many edges a path may have, to anything but a formation (2 or 3).
    """

    def __init__(self, graphe: Graphe, formations: Sequence[str], aretes_metier: int = _ARETES_METIER) -> None:
        self._graphe = graphe
        self._aretes_metier = aretes_metier
        self._formations = np.array([graphe.index[formation] for formation in formations], dtype=np.intp)
        # An intermediate node divides by the root of its in-degree (isolated nodes are never crossed).
        crossing = np.maximum(1.0, np.sqrt(graphe.degres_entrants.astype(np.float64)))
        self._poids_traverses = graphe.poids / crossing[graphe.sources]
        count = len(graphe.noeuds)
        self._bounds = np.searchsorted(graphe.sources, np.arange(count + 1))
        self._known = np.zeros(count, dtype=np.bool_)
        self._poids = np.empty((count, count))
        self._direct = np.empty((count, count), dtype=np.bool_)
        self._scores = np.empty((count, len(formations)))
        self._vectors: dict[int, VecteursSource] = {}

    def __contains__(self, source: str) -> bool:
        return source in self._graphe.index

    def ranks(self, sources: Sequence[str]) -> list[int]:
        """Rows of the sources that are in the graph, worked out if they were not yet."""
        index = self._graphe.index
        found = [index[source] for source in sources if source in index]
        for rank in found:
            if not self._known[rank]:
                self._compute(rank)
        return found

    def formation_scores(self, ranks: Sequence[int]) -> NDArray[np.float64]:
        """One row per source: capped sum of its paths to each formation. A copy."""
        return self._scores[ranks]

    def weights(self, ranks: Sequence[int]) -> NDArray[np.float64]:
        """One row per source: sum of the weights of its paths to each node. A copy."""
        return self._poids[ranks]

    def direct(self, ranks: Sequence[int]) -> NDArray[np.bool_]:
        """One row per source: whether a single edge leads to each node. A copy."""
        return self._direct[ranks]

    def from_source(self, source: str) -> VecteursSource | None:
        """Vectors of one source, None when it is not in the graph."""
        found = self.ranks((source,))
        if not found:
            return None
        rank = found[0]
        vectors = self._vectors.get(rank)
        if vectors is None:
            arrays = (
                self._poids[rank],
                self._direct[rank],
                self._scores[rank],
                self._direct[rank][self._formations],
            )
            for array in arrays:
                array.flags.writeable = False
            vectors = self._vectors[rank] = VecteursSource(*arrays)
        return vectors

    def _compute(self, rank: int) -> None:
        graphe = self._graphe
        first, last = self._bounds[rank], self._bounds[rank + 1]
        one_edge = np.zeros(len(graphe.noeuds))
        one_edge[graphe.cibles[first:last]] = graphe.poids[first:last]
        direct = one_edge > 0
        open_nodes = ~direct
        open_nodes[rank] = False
        two_edges = self._next_layer(one_edge, open_nodes)
        short = one_edge + two_edges
        self._scores[rank] = capped(short[self._formations], direct[self._formations])
        if self._aretes_metier > _ARETES_FORMATION:
            open_nodes &= two_edges == 0
            short += self._next_layer(two_edges, open_nodes)
        self._poids[rank] = short
        self._direct[rank] = direct
        self._known[rank] = True

    def _next_layer(self, layer: NDArray[np.float64], open_nodes: NDArray[np.bool_]) -> NDArray[np.float64]:
        graphe = self._graphe
        walked = layer[graphe.sources] * self._poids_traverses
        reached = np.bincount(graphe.cibles, weights=walked, minlength=len(graphe.noeuds))
        return np.where(open_nodes, reached, 0.0)


def capped(poids: NDArray[np.float64], direct: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Sub-score of a set of paths: their sum, capped higher when one of them is a single edge."""
    return np.minimum(poids, np.where(direct, PLAFOND_DIRECT, PLAFOND_INDIRECT))

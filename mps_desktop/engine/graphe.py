"""The weighted graph that ties interests, domaines, métiers and formations (spec, section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.donnees import Arete, JeuDeDonnees
from mps_desktop.engine.regles import REFERENCE, Regles

PREFIXES_FORMATION = ("fl", "fr")
PREFIXE_METIER = "MET"
PASS = "fl2047"  # noqa: S105  Parcoursup id of the PASS, not a password

_METIER_FORMATION = 1.0
_METIER_LAS = 0.25
_DOMAINE_FORMATION = 1.0
_FORMATION_DOMAINE = 0.01
_FORMATION_METIER = 0.01
_DOMAINE_METIER = 0.01
_INTERET_METIER = 0.001
_METIER_ASSOCIE = 0.10
_HERITAGE_PASS = 0.25

_Table = dict[str, dict[str, float]]


def is_formation(node: str) -> bool:
    """Whether an id names a formation (only its prefix tells)."""
    return node.startswith(PREFIXES_FORMATION)


def is_metier(node: str) -> bool:
    """Whether an id names a métier."""
    return node.startswith(PREFIXE_METIER)


@dataclass(frozen=True, slots=True)
class Graphe:
    """The finished graph, as arrays. Edges are sorted by (source, target).

    Attributes:
        noeuds: ids in alphabetical order; a node's rank there is its index below.
        index: id -> index.
        sources, cibles: int arrays, one entry per edge.
        poids: weight of each edge.
        degres_entrants: number of predecessors of each node.
    """

    noeuds: tuple[str, ...]
    index: Mapping[str, int]
    sources: NDArray[np.intp]
    cibles: NDArray[np.intp]
    poids: NDArray[np.float64]
    degres_entrants: NDArray[np.intp]

    def successors(self, node: str) -> dict[str, float]:
        """Targets of a node's edges with their weight; empty for an unknown node."""
        rank = self.index.get(node)
        if rank is None:
            return {}
        first, last = np.searchsorted(self.sources, [rank, rank + 1])
        cibles: list[int] = self.cibles[first:last].tolist()
        poids: list[float] = self.poids[first:last].tolist()
        return {self.noeuds[cible]: weight for cible, weight in zip(cibles, poids, strict=True)}


def build_graphe(jeu: JeuDeDonnees, regles: Regles = REFERENCE) -> Graphe:
    """Build the graph of a data set.

    The order of the steps is that of the reference engine: a later step overwrites the weights
    of an earlier one. Corrected (defects 8 and 9): an inherited edge never weakens a stronger one,
    and formation to métier is light even for a pair that only the join knows.
    """
    reference = {formation.id for formation in jeu.formations}
    las = {formation.id for formation in jeu.formations if formation.las is not None}
    metiers_pass = {metier for formation, metier in jeu.formation_metier if formation == PASS}
    draft = _Ebauche(reference)
    for formation, metier in jeu.formation_metier:
        weakened = formation in las and metier in metiers_pass
        weight = _METIER_LAS if weakened else _METIER_FORMATION
        draft.put(metier, formation, weight)
        draft.put(formation, metier, _FORMATION_METIER if regles.lien_retour_faible else weight)
    for formation, domaine in jeu.formation_domaine:
        draft.put(formation, domaine, _FORMATION_DOMAINE)
        draft.put(domaine, formation, _DOMAINE_FORMATION)
    for metier, formation in jeu.metier_formation:
        draft.put(metier, formation, _METIER_FORMATION)
        draft.put(formation, metier, _FORMATION_METIER)
    for domaine, metier in jeu.domaine_metier:
        draft.link(domaine, metier, _DOMAINE_METIER)
    for interet, metier in jeu.interet_metier:
        draft.put(interet, metier, _INTERET_METIER)
    for metier, associe in jeu.metier_associe:
        draft.link(metier, associe, _METIER_ASSOCIE)
    draft.replace_by_generic(jeu.atome_element)
    draft.replace_by_generic(jeu.formation_psup_to_mps)
    draft.inherit(jeu.las_to_generic, 1.0, keep_stronger=regles.lien_le_plus_fort)
    draft.inherit(jeu.las_to_pass, _HERITAGE_PASS, keep_stronger=regles.lien_le_plus_fort)
    draft.erase([node for node in draft.after if is_formation(node) and node not in reference])
    draft.keep_only(draft.leading_to(reference))
    # A reference formation that the lists put into a group was erased: nothing leads to it, it is ranked all the same.
    draft.add(reference)
    return draft.freeze()


class _Ebauche:
    """Graph under construction: successors (``after``) and, mirrored, predecessors (``before``)."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.after: _Table = {}
        self.before: _Table = {}
        self.add(nodes)

    def add(self, nodes: Iterable[str]) -> None:
        """Make sure that these nodes exist."""
        for node in nodes:
            self.after.setdefault(node, {})
            self.before.setdefault(node, {})

    def put(self, source: str, cible: str, poids: float) -> None:
        """Set the weight of one edge, whatever it was. Loops are ignored."""
        if source != cible:
            self.after.setdefault(source, {})[cible] = poids
            self.before.setdefault(cible, {})[source] = poids

    def link(self, one: str, other: str, poids: float) -> None:
        """Set the weight of an edge in both directions."""
        self.put(one, other, poids)
        self.put(other, one, poids)

    def inherit(self, pairs: Iterable[Arete], coefficient: float, *, keep_stronger: bool) -> None:
        """Give to the first node of each pair the edges of the second, weights multiplied."""
        for heir, rich in pairs:
            self._copy_edges(rich, heir, coefficient, keep_stronger=keep_stronger)

    def replace_by_generic(self, pairs: Iterable[Arete]) -> None:
        """Move the edges of the first node of each pair to the second, then erase the first."""
        pairs = tuple(pairs)
        for specific, generic in pairs:
            self._copy_edges(specific, generic, 1.0)
        generics = {generic for _, generic in pairs}
        self.erase([specific for specific, _ in pairs if specific not in generics])

    def _copy_edges(self, origin: str, target: str, coefficient: float, *, keep_stronger: bool = False) -> None:
        def weight(source: str, cible: str, poids: float) -> float:
            already = self.after.get(source, {}).get(cible, 0.0) if keep_stronger else 0.0
            return max(already, coefficient * poids)

        for cible, poids in tuple(self.after.get(origin, {}).items()):
            self.put(target, cible, weight(target, cible, poids))
        for source, poids in tuple(self.before.get(origin, {}).items()):
            self.put(source, target, weight(source, target, poids))

    def erase(self, nodes: Iterable[str]) -> None:
        """Remove nodes and every edge that touches them."""
        for node in nodes:
            for cible in self.after.pop(node, {}):
                self.before[cible].pop(node, None)
            for source in self.before.pop(node, {}):
                self.after[source].pop(node, None)

    def leading_to(self, goals: Iterable[str]) -> set[str]:
        """Nodes from which a goal can be reached, goals included."""
        seen = set(goals)
        waiting = list(seen)
        while waiting:
            for source in self.before.get(waiting.pop(), {}):
                if source not in seen:
                    seen.add(source)
                    waiting.append(source)
        return seen

    def keep_only(self, nodes: set[str]) -> None:
        """Remove every node that is not in the set."""
        self.erase([node for node in {*self.after, *self.before} if node not in nodes])

    def freeze(self) -> Graphe:
        """The same graph as arrays."""
        noeuds = tuple(sorted({*self.after, *self.before}))
        index = {node: rank for rank, node in enumerate(noeuds)}
        edges = sorted(
            (index[source], index[cible], poids) for source, row in self.after.items() for cible, poids in row.items()
        )
        return Graphe(
            noeuds=noeuds,
            index=index,
            sources=np.array([edge[0] for edge in edges], dtype=np.intp),
            cibles=np.array([edge[1] for edge in edges], dtype=np.intp),
            poids=np.array([edge[2] for edge in edges], dtype=np.float64),
            degres_entrants=np.array([len(self.before.get(node, {})) for node in noeuds], dtype=np.intp),
        )

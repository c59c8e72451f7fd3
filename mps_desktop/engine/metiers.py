"""Métiers in order of interest for a profile (spec, section 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mps_desktop.engine.chemins import Chemins, capped
from mps_desktop.engine.donnees import Arete
from mps_desktop.engine.graphe import Graphe, is_metier
from mps_desktop.engine.lecture import Lecture
from mps_desktop.engine.tables import Entiers, Vecteur

_DECIMALES_EGALITE = 13
"""Scores equal to that many decimals are tied: the last digits only tell the order of a sum."""


@dataclass(frozen=True, slots=True)
class MetierClasse:
    """One métier with its score, 0..1."""

    metier_id: str
    score: float


class Metiers:
    """Scores and sorts the métiers of one data set.

    Args:
        formation_metier: (reference formation, métier), the examples of each formation.
    """

    def __init__(self, graphe: Graphe, chemins: Chemins, formation_metier: Iterable[Arete]) -> None:
        self._graphe = graphe
        self._chemins = chemins
        linked: dict[str, set[str]] = {}
        for formation, metier in formation_metier:
            linked.setdefault(formation, set()).add(metier)
        self._par_defaut = tuple(node for node in graphe.noeuds if is_metier(node))
        self._ids = tuple(sorted({*self._par_defaut, *(m for group in linked.values() for m in group)}))
        rank = {metier: position for position, metier in enumerate(self._ids)}
        self._exemples: dict[str, Entiers] = {
            formation: np.array(sorted(rank[metier] for metier in group), dtype=np.intp)
            for formation, group in linked.items()
        }
        self._noeuds = np.array([graphe.index.get(metier, -1) for metier in self._ids], dtype=np.intp)

    def ranked(self, lecture: Lecture, cles: Iterable[str] | None = None) -> tuple[MetierClasse, ...]:
        """Métiers by decreasing score, ties by id; refused ones left out.

        Args:
            cles: ids to sort; None = every métier of the graph.
        """
        if not lecture.personnel:
            return ()
        values = self._scores(lecture)
        kept = sorted({*(self._par_defaut if cles is None else cles)} - lecture.rejetes)
        ranks = [self._graphe.index.get(cle) for cle in kept]
        scores = [0.0 if rank is None else float(values[rank]) for rank in ranks]
        order: list[int] = np.argsort(-np.round(np.array(scores), _DECIMALES_EGALITE), kind="stable").tolist()
        return tuple(MetierClasse(kept[position], scores[position]) for position in order)

    def examples(self, lecture: Lecture, formations: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """All métiers of each formation, those that suit the profile first, ties by id.

        The reference keeps refused métiers here, and sorts even for a profile that says nothing.
        """
        # One more slot for the métiers that are not in the graph (index -1): they score 0.
        values = np.append(self._scores(lecture), 0.0)[self._noeuds]
        position = np.empty(len(self._ids), dtype=np.intp)
        position[np.argsort(-np.round(values, _DECIMALES_EGALITE), kind="stable")] = np.arange(len(self._ids))
        return tuple(self._sorted_examples(formation, position) for formation in formations)

    def _sorted_examples(self, formation: str, position: Entiers) -> tuple[str, ...]:
        group = self._exemples.get(formation)
        if group is None:
            return ()
        ranks: list[int] = group[np.argsort(position[group])].tolist()
        return tuple(self._ids[rank] for rank in ranks)

    def _scores(self, lecture: Lecture) -> Vecteur:
        """One value per node: all paths from all sources together, under one cap."""
        poids = np.zeros(len(self._graphe.noeuds))
        direct = np.zeros(len(self._graphe.noeuds), dtype=np.bool_)
        for source in lecture.sources:
            vectors = self._chemins.from_source(source)
            if vectors is not None:
                poids += vectors.poids
                direct |= vectors.direct
        return capped(poids, direct)

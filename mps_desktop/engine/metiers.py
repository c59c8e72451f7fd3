"""Métiers in order of interest for a profile (spec, section 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mps_desktop.engine.chemins import Chemins, capped
from mps_desktop.engine.donnees import Arete
from mps_desktop.engine.graphe import Graphe, is_metier
from mps_desktop.engine.lecture import Lecture
from mps_desktop.engine.regles import REFERENCE, Regles
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

    def __init__(
        self, graphe: Graphe, chemins: Chemins, formation_metier: Iterable[Arete], regles: Regles = REFERENCE
    ) -> None:
        self._graphe = graphe
        self._chemins = chemins
        self._per_source = regles.plafond_par_source
        linked: dict[str, set[str]] = {}
        for formation, metier in formation_metier:
            linked.setdefault(formation, set()).add(metier)
        self._exemples: dict[str, tuple[list[str], Entiers]] = {}
        for formation, group in linked.items():
            metiers = sorted(group)
            nodes = np.array([graphe.index.get(metier, -1) for metier in metiers], dtype=np.intp)
            self._exemples[formation] = (metiers, nodes)
        self._par_defaut = tuple(node for node in graphe.noeuds if is_metier(node))
        self._rangs = {metier: rank for rank, metier in enumerate(self._par_defaut)}
        self._noeuds_par_defaut = np.array([graphe.index[metier] for metier in self._par_defaut], dtype=np.intp)

    def ranked(
        self, lecture: Lecture, cles: Iterable[str] | None = None, limite: int | None = None
    ) -> tuple[MetierClasse, ...]:
        """Métiers by decreasing score, ties by id; refused ones left out.

        Args:
            cles: ids to sort; None = every métier of the graph.
            limite: how many to return; None = all.
        """
        if not lecture.personnel:
            return ()
        kept, scores, order = self._order(lecture, cles)
        values: list[float] = scores.tolist()
        ranks: list[int] = order[:limite].tolist()
        return tuple(MetierClasse(kept[rank], values[rank]) for rank in ranks)

    def count(self, lecture: Lecture) -> tuple[int, int]:
        """How many métiers are ranked, and how many have a positive score."""
        if not lecture.personnel:
            return 0, 0
        kept, scores, _ = self._order(lecture, None)
        return len(kept), int(np.count_nonzero(scores > 0))

    def _order(self, lecture: Lecture, cles: Iterable[str] | None) -> tuple[tuple[str, ...], Vecteur, Entiers]:
        """Ids in alphabetical order, their scores, and their ranks from the best to the worst."""
        values = self._scores(lecture)
        if cles is None:
            kept, nodes = self._par_defaut, self._noeuds_par_defaut
            if refused := [self._rangs[metier] for metier in lecture.rejetes if metier in self._rangs]:
                kept = tuple(metier for metier in kept if metier not in lecture.rejetes)
                nodes = np.delete(nodes, refused)
        else:
            kept = tuple(sorted({*cles} - lecture.rejetes))
            nodes = np.array([self._graphe.index.get(cle, -1) for cle in kept], dtype=np.intp)
        # One more slot for what is not in the graph (index -1): it scores 0.
        scores = np.append(values, 0.0)[nodes]
        return kept, scores, np.argsort(-np.round(scores, _DECIMALES_EGALITE), kind="stable")

    def examples(self, lecture: Lecture, formations: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """All métiers of each formation, those that suit the profile first, ties by id.

        The reference keeps refused métiers here, and sorts even for a profile that says nothing.
        """
        # One more slot for the métiers that are not in the graph (index -1): they score 0.
        values = np.append(-np.round(self._scores(lecture), _DECIMALES_EGALITE), 0.0)
        return tuple(self._sorted_examples(formation, values) for formation in formations)

    def _sorted_examples(self, formation: str, values: Vecteur) -> tuple[str, ...]:
        known = self._exemples.get(formation)
        if known is None:
            return ()
        metiers, nodes = known
        ranks: list[int] = np.argsort(values[nodes], kind="stable").tolist()
        return tuple([metiers[rank] for rank in ranks])

    def _scores(self, lecture: Lecture) -> Vecteur:
        """One value per node.

        Reference: all paths from all sources together, under one cap. Corrected (defect 28): mean
        over the sources of what each brings under its own cap, so that strong profiles do not tie.
        """
        ranks = self._chemins.ranks(lecture.sources)
        if not ranks:
            return np.zeros(len(self._graphe.noeuds))
        poids, direct = self._chemins.weights(ranks), self._chemins.direct(ranks)
        if self._per_source:
            return np.add.reduce(capped(poids, direct), axis=0) / len(ranks)
        return capped(np.add.reduce(poids, axis=0), np.logical_or.reduce(direct, axis=0))

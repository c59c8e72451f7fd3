"""The suggestion engine: one object for one data set, safe to use from several threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from mps_desktop.engine import lecture
from mps_desktop.engine.chemins import Chemins
from mps_desktop.engine.classement import ranking, repetition_factor, rounded
from mps_desktop.engine.distances import Distances
from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.explications import Explication, Explications
from mps_desktop.engine.graphe import PASS, Graphe, build_graphe
from mps_desktop.engine.metiers import MetierClasse, Metiers
from mps_desktop.engine.profil import Profil
from mps_desktop.engine.scores import Notation
from mps_desktop.engine.tables import Masque, Tables, Vecteur


@dataclass(frozen=True, slots=True)
class Affinites:
    """Affinity of every formation for one profile. Arrays follow ``ids`` (alphabetical order).

    Attributes:
        retenues: whether the formation matches the profile at all.
        brutes: affinity before normalisation, 0 when it does not match.
        normalisees: 0..1 with 7 decimals; the best formation has 1.
        max_brute: what affinities were divided by; 0 when nothing matches.
        sous_scores: criterion of the reference (``sim``, ``tags``, ``geo``…) -> values, neither
            clamped nor rounded, that mean something where ``retenues`` is true only. Empty when
            nothing could be scored.
        offres: 0..1, how widely the formation is offered.
    """

    ids: tuple[str, ...]
    retenues: Masque
    brutes: Vecteur
    normalisees: Vecteur
    max_brute: float
    sous_scores: Mapping[str, Vecteur]
    offres: Vecteur


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One formation of a ranking.

    Attributes:
        rang: 1 = first. The order is not that of the affinities: types alternate.
        affinite: 0..1.
        sous_scores: criterion -> 0..1; empty when the formation does not match.
    """

    formation_id: str
    rang: int
    affinite: float
    sous_scores: Mapping[str, float]


class Moteur:
    """Ranks and explains formations and métiers exactly as MonProjetSup does, ties broken by id.

    Whoever knows nothing of his tastes (no interest, no approved choice, no commune) gets
    empty rankings. A profile whose bac is None raises ``lecture.BacAbsent`` once a formation must
    be scored; use ``"NC"`` for an unknown bac.

    Args:
        jeu: the data set; read entirely here, nothing is kept up to date afterwards.
        graphe: its finished graph, when it was prepared (``preparation``); built here otherwise.
    """

    def __init__(self, jeu: JeuDeDonnees, graphe: Graphe | None = None) -> None:
        graphe = build_graphe(jeu) if graphe is None else graphe
        self._tables = Tables(jeu)
        self._chemins = Chemins(graphe, self._tables.ids)
        self._distances = Distances(self._tables.formations, jeu.villes)
        las = (f.id for f in self._tables.formations if f.las is not None)
        sante = frozenset({PASS, *graphe.successors(PASS), *las})
        self._notation = Notation(self._tables, self._chemins, self._distances, sante)
        self._metiers = Metiers(graphe, self._chemins, jeu.formation_metier)
        self.graphe = graphe

    def affinites(self, profil: Profil) -> Affinites:
        """Score every formation.

        Raises:
            BacAbsent: the bac is None and a formation must be scored.
        """
        return self._affinites(lecture.read(profil))

    def classer(self, profil: Profil, limite: int | None = None) -> tuple[Suggestion, ...]:
        """Formations in the order in which to show them; all of them, or the first ``limite``.

        Those that do not match come last with affinity 0.

        Raises:
            BacAbsent: the bac is None and a formation must be scored.
        """
        lu = lecture.read(profil)
        if not lu.personnel:
            return ()
        found = self._affinites(lu)
        count = len(found.ids) if limite is None else max(0, min(limite, len(found.ids)))
        order = ranking(found.normalisees, found.offres, self._tables.types, repetition_factor(profil.bac), count)
        criteres = tuple(found.sous_scores)
        rows: list[list[float]] = (
            np.array([rounded(found.sous_scores[critere][order]) for critere in criteres])
            .reshape(len(criteres), len(order))
            .T.tolist()
        )
        affinites: list[float] = found.normalisees[order].tolist()
        retenues: list[bool] = found.retenues[order].tolist()
        return tuple(
            Suggestion(found.ids[formation], rang, affinite, dict(zip(criteres, row, strict=True)) if match else {})
            for rang, (formation, affinite, match, row) in enumerate(
                zip(order, affinites, retenues, rows, strict=True), start=1
            )
        )

    def expliquer(self, profil: Profil, formation_ids: Iterable[str]) -> tuple[Explication, ...]:
        """Reasons and métiers of each formation asked for, in the same order.

        Raises:
            BacAbsent: the bac is None.
        """
        lu = lecture.read(profil)
        asked = tuple(formation_ids)
        if not asked:
            return ()
        explications = Explications(lu, self._tables, self._chemins, self._distances, self._notation)
        exemples = self._metiers.examples(lu, asked)
        return tuple(
            Explication(formation, explications.reasons(formation), metiers)
            for formation, metiers in zip(asked, exemples, strict=True)
        )

    def classer_metiers(self, profil: Profil, cles: Iterable[str] | None = None) -> tuple[MetierClasse, ...]:
        """Métiers by decreasing interest, ties by id.

        Args:
            cles: ids to sort; None = every métier.
        """
        return self._metiers.ranked(lecture.read(profil), cles)

    def distance_km(self, commune: str, formation_id: str) -> int | None:
        """Whole km from a commune (INSEE code) to the nearest vœu; None when it cannot be told."""
        formation = self._tables.index.get(formation_id)
        distances = self._distances.from_ville(commune)
        if formation is None or distances is None:
            return None
        km = int(distances.formations[formation])
        return None if km < 0 else km

    def _affinites(self, lu: lecture.Lecture) -> Affinites:
        tables = self._tables
        if not lu.personnel:
            nothing = np.zeros(len(tables.ids))
            return Affinites(tables.ids, nothing > 0, nothing, nothing, 0.0, {}, tables.offre)
        scores = self._notation.score(lu)
        maximum = float(scores.brutes.max(initial=0.0))
        return Affinites(
            ids=tables.ids,
            retenues=scores.retenues,
            brutes=scores.brutes,
            normalisees=rounded(scores.brutes, maximum or 1.0),
            max_brute=maximum,
            sous_scores=scores.colonnes,
            offres=tables.offre,
        )

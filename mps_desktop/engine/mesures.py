"""What is known of a formation for one profile, criterion by criterion: the favourable and the unfavourable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mps_desktop.engine.chemins import Chemins
from mps_desktop.engine.distances import Distances
from mps_desktop.engine.explications import PartSpecialite, RaisonMoyenne, RaisonSimilaire
from mps_desktop.engine.graphe import Graphe
from mps_desktop.engine.lecture import BAC_INCONNU, Lecture
from mps_desktop.engine.notes import MOYENNE_MAX
from mps_desktop.engine.tables import Tables

_CHEMINS_PAR_SOURCE = 2


@dataclass(frozen=True, slots=True)
class Chemin:
    """How one choice of the student leads to a formation.

    Attributes:
        par: métier or domaine in between; empty when the tie is direct.
        poids: weight of that path in the graph.
    """

    source: str
    par: str
    poids: float


@dataclass(frozen=True, slots=True)
class DistanceCommune:
    """Whole km from a preferred town to the nearest vœu; None when it cannot be told."""

    commune_id: str
    km: int | None


@dataclass(frozen=True, slots=True)
class Mesures:
    """Facts of one formation beside one profile.

    Attributes:
        annees: length, 1..5.
        pct_bac: whole percent of the admitted who had this bac (type); None when not published or not asked.
        specialites: share among the admitted of each chosen spécialité, 0 included; None when none is published.
        moyenne: the average beside those of the admitted; None when one of them is unknown.
        distances: every preferred town, the nearest first.
        similaires: favourites that it resembles, the closest first.
        chemins: from the student's choices, the heaviest first; direct ones before the others.
        specialite_forte: the commonest among the admitted that the student has not; None when none is published.
    """

    formation_id: str
    annees: int
    apprentissage: bool
    pct_bac: int | None
    specialites: tuple[PartSpecialite, ...] | None
    moyenne: RaisonMoyenne | None
    distances: tuple[DistanceCommune, ...]
    similaires: tuple[RaisonSimilaire, ...]
    chemins: tuple[Chemin, ...]
    specialite_forte: PartSpecialite | None = None


class Mesureur:
    """Measures of any formation for one profile."""

    def __init__(
        self, lecture: Lecture, tables: Tables, chemins: Chemins, distances: Distances, graphe: Graphe
    ) -> None:
        self._lecture = lecture
        self._tables = tables
        self._distances = distances
        self._graphe = graphe
        found = ((source, chemins.from_source(source)) for source in lecture.sources)
        self._vectors = [(source, vectors) for source, vectors in found if vectors is not None]

    def measure(self, formation: str) -> Mesures:
        """Measures of a formation of the data set (KeyError otherwise)."""
        rank = self._tables.index[formation]
        return Mesures(
            formation_id=formation,
            annees=int(self._tables.durees[rank]),
            apprentissage=bool(self._tables.apprentissage[rank]),
            pct_bac=self._pct_bac(rank),
            specialites=self._specialites(rank),
            moyenne=self._moyenne(rank),
            distances=self._communes(rank),
            similaires=self._similaires(rank, formation),
            chemins=self._chemins(rank, formation),
            specialite_forte=self._strongest(rank),
        )

    def _pct_bac(self, rank: int) -> int | None:
        admis = self._tables.admis(rank)
        total = admis.get(BAC_INCONNU, 0)
        bac = self._lecture.bac
        return None if bac == BAC_INCONNU or not total else round(100 * admis.get(bac, 0) / total)

    def _specialites(self, rank: int) -> tuple[PartSpecialite, ...] | None:
        shares = self._tables.pct_specialites(rank)
        found = [PartSpecialite(one, shares[one]) for one in self._lecture.specialites if one in shares]
        if not found:
            return None
        return tuple(sorted(found, key=lambda part: (-part.pct, part.specialite_id)))

    def _strongest(self, rank: int) -> PartSpecialite | None:
        shares = self._tables.pct_specialites(rank)
        others = [
            PartSpecialite(one, pct) for one, pct in shares.items() if one not in self._lecture.specialites and pct
        ]
        return min(others, key=lambda part: (-part.pct, part.specialite_id), default=None)

    def _moyenne(self, rank: int) -> RaisonMoyenne | None:
        moyenne, known = self._lecture.moyenne, self._tables.percentiles(rank)
        bac = self._lecture.bac if self._lecture.bac in known else BAC_INCONNU
        if moyenne is None or bac not in known:
            return None
        figures = known[bac]
        return RaisonMoyenne(moyenne, int(figures.rang_max * moyenne / MOYENNE_MAX), figures, bac)

    def _communes(self, rank: int) -> tuple[DistanceCommune, ...]:
        found: list[DistanceCommune] = []
        for commune in self._lecture.communes:
            distances = self._distances.formations(commune)
            km = -1 if distances is None else int(distances[rank])
            found.append(DistanceCommune(commune, None if km < 0 else km))
        return tuple(sorted(found, key=lambda one: (one.km is None, one.km or 0, one.commune_id)))

    def _similaires(self, rank: int, formation: str) -> tuple[RaisonSimilaire, ...]:
        index_bac = self._lecture.index_bac
        favoris = (one for one in dict.fromkeys(self._lecture.favoris) if one != formation)
        scores = [(one, int(self._tables.similarite.pair(rank, one, index_bac))) for one in favoris]
        return tuple(RaisonSimilaire(*one) for one in sorted(scores, key=lambda s: (-s[1], s[0])) if one[1] > 0)

    def _chemins(self, rank: int, formation: str) -> tuple[Chemin, ...]:
        graphe = self._graphe
        node = graphe.index.get(formation)
        if node is None:
            return ()
        found: list[Chemin] = []
        leading: dict[str, float] | None = None
        for source, vectors in self._vectors:
            if vectors.scores_formations[rank] <= 0:
                continue
            if vectors.formations_directes[rank]:
                found.append(Chemin(source, "", graphe.successors(source)[formation]))
                continue
            if leading is None:
                edges = np.nonzero(graphe.cibles == node)[0]
                leading = {graphe.noeuds[int(graphe.sources[edge])]: float(graphe.poids[edge]) for edge in edges}
            found += self._through(source, leading)
        return tuple(sorted(found, key=lambda one: (bool(one.par), -one.poids, one.source, one.par)))

    def _through(self, source: str, leading: dict[str, float]) -> list[Chemin]:
        """The best ties of one source through a métier or a domaine."""
        graphe = self._graphe
        found: list[Chemin] = []
        for between, first in graphe.successors(source).items():
            if between in leading:
                crossing = max(1.0, float(graphe.degres_entrants[graphe.index[between]]) ** 0.5)
                found.append(Chemin(source, between, first * leading[between] / crossing))
        return sorted(found, key=lambda one: (-one.poids, one.par))[:_CHEMINS_PAR_SOURCE]

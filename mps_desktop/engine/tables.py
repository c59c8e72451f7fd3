"""Figures of the formations as arrays, in alphabetical order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.donnees import FormationMoteur, JeuDeDonnees
from mps_desktop.engine.lecture import BAC_INCONNU

Vecteur = NDArray[np.float64]
Entiers = NDArray[np.intp]
Masque = NDArray[np.bool_]

DUREE_INCONNUE = 3
_DUREES = (1, 5)
_BACS_GARDES = 32
_INDEX_BACS_GARDES = 4
_PART_NEGLIGEABLE = 0.01
_PART_PLEINE = 0.2
_SCORE_SANS_STATISTIQUE = 0.01


@dataclass(frozen=True, slots=True)
class PartsBac:
    """Weight of one bac among the admitted.

    Attributes:
        parts: per formation, share 0..1 of that bac; 0 when not published.
        scores: per formation, sub-score ``typebac``.
    """

    parts: Vecteur
    scores: Vecteur


@dataclass(frozen=True, slots=True)
class MoyennesBac:
    """Averages of the admitted of one bac, or of all bacs where that bac has none.

    Attributes:
        connues: per formation, whether there are figures at all.
        r10, r25, r50, r75, r90, rang_max: per formation, half points (0 where unknown).
    """

    connues: Masque
    r10: Vecteur
    r25: Vecteur
    r50: Vecteur
    r75: Vecteur
    r90: Vecteur
    rang_max: Vecteur


class Tables:
    """Arrays with one entry per formation, worked out once for a data set.

    Attributes:
        formations: in alphabetical order of the ids; the rank there is the index everywhere.
        ids: their ids.
        index: id -> index.
        types: type of each formation, for the diversity of a list.
        durees: years, 1..5.
        apprentissage, las: flags.
        offre: 0..1, how widely the formation is offered (places and vœux).
    """

    def __init__(self, jeu: JeuDeDonnees) -> None:
        self.formations: tuple[FormationMoteur, ...] = tuple(sorted(jeu.formations, key=lambda f: f.id))
        self.ids: tuple[str, ...] = tuple(f.id for f in self.formations)
        self.index: Mapping[str, int] = {formation: rank for rank, formation in enumerate(self.ids)}
        self.types: tuple[str, ...] = tuple(f.type for f in self.formations)
        durees = np.array([f.duree for f in self.formations], dtype=np.intp)
        self.durees: Entiers = np.clip(durees, *_DUREES)
        self.apprentissage: Masque = np.array([f.apprentissage for f in self.formations], dtype=np.bool_)
        self.las: Masque = np.array([f.las is not None for f in self.formations], dtype=np.bool_)
        capacites = _column(f.capacite for f in self.formations)
        nb_voeux = _column(len(f.voeux) for f in self.formations)
        self.offre: Vecteur = _read_only(_reach(capacites, 0.75) * _reach(nb_voeux, 0.5))
        self._specialites = _Colonnes(f.pct_specialites for f in self.formations)
        self._similaires = lru_cache(maxsize=_INDEX_BACS_GARDES)(self._similar_columns)
        self.bac_shares = lru_cache(maxsize=_BACS_GARDES)(self._bac_shares)
        self.moyennes = lru_cache(maxsize=_BACS_GARDES)(self._moyennes)

    def specialite_score(self, specialites: Iterable[str]) -> Vecteur:
        """Sub-score of chosen spécialités: their percentages summed as if they were fractions (capped at 1)."""
        total = np.zeros(len(self.ids))
        for specialite in specialites:
            total[self._specialites.rows(specialite)] += self._specialites.values(specialite)
        return np.minimum(total, 1.0)

    def similar_candidates(self, favoris: Iterable[str], index_bac: int) -> Masque:
        """Formations that some favourite declares similar to itself."""
        found = np.zeros(len(self.ids), dtype=np.bool_)
        for favori in favoris:
            rank = self.index.get(favori)
            if rank is not None:
                similar = self.formations[rank].similaires.get(index_bac, {})
                found[[self.index[other] for other in similar if other in self.index]] = True
        return found

    def similarity_score(self, favoris: Iterable[str], index_bac: int, poids_plein: float) -> Vecteur:
        """Sub-score of likeness: the candidates' own scores for the favourites, summed."""
        total = np.zeros(len(self.ids))
        favoris = tuple(favoris)
        if not favoris:
            return total
        table = self._similaires(index_bac)
        for favori in favoris:
            total[table.rows(favori)] += np.maximum(table.values(favori), 0) / poids_plein
        return np.where(self.similar_candidates(favoris, index_bac), total, 0.0)

    def _bac_shares(self, bac: str) -> PartsBac:
        tous, ceux = np.full(len(self.ids), np.nan), np.zeros(len(self.ids))
        for rank, formation in enumerate(self.formations if bac != BAC_INCONNU else ()):
            # The reference divides 0 by 0 when nobody was admitted; that counts as no figure here.
            tous[rank] = formation.nb_admis_par_bac.get(BAC_INCONNU) or np.nan
            ceux[rank] = formation.nb_admis_par_bac.get(bac, 0)
        parts = ceux / tous
        ramp = (parts - _PART_NEGLIGEABLE) / (_PART_PLEINE - _PART_NEGLIGEABLE)
        scores = np.where(parts <= _PART_NEGLIGEABLE, 0.0, np.where(parts >= _PART_PLEINE, 1.0, ramp))
        published = ~np.isnan(parts)
        return PartsBac(
            parts=_read_only(np.where(published, parts, 0.0)),
            scores=_read_only(np.where(published, scores, _SCORE_SANS_STATISTIQUE)),
        )

    def _moyennes(self, bac: str) -> MoyennesBac:
        found = [f.percentiles.get(bac) or f.percentiles.get(BAC_INCONNU) for f in self.formations]
        return MoyennesBac(
            connues=np.array([p is not None for p in found], dtype=np.bool_),
            r10=_column(p.r10 if p else 0 for p in found),
            r25=_column(p.r25 if p else 0 for p in found),
            r50=_column(p.r50 if p else 0 for p in found),
            r75=_column(p.r75 if p else 0 for p in found),
            r90=_column(p.r90 if p else 0 for p in found),
            rang_max=_column(p.rang_max if p else 0 for p in found),
        )

    def _similar_columns(self, index_bac: int) -> _Colonnes:
        return _Colonnes(f.similaires.get(index_bac, {}) for f in self.formations)


class _Colonnes:
    """Sparse table of integers read by column: key -> (formations that have it, their values)."""

    def __init__(self, rows: Iterable[Mapping[str, int]]) -> None:
        ranks: dict[str, list[int]] = {}
        values: dict[str, list[int]] = {}
        for rank, row in enumerate(rows):
            for key, value in row.items():
                ranks.setdefault(key, []).append(rank)
                values.setdefault(key, []).append(value)
        self._ranks = {key: np.array(column, dtype=np.intp) for key, column in ranks.items()}
        self._values = {key: np.array(column, dtype=np.float64) for key, column in values.items()}
        self._none = np.array([], dtype=np.intp)

    def rows(self, key: str) -> Entiers:
        return self._ranks.get(key, self._none)

    def values(self, key: str) -> Vecteur:
        return self._values.get(key, self._none.astype(np.float64))


def _column(values: Iterable[float]) -> Vecteur:
    return np.array(list(values), dtype=np.float64)


def _read_only(values: Vecteur) -> Vecteur:
    """The same array, protected: it is handed out and kept for the next profile."""
    values.flags.writeable = False
    return values


def _reach(values: Vecteur, quantile: float) -> Vecteur:
    """Each value as a share (at most 1) of the one at that quantile."""
    if not values.size:
        return values
    reference = float(np.sort(values)[int(values.size * quantile)])
    return np.where(values >= reference, 1.0, values / max(reference, 1.0))

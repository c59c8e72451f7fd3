"""Which formations are alike (spec, section 6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.preparation import Tableaux, unpack_texts
from mps_desktop.engine.regles import Regles

POIDS_SIMILARITE = 100_000.0
"""Score of the nearest neighbour of a formation."""

Masque = NDArray[np.bool_]
Vecteur = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Table:
    """One bac index.

    Attributes:
        scores: one row per key, one column per formation: what the formation says of the key.
        declares: same shape, whether it says anything of it (0 included).
    """

    scores: NDArray[np.float64]
    declares: Masque


class Similarite:
    """Likeness between formations, by bac index.

    Reference: a formation must name the favourite, and some favourite must name the formation; keys
    are taken as they are, and a bac index without a table has no likeness at all. Corrected (defect
    7): keys are brought to the reference formations, a formation without a table for that index uses
    all its other ones, the stronger of both directions counts, and a favourite is fully alike to
    itself.

    Args:
        ids, index: the formations and their ranks.
    """

    def __init__(self, tableaux: Tableaux, ids: Sequence[str], index: Mapping[str, int], regles: Regles) -> None:
        self._ids = ids
        self._index = index
        self._symmetric = regles.similarite_symetrique
        self._keys = unpack_texts(tableaux["similaires_cles"])
        self._rows = tableaux["similaires"]
        self._groups = dict(
            zip(unpack_texts(tableaux["groupes_sources"]), unpack_texts(tableaux["groupes_cibles"]), strict=True)
        )
        self._ranks = index if self._symmetric else {key: rank for rank, key in enumerate(self._keys)}
        self._own_rows = np.array([self._ranks[formation] for formation in ids], dtype=np.intp)
        self._tables: dict[int, _Table] = {}

    def candidates(self, favoris: Iterable[str], index_bac: int) -> Masque:
        """Formations that some favourite names (corrected: that are alike to some favourite)."""
        table = self._table(index_bac)
        if self._symmetric:
            ranks = [self._ranks[favori] for favori in favoris if favori in self._ranks]
            return np.logical_or.reduce(table.scores[ranks] > 0, axis=0)
        known = [self._index[favori] for favori in favoris if favori in self._index]
        return np.logical_or.reduce(table.declares[:, known], axis=1)[self._own_rows]

    def score(self, favoris: Sequence[str], index_bac: int) -> Vecteur:
        """Sub-score of likeness: the formations' own scores for the favourites, summed (may exceed 1)."""
        table = self._table(index_bac)
        ranks = [self._ranks[favori] for favori in favoris if favori in self._ranks]
        if not ranks:
            return np.zeros(len(self._ids))
        total = np.add.reduce(np.maximum(table.scores[ranks], 0.0) / POIDS_SIMILARITE, axis=0)
        return total if self._symmetric else np.where(self.candidates(favoris, index_bac), total, 0.0)

    def pair(self, formation: int, favori: str, index_bac: int) -> float:
        """Likeness of a formation to one favourite, 100000 = its nearest neighbour; 0 = none."""
        rank = self._ranks.get(favori)
        return 0.0 if rank is None else float(self._table(index_bac).scores[rank, formation])

    def declared(self, formation: int) -> dict[int, dict[str, int]]:
        """What one formation says of others, by bac index, as in the data."""
        found: dict[int, dict[str, int]] = {}
        rows: list[list[int]] = self._rows[self._rows[:, 1] == formation].tolist()
        for index_bac, _, key, score in rows:
            found.setdefault(index_bac, {})[self._keys[key]] = score
        return found

    def _table(self, index_bac: int) -> _Table:
        table = self._tables.get(index_bac)
        if table is None:
            table = self._tables[index_bac] = self._build(index_bac)
        return table

    def _build(self, index_bac: int) -> _Table:
        return self._symmetric_table(index_bac) if self._symmetric else self._own_table(index_bac)

    def _own_table(self, index_bac: int) -> _Table:
        rows = self._rows[self._rows[:, 0] == index_bac]
        scores = np.zeros((len(self._keys), len(self._ids)))
        scores[rows[:, 2], rows[:, 1]] = rows[:, 3]
        declares = np.zeros(scores.shape, dtype=np.bool_)
        declares[rows[:, 2], rows[:, 1]] = True
        return _Table(scores, declares)

    def _symmetric_table(self, index_bac: int) -> _Table:
        count = len(self._ids)
        own = self._rows[:, 0] == index_bac
        has_own = np.zeros(count, dtype=np.bool_)
        has_own[self._rows[own, 1]] = True
        rows = self._rows[own | ~has_own[self._rows[:, 1]]]
        # Keys become ranks of reference formations; -1 = outside of the reference.
        to_reference = np.array(
            [self._index.get(key, self._index.get(self._groups.get(key, ""), -1)) for key in self._keys], dtype=np.intp
        )
        keys = to_reference[rows[:, 2]] if len(rows) else np.array([], dtype=np.intp)
        rows, keys = rows[keys >= 0], keys[keys >= 0]
        scores = np.zeros((count, count))
        np.maximum.at(scores, (keys, rows[:, 1]), rows[:, 3].astype(np.float64))
        scores = np.minimum(np.maximum(scores, scores.T), POIDS_SIMILARITE)
        np.fill_diagonal(scores, POIDS_SIMILARITE)
        return _Table(scores, scores > 0)

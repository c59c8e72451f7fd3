"""Figures of the formations as arrays, in alphabetical order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.donnees import FormationMoteur, Percentiles
from mps_desktop.engine.lecture import BAC_INCONNU
from mps_desktop.engine.preparation import Tableaux, unpack_texts
from mps_desktop.engine.regles import Regles
from mps_desktop.engine.similarite import Similarite

Vecteur = NDArray[np.float64]
Entiers = NDArray[np.intp]
Masque = NDArray[np.bool_]

DUREE_INCONNUE = 3
_DUREES = (1, 5)
_BACS_GARDES = 32
_PART_NEGLIGEABLE = 0.01
_PART_PLEINE = 0.2
SCORE_SANS_STATISTIQUE = 0.01


@dataclass(frozen=True, slots=True)
class PartsBac:
    """Weight of one bac among the admitted.

    Attributes:
        parts: per formation, share of that bac, 0..1; 0 when not published. The reference divides by
            zero where nobody was admitted: the share is then NaN, or infinite.
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
        ids: ids of the formations, in alphabetical order; the rank there is the index everywhere.
        index: id -> index.
        formations: their figures as objects, made when they are asked for.
        types: type of each formation, for the diversity of a list; ``codes_types`` as small integers.
        durees: years, 1..5.
        apprentissage, las: flags.
        las_et_meres: ranks of the licences accès santé whose mother licence is known, and of those mothers.
        offre: 0..1, how widely the formation is offered (places and vœux), against the median
            ``p50_nb_voeux`` and the third quartile ``p75_capacite``.
        similarite: which formations are alike.
    """

    def __init__(self, tableaux: Tableaux, regles: Regles) -> None:
        self._regles = regles
        self.ids: tuple[str, ...] = tuple(unpack_texts(tableaux["formations"]))
        self.index: Mapping[str, int] = {formation: rank for rank, formation in enumerate(self.ids)}
        self.types: tuple[str, ...] = tuple(unpack_texts(tableaux["types"]))
        codes = {name: code for code, name in enumerate(sorted(set(self.types)))}
        self.codes_types: list[int] = [codes[name] for name in self.types]
        durees = tableaux["durees"].astype(np.intp)
        if regles.duree_inconnue_neutre:
            durees = np.where(durees < 0, DUREE_INCONNUE, durees)
        self.durees: Entiers = np.clip(durees, *_DUREES)
        self.apprentissage: Masque = tableaux["apprentissage"]
        self.las: Masque = tableaux["est_las"]
        mothers = np.array([self.index.get(one, -1) for one in unpack_texts(tableaux["las"])], dtype=np.intp)
        known: Entiers = np.flatnonzero(self.las & (mothers >= 0))
        self.las_et_meres: tuple[Entiers, Entiers] = (known, mothers[known])
        counted = ~self.las if regles.offre_parmi_visibles else np.ones(len(self.ids), dtype=np.bool_)
        self.p50_nb_voeux, self.p75_capacite, self.offre = _offer(tableaux, counted)
        if regles.quota_souple:
            # Missing places count as none, whatever the quantile that they are divided by.
            self.offre = _read_only(np.clip(np.nan_to_num(self.offre, nan=0.0), 0.0, 1.0))
        self._bacs = {bac: rank for rank, bac in enumerate(unpack_texts(tableaux["bacs"]))}
        self._admis = tableaux["admis"]
        self._percentiles = tableaux["percentiles"]
        specialites = unpack_texts(tableaux["specialites"])
        self._specialites = {specialite: rank for rank, specialite in enumerate(specialites)}
        self._pct = tableaux["pct_specialites"]
        self._parts_specialites = np.nan_to_num(self._pct)
        self._sans_specialites: Masque = np.logical_and.reduce(np.isnan(self._pct), axis=0)
        self.similarite = Similarite(tableaux, self.ids, self.index, regles)
        self.formations = _Fiches(tableaux, self)
        self.bac_shares = lru_cache(maxsize=_BACS_GARDES)(self._bac_shares)
        self.moyennes = lru_cache(maxsize=_BACS_GARDES)(self._moyennes)

    def specialite_score(self, specialites: Iterable[str]) -> Vecteur:
        """Sub-score of chosen spécialités.

        Reference: their whole percentages summed as if they were fractions, capped at 1. Corrected:
        sum of their shares, full from half of the admitted on; a spécialité that no formation
        publishes is not asked for, a formation that publishes none counts as the worst of the others.
        """
        ranks = [self._specialites[s] for s in specialites if s in self._specialites]
        if not self._regles.parts_en_fractions:
            return np.minimum(np.add.reduce(self._parts_specialites[ranks], axis=0), 1.0)
        if not ranks:
            return np.ones(len(self.ids))
        total = np.add.reduce(self._parts_specialites[ranks], axis=0) / 100.0
        return worst_for_unknown(np.minimum(total / PART_SPECIALITES_PLEINE, 1.0), self._sans_specialites)

    def pct_specialites(self, rank: int) -> dict[str, int]:
        """Published spécialité shares of one formation, whole percents."""
        column = self._pct[:, rank].tolist()
        return {s: int(column[row]) for s, row in self._specialites.items() if column[row] == column[row]}

    def admis(self, rank: int) -> dict[str, int]:
        """Published admitted counts of one formation by bac."""
        column = self._admis[:, rank].tolist()
        return {bac: int(column[row]) for bac, row in self._bacs.items() if column[row] == column[row]}

    def percentiles(self, rank: int) -> dict[str, Percentiles]:
        """Published averages of the admitted of one formation by bac."""
        rows = self._percentiles[:, :, rank].tolist()
        return {
            bac: Percentiles(*(int(value) for value in rows[row]))
            for bac, row in self._bacs.items()
            if rows[row][0] == rows[row][0]
        }

    def similar_candidates(self, favoris: Iterable[str], index_bac: int) -> Masque:
        """Formations that some favourite declares similar to itself."""
        return self.similarite.candidates(favoris, index_bac)

    def _bac_shares(self, bac: str) -> PartsBac:
        count = len(self.ids)
        missing = np.full(count, np.nan)
        if bac == BAC_INCONNU:
            nothing = np.zeros(count)
            neutral = np.full(count, 1.0 if self._regles.silence_neutre else SCORE_SANS_STATISTIQUE)
            return PartsBac(_read_only(nothing), _read_only(neutral))
        tous = self._admis[self._bacs[BAC_INCONNU]] if BAC_INCONNU in self._bacs else missing
        published = ~np.isnan(tous)
        if self._regles.parts_sans_division_par_zero:
            published = published & (tous > 0)
        ceux = self._admis[self._bacs[bac]] if bac in self._bacs else missing
        with np.errstate(divide="ignore", invalid="ignore"):
            # A bac that is absent is nobody admitted of that bac; 0 / 0 stays NaN in the reference.
            parts = np.where(np.isnan(ceux), 0.0, ceux / tous)
        parts = np.where(published, parts, 0.0)
        ramp = (parts - _PART_NEGLIGEABLE) / (_PART_PLEINE - _PART_NEGLIGEABLE)
        with np.errstate(invalid="ignore"):
            scores = np.where(parts <= _PART_NEGLIGEABLE, 0.0, np.where(parts >= _PART_PLEINE, 1.0, ramp))
        if self._regles.inconnu_sans_avantage:
            scores = SCORE_SANS_STATISTIQUE + (1.0 - SCORE_SANS_STATISTIQUE) * scores
        scores = np.where(published, scores, SCORE_SANS_STATISTIQUE)
        return PartsBac(_read_only(parts), _read_only(scores))

    def _moyennes(self, bac: str) -> MoyennesBac:
        shape = (self._percentiles.shape[1], len(self.ids))
        found = np.full(shape, np.nan)
        for one in (BAC_INCONNU, bac):
            if one in self._bacs:
                own = self._percentiles[self._bacs[one]]
                found = np.where(np.isnan(own[0]), found, own)
        known = ~np.isnan(found[0])
        return MoyennesBac(known, *np.where(known, found, 0.0))


PART_SPECIALITES_PLEINE = 0.5
"""Share of the admitted, in chosen spécialités together, from which nothing more is asked."""


def worst_for_unknown(scores: Vecteur, unknown: Masque) -> Vecteur:
    """Scores where what nobody published counts as the worst that is published (defect 14)."""
    known = scores[~unknown]
    return np.where(unknown, known.min(), scores) if known.size else np.ones(len(scores))


class _Fiches:
    """Figures of the formations as objects, without their vœux; each is made once."""

    def __init__(self, tableaux: Tableaux, tables: Tables) -> None:
        self._tableaux = tableaux
        self._tables = tables
        self._libelles = unpack_texts(tableaux["libelles"])
        self._las = unpack_texts(tableaux["las"])
        self._made: dict[int, FormationMoteur] = {}

    def __len__(self) -> int:
        return len(self._tables.ids)

    def __getitem__(self, rank: int) -> FormationMoteur:
        made = self._made.get(rank)
        if made is None:
            made = self._made[rank] = self._make(rank)
        return made

    def _make(self, rank: int) -> FormationMoteur:
        tables, tableaux = self._tables, self._tableaux
        return FormationMoteur(
            id=tables.ids[rank],
            libelle=self._libelles[rank],
            type=tables.types[rank],
            duree=int(tableaux["durees"][rank]),
            apprentissage=bool(tables.apprentissage[rank]),
            las=self._las[rank] if tables.las[rank] else None,
            capacite=int(tableaux["capacites"][rank]),
            nb_admis_par_bac=tables.admis(rank),
            percentiles=tables.percentiles(rank),
            pct_specialites=tables.pct_specialites(rank),
            similaires=tables.similarite.declared(rank),
        )


def _read_only(values: Vecteur) -> Vecteur:
    """The same array, protected: it is handed out and kept for the next profile."""
    values.flags.writeable = False
    return values


def _offer(tableaux: Tableaux, counted: Masque) -> tuple[int, int, Vecteur]:
    """Median of the vœux, third quartile of the places, and how widely each formation is offered.

    The reference divides by the quantile even when it is 0 or negative (missing capacities).
    """
    capacites, nb_voeux = tableaux["capacites"], tableaux["nb_voeux"]
    count = int(np.count_nonzero(counted))
    if not count:
        return 0, 0, _read_only(np.ones(len(capacites)))
    p50 = int(np.sort(nb_voeux[counted])[count // 2])
    p75 = int(np.sort(capacites[counted])[75 * count // 100])
    with np.errstate(divide="ignore", invalid="ignore"):
        places = np.where(capacites >= p75, 1.0, capacites / np.float64(p75))
        voeux = np.where(nb_voeux >= p50, 1.0, nb_voeux / np.float64(p50))
        return p50, p75, _read_only(places * voeux)

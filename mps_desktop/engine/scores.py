"""Sub-scores of every formation for one profile (spec, section 6), as whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.chemins import Chemins
from mps_desktop.engine.distances import Distances
from mps_desktop.engine.graphe import is_metier
from mps_desktop.engine.lecture import CommuneNulle, Lecture
from mps_desktop.engine.notes import croissante_score, moyenne_score
from mps_desktop.engine.profil import COMMUNE_NULLE
from mps_desktop.engine.regles import Regles
from mps_desktop.engine.tables import Masque, Tables, Vecteur, worst_for_unknown

MULTIPLICATEURS_MINIMAUX: Mapping[str, float] = {
    "typebac": 1e-8,
    "tags": 1e-8,
    "app": 1e-5,
    "duration": 1e-4,
    "geo": 1e-4,
    "sim": 1e-3,
    "spec": 1e-3,
    "spec_bac_pro": 1e-8,
    "moygen": 1e-1,
}
"""What a sub-score of 0 multiplies the affinity by. Keys are the names of the reference."""

CRITERES = ("sim", "tags", "geo", "duration", "app", "spec", "typebac", "moygen", "spec_bac_pro")
"""Order of the columns; the last one is for a bac pro only."""

_NB_TAGS_PARFAIT = 6
_KM_GRATUITS = 10
_MOYENNES_GARDEES = 512

SIM_MINIMALE = 0.2
"""Corrected mode: what a formation keeps when nothing makes it alike to a favourite."""

PART_SANTE_SEULE = 0.1
"""Corrected mode: what a licence accès santé keeps of a tie or likeness that its mother licence has no part in."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Sub-scores and the affinity that they make.

    Attributes:
        retenues: per formation, whether it matches at all (affinity 0 otherwise).
        brutes: per formation, product of the multipliers; 0 where it does not match.
        criteres: names of the rows below; none when nothing could be scored.
        valeurs: criteria × formations, sub-scores: neither clamped nor rounded in the reference.
        multiplicateurs: same shape, what each criterion multiplies the affinity by, 0..1.
    """

    retenues: Masque
    brutes: Vecteur
    criteres: tuple[str, ...]
    valeurs: NDArray[np.float64]
    multiplicateurs: NDArray[np.float64]


class Notation:
    """Scores profiles against the formations of one data set.

    Args:
        sante: ids that show an interest in health studies.
        avec_moyenne: whether the averages that students give of themselves may be used (defect 13:
            the reference uses them all the same).
    """

    def __init__(
        self,
        tables: Tables,
        chemins: Chemins,
        distances: Distances,
        sante: frozenset[str],
        regles: Regles,
        *,
        avec_moyenne: bool = True,
    ) -> None:
        self._tables = tables
        self._chemins = chemins
        self._distances = distances
        self._sante = sante
        self._regles = regles
        self._avec_moyenne = avec_moyenne or not regles.moyenne_debrayable
        self._silence = 1.0 if regles.silence_neutre else 0.0
        minima = {**MULTIPLICATEURS_MINIMAUX, **({"sim": SIM_MINIMALE} if regles.ressemblance_souple else {})}
        self._minima = np.array([[minima[critere]] for critere in CRITERES])
        self._ones = np.ones(len(tables.ids))
        self._durees = {wanted: self._duration(wanted) for wanted in (None, "court", "long", "")}
        self._alternances = {wanted: self._app(wanted) for wanted in (None, "A", "B", "")}
        self._moyennes = lru_cache(maxsize=_MOYENNES_GARDEES)(self._moygen)

    def draws_to_health(self, lecture: Lecture) -> bool:
        """Whether something in the profile leads to health studies."""
        return not self._sante.isdisjoint(lecture.sources)

    def visible(self, lecture: Lecture) -> Masque:
        """Formations that may be shown: licences accès santé only to those drawn to health."""
        if self.draws_to_health(lecture):
            return np.ones(len(self._tables.ids), dtype=np.bool_)
        return ~self._tables.las

    def score(self, lecture: Lecture, *, refused_too: bool = False) -> Scores:
        """Score every formation.

        Args:
            refused_too: keep the refused formations too.

        Raises:
            BacAbsent: the bac is None and some formation is neither refused nor hidden.
            CommuneNulle: a town is null and some formation matches.
        """
        tables = self._tables
        candidates = self.visible(lecture)
        if lecture.rejetes and not refused_too:
            candidates[[tables.index[refused] for refused in lecture.rejetes if refused in tables.index]] = False
        if not candidates.any():
            return nothing_scored(len(tables.ids))
        criteres = CRITERES if lecture.bac_pro else CRITERES[:-1]
        valeurs = np.empty((len(criteres), len(tables.ids)))
        valeurs[0] = self._sim(lecture)
        valeurs[1] = self._tags(lecture)
        self._temper(valeurs, lecture.favoris)
        retenues = candidates & ((valeurs[0] > 0) | (valeurs[1] > 0))
        if COMMUNE_NULLE in lecture.communes and retenues.any():
            raise CommuneNulle
        if self._regles.silence_neutre and not lecture.favoris:
            valeurs[0] = 1.0
        valeurs[2] = self._geo(lecture)
        wanted = lecture.profil.duree
        valeurs[3] = self._durees.get(wanted if wanted is None else wanted.lower(), self._ones)
        valeurs[4] = self._alternances.get(lecture.profil.apprentissage, self._ones)
        valeurs[5] = tables.specialite_score(lecture.specialites) if lecture.specialites else 1.0
        valeurs[6] = tables.bac_shares(lecture.bac).scores
        valeurs[7] = self._moyennes(lecture.bac, lecture.moyenne)
        if lecture.bac_pro:
            valeurs[8] = valeurs[5]
        if self._regles.silence_neutre:
            np.clip(valeurs, 0.0, 1.0, out=valeurs)
        valeurs.flags.writeable = False
        minima = self._minima[: len(criteres)]
        multiplicateurs = minima + (1.0 - minima) * np.clip(valeurs, 0.0, 1.0)
        brutes = np.where(retenues, np.multiply.reduce(multiplicateurs, axis=0), 0.0)
        return Scores(retenues, brutes, criteres, valeurs, multiplicateurs)

    def _temper(self, valeurs: NDArray[np.float64], favoris: tuple[str, ...]) -> None:
        """Corrected mode: what licences accès santé and favourites are worth, in the rows of likeness and tastes."""
        tables = self._tables
        if self._regles.las_des_deux_gouts:
            las, mothers = tables.las_et_meres
            whole = valeurs[:2, las]
            own = np.minimum(valeurs[:2, mothers], whole)
            valeurs[:2, las] = own + PART_SANTE_SEULE * (whole - own)
        if self._regles.favori_compte_pour_lui and favoris:
            liked = [tables.index[favori] for favori in dict.fromkeys(favoris) if favori in tables.index]
            valeurs[0, liked] = 1.0
            valeurs[1, liked] = np.minimum(1.0, valeurs[1, liked] + 1.0 / _NB_TAGS_PARFAIT)

    def _sim(self, lecture: Lecture) -> Vecteur | float:
        index_bac = lecture.index_bac
        return self._tables.similarite.score(lecture.favoris, index_bac) if lecture.favoris else 0.0

    def _tags(self, lecture: Lecture) -> Vecteur | float:
        known = [source for source in lecture.sources if source in self._chemins]
        if not known:
            return 0.0
        weights = np.array([[2.0 if is_metier(source) else 1.0] for source in known])
        rows = self._chemins.formation_scores(self._chemins.ranks(known))
        return np.clip(np.add.reduce(weights * rows, axis=0) / _NB_TAGS_PARFAIT, 0.0, 1.0)

    def _geo(self, lecture: Lecture) -> Vecteur | float:
        if not lecture.communes:
            return self._silence
        found = [self._distances.geo_scores(commune, _KM_GRATUITS) for commune in lecture.communes]
        known = [scores for scores in found if scores is not None]
        if not known:
            # Towns that nobody can place say nothing.
            return self._silence
        return np.add.reduce(known, axis=0)

    def _duration(self, wanted: str | None) -> Vecteur:
        durees = self._tables.durees
        match wanted:
            case None:
                return np.full(len(durees), self._silence)
            case "court":
                return np.where(durees >= 4, 0.0, (4 - durees) / 3.0)
            case "long":
                return np.where(durees < 4, 0.0, (durees - 3) / 2.0)
            case _:
                return self._ones

    def _app(self, wanted: str | None) -> Vecteur:
        exists = self._tables.apprentissage
        match wanted:
            case None:
                return np.full(len(exists), self._silence)
            case "A":
                return np.where(exists, 1.0, 0.5)
            case "B":
                return np.where(exists, 1.0, 0.8)
            case _:
                return self._ones

    def _moygen(self, bac: str, moyenne: float | None) -> Vecteur:
        if moyenne is None or not self._avec_moyenne:
            return self._ones
        figures = self._tables.moyennes(bac)
        if self._regles.courbe_croissante:
            return worst_for_unknown(croissante_score(moyenne, figures), ~figures.connues)
        return np.where(figures.connues, moyenne_score(moyenne, figures), 1.0)


def nothing_scored(count: int) -> Scores:
    """Scores of a profile that nothing can be told of."""
    nothing = np.zeros(count)
    return Scores(nothing > 0, nothing, (), np.empty((0, count)), np.empty((0, count)))

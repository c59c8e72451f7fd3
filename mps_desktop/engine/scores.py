"""Sub-scores of every formation for one profile (spec, section 6), as whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mps_desktop.engine.chemins import Chemins
from mps_desktop.engine.distances import Distances
from mps_desktop.engine.graphe import is_metier
from mps_desktop.engine.lecture import Lecture
from mps_desktop.engine.tables import Masque, MoyennesBac, Tables, Vecteur

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

POIDS_SIMILARITE = 100_000.0
MOYENNE_MAX = 40
_NB_TAGS_PARFAIT = 6
_KM_GRATUITS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Sub-scores before clamping and rounding, and the affinity that they make.

    Attributes:
        retenues: per formation, whether it matches at all (affinity 0 otherwise).
        brutes: per formation, product of the multipliers; 0 where it does not match.
        colonnes: criterion -> one value per formation; ``spec_bac_pro`` for a bac pro only.
    """

    retenues: Masque
    brutes: Vecteur
    colonnes: Mapping[str, Vecteur]


class Notation:
    """Scores profiles against the formations of one data set.

    Args:
        sante: ids that show an interest in health studies.
    """

    def __init__(self, tables: Tables, chemins: Chemins, distances: Distances, sante: frozenset[str]) -> None:
        self._tables = tables
        self._chemins = chemins
        self._distances = distances
        self._sante = sante

    def visible(self, lecture: Lecture) -> Masque:
        """Formations that may be shown: licences accès santé only to those drawn to health."""
        if self._sante.intersection(lecture.sources):
            return np.ones(len(self._tables.ids), dtype=np.bool_)
        return ~self._tables.las

    def score(self, lecture: Lecture) -> Scores:
        """Score every formation.

        Raises:
            BacAbsent: the bac is None and some formation is neither refused nor hidden.
        """
        tables = self._tables
        candidates = self.visible(lecture)
        candidates[[tables.index[refused] for refused in lecture.rejetes if refused in tables.index]] = False
        if not candidates.any():
            nothing = np.zeros(len(tables.ids))
            return Scores(candidates, nothing, {})
        colonnes = {
            "sim": tables.similarity_score(lecture.favoris, lecture.index_bac, POIDS_SIMILARITE),
            "tags": self._tags(lecture),
            "geo": self._geo(lecture),
            "duration": self._duration(lecture),
            "app": self._app(lecture),
            "spec": self._spec(lecture),
            "typebac": tables.bac_shares(lecture.bac).scores,
            "moygen": self._moygen(lecture),
        }
        if lecture.bac_pro:
            colonnes["spec_bac_pro"] = colonnes["spec"]
        retenues = candidates & ((colonnes["sim"] > 0) | (colonnes["tags"] > 0))
        brutes = retenues.astype(np.float64)
        for critere, minimum in MULTIPLICATEURS_MINIMAUX.items():
            if critere in colonnes:
                brutes *= minimum + (1.0 - minimum) * np.clip(colonnes[critere], 0.0, 1.0)
        return Scores(retenues, brutes, colonnes)

    def _tags(self, lecture: Lecture) -> Vecteur:
        total = np.zeros(len(self._tables.ids))
        for source in lecture.sources:
            vectors = self._chemins.from_source(source)
            if vectors is not None:
                total += (2.0 if is_metier(source) else 1.0) * vectors.scores_formations
        return np.clip(total / _NB_TAGS_PARFAIT, 0.0, 1.0)

    def _geo(self, lecture: Lecture) -> Vecteur:
        total = np.zeros(len(self._tables.ids))
        for commune in lecture.communes:
            distances = self._distances.from_ville(commune)
            if distances is not None:
                km = distances.formations
                total += np.where(km < 0, 0.0, 1.0 / (1.0 + np.maximum(0, km - _KM_GRATUITS)))
        return total

    def _duration(self, lecture: Lecture) -> Vecteur:
        wanted = lecture.profil.duree
        durees = self._tables.durees
        if wanted is None:
            return np.zeros(len(durees))
        match wanted.lower():
            case "court":
                return np.where(durees >= 4, 0.0, (4 - durees) / 3.0)
            case "long":
                return np.where(durees < 4, 0.0, (durees - 3) / 2.0)
            case _:
                return np.ones(len(durees))

    def _app(self, lecture: Lecture) -> Vecteur:
        exists = self._tables.apprentissage
        match lecture.profil.apprentissage:
            case None:
                return np.zeros(len(exists))
            case "A":
                return np.where(exists, 1.0, 0.5)
            case "B":
                return np.where(exists, 1.0, 0.8)
            case _:
                return np.ones(len(exists))

    def _spec(self, lecture: Lecture) -> Vecteur:
        if not lecture.specialites:
            return np.ones(len(self._tables.ids))
        return self._tables.specialite_score(lecture.specialites)

    def _moygen(self, lecture: Lecture) -> Vecteur:
        if lecture.moyenne is None:
            return np.ones(len(self._tables.ids))
        figures = self._tables.moyennes(lecture.bac)
        return np.where(figures.connues, moyenne_score(lecture.moyenne, figures), 1.0)


def moyenne_score(moyenne: float, figures: MoyennesBac) -> Vecteur:
    """0.7 × chances of being admitted + 0.3 × closeness to the admitted, as the reference draws them.

    Between r25 and r75 both ramps go from r25 to r75, whatever the median: a quirk of the reference.
    """
    r10, r25, r50, r75, r90 = figures.r10, figures.r25, figures.r50, figures.r75, figures.r90
    n = np.trunc(figures.rang_max * moyenne / MOYENNE_MAX)
    low = np.floor(8.0 * figures.rang_max / 20.0)
    middle = _ramp(n, r25, r75)
    lower = _ramp(n, r10, r25)
    admissibility = np.select(
        [n <= low, n <= r10, n <= r25, n <= r50, n <= r75],
        [np.full(len(n), 0.001), 0.1 * _ramp(n, low, r10), 0.1 + 0.2 * lower, 0.3 + 0.6 * middle, 0.9 + 0.1 * middle],
        default=1.0,
    )
    closeness = np.select(
        [(n >= r90) | (n < r10), (r25 <= n) & (n <= r75), n <= r25],
        [np.zeros(len(n)), np.ones(len(n)), lower],
        default=_ramp(n, r75, r25),
    )
    return 0.7 * admissibility + 0.3 * closeness


def _ramp(n: Vecteur, zero: Vecteur, one: Vecteur) -> Vecteur:
    """0 at ``zero``, 1 at ``one``, straight between, 0.5 when both are the same."""
    flat = zero == one
    span = np.where(flat, 1.0, one - zero)
    return np.where(flat, 0.5, np.clip((n - zero) / span, 0.0, 1.0))

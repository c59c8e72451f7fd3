"""Why a formation is suggested (spec, section 10): facts only, worded elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mps_desktop.engine.chemins import Chemins, VecteursSource
from mps_desktop.engine.distances import Distances, VoeuProche
from mps_desktop.engine.donnees import Percentiles
from mps_desktop.engine.graphe import is_formation
from mps_desktop.engine.lecture import BAC_INCONNU, CommuneNulle, Lecture
from mps_desktop.engine.notes import MOYENNE_MAX
from mps_desktop.engine.profil import COMMUNE_NULLE
from mps_desktop.engine.regles import REFERENCE, Regles
from mps_desktop.engine.scores import Notation
from mps_desktop.engine.tables import DUREE_INCONNUE, Masque, Tables

_KM_PROCHE = 50
_PART_BAC_NOTABLE = 0.5
_ENTIER_MAX = 2**31 - 1
"""What the reference shows for a share that is infinite (admitted of one bac, nobody in total)."""


@dataclass(frozen=True, slots=True)
class RaisonSimilaire:
    """The data declare it alike to this favourite (score: 100000 = its best neighbour)."""

    favori_id: str
    score: int


@dataclass(frozen=True, slots=True)
class RaisonGouts:
    """The graph leads here from the student's choices.

    Attributes:
        sources: interests, domaines, métiers and formations chosen that are tied directly; empty
            when the tie goes through something else.
    """

    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaisonVoisine:
    """A chosen formation is tied directly to this one in the graph."""

    formation_id: str


@dataclass(frozen=True, slots=True)
class RaisonProximite:
    """It is taught near a preferred commune.

    Attributes:
        voeux: the nearest one or two; the first is nearer than 50 km.
    """

    commune_id: str
    commune: str
    voeux: tuple[VoeuProche, ...]


@dataclass(frozen=True, slots=True)
class RaisonDuree:
    """Its length is what the student asked for (``option`` as in the profile)."""

    option: str


@dataclass(frozen=True, slots=True)
class RaisonApprentissage:
    """It exists in apprenticeship and the student is interested (``A`` very, ``B`` rather)."""

    option: str


@dataclass(frozen=True, slots=True)
class PartSpecialite:
    """Share of a spécialité among the admitted, whole percent."""

    specialite_id: str
    pct: int


@dataclass(frozen=True, slots=True)
class RaisonSpecialites:
    """Chosen spécialités that the admitted had."""

    parts: tuple[PartSpecialite, ...]


@dataclass(frozen=True, slots=True)
class RaisonBac:
    """At least half of the admitted have this bac (whole percent, truncated)."""

    bac: str
    pourcentage: int


@dataclass(frozen=True, slots=True)
class RaisonMoyenne:
    """The average beside those of the admitted.

    Attributes:
        moyenne: half points, 0..40.
        rang: where it falls on the scale of the percentiles.
        bac_utilise: bac of the admitted; ``NC`` = all of them.
    """

    moyenne: float
    rang: int
    percentiles: Percentiles
    bac_utilise: str


Raison = (
    RaisonSimilaire
    | RaisonGouts
    | RaisonVoisine
    | RaisonProximite
    | RaisonDuree
    | RaisonApprentissage
    | RaisonSpecialites
    | RaisonBac
    | RaisonMoyenne
)


@dataclass(frozen=True, slots=True)
class Explication:
    """What ties one formation to the profile.

    Attributes:
        raisons: in the order of the reference, its repetitions included.
        exemples: métiers of the formation, those that suit the profile first.
    """

    formation_id: str
    raisons: tuple[Raison, ...]
    exemples: tuple[str, ...]


class Explications:
    """Reasons for one profile; what is common to all formations is worked out once.

    Raises:
        BacAbsent: the bac is None.
        CommuneNulle: a town is null.
    """

    def __init__(
        self,
        lecture: Lecture,
        tables: Tables,
        chemins: Chemins,
        distances: Distances,
        notation: Notation,
        regles: Regles = REFERENCE,
    ) -> None:
        self._fondues = regles.explications_fondues
        self._lecture = lecture
        self._tables = tables
        self._distances = distances
        self._visible = notation.visible(lecture)
        self._parts_bac = tables.bac_shares(lecture.bac).parts
        found = ((source, chemins.from_source(source)) for source in lecture.sources)
        self._vectors: list[tuple[str, VecteursSource]] = [(s, vectors) for s, vectors in found if vectors is not None]

    @cached_property
    def _candidates(self) -> Masque:
        # Asked for once a formation is explained only: the reference then fails on a null bac, not before.
        return self._tables.similar_candidates(self._lecture.favoris, self._lecture.index_bac)

    def reasons(self, formation: str) -> tuple[Raison, ...]:
        """Reasons of one formation; none for what is not a formation or is hidden from this profile."""
        if not is_formation(formation):
            return ()
        rank = self._tables.index.get(formation)
        if rank is None:
            return tuple(self._duree(DUREE_INCONNUE))
        if not self._visible[rank]:
            return ()
        return (
            *self._similaires(rank),
            *self._gouts(rank),
            *self._proximites(rank),
            *self._duree(int(self._tables.durees[rank])),
            *self._apprentissage(rank),
            *self._specialites(rank),
            *self._bac(rank),
            *self._moyenne(rank),
            # The reference says the spécialités twice (defect 2).
            *(() if self._fondues else self._specialites(rank)),
        )

    def _similaires(self, rank: int) -> Iterator[Raison]:
        if not self._candidates[rank]:
            return
        favoris = self._lecture.favoris
        for favori in dict.fromkeys(favoris) if self._fondues else favoris:
            score = self._tables.similarite.pair(rank, favori, self._lecture.index_bac)
            if score > 0 and favori != self._tables.ids[rank]:
                yield RaisonSimilaire(favori, int(score))

    def _gouts(self, rank: int) -> Iterator[Raison]:
        leading = [(source, vectors) for source, vectors in self._vectors if vectors.scores_formations[rank] > 0]
        if not leading:
            return
        direct = tuple(source for source, vectors in leading if vectors.formations_directes[rank])
        # The reference gives an empty reason when every tie is indirect (defect 20).
        if direct or not self._fondues:
            yield RaisonGouts(direct)
        for source in direct:
            if is_formation(source):
                yield RaisonVoisine(source)

    def _proximites(self, rank: int) -> Iterator[Raison]:
        for commune in self._lecture.communes:
            if commune == COMMUNE_NULLE:
                raise CommuneNulle
            voeux = self._distances.nearest(commune, rank)
            if voeux and voeux[0].km < _KM_PROCHE:
                yield RaisonProximite(commune, self._distances.nom(commune), voeux)

    def _duree(self, annees: int) -> Iterator[Raison]:
        wanted = self._lecture.profil.duree
        if wanted is None:
            return
        folded = wanted.lower()
        if (folded == "court" and annees <= 3) or (folded == "long" and annees >= 4):
            yield RaisonDuree(wanted)

    def _apprentissage(self, rank: int) -> Iterator[Raison]:
        wanted = self._lecture.profil.apprentissage
        if wanted in ("A", "B") and self._tables.apprentissage[rank]:
            yield RaisonApprentissage(wanted)

    def _specialites(self, rank: int) -> Iterator[Raison]:
        shares = self._tables.formations[rank].pct_specialites
        parts = tuple(
            PartSpecialite(specialite, shares[specialite])
            for specialite in self._lecture.specialites
            if shares.get(specialite, 0) > 0
        )
        if parts:
            yield RaisonSpecialites(parts)

    def _bac(self, rank: int) -> Iterator[Raison]:
        part = float(self._parts_bac[rank])
        if self._lecture.bac != BAC_INCONNU and part >= _PART_BAC_NOTABLE:
            yield RaisonBac(self._lecture.bac, int(min(100 * part, _ENTIER_MAX)))

    def _moyenne(self, rank: int) -> Iterator[Raison]:
        moyenne = self._lecture.moyenne
        if moyenne is None:
            return
        known = self._tables.formations[rank].percentiles
        bac = self._lecture.bac if self._lecture.bac in known else BAC_INCONNU
        if bac in known:
            figures = known[bac]
            yield RaisonMoyenne(moyenne, int(figures.rang_max * moyenne / MOYENNE_MAX), figures, bac)

"""The suggestion engine: one object for one data set, safe to use from several threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mps_desktop.engine import lecture
from mps_desktop.engine.chemins import Chemins
from mps_desktop.engine.classement import EN_VUE, in_sight, ranking, repetition_factor, rounded, soft_ranking
from mps_desktop.engine.contributions import ContributionsFormation, contributions_of
from mps_desktop.engine.distances import Distances
from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.explications import Explication, Explications
from mps_desktop.engine.graphe import PASS
from mps_desktop.engine.mesures import Mesures, Mesureur
from mps_desktop.engine.metiers import MetierClasse, Metiers
from mps_desktop.engine.preparation import Tableaux, check_version, prepare, read_graph, unpack_texts
from mps_desktop.engine.profil import Profil, Statut
from mps_desktop.engine.regles import Mode, regles_du_mode
from mps_desktop.engine.sante import leads_to_health
from mps_desktop.engine.scores import Notation, Scores, nothing_scored
from mps_desktop.engine.tables import Masque, Tables, Vecteur

_ADORE = 5
"""Score of a formation that the student loves."""


@dataclass(frozen=True, slots=True)
class Affinites:
    """Affinity of every formation for one profile. Arrays follow ``ids`` (alphabetical order).

    Attributes:
        retenues: whether the formation matches the profile at all.
        brutes: affinity before normalisation, 0 when it does not match.
        normalisees: 0..1, the best formation has 1; 7 decimals in the reference, unrounded when corrected.
        max_brute: what affinities were divided by; 0 when nothing matches.
        sous_scores: criterion of the reference (``sim``, ``tags``, ``geo``…) -> values, neither
            clamped nor rounded in the reference, that mean something where ``retenues`` is true only.
            Empty when nothing could be scored.
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


@dataclass(frozen=True, slots=True)
class Palmares:
    """First formations (and métiers) of one profile of a batch, without the detail of the scores.

    Attributes:
        formations: ids, best first.
        affinites: 0..1, one per formation.
        metiers: first métiers, when they were asked for.
    """

    formations: tuple[str, ...]
    affinites: tuple[float, ...]
    metiers: tuple[MetierClasse, ...] = ()


class Moteur:
    """Ranks and explains formations and métiers; ties are broken by id.

    Two modes share this code. ``corrige``, the one that the product uses, has the defects of
    ``regles.Regles`` mended. ``reference`` answers exactly as MonProjetSup does: a profile whose bac is
    None then raises ``lecture.BacAbsent`` once a formation must be scored.

    Whoever knows nothing of his tastes (no interest, no approved choice, no commune) gets
    empty rankings; corrected, communes alone or unknown ids tell nothing either (defect 18).

    Args:
        jeu: the data set; read entirely here, nothing is kept up to date afterwards.
        mode: ``corrige`` or ``reference``.
        avec_moyenne: whether averages may be used (defect 13: no effect in the reference).
    """

    def __init__(self, jeu: JeuDeDonnees, mode: Mode = "corrige", *, avec_moyenne: bool = True) -> None:
        self.__setstate__((prepare(jeu, mode), avec_moyenne))

    @classmethod
    def from_arrays(cls, tableaux: Tableaux, *, avec_moyenne: bool = True) -> Moteur:
        """The engine on arrays made by ``preparation.prepare``, which also hold the mode.

        Raises:
            TableauxPerimes: they come from another version of the engine.
        """
        moteur = cls.__new__(cls)
        moteur.__setstate__((tableaux, avec_moyenne))
        return moteur

    def __getstate__(self) -> tuple[Tableaux, bool]:
        """The prepared arrays are all that another process needs (caches of functions do not travel)."""
        return self._tableaux, self._avec_moyenne

    def __setstate__(self, state: tuple[Tableaux, bool]) -> None:
        tableaux, avec_moyenne = state
        self._tableaux, self._avec_moyenne = tableaux, avec_moyenne
        self.mode: Mode = check_version(tableaux)
        self._regles = regles = regles_du_mode(self.mode)
        self.graphe = graphe = read_graph(tableaux)
        self._tables = Tables(tableaux, regles)
        self._chemins = Chemins(graphe, self._tables.ids, 2 if regles.deux_aretes_partout else 3)
        self._distances = Distances(tableaux, len(self._tables.ids))
        las = (formation for formation, flag in zip(self._tables.ids, self._tables.las, strict=True) if flag)
        sante = frozenset({PASS, *graphe.successors(PASS), *las})
        self._elements: dict[str, tuple[str, ...]] = {}
        if regles.profil_tolerant:
            for atome, element in _pairs(tableaux, "atomes"):
                if atome not in graphe.index:
                    self._elements[atome] = (*self._elements.get(atome, ()), element)
        if regles.sante_par_interets:
            atomes = set(unpack_texts(tableaux["interets_sources"]))
            interets = {*atomes, *(e for atome in atomes for e in self._elements.get(atome, ()))}
            sante |= leads_to_health(graphe, interets)
        self._notation = Notation(
            self._tables, self._chemins, self._distances, sante, regles, avec_moyenne=avec_moyenne
        )
        self._metiers = Metiers(graphe, self._chemins, _pairs(tableaux, "exemples"), regles)

    @property
    def p50_nb_voeux(self) -> int:
        """Median number of vœux of the formations."""
        return self._tables.p50_nb_voeux

    @property
    def p75_capacite(self) -> int:
        """Third quartile of the places of the formations."""
        return self._tables.p75_capacite

    def affinites(self, profil: Profil) -> Affinites:
        """Score every formation.

        Raises:
            BacAbsent, CommuneNulle: reference mode, see ``Notation.score``.
        """
        lu = self._read(profil)
        scores = self._scores(lu)
        return Affinites(
            ids=self._tables.ids,
            retenues=scores.retenues,
            brutes=scores.brutes,
            normalisees=self._normalised(scores),
            max_brute=float(scores.brutes.max(initial=0.0)),
            sous_scores=dict(zip(scores.criteres, scores.valeurs, strict=True)),
            offres=self._tables.offre,
        )

    def classer(self, profil: Profil, limite: int | None = None) -> tuple[Suggestion, ...]:
        """Formations in the order in which to show them; all of them, or the first ``limite``.

        Those that do not match come last with affinity 0.

        Raises:
            BacAbsent, CommuneNulle: reference mode, see ``Notation.score``.
        """
        lu = self._read(profil)
        if not lu.personnel:
            return ()
        scores = self._scores(lu)
        normalisees = self._normalised(scores)
        order = self._order(lu, normalisees, limite)
        rows: list[list[float]] = rounded(scores.valeurs[:, order]).T.tolist()
        affinites: list[float] = normalisees[order].tolist()
        retenues: list[bool] = scores.retenues[order].tolist()
        ids, criteres = self._tables.ids, scores.criteres
        return tuple(
            Suggestion(ids[formation], rang, affinite, dict(zip(criteres, row, strict=True)) if match else {})
            for rang, (formation, affinite, match, row) in enumerate(
                zip(order, affinites, retenues, rows, strict=True), start=1
            )
        )

    def says_something(self, profil: Profil) -> bool:
        """Whether the profile says anything that suggestions can start from."""
        return self._read(profil).personnel

    def classer_lot(self, profils: Iterable[Profil], limite: int = 100, nb_metiers: int = 0) -> Iterator[Palmares]:
        """First formations of many profiles, one at a time, without the detail of the scores.

        Args:
            nb_metiers: how many métiers to rank too.

        Raises:
            BacAbsent, CommuneNulle: reference mode, see ``Notation.score``.
        """
        ids = self._tables.ids
        for profil in profils:
            lu = self._read(profil)
            if not lu.personnel:
                yield Palmares((), ())
                continue
            normalisees = self._normalised(self._scores(lu))
            order = self._order(lu, normalisees, limite)
            metiers = self._metiers.ranked(lu, limite=nb_metiers) if nb_metiers else ()
            yield Palmares(tuple([ids[rank] for rank in order]), tuple(normalisees[order].tolist()), metiers)

    def contributions(self, profil: Profil, formation_ids: Sequence[str]) -> tuple[ContributionsFormation, ...]:
        """What each criterion multiplies the affinity of some formations by, in the order asked for.

        Refused formations and those that nothing ties to the profile are worked out too: only an
        unknown id, a formation that is hidden, or a profile that says nothing have no multiplier.

        Raises:
            BacAbsent, CommuneNulle: reference mode, see ``Notation.score``.
        """
        lu = self._read(profil)
        scores = self._notation.score(lu, refused_too=True) if lu.personnel else nothing_scored(len(self._tables.ids))
        return contributions_of(scores, self._notation.visible(lu), self._tables.index, formation_ids)

    def expliquer(self, profil: Profil, formation_ids: Iterable[str]) -> tuple[Explication, ...]:
        """Reasons and métiers of each formation asked for, in the same order.

        Raises:
            BacAbsent, CommuneNulle: reference mode, the bac is None or a town is null.
        """
        lu = self._read(profil)
        asked = tuple(formation_ids)
        if not asked:
            return ()
        explications = Explications(lu, self._tables, self._chemins, self._distances, self._notation, self._regles)
        exemples = self._metiers.examples(lu, asked)
        return tuple(
            Explication(formation, explications.reasons(formation), metiers)
            for formation, metiers in zip(asked, exemples, strict=True)
        )

    def mesurer(self, profil: Profil, formation_ids: Iterable[str]) -> tuple[Mesures, ...]:
        """Facts behind the criteria of each known formation, good or bad, in the same order."""
        mesureur = Mesureur(self._read(profil), self._tables, self._chemins, self._distances, self.graphe)
        return tuple(mesureur.measure(one) for one in formation_ids if one in self._tables.index)

    def classer_metiers(
        self, profil: Profil, cles: Iterable[str] | None = None, limite: int | None = None
    ) -> tuple[MetierClasse, ...]:
        """Métiers by decreasing interest, ties by id.

        Args:
            cles: ids to sort; None = every métier.
            limite: how many to return; None = all.
        """
        return self._metiers.ranked(self._read(profil), cles, limite)

    def distance_km(self, commune: str, formation_id: str) -> int | None:
        """Whole km from a commune (INSEE code) to the nearest vœu; None when it cannot be told."""
        formation = self._tables.index.get(formation_id)
        distances = self._distances.formations(commune)
        if formation is None or distances is None:
            return None
        km = int(distances[formation])
        return None if km < 0 else km

    def _read(self, profil: Profil) -> lecture.Lecture:
        if not self._regles.profil_tolerant:
            return lecture.read(profil)
        ignored = self._regles.favoris_mal_notes_ignores
        lu = lecture.read(lecture.understood(profil, self._elements, self._distances.code, ignore_disliked=ignored))
        known = any(source in self.graphe.index for source in lu.sources)
        return lu if known or not self._regles.personnel_exige else lecture.silent(lu)

    def _scores(self, lu: lecture.Lecture) -> Scores:
        return self._notation.score(lu) if lu.personnel else nothing_scored(len(self._tables.ids))

    def _normalised(self, scores: Scores) -> Vecteur:
        """Affinities as shares of the best one; all 0 when the reference has made a NaN of one of them."""
        maximum = float(scores.brutes.max(initial=0.0))
        if self._regles.sans_arrondi:
            return scores.brutes / (maximum or 1.0)
        return rounded(scores.brutes, 1.0 if maximum <= 0 else maximum)

    def _order(self, lu: lecture.Lecture, normalisees: Vecteur, limite: int | None) -> list[int]:
        count = len(normalisees) if limite is None else max(0, min(limite, len(normalisees)))
        loved = self._loved(lu, normalisees) if self._regles.favoris_en_vue else []
        ranked = soft_ranking if self._regles.quota_souple else ranking
        order = ranked(
            normalisees,
            self._tables.offre,
            self._tables.codes_types,
            repetition_factor(lu.profil.bac),
            min(len(normalisees), max(count, EN_VUE)) if loved else count,
        )
        return in_sight(order, loved)[:count] if loved else order

    def _loved(self, lu: lecture.Lecture, normalisees: Vecteur) -> list[int]:
        """Formations that the student scored 5 and that can be suggested, the best first."""
        index = self._tables.index
        ids = {choix.id for choix in lu.profil.choix if choix.statut == Statut.FAVORI and (choix.score or 0) >= _ADORE}
        found = [index[one] for one in ids if one in index and normalisees[index[one]] > 0]
        return sorted(found, key=lambda rank: (-normalisees[rank], rank))


def _pairs(tableaux: Tableaux, name: str) -> Iterator[tuple[str, str]]:
    return zip(unpack_texts(tableaux[f"{name}_sources"]), unpack_texts(tableaux[f"{name}_cibles"]), strict=True)

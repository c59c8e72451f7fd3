"""What would balance a list: wishes to add, each with what it solves, or why nothing can be added.

Needs are met one after the other, most serious first. For each, the first candidate in a fixed order is
taken among those that fit and break no limit: nearest radius first, then the formations already kept,
then the highest affinity, then the distance, then the id. What a proposal solves is not declared by that
search: it is read from the balance of the list with the proposal added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.balance import PREMIERE, SECONDE, TERMINALE, balance
from mps_desktop.engine.classes import Balance, ClasseVoeu, Constat, Regles, VoeuBalance
from mps_desktop.engine.limites import accepts, count, same_count

_A_PLUS, _A, _B = ClasseVoeu.AMBITIEUX, ClasseVoeu.REALISTE, ClasseVoeu.SECURISANT
_JAMAIS = ("VOEU_DISPARU", "TROP_DE_VOEUX", "TROP_D_APPRENTISSAGE", "TROP_DE_SOUS_VOEUX", "TROP_DE_SOUS_VOEUX_EN_TOUT")
"""Findings that only a removal solves."""
_AJOUTS = (
    "AUCUNE_FORMATION", "UNE_SEULE_FORMATION", "AUCUN_VOEU", "FORMATION_SANS_VOEU", "TOUS_AMBITIEUX", "AUCUN_B",
    "AUTO_CENSURE", "B_FRAGILE", "HORS_COMMUNES",
)  # fmt: skip
"""Findings that additions can solve."""
_MANQUES = (
    "VOEUX_A_CHOISIR", "VOEUX_MANQUANTS", "CLASSES_MANQUANTES", "AUCUNE_FORMATION_RETENUE", "FORMATIONS_MANQUANTES",
    "FORMATION_OU_METIER",
)  # fmt: skip
"""What milestones lack and additions can bring."""

_GRAVE = 3

Masque = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidat:
    """A vœu that could be added.

    Attributes:
        voeu: as it would enter the balance (estimated class, distance, category…).
        affinite: of its formation with the profile, 0..1.
    """

    voeu: VoeuBalance
    affinite: float


@dataclass(frozen=True, slots=True)
class Liste:
    """The list of one student, as ``balance`` reads it."""

    niveau: str
    voeux: tuple[VoeuBalance, ...]
    formations: tuple[str, ...]
    metiers: tuple[str, ...]
    completude: int
    jours_restants: int | None = None
    attendus_lus: tuple[str, ...] | None = None
    a_portee: tuple[str, ...] = ()

    def diagnose(self, regles: Regles) -> Balance:
        """Its balance."""
        return balance(
            niveau=self.niveau,
            voeux=self.voeux,
            formations=self.formations,
            metiers=self.metiers,
            completude=self.completude,
            regles=regles,
            jours_restants=self.jours_restants,
            attendus_lus=self.attendus_lus,
            a_portee=self.a_portee,
        )

    def adding(self, proposition: Proposition) -> Liste:
        """The list once a proposal is accepted."""
        formations = self.formations
        if proposition.formation_id not in formations:
            formations = (*formations, proposition.formation_id)
        voeux = self.voeux if proposition.voeu is None else (*self.voeux, proposition.voeu)
        return replace(self, voeux=voeux, formations=formations)


@dataclass(frozen=True, slots=True)
class Proposition:
    """One addition.

    Attributes:
        voeu: None when a formation alone is proposed (before terminale).
        resout: findings and lacks of the milestone that accepting it settles or shortens, each with the
            formations or vœux that it is settled for (empty = the whole list).
        rayon_km: radius in which it was found, None = everywhere or no town stated.
        affinite: of its formation with the profile, 0..1.
    """

    formation_id: str
    voeu: VoeuBalance | None
    resout: tuple[Constat, ...]
    rayon_km: float | None
    affinite: float


@dataclass(frozen=True, slots=True)
class Refus:
    """Something to settle for which nothing can be proposed, and why (``AUCUN_CANDIDAT``, ``LIMITE``…)."""

    constat: Constat
    motif: str


@dataclass(frozen=True, slots=True)
class Completion:
    """Proposals in the order in which they are best accepted, and what they leave unsettled."""

    propositions: tuple[Proposition, ...]
    refus: tuple[Refus, ...]


@dataclass(frozen=True, slots=True)
class _Besoin:
    """One need: the rows that answer it, whether the list answers it already, and what it would settle.

    Attributes:
        pour: codes of findings, or the formation that lacks something.
    """

    rows: Masque
    met: Callable[[Liste], bool]
    pour: tuple[str, ...] = ()


def complete(
    liste: Liste,
    candidats: Sequence[Candidat],
    regles: Regles,
    *,
    formations: Sequence[tuple[str, float]] = (),
    combien: int | None = None,
    motif: str = "AUCUN_CANDIDAT",
) -> Completion:
    """Wishes to add so that the list reaches its balance.

    Args:
        candidats: vœux that could be added, in any order; those already chosen are ignored.
        formations: (formation, affinity) that could be kept, for the levels that choose no vœu yet.
        combien: largest number of proposals, None = ``regles.propositions_max``.
        motif: why there may be no candidate, told when a need finds none.
    """
    room = regles.propositions_max if combien is None else max(0, combien)
    if liste.niveau == TERMINALE:
        return _Recherche(liste, candidats, regles).run(room, motif)
    return _complete_formations(liste, formations, regles, room, motif)


class _Recherche:
    """Greedy search over the candidates of a terminale."""

    def __init__(self, liste: Liste, candidats: Sequence[Candidat], regles: Regles) -> None:
        chosen = {voeu.id for voeu in liste.voeux}
        best = {c.voeu.id: c for c in sorted(candidats, key=_key) if c.voeu.id not in chosen}
        kept = [c for c in best.values() if c.voeu.connu and c.voeu.estimee is not ClasseVoeu.INSUFFISANT]
        self._regles = regles
        self._start = liste
        steps = [_step(c.voeu.distance_km, regles) for c in kept]
        own = set(liste.formations) | {voeu.formation_id for voeu in liste.voeux}
        foreign = [c.voeu.formation_id not in own for c in kept]
        against = [not (c.voeu.compatible_duree and c.voeu.compatible_alternance) for c in kept]
        far = [np.inf if c.voeu.distance_km is None else c.voeu.distance_km for c in kept]
        affinity = [-c.affinite for c in kept]
        order = np.lexsort((far, affinity, foreign, steps, against)) if kept else np.zeros(0, dtype=np.intp)
        self._rows = [kept[i] for i in order.tolist()]
        self._keys = [same_count(c.voeu, regles.limites) for c in self._rows]
        self._steps = np.array([steps[i] for i in order], dtype=np.intp)
        self._classes = np.array([c.voeu.retenue.value for c in self._rows], dtype="<U2")
        self._formations = np.array([c.voeu.formation_id for c in self._rows], dtype=object)
        self._far = np.array([np.inf if c.voeu.distance_km is None else c.voeu.distance_km for c in self._rows])
        self._solid = np.array([(c.voeu.bas or 0.0) >= regles.bas_solide for c in self._rows], dtype=np.bool_)
        self._free = np.ones(len(self._rows), dtype=np.bool_)

    def run(self, room: int, motif: str) -> Completion:
        """Proposals, then what they do not settle."""
        liste, propositions, full = self._start, list[Proposition](), set[str]()
        refused: set[tuple[str, bool, str]] = set()
        needs = self._needs()
        for besoin in (*needs, *needs[:2]):  # a B may lack only once other vœux are there
            if len(propositions) >= room:
                break
            if besoin.met(liste):
                continue
            found, blocked = self._pick(liste, besoin.rows, refused)
            if found is None:
                full |= set(besoin.pour) if blocked else set()
                continue
            proposition = self._propose(liste, found)
            if proposition is None:
                continue
            propositions.append(proposition)
            liste = liste.adding(proposition)
        missed = _unsettled(self._start, liste, self._regles)
        refus = [
            Refus(c, "AUTRE_GESTE" if c.code in _JAMAIS else "LIMITE" if full & {c.code, *c.ids} else motif)
            for c in missed
        ]
        if len(propositions) >= room:  # more is missing than what was asked for: not a refusal
            refus = [found for found in refus if found.motif == "AUTRE_GESTE"]
        return Completion(tuple(propositions), tuple(refus))

    def _pick(self, liste: Liste, rows: Masque, refused: set[tuple[str, bool, str]]) -> tuple[int | None, bool]:
        """First row that fits and breaks no limit; whether a limit was in the way.

        Args:
            refused: what the list has no room for; a list only grows, so that it stays so. Completed here.
        """
        before, limites, blocked = count(liste.voeux, self._regles.limites), self._regles.limites, False
        for row in np.flatnonzero(rows & self._free).tolist():
            voeu = self._rows[row].voeu
            group = self._keys[row]
            if group in refused:
                blocked = True
                continue
            if accepts(before, count((*liste.voeux, voeu), limites), limites):
                return row, False
            refused.add(group)
            blocked = True
        return None, blocked

    def _propose(self, liste: Liste, row: int) -> Proposition | None:
        """The proposal of a row, None when it would settle nothing by itself."""
        candidat = self._rows[row]
        radius = _radius(int(self._steps[row]), candidat.voeu.distance_km, self._regles)
        bare = Proposition(candidat.voeu.formation_id, candidat.voeu, (), radius, candidat.affinite)
        solved = _settled(liste, liste.adding(bare), self._regles)
        if not solved:
            return None
        self._free[row] = False
        return Proposition(bare.formation_id, bare.voeu, solved, radius, bare.affinite)

    def _needs(self) -> list[_Besoin]:
        """Needs in the order in which they are met."""
        regles = self._regles
        is_b, is_a, is_plus = (self._classes == classe.value for classe in (_B, _A, _A_PLUS))
        found = [
            _Besoin(is_b & self._solid, lambda liste: _has(liste, _B), ("AUCUN_B", "TOUS_AMBITIEUX")),
            _Besoin(
                is_b & self._solid,
                lambda liste: any((v.bas or 0.0) >= regles.bas_solide for v in liste.voeux if v.retenue is _B),
                ("B_FRAGILE",),
            ),
            _Besoin(is_a, lambda liste: _has(liste, _A)),
            _Besoin(is_a | is_plus, lambda liste: _has(liste, _A) or _has(liste, _A_PLUS), ("AUTO_CENSURE",)),
            _Besoin(self._far <= regles.rayon_km, lambda liste: not _is_far(liste, regles), ("HORS_COMMUNES",)),
        ]
        every = np.ones(len(self._rows), dtype=np.bool_)
        owns = {formation: self._formations == formation for formation in self._start.formations}
        own_any = np.zeros(len(self._rows), dtype=np.bool_)
        for rows in owns.values():
            own_any |= rows
        found += [_Besoin(rows, _serves(formation), (formation,)) for formation, rows in owns.items()]
        found.append(_Besoin(every & ~own_any, _has_another, ("UNE_SEULE_FORMATION",)))
        for classe, rows in ((_B, is_b), (_A, is_a), (_A_PLUS, is_plus)):
            found += [_Besoin(own & rows, _serves(formation, classe), (formation,)) for formation, own in owns.items()]
        for formation, own in owns.items():  # a wish too few once the classes are there: never one more A+
            rows, numbers = own & ~is_plus, range(1, regles.voeux_par_formation + 1)
            found += [_Besoin(rows, _serves(formation, number=number), (formation,)) for number in numbers]
        return found


def _complete_formations(
    liste: Liste, formations: Sequence[tuple[str, float]], regles: Regles, room: int, motif: str
) -> Completion:
    """Formations to keep, for a seconde or a première."""
    propositions: list[Proposition] = []
    start = liste
    wanted = {PREMIERE: regles.formations_min, SECONDE: 0 if liste.metiers else 1}.get(liste.niveau, 1)
    for formation, affinity in sorted(formations, key=lambda pair: (-pair[1], pair[0])):
        if len(liste.formations) >= wanted or len(propositions) >= room:
            break
        if formation in liste.formations:
            continue
        bare = Proposition(formation, None, (), None, affinity)
        solved = _settled(liste, liste.adding(bare), regles)
        if solved:
            propositions.append(Proposition(formation, None, solved, None, affinity))
            liste = liste.adding(bare)
    refus = [
        Refus(constat, "METIERS" if constat.code == "METIERS_MANQUANTS" else motif)
        for constat in _unsettled(start, liste, regles)
    ]
    return Completion(tuple(propositions), tuple(refus))


def _settled(before: Liste, after: Liste, regles: Regles) -> tuple[Constat, ...]:
    """What is gone or shorter once the list has grown, most serious first.

    A finding that gives its place to another one as serious is not settled.
    """
    old, new = before.diagnose(regles), after.diagnose(regles)
    known = {constat.code for constat in old.constats}
    worst = max((constat.gravite for constat in new.constats if constat.code not in known), default=0)
    left = {constat.code: set(constat.ids) for constat in new.constats}
    solved = [
        Constat(constat.code, constat.gravite, tuple(sorted(gone)), constat.valeurs)
        for constat in old.constats
        if constat.code in _AJOUTS and constat.gravite > worst
        for gone in (set(constat.ids) - left.get(constat.code, set()),)
        if constat.code not in left or gone
    ]
    lacks = {(manque.code, manque.ids): manque.valeurs for manque in new.jalon.manques}
    settled_before = sum(_weight(manque) for manque in old.jalon.manques)
    shorter = settled_before > sum(_weight(manque) for manque in new.jalon.manques) or new.jalon.fait > old.jalon.fait
    solved += [
        manque
        for manque in old.jalon.manques
        if manque.code in _MANQUES and shorter and lacks.get((manque.code, manque.ids)) != manque.valeurs
    ]
    return tuple(sorted(solved, key=lambda constat: (-constat.gravite, constat.code, constat.ids)))


def _unsettled(before: Liste, after: Liste, regles: Regles) -> tuple[Constat, ...]:
    """What was to settle at the start and still is at the end, and what is as serious and took its place."""
    old, new = before.diagnose(regles), after.diagnose(regles)
    left, known = {constat.code for constat in new.constats}, {constat.code for constat in old.constats}
    found = [c for c in old.constats if c.code in left and c.code in (*_AJOUTS, *_JAMAIS)]
    found += [c for c in new.constats if c.code not in known and c.code in _AJOUTS and c.gravite >= _GRAVE]
    # Only what the student's own formations lacked: a formation that is proposed brings its own lacks.
    asked = {manque.ids for manque in old.jalon.manques}
    found += [m for m in new.jalon.manques if m.ids in asked and m.code in (*_MANQUES, "METIERS_MANQUANTS")]
    return tuple(sorted(found, key=lambda constat: (-constat.gravite, constat.code, constat.ids)))


def _weight(manque: Constat) -> int:
    """How much a lack of the milestone lacks: wishes, and classes to cover."""
    classes = str(manque.valeurs.get("classes", ""))
    return int(manque.valeurs.get("nb", 1)) + len([c for c in classes.split(",") if c])


def _key(candidat: Candidat) -> tuple[str, float]:
    return candidat.voeu.id, candidat.affinite


def _step(distance_km: float | None, regles: Regles) -> int:
    """Rank of the first radius that holds a vœu; one more for everywhere."""
    if distance_km is None:
        return len(regles.rayons_km)
    return sum(distance_km > radius for radius in regles.rayons_km)


def _radius(step: int, distance_km: float | None, regles: Regles) -> float | None:
    return regles.rayons_km[step] if distance_km is not None and step < len(regles.rayons_km) else None


def _has(liste: Liste, classe: ClasseVoeu) -> bool:
    return any(voeu.retenue is classe for voeu in liste.voeux)


def _has_another(liste: Liste) -> bool:
    return len({*liste.formations, *(voeu.formation_id for voeu in liste.voeux)}) > 1


def _is_far(liste: Liste, regles: Regles) -> bool:
    distances = [voeu.distance_km for voeu in liste.voeux if voeu.distance_km is not None]
    return bool(distances) and min(distances) > regles.rayon_km


def _serves(formation: str, classe: ClasseVoeu | None = None, number: int = 1) -> Callable[[Liste], bool]:
    """Whether a formation has that many vœux (of a class)."""

    def met(liste: Liste) -> bool:
        found = [v for v in liste.voeux if v.formation_id == formation and classe in (None, v.retenue)]
        return len(found) >= number

    return met

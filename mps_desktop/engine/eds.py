"""Where bacheliers généraux of each pair of spécialités asked to go and were offered a place.

Counts are those of the ministry, by pair of spécialités of terminale and family of formations. They show an
association, never a cause: those who choose a pair differ from the others in many other ways.

What the words mean, for one pair and one family, all sessions together:

- rate = bacheliers of the pair who were offered at least one place in the family / those who asked for it, with
  the 95 % interval of Wilson;
- ``PLUS``: the whole interval is above the rate of all bacheliers, by 5 points or more at its middle;
- ``MOINS``: the same, below; ``AUTANT``: between the two, or the interval does not tell;
- ``RARE``: at least 30 of them would have asked if they asked like everybody, and fewer than one in five of
  those did: with this pair, hardly anyone goes there;
- ``INCONNU``: fewer than 30 asked, and not ``RARE``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

TOUS = "Ensemble des bacheliers"
"""Family of the file that counts everybody."""

EFFECTIF_MIN = 30
MARGE = 0.05
RARETE = 0.2
_Z95 = 1.959964

Paire = tuple[str, str]


class Acces(StrEnum):
    """How a family treated those of a pair, beside all bacheliers."""

    PLUS = "plus"
    AUTANT = "autant"
    MOINS = "moins"
    RARE = "rare"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Doublet:
    """Published counts of one session: who asked, was offered, accepted.

    Attributes:
        paire: short names of the two spécialités, in alphabetical order.
    """

    annee: int
    famille: str
    paire: Paire
    candidats: int
    propositions: int
    acceptations: int


@dataclass(frozen=True, slots=True)
class AccesFamille:
    """One family for one pair, sessions together.

    Attributes:
        taux: share 0..1 of the candidates of the pair offered a place; None without candidate.
        bas, haut: 95 % interval of that rate (0 and 1 without candidate).
        taux_tous: the same for all bacheliers.
        demande: share 0..1 of the bacheliers of the pair who asked for the family.
        demande_tous: the same for all bacheliers.
    """

    famille: str
    paire: Paire
    acces: Acces
    candidats: int
    propositions: int
    acceptations: int
    taux: float | None
    bas: float
    haut: float
    taux_tous: float
    demande: float
    demande_tous: float


@dataclass(slots=True)
class _Compte:
    candidats: int = 0
    propositions: int = 0
    acceptations: int = 0

    def add(self, one: Doublet) -> None:
        self.candidats += one.candidats
        self.propositions += one.propositions
        self.acceptations += one.acceptations


class Simulateur:
    """Answers for every pair, from counts read once.

    Args:
        doublets: published counts; those of ``TOUS`` say how many bacheliers each pair has.
    """

    def __init__(self, doublets: Iterable[Doublet]) -> None:
        self._comptes: defaultdict[Paire, defaultdict[str, _Compte]] = defaultdict(lambda: defaultdict(_Compte))
        self._tous: defaultdict[str, _Compte] = defaultdict(_Compte)
        sessions: set[int] = set()
        for one in doublets:
            self._comptes[pair_of(*one.paire)][one.famille].add(one)
            self._tous[one.famille].add(one)
            sessions.add(one.annee)
        self.sessions: tuple[int, ...] = tuple(sorted(sessions))
        self.specialites: tuple[str, ...] = tuple(sorted({name for paire in self._comptes for name in paire}))
        self.familles: tuple[str, ...] = tuple(sorted(famille for famille in self._tous if famille != TOUS))

    def bacheliers(self, paire: Paire) -> int:
        """Candidates of the pair over all sessions, 0 when nobody had it."""
        comptes = self._comptes.get(pair_of(*paire))
        return comptes[TOUS].candidats if comptes is not None and TOUS in comptes else 0

    def pair(self, paire: Paire) -> tuple[AccesFamille, ...]:
        """Every family for one pair, in alphabetical order; empty when nobody had the pair."""
        key = pair_of(*paire)
        everybody = self.bacheliers(key)
        if not everybody:
            return ()
        comptes = self._comptes[key]
        return tuple(
            self._family(key, famille, comptes.get(famille, _Compte()), everybody) for famille in self.familles
        )

    def best_pairs(self, specialites: Sequence[str]) -> tuple[AccesFamille, ...]:
        """For each family, the pair among these spécialités that fared best: what choosing all of them keeps open.

        The best is the most favourable ``Acces``, then the highest rate.
        """
        found: dict[str, AccesFamille] = {}
        for paire in pairs_of(specialites):
            for one in self.pair(paire):
                known = found.get(one.famille)
                if known is None or _merit(one) > _merit(known):
                    found[one.famille] = one
        return tuple(found[famille] for famille in sorted(found))

    def _family(self, paire: Paire, famille: str, compte: _Compte, everybody: int) -> AccesFamille:
        tous = self._tous[famille]
        asked_by_all = tous.candidats / max(1, self._tous[TOUS].candidats)
        taux_tous = tous.propositions / max(1, tous.candidats)
        offered = min(compte.propositions, compte.candidats)
        bas, haut = wilson(offered, compte.candidats)
        taux = offered / compte.candidats if compte.candidats else None
        return AccesFamille(
            famille=famille,
            paire=paire,
            acces=_acces(compte.candidats, asked_by_all * everybody, taux, (bas, haut), taux_tous),
            candidats=compte.candidats,
            propositions=compte.propositions,
            acceptations=compte.acceptations,
            taux=taux,
            bas=bas,
            haut=haut,
            taux_tous=taux_tous,
            demande=compte.candidats / everybody,
            demande_tous=asked_by_all,
        )


def pair_of(one: str, other: str) -> Paire:
    """The pair in alphabetical order."""
    return (one, other) if one <= other else (other, one)


def pairs_of(specialites: Sequence[str]) -> tuple[Paire, ...]:
    """Every pair that could be kept in terminale, each once."""
    return tuple(pair_of(*two) for two in combinations(sorted(set(specialites)), 2))


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, 1927); (0, 1) without trial."""
    if trials <= 0:
        return 0.0, 1.0
    share = successes / trials
    square = _Z95 * _Z95
    middle = share + square / (2 * trials)
    half = _Z95 * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    whole = 1 + square / trials
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _acces(candidats: int, expected: float, taux: float | None, interval: tuple[float, float], tous: float) -> Acces:
    if expected >= EFFECTIF_MIN and candidats < RARETE * expected:
        return Acces.RARE
    if candidats < EFFECTIF_MIN or taux is None:
        return Acces.INCONNU
    if interval[0] > tous and taux >= tous + MARGE:
        return Acces.PLUS
    if interval[1] < tous and taux <= tous - MARGE:
        return Acces.MOINS
    return Acces.AUTANT


_ORDRE = (Acces.INCONNU, Acces.RARE, Acces.MOINS, Acces.AUTANT, Acces.PLUS)


def _merit(one: AccesFamille) -> tuple[int, float]:
    return _ORDRE.index(one.acces), one.taux or 0.0

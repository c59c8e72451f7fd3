"""Estimate of a wish: probability of an offer, 80 % interval, class A+ / A / B.

What is published is read first, by bac type; small numbers lean on the overall rate of the vœu,
shifted as its filière treats that bac type; the newest published rate moves it; the general
average places the student around it. The method and its limits are told to people in
resources/textes/estimation.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mps_desktop.engine.classes import (
    ClasseVoeu,
    Estimation,
    Fait,
    Mouvement,
    References,
    Seuils,
    StatsBac,
    StatsSession,
    StatsVoeu,
    TauxParent,
    TypeBac,
)
from mps_desktop.engine.effet_moyenne import Z80, Grille, expit, find_grille, logit, place_moyenne, shift_of_candidates
from mps_desktop.engine.faits import facts_of_estimate, facts_of_voeu

_TYPES = {
    "Générale": TypeBac.GENERAL,
    "P": TypeBac.PROFESSIONNEL,
    "PA": TypeBac.PROFESSIONNEL,
    "S2TMD": TypeBac.TECHNOLOGIQUE,
    "ST2S": TypeBac.TECHNOLOGIQUE,
    "STAV": TypeBac.TECHNOLOGIQUE,
    "STD2A": TypeBac.TECHNOLOGIQUE,
    "STHR": TypeBac.TECHNOLOGIQUE,
    "STI2D": TypeBac.TECHNOLOGIQUE,
    "STL": TypeBac.TECHNOLOGIQUE,
    "STMG": TypeBac.TECHNOLOGIQUE,
}
"""Bac ids of MonProjetSup; ``NC`` and unknown ids have no type."""


@dataclass(frozen=True, slots=True)
class AccesType:
    """Access of one bac type to one vœu.

    Attributes:
        taux: 0..1, from the published figures alone; None when they do not give it.
        logit: log-odds kept for the newest session, after shrinkage and movement.
        demi_largeur: 80 % half width, log-odds.
        candidats: of that bac type.
        parent: level of the group that helped (``filiere``, ``fili``, ``national``).
    """

    taux: float | None
    logit: float
    demi_largeur: float
    candidats: int
    parent: str


def bac_type(bac: str) -> TypeBac | None:
    """Bac type of a series of MonProjetSup, None when it is not known (``NC``)."""
    return _TYPES.get(bac)


def estimate(
    stats: StatsVoeu,
    references: References,
    seuils: Seuils,
    type_bac: TypeBac | None,
    bac: str,
    moyenne: float | None,
) -> Estimation:
    """Estimate one wish for one student.

    Args:
        type_bac: of the student, None = unknown.
        bac: series of the student, to find the distribution of averages.
        moyenne: general average out of 20, None = unknown.
    """
    if stats.apprentissage:
        return _insufficient(stats, "APPRENTISSAGE")
    if newest_rate(stats) is None:
        return _insufficient(stats, "AUCUN_TAUX")
    if type_bac is None:
        return _insufficient(stats, "TYPE_BAC_INCONNU")
    if _is_absent(stats, seuils, type_bac):
        return _insufficient(stats, "PAS_DE_CANDIDAT_DU_TYPE")
    access = find_access(stats, references, seuils, type_bac)
    if access is None:
        return _insufficient(stats, "TROP_PEU_DE_CANDIDATS")
    grille = None if is_open(stats, seuils) else find_grille(references, bac, stats.fili, seuils.moyenne)
    value, below, above = _place(stats, seuils, access, grille, moyenne)
    p, low, high = expit(value), expit(value - below), expit(value + above)
    enough = access.taux is not None and access.candidats >= seuils.candidats_min
    if not enough:  # so few were seen that the interval must not read as if the wish were safe
        low = min(low, seuils.securisant_bas - seuils.marge)
    return Estimation(
        voeu_id=stats.id,
        classe=classify(p, low, seuils, enough),
        p=p,
        bas=low,
        haut=high,
        faits=(
            *facts_of_estimate(stats, references, seuils, type_bac, access.taux, access.parent, bac, moyenne),
            *((Fait("PLACES_POUR_TOUS", {}),) if is_open(stats, seuils) else ()),
        ),
    )


def estimate_all(
    voeux: Iterable[StatsVoeu],
    references: References,
    seuils: Seuils,
    type_bac: TypeBac | None,
    bac: str,
    moyenne: float | None,
) -> tuple[Estimation, ...]:
    """Estimate many vœux for one student, in the order given."""
    return tuple(estimate(stats, references, seuils, type_bac, bac, moyenne) for stats in voeux)


def classify(p: float, low: float, seuils: Seuils, enough: bool) -> ClasseVoeu:
    """Class of a probability.

    Args:
        low: lower bound of the 80 % interval.
        enough: False forbids B, because too few candidates of the bac type were seen.
    """
    if p < seuils.ambitieux:
        return ClasseVoeu.AMBITIEUX
    if enough and p >= seuils.securisant and low >= seuils.securisant_bas:
        return ClasseVoeu.SECURISANT
    return ClasseVoeu.REALISTE


def newest_rate(stats: StatsVoeu) -> StatsSession | None:
    """Newest session with a published access rate."""
    return next((s for s in reversed(stats.sessions) if s.taux_acces is not None), None)


def is_open(stats: StatsVoeu, seuils: Seuils) -> bool:
    """A vœu that does not select and had a place for everybody: there the average changes nothing."""
    rates = [s.taux_acces for s in stats.sessions if s.taux_acces is not None]
    return not stats.selectif and len(rates) >= seuils.sessions_ouvert and min(rates) >= seuils.taux_ouvert


def find_access(stats: StatsVoeu, references: References, seuils: Seuils, type_bac: TypeBac) -> AccesType | None:
    """Access of a bac type to a vœu at the newest session, None when nothing sound says it."""
    newest = newest_rate(stats)
    if newest is None or newest.taux_acces is None:
        return None
    base = _rate(stats, stats.session_bac)
    figures = stats.par_bac.get(type_bac)
    candidates = figures.candidats if figures else 0
    parent = _find_parent(stats, references, seuils, type_bac, alone=candidates >= seuils.candidats_min)
    seen = published_access(stats.par_bac, base, figures)
    if parent is None and (seen is None or candidates < seuils.candidats_min):
        return None
    newest_logit = logit(newest.taux_acces / 100, seuils.marge)
    start_logit = newest_logit if base is None else logit(base, seuils.marge)
    level, offset = parent or ("", 0.0)
    expected = expit(start_logit + offset)
    weight = candidates if seen is not None else 0
    reached = seuils.concentration * expected + weight * (seen or 0.0)
    missed = seuils.concentration + weight - reached
    moved = seuils.mouvement.poids * (newest_logit - start_logit)
    kept = logit(reached / (reached + missed), seuils.marge) + moved
    spread = Z80 * math.sqrt(1 / (reached + 0.5) + 1 / (missed + 0.5))
    size = sum(bac.candidats for bac in stats.par_bac.values())
    width = math.hypot(spread, yearly_half_width(kept, size, seuils.mouvement))
    return AccesType(seen, kept, width, candidates, level)


def published_access(par_bac: Mapping[TypeBac, StatsBac], rate: float | None, figures: StatsBac | None) -> float | None:
    """Access rate of one bac type that the published figures imply, 0..1.

    ``part_acces`` is the share of the type among all those in reach, so that those in reach of
    the type are rate x all candidates x share; above 1 when a vœu runs several lists: kept at 1.
    """
    if rate is None or figures is None or figures.part_acces is None or figures.candidats <= 0:
        return None
    everyone = sum(bac.candidats for bac in par_bac.values())
    return min(1.0, rate * everyone * figures.part_acces / 100 / figures.candidats)


def yearly_half_width(level: float, candidates: int, mouvement: Mouvement) -> float:
    """80 % half width of the movement from one session to the next, log-odds."""
    size = sum(candidates >= cut for cut in mouvement.tailles)
    return mouvement.demi_largeurs[size] * (1 + mouvement.pente * min(max(level, 0.0), mouvement.niveau_max))


def _is_absent(stats: StatsVoeu, seuils: Seuils, type_bac: TypeBac) -> bool:
    """Hardly anybody of that bac type applied although the counts are published: it may be closed to it."""
    if not stats.par_bac:
        return False
    found = stats.par_bac.get(type_bac)
    return found is None or found.candidats < seuils.candidats_presence


def _insufficient(stats: StatsVoeu, motif: str) -> Estimation:
    return Estimation(stats.id, ClasseVoeu.INSUFFISANT, motif=motif, faits=facts_of_voeu(stats))


def _rate(stats: StatsVoeu, session: int) -> float | None:
    found = next((s.taux_acces for s in stats.sessions if s.session == session), None)
    return None if found is None else found / 100


def _find_parent(
    stats: StatsVoeu, references: References, seuils: Seuils, type_bac: TypeBac, *, alone: bool
) -> tuple[str, float] | None:
    """Nearest usable parent and how it treats the bac type compared with all, in log-odds.

    The whole country is too far away to speak for a vœu that saw nearly no candidate: it only
    helps one that could stand alone.
    """
    levels = [("filiere", stats.filiere), ("fili", stats.fili)]
    if alone:
        levels.append(("national", ""))
    for level, key in levels:
        group = {bac: references.parents.get((level, key, bac)) for bac in TypeBac}
        own = group[type_bac]
        if own is not None and own.candidats >= seuils.candidats_min_parent:
            return level, logit(own.taux, seuils.marge) - logit(_overall(group.values()), seuils.marge)
    return None


def _overall(group: Iterable[TauxParent | None]) -> float:
    known = [parent for parent in group if parent is not None]
    return sum(p.taux * p.candidats for p in known) / sum(p.candidats for p in known)


def _place(
    stats: StatsVoeu, seuils: Seuils, access: AccesType, grille: Grille | None, moyenne: float | None
) -> tuple[float, float, float]:
    """Log-odds of the student, and how far the 80 % interval goes below and above."""
    width = access.demi_largeur
    if grille is None:
        return access.logit, width, width
    if moyenne is None:
        seuil = grille.seuil(access.logit)
        weak, strong = ((bound - seuil) / grille.echelle for bound in (grille.bas, grille.haut))
        below = math.hypot(width, max(0.0, access.logit - weak))
        return access.logit, below, math.hypot(width, max(0.0, strong - access.logit))
    admitted = None
    if stats.mentions is not None:
        session = stats.mentions.session
        admitted = next((s.admis for s in stats.sessions if s.session == session), None)
    shift = shift_of_candidates(stats.mentions, admitted, stats.par_bac, grille, access.logit, seuils.moyenne)
    bounds = (access.logit - width, access.logit, access.logit + width)
    value, half = place_moyenne(grille, bounds, shift, moyenne, seuils.moyenne.incertitude)
    return value, half, half

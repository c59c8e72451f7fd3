"""Estimate of a wish: probability of an offer, 80 % interval, class A+ / A / B.

What each vœu is worth for each bac type was fitted when the catalogue was built (``ajustement``);
here the general average places the student. The method and its limits are told to people in
resources/textes/estimation.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from mps_desktop.engine.ajustement import find_bruit
from mps_desktop.engine.classes import (
    ClasseVoeu,
    Estimation,
    Fait,
    References,
    Reglage,
    Seuils,
    StatsSession,
    StatsVoeu,
    TypeBac,
)
from mps_desktop.engine.effet_moyenne import Loi, expit, find_loi, place_known, place_unknown
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
    *,
    with_facts: bool = True,
) -> Estimation:
    """Estimate one wish for one student.

    Args:
        type_bac: of the student, None = unknown.
        bac: series of the student, to find the distribution of averages.
        moyenne: general average out of 20, None = unknown.
        with_facts: False when only the class counts, as for the hundreds of vœux that a completion looks at.
    """
    if stats.apprentissage:
        return _insufficient(stats, "APPRENTISSAGE")
    if newest_rate(stats) is None:
        return _insufficient(stats, "AUCUN_TAUX")
    if type_bac is None:
        return _insufficient(stats, "TYPE_BAC_INCONNU")
    if _is_absent(stats, seuils, type_bac):
        return _insufficient(stats, "PAS_DE_CANDIDAT_DU_TYPE")
    reglage = stats.reglages.get(type_bac)
    if reglage is None:
        return _insufficient(stats, "ARRIVE_APRES" if _is_newer(stats, references) else "TROP_PEU_DE_CANDIDATS")
    loi = None if is_open(stats, seuils) else find_loi(references, bac, seuils.moyenne)
    low, p, high = map(expit, _place(stats, seuils, reglage, loi, moyenne))
    access = published_access(stats, type_bac)
    figures = stats.par_bac.get(type_bac)
    enough = access is not None and figures is not None and figures.candidats >= seuils.candidats_min
    if not enough:  # so few were seen that the interval must not read as if the wish were safe
        low = min(low, seuils.securisant_bas - seuils.marge)
    return Estimation(
        voeu_id=stats.id,
        classe=classify(p, low, seuils, enough),
        p=p,
        bas=low,
        haut=high,
        faits=()
        if not with_facts
        else (
            *facts_of_estimate(
                stats, references, seuils, type_bac, access, _parent(stats, references, seuils, type_bac), bac, moyenne
            ),
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


def published_access(stats: StatsVoeu, type_bac: TypeBac) -> float | None:
    """Access rate of one bac type that the published figures imply, 0..1.

    ``part_acces`` is the share of the type among all those in reach, so that those in reach of
    the type are rate x all candidates x share; above 1 when a vœu runs several lists: kept at 1.
    """
    rate = next((s.taux_acces for s in stats.sessions if s.session == stats.session_bac), None)
    figures = stats.par_bac.get(type_bac)
    if rate is None or figures is None or figures.part_acces is None or figures.candidats <= 0:
        return None
    everyone = sum(bac.candidats for bac in stats.par_bac.values())
    return min(1.0, rate / 100 * everyone * figures.part_acces / 100 / figures.candidats)


def _is_absent(stats: StatsVoeu, seuils: Seuils, type_bac: TypeBac) -> bool:
    """Hardly anybody of that bac type applied although the counts are published: it may be closed to it."""
    if not stats.par_bac:
        return False
    found = stats.par_bac.get(type_bac)
    return found is None or found.candidats < seuils.candidats_presence


def _is_newer(stats: StatsVoeu, references: References) -> bool:
    """Seen in sessions later than the fit only: an update of the catalogue brought it, the fit cannot know it."""
    fitted = references.session_ajustement
    return fitted > 0 and bool(stats.sessions) and stats.sessions[0].session > fitted


def _insufficient(stats: StatsVoeu, motif: str) -> Estimation:
    return Estimation(stats.id, ClasseVoeu.INSUFFISANT, motif=motif, faits=facts_of_voeu(stats))


def _parent(stats: StatsVoeu, references: References, seuils: Seuils, type_bac: TypeBac) -> str:
    """Nearest level that speaks for the bac type: ``filiere``, ``fili``, or ``national``."""
    for level, key in (("filiere", stats.filiere), ("fili", stats.fili)):
        group = references.parents.get((level, key, type_bac))
        if group is not None and group.candidats >= seuils.candidats_min_parent:
            return level
    return "national"


def _place(
    stats: StatsVoeu, seuils: Seuils, reglage: Reglage, loi: Loi | None, moyenne: float | None
) -> tuple[float, float, float]:
    """Log-odds of the student: lower bound, value, upper bound."""
    if loi is None:
        return reglage.niveau - reglage.dessous, reglage.niveau, reglage.niveau + reglage.dessus
    bruit = find_bruit(stats.fili, seuils.moyenne)
    if moyenne is None:
        return place_unknown(reglage, bruit, loi)
    return place_known(reglage, bruit, moyenne)

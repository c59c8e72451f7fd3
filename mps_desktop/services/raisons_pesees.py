"""Weighted reasons of suggestions: the engine's figures turned into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.text import NNBSP, join_fr
from mps_desktop.engine.mesures import Mesures
from mps_desktop.engine.pesee import NB_REFERENCE, Poids, mean_logarithms, weigh
from mps_desktop.engine.profil import Profil
from mps_desktop.services.phrases_pesees import CRITERES, DEJA_RETENUE, METHODES, reason
from mps_desktop.services.socle import Socle
from mps_desktop.services.vues_raisons import RaisonPesee

_NB_FORTES = 3
_PART_MIN = 0.02
"""Criteria that weigh less are not worth a sentence each: they are told together."""


@dataclass(frozen=True, slots=True)
class Pesee:
    """One formation: its facts, what each criterion weighs, the sentences."""

    mesures: Mesures
    poids: tuple[Poids, ...]
    raisons: tuple[RaisonPesee, ...]


def weighted_reasons(
    socle: Socle, profil: Profil, head: Sequence[str], formation_ids: Sequence[str]
) -> dict[str, Pesee]:
    """Reasons of some formations, by id; unknown and hidden ones are left out.

    Args:
        head: formations of the list, best first; the first hundred are what the others are compared with.
    """
    moteur = socle.moteur
    moyennes = mean_logarithms(moteur.contributions(profil, head[:NB_REFERENCE]))
    methodes = methods(socle.catalogue)
    found: dict[str, Pesee] = {}
    mesures = {one.formation_id: one for one in moteur.mesurer(profil, formation_ids)}
    for contribution in moteur.contributions(profil, formation_ids):
        known = mesures.get(contribution.formation_id)
        if known is None or not contribution.multiplicateurs:
            continue
        poids = weigh(contribution, moyennes)
        raisons = _sentences(poids, known, profil, socle.catalogue, methodes)
        found[contribution.formation_id] = Pesee(known, poids, raisons)
    return found


def methods(catalogue: Catalogue) -> dict[str, tuple[str, str, str]]:
    """Nature, session and text of every figure that was worked out, by code."""
    return {code: (nature, session, texte) for code, nature, session, texte in catalogue.rows(
        "SELECT code, nature, session, texte FROM methodes"
    )}  # fmt: skip


def in_order(raisons: Sequence[RaisonPesee]) -> tuple[str, ...]:
    """Sentences for a short list: three that push the formation up, the one that holds it back most, the others.

    That the student already keeps it is told elsewhere; what hardly weighs is left out.
    """
    told = [one for one in raisons if one.phrase != DEJA_RETENUE and one.critere != "reste"]
    good = [one.phrase for one in told if one.favorable]
    bad = [one.phrase for one in told if not one.favorable]
    return (*good[:_NB_FORTES], *bad[:1], *good[_NB_FORTES:], *bad[1:])


def _sentences(
    poids: tuple[Poids, ...],
    mesures: Mesures,
    profil: Profil,
    catalogue: Catalogue,
    methodes: dict[str, tuple[str, str, str]],
) -> tuple[RaisonPesee, ...]:
    found: dict[str, RaisonPesee] = {}
    small: list[Poids] = []
    for one in poids:
        favorable = one.apport >= 0
        phrase = reason(one.critere, mesures, profil, catalogue.libelle, favorable=favorable)
        if not phrase or one.part < _PART_MIN:
            small.append(one)
            continue
        if phrase in found:
            # Two criteria that say the same thing of a formation already kept.
            found[phrase] = replace(found[phrase], part=found[phrase].part + one.part)
            continue
        code = "" if phrase == DEJA_RETENUE else METHODES.get(one.critere, "")
        nature, session, texte = methodes.get(code, ("", "", ""))
        note = ", ".join(word for word in (nature, session) if word)
        found[phrase] = RaisonPesee(one.critere, phrase, favorable, one.part, note, texte)
    told = sorted(found.values(), key=lambda raison: -raison.part)
    rest = [one for one in small if one.part > 0]
    if len(rest) == 1 and (
        phrase := reason(rest[0].critere, mesures, profil, catalogue.libelle, favorable=rest[0].apport >= 0)
    ):
        told.append(RaisonPesee(rest[0].critere, phrase, rest[0].apport >= 0, rest[0].part))
    elif told and rest:
        names = join_fr([CRITERES[one.critere] for one in rest])
        total = sum(one.part for one in rest)
        told.append(RaisonPesee("reste", f"Le reste{NNBSP}: {names}", sum(one.apport for one in rest) >= 0, total))
    shares = percents([raison.part for raison in told])
    return tuple(replace(raison, pourcent=share) for raison, share in zip(told, shares, strict=True))


def percents(parts: Sequence[float]) -> list[int]:
    """Whole percents of shares that add up to 1, adding up to 100 too: the largest remainders are rounded up."""
    exact = [100 * part for part in parts]
    found = [int(value) for value in exact]
    missing = round(sum(exact)) - sum(found)
    for rank in sorted(range(len(exact)), key=lambda rank: found[rank] - exact[rank])[:missing]:
        found[rank] += 1
    return found

"""Weighted reasons of suggestions: the engine's figures turned into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.engine.mesures import Mesures
from mps_desktop.engine.pesee import NB_REFERENCE, Poids, mean_logarithms, weigh
from mps_desktop.engine.profil import Profil
from mps_desktop.services.phrases_pesees import DEJA_RETENUE, METHODES, reason
from mps_desktop.services.socle import Socle
from mps_desktop.services.vues_raisons import RaisonPesee

_NB_FORTES = 3
_PART_MIN = 0.02
"""Criteria that weigh less are not worth a sentence."""


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

    That the student already keeps it is told elsewhere.
    """
    told = [one for one in raisons if one.phrase != DEJA_RETENUE]
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
    found: list[RaisonPesee] = []
    for one in poids:
        favorable = one.apport >= 0
        phrase = reason(one.critere, mesures, profil, catalogue.libelle, favorable=favorable)
        if not phrase or one.part < _PART_MIN:
            continue
        code = "" if phrase == DEJA_RETENUE else METHODES.get(one.critere, "")
        nature, session, texte = methodes.get(code, ("", "", ""))
        note = ", ".join(word for word in (nature, session) if word)
        found.append(RaisonPesee(one.critere, phrase, favorable, one.part, note, texte))
    return tuple(found)

"""What stands above B within reach of a student: told apart so that "all B" alone is no self-censorship.

A list of safe wishes is a finding only when the same profile could aim higher: vœux estimated A, or A+ whose
interval still touches A, near the towns stated and compatible with what was stated, in the formations that the
student keeps or that the suggestions rank first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mps_desktop.engine.classes import ClasseVoeu, Regles, VoeuBalance

_NOMMEES = 3
"""Formations named: a sentence must stay short."""


def is_only_safe(voeux: Sequence[VoeuBalance], regles: Regles) -> bool:
    """Whether the classed wishes are all B, and enough of them to say so."""
    classed = [voeu.retenue for voeu in voeux if voeu.retenue is not ClasseVoeu.INSUFFISANT]
    return len(classed) >= regles.auto_censure_min and set(classed) == {ClasseVoeu.SECURISANT}


def within_reach(around: Iterable[VoeuBalance], regles: Regles, has_towns: bool) -> tuple[str, ...]:
    """The first formations, in the order given, with a vœu above B that the student could aim at.

    Args:
        around: vœux that could be added; read no further than needed.
        has_towns: the student stated towns; then a vœu farther than ``regles.rayon_km`` is out of reach.
    """
    found: list[str] = []
    for voeu in around:
        if voeu.formation_id not in found and _is_within_reach(voeu, regles, has_towns):
            found.append(voeu.formation_id)
            if len(found) == _NOMMEES:
                break
    return tuple(found)


def _is_within_reach(voeu: VoeuBalance, regles: Regles, has_towns: bool) -> bool:
    if not (voeu.connu and voeu.compatible_duree and voeu.compatible_alternance) or voeu.apprentissage:
        return False
    if has_towns and (voeu.distance_km is None or voeu.distance_km > regles.rayon_km):
        return False
    if voeu.estimee is ClasseVoeu.AMBITIEUX:
        return voeu.haut is not None and voeu.haut >= regles.portee_haut
    return voeu.estimee is ClasseVoeu.REALISTE

"""Who is drawn to health studies, hence may be shown the licences accès santé."""

from __future__ import annotations

from collections.abc import Iterable

from mps_desktop.engine.graphe import PASS, Graphe, is_metier

PART_SANTE = 0.25
"""An interest leads to health when at least this share of its métiers are those of the PASS."""


def leads_to_health(graphe: Graphe, interets: Iterable[str]) -> frozenset[str]:
    """Interests that lead to the métiers of the PASS (defect 10: the reference forgets them).

    An interest that reaches a few of them among many others says nothing of health.
    """
    health = {metier for metier in graphe.successors(PASS) if is_metier(metier)}
    found: set[str] = set()
    for interet in interets:
        metiers = {metier for metier in graphe.successors(interet) if is_metier(metier)}
        if metiers and len(metiers & health) >= PART_SANTE * len(metiers):
            found.add(interet)
    return frozenset(found)

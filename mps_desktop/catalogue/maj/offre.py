"""Is a vœu still offered? What the catalogue can say of it, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from mps_desktop.catalogue.records import Source, Voeu

JEU_ADMISSIONS = "fr-esr-parcoursup"
"""Name of the complete admission file of a session, in ``sources.jeu``."""


def complete_session(sources: Iterable[Source]) -> int:
    """Newest session whose complete admission file made the catalogue, 0 when there is none."""
    found = [int(one.session) for one in sources if one.jeu == JEU_ADMISSIONS and one.session.isdigit()]
    return max(found, default=0)


def is_gone(voeu: Voeu, published: bool, session: int) -> bool:
    """The vœu is absent from the newest complete session, though an older one had it.

    Only a complete file proves an absence. Programmes in apprenticeship are not in those files.

    Args:
        published: an admission file of some session had it.
        session: see ``complete_session``.
    """
    return published and not voeu.apprentissage and voeu.derniere_session < session

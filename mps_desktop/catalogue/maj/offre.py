"""Is a vœu still offered? What the catalogue can say of it, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import Voeu

DISPARU = "disparu"
"""Value of ``voeux.evolution`` (``schema.EVOLUTIONS``)."""


def is_gone(voeu: Voeu | None) -> bool:
    """The catalogue does not know the vœu any more, or knows that it is no longer offered."""
    return voeu is None or voeu.evolution == DISPARU


def gone_among(catalogue: Catalogue, voeu_ids: Iterable[str]) -> frozenset[str]:
    """Those of some vœux that are no longer offered."""
    wanted = tuple(voeu_ids)
    offered = {voeu.id for voeu in catalogue.voeux(wanted) if not is_gone(voeu)}
    return frozenset(wanted) - offered

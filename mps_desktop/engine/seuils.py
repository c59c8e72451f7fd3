"""Cuts and parameters of the estimate, from the table of resources/parametres/classes.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mps_desktop.engine.classes import EffetMoyenne, Mouvement, Seuils


def build_seuils(table: Mapping[str, Any]) -> Seuils:
    """Typed parameters from a parsed file.

    Raises:
        KeyError, TypeError, ValueError: a value lacks, or makes no sense.
    """
    moyenne = dict(table["moyenne"])
    low, high = moyenne.pop("parts_inconnue")
    mouvement = dict(table["mouvement"])
    read = Seuils(
        session=table["session"],
        **table["seuils"],
        mouvement=Mouvement(familles_fideles=tuple(mouvement.pop("familles_fideles")), **mouvement),
        moyenne=EffetMoyenne(**moyenne, parts_inconnue=(float(low), float(high))),
    )
    _check(0 < read.ambitieux < read.securisant < 1, "cuts in order")
    _check(0 < read.securisant_bas <= read.securisant, "lower bound below the cut")
    _check(0 <= read.mouvement.poids <= 1, "share of the way")
    _check(read.mouvement.pression >= 0 and read.mouvement.pression_max > 0, "more candidates never help")
    _check(min(read.moyenne.bruit, *read.moyenne.bruits.values()) > 0, "noise above zero")
    _check(
        min(read.moyenne.part_ecart, read.moyenne.lien, read.moyenne.ecart_commun, read.moyenne.ecart_type) > 0,
        "spreads above zero",
    )
    _check(0 <= read.moyenne.poids_bas <= 1, "share of a shift")
    _check(read.concentration > 0 and 0 < read.marge < read.ambitieux, "positive values")
    return read


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)

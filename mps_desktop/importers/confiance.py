"""How sure the recognition of a column is, once its cells have been seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from mps_desktop.importers.classes import read_classe
from mps_desktop.importers.entetes import Colonne
from mps_desktop.importers.feuille import Ligne
from mps_desktop.importers.noms import is_name
from mps_desktop.importers.valeurs import read_date, read_ine, read_moyenne, read_sexe

_SEEN = 200
_FITS: Mapping[str, Callable[[str], bool]] = MappingProxyType({
    "naissance": lambda text: read_date(text).jour is not None,
    "sexe": lambda text: bool(read_sexe(text)),
    "ine": lambda text: bool(read_ine(text)),
    "moyenne": lambda text: read_moyenne(text)[1],
    "classe": lambda text: read_classe(text) is not None or any(char.isdigit() for char in text),
    "identite": is_name, "prenom_nom": is_name, "nom": is_name, "prenom": is_name,
})  # fmt: skip
"""Fields whose cells can be told right from wrong."""


def confidence(colonne: Colonne, lignes: Iterable[Ligne]) -> float:
    """0..1: sureness of the title, halved when no cell of the column can be such a value."""
    fits = _FITS.get(colonne.champ)
    if fits is None:
        return round(colonne.confiance, 2)
    cells = [cell for ligne in list(lignes)[:_SEEN] if (cell := ligne.cell(colonne.rang))]
    share = sum(map(fits, cells)) / len(cells) if cells else 1.0
    return round(colonne.confiance * (0.5 + 0.5 * share), 2)

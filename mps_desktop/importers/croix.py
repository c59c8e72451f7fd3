"""Sheets with one column per spécialité and a cross for each student who follows it."""

from __future__ import annotations

from dataclasses import replace

from mps_desktop.core.text import fold
from mps_desktop.importers.entetes import Colonne, Entete
from mps_desktop.importers.feuille import Feuille, Ligne
from mps_desktop.importers.libelles import PAR_BAC
from mps_desktop.importers.specialites import read_label

CHAMP = "croix"
_SURE = 0.8
_MARKS = frozenset(("x", "xx", "o", "oui", "ok", "1", "v", "vrai"))
_NO_MARKS = frozenset(("non", "n", "0", "faux", "-", "–", "—"))
_SIGNS = frozenset("✓✔☑●•×✗☒")


def with_crosses(entete: Entete, feuille: Feuille) -> Entete:
    """A header with the columns of crosses: unread, titled like a spécialité, holding nothing but crosses."""
    taken = {colonne.rang for colonne in entete.colonnes}
    below = feuille.lignes[entete.fin :]
    found: list[Colonne] = []
    for rang, title in _titles(feuille, entete).items():
        if rang in taken or not any(read_label(title, bac) for bac in PAR_BAC):
            continue
        cells = [cell for ligne in below if (cell := ligne.cell(rang))]
        if any(map(is_cross, cells)) and all(is_cross(cell) or _is_none(cell) for cell in cells):
            found.append(Colonne(rang, title, CHAMP, _SURE))
    if len(found) < 2:  # one alone may be a group, or an option
        return entete
    titles = {colonne.titre for colonne in found}
    columns = sorted((*entete.colonnes, *found), key=lambda colonne: colonne.rang)
    return replace(entete, colonnes=tuple(columns), non_lu=tuple(t for t in entete.non_lu if t not in titles))


def crossed(ligne: Ligne, entete: Entete) -> tuple[str, ...]:
    """Titles of the columns that a line has a cross in."""
    return tuple(
        colonne.titre
        for colonne in entete.colonnes
        if colonne.champ == CHAMP and ligne.cell(colonne.rang) and is_cross(ligne.cell(colonne.rang))
    )


def is_cross(text: str) -> bool:
    """True for "x", "oui", "✓"; what folds to nothing must be one of the signs."""
    key = fold(text)
    return key in _MARKS if key else text.strip() in _SIGNS


def _is_none(text: str) -> bool:
    return (fold(text) or text.strip()) in _NO_MARKS


def _titles(feuille: Feuille, entete: Entete) -> dict[int, str]:
    """Rank of each column -> its title, the lowest line of the header first."""
    titles: dict[int, str] = {}
    for ligne in feuille.lignes[entete.debut : entete.fin][::-1]:
        for rang, cell in enumerate(ligne.cellules):
            if cell:
                titles.setdefault(rang, cell)
    return titles

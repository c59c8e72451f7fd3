"""Columns that titles do not name, told by what their cells hold: names first, then birth dates, INE and classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from mps_desktop.importers.classes import read_classe
from mps_desktop.importers.entetes import Colonne, Entete, header_at, is_sensitive, like_a_name, match
from mps_desktop.importers.feuille import Feuille, Ligne
from mps_desktop.importers.noms import is_name, is_total, split_identite
from mps_desktop.importers.prenoms import is_prenom
from mps_desktop.importers.valeurs import read_date, read_ine

_SEARCHED_LINES = 40
_LEAST_NAMES = 3
_BARE_COLUMNS = 12
_FIRST_COLUMNS = 3
_GUESSED = 0.6
_MOST, _MANY = 0.9, 0.6
_TELLING = frozenset(("naissance", "classe", "ine", "sexe"))


def named_by_cells(feuille: Feuille) -> Entete | None:
    """Header whose titles name fields but not the column of names, which its cells then tell.

    "Lycéen ; Né le ; Division" over lines of "NOM Prénom", or of a NOM beside a Prénom. At least three lines, nine of
    ten must be names.
    """
    for at, ligne in enumerate(feuille.lignes[:_SEARCHED_LINES]):
        if not {match(cell) for cell in ligne.cellules if cell} & _TELLING:
            continue
        entete = header_at(feuille, at)
        below = feuille.lignes[entete.fin :]
        taken = {colonne.rang for colonne in entete.colonnes}
        free = [rang for rang in range(_width(below)) if rang not in taken and not is_sensitive(ligne.cell(rang))]
        names = _names(below, free, ligne) if len(below) >= _LEAST_NAMES else ()
        if names:
            columns = sorted((*entete.colonnes, *names), key=lambda colonne: colonne.rang)
            titles = {colonne.titre for colonne in names}
            unread = tuple(title for title in entete.non_lu if title not in titles)
            return replace(entete, colonnes=tuple(columns), non_lu=unread)
    return None


def headerless(feuille: Feuille) -> Entete | None:
    """Columns of a list without header: names in one of the first columns, or in two; None when it is none.

    At least two lines and nine lines of ten must be names.
    """
    lignes = feuille.lignes
    names = _names(lignes, range(min(_FIRST_COLUMNS, _width(lignes))), None) if len(lignes) > 1 else ()
    if not names:
        return None
    return Entete(0, 0, 0, (*names, *_told_by_cells(lignes, {colonne.rang for colonne in names})))


def _names(lignes: Sequence[Ligne], ranks: Iterable[int], titles: Ligne | None) -> tuple[Colonne, ...]:
    """The column that holds names, or the two: the first that fits."""
    free = set(ranks)

    def column(rang: int, champ: str) -> Colonne:
        return Colonne(rang, titles.cell(rang) if titles is not None else "", champ, _GUESSED)

    for rang in sorted(free):
        cells = [ligne.cell(rang) for ligne in lignes]
        if len(set(cells)) < 0.8 * len(cells):
            continue
        if _whole_names(cells):
            return (column(rang, "identite"),)
        beside = [ligne.cell(rang + 1) for ligne in lignes] if rang + 1 in free else []
        if beside and _share(map(_name_parts, cells, beside)) >= _MOST:
            by_capitals = _share(map(_capitals_first, cells, beside)) >= _MOST
            if by_capitals or _share(map(is_prenom, beside)) >= _MANY:
                return column(rang, "nom"), column(rang + 1, "prenom")
            reversed_ = _share(map(_capitals_first, beside, cells)) >= _MOST
            if reversed_ or _share(map(is_prenom, cells)) >= _MANY:
                return column(rang, "prenom"), column(rang + 1, "nom")
    return ()


def _whole_names(cells: Sequence[str]) -> bool:
    """Cells that are names for sure, or look so with common first names at one end."""
    if _share(map(_sure_name, cells)) >= _MOST:
        return True
    ends = ([words[0], words[-1]] for cell in cells if (words := cell.split()))
    known = sum(any(map(is_prenom, pair)) for pair in ends)
    return _share(map(like_a_name, cells)) >= _MOST and known >= _MANY * len(cells)


def _share(fitting: Iterable[bool]) -> float:
    found = list(fitting)
    return sum(found) / len(found) if found else 0.0


def _name_parts(one: str, other: str) -> bool:
    """Two cells that may be a surname and a first name."""
    return all(is_name(part) and part[0].isupper() and len(part.split()) < 5 for part in (one, other))


def _capitals_first(nom: str, prenom: str) -> bool:
    return nom.isupper() and not prenom.isupper()


def _sure_name(text: str) -> bool:
    identite = split_identite(text) if is_name(text) and not is_total(text) else None
    return identite is not None and identite.sur


def _width(lignes: Sequence[Ligne]) -> int:
    return max((len(ligne.cellules) for ligne in lignes), default=0)


def _told_by_cells(lignes: Sequence[Ligne], taken: set[int]) -> list[Colonne]:
    """Columns without title whose cells can only be birth dates, INE or classes; the first of each."""
    found: dict[str, Colonne] = {}
    for rang in (rang for rang in range(min(_width(lignes), _BARE_COLUMNS)) if rang not in taken):
        cells = [cell for ligne in lignes if (cell := ligne.cell(rang))]
        for champ, fits in _TOLD.items():
            if champ not in found and 2 * len(cells) >= len(lignes) and sum(map(fits, cells)) >= _MOST * len(cells):
                found[champ] = Colonne(rang, "", champ, _GUESSED)
                break
    return list(found.values())


def _is_class(text: str) -> bool:
    return len(text) <= 12 and any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and bool(read_classe(text))


_TOLD: Mapping[str, Callable[[str], bool]] = MappingProxyType({
    "naissance": lambda text: not text.isdigit() and read_date(text).jour is not None,
    "ine": lambda text: bool(read_ine(text)),
    "classe": _is_class,
})  # fmt: skip

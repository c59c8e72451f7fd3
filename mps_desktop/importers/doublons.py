"""Lines about the same student: one wish each, or written twice; and those that no class has yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mps_desktop.core.text import fold
from mps_desktop.importers.lecture import LigneLue
from mps_desktop.importers.rows import Rejet


def without_doubles(lues: Iterable[LigneLue]) -> tuple[list[LigneLue], list[Rejet]]:
    """Keep the first line of each student; the others are rejected, or give him their wishes.

    Same student: same INE; else same name and same birth date; else, when a birth date is missing, same name and
    same class (or none written). Two full homonyms born on different days are two students.
    """
    kept: list[LigneLue] = []
    rejets: list[Rejet] = []
    ranks_by_ine: dict[str, int] = {}
    ranks_by_name: dict[str, list[int]] = {}
    for lue in lues:
        homonyms = ranks_by_name.setdefault(f"{fold(lue.nom)}|{fold(lue.prenom)}", [])
        rank = ranks_by_ine.get(lue.ine) if lue.ine else None
        reason = "Même INE que la ligne"
        if rank is None:
            rank = next((other for other in homonyms if _same(lue, kept[other])), None)
            reason = "Doublon de la ligne"
        if rank is None:
            homonyms.append(len(kept))
            if lue.ine:
                ranks_by_ine[lue.ine] = len(kept)
            kept.append(lue)
        elif lue.voeux:  # the export has one line per wish
            kept[rank] = replace(kept[rank], voeux=(*kept[rank].voeux, *lue.voeux))
        else:
            sheet = f"Feuille « {lue.feuille} ». " if lue.feuille else ""
            rejets.append(Rejet(lue.numero, f"{sheet}{reason} {kept[rank].place}.", lue.extrait))
    return kept, rejets


def without_class(lues: list[LigneLue]) -> tuple[list[LigneLue], list[Rejet]]:
    """Set apart the students of a SIECLE export that no division has yet, when most have one."""
    bare = [lue for lue in lues if not lue.classe]
    if 2 * len(bare) >= len(lues):
        return lues, []
    reason = "Élève sans classe dans SIECLE\u202f: il n’est affecté à aucune division."
    return [lue for lue in lues if lue.classe], [Rejet(lue.numero, reason, lue.extrait) for lue in bare]


def _same(one: LigneLue, other: LigneLue) -> bool:
    if one.ine and other.ine:
        return False
    if one.naissance and other.naissance:
        return one.naissance == other.naissance
    return fold(one.classe) == fold(other.classe) or not one.classe or not other.classe

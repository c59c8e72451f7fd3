"""Columns that a teacher matched by hand, remembered per kind of file.

A kind of file is told by the titles of its header: the same export, made again next month, has the same signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mps_desktop.core.text import fold
from mps_desktop.importers.entetes import CHAMPS, Colonne, Entete
from mps_desktop.importers.feuille import Feuille, Ligne

_SEARCHED_LINES = 40
_MIN_TITLES = 2

CHAMPS_OFFERTS: Mapping[str, str] = MappingProxyType({
    "identite": "Nom et prénom dans une même colonne", "prenom_nom": "Prénom puis nom dans une même colonne",
    "nom": "Nom", "nom_usage": "Nom d’usage", "prenom": "Prénom", "classe": "Classe",
    "naissance": "Date de naissance", "sexe": "Sexe", "ine": "INE", "niveau": "Niveau",
    "formation": "Série ou formation suivie", "code_mef": "Code MEF", "specialite": "Enseignement de spécialité",
    "option": "Option ou langue", "moyenne": "Moyenne générale", "voeu": "Vœu (formation demandée)",
    "voeu_etablissement": "Établissement du vœu", "voeu_commune": "Commune du vœu",
    "voeu_statut": "Étudiant ou apprenti", "voeu_etat": "État du vœu",
})  # fmt: skip
"""Fields that can be chosen for a column, with their French name."""


@dataclass(frozen=True, slots=True)
class Correspondance:
    """What each column of one kind of file holds, as the teacher said.

    Attributes:
        signature: of the header (see ``signature``); of the column count for a list without header.
        champs: (rank of the column, field of ``CHAMPS_OFFERTS``); other columns are not read.
        ligne_entete: 1-based line of the header where it was chosen; 0 = the list has none.
    """

    signature: str
    champs: tuple[tuple[int, str], ...]
    ligne_entete: int = 0

    def __post_init__(self) -> None:
        known = set(CHAMPS.values())
        if unknown := [champ for _, champ in self.champs if champ not in known]:
            message = f"unknown field {unknown[0]}"
            raise ValueError(message)


def signature(titres: Sequence[str]) -> str:
    """16 hexadecimal digits that tell a header again, whatever the case, accents and spaces of its titles."""
    folded = "\x1f".join(fold(titre) for titre in titres).rstrip("\x1f")
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def bare_signature(width: int) -> str:
    """Signature of a list without header, by its number of columns."""
    return f"sans-entete-{width}"


def find_mapped(feuille: Feuille, known: Iterable[Correspondance]) -> Entete | None:
    """Header of a sheet by the columns that the teacher matched for such a file; None when there are none."""
    by_signature = {one.signature: one for one in known}
    if not by_signature:
        return None
    for at, ligne in enumerate(feuille.lignes[:_SEARCHED_LINES]):
        chosen = by_signature.get(signature(ligne.cellules))
        if chosen is not None and len(ligne.remplies) >= _MIN_TITLES:
            return chosen_header(chosen, ligne, at)
    bare = by_signature.get(bare_signature(max((len(ligne.cellules) for ligne in feuille.lignes), default=0)))
    return None if bare is None else Entete(0, 0, 0, tuple(Colonne(rang, "", champ) for rang, champ in bare.champs))


def chosen_header(chosen: Correspondance, ligne: Ligne, at: int) -> Entete:
    """The header that a choice makes of one line."""
    columns = tuple(Colonne(rang, ligne.cell(rang) or f"Colonne {rang + 1}", champ) for rang, champ in chosen.champs)
    taken = {rang for rang, _ in chosen.champs}
    unread = tuple(cell for rang, cell in enumerate(ligne.cellules) if cell and rang not in taken)
    return Entete(at, at + 1, ligne.numero, columns, unread)

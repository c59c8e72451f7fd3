"""What a table tells of itself: which software wrote it, where its header is, how sure each column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mps_desktop.core.text import fold
from mps_desktop.importers.confiance import confidence
from mps_desktop.importers.correspondance import bare_signature, signature
from mps_desktop.importers.entetes import Entete, is_header
from mps_desktop.importers.feuille import Tableau
from mps_desktop.importers.rows import ColonneLue

_SIGNATURES: tuple[tuple[str, tuple[set[str], ...]], ...] = (
    ("Cyclades", ({"division classe", "serie"}, {"zone geo souhaitee"})),
    (
        "Parcoursup",
        (
            {"formation voeu", "n voeu"}, {"candidat nom", "ine candidat"}, {"numero parcoursup", "formation voeu"},
            {"voeu 1", "voeu 2"},
        ),
    ),
    ("AFFELNET", ({"den comp etab origine"}, {"den comp etab origine", "rang"})),
    ("SIECLE", ({"n interne"}, {"code structure"}, {"division"}, {"lib mef", "division", "code mef"})),
    (
        "PRONOTE",
        (
            {"cnx ele"}, {"classe de rattachement"}, {"toutes les options"}, {"encouragement valorisation"},
            {"ne e le", "option 1"}, {"date naiss", "option 1", "n national"},
        ),
    ),
)  # fmt: skip
_ONE_TITLE, _SEVERAL_TITLES, _NOTHING = 0.8, 0.95, 0.5


def tell_software(tableau: Tableau, titles: Sequence[str]) -> tuple[str, float]:
    """Software that wrote the table, and 0..1 how sure that is: several telling titles say more than one."""
    present = {fold(title) for title in titles}
    for name, alternatives in _SIGNATURES:
        found = max((len(wanted) for wanted in alternatives if wanted <= present), default=0)
        if found:
            return name, _ONE_TITLE if found == 1 else _SEVERAL_TITLES
    return ("Fichier texte" if tableau.encodage else "Tableur"), _NOTHING


def header_signature(tableau: Tableau, headed: Mapping[int, Entete]) -> str:
    """What tells this kind of file again: the main header of its first sheet, or the width of a bare list.

    Args:
        headed: header of each sheet read, by rank.
    """
    at, entete = next(iter(headed.items()))
    lignes = tableau.feuilles[at].lignes
    if not entete.numero:
        return bare_signature(max(len(ligne.cellules) for ligne in lignes))
    header = lignes[entete.debut : entete.fin]
    return signature(next((ligne for ligne in header if is_header(ligne)), header[0]).cellules)


def header_lines(tableau: Tableau, headed: Mapping[int, Entete], entetes: Sequence[Entete]) -> tuple[int, ...]:
    """1-based numbers of every header line; none for a bare list."""
    lines = {entete.numero for entete in entetes}
    for at, entete in headed.items():
        if entete.numero:
            lines |= {ligne.numero for ligne in tableau.feuilles[at].lignes[entete.debut : entete.fin]}
    return tuple(sorted(lines - {0}))


def columns_read(tableau: Tableau, headed: Mapping[int, Entete], entetes: Sequence[Entete]) -> tuple[ColonneLue, ...]:
    """Columns read, once each; the sureness is that of the sheet where they first stand."""
    found: dict[tuple[str, str], ColonneLue] = {}
    for at, entete in headed.items():
        below = tableau.feuilles[at].lignes[entete.fin :]
        for column in entete.colonnes:
            key = (column.titre, column.champ)
            if key not in found:
                found[key] = ColonneLue(*key, confidence(column, below))
    for column in (column for entete in entetes for column in entete.colonnes):
        found.setdefault((column.titre, column.champ), ColonneLue(column.titre, column.champ, column.confiance))
    return tuple(found.values())

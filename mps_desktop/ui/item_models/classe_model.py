"""The class table: one immutable row per student."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from mps_desktop.core.text import NBSP, NNBSP, fold, plural, sort_key
from mps_desktop.services.views import EleveLigne
from mps_desktop.ui.item_models.rows_model import ModelIndex, RowsModel
from mps_desktop.ui.widgets.marks import describe_counts

LIGNE_ROLE = Qt.ItemDataRole.UserRole + 1
SORT_ROLE = Qt.ItemDataRole.UserRole + 2
_VIDE_MAX = 20
_ECART_MAX = 2


class Colonne(IntEnum):
    """Columns, in the order of the table."""

    ELEVE = 0
    CLASSE = 1
    BAC = 2
    SPECIALITES = 3
    SITUATION = 4
    PROFIL = 5
    FORMATIONS = 6
    METIERS = 7
    VOEUX = 8
    JALON = 9
    CONSTATS = 10


TITRES = {
    Colonne.ELEVE: "Élève",
    Colonne.CLASSE: "Classe",
    Colonne.BAC: "Bac",
    Colonne.SPECIALITES: "Spécialités",
    Colonne.SITUATION: "Projet",
    Colonne.PROFIL: "Profil",
    Colonne.FORMATIONS: "Form.",
    Colonne.METIERS: "Mét.",
    Colonne.VOEUX: "Vœux",
    Colonne.JALON: "Jalon",
    Colonne.CONSTATS: "À voir",
}
_EXPLAINED = {
    Colonne.FORMATIONS: "Formations retenues",
    Colonne.METIERS: "Métiers retenus",
    Colonne.VOEUX: "Vœux ambitieux (A+), réalistes (A), sécurisants (B)",
    Colonne.JALON: "Ce que l’élève doit avoir fait à son niveau",
    Colonne.CONSTATS: "Points à regarder dans la liste de vœux",
    Colonne.PROFIL: "Part du profil qui est remplie",
}
_NUMERIC = {Colonne.FORMATIONS, Colonne.METIERS}


class Filtre(IntEnum):
    """Filter chips of the class table; they add up."""

    SANS_VOEU = 0
    SANS_SECURISANT = 1
    A_VOIR = 2
    PROFIL_VIDE = 3
    ECART = 4


def keeps(filtre: Filtre, ligne: EleveLigne) -> bool:
    """Does a student belong under that chip?"""
    match filtre:
        case Filtre.SANS_VOEU:
            return not ligne.nb_voeux
        case Filtre.SANS_SECURISANT:
            return bool(ligne.nb_voeux) and not ligne.nb_securisant
        case Filtre.A_VOIR:
            return any(constat.gravite > 1 for constat in ligne.constats)
        case Filtre.PROFIL_VIDE:
            return ligne.completude <= _VIDE_MAX
        case Filtre.ECART:
            return abs(ligne.ecart_declare) >= _ECART_MAX


def voeux_counts(ligne: EleveLigne) -> dict[str, int]:
    """Wishes of a row by class letter."""
    return {"A+": ligne.nb_ambitieux, "A": ligne.nb_realiste, "B": ligne.nb_securisant, "?": ligne.nb_insuffisant}


class ClasseModel(RowsModel[EleveLigne]):
    """Rows of the class table, in French alphabetical order."""

    titres = tuple(TITRES[colonne] for colonne in Colonne)
    a_droite = frozenset(_NUMERIC)

    def show_rows(self, lignes: tuple[EleveLigne, ...]) -> None:
        """Show other rows; the same students in the same order are refreshed in place (selection kept)."""
        if [ligne.id for ligne in lignes] == [ligne.id for ligne in self._lignes]:
            self._lignes = lignes
            if lignes:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lignes) - 1, len(Colonne) - 1))
            return
        super().show_rows(lignes)

    def headerData(  # noqa: N802  Qt override
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of the columns, explained to who asks."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Colonne):
            return None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _EXPLAINED.get(Colonne(section), self.titres[section])
        return super().headerData(section, orientation, role)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip, accessible text, sort key or the row itself."""
        if not index.isValid() or index.row() >= len(self._lignes):
            return None
        ligne, colonne = self._lignes[index.row()], Colonne(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(ligne, colonne)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(ligne, colonne)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(ligne, colonne)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(colonne)
            case _ if role == LIGNE_ROLE:
                return ligne
            case _ if role == SORT_ROLE:
                return _sort_value(ligne, colonne)
            case _:
                return None


class ClasseFilter(QSortFilterProxyModel):
    """Sorted and filtered rows: a text over everything, and chips."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._filtres: frozenset[Filtre] = frozenset()
        self.setSortRole(SORT_ROLE)

    def set_text(self, text: str) -> None:
        """Keep the rows that hold every word."""
        self.beginFilterChange()
        self._words = tuple(fold(text).split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def set_filtres(self, filtres: frozenset[Filtre]) -> None:
        """Keep the rows that are under at least one of the chips; none = all rows."""
        self.beginFilterChange()
        self._filtres = filtres
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: ModelIndex) -> bool:  # noqa: N802  Qt override
        """Is a row kept?"""
        ligne = self.sourceModel().index(source_row, 0, source_parent).data(LIGNE_ROLE)
        if not isinstance(ligne, EleveLigne) or any(word not in ligne.recherche for word in self._words):
            return False
        return not self._filtres or any(keeps(filtre, ligne) for filtre in self._filtres)

    def lessThan(self, source_left: ModelIndex, source_right: ModelIndex) -> bool:  # noqa: N802  Qt override
        """French order; equal values fall back to the alphabetical order of the rows."""
        left, right = source_left.data(SORT_ROLE), source_right.data(SORT_ROLE)
        return (left, source_left.row()) < (right, source_right.row())

    def shown(self) -> tuple[EleveLigne, ...]:
        """The rows kept, in the order shown."""
        return tuple(self.index(row, 0).data(LIGNE_ROLE) for row in range(self.rowCount()))


def _text(ligne: EleveLigne, colonne: Colonne) -> str:
    match colonne:
        case Colonne.ELEVE:
            return f"{ligne.nom} {ligne.prenom}"
        case Colonne.CLASSE:
            return ligne.classe
        case Colonne.BAC:
            return ligne.bac
        case Colonne.SPECIALITES:
            return ligne.specialites
        case Colonne.SITUATION:
            return ligne.situation
        case Colonne.PROFIL:
            return f"{ligne.completude}{NNBSP}%"
        case Colonne.FORMATIONS:
            return str(ligne.nb_formations)
        case Colonne.METIERS:
            return str(ligne.nb_metiers)
        case Colonne.VOEUX:
            return describe_counts(voeux_counts(ligne))
        case Colonne.JALON:
            return f"{ligne.jalon.fait}/{ligne.jalon.attendu}"
        case Colonne.CONSTATS:
            return str(len(ligne.constats)) if ligne.constats else ""


def _spoken(ligne: EleveLigne, colonne: Colonne) -> str:
    """What a screen reader says of a cell."""
    match colonne:
        case Colonne.PROFIL:
            return f"profil rempli à {ligne.completude}{NNBSP}%"
        case Colonne.FORMATIONS:
            return plural(ligne.nb_formations, "formation retenue", "formations retenues")
        case Colonne.METIERS:
            return plural(ligne.nb_metiers, "métier")
        case Colonne.JALON:
            state = "jalon atteint" if ligne.jalon.atteint else "jalon non atteint"
            return f"{state}, {ligne.jalon.fait} sur {ligne.jalon.attendu}. {ligne.jalon.phrase}"
        case Colonne.CONSTATS:
            if not ligne.constats:
                return "rien à signaler"
            head = plural(len(ligne.constats), "point à voir", "points à voir")
            return f"{head}. {' '.join(constat.phrase for constat in ligne.constats)}"
        case _:
            return _text(ligne, colonne) or f"{TITRES[colonne]}{NBSP}: non renseigné"


def _tip(ligne: EleveLigne, colonne: Colonne) -> str:
    match colonne:
        case Colonne.JALON:
            return "\n".join((ligne.jalon.phrase, *(f"• {manque}" for manque in ligne.jalon.manques)))
        case Colonne.CONSTATS:
            return "\n".join(f"• {constat.phrase}" for constat in ligne.constats)
        case Colonne.FORMATIONS | Colonne.METIERS | Colonne.PROFIL:
            return _spoken(ligne, colonne)
        case _:
            return _text(ligne, colonne)


def _sort_value(ligne: EleveLigne, colonne: Colonne) -> object:
    """Comparable value; one type per column."""
    match colonne:
        case Colonne.PROFIL:
            return ligne.completude
        case Colonne.FORMATIONS:
            return ligne.nb_formations
        case Colonne.METIERS:
            return ligne.nb_metiers
        case Colonne.VOEUX:
            return (ligne.nb_voeux, ligne.nb_securisant, ligne.nb_realiste)
        case Colonne.JALON:
            return ligne.jalon.fait / ligne.jalon.attendu if ligne.jalon.attendu else 1.0
        case Colonne.CONSTATS:
            return sum(10**constat.gravite for constat in ligne.constats)
        case _:
            return sort_key(_text(ligne, colonne))

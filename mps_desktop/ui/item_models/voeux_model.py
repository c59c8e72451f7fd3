"""Vœux of a formation that could be added: the list of the dialog."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from mps_desktop.core.text import NBSP, fold, sort_key
from mps_desktop.services.views import VoeuLigne
from mps_desktop.ui.item_models.rows_model import ModelIndex, RowsModel
from mps_desktop.ui.widgets.marks import LIBELLES

VOEU_ROLE = Qt.ItemDataRole.UserRole + 1
SORT_ROLE = Qt.ItemDataRole.UserRole + 2
_RANKS = {"A+": 0, "A": 1, "B": 2, "?": 3}
_FAR = 10**6


class ColonneVoeu(IntEnum):
    """Columns of the list."""

    ETABLISSEMENT = 0
    COMMUNE = 1
    DISTANCE = 2
    CLASSE = 3
    ESTIMATION = 4


_TITRES = ("Établissement", "Commune", "Distance", "A+, A ou B", "Estimation")


class VoeuxModel(RowsModel[VoeuLigne]):
    """Vœux, nearest first."""

    titres = _TITRES
    a_droite = frozenset({ColonneVoeu.DISTANCE})

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text of a cell, or the vœu itself."""
        if not index.isValid() or index.row() >= len(self._lignes):
            return None
        ligne, colonne = self._lignes[index.row()], ColonneVoeu(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(ligne, colonne)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(ligne, colonne)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join((ligne.nom, *ligne.chiffres, *ligne.faits))
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
            case _ if role == VOEU_ROLE:
                return ligne
            case _ if role == SORT_ROLE:
                return _sort_value(ligne, colonne)
            case _:
                return None


class VoeuxFilter(QSortFilterProxyModel):
    """Sorted vœux that hold every word of a text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(SORT_ROLE)

    def set_text(self, text: str) -> None:
        """Keep the rows that hold every word."""
        self.beginFilterChange()
        self._words = tuple(fold(text).split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: ModelIndex) -> bool:  # noqa: N802  Qt override
        """Is a vœu kept?"""
        ligne = self.sourceModel().index(source_row, 0, source_parent).data(VOEU_ROLE)
        return isinstance(ligne, VoeuLigne) and all(
            word in fold(f"{ligne.nom} {ligne.commune}") for word in self._words
        )

    def lessThan(self, source_left: ModelIndex, source_right: ModelIndex) -> bool:  # noqa: N802  Qt override
        """By value, then by distance."""
        left, right = source_left.data(SORT_ROLE), source_right.data(SORT_ROLE)
        return (left, source_left.row()) < (right, source_right.row())


def _text(ligne: VoeuLigne, colonne: ColonneVoeu) -> str:
    match colonne:
        case ColonneVoeu.ETABLISSEMENT:
            return ligne.nom
        case ColonneVoeu.COMMUNE:
            return ligne.commune
        case ColonneVoeu.DISTANCE:
            return "" if ligne.distance_km is None else f"{ligne.distance_km}{NBSP}km"
        case ColonneVoeu.CLASSE:
            return ligne.estimee
        case ColonneVoeu.ESTIMATION:
            return ligne.estimation


def _spoken(ligne: VoeuLigne, colonne: ColonneVoeu) -> str:
    if colonne is ColonneVoeu.CLASSE:
        return f"classe {ligne.estimee}, {LIBELLES.get(ligne.estimee, '')}"
    if colonne is ColonneVoeu.DISTANCE and ligne.distance_km is None:
        return "distance inconnue"
    return _text(ligne, colonne) or f"{_TITRES[colonne]} non renseignée"


def _sort_value(ligne: VoeuLigne, colonne: ColonneVoeu) -> object:
    if colonne is ColonneVoeu.DISTANCE:
        return _FAR if ligne.distance_km is None else ligne.distance_km
    if colonne is ColonneVoeu.CLASSE:
        return _RANKS.get(ligne.estimee, len(_RANKS))
    return sort_key(_text(ligne, colonne))

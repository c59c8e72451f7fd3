"""The preview of an import: one row per line of the file."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from mps_desktop.services.views import LigneApercu
from mps_desktop.ui.item_models.rows_model import ModelIndex, RowsModel

APERCU_ROLE = Qt.ItemDataRole.UserRole + 1
ETATS = {
    "nouveau": "Nouveau",
    "a_confirmer": "À confirmer",
    "modifie": "Modifié",
    "inchange": "Inchangé",
    "absent": "Plus dans la liste",
    "rejete": "Rejeté",
}
ROLES = {
    "nouveau": "success", "a_confirmer": "warning", "modifie": "info", "inchange": "faint", "absent": "warning",
    "rejete": "error",
}  # fmt: skip
ICONES = {
    "nouveau": "user-add-line",
    "a_confirmer": "question-line",
    "modifie": "edit-line",
    "inchange": "check-line",
    "absent": "user-unfollow-line",
    "rejete": "error-warning-line",
}


class ColonneApercu(IntEnum):
    """Columns of the preview."""

    LIGNE = 0
    ETAT = 1
    NOM = 2
    PRENOM = 3
    CLASSE = 4
    BAC = 5
    SPECIALITES = 6
    DETAIL = 7


_TITRES = ("Ligne", "État", "Nom", "Prénom", "Classe", "Bac", "Spécialités", "Changement, ou raison")


class ApercuModel(RowsModel[LigneApercu]):
    """Lines of one or several files, in file order."""

    titres = _TITRES
    a_droite = frozenset({ColonneApercu.LIGNE})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._several = False

    def show_rows(self, lignes: tuple[LigneApercu, ...]) -> None:
        """Show another preview."""
        self._several = len({ligne.fichier for ligne in lignes if ligne.fichier}) > 1
        super().show_rows(lignes)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text of a cell, or the line itself."""
        if not index.isValid() or index.row() >= len(self._lignes):
            return None
        ligne = self._lignes[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(ligne, ColonneApercu(index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                text = self._text(ligne, ColonneApercu(index.column()))
                return f"{_TITRES[index.column()]} {text or 'vide'}"
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(ligne, ColonneApercu(index.column()))
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
            case _:
                return ligne if role == APERCU_ROLE else None

    def _text(self, ligne: LigneApercu, colonne: ColonneApercu) -> str:
        match colonne:
            case ColonneApercu.LIGNE:
                if not ligne.ligne:  # a student of the dossier, in no file
                    return ""
                return f"{ligne.fichier}, {ligne.ligne}" if self._several else str(ligne.ligne)
            case ColonneApercu.ETAT:
                return ETATS.get(ligne.etat, ligne.etat)
            case ColonneApercu.NOM:
                return ligne.nom
            case ColonneApercu.PRENOM:
                return ligne.prenom
            case ColonneApercu.CLASSE:
                return ligne.classe
            case ColonneApercu.BAC:
                return ligne.bac
            case ColonneApercu.SPECIALITES:
                return ligne.specialites
            case ColonneApercu.DETAIL:
                return ligne.detail


class ApercuFilter(QSortFilterProxyModel):
    """Only the lines in some states; none = all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._etats: frozenset[str] = frozenset()

    def set_etats(self, etats: frozenset[str]) -> None:
        """Keep those states."""
        self.beginFilterChange()
        self._etats = etats
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: ModelIndex) -> bool:  # noqa: N802  Qt override
        """Is a line kept?"""
        ligne = self.sourceModel().index(source_row, 0, source_parent).data(APERCU_ROLE)
        return isinstance(ligne, LigneApercu) and (not self._etats or ligne.etat in self._etats)

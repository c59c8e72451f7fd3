"""Wordings of wishes read from a file or pasted: one row each, with what it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QObject, Qt

from mps_desktop.core.text import NNBSP, plural
from mps_desktop.services.views import Option, VoeuApercu
from mps_desktop.ui.item_models.rows_model import ModelIndex, RowsModel

VOEU_LU_ROLE = Qt.ItemDataRole.UserRole + 1
ETATS = {"doute": "À choisir", "inconnu": "Introuvable", "choisi": "Choisi", "sur": "Reconnu"}
ROLES = {"doute": "warning", "inconnu": "error", "choisi": "info", "sur": "success"}
ICONES = {
    "doute": "question-line",
    "inconnu": "error-warning-line",
    "choisi": "edit-line",
    "sur": "check-line",
}
NON_REPRIS = "Non repris"


class ColonneLu(IntEnum):
    """Columns of the list."""

    ETAT = 0
    ECRIT = 1
    ELEVES = 2
    DEVIENT = 3


class VoeuxLusModel(RowsModel[VoeuApercu]):
    """Wordings, those to look at first; choices are kept here until they are applied."""

    titres = ("État", "Vœu tel qu’il est écrit", "Élèves", "Devient")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: dict[str, str] = {}

    @property
    def choices(self) -> Mapping[str, str]:
        """What was chosen here: key of the wording -> id, empty when it is not taken."""
        return self._choices

    def choose(self, row: int, code: str) -> None:
        """Say what a wording is about."""
        voeu = self._lignes[row]
        self._choices[voeu.cle] = code
        if code == voeu.choisi and voeu.etat in ("sur", "choisi"):
            del self._choices[voeu.cle]
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def etat(self, voeu: VoeuApercu) -> str:
        """State once the choices made here count."""
        return "choisi" if voeu.cle in self._choices else voeu.etat

    def code(self, voeu: VoeuApercu) -> str:
        """What it becomes once the choices made here count."""
        return self._choices.get(voeu.cle, voeu.choisi)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text of a cell, or the wording itself."""
        if not index.isValid() or index.row() >= len(self._lignes):
            return None
        voeu = self._lignes[index.row()]
        text = self._text(voeu, ColonneLu(index.column()))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.titres[index.column()]} {text or 'vide'}"
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(voeu.eleves) if index.column() == ColonneLu.ELEVES else text
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
            case _:
                return voeu if role == VOEU_LU_ROLE else None

    def _text(self, voeu: VoeuApercu, colonne: ColonneLu) -> str:
        match colonne:
            case ColonneLu.ETAT:
                return ETATS[self.etat(voeu)]
            case ColonneLu.ECRIT:
                return voeu.ecrit
            case ColonneLu.ELEVES:
                return voeu.eleves[0] if len(voeu.eleves) == 1 else plural(len(voeu.eleves), "élève")
            case ColonneLu.DEVIENT:
                code = self.code(voeu)
                return next((told(option) for option in voeu.choix if option.code == code), NON_REPRIS)


def told(option: Option) -> str:
    """A vœu or a formation of the catalogue on one line."""
    if option.categorie == "formation":
        return f"{option.libelle}{NNBSP}: formation seule"
    return f"{option.libelle}, {option.detail}"

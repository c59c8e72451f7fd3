"""Meetings with students, and what the conseil de classe decided about them."""

from __future__ import annotations

from datetime import date

from mps_desktop.models import DecisionConseil, Entretien
from mps_desktop.storage.records import DecisionRecord, EntretienRecord
from mps_desktop.storage.repositories.feuilles import FeuilleRepository
from mps_desktop.storage.repositories.journal import Action


class EntretienRepository(FeuilleRepository[EntretienRecord]):
    """Meetings."""

    _table = Entretien
    _record = EntretienRecord
    _actions = (Action.ENTRETIEN_AJOUTE, Action.ENTRETIEN_MODIFIE, Action.ENTRETIEN_SUPPRIME)
    _absent = "Cet entretien n’est plus dans le dossier."

    def due(self, jusque: date) -> tuple[EntretienRecord, ...]:
        """Meetings whose next action is due on that day or before and was not done, the oldest first."""
        found = self._load((Entretien.echeance <= jusque) & ~Entretien.suite_faite)
        return tuple(sorted(found, key=lambda record: (record.echeance or record.jour, record.id)))


class DecisionRepository(FeuilleRepository[DecisionRecord]):
    """Decisions of the conseil de classe."""

    _table = DecisionConseil
    _record = DecisionRecord
    _actions = (Action.DECISION_AJOUTEE, Action.DECISION_MODIFIEE, Action.DECISION_SUPPRIMEE)
    _absent = "Cette décision n’est plus dans le dossier."

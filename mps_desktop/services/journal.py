"""The journal as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mps_desktop.core.text import plural
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import JournalRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository

_ACTIONS = {
    Action.ELEVE_AJOUTE: "Élève ajouté",
    Action.ELEVE_MODIFIE: "Identité modifiée",
    Action.ELEVE_SUPPRIME: "Élève supprimé",
    Action.ELEVE_REMIS: "Élève remis après un effacement",
    Action.RECTIFICATION: "Rectification de l’identité",
    Action.PROFIL_MODIFIE: "Profil modifié",
    Action.ELEVE_EXPORTE: "Données de l’élève exportées",
    Action.ENTRETIEN_AJOUTE: "Entretien noté",
    Action.ENTRETIEN_MODIFIE: "Entretien modifié",
    Action.ENTRETIEN_SUPPRIME: "Entretien supprimé",
    Action.DECISION_AJOUTEE: "Décision du conseil notée",
    Action.DECISION_MODIFIEE: "Décision du conseil modifiée",
    Action.DECISION_SUPPRIMEE: "Décision du conseil supprimée",
    Action.IMPORT: "Import d’une liste",
    Action.IMPORT_ANNULE: "Import annulé",
    Action.PROFILS_LUS: "Profils lus dans un fichier",
    Action.ANNEE_CLOSE: "Classes de l’année passée renommées",
    Action.PURGE: "Purge",
    Action.PSYEN_MODIFIE: "Compartiment du psyEN modifié",
    Action.MOT_DE_PASSE: "Mot de passe changé",
    Action.CLE_SECOURS: "Clé de secours faite",
}
_CHAMPS = {
    "nom": "nom", "prenom": "prénom", "naissance": "date de naissance", "sexe": "sexe", "ine": "INE",
    "niveau": "niveau", "classe": "classe", "situation": "avancement du projet", "bac": "bac",
    "specialites": "spécialités", "moyenne": "moyenne", "domaines": "domaines", "interets": "centres d’intérêt",
    "metiers": "métiers", "duree_etudes": "durée d’études", "alternance": "alternance", "communes": "villes",
    "favoris": "formations et vœux", "corbeille": "corbeille", "jour": "date", "notes": "notes",
    "decisions": "décisions", "suite": "suite à donner", "echeance": "échéance", "auteur": "auteur",
    "suite_faite": "action faite", "conseil": "conseil", "avis": "avis", "decision": "décision",
    "psyen_creation": "création", "psyen_mot_de_passe": "mot de passe changé",
    "psyen_cle_secours": "clé de secours refaite", "psyen_note_ajoutee": "note ajoutée",
    "psyen_note_corrigee": "note corrigée", "psyen_note_effacee": "note effacée",
    "psyen_notes_remises": "notes jointes à l’export de l’élève",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LigneJournal:
    """One line.

    Attributes:
        quoi: what was done, and on what part: never a value.
        eleve: who it is about; his number only once he has left, empty for the dossier itself.
        utilisateur: session name on the computer.
    """

    quand: datetime
    quoi: str
    eleve: str
    utilisateur: str


def list_journal(database: Database, limite: int = 200, eleve_id: int | None = None) -> tuple[LigneJournal, ...]:
    """The last lines, newest first.

    Args:
        eleve_id: only those about a student; None = all.
    """
    with database.read() as session:
        lines = JournalRepository(session).list(limite, eleve_id)
        names = {eleve.id: f"{eleve.nom} {eleve.prenom}" for eleve in EleveRepository(session).list()}
    return tuple(
        LigneJournal(
            line.quand.astimezone(),
            describe(line),
            "" if line.eleve_id is None else names.get(line.eleve_id, f"élève n° {line.eleve_id}"),
            line.utilisateur,
        )
        for line in lines
    )


def describe(line: JournalRecord) -> str:
    """What was done, in words."""
    words = next((words for action, words in _ACTIONS.items() if action == line.action), line.action)
    parts = [_CHAMPS.get(name, name) for name in line.objet.split(",") if name]
    if line.nombre is not None:
        parts.append(plural(line.nombre, "classe" if line.action == Action.ANNEE_CLOSE else "élève"))
    return f"{words} ({', '.join(parts)})" if parts else words

"""SQLAlchemy tables of the encrypted dossier. Only tables, portable to PostgreSQL."""

from mps_desktop.models.base import Base
from mps_desktop.models.enums import Alternance, ClasseEnseignant, DureeEtudes, Niveau, Sexe, Situation
from mps_desktop.models.tables import (
    AttendusLus,
    Avis,
    Bilan,
    Classe,
    ClePsyen,
    Corbeille,
    DecisionConseil,
    Eleve,
    Entretien,
    Favori,
    Journal,
    NotePsyen,
    Profil,
    Voeu,
)

__all__ = [
    "Alternance",
    "AttendusLus",
    "Avis",
    "Base",
    "Bilan",
    "Classe",
    "ClasseEnseignant",
    "ClePsyen",
    "Corbeille",
    "DecisionConseil",
    "DureeEtudes",
    "Eleve",
    "Entretien",
    "Favori",
    "Journal",
    "Niveau",
    "NotePsyen",
    "Profil",
    "Sexe",
    "Situation",
    "Voeu",
]

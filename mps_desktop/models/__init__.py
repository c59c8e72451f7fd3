"""SQLAlchemy tables of the encrypted dossier. Only tables, portable to PostgreSQL."""

from mps_desktop.models.base import Base
from mps_desktop.models.enums import Alternance, ClasseEnseignant, DureeEtudes, Niveau, Sexe, Situation
from mps_desktop.models.tables import AttendusLus, Avis, Bilan, Classe, Corbeille, Eleve, Favori, Journal, Profil, Voeu

__all__ = [
    "Alternance",
    "AttendusLus",
    "Avis",
    "Base",
    "Bilan",
    "Classe",
    "ClasseEnseignant",
    "Corbeille",
    "DureeEtudes",
    "Eleve",
    "Favori",
    "Journal",
    "Niveau",
    "Profil",
    "Sexe",
    "Situation",
    "Voeu",
]

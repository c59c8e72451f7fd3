"""Maintenance of dossiers without a window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage.acces import calibrated
from mps_desktop.storage.dossier import create_dossier, unlock_dossier
from mps_desktop.storage.errors import WrongPassword
from mps_desktop.storage.passwords import password_hint, password_strength
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository

_FAIR = 2


@dataclass(frozen=True, slots=True)
class EtatDossier:
    """What a dossier holds, figures only."""

    nom: str
    classes: int
    eleves: int
    formations_retenues: int
    voeux: int


def password_opinion(text: str) -> tuple[int, str]:
    """What a new password is worth: 0 (refused) to 4 (very good), and a sentence that says it."""
    return password_strength(text), password_hint(text)


def check_new_password(text: str) -> None:
    """Refuse what a patient guesser finds: the data are those of minors.

    Raises:
        EnvironmentFault: the password is weak; the message says how to make a better one.
    """
    if password_strength(text) < _FAIR:
        raise EnvironmentFault("Ce mot de passe serait trop facile à deviner.", password_hint(text))


def is_wrong_secret(exc: Exception) -> bool:
    """Whether something failed because the password, or the recovery key, was not the right one: a try at guessing."""
    return isinstance(exc, WrongPassword)


def create_empty(folder: Path, nom: str, mot_de_passe: str) -> Path:
    """Create an empty encrypted dossier and close it.

    Raises:
        EnvironmentFault: weak password, folder in use or not writable.
    """
    check_new_password(mot_de_passe)
    create_dossier(folder, nom, mot_de_passe, calibrated()).close()
    return folder.resolve()


def check_dossier(folder: Path, mot_de_passe: str) -> EtatDossier:
    """Open a dossier, read everything in it and count.

    Raises:
        EnvironmentFault: wrong password, damaged file, locked elsewhere.
    """
    opened = unlock_dossier(folder, mot_de_passe)
    try:
        with opened.database.read() as session:
            eleves = EleveRepository(session).list()
            classes = ClasseRepository(session).list()
    finally:
        opened.close()
    favoris = [favori for eleve in eleves for favori in eleve.profil.favoris]
    return EtatDossier(
        nom=opened.nom,
        classes=len(classes),
        eleves=len(eleves),
        formations_retenues=len(favoris),
        voeux=sum(len(favori.voeux) for favori in favoris),
    )

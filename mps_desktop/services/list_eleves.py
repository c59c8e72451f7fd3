"""The class table."""

from __future__ import annotations

from mps_desktop.core.text import sort_key
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import ClasseVue
from mps_desktop.storage.database import Database
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository

_PROFIL_VIDE_MAX = 20


class ListEleves:
    """Rows of a class with their balance.

    Args:
        socle: catalogue and parameters.
        database: the open dossier.
    """

    def __init__(self, socle: Socle, database: Database) -> None:
        self._socle = socle
        self._database = database

    def __call__(self, classe: str | None) -> ClasseVue:
        """The class, or everybody with None, in French alphabetical order."""
        with self._database.read() as session:
            eleves = EleveRepository(session).list(classe)
            classes = tuple(sorted((record.nom for record in ClasseRepository(session).list()), key=sort_key))
        lignes = Diagnostiqueur(self._socle).lignes(eleves)
        return ClasseVue(
            classe=classe or "",
            classes=classes,
            lignes=lignes,
            nb_jalon_atteint=sum(ligne.jalon.atteint for ligne in lignes),
            nb_sans_voeu=sum(not ligne.nb_voeux for ligne in lignes),
            nb_sans_securisant=sum(bool(ligne.nb_voeux) and not ligne.nb_securisant for ligne in lignes),
            nb_profil_vide=sum(ligne.completude <= _PROFIL_VIDE_MAX for ligne in lignes),
        )

"""The class table."""

from __future__ import annotations

from datetime import date

from mps_desktop.core.text import sort_key
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.socle import Socle
from mps_desktop.services.suivi_classe import ECART_MAX, SuiviClasses
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
        today: to tell what is due, None = due dates are not looked at.
        suivi: the classes over time, None = not shown.
    """

    def __init__(
        self, socle: Socle, database: Database, today: date | None = None, suivi: SuiviClasses | None = None
    ) -> None:
        self._socle = socle
        self._database = database
        self._today = today
        self._suivi = suivi

    def __call__(self, classe: str | None) -> ClasseVue:
        """The class, or everybody with None, in French alphabetical order."""
        with self._database.read() as session:
            eleves = EleveRepository(session).list(classe)
            classes = tuple(sorted((record.nom for record in ClasseRepository(session).list()), key=sort_key))
        lignes = Diagnostiqueur(self._socle, self._today).lignes(eleves)
        return ClasseVue(
            classe=classe or "",
            classes=classes,
            lignes=lignes,
            nb_jalon_atteint=sum(ligne.jalon.atteint for ligne in lignes),
            nb_sans_voeu=sum(not ligne.nb_voeux for ligne in lignes),
            nb_sans_securisant=sum(bool(ligne.nb_voeux) and not ligne.nb_securisant for ligne in lignes),
            nb_profil_vide=sum(ligne.completude <= _PROFIL_VIDE_MAX for ligne in lignes),
            nb_ecarts=sum(abs(ligne.ecart_declare) >= ECART_MAX for ligne in lignes),
            suivi=self._suivi.load(classe, lignes) if self._suivi and classe and lignes else None,
        )

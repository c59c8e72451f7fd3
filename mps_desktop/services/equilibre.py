"""Wishes and balance of one student, and the vœux that could be added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mps_desktop.services import phrases_listes as listes
from mps_desktop.services.completion import Completeur
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import EquilibreVue, FavoriLigne, VoeuLigne
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import AvisPasse, EleveRecord
from mps_desktop.storage.repositories.avis import list_avis
from mps_desktop.storage.repositories.eleves import EleveRepository

_NB_POSSIBLES = 60


class LoadEquilibre:
    """Reads the wishes of a student and says what they are worth.

    Args:
        socle: catalogue and parameters.
        database: the open dossier.
        today: to tell what is due, None = due dates are not looked at.
    """

    def __init__(self, socle: Socle, database: Database, today: date | None = None) -> None:
        self._socle = socle
        self._database = database
        self._today = today
        self._completeur = Completeur(socle)

    def __call__(self, eleve_id: int) -> EquilibreVue:
        """Wishes and balance.

        Raises:
            EnvironmentFault: the student is no longer in the dossier.
        """
        with self._database.read() as session:
            eleve = EleveRepository(session).get(eleve_id)
            history = list_avis(session, eleve_id)
        diagnostiqueur = Diagnostiqueur(self._socle, self._today)
        vue = self._completeur(eleve, diagnostiqueur, diagnostiqueur.equilibre(eleve))
        return replace(vue, favoris=tuple(_with_history(favori, history) for favori in vue.favoris))

    def possibles(self, eleve_id: int, formation_id: str, rayon_km: int | None) -> tuple[VoeuLigne, ...]:
        """Vœux of a formation that the student has not chosen, nearest to his towns first.

        Args:
            rayon_km: largest distance to a preferred town; None = everywhere.
        """
        eleve = self._eleve(eleve_id)
        catalogue = self._socle.catalogue
        communes = catalogue.communes(eleve.profil.communes)
        points = tuple((c.lat, c.lng) for c in communes if c.lat is not None and c.lng is not None)
        near = catalogue.voeux_near(formation_id, points, float(rayon_km) if rayon_km and points else None)
        chosen = {voeu for favori in eleve.profil.favoris for voeu in favori.voeux}
        diagnostiqueur = Diagnostiqueur(self._socle)
        offered = [voeu.id for voeu, _ in near if voeu.id not in chosen]
        if rayon_km is None:  # those without a published place come last: they have no distance
            located = set(offered) | chosen
            offered += [voeu.id for voeu in catalogue.voeux_of_formation(formation_id) if voeu.id not in located]
        return tuple(diagnostiqueur.voeu(eleve, voeu_id, None) for voeu_id in offered[:_NB_POSSIBLES])

    def _eleve(self, eleve_id: int) -> EleveRecord:
        with self._database.read() as session:
            return EleveRepository(session).get(eleve_id)


def _with_history(favori: FavoriLigne, history: tuple[AvisPasse, ...]) -> FavoriLigne:
    """The same favourite, its wishes with what was said of them over time."""
    voeux = tuple(
        replace(voeu, historique=tuple(listes.avis_passe(line) for line in history if line.voeu_id == voeu.voeu_id))
        for voeu in favori.voeux
    )
    return replace(favori, voeux=voeux)

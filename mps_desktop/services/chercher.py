"""Search the catalogue, for one student or for nobody."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from mps_desktop.catalogue.search import search
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.engine.profil import Profil
from mps_desktop.services.profils import engine_profil
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import Option
from mps_desktop.storage.database import Database
from mps_desktop.storage.repositories.eleves import EleveRepository


class Chercher:
    """Finds things in the catalogue; the affinities of the open student decide between close scores.

    Args:
        socle: catalogue and engine.
        database: the open dossier.
    """

    def __init__(self, socle: Socle, database: Database) -> None:
        self._socle = socle
        self._database = database
        self._lock = threading.Lock()
        self._last: tuple[Profil, Mapping[str, float]] | None = None

    def __call__(self, texte: str, genres: tuple[str, ...], limite: int, eleve_id: int) -> tuple[Option, ...]:
        """Best results, ``Option.categorie`` being the kind of thing found.

        Args:
            eleve_id: the open student, 0 = nobody.
        """
        affinites = self._affinites(eleve_id) if eleve_id and (not genres or "formation" in genres) else None
        hits = search(self._socle.catalogue, texte, genres, limite, affinites)
        return tuple(Option(hit.id, hit.libelle, hit.genre, hit.detail) for hit in hits)

    def formation_of(self, voeu_id: str) -> str:
        """Reference formation of a vœu.

        Raises:
            EnvironmentFault: the catalogue no longer has it.
        """
        voeu = self._socle.catalogue.voeu(voeu_id)
        if voeu is None or not voeu.formation_id:
            raise EnvironmentFault(
                "Ce vœu n’est rattaché à aucune formation du catalogue.",
                "Ajoutez la formation, puis choisissez un vœu.",
            )
        return voeu.formation_id

    def _affinites(self, eleve_id: int) -> Mapping[str, float] | None:
        """Affinities of a student, worked out again only when the profile has changed."""
        with self._database.read() as session:
            eleve = EleveRepository(session).get(eleve_id)
        profil = engine_profil(eleve.profil, eleve.niveau)
        with self._lock:
            if self._last is None or self._last[0] != profil:
                found = self._socle.moteur.affinites(profil)
                self._last = profil, dict(zip(found.ids, found.normalisees.tolist(), strict=True))
            return self._last[1]

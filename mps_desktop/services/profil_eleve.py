"""Read and save the profile of one student."""

from __future__ import annotations

from mps_desktop.core.dates import numeric_date
from mps_desktop.services.profils import added_ids, check_added, check_profil, completeness, missing_fields
from mps_desktop.services.socle import Socle
from mps_desktop.services.suivi_classe import SuiviClasses
from mps_desktop.services.views import EleveVue
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import ProfilRecord
from mps_desktop.storage.repositories.eleves import EleveRepository


class LoadEleve:
    """Header and profile of one student.

    Args:
        socle: for the spécialités of a bac.
        database: the open dossier.
    """

    def __init__(self, socle: Socle, database: Database) -> None:
        self._socle = socle
        self._database = database

    def __call__(self, eleve_id: int) -> EleveVue:
        """The student.

        Raises:
            EnvironmentFault: he is no longer in the dossier.
        """
        with self._database.read() as session:
            eleve = EleveRepository(session).get(eleve_id)
        has_specialites = bool(self._socle.options.specialites(eleve.profil.bac))
        return EleveVue(
            id=eleve.id,
            nom=eleve.nom,
            prenom=eleve.prenom,
            classe=eleve.classe,
            niveau=eleve.niveau,
            naissance=numeric_date(eleve.naissance) if eleve.naissance else "",
            profil=eleve.profil,
            completude=completeness(eleve.profil, eleve.niveau, has_specialites),
            manques_profil=missing_fields(eleve.profil, eleve.niveau, has_specialites),
        )


class SaveProfil:
    """Save the profile of one student in one transaction.

    Args:
        socle: to check that a vœu belongs to its formation.
        database: the open dossier.
        suivi: keeps the state of the class after the change, None = not kept.
    """

    def __init__(self, socle: Socle, database: Database, suivi: SuiviClasses | None = None) -> None:
        self._socle = socle
        self._database = database
        self._suivi = suivi
        self._had: dict[int, set[tuple[str, str]]] = {}

    def __call__(self, eleve_id: int, profil: ProfilRecord) -> ProfilRecord:
        """Save and return the previous profile.

        Raises:
            EnvironmentFault: the profile breaks a rule (see ``check_profil``, ``check_added``); nothing is written.
        """
        check_profil(profil, self._formation_of_voeu)
        with self._database.transaction() as session:
            repository = EleveRepository(session)
            before = repository.get(eleve_id).profil
            had = self._had.setdefault(eleve_id, set())  # undoing brings back what was removed since the opening
            had |= added_ids(before)
            check_added(profil, had, self._socle.options)
            previous = repository.save_profil(eleve_id, profil)
            if self._suivi is not None and profil != previous:
                self._suivi.record(session, (repository.get(eleve_id).classe,))
            return previous

    def _formation_of_voeu(self, voeu_id: str) -> str | None:
        voeu = self._socle.catalogue.voeu(voeu_id)
        return voeu.formation_id if voeu is not None else None

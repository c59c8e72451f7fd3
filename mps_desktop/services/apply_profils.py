"""Put profiles read from a file onto the students of the dossier."""

from __future__ import annotations

from dataclasses import replace

from mps_desktop.core.text import NNBSP, fold
from mps_desktop.exchange.records import ProfilLu
from mps_desktop.services.suivi_classe import SuiviClasses
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import EleveRecord, FavoriRecord, ProfilRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository


def apply_profils(
    database: Database, profils: tuple[ProfilLu, ...], suivi: SuiviClasses | None = None
) -> tuple[str, ...]:
    """Save each profile on the student of the same name (and class, when the file says it).

    What the profile does not say is left as it is. One transaction.

    Args:
        suivi: keeps the state of the classes in that transaction; None = not kept.

    Returns:
        One French sentence per profile that found no student, or several.
    """
    warnings: list[str] = []
    with database.transaction() as session:
        repository = EleveRepository(session)
        eleves = repository.list()
        for lu in profils:
            same = [eleve for eleve in eleves if _is_about(lu, eleve)]
            if len(same) != 1:
                why = "aucun élève de ce nom" if not same else "plusieurs élèves portent ce nom"
                warnings.append(f"Profil de {lu.nom} {lu.prenom} laissé de côté{NNBSP}: {why}.")
                continue
            repository.save_profil(same[0].id, _merge(same[0].profil, lu))
        JournalRepository(session).add(Action.PROFILS_LUS, nombre=len(profils) - len(warnings))
        if suivi is not None:
            suivi.record_all(session)
    return tuple(warnings)


def _is_about(lu: ProfilLu, eleve: EleveRecord) -> bool:
    same_name = fold(lu.nom) == fold(eleve.nom) and fold(lu.prenom) == fold(eleve.prenom)
    return same_name and (not lu.classe or fold(lu.classe) == fold(eleve.classe))


def _merge(profil: ProfilRecord, lu: ProfilLu) -> ProfilRecord:
    favoris = tuple(
        FavoriRecord(
            formation_id=favori.formation_id,
            niveau_ambition=favori.niveau_ambition,
            voeux=favori.voeux,
            classes_enseignant=dict(favori.classes_enseignant),
            note=favori.note,
        )
        for favori in lu.favoris
    )
    return replace(
        profil,
        situation=lu.situation or profil.situation,
        bac=lu.bac or profil.bac,
        specialites=lu.specialites or profil.specialites,
        moyenne=profil.moyenne if lu.moyenne is None else lu.moyenne,
        domaines=lu.domaines or profil.domaines,
        interets=lu.interets or profil.interets,
        metiers=lu.metiers or profil.metiers,
        duree_etudes=lu.duree_etudes or profil.duree_etudes,
        alternance=lu.alternance or profil.alternance,
        communes=lu.communes or profil.communes,
        favoris=favoris or profil.favoris,
        corbeille=lu.corbeille or profil.corbeille,
    )

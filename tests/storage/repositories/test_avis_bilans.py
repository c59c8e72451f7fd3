from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from mps_desktop.storage.database import Database
from mps_desktop.storage.records import AvisRecord, FavoriRecord, ProfilRecord
from mps_desktop.storage.repositories.avis import list_avis
from mps_desktop.storage.repositories.bilans import BilanRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.storage.samples import BILAN, build_eleve

MIDI = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SIMPLE = ProfilRecord(favoris=(FavoriRecord("fl1", voeux=("ta1", "ta2")),))


def stated(classe: str, motif: str = "", voeu: str = "ta1") -> ProfilRecord:
    avis = {voeu: AvisRecord(motif, "M. Fictif", date(2026, 11, 24))} if motif else {}
    return ProfilRecord(favoris=(replace(SIMPLE.favoris[0], classes_enseignant={voeu: classe}, avis=avis),))


def test_an_opinion_keeps_its_reason_its_author_and_its_day(database: Database):
    with database.transaction() as session:
        repository = EleveRepository(session, lambda: MIDI)
        eleve_id = repository.add(build_eleve(profil=SIMPLE))
        repository.save_profil(eleve_id, stated("B", "très bon dossier"))
    with database.read() as session:
        favori = EleveRepository(session).get(eleve_id).profil.favoris[0]
        (only,) = list_avis(session, eleve_id)
    assert favori.classes_enseignant == {"ta1": "B"}
    assert favori.avis == {"ta1": AvisRecord("très bon dossier", "M. Fictif", date(2026, 11, 24))}
    assert (only.classe, only.motif, only.enregistre) == ("B", "très bon dossier", MIDI)


def test_undoing_an_opinion_gives_back_the_previous_reason_and_loses_no_line(database: Database):
    with database.transaction() as session:
        repository = EleveRepository(session)
        eleve_id = repository.add(build_eleve(profil=SIMPLE))
        repository.save_profil(eleve_id, stated("B", "premier avis"))
        before = repository.save_profil(eleve_id, stated("A", "second avis"))
        repository.save_profil(eleve_id, before)
        assert repository.get(eleve_id).profil == stated("B", "premier avis")
        repository.save_profil(eleve_id, SIMPLE)
        assert repository.get(eleve_id).profil == SIMPLE
        history = [(line.classe, line.motif) for line in list_avis(session, eleve_id)]
    assert history == [("B", "premier avis"), ("A", "second avis"), ("B", "premier avis"), ("", "")]


def test_a_profile_saved_for_another_reason_adds_no_line(database: Database):
    with database.transaction() as session:
        repository = EleveRepository(session)
        eleve_id = repository.add(build_eleve(profil=stated("B", "avis")))
        profil = repository.get(eleve_id).profil
        repository.save_profil(eleve_id, replace(profil, favoris=(*profil.favoris, FavoriRecord("fl2"))))
        repository.save_profil(eleve_id, replace(profil, moyenne=12.0))
        assert len(list_avis(session, eleve_id)) == 1


def test_removing_a_voeu_takes_its_opinion_back(database: Database):
    with database.transaction() as session:
        repository = EleveRepository(session)
        eleve_id = repository.add(build_eleve(profil=stated("B", "avis")))
        repository.save_profil(eleve_id, ProfilRecord(favoris=(FavoriRecord("fl1", voeux=("ta2",)),)))
        assert [line.classe for line in list_avis(session, eleve_id)] == ["B", ""]


def test_the_history_goes_with_the_student(database: Database):
    with database.transaction() as session:
        repository = EleveRepository(session)
        gone, stays = (repository.add(build_eleve(nom, profil=stated("B", "avis"))) for nom in ("UN", "DEUX"))
        repository.delete((gone,))
        assert (len(list_avis(session, gone)), len(list_avis(session, stays))) == (0, 1)


def test_one_state_of_a_class_a_day_and_the_last_one_wins(database: Database):
    with database.transaction() as session:
        repository = BilanRepository(session)
        repository.put(BILAN)
        repository.put(replace(BILAN, jour=date(2026, 11, 20), jalons_atteints=0))
        repository.put(replace(BILAN, jalons_atteints=2))
        repository.put(replace(BILAN, classe="TG9"))
    with database.read() as session:
        found = BilanRepository(session).list("2nde B")
        assert BilanRepository(session).list("inconnue") == ()
    assert [(b.jour.day, b.jalons_atteints) for b in found] == [(20, 0), (24, 2)]

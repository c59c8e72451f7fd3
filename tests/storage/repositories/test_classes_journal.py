from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from mps_desktop.storage.database import Database
from mps_desktop.storage.records import ClasseRecord, JournalRecord
from mps_desktop.storage.repositories.bilans import BilanRepository
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository, session_user
from tests.storage.samples import BILAN, VIDE, build_eleve

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_class_is_created_once_and_counted(database: Database):
    with database.transaction() as session:
        classes = ClasseRepository(session, lambda: NOON)
        first = classes.ensure("TG1", "terminale")
        assert classes.ensure("TG1", "premiere") == first
        empty = classes.ensure("2nde É", "seconde")
        for nom in ("UN", "DEUX"):
            EleveRepository(session).add(build_eleve(nom, classe="TG1"))
        assert classes.list() == (
            ClasseRecord(empty, "2nde É", "seconde", 0, "2026-2027"),
            ClasseRecord(first, "TG1", "terminale", 2, "2026-2027"),
        )


def test_classes_are_in_alphabetical_order(database: Database):
    with database.transaction() as session:
        classes = ClasseRepository(session)
        for nom in ("tg2", "ÉCO", "TG1", "Eau"):
            classes.ensure(nom, "terminale")
        assert [classe.nom for classe in classes.list()] == ["Eau", "ÉCO", "TG1", "tg2"]


def test_only_empty_classes_are_pruned(database: Database):
    with database.transaction() as session:
        classes = ClasseRepository(session)
        empty, kept = (classes.ensure(nom, "terminale") for nom in ("TG1", "TG2"))
        EleveRepository(session).add(build_eleve(classe="TG3"))
        full = next(classe.id for classe in classes.list() if classe.nom == "TG3")
        classes.prune({empty, full})
        assert {classe.id for classe in classes.list()} == {kept, full}


def test_the_journal_says_what_was_done_without_a_name(database: Database):
    with database.transaction() as session:
        repository = EleveRepository(session, lambda: NOON)
        eleve_id = repository.add(build_eleve())
        repository.save_profil(eleve_id, VIDE)
        repository.save_profil(eleve_id, VIDE)
        repository.update_identity(build_eleve(id=eleve_id, nom="TESTEUR"))
        repository.delete((eleve_id,))
        journal = JournalRepository(session, lambda: NOON, "prof.fictif")
        journal.add("dossier.verifie", nombre=3)
        me = session_user()
        changed = "situation,bac,specialites,moyenne,domaines,interets,metiers,duree_etudes,alternance,communes,favoris"
        assert journal.list() == (
            JournalRecord(NOON, "dossier.verifie", None, "prof.fictif", "", 3),
            JournalRecord(NOON, Action.ELEVE_SUPPRIME, eleve_id, me),
            JournalRecord(NOON, Action.ELEVE_MODIFIE, eleve_id, me, "nom"),
            JournalRecord(NOON, Action.PROFIL_MODIFIE, eleve_id, me, f"{changed},corbeille"),
            JournalRecord(NOON, Action.ELEVE_AJOUTE, eleve_id, me),
        )
        assert [line.action for line in journal.list(2)] == ["dossier.verifie", "eleve.supprime"]
        assert {line.eleve_id for line in journal.list(eleve_id=eleve_id)} == {eleve_id}
        assert journal.last() == 5


def test_a_past_year_is_closed_once_and_the_new_class_is_another(database: Database):
    june, september = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
    with database.transaction() as session:
        EleveRepository(session, lambda: june).add(build_eleve("ANCIEN", classe="TG1"))
        BilanRepository(session).put(replace(BILAN, classe="TG1"))
        classes = ClasseRepository(session, lambda: september)
        assert classes.close_years("2025-2026") == ()
        assert classes.close_years("2026-2027") == ("TG1 (2025-2026)",)
        assert classes.close_years("2026-2027") == ()
        EleveRepository(session, lambda: september).add(build_eleve("NOUVELLE", classe="TG1"))
        assert [(c.nom, c.annee, c.nb_eleves) for c in classes.list()] == [
            ("TG1", "2026-2027", 1), ("TG1 (2025-2026)", "2025-2026", 1)
        ]  # fmt: skip
        assert [e.nom for e in EleveRepository(session).list("TG1")] == ["NOUVELLE"]
        assert BilanRepository(session).list("TG1") == ()
        assert len(BilanRepository(session).list("TG1 (2025-2026)")) == 1
        assert JournalRepository(session).list()[1].action == Action.ANNEE_CLOSE

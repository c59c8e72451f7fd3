from __future__ import annotations

from datetime import UTC, datetime

from mps_desktop.storage.database import Database
from mps_desktop.storage.records import ClasseRecord, JournalRecord
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import Action, JournalRepository
from tests.storage.samples import VIDE, build_eleve

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_class_is_created_once_and_counted(database: Database):
    with database.transaction() as session:
        classes = ClasseRepository(session)
        first = classes.ensure("TG1", "terminale")
        assert classes.ensure("TG1", "premiere") == first
        empty = classes.ensure("2nde É", "seconde")
        for nom in ("UN", "DEUX"):
            EleveRepository(session).add(build_eleve(nom, classe="TG1"))
        assert classes.list() == (
            ClasseRecord(empty, "2nde É", "seconde", 0),
            ClasseRecord(first, "TG1", "terminale", 2),
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
        journal = JournalRepository(session, lambda: NOON)
        journal.add("dossier.verifie")
        assert journal.list() == (
            JournalRecord(NOON, "dossier.verifie", None),
            JournalRecord(NOON, Action.ELEVE_SUPPRIME, eleve_id),
            JournalRecord(NOON, Action.ELEVE_MODIFIE, eleve_id),
            JournalRecord(NOON, Action.PROFIL_MODIFIE, eleve_id),
            JournalRecord(NOON, Action.ELEVE_AJOUTE, eleve_id),
        )
        assert [line.action for line in journal.list(2)] == ["dossier.verifie", "eleve.supprime"]

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage.database import Database
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.records import DecisionRecord, EntretienRecord
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.entretiens import DecisionRepository, EntretienRepository
from mps_desktop.storage.repositories.journal import JournalRepository
from tests.storage.samples import build_eleve

NOTE = EntretienRecord(0, 1, date(2026, 11, 24), "Vu avec ses parents", suite="Rappeler", echeance=date(2026, 12, 4))


def test_meetings_are_kept_changed_deleted_and_brought_back(database: Database):
    with database.transaction() as session:
        assert EleveRepository(session).add(build_eleve()) == 1
        repository = EntretienRepository(session)
        first = repository.add(NOTE)
        kept = replace(NOTE, id=first)
        later = repository.add(replace(NOTE, jour=date(2027, 1, 5), echeance=None))
        assert [record.id for record in repository.list(1)] == [later, first]
        assert repository.update(replace(kept, decisions="Deux vœux de plus")) == kept
        assert repository.update(kept).decisions == "Deux vœux de plus"
        assert repository.delete(first) == kept
        assert repository.add(kept) == first
        assert repository.due(date(2026, 12, 3)) == ()
        assert repository.due(date(2026, 12, 4)) == (kept,)
        lines = JournalRepository(session).list()
        assert [(line.action, line.objet) for line in lines[1:3]] == [
            ("entretien.supprime", ""), ("entretien.modifie", "decisions")
        ]  # fmt: skip


def test_a_meeting_belongs_to_a_student_and_goes_with_him(database: Database):
    with database.transaction() as session:
        repository = EntretienRepository(session)
        with pytest.raises(UnknownEleve):
            repository.add(NOTE)
        EleveRepository(session).add(build_eleve())
        entretien_id = repository.add(NOTE)
        EleveRepository(session).delete((1,))
        assert repository.list() == ()
        with pytest.raises(EnvironmentFault, match="entretien"):
            repository.delete(entretien_id)


def test_what_was_done_is_not_due_any_more(database: Database):
    with database.transaction() as session:
        EleveRepository(session).add(build_eleve())
        repository = EntretienRepository(session)
        kept = replace(NOTE, id=repository.add(NOTE))
        assert repository.due(date(2027, 1, 1)) == (kept,)
        repository.update(replace(kept, suite_faite=True))
        assert repository.due(date(2027, 1, 1)) == ()


def test_decisions_of_the_conseil_live_as_meetings_do(database: Database):
    decision = DecisionRecord(0, 1, date(2026, 12, 3), "1er trimestre", "Avis favorable", "Revoir en mars", "M. Fictif")
    with database.transaction() as session:
        repository = DecisionRepository(session)
        with pytest.raises(UnknownEleve):
            repository.add(decision)
        EleveRepository(session).add(build_eleve())
        first = repository.add(decision)
        kept = replace(decision, id=first)
        second = repository.add(replace(decision, jour=date(2027, 3, 9), conseil="2e trimestre"))
        assert [record.id for record in repository.list(1)] == [second, first]
        assert repository.update(replace(kept, avis="Avis réservé", decision="")) == kept
        assert repository.update(kept) == replace(kept, avis="Avis réservé", decision="")
        assert repository.delete(first) == kept
        assert repository.add(kept) == first
        lines = [(line.action, line.objet) for line in JournalRepository(session).list()]
        assert lines[:3] == [
            ("decision.ajoutee", ""), ("decision.supprimee", ""), ("decision.modifiee", "avis,decision")
        ]  # fmt: skip
        assert not any("favorable" in objet for _, objet in lines)
        EleveRepository(session).delete((1,))
        assert repository.list() == ()
        with pytest.raises(EnvironmentFault, match="décision"):
            repository.delete(second)

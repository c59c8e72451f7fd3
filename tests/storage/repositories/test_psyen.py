from __future__ import annotations

from dataclasses import replace

import pytest

from mps_desktop.storage.database import Database
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.keys import unwrap_key, wrap_key
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.journal import JournalRepository
from mps_desktop.storage.repositories.psyen import Geste, NoteScellee, PsyenRepository
from tests.storage.samples import FAST, build_eleve

NOTE = NoteScellee("a" * 32, 1, b"\x01scelle")


def test_wrapped_keys_are_kept_as_they_are_and_replaced_by_kind(database: Database):
    first, second = (wrap_key(bytes(range(32)), secret, FAST, "psyen-mot-de-passe") for secret in ("un", "deux"))
    rescue = wrap_key(bytes(range(32)), "secours", FAST, "psyen-secours")
    with database.transaction() as session:
        repository = PsyenRepository(session)
        assert repository.wraps() == ()
        repository.put_wrap(first, Geste.CREATION)
        repository.put_wrap(rescue, None)
        assert repository.wraps() == (first, rescue)
        repository.put_wrap(second, Geste.MOT_DE_PASSE)
        assert repository.wraps() == (second, rescue)
        assert unwrap_key(repository.wraps()[0], "deux") == bytes(range(32))
        assert [line.objet for line in JournalRepository(session).list()] == ["psyen_mot_de_passe", "psyen_creation"]


def test_a_note_takes_any_state_and_returns_the_former_one(database: Database):
    with database.transaction() as session:
        EleveRepository(session).add(build_eleve())
        repository = PsyenRepository(session)
        gone, other = replace(NOTE, contenu=None), replace(NOTE, contenu=b"\x01autre")
        assert repository.put(NOTE) == gone
        assert repository.list(1) == (NOTE,)
        assert repository.put(other) == NOTE
        assert repository.put(other) == other
        assert repository.put(gone) == other
        assert repository.put(gone) == gone
        assert repository.count((1,)) == 0
        lines = JournalRepository(session).list()
        assert [(line.action, line.objet, line.eleve_id) for line in lines[:3]] == [
            ("psyen.modifie", f"psyen_note_{what}", 1) for what in ("effacee", "corrigee", "ajoutee")
        ]
        assert len(lines) == 4  # putting the same state twice is no change


def test_a_note_belongs_to_a_student_and_goes_with_him(database: Database):
    with database.transaction() as session:
        eleves, repository = EleveRepository(session), PsyenRepository(session)
        eleves.add(build_eleve())
        with pytest.raises(UnknownEleve):
            repository.put(replace(NOTE, eleve_id=404))
        repository.put(NOTE)
        assert repository.put(replace(NOTE, eleve_id=2, contenu=None)).contenu is None  # not his: nothing is erased
        assert repository.count((1, 2)) == 1
        eleves.delete((1,))
        assert repository.count((1,)) == 0

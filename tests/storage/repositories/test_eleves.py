from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from mps_desktop.core.errors import ProgrammingFault
from mps_desktop.models import Base
from mps_desktop.storage.database import Database, create_database
from mps_desktop.storage.errors import UnknownEleve
from mps_desktop.storage.keys import new_data_key
from mps_desktop.storage.migrations import migrate
from mps_desktop.storage.records import EleveRecord, FavoriRecord, ProfilRecord
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.storage.samples import ELEVES, PROFIL, PROFILS, VIDE, build_eleve

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for the examples of hypothesis; every example is rolled back."""
    database = create_database(tmp_path_factory.mktemp("partagee") / "a.db", new_data_key())
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def repository(session: Session) -> EleveRepository:
    return EleveRepository(session, lambda: NOON)


def rows(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


@given(record=ELEVES)
def test_a_student_comes_back_as_he_was(shared: Database, record: EleveRecord):
    with shared.read() as session:
        repository = EleveRepository(session, lambda: NOON)
        eleve_id = repository.add(record)
        expected = replace(
            record, id=eleve_id, modifie=NOON, profil=replace(record.profil, bac=record.profil.bac or None)
        )
        assert repository.get(eleve_id) == expected
        assert repository.list() == (expected,)
        assert repository.list(record.classe) == (expected,)


@given(before=PROFILS, after=PROFILS)
def test_saving_a_profile_returns_the_previous_one_and_undoes(
    shared: Database, before: ProfilRecord, after: ProfilRecord
):
    with shared.read() as session:
        repository = EleveRepository(session)
        eleve_id = repository.add(build_eleve(profil=before))
        assert repository.save_profil(eleve_id, after) == before
        assert repository.get(eleve_id).profil == after
        assert repository.save_profil(eleve_id, before) == after
        assert repository.get(eleve_id).profil == before


@given(record=ELEVES)
def test_a_deleted_student_comes_back_under_his_id(shared: Database, record: EleveRecord):
    with shared.read() as session:
        repository = EleveRepository(session, lambda: NOON)
        repository.add(build_eleve("AUTRE"))
        eleve_id = repository.add(record)
        (deleted,) = repository.delete([eleve_id])
        assert repository.add(build_eleve("TARDIF")) != eleve_id  # an id is never given twice
        assert EleveRepository(session, lambda: LATER).add(deleted) == eleve_id
        assert repository.get(eleve_id) == deleted


def test_french_alphabetical_order(repository: EleveRepository):
    for nom, prenom in (
        ("ZZTEST", "Al"), ("Étonnant", "Zoé"), ("ETONNANT", "Alix"), ("LE TESTEUR", "Œdipe"), ("LETESTEUR", "Noé"),
        ("Faux-Nom", "Élise"), ("FAUX NOM", "Eloi"), ("Çédille", "Ana"),
    ):  # fmt: skip
        repository.add(build_eleve(nom, prenom))
    assert [f"{eleve.nom} {eleve.prenom}" for eleve in repository.list()] == [
        "Çédille Ana", "ETONNANT Alix", "Étonnant Zoé", "FAUX NOM Eloi", "Faux-Nom Élise", "LE TESTEUR Œdipe",
        "LETESTEUR Noé", "ZZTEST Al",
    ]  # fmt: skip


def test_a_class_is_listed_alone(repository: EleveRepository):
    for nom, classe in (("UN", "TG1"), ("DEUX", "TG2"), ("TROIS", ""), ("QUATRE", "TG1")):
        repository.add(build_eleve(nom, classe=classe))
    assert [eleve.nom for eleve in repository.list("TG1")] == ["QUATRE", "UN"]
    assert [eleve.nom for eleve in repository.list("")] == ["TROIS"]
    assert repository.list("TG9") == ()
    assert len(repository.list()) == 4


def test_the_number_of_queries_does_not_depend_on_the_number_of_students(database: Database):
    counts: list[int] = []
    with database.transaction() as session:
        repository = EleveRepository(session)
        statements: list[str] = []
        event.listen(session.connection(), "before_cursor_execute", lambda *args: statements.append(args[2]))
        for number in range(40):
            repository.add(build_eleve(f"BIDON{number}"))
            if number in (0, 39):
                statements.clear()
                repository.list()
                counts.append(len(statements))
    assert counts == [7, 7]


def test_two_thousand_students_are_listed_within_a_second(database: Database):
    favoris = tuple(
        FavoriRecord(f"fl{number}", 2, (f"ta{number}1", f"ta{number}2"), {f"ta{number}1": "A"}) for number in range(4)
    )
    with database.transaction() as session:
        repository = EleveRepository(session)
        for number in range(2000):
            repository.add(
                build_eleve(f"BIDON{number}", classe=f"TG{number % 60}", profil=replace(PROFIL, favoris=favoris))
            )
    start = time.process_time()
    with database.read() as session:
        eleves = EleveRepository(session).list()
    assert time.process_time() - start < 1
    assert len(eleves) == 2000
    assert all(eleve.profil.favoris == favoris for eleve in eleves)


def test_a_student_who_left_is_told(repository: EleveRepository):
    for call in (
        lambda: repository.get(404),
        lambda: repository.save_profil(404, VIDE),
        lambda: repository.update_identity(build_eleve(id=404)),
    ):
        with pytest.raises(UnknownEleve):
            call()


def test_identity_changes_and_the_profile_stays(session: Session, repository: EleveRepository):
    eleve_id = repository.add(build_eleve())
    changed = EleveRecord(eleve_id, "TESTEUR", "Zoë", "PG1", "premiere", None, "M", "123456789AB", VIDE)
    EleveRepository(session, lambda: LATER).update_identity(changed)
    assert repository.get(eleve_id) == replace(changed, profil=PROFIL, modifie=LATER)
    assert [classe.nom for classe in ClasseRepository(session).list()] == ["PG1"]


def test_the_date_of_change_follows_changes_only(session: Session, repository: EleveRepository):
    eleve_id = repository.add(build_eleve())
    later = EleveRepository(session, lambda: LATER)
    later.save_profil(eleve_id, PROFIL)
    assert repository.get(eleve_id).modifie == NOON
    later.save_profil(eleve_id, replace(PROFIL, moyenne=-1.0))
    assert repository.get(eleve_id).modifie == LATER


def test_the_teachers_class_leaves_with_its_voeu(repository: EleveRepository):
    stated = FavoriRecord("fl1", 1, ("ta1", "ta2"), {"ta1": "A+", "ta9": "B", "ta2": ""})
    eleve_id = repository.add(build_eleve(profil=replace(VIDE, favoris=(stated,))))
    (stored,) = repository.get(eleve_id).profil.favoris
    assert stored == replace(stated, classes_enseignant={"ta1": "A+"})


def test_deleting_takes_everything_of_that_student_only(session: Session, repository: EleveRepository):
    first, second = (
        repository.add(build_eleve(nom, classe=classe)) for nom, classe in (("UN", "TG1"), ("DEUX", "TG2"))
    )
    expected = repository.get(second)
    deleted = repository.delete((first, 404))
    assert [eleve.nom for eleve in deleted] == ["UN"]
    assert repository.list() == (expected,)
    counts = rows(session)
    assert counts.pop("journal") == 3
    assert counts == {
        "classe": 1,
        "eleve": 1,
        "profil": 1,
        "favori": 2,
        "voeu": 3,
        "avis": 2,
        "attendus_lus": 0,
        "bilan": 0,
        "entretien": 0,
        "decision_conseil": 0,
        "cle_psyen": 0,
        "note_psyen": 0,
        "corbeille": 2,
    }
    assert repository.delete(()) == ()


def test_repositories_never_commit(database: Database):
    def write_then_fail() -> None:
        with database.transaction() as session:
            repository = EleveRepository(session)
            eleve_id = repository.add(build_eleve())
            repository.save_profil(eleve_id, VIDE)
            repository.delete((eleve_id,))
            repository.add(build_eleve())
            raise RuntimeError("panne")

    with pytest.raises(RuntimeError, match="panne"):
        write_then_fail()
    with database.read() as session:
        assert set(rows(session).values()) == {0}


@pytest.mark.parametrize(
    "profil",
    [
        replace(VIDE, moyenne=20.5),
        replace(VIDE, moyenne=-0.5),
        replace(VIDE, corbeille=("fl1", "fl1")),
        replace(VIDE, favoris=(FavoriRecord("fl1"), FavoriRecord("fl1"))),
        replace(VIDE, favoris=(FavoriRecord("fl1", voeux=("ta1", "ta1")),)),
        replace(VIDE, favoris=(FavoriRecord("fl1", niveau_ambition=4),)),
        replace(VIDE, favoris=(FavoriRecord("fl1", note="n" * 4000),)),
    ],
)
def test_the_database_refuses_what_no_profile_may_be(database: Database, profil: ProfilRecord):
    with database.transaction() as session:
        eleve_id = EleveRepository(session).add(build_eleve())
    with pytest.raises(ProgrammingFault), database.transaction() as session:
        EleveRepository(session).save_profil(eleve_id, profil)
    with database.read() as session:
        assert EleveRepository(session).get(eleve_id).profil == PROFIL


@pytest.mark.parametrize(
    "profil",
    [
        replace(VIDE, situation="perdu"),
        replace(VIDE, duree_etudes="dix ans"),
        replace(VIDE, alternance="oui"),
        replace(VIDE, favoris=(FavoriRecord("fl1", voeux=("ta1",), classes_enseignant={"ta1": "C"}),)),
    ],
)
def test_unknown_codes_are_refused(repository: EleveRepository, profil: ProfilRecord):
    with pytest.raises(ValueError, match="is not a valid"):
        repository.add(build_eleve(profil=profil))


def test_the_longest_note_is_kept(repository: EleveRepository):
    profil = replace(VIDE, favoris=(FavoriRecord("fl1", note="é" * 3999),))
    assert repository.get(repository.add(build_eleve(profil=profil))).profil == profil


def test_an_ine_belongs_to_one_student(database: Database):
    with database.transaction() as session:
        EleveRepository(session).add(build_eleve("UN", ine="123456789AB"))
    with pytest.raises(ProgrammingFault), database.transaction() as session:
        EleveRepository(session).add(build_eleve("DEUX", ine="123456789AB"))


BIRTH = date(2009, 2, 28)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (("BIDON", "Zoé", None, "111", "TG9"), "ine"),
        (("AUTRE NOM", "Max", None, "111", ""), "ine"),
        (("bidon", "ZOE", BIRTH, "", "TG9"), "naissance"),
        (("Bidon", "Zoé", None, "", "tg1"), "classe"),
        (("Bidon", "Zoé", None, "999", "TG1"), "classe"),
        (("Bidon", "Zoé", date(2009, 3, 1), "", "TG1"), "classe"),
        (("Bidon", "Zoé", None, "", "TG2"), "naissance"),
        (("Bidon", "Zoé", None, "", "TG8"), None),
        (("Bidon", "Zoé", date(2009, 3, 1), "", "TG2"), None),
        (("Jumeau", "Max", None, "", "TG3"), None),
        (("Inconnue", "Zoé", None, "", "TG1"), None),
    ],
)
def test_who_a_line_of_a_roster_is_about(
    repository: EleveRepository, query: tuple[str, str, date | None, str, str], found: str | None
):
    ids = {
        repository.add(build_eleve("BIDON", "Zoé", "TG7", naissance=None, ine="111")): "ine",
        repository.add(build_eleve("BIDON", "Zoé", "TG2", naissance=BIRTH)): "naissance",
        repository.add(build_eleve("BIDON", "Zoé", "TG1", naissance=None)): "classe",
        repository.add(build_eleve("JUMEAU", "Max", "TG3", naissance=None)): "jumeau",
        repository.add(build_eleve("JUMEAU", "Max", "TG3", naissance=None)): "jumeau",
    }
    match = repository.find_match(*query)
    assert (ids[match.id] if match else None) == found


def test_an_ine_that_contradicts_is_another_person(repository: EleveRepository):
    repository.add(build_eleve("BIDON", "Zoé", "TG1", ine="111", naissance=BIRTH))
    assert repository.find_match("BIDON", "Zoé", None, "222", "TG1") is None
    assert repository.find_match("BIDON", "Zoé", date(2008, 1, 1), "", "TG1") is None
    assert repository.find_match("BIDON", "Zoé", BIRTH, "222", "TG2") is not None


def test_two_repositories_of_two_dossiers_do_not_meet(database: Database, tmp_path: Path):
    other = create_database(tmp_path / "autre.db", new_data_key())
    migrate(other)
    with other.transaction() as session:
        EleveRepository(session).add(build_eleve())
    with database.read() as session:
        assert EleveRepository(session).list() == ()
    other.close()

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from mps_desktop.core.errors import Cancelled, EnvironmentFault, ProgrammingFault
from mps_desktop.models import Classe, Corbeille, Favori, Journal, Niveau, Profil
from mps_desktop.storage.database import Database, create_database
from mps_desktop.storage.errors import DamagedDossier, DatabaseBusy, DiskFull, ReadOnlyDossier
from mps_desktop.storage.keys import new_data_key
from mps_desktop.storage.migrations import migrate

KEY = new_data_key()
CLASSE = insert(Classe).values(nom="TG1", niveau=Niveau.TERMINALE)


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(Classe.id))) or 0


def test_settings_of_every_connection(database: Database):
    with database.read() as one, database.transaction() as two:
        for session in (one, two):
            assert session.scalar(text("PRAGMA foreign_keys")) == 1
            assert session.scalar(text("PRAGMA synchronous")) == 2
            assert session.scalar(text("PRAGMA journal_mode")) == "wal"
            assert session.scalar(text("PRAGMA temp_store")) == 2


def test_a_block_that_ends_well_is_kept(database: Database):
    with database.transaction() as session:
        session.execute(CLASSE)
    assert count(database) == 1


@pytest.mark.parametrize("fault", [Cancelled("arrêt"), ValueError("panne"), KeyboardInterrupt()])
def test_a_block_that_fails_leaves_nothing(database: Database, fault: BaseException):
    def write_then_fail() -> None:
        with database.transaction() as session:
            session.execute(CLASSE)
            raise fault

    with pytest.raises(type(fault)):
        write_then_fail()
    assert count(database) == 0


def test_what_a_reader_writes_is_dropped(database: Database):
    with database.read() as session:
        session.execute(CLASSE)
    assert count(database) == 0


def test_a_reader_sees_one_state_and_does_not_block_the_writer(database: Database):
    with database.read() as reader:
        assert reader.scalar(select(func.count(Classe.id))) == 0
        with database.transaction() as writer:
            writer.execute(CLASSE)
        assert reader.scalar(select(func.count(Classe.id))) == 0
    assert count(database) == 1


def test_worker_threads_share_the_database(database: Database):
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(10):
                with database.transaction() as session:
                    session.execute(insert(Classe).values(nom=f"T{number}-{step}", niveau=Niveau.TERMINALE))
                count(database)
        except BaseException as exc:
            failures.append(exc)
            raise

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert count(database) == 40


@pytest.mark.parametrize(
    "statement",
    [
        insert(Corbeille).values(eleve_id=404, formation_id="fl1", rang=0),
        insert(Profil).values(eleve_id=404, specialites=(), domaines=(), interets=(), metiers=(), communes=()),
        insert(Favori).values(eleve_id=404, formation_id="fl1", rang=0, niveau_ambition=0, note=""),
        insert(Classe).values(nom="", niveau=Niveau.SECONDE),
        insert(Classe).values(nom="TG1", niveau="quatrieme"),
        text("INSERT INTO classe (nom, niveau) VALUES ('TG1', 'quatrieme')"),
        insert(Journal).values(quand=datetime(2026, 1, 1), action="essai"),  # noqa: DTZ001  a naive moment, on purpose
        text("SELECT * FROM absente"),
    ],
)
def test_broken_invariants_are_our_bug(database: Database, statement: object):
    with pytest.raises(ProgrammingFault), database.transaction() as session:
        session.execute(statement)  # type: ignore[call-overload]  # several kinds of statement


def test_the_message_of_a_bug_quotes_nobody(database: Database):
    twice = [{"nom": "BIDON", "niveau": Niveau.TERMINALE}] * 2
    with pytest.raises(ProgrammingFault) as caught, database.transaction() as session:
        session.execute(insert(Classe), twice)
    cause = caught.value.__cause__
    assert isinstance(cause, SQLAlchemyError)
    assert "BIDON" not in f"{caught.value} {cause}"


def test_a_full_disk_is_told_and_loses_nothing(database: Database):
    with database.transaction() as session:
        session.execute(CLASSE)
    many = [{"nom": f"{number}" * 30, "niveau": Niveau.TERMINALE} for number in range(500)]

    def fill() -> None:
        with database.transaction() as session:
            pages = session.scalar(text("PRAGMA page_count"))
            session.execute(text(f"PRAGMA max_page_count = {pages}"))
            session.execute(insert(Classe), many)

    with pytest.raises(DiskFull):
        fill()
    assert count(database) == 1


def test_a_disk_that_refuses_writing_is_told(database: Database):
    def write() -> None:
        with database.transaction() as session:
            session.execute(text("PRAGMA query_only = 1"))
            session.execute(CLASSE)

    with pytest.raises(ReadOnlyDossier):
        write()
    assert count(database) == 0


def test_another_writer_is_waited_for_then_told(tmp_path: Path):
    first = create_database(tmp_path / "a.db", KEY)
    migrate(first)
    second = Database(tmp_path / "a.db", KEY, busy_ms=20)
    with first.transaction() as session:
        session.execute(CLASSE)
        with pytest.raises(DatabaseBusy), second.transaction() as other:
            other.scalar(select(Classe.id))  # the right to write is asked for before anything is read
    assert count(second) == 1
    first.close()
    second.close()


def test_the_file_and_its_journal_are_private(database: Database):
    with database.transaction() as session:
        session.execute(CLASSE)
    files = sorted(database.path.parent.glob("dossier.db*"))
    assert [file.name for file in files] == ["dossier.db", "dossier.db-shm", "dossier.db-wal"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_closing_leaves_one_file(tmp_path: Path):
    database = create_database(tmp_path / "a.db", KEY)
    migrate(database)
    database.close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]


def test_another_key_or_damage_is_told_in_silence(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    path = tmp_path / "a.db"
    database = create_database(path, KEY)
    migrate(database)
    database.close()
    with pytest.raises(DamagedDossier):
        Database(path, new_data_key())
    path.write_bytes(bytes(len(path.read_bytes())))
    with pytest.raises(DamagedDossier):
        Database(path, KEY)
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_is_not_created(tmp_path: Path):
    with pytest.raises(DamagedDossier, match="disparu"):
        Database(tmp_path / "absent.db", KEY)
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_not_overwritten(tmp_path: Path):
    (tmp_path / "a.db").write_text("précieux", encoding="utf-8")
    with pytest.raises(EnvironmentFault):
        create_database(tmp_path / "a.db", KEY)
    assert (tmp_path / "a.db").read_text(encoding="utf-8") == "précieux"

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from mps_desktop.core.errors import ProgrammingFault
from mps_desktop.models import Base
from mps_desktop.storage.database import Database, create_database
from mps_desktop.storage.keys import new_data_key
from mps_desktop.storage.migrations import HEAD, REVISIONS, alembic_config, current_revision, migrate, needs_migration
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.storage.samples import build_eleve


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    database = create_database(tmp_path / "vide.db", new_data_key())
    yield database
    database.close()


def schema(database: Database) -> dict[str, tuple[str, ...]]:
    """Tables and indexes with their clauses, whatever their order."""
    query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    with database.read() as session:
        rows = session.execute(query).all()
    return {
        row.name: tuple(sorted(line.strip().strip(",").strip() for line in _clauses(row.sql) if line.strip(" (),")))
        for row in rows
        if row.name != "alembic_version"
    }


def _clauses(sql: str) -> list[str]:
    """One clause per line; a column that was added later is on the last line, after the constraints."""
    head, bracket, end = re.sub(r", ?(?=[a-z]\w* (VARCHAR|INTEGER|BOOLEAN))", "\n", sql).rpartition(")")
    return (head + "\n" + bracket + end).splitlines() if sql.startswith("CREATE TABLE") else [sql]


def test_the_list_of_revisions_is_that_of_the_files(empty: Database):
    with empty.schema_transaction() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
        assert script.get_current_head() == HEAD
        assert tuple(found.revision for found in reversed(list(script.walk_revisions()))) == REVISIONS


def test_the_last_revision_is_the_models_clause_by_clause(empty: Database, tmp_path: Path):
    migrate(empty)
    declared = create_database(tmp_path / "modeles.db", new_data_key())
    with declared.schema_transaction() as connection:
        Base.metadata.create_all(connection)
    migrated, expected = schema(empty), schema(declared)
    declared.close()
    assert "ck_favori_note_courte" in str(migrated["favori"])
    assert migrated == expected


def test_alembic_finds_nothing_to_change(empty: Database):
    migrate(empty)
    with empty.read() as session:
        context = MigrationContext.configure(session.connection())
        changes: list[Any] = compare_metadata(context, Base.metadata)
    assert changes == []


def test_up_down_and_up_again(empty: Database):
    migrate(empty)
    first = schema(empty)
    with empty.schema_transaction() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert schema(empty) == {}
    assert current_revision(empty) is None
    migrate(empty)
    assert schema(empty) == first
    assert current_revision(empty) == HEAD


def test_migrating_again_changes_nothing(database: Database):
    with database.transaction() as session:
        EleveRepository(session).add(build_eleve())
    migrate(database)
    with database.read() as session:
        assert len(EleveRepository(session).list()) == 1


def test_a_migration_that_fails_leaves_the_tables_as_they_were(empty: Database, monkeypatch: pytest.MonkeyPatch):
    from alembic.operations import Operations

    create_table = Operations.create_table

    def fail_on_voeu(self: Operations, name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "voeu":
            raise RuntimeError("panne")
        return create_table(self, name, *args, **kwargs)

    monkeypatch.setattr(Operations, "create_table", fail_on_voeu)
    with pytest.raises(RuntimeError):
        migrate(empty)
    assert schema(empty) == {}
    assert current_revision(empty) is None


def test_a_table_can_be_rebuilt_without_losing_what_hangs_on_it(database: Database):
    with database.transaction() as session:
        eleve_id = EleveRepository(session).add(build_eleve())
    with database.schema_transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE copie AS SELECT * FROM eleve")
        ddl = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'eleve'").scalar_one()
        connection.exec_driver_sql("DROP TABLE eleve")
        connection.exec_driver_sql(ddl)
        connection.exec_driver_sql("INSERT INTO eleve SELECT * FROM copie")
        connection.exec_driver_sql("DROP TABLE copie")
    with database.read() as session:
        assert EleveRepository(session).get(eleve_id).profil == build_eleve().profil


def test_a_migration_that_leaves_dangling_rows_is_refused(database: Database):
    with database.transaction() as session:
        EleveRepository(session).add(build_eleve())
    with pytest.raises(ProgrammingFault), database.schema_transaction() as connection:
        connection.exec_driver_sql("DELETE FROM eleve")
    with database.read() as session:
        assert len(EleveRepository(session).list()) == 1


def test_a_revision_of_a_newer_minor_version_is_left_alone(database: Database):
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert current_revision(database) == "9999"
    assert not needs_migration("9999")
    migrate(database)
    assert current_revision(database) == "9999"


def test_no_table_or_an_older_revision_needs_a_migration(monkeypatch: pytest.MonkeyPatch):
    assert needs_migration(None)
    assert not needs_migration(HEAD)
    monkeypatch.setattr("mps_desktop.storage.migrations.REVISIONS", ("0000", *REVISIONS))
    assert needs_migration("0000")

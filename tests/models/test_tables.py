from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import CheckConstraint, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from mps_desktop.models import Base
from mps_desktop.models.base import IdList, UtcDateTime

TABLES = Base.metadata.sorted_tables
DIALECT = sqlite.dialect()


def test_the_tables_are_those_of_the_dossier():
    assert {table.name for table in TABLES} == {
        "classe", "eleve", "profil", "favori", "voeu", "avis", "attendus_lus", "bilan", "corbeille", "journal",
        "entretien", "decision_conseil", "cle_psyen", "note_psyen",
    }  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_constraint_has_a_name(table: Table):
    names = [str(constraint.name) for constraint in table.constraints]
    assert all(re.fullmatch(rf"(pk|uq|ck|fk)_{table.name}(_\w+)?", name) for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_the_table_can_live_on_postgresql(table: Table):
    postgres = postgresql.dialect()
    sql = str(CreateTable(table).compile(dialect=postgres)) + "".join(
        str(CreateIndex(index).compile(dialect=postgres)) for index in table.indexes
    )
    assert "AUTOINCREMENT" not in sql
    numbered = {"avis", "bilan", "classe", "decision_conseil", "eleve", "entretien", "favori", "journal"}
    assert ("SERIAL" in sql) == (table.name in numbered)


def test_enumerations_are_stored_and_checked_by_value():
    sql = " ".join(
        str(constraint.sqltext) for table in TABLES for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    )  # fmt: skip
    for table, value in (("eleve", "terminale"), ("profil", "tres_interesse"), ("voeu", "A+")):
        assert f"'{value}'" in str(CreateTable(Base.metadata.tables[table]).compile(dialect=DIALECT))
    assert "TERMINALE" not in sql


def test_ids_keep_their_order_and_nothing_is_empty():
    column = IdList()
    assert column.process_bind_param(("b", "a"), DIALECT) == ["b", "a"]
    assert column.process_bind_param(None, DIALECT) == []
    assert column.process_result_value(["b", "a"], DIALECT) == ("b", "a")
    assert column.process_result_value(None, DIALECT) == ()


def test_moments_are_stored_in_utc_and_never_naive():
    column = UtcDateTime()
    paris = datetime(2026, 11, 24, 19, 30, tzinfo=timezone(timedelta(hours=1)))
    stored = column.process_bind_param(paris, DIALECT)
    assert stored == datetime(2026, 11, 24, 18, 30)  # noqa: DTZ001  the stored form has no zone
    assert column.process_result_value(stored, DIALECT) == paris.astimezone(UTC)
    assert column.process_bind_param(None, DIALECT) is None
    assert column.process_result_value(None, DIALECT) is None
    with pytest.raises(ValueError, match="zone"):
        column.process_bind_param(datetime(2026, 1, 1), DIALECT)  # noqa: DTZ001  a naive moment, on purpose

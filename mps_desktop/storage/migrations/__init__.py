"""The tables of a dossier, version by version.

A revision is one file of ``versions/``. It is self-contained: it never imports the models, which
will have moved on when it runs. To add one: write ``versions/r000N_<what>.py``, append its id to
``REVISIONS``, raise ``header.FORMAT`` (minor when older programs can still read and write the
dossier, major when they cannot), and let the tests compare the result with the models.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from mps_desktop.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
HEAD = REVISIONS[-1]
_VERSION_TABLE = "alembic_version"


def current_revision(database: Database) -> str | None:
    """Revision of the tables, None when there is none yet."""
    with database.read() as session:
        if not inspect(session.connection()).has_table(_VERSION_TABLE):
            return None
        return session.connection().exec_driver_sql(f"SELECT version_num FROM {_VERSION_TABLE}").scalar()


def needs_migration(revision: str | None) -> bool:
    """True for a revision that this program knows and has left behind.

    A revision that it does not know was written by a newer minor version: it is left alone.
    """
    return revision is None or (revision in REVISIONS and revision != HEAD)


def migrate(database: Database) -> None:
    """Bring the tables to the version of this program, in one transaction. Does nothing when they are.

    Raises:
        EnvironmentFault: the disk or the file prevents it; the tables are as before.
    """
    if not needs_migration(current_revision(database)):
        return
    from alembic import command  # on demand: heavy, and almost never needed

    with database.schema_transaction() as connection:
        command.upgrade(alembic_config(connection), HEAD)


def alembic_config(connection: Connection) -> Config:
    """What Alembic's commands need; everything happens in the transaction of that connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config

"""The repositories on a real PostgreSQL, started here on loopback: the same tests as on the encrypted file."""

from __future__ import annotations

import importlib.util
import inspect
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mps_desktop.models import Base
from mps_desktop.storage.database import translated_errors
from tests.storage.repositories import (
    test_avis_bilans,
    test_classes_journal,
    test_eleves,
    test_entretiens,
    test_psyen,
)

pytestmark = pytest.mark.enable_socket  # loopback only: the server listens nowhere else
_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_SQLITE_ONLY = {"test_two_thousand_students_are_listed_within_a_second"}


def shared_tests() -> list[Callable[[Any], None]]:
    """Tests of the repositories that ask for a database and nothing else."""
    modules = (test_avis_bilans, test_classes_journal, test_eleves, test_entretiens, test_psyen)
    found = [
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("test_") and list(inspect.signature(function).parameters) == ["database"]
    ]
    return [function for function in found if function.__name__ not in _SQLITE_ONLY]


class PostgresDatabase:
    """What the repositories' tests use of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with translated_errors(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        with translated_errors(), Session(self._engine, autoflush=False) as session:
            yield session


def find_program(name: str) -> str | None:
    return shutil.which(name) or next((str(folder / name) for folder in _PLACES if (folder / name).exists()), None)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    initdb, pg_ctl = find_program("initdb"), find_program("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("PostgreSQL n’est pas installé (initdb introuvable)")
    if importlib.util.find_spec("pg8000") is None:
        pytest.skip("le pilote pg8000 n’est pas installé")
    other: dict[str, Any] = {}
    if sys.platform != "win32" and os.getuid() == 0:  # PostgreSQL refuses to run as root
        import pwd

        try:
            user = pwd.getpwnam("nobody")
        except KeyError:
            pytest.skip("aucun utilisateur ordinaire pour lancer PostgreSQL")
        other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="mps-pg-", dir="/tmp"))
    if other:
        os.chown(folder, other["user"], other["group"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    data = folder / "data"

    def run(*command: str) -> None:
        done = subprocess.run(
            command, cwd=folder, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, **other,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout

    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    started = False
    built: Engine | None = None
    try:
        run(initdb, "-D", str(data), "-U", "essai", "-A", "trust", "-E", "UTF8", "--no-sync")
        run(pg_ctl, "-D", str(data), "-w", "-l", str(folder / "journal"), "-o", settings, "start")
        started = True
        built = create_engine(
            URL.create("postgresql+pg8000", "essai", host="127.0.0.1", port=port, database="postgres")
        )
        yield built
    finally:
        if built is not None:
            built.dispose()
        if started:
            run(pg_ctl, "-D", str(data), "-w", "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(engine: Engine) -> Iterator[PostgresDatabase]:
    Base.metadata.create_all(engine)
    yield PostgresDatabase(engine)
    Base.metadata.drop_all(engine)


@pytest.mark.parametrize("shared", shared_tests(), ids=lambda function: function.__name__)
def test_the_repositories_behave_the_same(shared: Callable[[Any], None], postgres: PostgresDatabase):
    shared(postgres)


def test_it_is_a_real_server(postgres: PostgresDatabase):
    with postgres.read() as session:
        assert "PostgreSQL" in str(session.scalar(text("SELECT version()")))
    with pytest.raises(Exception) as caught, postgres.transaction() as session:  # noqa: PT011  its kind is checked below
        session.execute(text("SELECT * FROM une_table_absente"))
    assert not isinstance(caught.value, SQLAlchemyError)

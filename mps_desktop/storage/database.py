"""The encrypted database of a dossier: connections, transactions, two kinds of errors.

Connections use the raw 256-bit key: SQLCipher then derives nothing and opening one costs under a
millisecond. A small pool keeps them. Temporary tables stay in memory, never in clear on the disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from mps_desktop.core.errors import EnvironmentFault, MpsError, ProgrammingFault
from mps_desktop.storage.driver import MODULE, DriverError, connect
from mps_desktop.storage.errors import (
    DatabaseBusy,
    DiskFailure,
    DiskFull,
    NotEnoughMemory,
    ReadOnlyDossier,
    VanishedDossier,
    unreadable,
)
from mps_desktop.storage.keys import wipe

_POOL_SIZE = 4  # the database lane, the export lane, the window, one to spare
_BUSY_MS = 5000
_POOL_WAIT_S = 20.0
_IMMEDIATE = "mps_immediate"

# By primary result code of SQLite (https://sqlite.org/rescode.html); anything else is a bug of ours.
_FAULTS: dict[int, Callable[[], EnvironmentFault]] = {
    3: ReadOnlyDossier,  # SQLITE_PERM
    5: DatabaseBusy,  # SQLITE_BUSY
    6: DatabaseBusy,  # SQLITE_LOCKED
    7: NotEnoughMemory,  # SQLITE_NOMEM
    8: ReadOnlyDossier,  # SQLITE_READONLY
    10: DiskFailure,  # SQLITE_IOERR
    11: unreadable,  # SQLITE_CORRUPT
    13: DiskFull,  # SQLITE_FULL
    14: ReadOnlyDossier,  # SQLITE_CANTOPEN
    15: DatabaseBusy,  # SQLITE_PROTOCOL
    23: ReadOnlyDossier,  # SQLITE_AUTH
    24: unreadable,  # SQLITE_FORMAT
    26: unreadable,  # SQLITE_NOTADB
}


class Database:
    """An encrypted database file that exists. Safe from any thread; sessions are not shared.

    Args:
        path: the file; it is never created here.
        key: its 32-byte raw key.
        busy_ms: how long to wait for another writer.
        sur: for a network or a synchronised folder: no write-ahead log, no shared memory, one exclusive connection.

    Raises:
        DamagedDossier: the file is missing, altered, or encrypted with another key.
        EnvironmentFault: it cannot be read.
    """

    def __init__(self, path: Path, key: bytes | bytearray, busy_ms: int = _BUSY_MS, *, sur: bool = False) -> None:
        self.path = path
        self._key = bytearray(key)  # a copy of our own, wiped on closing
        self._busy_ms = busy_ms
        self.sur = sur
        self._engine = self._build_engine(foreign_keys=True)
        self._writer = self._engine.execution_options(**{_IMMEDIATE: True})
        try:
            with self.read() as session:
                session.scalar(text("SELECT count(*) FROM sqlite_master"))  # the first read proves the key
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Generator[Session]:
        """A session whose changes are all kept when the block ends well, all dropped otherwise.

        Raises:
            EnvironmentFault: the disk, the file or its rights prevent it, or the file is no longer there.
            ProgrammingFault: an invariant was broken, or a statement is wrong.
        """
        if not self.path.is_file():  # an open file that was deleted goes on taking what would then be lost
            raise VanishedDossier
        with translated_errors(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Generator[Session]:
        """A session to read one consistent state; whatever it changes is dropped.

        Raises:
            EnvironmentFault: the file cannot be read.
        """
        with translated_errors(), Session(self._engine, autoflush=False) as session:
            yield session

    @contextmanager
    def schema_transaction(self) -> Generator[Connection]:
        """A transaction that may rebuild tables: foreign keys sleep, and are checked before the end.

        With foreign keys awake, dropping the old copy of a table would delete what hangs on it.
        """
        if self.sur:
            self._engine.dispose()  # the only connection holds the file
        engine = self._build_engine(foreign_keys=False)
        try:
            with translated_errors(), engine.execution_options(**{_IMMEDIATE: True}).begin() as connection:
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise ProgrammingFault("a migration left dangling rows")
        finally:
            engine.dispose()

    @contextmanager
    def raw_connection(self, path: Path | None = None) -> Generator[sqlite3.Connection]:
        """A driver connection of its own, outside any transaction, for what SQLAlchemy cannot say.

        Args:
            path: another file encrypted with the same key, such as a backup.
        """
        if self.sur and path is None:
            with translated_errors(), self._borrowed() as connection:
                yield connection
            return
        with translated_errors():
            connection = connect(path or self.path, self._key, self._busy_ms)
            try:
                yield connection
            finally:
                connection.close()

    @contextmanager
    def _borrowed(self) -> Generator[sqlite3.Connection]:
        """The one connection that holds the file, outside any transaction."""
        pooled = self._engine.raw_connection()
        try:
            yield cast("sqlite3.Connection", pooled.driver_connection)
        finally:
            pooled.close()

    def close(self) -> None:
        """Close every connection and wipe the key; the write-ahead log is emptied and removed."""
        self._engine.dispose()
        wipe(self._key)

    def _build_engine(self, *, foreign_keys: bool) -> Engine:
        def creator() -> sqlite3.Connection:
            connection = connect(self.path, self._key, self._busy_ms)
            try:
                connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
                connection.execute("PRAGMA secure_delete = ON")  # a row that goes leaves zeros, not its text
                if self.sur:
                    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                    connection.execute("PRAGMA journal_mode = DELETE")
                    connection.execute("PRAGMA synchronous = EXTRA")
                else:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA synchronous = FULL")
            except BaseException:
                connection.close()
                raise
            return connection

        engine = create_engine(
            "sqlite://",
            creator=creator,
            module=MODULE,
            poolclass=QueuePool,
            pool_size=1 if self.sur else _POOL_SIZE,
            pool_timeout=_POOL_WAIT_S,
            max_overflow=0,
            hide_parameters=True,  # messages of errors must not quote anybody's name
        )
        event.listen(engine, "begin", _begin)
        return engine


def create_database(path: Path, key: bytes | bytearray) -> Database:
    """Create an empty encrypted file, private to the user (0600), and open it.

    Raises:
        EnvironmentFault: it cannot be written, or exists.
    """
    try:
        path.touch(0o600, exist_ok=False)
    except OSError as exc:
        raise ReadOnlyDossier from exc
    return Database(path, key)


def _begin(connection: Connection) -> None:
    """Open the transaction ourselves: the driver would open it late, and never for a read."""
    immediate = connection.get_execution_options().get(_IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def translated_errors() -> Generator[None]:
    """Turn the errors of the database into the two kinds that the house knows."""
    try:
        yield
    except DBAPIError as exc:
        raise _fault(exc.orig) from exc
    except DriverError as exc:
        raise _fault(exc) from exc
    except SQLAlchemyError as exc:
        raise ProgrammingFault(type(exc).__name__) from exc


def _fault(error: BaseException | None) -> MpsError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else 0
    if primary in _FAULTS:
        return _FAULTS[primary]()
    return ProgrammingFault(f"{type(error).__name__} {primary}")

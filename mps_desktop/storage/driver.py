"""SQLCipher's driver, with types: it ships none, and its API is that of the standard ``sqlite3``."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import ModuleType
from typing import cast

from sqlcipher3 import dbapi2

from mps_desktop.storage.errors import DamagedDossier

MODULE: ModuleType = dbapi2
DriverError: type[Exception] = dbapi2.Error


def connect(path: Path, key: bytes | bytearray, busy_ms: int) -> sqlite3.Connection:
    """One connection in autocommit mode, keyed. The file must exist; nothing is read yet.

    Args:
        key: 32 raw bytes: nothing is derived.
        busy_ms: how long to wait for another writer.

    Raises:
        DamagedDossier: there is no such file.
    """
    if not path.is_file():
        raise DamagedDossier("sa base de données a disparu")
    opened = dbapi2.connect(str(path), timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False)
    connection = cast("sqlite3.Connection", opened)
    # SQLCipher writes on stderr what it also returns as an error code.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection

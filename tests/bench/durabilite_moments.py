"""Kill the program while it brings an old dossier up to date, exports or restores one: moments of ``durabilite``.

Each kill starts from a stored dossier of a past format, and counts only if it fell before the work was over. Before any
use, the database must be wholly in its old version or wholly in the new one; then it must open with the people that
were in it. Every export found is complete.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mps_desktop.core.errors import MpsError
from mps_desktop.storage.acces import find_key
from mps_desktop.storage.backup import check_file
from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import DATABASE_FILE, unlock_dossier
from mps_desktop.storage.header import read_header
from mps_desktop.storage.migrations import HEAD, current_revision
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.transport import SUFFIX, export_dossier, import_dossier
from tests.bench import durabilite_coffre as coffre
from tests.storage.samples import MOT_DE_PASSE

_COFFRE = ("restauration", "importation")
_BASES = Path(__file__).parents[1] / "storage" / "bases"
_OLD = {"format_1_0": "0001", "format_1_1": "0002", "format_1_2": "0003"}
_NAMES = {"BIDON", "LE TESTEUR"}
_OVER = b"fini\n"
_LIFE_S = 0.25
_TRIES = 50


def kill_at(moment: str, chance: random.Random, counts: dict[str, int]) -> str:
    """One kill during ``moment``: ``migration``, ``export``, ``restauration`` or ``importation`` (of an exported file).

    Returns:
        What was found; the failures are added to ``counts``.
    """
    stored = chance.choice(sorted(_OLD))
    for _ in range(_TRIES):
        with tempfile.TemporaryDirectory(prefix="mps-moments-") as temporary:
            folder = Path(temporary) / "dossier"
            if moment in _COFFRE:
                coffre.prepare(moment, folder)
                if not _live_and_die(moment, folder, chance):
                    message = f"the child stopped by itself: {moment}"
                    raise RuntimeError(message)
                return coffre.judge(moment, folder, counts)
            shutil.copytree(_BASES / stored, folder)
            if moment == "export":
                unlock_dossier(folder, MOT_DE_PASSE).close()
            if _live_and_die(moment, folder, chance):
                return _judge_export(folder, counts) if moment == "export" else judge_migration(folder, stored, counts)
    message = f"no kill fell during: {moment}"
    raise RuntimeError(message)


def work(moment: str, folder: Path) -> None:
    """The child: say that it begins, do it, say that it is over. Exports follow one another, each in a new file."""
    import alembic.command  # noqa: F401  loaded before the clock starts, or most kills would fall in it

    os.write(1, b"debut\n")
    if moment in _COFFRE:
        coffre.work(moment, folder)
    with unlock_dossier(folder, MOT_DE_PASSE) as opened:
        for number in itertools.count() if moment == "export" else ():
            export_dossier(opened, folder.parent / f"copie{number}{SUFFIX}")
    os.write(1, _OVER)


def _live_and_die(moment: str, folder: Path, chance: random.Random) -> bool:
    """True when the child died before its work was over."""
    command = [sys.executable, "-m", "tests.bench", "durabilite", "--moment", moment, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        if child.stdout is None:
            message = "no output of the child"
            raise RuntimeError(message)
        child.stdout.readline()
        time.sleep(chance.random() * _LIFE_S)  # the instant of death is what is drawn
        child.send_signal(signal.SIGKILL)
        told = child.stdout.read()
        return child.wait() == -signal.SIGKILL and _OVER not in told


def _schemas(stored: str) -> dict[str, frozenset[str]]:
    """Tables and indexes before and after a whole migration, by revision."""
    found: dict[str, frozenset[str]] = {}
    with tempfile.TemporaryDirectory(prefix="mps-moments-") as temporary:
        folder = Path(temporary) / "dossier"
        shutil.copytree(_BASES / stored, folder)
        database = Database(folder / DATABASE_FILE, find_key(read_header(folder), MOT_DE_PASSE))
        try:
            found[_OLD[stored]] = _schema(database)
        finally:
            database.close()
        with unlock_dossier(folder, MOT_DE_PASSE) as opened:
            found[HEAD] = _schema(opened.database)
    return found


def _schema(database: Database) -> frozenset[str]:
    with database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT type || name || coalesce(sql, '') FROM sqlite_master")
        return frozenset(rows.scalars())


def judge_migration(folder: Path, stored: str, counts: dict[str, int]) -> str:
    old, whole = _OLD[stored], _schemas(stored)
    try:
        database = Database(folder / DATABASE_FILE, find_key(read_header(folder), MOT_DE_PASSE))
        try:
            check_file(database)
            revision = current_revision(database)
            schema = _schema(database)
        finally:
            database.close()
        counts["migrations_a_moitie"] += revision not in (old, HEAD) or schema != whole[revision]
        _compare_people(folder, counts)
    except MpsError:
        counts["dossiers_illisibles"] += 1
        return "illisible"
    return "nouvelle version" if revision == HEAD else "ancienne version"


def _judge_export(folder: Path, counts: dict[str, int]) -> str:
    try:
        _compare_people(folder, counts)
    except MpsError:
        counts["dossiers_illisibles"] += 1
    exported = sorted(folder.parent.glob(f"copie*{SUFFIX}"), key=lambda file: file.stat().st_mtime_ns)
    try:
        for number, file in enumerate(exported[-2:]):
            _compare_people(import_dossier(file, folder.parent / f"ailleurs{number}", MOT_DE_PASSE), counts)
    except MpsError:
        counts["exports_illisibles"] += 1
        return "illisible"
    return "fichiers complets" if exported else "aucun fichier"


def _compare_people(folder: Path, counts: dict[str, int]) -> None:
    with unlock_dossier(folder, MOT_DE_PASSE) as opened, opened.database.read() as session:
        counts["noms_perdus"] += len(_NAMES - {eleve.nom for eleve in EleveRepository(session).list()})

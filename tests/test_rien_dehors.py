"""A whole day of a teacher in a process of its own; then every file that it wrote is read and its rights are looked at.

Nothing personal outside the encrypted pages: home, configuration, caches, temporary files, working folder, logs, crash
reports, settings, backups, write-ahead log, exported file, proof of the purge. Left out, because the teacher asked for
them where they are: the documents of ``rendu`` (PDF, spreadsheet, JSON of one student) and the lists themselves.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from mps_desktop.core.paths import build_paths
from tests.parcours_complet import INE, NOMS, NOTE, SECRETS

ROOT = Path(__file__).parents[1]
ASKED = {".pdf", ".json", ".xlsx"}
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the day took place."""
    if not build_paths().catalogue.is_file():
        pytest.skip("the catalogue is not built")
    place = tmp_path_factory.mktemp("journee")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "MPS_", "QT_"))}
    folders = {name: place / name for name in ("maison", "temporaire", "travail", "config", "cache", "donnees")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    env = kept | {
        "HOME": str(folders["maison"]),
        "TMPDIR": str(folders["temporaire"]),
        "XDG_CONFIG_HOME": str(folders["config"]),
        "XDG_CACHE_HOME": str(folders["cache"]),
        "XDG_DATA_HOME": str(folders["donnees"]),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-m", "tests.parcours_complet", str(place)]
    done = subprocess.run(command, cwd=folders["travail"], env=env, capture_output=True, umask=0o022)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return place


def forms(text: str) -> set[bytes]:
    """The bytes that would give a text away, in the encodings that a file could use, in any case."""
    spellings = {text, unicodedata.normalize("NFD", text), quote(text), text.encode("unicode_escape").decode()}
    return {word.lower().encode(code, "replace") for word in spellings for code in ("utf-8", "utf-16-le", "cp1252")}


def written(place: Path) -> list[Path]:
    """Every file but what the teacher gave and asked for."""
    found = [path for path in place.rglob("*") if path.is_file()]
    asked = [path for path in found if path.is_relative_to(place / "rendu") and path.suffix in ASKED]
    given = [path for path in found if path.parent == place]
    return sorted(set(found) - set(asked) - set(given))


def test_the_day_left_what_it_should(place: Path):
    names = {path.name for path in written(place)}
    assert {"dossier.db", "dossier.db-wal", "dossier.toml", "sauvegarde.toml", "reglages.toml"} <= names
    assert {"classe.mpsdossier", "mps-bureau.log"} <= names
    assert any(name.startswith("incident-") for name in names)
    assert any(name.startswith("purge-") for name in names)
    assert {path.suffix for path in (place / "rendu").rglob("*") if path.is_file()} == ASKED | {".mpsdossier"}


def test_no_student_is_named_outside_the_encrypted_pages(place: Path):
    assert any(form in (place / "liste.csv").read_bytes().lower() for form in forms(NOMS[1]))  # the search finds
    told = [
        (str(path.relative_to(place)), secret)
        for path in written(place)
        for secret in SECRETS
        if any(form in path.read_bytes().lower() for form in forms(secret)) or secret.lower() in str(path).lower()
    ]
    assert told == []


def test_strings_finds_nobody(place: Path):
    """The way somebody curious would look, on every file of every dossier and on the logs."""
    if shutil.which("strings") is None:
        pytest.skip("the program strings is not installed")
    files = [str(path) for path in written(place)]
    for encoding in ("s", "S", "l", "b"):
        found = subprocess.run(["strings", "-n", "4", "-e", encoding, *files], capture_output=True, check=True)
        text = found.stdout.decode("utf-8", "replace").lower()
        assert not [secret for secret in (*NOMS, NOTE, INE) if secret.lower() in text]


def test_no_temporary_file_is_left(place: Path):
    assert [path for path in (place / "temporaire").rglob("*") if path.is_file()] == []
    assert [path for path in (place / "travail").rglob("*") if path.is_file()] == []


def test_every_file_of_ours_is_private(place: Path):
    """Dossiers, backups, log, settings, exports and documents: for the user only, with the usual rights of a system."""
    roots = [place / name for name in ("classe", "ailleurs", "rendu")] + [place / "donnees" / "MPS Bureau"]
    assert all(root.is_dir() for root in roots)
    found = {path: path.lstat().st_mode for root in roots for path in (root, *root.rglob("*"))}
    private = {stat.S_IFREG: 0o600, stat.S_IFDIR: 0o700}
    open_ = {str(p.relative_to(place)): oct(m) for p, m in found.items() if stat.S_IMODE(m) != private[stat.S_IFMT(m)]}
    assert open_ == {}

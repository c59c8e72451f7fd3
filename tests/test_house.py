"""House rules that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(ROOT.glob("mps_desktop/**/*.py"))
BANNED = {
    r"processEvents\s*\(": "pumping events instead of a job",
    r"\btime\.sleep\(|\bQThread\.\w*sleep\(": "waiting by the clock",
    r"Signal\(dict": "untyped data across a signal",
    r"# noqa\s*$|# type: ignore\s*$": "an ignore without its code and reason",
    r"\bTODO\b|\bFIXME\b|\bXXX\b": "work left for later without an issue",
}
MAX_LINES = 400


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_banned_patterns(source: Path):
    text = source.read_text(encoding="utf-8")
    found = [reason for pattern, reason in BANNED.items() if re.search(pattern, text, re.MULTILINE)]
    assert not found


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_long_file_is_a_missing_room(source: Path):
    assert len(source.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_top_level_is_the_designed_one():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    if not listed:
        pytest.skip("pas un dépôt git")
    top = {name.split("/")[0] for name in listed}
    assert top <= {
        "mps_desktop", "resources", "installer", "tests", "pyproject.toml", "README.md", "mps", "mps.cmd",
        "requirements", "LICENSE", ".ci", ".gitignore",
    }  # fmt: skip


def test_no_registry_host_in_the_pinned_lists():
    for file in (ROOT / "requirements").iterdir():
        text = file.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert "--hash=sha256:" in text


@pytest.mark.parametrize("heavy", ["reportlab", "openpyxl", "alembic"])
def test_the_window_starts_without_heavy_libraries(heavy: str):
    probe = f"import sys, mps_desktop.ui.main_window; sys.exit({heavy!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

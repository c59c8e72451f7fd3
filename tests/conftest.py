"""Fixtures of the whole suite."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples on every machine: a commit that is green stays green. ``--hypothesis-profile=chasse`` explores.
settings.register_profile("maison", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("chasse", deadline=None, max_examples=1000)
settings.load_profile("maison")


@pytest.fixture(scope="session")
def partage() -> Path:
    """Folder of the developers' sample data, beside the project or named by MPS_PARTAGE."""
    named = os.environ.get("MPS_PARTAGE")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "README.md").is_file():
        pytest.skip("pas de données d’exemple à côté du projet")
    return folder

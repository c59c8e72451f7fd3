"""Dossiers of invented people, on keys that cost nothing to derive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mps_desktop.storage.database import Database
from mps_desktop.storage.dossier import OpenDossier, create_dossier
from tests.storage.samples import FAST, MOT_DE_PASSE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mes dossiers" / "tg1"


@pytest.fixture
def opened(folder: Path) -> Iterator[OpenDossier]:
    with create_dossier(folder, "TG1 2026-2027", MOT_DE_PASSE, FAST) as dossier:
        yield dossier


@pytest.fixture
def database(opened: OpenDossier) -> Database:
    return opened.database

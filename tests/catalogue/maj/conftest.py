"""A depot of catalogues in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.catalogue.maj.depot import Depot
from tests.catalogue.maj.factices import make_depot


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return make_depot(tmp_path)

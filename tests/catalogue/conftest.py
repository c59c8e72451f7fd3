"""Catalogues that the tests of this folder read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.core.paths import find_resources
from tests.catalogue.factories import write_catalogue


@pytest.fixture
def petit(tmp_path: Path) -> Iterator[Catalogue]:
    """The tiny invented catalogue."""
    catalogue = open_catalogue(write_catalogue(tmp_path / "catalogue.sqlite"))
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="session")
def livre() -> Iterator[Catalogue]:
    """The catalogue shipped with the program."""
    catalogue = open_catalogue(find_resources() / "catalogue" / "catalogue.sqlite")
    yield catalogue
    catalogue.close()

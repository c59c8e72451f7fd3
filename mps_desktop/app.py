"""The composition root: builds everything once and hands it down. The only module that knows every package."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.core.paths import Paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.parametres import load_parametres
from mps_desktop.services.run_report import create_demo
from mps_desktop.services.session import Accueil, DossierSession
from mps_desktop.services.socle import Socle


def build_socle(paths: Paths) -> Socle:
    """Open the catalogue and read the parameters.

    Raises:
        EnvironmentFault: a shipped file is missing or damaged.
    """
    return Socle(open_catalogue(paths.catalogue), load_parametres(paths.resources))


@contextmanager
def build_accueil(paths: Paths, settings: SettingsStore) -> Generator[Accueil]:
    """The use cases of the opening screen; throws the demonstrations away at the end."""
    with tempfile.TemporaryDirectory(prefix="mps-demo-", ignore_cleanup_errors=True) as temporary:
        numbers = iter(range(1, 1_000_000))

        def open_demo(socle: Socle, today: date, progress: Progress) -> DossierSession:
            return create_demo(socle, paths, Path(temporary) / f"demo-{next(numbers)}", today, progress)

        socle = functools.cache(functools.partial(build_socle, paths))
        yield Accueil(socle, paths, settings, _today, open_demo)


def _today() -> date:
    return datetime.now().astimezone().date()

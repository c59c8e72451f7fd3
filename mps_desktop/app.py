"""The composition root: builds everything once and hands it down. The only module that knows every package."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mps_desktop import __version__
from mps_desktop.catalogue.fiches.magasin import Magasin
from mps_desktop.catalogue.fiches.textes import load_nos_textes
from mps_desktop.catalogue.maj.depot import Depot
from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.files import make_folder
from mps_desktop.core.log import LOGGER, write_crash_report
from mps_desktop.core.paths import Paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.accueil import Accueil
from mps_desktop.services.calendrier import FICHIER as CALENDRIER
from mps_desktop.services.calendrier import CalendrierStore
from mps_desktop.services.dossiers import password_opinion
from mps_desktop.services.fiche import SocleFiches
from mps_desktop.services.fiches_officielles import FichesOfficielles
from mps_desktop.services.mise_a_jour import open_socle, sessions_label
from mps_desktop.services.parametres import load_parametres
from mps_desktop.services.run_report import create_demo, run_demo
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from mps_desktop.ui.main_window import MainWindow

_PDF_RESOLUTION = "90"
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def build_socle(paths: Paths) -> Socle:
    """Open the catalogue and read the parameters.

    Raises:
        EnvironmentFault: a shipped file is missing or damaged.
    """
    parametres = load_parametres(paths.resources)
    socle = open_socle(
        Depot(paths.catalogue, paths.catalogues),
        parametres,
        lambda one: build_fiches(paths, one),
        CalendrierStore(parametres.calendriers, paths.data / CALENDRIER),
    )
    gc.freeze()  # the catalogue lives as long as the program: walking through it stopped everything for 40 ms
    if socle.avertissement:
        LOGGER.warning("catalogue mis à jour écarté")
        if sys.stderr is not None:  # no console behind a window on Windows; the screens say it too
            sys.stderr.write(f"{socle.avertissement}\n")
    return socle


def build_fiches(paths: Paths, catalogue: Catalogue) -> SocleFiches:
    """Our own texts and the official fiches of this machine.

    Raises:
        EnvironmentFault: a shipped file is missing or damaged.
    """
    magasin = Magasin(paths.fiches_officielles)
    officielles = FichesOfficielles(catalogue, magasin, _today)
    return SocleFiches(load_nos_textes(paths.resources), magasin, officielles)


class _Socles:
    """The ground of the program, built once, and again when the catalogue in force has changed."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._socle: Socle | None = None

    def __call__(self) -> Socle:
        if self._socle is None or not self._socle.is_current():
            self._socle = build_socle(self._paths)
        return self._socle


@contextmanager
def build_accueil(paths: Paths, settings: SettingsStore) -> Generator[Accueil]:
    """The use cases of the opening screen; throws the demonstrations away at the end."""
    with tempfile.TemporaryDirectory(prefix="mps-demo-", ignore_cleanup_errors=True) as temporary:
        numbers = iter(range(1, sys.maxsize))

        def open_demo(socle: Socle, today: date, progress: Progress) -> DossierSession:
            return create_demo(socle, paths, Path(temporary) / f"demo-{next(numbers)}", today, progress)

        yield Accueil(_Socles(paths), paths, settings, _today, open_demo)


def open_window(paths: Paths) -> int:
    """Show the window until it is closed. Returns the exit code.

    Raises:
        EnvironmentFault: the machine has no screen.
    """
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _SCREENS):
        raise EnvironmentFault(
            "Aucun écran n’a été trouvé.",
            "Lancez la fenêtre depuis une session graphique, ou « ./mps run --help » pour le terminal.",
        )
    from mps_desktop.ui.application import build_application

    app = build_application(sys.argv)
    settings = SettingsStore(paths.settings_file)
    with build_accueil(paths, settings) as accueil:
        window = build_window(app, paths, settings, accueil)
        window.show()
        return app.exec()


def build_window(app: QApplication, paths: Paths, settings: SettingsStore, accueil: Accueil) -> MainWindow:
    """The main window with everything it needs.

    An error that nothing caught becomes a crash report without personal data, and a message.
    """
    from mps_desktop.ui.dialogs.files import SystemFiles
    from mps_desktop.ui.main_window import MainWindow
    from mps_desktop.ui.messages import show_unexpected_errors
    from mps_desktop.ui.ports import Outside
    from mps_desktop.ui.theme import Theme
    from mps_desktop.ui.veille_systeme import watch_system_lock

    def report_crash(exc: BaseException) -> Path | None:
        return write_crash_report(paths.logs, exc, datetime.now().astimezone(), __version__)

    current = settings.current
    documents = Path(current.dernier_export) if current.dernier_export else paths.documents
    outside = Outside(
        files=SystemFiles(),
        password_opinion=password_opinion,
        report_crash=report_crash,
        documents=documents,
        catalogue=_catalogue_label(paths),
    )
    window = MainWindow(accueil, settings, Theme(app, current.theme, current.taille_texte), outside)
    window.follow_system_lock(watch_system_lock(window))
    show_unexpected_errors(window.messenger)
    return window


def _catalogue_label(paths: Paths) -> str:
    """Which Parcoursup sessions the reference data hold: "Parcoursup 2023, 2024, 2025"."""
    with closing(open_catalogue(Depot(paths.catalogue, paths.catalogues).choose().chemin)) as catalogue:
        return sessions_label(catalogue)


def write_all_captures(paths: Paths, sortie: Path, progress: Progress) -> tuple[Path, ...]:
    """A PNG of every screen and of every page of the demonstration's documents.

    Raises:
        EnvironmentFault: the folder cannot be written, or pdftoppm is not installed.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # pictures need no screen, and must not take the user's
    from mps_desktop.ui.captures import write_captures

    pdftoppm = shutil.which("pdftoppm")
    if pdftoppm is None:
        raise EnvironmentFault("Le programme pdftoppm manque.", "Installez le paquet poppler-utils.")
    make_folder(sortie)
    with tempfile.TemporaryDirectory(prefix="mps-captures-") as temporary:
        settings = SettingsStore(Path(temporary) / "reglages.toml")
        with build_accueil(paths, settings) as accueil:
            files = list(write_captures(accueil, sortie, progress))
        for pdf in run_demo(build_socle(paths), paths, Path(temporary) / "demo", _today(), progress).fichiers:
            progress.step(f"Pages de {pdf.name}")
            prefix = sortie / pdf.stem
            command = [pdftoppm, "-r", _PDF_RESOLUTION, "-png", str(pdf), str(prefix)]
            subprocess.run(command, check=True)  # noqa: S603  our own files
            files += sorted(sortie.glob(f"{pdf.stem}-*.png"))
    return tuple(files)


def _today() -> date:
    return datetime.now().astimezone().date()

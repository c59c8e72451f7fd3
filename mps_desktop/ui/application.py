"""The Qt application: style, font, French texts of Qt. Built once."""

from __future__ import annotations

from collections.abc import Sequence

import fontpkg_fira_sans
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from mps_desktop.core.errors import EnvironmentFault

_FACES = ("Regular", "Italic", "Medium", "SemiBold", "Bold")


def build_application(argv: Sequence[str]) -> QApplication:
    """The application, ready to show French windows on a machine that may have no font at all.

    The one that already exists is dressed and returned.

    Raises:
        EnvironmentFault: a shipped font or translation is missing: the installation is damaged.
    """
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(list(argv))
    app.setApplicationName("mps-bureau")
    app.setApplicationDisplayName("MPS Bureau")
    app.setStyle("Fusion")
    _load_fonts()
    _load_french(app)
    return app


def _load_fonts() -> None:
    folder = fontpkg_fira_sans.ROOT / "files"
    for face in _FACES:
        if QFontDatabase.addApplicationFont(str(folder / f"FiraSans-{face}.ttf")) < 0:
            raise EnvironmentFault(f"La police « Fira Sans {face} » manque.", "Réinstallez MPS Bureau.")


def _load_french(app: QApplication) -> None:
    """Qt's own words (Annuler, Enregistrer…) and number formats in French."""
    french = QLocale(QLocale.Language.French, QLocale.Country.France)
    QLocale.setDefault(french)
    if app.findChild(QTranslator, "qtbase_fr") is not None:
        return
    translator = QTranslator(app)
    translator.setObjectName("qtbase_fr")
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load("qtbase_fr", folder):
        raise EnvironmentFault("La traduction française de Qt manque.", "Réinstallez MPS Bureau.")
    app.installTranslator(translator)

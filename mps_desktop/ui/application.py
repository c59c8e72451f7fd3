"""The Qt application: style, font, French texts of Qt. Built once."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence

import fontpkg_fira_sans
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from mps_desktop.core.errors import EnvironmentFault

_SPARE = sys.maxsize // 4
_FACES = ("Regular", "Italic", "Medium", "SemiBold", "Bold")


def build_application(argv: Sequence[str]) -> QApplication:
    """The application, ready to show French windows on a machine that may have no font at all.

    The one that already exists is dressed and returned.

    Raises:
        EnvironmentFault: a shipped font or translation is missing: the installation is damaged.
    """
    keep_singletons_alive()
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(list(argv))
    app.setApplicationName("mps-bureau")
    app.setApplicationDisplayName("MPS Bureau")
    app.setStyle("Fusion")
    _load_fonts()
    _load_french(app)
    return app


def keep_singletons_alive() -> None:
    """Give ``None``, ``True`` and ``False`` references to spare, as Python 3.12 does with its immortal objects.

    WORKAROUND PySide6 6.12.0: what C++ methods return without owning a reference, Python 3.11 counts.
    Measured: one reference to ``None`` lost per call of a void method, one to ``True`` per
    ``Signal.emit``; after a few thousand calls the interpreter stops ("none_dealloc"). Python 3.12
    and later never count these objects.
    """
    if sys.version_info >= (3, 12):
        return
    for singleton in (None, True, False):
        if sys.getrefcount(singleton) < _SPARE:
            ctypes.c_ssize_t.from_address(id(singleton)).value += _SPARE


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

"""Questions about files, with the system's dialogs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

ROSTERS = "Listes de classe (*.csv *.txt *.xlsx *.xls *.ods *.xml *.zip);;Tous les fichiers (*)"


EXPORTES = "Dossier exporté (*.mpsdossier)"
OFFICIELS = "Fichiers officiels (*.csv *.gz *.json *.zip *.xml);;Tous les fichiers (*)"


class SystemFiles:
    """The real answers to ``FilesPort``; tests give their own.

    Args:
        parent: window that the dialogs belong to.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent

    def choose_rosters(self) -> tuple[Path, ...]:
        """Roster files to import."""
        names, _ = QFileDialog.getOpenFileNames(self._parent, "Choisir une ou plusieurs listes", "", ROSTERS)
        return tuple(Path(name) for name in names)

    def choose_official(self) -> tuple[Path, ...]:
        """Official files to read."""
        names, _ = QFileDialog.getOpenFileNames(
            self._parent, "Choisir un ou plusieurs fichiers officiels", "", OFFICIELS
        )
        return tuple(Path(name) for name in names)

    def choose_dossier(self) -> Path | None:
        """Folder of an existing dossier."""
        name = QFileDialog.getExistingDirectory(self._parent, "Ouvrir un dossier MPS Bureau")
        return Path(name) if name else None

    def choose_place(self, proposed: Path) -> Path | None:
        """Folder to create."""
        name, _ = QFileDialog.getSaveFileName(self._parent, "Où créer le dossier", str(proposed))
        return Path(name) if name else None

    def choose_pdf(self, proposed: Path) -> Path | None:
        """PDF to write."""
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Enregistrer le document", str(proposed), "Document PDF (*.pdf)"
        )
        return Path(name).with_suffix(".pdf") if name else None

    def choose_tableur(self, proposed: Path) -> Path | None:
        """Spreadsheet to write."""
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Enregistrer le suivi", str(proposed), "Classeur Excel (*.xlsx);;Texte séparé (*.csv)"
        )
        if not name:
            return None
        return Path(name) if Path(name).suffix.lower() in (".xlsx", ".csv") else Path(f"{name}.xlsx")

    def choose_export(self, proposed: Path) -> Path | None:
        """File that will carry a dossier."""
        name, _ = QFileDialog.getSaveFileName(self._parent, "Exporter le dossier", str(proposed), EXPORTES)
        return Path(name) if name else None

    def choose_exported(self) -> Path | None:
        """File that carries a dossier."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Choisir un dossier exporté", "", EXPORTES)
        return Path(name) if name else None

    def open(self, path: Path) -> bool:
        """Open a file or a folder with the system's program for it."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

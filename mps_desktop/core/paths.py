"""The one module that knows where files are."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APP = "MPS Bureau"
_NBSP = "\u202f"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of one run; ``--data-dir`` moves all of those that are written.

    Attributes:
        data: settings, logs, recent list: the program's own folder.
        dossiers: default place of the encrypted dossiers.
        documents: default place of the documents produced.
        resources: read-only data shipped with the program.
    """

    data: Path
    dossiers: Path
    documents: Path
    resources: Path

    @property
    def logs(self) -> Path:
        """Folder of the rotating logs and crash reports."""
        return self.data / "journaux"

    @property
    def settings_file(self) -> Path:
        """The TOML file of the settings."""
        return self.data / "reglages.toml"

    @property
    def catalogue(self) -> Path:
        """The reference data shipped with the program."""
        return self.resources / "catalogue" / "catalogue.sqlite"

    @property
    def catalogues(self) -> Path:
        """Folder of the catalogues that the user updated."""
        return self.data / "catalogues"

    @property
    def fiches_officielles(self) -> Path:
        """The official fiches that the user imported; absent until then."""
        return self.data / "fiches" / "fiches_officielles.sqlite"

    @property
    def demo(self) -> Path:
        """The fictitious class shipped with the program."""
        return self.resources / "demo"


def find_resources() -> Path:
    """Folder of the shipped data: beside the package, or inside the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources"


def describe_place(path: Path) -> str:
    """Where a file or folder is, for people: its name, then the folders that lead to it, the widest first.

    The whole address is for a tooltip: nobody reads a line of folders and slashes.
    """
    path = path.absolute()
    temporary = Path(tempfile.gettempdir())
    usual = (
        (Path(platformdirs.user_data_dir(_APP, appauthor=False)), "les données de MPS Bureau sur ce poste"),
        (Path(platformdirs.user_documents_dir()), "vos documents"),
        (temporary, "un dossier temporaire de ce poste"),
        (Path.home(), "votre dossier personnel"),
    )
    parts = tuple(part for part in path.parent.parts if part != path.anchor) or (path.anchor,)
    for folder, name in usual:
        if path != folder and path.is_relative_to(folder):
            parts = (name, *(() if folder == temporary else path.parent.relative_to(folder).parts))
            break
    return f"«{_NBSP}{path.name}{_NBSP}», dans {' › '.join(parts)}"


def build_paths(data_dir: Path | None = None) -> Paths:
    """Paths of this run.

    Args:
        data_dir: every written folder goes below it; None = the usual places of the system.
    """
    resources = find_resources()
    if data_dir is not None:
        return Paths(data_dir, data_dir / "dossiers", data_dir / "documents", resources)
    data = Path(platformdirs.user_data_dir(_APP, appauthor=False))
    documents = Path(platformdirs.user_documents_dir()) / _APP
    return Paths(data, data / "dossiers", documents, resources)

"""Pictures of the dialogs about who a student is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from mps_desktop.ui.dialogs.effacer_eleve import EffacerEleveDialog
from mps_desktop.ui.dialogs.identite import IdentiteDialog
from mps_desktop.ui.ports import SessionPort
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import Workspace


def take_identity(
    workspace: Workspace, theme: Theme, session: SessionPort, take: Callable[[str, QWidget], None], suffix: str = ""
) -> None:
    """The form with an error, a warning and a class to make; then the question before erasing the open student."""
    eleve_id = workspace.store.eleve_id
    said = replace(session.identites.lire(eleve_id), classe="TG9", ine="12345", naissance="14/02/1995")
    dialog = IdentiteDialog(theme, said, session.identites.classes(), workspace)
    dialog.show()
    dialog.show_control(session.identites.controler(said, eleve_id))
    take(f"identite{suffix}", dialog)
    dialog.close()
    question = EffacerEleveDialog(theme, session.identites.apercu(eleve_id), workspace)
    question.show()
    take(f"effacer_eleve{suffix}", question)
    question.close()

"""Errors and news as data; only the window decides how they look."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.log import LOGGER
from mps_desktop.core.text import NNBSP


class Ton(StrEnum):
    """How serious a message is; also the colour token of its banner."""

    INFO = "info"
    SUCCES = "success"
    ATTENTION = "warning"
    ERREUR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell people.

    Attributes:
        texte: what happened.
        remede: what they can do.
    """

    ton: Ton
    texte: str
    remede: str = ""


class Messenger(QObject):
    """Turns exceptions into messages and hands all messages to whoever shows them.

    Args:
        report_crash: writes a crash report without personal data, returns where.

    Signals:
        told: a ``Message``.
    """

    told = Signal(object)

    def __init__(self, report_crash: Callable[[BaseException], Path | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report_crash = report_crash

    def tell(self, ton: Ton, texte: str, remede: str = "") -> None:
        """Show a message."""
        self.told.emit(Message(ton, texte, remede))

    def fail(self, exc: BaseException) -> None:
        """Show an error."""
        self.told.emit(self.describe(exc))

    def describe(self, exc: BaseException) -> Message:
        """What to tell people about an exception; a bug of ours also writes its crash report."""
        if isinstance(exc, EnvironmentFault):
            return Message(Ton.ERREUR, exc.message, exc.remede)
        if isinstance(exc, Cancelled):
            return Message(Ton.INFO, "Opération interrompue. Rien n’a été modifié.")
        LOGGER.error("incident %s", type(exc).__name__)
        report = self._report_crash(exc)
        where = (
            f"Un rapport sans aucune donnée personnelle a été écrit{NNBSP}: {report}"
            if report
            else "Le rapport d’incident n’a pas pu être écrit."
        )
        return Message(Ton.ERREUR, f"Le programme a rencontré une erreur interne ({type(exc).__name__}).", where)


def show_unexpected_errors(messenger: Messenger) -> None:
    """Send exceptions that nobody caught to the messenger instead of a console that nobody sees."""

    def hook(kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, exc, trace)
        else:
            messenger.fail(exc)

    sys.excepthook = hook

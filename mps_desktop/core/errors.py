"""The three ways a use case can end early.

Every message is French, shown to people as it is, and says what happened; ``remede`` says what
to do about it.
"""

from __future__ import annotations

import errno

from mps_desktop.core.text import french_spaces

_RAISONS = {
    errno.ENOENT: "il n’existe pas",
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "son dossier n’en est pas un",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EEXIST: "il existe déjà",
    errno.EIO: "le disque ne répond pas",
}


class MpsError(Exception):
    """Root of the errors that the program raises on purpose."""


class EnvironmentFault(MpsError):
    """Something outside the program prevents the job: a file, a disk, a password, an input.

    Args:
        message: one French sentence (its spaces are made French here), what happened, without personal data.
        remede: one French sentence, what the user can do; may be empty.
    """

    def __init__(self, message: str, remede: str = "") -> None:
        super().__init__(message)
        self.message = french_spaces(message)
        self.remede = french_spaces(remede)

    def __str__(self) -> str:
        """Both sentences, for a terminal or a message box."""
        return f"{self.message} {self.remede}".strip()


class ProgrammingFault(MpsError):
    """A bug of ours: a crash report without personal data is written, the user is told where."""


class Cancelled(MpsError):
    """The user stopped the job; nothing was committed."""


def system_reason(exc: OSError) -> str:
    """Why the system refused an operation, in a few French words (never the system's own, often English)."""
    number = exc.errno or 0
    return _RAISONS.get(number, f"erreur {errno.errorcode.get(number, type(exc).__name__)} du système")

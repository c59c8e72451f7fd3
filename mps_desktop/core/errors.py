"""The three ways a use case can end early.

Every message is French, shown to people as it is, and says what happened; ``remede`` says what
to do about it.
"""

from __future__ import annotations

from mps_desktop.core.text import french_spaces


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

"""The psyEN's notes in what is handed over about one student: their number, and their text only if the psyEN asks."""

from __future__ import annotations

from dataclasses import dataclass

from mps_desktop.core.dates import long_date
from mps_desktop.core.text import NNBSP, plural
from mps_desktop.reports.document import SectionDoc
from mps_desktop.services.psyen import NoteLue, Psyen


@dataclass(frozen=True, slots=True)
class NotesRemises:
    """What an export says of the notes.

    Attributes:
        nombre: how many there are about this student.
        jointes: their text, when the compartment was open and the psyEN asked for it.
        phrase: the same for people.
    """

    nombre: int
    jointes: tuple[NoteLue, ...]
    phrase: str


def notes_remises(psyen: Psyen, eleve_id: int, *, joindre: bool) -> NotesRemises:
    """What to say of the notes of a student; the journal says that they were joined.

    Args:
        joindre: the psyEN asked for it; the compartment must be open.

    Raises:
        EnvironmentFault: asked while it is locked.
    """
    if joindre:
        jointes = psyen.joindre(eleve_id)
        return NotesRemises(len(jointes), jointes, f"{_counted(len(jointes))}, jointes à la demande du psyEN.")
    nombre = psyen.lire(eleve_id).etat.nb_notes
    why = f"{_counted(nombre)}, non lisibles sans le mot de passe du psyEN{NNBSP}: à lui demander."
    return NotesRemises(nombre, (), why if nombre else "Aucune note du psyEN.")


def sections_of(notes: NotesRemises) -> list[SectionDoc]:
    """The same in a document: one sentence, then each note that was joined."""
    if not notes.jointes:
        return [SectionDoc("Notes du psyEN", paragraphes=(notes.phrase,))]
    return [
        SectionDoc(
            f"Note du psyEN du {long_date(note.jour)}" if note.jour is not None else "Note du psyEN illisible",
            (("Auteur", note.auteur), ("Texte", note.texte)),
        )
        for note in notes.jointes
    ]


def _counted(nombre: int) -> str:
    return plural(nombre, "note du psyEN", "notes du psyEN")

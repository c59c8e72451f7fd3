"""The psyEN's compartment without any key: same answers, same refusals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mps_desktop.services.psyen import (
    ChangementPsyen,
    EtatPsyen,
    NoteLue,
    NoteSaisie,
    NoteScellee,
    NotesPsyen,
    WrongPsyenPassword,
    locked,
)

CLE_PSYEN = "K3QF-8XW2-0000-1111-2222-3333-4444"


class FakePsyen:
    """Keeps the notes by number; a "seal" is that number."""

    def __init__(self) -> None:
        self.secret = ""
        self.ouvert = False
        self.notes: dict[tuple[int, str], NoteLue] = {}
        self.kept: list[NoteSaisie] = []
        self.imprimees: list[Path] = []
        self.broken: Exception | None = None

    def lire(self, eleve_id: int, /) -> NotesPsyen:
        notes = tuple(note for (eleve, _), note in self.notes.items() if eleve == eleve_id)
        etat = EtatPsyen(bool(self.secret), self.ouvert, len(notes), not self.notes)
        return NotesPsyen(etat, notes[::-1] if self.ouvert else ())

    def creer(self, mot_de_passe: str, /) -> str:
        self.secret, self.ouvert = mot_de_passe, True
        return CLE_PSYEN

    def ouvrir(self, secret: str, /) -> None:
        if secret not in (self.secret, CLE_PSYEN):
            raise WrongPsyenPassword
        self.ouvert = True

    def fermer(self) -> None:
        self.ouvert = False

    def ecrire(self, eleve_id: int, saisie: NoteSaisie, note_id: str = "", /) -> ChangementPsyen:
        if self.broken is not None:
            broken, self.broken = self.broken, None
            raise broken
        self._check()
        self.kept.append(saisie)
        id_ = note_id or f"note-{len(self.kept)}"
        after = NoteScellee(id_, eleve_id, str(len(self.kept) - 1).encode())
        return ChangementPsyen(self._put(after), after)

    def effacer(self, eleve_id: int, note_id: str, /) -> ChangementPsyen:
        self._check()
        after = NoteScellee(note_id, eleve_id, None)
        return ChangementPsyen(self._put(after), after)

    def remettre(self, note: NoteScellee, /) -> None:
        self._check()
        self._put(note)

    def changer_mot_de_passe(self, actuel: str, nouveau: str, /) -> None:
        if actuel not in (self.secret, CLE_PSYEN):
            raise WrongPsyenPassword
        self.secret = nouveau

    def nouvelle_cle_secours(self, secret: str, /) -> str:
        if secret != self.secret:
            raise WrongPsyenPassword
        return CLE_PSYEN

    def imprimer_cle(self, cle: str, target: Path, today: date, /) -> None:
        self.imprimees.append(target)

    def _check(self) -> None:
        if not self.ouvert:
            raise locked()

    def _put(self, after: NoteScellee) -> NoteScellee:
        place = (after.eleve_id, after.id)
        before = self.notes.pop(place, None)
        if after.contenu is not None:
            said = self.kept[int(after.contenu)]
            self.notes[place] = NoteLue(after.id, after.eleve_id, said.jour, said.auteur, said.texte)
        return NoteScellee(after.id, after.eleve_id, None if before is None else self._seal_of(before))

    def _seal_of(self, note: NoteLue) -> bytes:
        return str(next(n for n, said in enumerate(self.kept) if said.texte == note.texte)).encode()

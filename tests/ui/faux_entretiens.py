"""Meetings and decisions kept in memory, with the real checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mps_desktop.services.entretiens import (
    ChangementFeuille,
    DecisionRecord,
    EntretienRecord,
    Feuille,
    FeuillesEleve,
    check,
)
from mps_desktop.ui.screens.entretiens.entretiens_presenter import local_today


class FakeEntretiens:
    """Same answers, same refusals; ``broken`` makes the next write raise."""

    def __init__(self) -> None:
        self.feuilles: dict[tuple[bool, int], Feuille] = {}
        self.broken: Exception | None = None
        self.given = 0

    def lire(self, eleve_id: int, /) -> FeuillesEleve:
        mine = sorted(
            (f for f in self.feuilles.values() if f.eleve_id == eleve_id), key=lambda f: (f.jour, f.id), reverse=True
        )
        return FeuillesEleve(
            tuple(f for f in mine if isinstance(f, EntretienRecord)),
            tuple(f for f in mine if isinstance(f, DecisionRecord)),
        )

    def ecrire(self, feuille: Feuille, /) -> ChangementFeuille:
        if self.broken is not None:
            broken, self.broken = self.broken, None
            raise broken
        clean = check(feuille, max(local_today(), date(2026, 11, 25)))
        if not clean.id:
            self.given += 1
            clean = replace(clean, id=self.given)
        avant = self.feuilles.get(self._place(clean))
        self.feuilles[self._place(clean)] = clean
        return ChangementFeuille(avant, clean)

    def effacer(self, feuille: Feuille, /) -> ChangementFeuille:
        return ChangementFeuille(self.feuilles.pop(self._place(feuille)), None)

    def remettre(self, de: Feuille | None, vers: Feuille | None, /) -> None:
        if vers is not None:
            self.feuilles[self._place(vers)] = vers
        elif de is not None:
            del self.feuilles[self._place(de)]

    def _place(self, feuille: Feuille) -> tuple[bool, int]:
        return isinstance(feuille, EntretienRecord), feuille.id

"""Identities in memory: the checks are told beforehand, the rest is done for good on the students of the session."""

from __future__ import annotations

from dataclasses import replace

from mps_desktop.services.identite import ApercuEffacement, Controle, Identite, Rectification
from mps_desktop.storage.records import EleveRecord
from tests.ui.monde import FakeEleve


class FakeIdentites:
    """Who the students are; ``controle`` is what the next checks answer."""

    def __init__(self, eleves: dict[int, FakeEleve]) -> None:
        self.eleves = eleves
        self.controle = Controle()
        self.notes_psyen = 0
        self.broken: Exception | None = None

    def lire(self, eleve_id: int, /) -> Identite:
        e = self.eleves[eleve_id]
        return Identite(e.nom, e.prenom, e.classe, e.niveau, e.naissance)

    def classes(self) -> tuple[str, ...]:
        return tuple(sorted({e.classe for e in self.eleves.values()}))

    def controler(self, identite: Identite, eleve_id: int = 0, /) -> Controle:
        return self.controle

    def rectifier(self, eleve_id: int, identite: Identite, /) -> Rectification:
        if self.broken is not None:
            raise self.broken
        e = self.eleves[eleve_id]
        before = EleveRecord(eleve_id, e.nom, e.prenom, e.classe, e.niveau, ine=e.naissance)
        self._put(eleve_id, identite.nom, identite.prenom, identite.classe, identite.naissance)
        return Rectification(before, ())

    def revenir(self, rectification: Rectification, /) -> None:
        e = rectification.avant
        self._put(e.id, e.nom, e.prenom, e.classe, e.ine)

    def ajouter(self, identite: Identite, /) -> int:
        eleve_id = max(self.eleves, default=0) + 1
        self.eleves[eleve_id] = FakeEleve(
            eleve_id, identite.nom, identite.prenom, identite.classe, identite.naissance, identite.niveau
        )
        return eleve_id

    def apercu(self, eleve_id: int, /) -> ApercuEffacement:
        e = self.eleves[eleve_id]
        return ApercuEffacement(f"{e.prenom} {e.nom}", ("1 vœu",), self.notes_psyen)

    def effacer(self, eleve_id: int, /) -> object:
        return self.eleves.pop(eleve_id)

    def remettre(self, efface: object, /) -> None:
        assert isinstance(efface, FakeEleve)
        self.eleves[efface.id] = efface

    def _put(self, eleve_id: int, nom: str, prenom: str, classe: str, naissance: str) -> None:
        self.eleves[eleve_id] = replace(
            self.eleves[eleve_id], nom=nom, prenom=prenom, classe=classe, naissance=naissance
        )

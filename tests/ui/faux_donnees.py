"""A catalogue and official fiches that are updated, gone back to or refused, without any file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mps_desktop.core.progress import Progress
from mps_desktop.services.mise_a_jour import BilanMaj, ChangementEleve, EtatCatalogue, SourceLigne


class FakeDonnees:
    """A catalogue that is updated, gone back to, or refuses (``broken``)."""

    def __init__(self) -> None:
        self.updated: list[tuple[Path, ...]] = []
        self.broken: Exception | None = None
        self.changes: tuple[ChangementEleve, ...] = (
            ChangementEleve(1, "BIDON Zoé", 3, "BUT Informatique, IUT fictif (Lyon) : n’existe plus."),
            ChangementEleve(2, "FICTIF Œdipe", 1, "Licence Droit, Université fictive : de 100 à 60 places."),
        )
        self.avertissement = ""

    def etat(self) -> EtatCatalogue:
        return EtatCatalogue(
            "Parcoursup 2023, 2026" if self.updated else "Parcoursup 2023",
            "Mis à jour le 24 novembre 2026 à 14:30, session 2026" if self.updated else "Livré avec le programme",
            "8,3 Mo",
            (SourceLigne("fr-esr-parcoursup", "2023", "Ministère fictif", "Licence Ouverte", "faux.csv"),),
            "Livré avec le programme" if self.updated else "",
            self.avertissement,
            a_appliquer=bool(self.updated),
        )

    def __call__(self, paths: tuple[Path, ...], progress: Progress, /) -> BilanMaj:
        progress.step("Lecture des fichiers", 0, 2)
        if self.broken is not None:
            raise self.broken
        self.updated.append(paths)
        progress.step("Mise en service", 1, 2)
        return BilanMaj(("faux.csv : admissions, session 2026.",), ("31 contrôles passés.",), self.changes, 12)

    def revenir(self) -> EtatCatalogue:
        self.updated.clear()
        return self.etat()


@dataclass
class FakeEtatFiches:
    phrases: tuple[str, ...] = ()


@dataclass
class FakeRapportFiches:
    ajouts: tuple[str, ...]
    etat: FakeEtatFiches


class FakeFiches:
    def __init__(self) -> None:
        self.installed: list[str] = []

    def etat(self) -> FakeEtatFiches:
        return FakeEtatFiches(tuple(self.installed))

    def import_(self, fichiers: tuple[Path, ...], progress: Progress, /) -> FakeRapportFiches:
        progress.step("Lecture", 0, 1)
        added = tuple(f"{path.name} : 3 fiches" for path in fichiers)
        self.installed += added
        return FakeRapportFiches(added, self.etat())

    def remove(self) -> FakeEtatFiches:
        self.installed.clear()
        return self.etat()

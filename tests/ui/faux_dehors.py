"""What surrounds a fake dossier: the opening screen, the settings, the questions about files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import Settings
from mps_desktop.core.text import fold, plural
from mps_desktop.services.maintenance import SauvegardeListee
from mps_desktop.services.views import DossierRecent
from mps_desktop.storage.errors import WrongPassword
from tests.ui.fakes import FakeSession
from tests.ui.monde import PASSWORD


class FakeAccueil:
    """Opens fake sessions; the only password that works is ``ouvre-toi bien fort``."""

    def __init__(self, session: FakeSession | None = None, recents: tuple[DossierRecent, ...] = ()) -> None:
        self.session = session or FakeSession()
        self._recents = recents
        self.occupe = False
        self.created: list[tuple[Path, str]] = []
        self.importes: list[tuple[Path, str]] = []
        self.restaures: list[tuple[Path, int]] = []

    def recents(self) -> tuple[DossierRecent, ...]:
        return self._recents

    def create(self, dossier: Path, nom: str, mot_de_passe: str, progress: Progress, /) -> FakeSession:
        progress.step("Création")
        if len(mot_de_passe) < 8:
            raise EnvironmentFault("Mot de passe trop court.", "Prenez-en un plus long.")
        self.created.append((dossier, nom))
        self.session = FakeSession(nom, [])
        return self.session

    def unlock(self, dossier: Path, mot_de_passe: str, progress: Progress, /) -> FakeSession:
        progress.step("Ouverture")
        if mot_de_passe != PASSWORD:
            raise WrongPassword
        if self.occupe:
            raise EnvironmentFault("Ce dossier est déjà ouvert.", "Fermez-le d’abord là où il est ouvert.")
        self.session.closed = False
        return self.session

    def sauvegardes(self, dossier: Path, /) -> tuple[SauvegardeListee, ...]:
        quand = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
        return (SauvegardeListee(1, quand, "à la fermeture", 2, 35, 1, dossier / "sauvegardes" / "une"),)

    def restaurer(self, dossier: Path, numero: int, secret: str, progress: Progress, /) -> Path | None:
        if secret != PASSWORD:
            raise WrongPassword
        self.restaures.append((dossier, numero))
        return None

    def importer_dossier(self, source: Path, nom: str, secret: str, progress: Progress, /) -> Path:
        if secret != PASSWORD:
            raise WrongPassword
        self.importes.append((source, nom))
        return self.dossier_par_defaut(nom)

    def open_demo(self, progress: Progress, /) -> FakeSession:
        progress.step("Démonstration")
        self.session.fictif = True
        return self.session

    def dossier_par_defaut(self, nom: str, /) -> Path:
        return Path("/dossiers") / (fold(nom).replace(" ", "-") or "dossier")


class FakeSettings:
    def __init__(self, settings: Settings | None = None) -> None:
        self.current = settings or Settings(theme="clair")

    def update(self, **changes: object) -> Settings:
        self.current = replace(self.current, **changes)  # type: ignore[arg-type]  # test double
        return self.current


class FakeFiles:
    """Answers to file questions given in advance."""

    def __init__(self) -> None:
        self.rosters: tuple[Path, ...] = ()
        self.officiels: tuple[Path, ...] = ()
        self.dossier: Path | None = None
        self.place: Path | None = None
        self.pdf: Path | None = None
        self.tableur: Path | None = None
        self.export: Path | None = None
        self.exporte: Path | None = None
        self.opened: list[Path] = []
        self.opens = True

    def choose_rosters(self) -> tuple[Path, ...]:
        return self.rosters

    def choose_official(self) -> tuple[Path, ...]:
        return self.officiels

    def choose_dossier(self) -> Path | None:
        return self.dossier

    def choose_place(self, proposed: Path) -> Path | None:
        return self.place or proposed

    def choose_pdf(self, proposed: Path) -> Path | None:
        return self.pdf or proposed

    def choose_tableur(self, proposed: Path) -> Path | None:
        return self.tableur and self.tableur / proposed.name

    def choose_export(self, proposed: Path, /) -> Path | None:
        return self.export and self.export / proposed.name

    def choose_exported(self) -> Path | None:
        return self.exporte

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return self.opens


def password_opinion(text: str) -> tuple[int, str]:
    level = min(4, len(text) // 4) if len(text) >= 8 else 0
    return level, f"{plural(len(text), 'signe')}."


def no_report(_exc: BaseException) -> Path | None:
    return Path("/journaux/incident.txt")

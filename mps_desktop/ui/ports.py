"""What screens ask of the rest of the program, as shapes: services fill them, tests fill them with fakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import Settings
from mps_desktop.importers.lot import Source
from mps_desktop.services.correspondances import Correspondance, Inspection
from mps_desktop.services.etat_dossier import EtatDisque
from mps_desktop.services.fiche_vue import Cible, FicheVue
from mps_desktop.services.maintenance import SauvegardeListee
from mps_desktop.services.mise_a_jour import BilanMaj, EtatCatalogue
from mps_desktop.services.views import (
    ApercuImport,
    CalendrierVue,
    ClasseVue,
    DossierRecent,
    EleveVue,
    EquilibreVue,
    Option,
    ProfilRecord,
    ResultatImport,
    SuggestionsVue,
    VoeuLigne,
)
from mps_desktop.services.vues_raisons import EtSiVue, PourquoiVue, SimulationVue
from mps_desktop.ui.ports_coffre import FichiersCoffrePort, ImporterDossierPort
from mps_desktop.ui.ports_entretiens import AvecEntretiens
from mps_desktop.ui.ports_identite import IdentitePort
from mps_desktop.ui.ports_options import OptionsPort
from mps_desktop.ui.ports_securite import SecuritePort
from mps_desktop.ui.ports_voeux import VoeuxPort

Lignes = frozenset[tuple[str, int]]
"""Lines of files: (file name, line number)."""


class DonneesPort(Protocol):
    """The catalogue in force."""

    def etat(self) -> EtatCatalogue:
        """What it is, where it comes from."""
        ...

    def __call__(self, paths: tuple[Path, ...], progress: Progress, /) -> BilanMaj:
        """Update it from official files."""
        ...

    def revenir(self) -> EtatCatalogue:
        """Put the previous one back."""
        ...


class EtatFichesPort(Protocol):
    """Official fiches installed."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """One sentence per file."""
        ...


class RapportFichesPort(Protocol):
    """What an import of official fiches did."""

    @property
    def ajouts(self) -> tuple[str, ...]:
        """One sentence per file read."""
        ...

    @property
    def etat(self) -> EtatFichesPort:
        """What is installed afterwards."""
        ...


class FichesPort(Protocol):
    """Official fiches on this machine."""

    def etat(self) -> EtatFichesPort:
        """What is installed."""
        ...

    def import_(self, fichiers: tuple[Path, ...], progress: Progress, /) -> RapportFichesPort:
        """Install the fiches of these files."""
        ...

    def remove(self) -> EtatFichesPort:
        """Take all of them out."""
        ...


class SessionPort(VoeuxPort, SecuritePort, IdentitePort, AvecEntretiens, Protocol):
    """An open dossier. Calls may be long: they go through the ``JobRunner``."""

    @property
    def donnees(self) -> DonneesPort:
        """The catalogue in force, and its updates."""
        ...

    @property
    def fiches(self) -> FichesPort | None:
        """Official fiches, None when this session has no place for them."""
        ...

    @property
    def avertissement(self) -> str:
        """What must be told at the opening, empty when all is well."""
        ...

    @property
    def sessions(self) -> str:
        """Parcoursup sessions of the catalogue opened, for the state line; may be empty."""
        ...

    def etat_disque(self) -> EtatDisque:
        """The dossier as a folder."""
        ...

    def renew(self) -> SessionPort:
        """The same dossier on the catalogue now in force; this session must not be used any more."""
        ...

    @property
    def nom(self) -> str:
        """Name that the teacher gave."""
        ...

    @property
    def chemin(self) -> Path:
        """Folder of the dossier."""
        ...

    @property
    def fictif(self) -> bool:
        """True for the demonstration: invented people, thrown away at the end."""
        ...

    @property
    def options(self) -> OptionsPort:
        """Choices and labels."""
        ...

    def list_eleves(self, classe: str | None, /) -> ClasseVue:
        """Rows of a class, or of everybody."""
        ...

    def load_eleve(self, eleve_id: int, /) -> EleveVue:
        """One student."""
        ...

    def save_profil(self, eleve_id: int, profil: ProfilRecord, /) -> ProfilRecord:
        """Save, return the previous profile."""
        ...

    def compute_suggestions(self, eleve_id: int, limite: int = 30, /) -> SuggestionsVue:
        """Suggested formations."""
        ...

    def explain_suggestion(self, eleve_id: int, formation_id: str, /) -> PourquoiVue:
        """Why a formation has its place, and what would move it."""
        ...

    def compare_hypothese(self, eleve_id: int, hypothese: ProfilRecord, /) -> EtSiVue:
        """What the suggestions would become with another profile; nothing is written."""
        ...

    def list_specialites_simulees(self) -> tuple[Option, ...]:
        """Spécialités that the simulator knows; ``detail`` = their ids, separated by a space."""
        ...

    def simulate_specialites(self, noms: tuple[str, ...], /) -> SimulationVue:
        """What two or three of them open, as observed."""
        ...

    def load_equilibre(self, eleve_id: int, /) -> EquilibreVue:
        """Wishes and balance."""
        ...

    def list_voeux_possibles(self, eleve_id: int, formation_id: str, rayon_km: int | None, /) -> tuple[VoeuLigne, ...]:
        """Vœux that could be added, nearest first."""
        ...

    def load_fiche(self, genre: str, code: str, eleve_id: int | None = None, /) -> FicheVue:
        """One fiche, told for a student when one is given."""
        ...

    def sommaire_fiches(self) -> tuple[Cible, ...]:
        """Fiches offered before any search."""
        ...

    def preview_import(
        self, paths: tuple[Source, ...], classe: str, progress: Progress, memes: Lignes = frozenset(), /
    ) -> ApercuImport:
        """What an import would do; ``memes`` are lines confirmed to be the stored student they look like."""
        ...

    def import_roster(
        self, paths: tuple[Source, ...], classe: str, progress: Progress, memes: Lignes = frozenset(), /
    ) -> ResultatImport:
        """Import in one transaction."""
        ...

    def inspect_columns(self, source: Source, progress: Progress, /) -> Inspection | None:
        """The beginning of a table, to tell its columns."""
        ...

    def remember_columns(self, chosen: Correspondance, /) -> None:
        """Columns matched by hand, for every file of that kind."""
        ...

    def undo_import(self, resultat: ResultatImport, /) -> None:
        """Take an import back."""
        ...

    def redo_import(self, resultat: ResultatImport, /) -> None:
        """Make it again."""
        ...

    def search(self, texte: str, genres: tuple[str, ...], limite: int = 20, eleve_id: int = 0, /) -> tuple[Option, ...]:
        """Search the catalogue, for a student or for nobody (0)."""
        ...

    def formation_of(self, voeu_id: str, /) -> str:
        """Formation of a vœu that the search found."""
        ...

    def export_suivi(self, classe: str | None, target: Path, /) -> Path:
        """Write the class over time as a spreadsheet."""
        ...

    def load_calendrier(self, session: int | None = None, /) -> CalendrierVue:
        """Calendar of a Parcoursup session; read from memory, quick."""
        ...

    def save_calendrier(self, vue: CalendrierVue, /) -> object:
        """Keep a session as changed, return the ticket that takes the change back."""
        ...

    def put_back_calendrier(self, session: int, ticket: object, /) -> None:
        """Take a change of the calendar back; None = the shipped calendar."""
        ...

    def export_report(
        self, eleve_ids: tuple[int, ...] | None, classe: str | None, target: Path, progress: Progress, /
    ) -> Path:
        """Write the PDF."""
        ...

    def close(self) -> None:
        """Close the dossier; it is closed even when it raises."""
        ...


class AccueilPort(ImporterDossierPort, Protocol):
    """What can be done before a dossier is open."""

    def recents(self) -> tuple[DossierRecent, ...]:
        """Dossiers opened lately."""
        ...

    def create(self, dossier: Path, nom: str, mot_de_passe: str, progress: Progress, /) -> SessionPort:
        """Create and open."""
        ...

    def unlock(self, dossier: Path, mot_de_passe: str, progress: Progress, /) -> SessionPort:
        """Open."""
        ...

    def open_demo(self, progress: Progress, /) -> SessionPort:
        """Open the fictitious classes."""
        ...

    def sauvegardes(self, dossier: Path, /) -> tuple[SauvegardeListee, ...]:
        """Backups of a dossier, newest first."""
        ...

    def restaurer(self, dossier: Path, numero: int, secret: str, progress: Progress, /) -> Path | None:
        """Put a backup back; where the former state was put, None when it did not read."""
        ...

    def dossier_par_defaut(self, nom: str, /) -> Path:
        """Where a new dossier would go."""
        ...


class SettingsPort(Protocol):
    """Settings kept between two runs."""

    @property
    def current(self) -> Settings:
        """The settings in force."""
        ...

    def update(self, **changes: object) -> Settings:
        """Change some and keep them."""
        ...


class FilesPort(FichiersCoffrePort, Protocol):
    """Questions about files, asked with the system's own dialogs."""

    def choose_rosters(self) -> tuple[Path, ...]:
        """Roster files to import; empty when the user gave up."""
        ...

    def choose_official(self) -> tuple[Path, ...]:
        """Official files to read; empty when the user gave up."""
        ...

    def choose_dossier(self) -> Path | None:
        """Folder of an existing dossier."""
        ...

    def choose_place(self, proposed: Path) -> Path | None:
        """Folder to create."""
        ...

    def choose_pdf(self, proposed: Path) -> Path | None:
        """PDF to write."""
        ...

    def choose_tableur(self, proposed: Path) -> Path | None:
        """Spreadsheet to write."""
        ...

    def open(self, path: Path) -> bool:
        """Open a file or a folder with the system's program for it."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """What the window is given besides the use cases.

    Attributes:
        files: file questions.
        password_opinion: opinion on a password: 0 refused .. 4 very good, and a French sentence.
        report_crash: writes a crash report and returns where, None when it could not.
        documents: proposed folder of the documents.
        catalogue: session of the reference data in words ("Parcoursup 2025"), for the state line.
    """

    files: FilesPort
    password_opinion: Callable[[str], tuple[int, str]]
    report_crash: Callable[[BaseException], Path | None]
    documents: Path
    catalogue: str = ""

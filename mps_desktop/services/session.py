"""An open dossier with its use cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.exchange.records import ProfilLu
from mps_desktop.importers.correspondance import Correspondance
from mps_desktop.importers.inspection import Inspection
from mps_desktop.importers.lot import Source, inspect_source
from mps_desktop.services.apply_profils import apply_profils
from mps_desktop.services.chercher import Chercher
from mps_desktop.services.choix_voeux import ChoixVoeux
from mps_desktop.services.coffre import Coffre
from mps_desktop.services.correspondances import Correspondances
from mps_desktop.services.edit_calendrier import EditCalendrier
from mps_desktop.services.entretiens import build_entretiens
from mps_desktop.services.equilibre import LoadEquilibre
from mps_desktop.services.essais import Essais
from mps_desktop.services.et_si import CompareHypothese
from mps_desktop.services.etat_dossier import EtatDisque, measure_dossier
from mps_desktop.services.export_report import ExportConferenceReport
from mps_desktop.services.fiche import LoadFiche, sommaire
from mps_desktop.services.fiche_vue import Cible, FicheVue
from mps_desktop.services.garde import EtatGarde, Garde
from mps_desktop.services.identite import Identites
from mps_desktop.services.import_roster import ImportRoster
from mps_desktop.services.list_eleves import ListEleves
from mps_desktop.services.maintenance import (
    make_recovery_key_open,
    replace_password_open,
)
from mps_desktop.services.mise_a_jour import MettreAJour, open_socle, sessions_label
from mps_desktop.services.notes_remises import notes_remises
from mps_desktop.services.pourquoi import ExplainSuggestion
from mps_desktop.services.profil_eleve import LoadEleve, SaveProfil
from mps_desktop.services.psyen import Psyen
from mps_desktop.services.rapprocher_voeux import Rapprocheur
from mps_desktop.services.rgpd import export_eleve
from mps_desktop.services.socle import Socle
from mps_desktop.services.specialites import SimulateSpecialites
from mps_desktop.services.suggestions import ComputeSuggestions
from mps_desktop.services.suivi_classe import ExportSuivi, SuiviClasses
from mps_desktop.services.views import (
    ApercuImport,
    CalendrierVue,
    ClasseVue,
    EleveVue,
    EquilibreVue,
    Option,
    ProfilRecord,
    ResultatImport,
    SuggestionsVue,
    VoeuApercu,
    VoeuLigne,
)
from mps_desktop.services.vues_raisons import EtSiVue, PourquoiVue, SimulationVue
from mps_desktop.storage.dossier import OpenDossier


class DossierSession:
    """The use cases of one open dossier, as screens call them. Every call is one transaction at most.

    Args:
        socle: catalogue, parameters, engine.
        dossier: the unlocked dossier; closed by ``close``.
        today: date of the documents and of the calendar.
        fictif: the dossier holds invented people only.
        sauvegarde: make automatic backups beside it.
        cle_secours: its recovery key when it has just been made, to show once.
        correspondances: columns of rosters matched by hand; None = nothing is remembered after this session.
        choix_voeux: what the wordings of wishes are about; None = the same.
        essais: wrong secrets tried; None = counted for this session only.
    """

    def __init__(
        self,
        socle: Socle,
        dossier: OpenDossier,
        today: date,
        fictif: bool = False,
        sauvegarde: bool = False,
        cle_secours: str = "",
        correspondances: Correspondances | None = None,
        choix_voeux: ChoixVoeux | None = None,
        essais: Essais | None = None,
    ) -> None:
        database = dossier.database
        self._closed = False
        self._socle = socle
        self._dossier = dossier
        self._today = today
        self._database = database
        self.nom = dossier.nom
        self.chemin: Path = dossier.dossier
        self.fictif = fictif
        self.options = socle.options
        self._suivi = SuiviClasses(socle, database, today)
        self._export_suivi = ExportSuivi(database, today)
        self._calendrier = EditCalendrier(socle.calendriers, today)
        self._list_eleves = ListEleves(socle, database, today, self._suivi)
        self._load_eleve = LoadEleve(socle, database)
        self._save_profil = SaveProfil(socle, database, self._suivi)
        self._suggestions = ComputeSuggestions(socle, database)
        self._equilibre = LoadEquilibre(socle, database, today)
        self._correspondances = correspondances or Correspondances()
        self._choix_voeux = choix_voeux or ChoixVoeux()
        self._rapprocheur = Rapprocheur(socle.catalogue, self._choix_voeux)
        self._import_roster = ImportRoster(
            database, socle.options.libelle, self._correspondances, self._rapprocheur, self._suivi
        )
        self._chercher = Chercher(socle, database)
        self._pourquoi = ExplainSuggestion(socle, database)
        self._et_si = CompareHypothese(socle, database)
        self._simulate = SimulateSpecialites(socle.catalogue)
        self._fiche = LoadFiche(socle, database)
        self._export = ExportConferenceReport(socle, database, fictif, self._suivi)
        self._cle_secours = cle_secours
        self._essais = essais or Essais()
        self.entretiens = build_entretiens(database, today)
        self.psyen = Psyen(dossier, essais=self._essais)
        self.coffre = Coffre(dossier, today)
        self.identites = Identites(database, self._suivi)
        self._garde = Garde(dossier, today, actif=sauvegarde)
        self.donnees = MettreAJour(socle, database)
        self.avertissement = socle.avertissement
        self.sessions = sessions_label(socle.catalogue)
        self.fiches = socle.fiches.officielles

    def list_eleves(self, classe: str | None) -> ClasseVue:
        """Rows of a class, or of the whole dossier with None."""
        return self._list_eleves(classe)

    def load_eleve(self, eleve_id: int) -> EleveVue:
        """Header and profile of a student."""
        return self._load_eleve(eleve_id)

    def save_profil(self, eleve_id: int, profil: ProfilRecord) -> ProfilRecord:
        """Save a profile and return the previous one, so that saving it back undoes the change."""
        return self._save_profil(eleve_id, profil)

    def compute_suggestions(self, eleve_id: int, limite: int = 30) -> SuggestionsVue:
        """Suggested formations, best first."""
        return self._suggestions(eleve_id, limite)

    def explain_suggestion(self, eleve_id: int, formation_id: str) -> PourquoiVue:
        """Why a formation has its place, and what would move it."""
        return self._pourquoi(eleve_id, formation_id)

    def compare_hypothese(self, eleve_id: int, hypothese: ProfilRecord) -> EtSiVue:
        """What the suggestions would become with another profile; nothing is written."""
        return self._et_si(eleve_id, hypothese)

    def list_specialites_simulees(self) -> tuple[Option, ...]:
        """Spécialités of the bac général that the simulator knows; ``detail`` = their ids, separated by a space."""
        return self._simulate.options()

    def simulate_specialites(self, noms: tuple[str, ...]) -> SimulationVue:
        """What two or three of them open, as observed."""
        return self._simulate(noms)

    def load_equilibre(self, eleve_id: int) -> EquilibreVue:
        """Wishes and balance."""
        return self._equilibre(eleve_id)

    def list_voeux_possibles(self, eleve_id: int, formation_id: str, rayon_km: int | None) -> tuple[VoeuLigne, ...]:
        """Vœux of a formation that could be added, nearest first, with their estimated class."""
        return self._equilibre.possibles(eleve_id, formation_id, rayon_km)

    def load_fiche(self, genre: str, code: str, eleve_id: int | None = None) -> FicheVue:
        """Fiche of a formation, métier, établissement, domaine or page; told for a student when one is given."""
        return self._fiche(genre, code, eleve_id)

    def sommaire_fiches(self) -> tuple[Cible, ...]:
        """Fiches offered before any search."""
        return sommaire(self._socle)

    def preview_import(
        self,
        paths: tuple[Source, ...],
        classe: str,
        progress: Progress,
        memes: frozenset[tuple[str, int]] = frozenset(),
    ) -> ApercuImport:
        """What importing these files, or this pasted text, would do."""
        return self._import_roster.preview(paths, classe, progress, memes)

    def import_roster(
        self,
        paths: tuple[Source, ...],
        classe: str,
        progress: Progress,
        memes: frozenset[tuple[str, int]] = frozenset(),
    ) -> ResultatImport:
        """Import them in one transaction; ``memes`` are the lines confirmed to be the student they look like.

        A backup is made before.
        """
        self._garde.before("import", progress)
        return self._import_roster(paths, classe, progress, memes)

    def inspect_columns(self, source: Source, progress: Progress) -> Inspection | None:
        """The beginning of a table, to tell its columns; None for what is no table."""
        return inspect_source(source, progress)

    def remember_columns(self, chosen: Correspondance) -> None:
        """Columns that the teacher matched by hand, for every file of that kind from now on."""
        self._correspondances.remember(chosen)

    def read_voeux(self, source: Source, progress: Progress) -> tuple[VoeuApercu, ...]:
        """Wishes of one candidate's screen, pasted."""
        return self._import_roster.read_voeux(source, progress)

    def choose_voeux(self, choices: Mapping[str, str]) -> None:
        """What wordings of wishes are about, by key, from now on: a vœu, a formation, or nothing (empty)."""
        self._rapprocheur.remember(choices)

    def add_voeux(self, profil: ProfilRecord, cles: tuple[str, ...]) -> ProfilRecord:
        """A profile with the vœux that those wordings, read before, are about. Nothing is written."""
        return self._rapprocheur.take_wordings(profil, cles)

    def undo_import(self, resultat: ResultatImport) -> None:
        """Take a whole import back."""
        self._import_roster.undo(resultat)

    def redo_import(self, resultat: ResultatImport) -> None:
        """Make an import that was taken back again, without its files."""
        self._import_roster.redo(resultat)

    def apply_profils(self, profils: tuple[ProfilLu, ...]) -> tuple[str, ...]:
        """Put profiles read from a file onto the students; returns what could not be placed."""
        return apply_profils(self._database, profils, self._suivi)

    def search(self, texte: str, genres: tuple[str, ...], limite: int = 20, eleve_id: int = 0) -> tuple[Option, ...]:
        """Search the catalogue, for a student or for nobody (0); ``Option.categorie`` is the kind of thing found."""
        return self._chercher(texte, genres, limite, eleve_id)

    def formation_of(self, voeu_id: str) -> str:
        """Formation of a vœu that the search found."""
        return self._chercher.formation_of(voeu_id)

    # Class over time and calendar

    def export_suivi(self, classe: str | None, target: Path) -> Path:
        """Write the state and the evolution of a class as a spreadsheet (``.xlsx``, or ``.csv``)."""
        vue = self._list_eleves(classe)
        suivi = vue.suivi or self._suivi.load(classe or "", vue.lignes)
        return self._export_suivi(classe or "", vue.lignes, suivi, target)

    def load_calendrier(self, session: int | None = None) -> CalendrierVue:
        """Calendar of a Parcoursup session; None = the one that is being prepared."""
        return self._calendrier.load(session)

    def save_calendrier(self, vue: CalendrierVue) -> object:
        """Keep a session as the user changed it; returns the ticket that takes the change back."""
        return self._calendrier.save(vue)

    def put_back_calendrier(self, session: int, ticket: object) -> None:
        """Take a change of the calendar back; None = the shipped calendar."""
        self._calendrier.put_back(session, ticket)

    def export_report(
        self, eleve_ids: tuple[int, ...] | None, classe: str | None, target: Path, progress: Progress
    ) -> Path:
        """Write the conference report."""
        return self._export(eleve_ids, classe, target, self._today, progress)

    # Safety of the dossier

    def sauvegarde_du_jour(self, progress: Progress) -> EtatGarde:
        """Back up at the first opening of the day, then say how things are."""
        self.donnees.remember_names()
        return self._garde.daily(progress)

    def sauvegarder(self, progress: Progress) -> EtatGarde:
        """Back up now."""
        self._garde.before("demande", progress)
        return self._garde.etat()

    def etat_garde(self) -> EtatGarde:
        """Age of the last backup, what went wrong with it, what should be erased."""
        return self._garde.etat()

    def changer_mot_de_passe(self, actuel: str, nouveau: str) -> None:
        """Change the password of the open dossier."""
        with self._essais.tentative(self.chemin):
            replace_password_open(self._dossier, actuel, nouveau)

    def prendre_cle_secours(self) -> str:
        """The recovery key of a dossier that has just been created, once; empty afterwards."""
        cle, self._cle_secours = self._cle_secours, ""
        return cle

    def imprimer_cle(self, cle: str, target: Path) -> None:
        """Write the sheet of a recovery key, to print and put away."""
        from mps_desktop.services.feuille_cle import write_feuille

        write_feuille(target, cle, self.nom, self._today)

    def nouvelle_cle_secours(self, secret: str) -> str:
        """Make a recovery key; the former one stops working. Shown once, stored nowhere."""
        with self._essais.tentative(self.chemin):
            return make_recovery_key_open(self._dossier, secret)

    def exporter_eleve(self, eleve_id: int, folder: Path, joindre_notes_psyen: bool) -> Path:
        """Write all that the dossier keeps about a student (PDF and JSON); returns the PDF.

        Args:
            joindre_notes_psyen: asked by the psyEN, whose notes must be open.
        """
        notes = notes_remises(self.psyen, eleve_id, joindre=joindre_notes_psyen)
        return export_eleve(self._database, self.options, eleve_id, folder, self._today, notes).pdf

    def etat_disque(self) -> EtatDisque:
        """The dossier as a folder."""
        return measure_dossier(self.chemin, self.fictif)

    def renew(self) -> DossierSession:
        """The same open dossier on the catalogue now in force; this session must not be used any more.

        Raises:
            EnvironmentFault: the catalogue cannot be read; this session goes on.
        """
        depot = self._socle.depot
        if depot is None:
            return self
        socle = open_socle(depot, self._socle.parametres, self._socle.fiches.on, self._socle.calendriers)
        renewed = DossierSession(
            socle,
            self._dossier,
            self._today,
            self.fictif,
            correspondances=self._correspondances,
            choix_voeux=self._choix_voeux,
            essais=self._essais,
        )
        renewed._garde = self._garde
        renewed.psyen = self.psyen
        socle.catalogue.index()  # read now, as when a dossier is opened: the first keystroke does not wait
        return renewed

    def close(self) -> None:
        """Back up what was done, close the database, give the lock back. Harmless when it is done.

        Raises:
            EnvironmentFault: the backup could not be made; the dossier is closed all the same.
        """
        if self._closed:
            return
        self._closed = True
        self.psyen.fermer()
        try:
            alerte, remede = self._garde.on_close(Progress())
        finally:
            self._dossier.close()
        if alerte:
            raise EnvironmentFault(alerte, remede)

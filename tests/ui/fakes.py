"""A dossier that behaves without any database: real views, real records, invented people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import Settings
from mps_desktop.core.text import NNBSP, fold, plural, sort_key
from mps_desktop.importers.lot import Source
from mps_desktop.services.correspondances import Correspondance, Inspection
from mps_desktop.services.etat_dossier import EtatDisque
from mps_desktop.services.fiche_vue import (
    AdressesVue,
    AppelVue,
    Cible,
    CiblesVue,
    FicheVue,
    OngletVue,
    PartsVue,
    TableauVue,
    TendanceVue,
    TexteVue,
)
from mps_desktop.services.garde import EtatGarde
from mps_desktop.services.maintenance import SauvegardeListee
from mps_desktop.services.mise_a_jour import BilanMaj, ChangementEleve, EtatCatalogue, SourceLigne
from mps_desktop.services.views import (
    ApercuImport,
    CalendrierVue,
    ClasseVue,
    CompteurLigne,
    ConstatLigne,
    DossierRecent,
    EleveLigne,
    EleveVue,
    EquilibreVue,
    EtapeCalendrier,
    FavoriLigne,
    FavoriRecord,
    JalonLigne,
    LigneApercu,
    Option,
    ProfilRecord,
    PropositionLigne,
    ResultatImport,
    SuggestionLigne,
    SuggestionsVue,
    VoeuApercu,
    VoeuLigne,
)
from mps_desktop.services.vues_raisons import (
    AccesLigne,
    EtSiVue,
    MouvementLigne,
    PourquoiVue,
    RaisonPesee,
    SimulationVue,
)
from mps_desktop.ui.ports import Lignes

FORMATIONS = {
    "fl1": ("BUT Informatique", "BUT · 3 ans · existe en apprentissage · 47 établissements"),
    "fl2": ("Licence Droit", "Licence · 3 ans · 38 établissements"),
    "fl3": ("CPGE MPSI", "CPGE · 2 ans · 112 établissements"),
    "fl4": ("BTS Services informatiques aux organisations", "BTS · 2 ans · existe en apprentissage"),
    "fl5": ("Licence Psychologie", "Licence · 3 ans · 31 établissements"),
    "fl6": ("École d’ingénieurs (Bac + 5)", "Diplôme d’ingénieur · 5 ans · 60 établissements"),
}
METIERS = {
    "MET.1": "architecte réseaux",
    "MET.2": "juge d’instruction",
    "MET.3": "psychologue",
    "MET.4": "développeuse",
}
VOEUX_TROUVES = {"ta5": "Licence Psychologie, Université Factice"}
COMMUNES = {"69123": "Lyon", "38185": "Grenoble", "63113": "Clermont-Ferrand"}
SPECIALITES = {
    "Générale": {"mat700": "Mathématiques", "mat701": "Physique-chimie", "mat1065": "Numérique (NSI)", "mat703": "SES"},
    "STMG": {"mat282": "Mercatique", "mat887": "Gestion et finance"},
}
BACS = {"Générale": "Bac général", "STMG": "Bac STMG", "P": "Bac professionnel"}
DOMAINES = {
    "dom32": ("Informatique - réseaux", "Sciences et technologie"),
    "dom33": ("Mathématiques", "Sciences et technologie"),
    "dom16": ("Droit", "Droit"),
    "dom15": ("Activité judiciaire", "Droit"),
    "dom41": ("Psychologie", "Sciences humaines et sociales"),
    "dom27": ("Santé", "Santé et social"),
}
INTERETS = {
    "ci29": ("Jongler avec les chiffres", "Jongler avec les chiffres"),
    "ci14": ("Aider les autres", "Prendre soin des autres"),
    "ci10": ("Voyager", "Découvrir le monde"),
    "ci27": ("Développer les nouvelles technologies", "Développer les nouvelles technologies"),
}
ETABLISSEMENTS = {
    "0690000X": "Lycée d’essai de Lyon",
    "0380000Y": "Université inventée des Alpes",
    "0380000X": "Lycée Inventé des Cimes",
}
LIEUX = ("Lyon", "Grenoble", "Clermont-Ferrand", "Bourg-en-Bresse")
CLASSES_VOEUX = ("A+", "A", "B", "?")
ESTIMATIONS = {
    "A+": "entre 1 et 4 chances sur 10",
    "A": "entre 4 et 7 chances sur 10",
    "B": "plus de 8 chances sur 10",
    "?": "données insuffisantes",
}


def voeux_of(formation_id: str) -> tuple[str, ...]:
    return tuple(f"ta{formation_id[2:]}{number}" for number in range(4))


def fiche_of(genre: str, code: str, titre: str) -> FicheVue:
    """A fiche that holds every kind of part."""
    texte = "Ces études durent deux ans et alternent des cours, des projets et des stages. " * 3
    metiers = tuple(Cible("metier", one, label) for one, label in METIERS.items())
    lignes = tuple((f"Lycée d’essai numéro {n}", "Lyon", f"{n}{NNBSP}km", "24", "non publié") for n in range(1, 9))
    tables = (
        TableauVue(
            "Session par session",
            ("Session", "Places", "Candidats", "Taux d’accès médian"),
            (("2023", "120", "1 530", f"42{NNBSP}%"), ("2024", "118", "1 610", "non publié")),
            "Parcoursup, sessions 2023 et 2024.",
        ),
        TendanceVue("Candidatures", (("2023", 1530.0), ("2024", 1610.0)), "1530 en 2023, 1610 en 2024.", "Parcoursup."),
        PartsVue("Qui est admis", (("Bac général", 88.0), ("Bac technologique", 11.6), ("Bac professionnel", 0.4)), ""),
    )
    ecoles = TableauVue(
        "", ("Établissement", "Ville", "Distance", "Places", "Taux d’accès"), lignes, "Parcoursup.",
        (("etablissement", "0690000X"),) * len(lignes),
    )  # fmt: skip
    return FicheVue(
        genre,
        code,
        {"formation": "Formation", "metier": "Métier", "domaine": "Domaine"}.get(genre, "Repère"),
        titre,
        "2 ans · 40 vœux possibles",
        (
            OngletVue(
                "La formation",
                (
                    TexteVue("titre", "En bref"),
                    TexteVue("paragraphe", texte),
                    TexteVue("puce", "Un stage chaque année"),
                    TexteVue("note", "L’équipe de MPS Bureau, 25 novembre 2026."),
                    AppelVue("Il n’y a pas de description officielle ici.", "Ajouter les fiches officielles"),
                    AdressesVue("Pour aller plus loin", (("Fiche d’essai", "https://exemple.invalid/fiche"),)),
                ),
            ),
            OngletVue("Admission", tables),
            OngletVue("Établissements", (ecoles,)),
            OngletVue("Métiers", (CiblesVue("Métiers", metiers),)),
        ),
    )


class FakeOptions:
    situations = (
        Option("aucune_idee", "Aucune idée pour l’instant"),
        Option("quelques_pistes", "Quelques pistes"),
        Option("projet_precis", "Un projet précis"),
    )
    durees = (Option("courte", "Courte, 3 ans ou moins"), Option("longue", "Longue, 5 ans ou plus"))
    alternances = (Option("pas_interesse", "Pas intéressé"), Option("interesse", "Intéressé"))
    bacs = tuple(Option(code, label) for code, label in BACS.items())
    domaines = tuple(Option(code, label, group) for code, (label, group) in DOMAINES.items())
    interets = tuple(Option(code, label, group) for code, (label, group) in INTERETS.items())

    def specialites(self, bac: str | None, /) -> tuple[Option, ...]:
        return tuple(Option(code, label) for code, label in SPECIALITES.get(bac or "", {}).items())

    def libelle(self, identifiant: str, /) -> str:
        known = {
            **BACS,
            **{code: label for code, (label, _) in FORMATIONS.items()},
            **METIERS,
            **COMMUNES,
            **{code: label for group in SPECIALITES.values() for code, label in group.items()},
        }
        return known.get(identifiant, identifiant)

    def part_moyenne(self, bac: str | None, moyenne: float, /) -> int | None:
        return None if bac is None else min(99, max(0, round((moyenne - 9) * 14)))


@dataclass
class FakeEleve:
    id: int
    nom: str
    prenom: str
    classe: str
    naissance: str = "12/03/2009"
    niveau: str = "terminale"
    profil: ProfilRecord = field(default_factory=ProfilRecord)


def sample_eleves(count: int = 12) -> list[FakeEleve]:
    noms = ("BIDON", "FICTIF", "INVENTÉ", "LE TESTEUR", "ÉCHANTILLON", "MAQUETTE", "EXEMPLE", "ŒUVRE", "D’ESSAI")
    prenoms = ("Zoé", "Œdipe", "Éléonore", "Noël", "Maëlle", "Ibrahim", "Łukasz", "Anaïs")
    eleves: list[FakeEleve] = []
    for number in range(count):
        profil = ProfilRecord(
            situation="quelques_pistes",
            bac="Générale",
            specialites=("mat700", "mat701"),
            moyenne=9.5 + number % 9,
            domaines=("dom32",) if number % 3 else (),
            interets=("ci29",) if number % 2 else (),
            metiers=("MET.1",) if number % 2 else (),
            communes=("69123",),
            favoris=tuple(
                FavoriRecord(f, niveau_ambition=1 + number % 3, voeux=voeux_of(f)[: number % 4])
                for f in list(FORMATIONS)[: number % 4]
            ),
        )
        if number % 5 == 4:
            profil = ProfilRecord()
        eleves.append(
            FakeEleve(
                number + 1,
                noms[number % len(noms)],
                prenoms[number % len(prenoms)],
                f"TG{1 + number % 2}",
                profil=profil,
            )
        )
    return eleves


def only_files(sources: tuple[Source, ...]) -> tuple[Path, ...]:
    """The files among what was given; the fake reads no pasted text."""
    return tuple(source for source in sources if isinstance(source, Path))


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


def sample_calendriers() -> dict[int, CalendrierVue]:
    niveaux = (("seconde", "seconde"), ("premiere", "première"), ("terminale", "terminale"))
    return {
        year: CalendrierVue(
            year,
            (2026, 2027),
            year == 2026,
            "source d’essai" if year == 2026 else "",
            (
                EtapeCalendrier("voeux", "Formulation des vœux", date(2026, 1, 19) if year == 2026 else None, None),
                EtapeCalendrier("confirmation", "Confirmation des vœux", None, None),
            ),
            tuple((n, name, date(2026, 2, 28) if (year, n) == (2026, "terminale") else None) for n, name in niveaux),
            personnel=False,
        )
        for year in (2026, 2027)
    }


class FakeSession:
    """Keeps everything in memory; ``broken`` makes the next call of that name raise."""

    def __init__(self, nom: str = "Terminales d’essai", eleves: list[FakeEleve] | None = None) -> None:
        self.nom = nom
        self.chemin = Path("/dossiers/essai")
        self.fictif = False
        self.options = FakeOptions()
        self.eleves = {eleve.id: eleve for eleve in (sample_eleves() if eleves is None else eleves)}
        self.closed = False
        self.sauvegardes = 0
        self.garde = EtatGarde("Sauvegarde à 08:00")
        self.mots_de_passe: list[str] = []
        self.cle_secours = ""
        self.imprimees: list[tuple[str, Path]] = []
        self.broken: dict[str, Exception] = {}
        self.searched: list[tuple[str, int]] = []
        self.exported: list[tuple[tuple[int, ...] | None, str | None, Path]] = []
        self.saves = 0
        self.fiches_lues: list[tuple[str, str, int | None]] = []
        self.donnees = FakeDonnees()
        self.fiches = FakeFiches()
        self.avertissement = ""
        self.sessions = ""
        self.renewed = 0
        self.suivis: list[tuple[str | None, Path]] = []
        self.calendriers = sample_calendriers()
        self.shipped = dict(self.calendriers)

    def etat_disque(self) -> EtatDisque:
        return EtatDisque(self.chemin, "1,2 Mo", self.fictif)

    def renew(self) -> FakeSession:
        self.renewed += 1
        self._check("renew")
        self.sessions = "Parcoursup 2026"
        return self

    def list_eleves(self, classe: str | None, /) -> ClasseVue:
        self._check("list_eleves")
        chosen = [e for e in self.eleves.values() if classe in (None, e.classe)]
        lignes = tuple(map(self._ligne, sorted(chosen, key=lambda e: (sort_key(e.nom), sort_key(e.prenom)))))
        return ClasseVue(
            classe or "",
            tuple(sorted({e.classe for e in self.eleves.values()})),
            lignes,
            nb_jalon_atteint=sum(ligne.jalon.atteint for ligne in lignes),
            nb_sans_voeu=sum(not ligne.nb_voeux for ligne in lignes),
            nb_sans_securisant=sum(bool(ligne.nb_voeux) and not ligne.nb_securisant for ligne in lignes),
            nb_profil_vide=sum(ligne.completude <= 20 for ligne in lignes),
        )

    def load_eleve(self, eleve_id: int, /) -> EleveVue:
        self._check("load_eleve")
        e = self._eleve(eleve_id)
        missing = self._missing(e.profil)
        return EleveVue(
            e.id, e.nom, e.prenom, e.classe, e.niveau, e.naissance, e.profil, self._completeness(e.profil), missing
        )

    def save_profil(self, eleve_id: int, profil: ProfilRecord, /) -> ProfilRecord:
        self._check("save_profil")
        eleve = self._eleve(eleve_id)
        previous, eleve.profil = eleve.profil, profil
        self.saves += 1
        return previous

    def compute_suggestions(self, eleve_id: int, limite: int = 30, /) -> SuggestionsVue:
        self._check("compute_suggestions")
        profil = self._eleve(eleve_id).profil
        if not (profil.domaines or profil.interets or profil.metiers):
            return SuggestionsVue(eleve_id, (), "Ajoutez au moins un domaine, un centre d’intérêt ou un métier.")
        kept = {favori.formation_id for favori in profil.favoris}
        rest = [f for f in FORMATIONS if f not in profil.corbeille]
        return SuggestionsVue(
            eleve_id,
            tuple(
                SuggestionLigne(
                    code,
                    FORMATIONS[code][0],
                    FORMATIONS[code][1],
                    rang,
                    1.0 - 0.11 * (rang - 1),
                    (
                        "Elle mène à un domaine choisi, informatique et réseaux.",
                        f"40{NNBSP}% des admis de bac général avaient entre 13 et 15 de moyenne.",
                        "Elle existe à Lyon, une ville souhaitée.",
                    ),
                    (f"Lyon (3{NNBSP}km)", f"Bourg-en-Bresse (58{NNBSP}km)"),
                    ("architecte réseaux", "développeuse"),
                    "favori" if code in kept else "",
                )
                for rang, code in enumerate(rest[:limite], start=1)
            ),
        )

    def explain_suggestion(self, eleve_id: int, formation_id: str, /) -> PourquoiVue:
        self._check("explain_suggestion")
        lignes = {ligne.formation_id: ligne for ligne in self.compute_suggestions(eleve_id).lignes}
        rang = lignes[formation_id].rang if formation_id in lignes else None
        return PourquoiVue(
            eleve_id,
            formation_id,
            self.options.libelle(formation_id),
            rang,
            f"{rang}e de {plural(len(lignes), 'formation proposée', 'formations proposées')}.",
            (
                RaisonPesee("tags", "Relève d’un domaine choisi, informatique", favorable=True, part=0.6),
                RaisonPesee("geo", f"Loin de Lyon, 180{NNBSP}km", favorable=False, part=0.4, note="publié, 2025"),
            ),
            ("Informatique → BUT Informatique",),
            (f"Avec Grenoble parmi les villes souhaitées{NNBSP}: 1re au lieu de {rang}e",),
        )

    def compare_hypothese(self, eleve_id: int, hypothese: ProfilRecord, /) -> EtSiVue:
        self._check("compare_hypothese")
        if hypothese == self._eleve(eleve_id).profil:
            return EtSiVue(eleve_id, "Rien ne bouge parmi les 30 premières suggestions.", (), (), (), ())
        moves = tuple(
            MouvementLigne(code, FORMATIONS[code][0], avant, apres, f"{avant}e → {apres}e")
            for code, avant, apres in (("fl1", 34, 2), ("fl2", 5, 3), ("fl3", 2, 9), ("fl4", 8, 41))
        )
        return EtSiVue(eleve_id, "1 nouvelle, 2 déplacées.", *((move,) for move in moves))

    def list_specialites_simulees(self) -> tuple[Option, ...]:
        self._check("list_specialites_simulees")
        return tuple(Option(label, label, detail=code) for code, label in SPECIALITES["Générale"].items())

    def simulate_specialites(self, noms: tuple[str, ...], /) -> SimulationVue:
        self._check("simulate_specialites")
        if len(noms) < 2:
            return SimulationVue("", "", (), "Choisissez deux ou trois spécialités.")
        lignes = tuple(
            AccesLigne(
                famille, acces, "", 120, 0.7, 0.5, f"proposition pour 70{NNBSP}% des candidats", f"{famille}, 70.",
                ("Licence Droit",),
            )
            for famille, acces in (("Licence Informatique", "plus"), ("Licence Droit", "autant"), ("DEUST", "inconnu"))
        )  # fmt: skip
        return SimulationVue(" et ".join(noms), "1000 bacheliers.", lignes)

    def load_equilibre(self, eleve_id: int, /) -> EquilibreVue:
        self._check("load_equilibre")
        e = self._eleve(eleve_id)
        favoris = tuple(
            FavoriLigne(
                favori.formation_id,
                self.options.libelle(favori.formation_id),
                {1: "B", 2: "A", 3: "A+"}.get(favori.niveau_ambition, ""),
                favori.note,
                tuple(self._voeu(favori, voeu) for voeu in favori.voeux),
                favori.attendus_lus,
            )
            for favori in e.profil.favoris
        )
        counts = self._counts(e.profil)
        gaps = {key: max(0, 1 - counts[key]) for key in ("A+", "A", "B")}
        return EquilibreVue(
            eleve_id,
            favoris,
            counts,
            gaps,
            self._jalon(e.profil),
            self._constats(e.profil),
            ("Parcoursup, session 2025",),
            chance="entre 6 et 8 chances sur 10" if e.profil.favoris else "",
            chance_note="Calcul prudent sur les vœux estimés.",
            compteurs=(CompteurLigne("Vœux", sum(counts.values()), 10, "limite de la session 2026"),),
            propositions=self._propositions(e.profil),
            refus=("Vœu A+ pour la formation d’essai : aucun vœu estimé ne convient.",) if e.profil.favoris else (),
        )

    def _propositions(self, profil: ProfilRecord) -> tuple[PropositionLigne, ...]:
        """The first vœu that each favourite has not, then a formation that is not kept."""
        kept = {favori.formation_id for favori in profil.favoris}
        found: list[PropositionLigne] = []
        for code in (*sorted(kept), *[f for f in FORMATIONS if f not in kept][:1]):
            chosen = {v for f in profil.favoris if f.formation_id == code for v in f.voeux}
            rest = [voeu for voeu in voeux_of(code) if voeu not in chosen]
            if rest and profil.favoris:
                ligne = self._voeu(FavoriRecord(code), rest[0])
                solved = (f"Règle{NNBSP}: aucun vœu sécurisant (B)",)
                found.append(
                    PropositionLigne(
                        code, self.options.libelle(code), ligne, code not in kept, solved, "près des villes"
                    )
                )
        return tuple(found)

    def export_suivi(self, classe: str | None, target: Path, /) -> Path:
        self._check("export_suivi")
        self.suivis.append((classe, target))
        return target

    def load_calendrier(self, session: int | None = None, /) -> CalendrierVue:
        return self.calendriers[session or 2027]

    def save_calendrier(self, vue: CalendrierVue, /) -> object:
        self._check("save_calendrier")
        previous, self.calendriers[vue.session] = self.calendriers[vue.session], replace(vue, personnel=True)
        return previous

    def put_back_calendrier(self, session: int, ticket: object, /) -> None:
        self.calendriers[session] = ticket if isinstance(ticket, CalendrierVue) else self.shipped[session]

    def list_voeux_possibles(self, eleve_id: int, formation_id: str, rayon_km: int | None, /) -> tuple[VoeuLigne, ...]:
        self._check("list_voeux_possibles")
        chosen = {v for f in self._eleve(eleve_id).profil.favoris for v in f.voeux}
        favori = FavoriRecord(formation_id)
        lignes = [self._voeu(favori, voeu) for voeu in voeux_of(formation_id) if voeu not in chosen]
        return tuple(li for li in lignes if rayon_km is None or (li.distance_km or 0) <= rayon_km)

    def load_fiche(self, genre: str, code: str, eleve_id: int | None = None, /) -> FicheVue:
        self._check("load_fiche")
        self.fiches_lues.append((genre, code, eleve_id))
        if genre not in ("formation", "metier", "domaine", "page", "etablissement"):
            raise EnvironmentFault("Cette fiche n’existe plus dans le catalogue.", "Choisissez-en une autre.")
        return fiche_of(genre, code, self.options.libelle(code))

    def sommaire_fiches(self) -> tuple[Cible, ...]:
        self._check("sommaire_fiches")
        page = Cible("page", "parcoursup", "Comment Parcoursup lit un dossier", "À lire avant l’entretien")
        return (page, *(Cible("domaine", code, label, group) for code, (label, group) in DOMAINES.items()))

    def preview_import(
        self, paths: tuple[Source, ...], classe: str, progress: Progress, memes: Lignes = frozenset(), /
    ) -> ApercuImport:
        self._check("preview_import")
        files = only_files(paths)
        progress.step("Lecture", 0, len(paths))
        rows = self._read(files)
        known = {(e.nom, e.prenom) for e in self.eleves.values()}
        lignes: list[LigneApercu] = []
        for number, (nom, prenom, its_classe) in rows:
            if not nom:
                lignes.append(
                    LigneApercu(files[0].name, number, "rejete", prenom, "", "", "", "", "La ligne n’a pas de nom.")
                )
                continue
            etat = "inchange" if (nom, prenom) in known else "nouveau"
            where = its_classe or classe
            lignes.append(
                LigneApercu(files[0].name, number, etat, nom, prenom, where, "Bac général", "Mathématiques", "")
            )
        counts = {etat: sum(li.etat == etat for li in lignes) for etat in ("nouveau", "modifie", "inchange", "rejete")}
        return ApercuImport(
            tuple(path.name for path in files),
            tuple(f"{path.name}{NNBSP}: PRONOTE, utf-8, en-tête ligne 1." for path in files),
            tuple(lignes),
            ("Adresse", "Responsable 1"),
            counts["nouveau"],
            counts["modifie"],
            counts["inchange"],
            counts["rejete"],
            classe_demandee=not classe and any(not its for _, (nom, _, its) in rows if nom),
        )

    def read_voeux(self, source: Source, progress: Progress, /) -> tuple[VoeuApercu, ...]:
        self._check("read_voeux")
        return ()

    def choose_voeux(self, choices: Mapping[str, str], /) -> None:
        self._check("choose_voeux")

    def add_voeux(self, profil: ProfilRecord, cles: tuple[str, ...], /) -> ProfilRecord:
        self._check("add_voeux")
        return profil

    def inspect_columns(self, source: Source, progress: Progress, /) -> Inspection | None:
        self._check("inspect_columns")
        return None

    def remember_columns(self, chosen: Correspondance, /) -> None:
        self._check("remember_columns")

    def import_roster(
        self, paths: tuple[Source, ...], classe: str, progress: Progress, memes: Lignes = frozenset(), /
    ) -> ResultatImport:
        self._check("import_roster")
        known = {(e.nom, e.prenom) for e in self.eleves.values()}
        added: list[int] = []
        rows = [row for row in self._read(only_files(paths)) if row[1][0]]
        for done, (_, (nom, prenom, its_classe)) in enumerate(rows):
            progress.step("Enregistrement des élèves", done, len(rows))
            if (nom, prenom) not in known:
                new = FakeEleve(max(self.eleves, default=0) + 1, nom, prenom, its_classe or classe)
                self.eleves[new.id] = new
                added.append(new.id)
        return ResultatImport(len(added), 0, len(rows) - len(added), 0, tuple(added), tuple(added))

    def formation_of(self, voeu_id: str, /) -> str:
        self._check("formation_of")
        return "fl5"

    def undo_import(self, resultat: ResultatImport, /) -> None:
        self._check("undo_import")
        for eleve_id in resultat.eleve_ids:
            del self.eleves[eleve_id]

    def search(self, texte: str, genres: tuple[str, ...], limite: int = 20, eleve_id: int = 0, /) -> tuple[Option, ...]:
        self._check("search")
        self.searched.append((texte, eleve_id))
        things = {
            "formation": {code: label for code, (label, _) in FORMATIONS.items()},
            "metier": METIERS,
            "commune": COMMUNES,
            "etablissement": ETABLISSEMENTS,
            "lycee": {},
            "voeu": VOEUX_TROUVES,
        }
        words = fold(texte).split()
        return tuple(
            Option(code, label, genre)
            for genre in genres
            for code, label in things[genre].items()
            if all(word in fold(label) for word in words)
        )[:limite]

    def export_report(
        self, eleve_ids: tuple[int, ...] | None, classe: str | None, target: Path, progress: Progress, /
    ) -> Path:
        self._check("export_report")
        for page in range(3):
            progress.step("Mise en page", page, 3)
        target.write_bytes(b"%PDF-1.4 fictif")
        self.exported.append((eleve_ids, classe, target))
        return target

    def sauvegarde_du_jour(self, progress: Progress, /) -> EtatGarde:
        progress.step("Sauvegarde")
        self.sauvegardes += 1
        return self.garde

    def sauvegarder(self, progress: Progress, /) -> EtatGarde:
        return self.sauvegarde_du_jour(progress)

    def etat_garde(self) -> EtatGarde:
        return self.garde

    def changer_mot_de_passe(self, actuel: str, nouveau: str, /) -> None:
        if actuel != FakeAccueil.PASSWORD:
            raise EnvironmentFault("Ce mot de passe n’ouvre pas le dossier.")
        self.mots_de_passe.append(nouveau)

    def nouvelle_cle_secours(self, secret: str, /) -> str:
        return "K3QF-8XW2-0000-1111-2222-3333-4444"

    def prendre_cle_secours(self) -> str:
        cle, self.cle_secours = self.cle_secours, ""
        return cle

    def imprimer_cle(self, cle: str, target: Path, /) -> None:
        self.imprimees.append((cle, target))

    def close(self) -> None:
        self.closed = True

    def _check(self, name: str) -> None:
        if name in self.broken:
            raise self.broken.pop(name)

    def _eleve(self, eleve_id: int) -> FakeEleve:
        if eleve_id not in self.eleves:
            raise EnvironmentFault("Cet élève n’est plus dans le dossier.", "Revenez à la classe.")
        return self.eleves[eleve_id]

    def _read(self, paths: tuple[Path, ...]) -> list[tuple[int, tuple[str, str, str]]]:
        rows: list[tuple[int, tuple[str, str, str]]] = []
        for path in paths:
            if not path.exists():
                raise EnvironmentFault(f"Le fichier « {path.name} » est introuvable.", "Choisissez-en un autre.")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], start=2):
                nom, prenom, classe = (*line.split(";"), "", "")[:3]
                rows.append((number, (nom, prenom, classe)))
        return rows

    def _counts(self, profil: ProfilRecord) -> dict[str, int]:
        classes = [self._voeu(f, v).classe for f in profil.favoris for v in f.voeux]
        return {key: classes.count(key) for key in CLASSES_VOEUX}

    def _voeu(self, favori: FavoriRecord, voeu: str) -> VoeuLigne:
        rank = int(voeu[-1])
        estimee = CLASSES_VOEUX[rank]
        stated = favori.classes_enseignant.get(voeu, "")
        return VoeuLigne(
            voeu,
            favori.formation_id,
            self.options.libelle(favori.formation_id),
            f"Lycée fictif {LIEUX[rank]}",
            LIEUX[rank],
            5 + 30 * rank,
            stated or estimee,
            estimee,
            "",
            stated,
            ESTIMATIONS[estimee],
            (f"taux d’accès 2024{NNBSP}: 38{NNBSP}%",),
            ("120 candidats de bac général, 46 propositions (2023).",),
        )

    def _jalon(self, profil: ProfilRecord) -> JalonLigne:
        done = sum(len(favori.voeux) >= 3 for favori in profil.favoris)
        expected = max(1, len(profil.favoris))
        reached = bool(profil.favoris) and done == expected
        missing = () if reached else ("Au moins trois vœux par formation, répartis entre A+, A et B.",)
        return JalonLigne("Trois vœux par formation avant fin février.", reached, done, expected, missing)

    def _constats(self, profil: ProfilRecord) -> tuple[ConstatLigne, ...]:
        counts = self._counts(profil)
        if sum(counts.values()) and not counts["B"]:
            return (ConstatLigne("AUCUN_B", 3, "Aucun vœu sécurisant dans la liste.", "Ajoutez au moins un vœu B."),)
        return ()

    def _missing(self, profil: ProfilRecord) -> tuple[tuple[str, str], ...]:
        fields = {
            "Baccalauréat": profil.bac,
            "Moyenne générale": profil.moyenne,
            "Domaines professionnels": profil.domaines,
            "Centres d’intérêt": profil.interets,
            "Formations retenues": profil.favoris,
        }
        return tuple((label, "utile aux suggestions") for label, value in fields.items() if value in (None, ()))

    def _completeness(self, profil: ProfilRecord) -> int:
        return 100 - 20 * len(self._missing(profil))

    def _ligne(self, e: FakeEleve) -> EleveLigne:
        counts = self._counts(e.profil)
        bac = self.options.libelle(e.profil.bac) if e.profil.bac else ""
        specialites = ", ".join(map(self.options.libelle, e.profil.specialites))
        return EleveLigne(
            e.id, e.nom, e.prenom, e.classe, e.niveau, bac, specialites, "", self._completeness(e.profil),
            len(e.profil.favoris), len(e.profil.metiers), counts["A+"], counts["A"], counts["B"], counts["?"],
            self._jalon(e.profil), self._constats(e.profil), fold(f"{e.nom} {e.prenom} {e.classe} {bac}"),
            ecart_declare=2 if any(f.niveau_ambition == 1 for f in e.profil.favoris) else 0,
        )  # fmt: skip


class FakeAccueil:
    """Opens fake sessions; the only password that works is ``ouvre-toi bien fort``."""

    PASSWORD = "ouvre-toi bien fort"

    def __init__(self, session: FakeSession | None = None, recents: tuple[DossierRecent, ...] = ()) -> None:
        self.session = session or FakeSession()
        self._recents = recents
        self.created: list[tuple[Path, str]] = []
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
        if mot_de_passe != self.PASSWORD:
            raise EnvironmentFault("Mot de passe incorrect, ou fichier endommagé.", "Essayez de nouveau.")
        self.session.closed = False
        return self.session

    def sauvegardes(self, dossier: Path, /) -> tuple[SauvegardeListee, ...]:
        quand = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
        return (SauvegardeListee(1, quand, "à la fermeture", 2, 35, 1, dossier / "sauvegardes" / "une"),)

    def restaurer(self, dossier: Path, numero: int, secret: str, progress: Progress, /) -> Path | None:
        if secret != self.PASSWORD:
            raise EnvironmentFault("Ce mot de passe n’ouvre pas le dossier.")
        self.restaures.append((dossier, numero))
        return None

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

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return self.opens


def password_opinion(text: str) -> tuple[int, str]:
    level = min(4, len(text) // 4) if len(text) >= 8 else 0
    return level, f"{plural(len(text), 'signe')}."


def no_report(_exc: BaseException) -> Path | None:
    return Path("/journaux/incident.txt")

"""A dossier that behaves without any database: real views, real records, invented people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NNBSP, fold, plural, sort_key
from mps_desktop.importers.lot import Source
from mps_desktop.services.correspondances import Correspondance, Inspection
from mps_desktop.services.etat_dossier import EtatDisque
from mps_desktop.services.fiche_vue import Cible, FicheVue
from mps_desktop.services.garde import EtatGarde
from mps_desktop.services.views import (
    ApercuImport,
    CalendrierVue,
    ClasseVue,
    EleveVue,
    FavoriRecord,
    LigneApercu,
    Option,
    ProfilRecord,
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
from tests.ui.fausse_lecture import FakeReading
from tests.ui.fausses_identites import FakeIdentites
from tests.ui.faux_coffre import FakeCoffre
from tests.ui.faux_donnees import FakeDonnees, FakeFiches
from tests.ui.faux_entretiens import FakeEntretiens
from tests.ui.faux_psyen import FakePsyen
from tests.ui.monde import (
    COMMUNES,
    DOMAINES,
    ETABLISSEMENTS,
    FORMATIONS,
    METIERS,
    PASSWORD,
    SPECIALITES,
    VOEUX_TROUVES,
    FakeEleve,
    FakeOptions,
    fiche_of,
    only_files,
    sample_calendriers,
    sample_eleves,
    voeux_of,
)


class FakeSession(FakeReading):
    """Keeps everything in memory; ``broken`` makes the next call of that name raise."""

    def __init__(self, nom: str = "Terminales d’essai", eleves: list[FakeEleve] | None = None) -> None:
        self.nom = nom
        self.chemin = Path("/dossiers/essai")
        self.fictif = False
        self.options = FakeOptions()
        self.partis: dict[int, FakeEleve] = {}
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
        self.psyen = FakePsyen()
        self.entretiens = FakeEntretiens()
        self.coffre = FakeCoffre()
        self.identites = FakeIdentites(self.eleves)
        self.remis: list[tuple[int, Path, bool]] = []
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
                RaisonPesee("tags", "Relève d’un domaine choisi, informatique", favorable=True, part=0.6, pourcent=60),
                RaisonPesee(
                    "geo", f"Loin de Lyon, 180{NNBSP}km", favorable=False, part=0.4, note="publié, 2025", pourcent=40
                ),
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
            self.partis[eleve_id] = self.eleves.pop(eleve_id)

    def redo_import(self, resultat: ResultatImport, /) -> None:
        self._check("redo_import")
        for eleve_id in resultat.eleve_ids:
            self.eleves[eleve_id] = self.partis.pop(eleve_id)

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

    def exporter_eleve(self, eleve_id: int, folder: Path, joindre_notes_psyen: bool, /) -> Path:
        self.remis.append((eleve_id, folder, joindre_notes_psyen))
        return folder / "donnees.pdf"

    def changer_mot_de_passe(self, actuel: str, nouveau: str, /) -> None:
        if actuel != PASSWORD:
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
        self.psyen.fermer()
        self.closed = True

"""Invented people, formations, places and fiches that the screens of the tests show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mps_desktop.core.text import NNBSP
from mps_desktop.importers.lot import Source
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
from mps_desktop.services.views import CalendrierVue, EtapeCalendrier, FavoriRecord, Option, ProfilRecord

PASSWORD = "ouvre-toi bien fort"
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

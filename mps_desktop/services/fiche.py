"""Fiches of formations, métiers, établissements, domaines, and our page on Parcoursup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mps_desktop.catalogue.fiches import chiffres
from mps_desktop.catalogue.fiches.magasin import Magasin
from mps_desktop.catalogue.fiches.records import FicheOfficielle
from mps_desktop.catalogue.fiches.textes import NosTextes
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import Formation
from mps_desktop.core.dates import long_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NBSP, NNBSP, plural, sort_key
from mps_desktop.services.diagnostic import Diagnostiqueur
from mps_desktop.services.fiche_formation import FormationWriter, etablissements, missing, official_parts
from mps_desktop.services.fiche_vue import (
    AdressesVue,
    Cible,
    CiblesVue,
    FicheVue,
    OngletVue,
    PartieVue,
    TableauVue,
    TexteVue,
)
from mps_desktop.services.fiches_officielles import FichesOfficielles
from mps_desktop.services.socle import Socle
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import EleveRecord
from mps_desktop.storage.repositories.eleves import EleveRepository

GENRES = ("formation", "metier", "etablissement", "domaine", "page")
PAGE_PARCOURSUP = "parcoursup"
_NB_ETABLISSEMENTS = 60
_NB_FORMATIONS = 80
_SECTIONS_METIER = (
    ("Le métier", (("accroche", "En une phrase"), ("nature", "Le travail"), ("conditions", "Les conditions"))),
    ("Compétences", (("competences", "Qualités et compétences"),)),
    ("Salaire et emploi", (("salaire", "Salaire du débutant"), ("insertion", "Vie professionnelle"))),
)


@dataclass(frozen=True, slots=True)
class SocleFiches:
    """What fiches are written from, beside the catalogue: our words and the official texts."""

    textes: NosTextes
    magasin: Magasin
    officielles: FichesOfficielles

    def on(self, catalogue: Catalogue) -> SocleFiches:
        """The same texts, told of another catalogue."""
        return replace(self, officielles=self.officielles.on(catalogue))


class LoadFiche:
    """Writes any fiche.

    Args:
        socle: catalogue, our words, official fiches.
        database: the open dossier, for what concerns a student.
    """

    def __init__(self, socle: Socle, database: Database) -> None:
        self._socle = socle
        self._database = database

    def __call__(self, genre: str, code: str, eleve_id: int | None = None) -> FicheVue:
        """One fiche.

        Args:
            genre: one of ``GENRES``.
            eleve_id: student whose towns, average and classes are told, None = nobody.

        Raises:
            EnvironmentFault: nothing has that id, or the student is no longer in the dossier.
        """
        eleve = None
        if eleve_id is not None:
            with self._database.read() as session:
                eleve = EleveRepository(session).get(eleve_id)
        return write_fiche(self._socle, genre, code, eleve)


def write_fiche(socle: Socle, genre: str, code: str, eleve: EleveRecord | None = None) -> FicheVue:
    """One fiche, without any dossier when ``eleve`` is None (see ``LoadFiche``)."""
    match genre:
        case "formation":
            formation = socle.catalogue.formation(code)
            if formation is not None:
                return _formation(socle, formation, eleve)
        case "metier":
            if socle.catalogue.metier(code) is not None:
                return _metier(socle, code)
        case "etablissement":
            rows = chiffres.voeux_at(socle.catalogue, code)
            if rows:
                return _etablissement(socle.catalogue, code, rows)
        case "domaine":
            if any(one.id == code for one in socle.catalogue.domaines()):
                return _domaine(socle, code)
        case _:
            if code == PAGE_PARCOURSUP:
                return _page(socle.fiches.textes)
    raise EnvironmentFault("Cette fiche n’existe plus dans le catalogue.", "Choisissez-en une autre.")


def sommaire(socle: Socle) -> tuple[Cible, ...]:
    """What can be read before any search: the page on Parcoursup, then the domaines."""
    domaines = [Cible("domaine", one.id, one.libelle, one.categorie) for one in socle.catalogue.domaines()]
    return (Cible("page", PAGE_PARCOURSUP, "Comment Parcoursup lit un dossier", "À lire avant l’entretien"), *domaines)


def _formation(socle: Socle, formation: Formation, eleve: EleveRecord | None) -> FicheVue:
    catalogue, fiches = socle.catalogue, socle.fiches
    officielle, installees = _official(fiches, lambda: fiches.officielles.correspondances.ids(formation))
    communes = catalogue.communes(eleve.profil.communes) if eleve is not None else ()
    points = tuple((c.lat, c.lng) for c in communes if c.lat is not None and c.lng is not None)
    ordered = [(voeu.id, km) for voeu, km in catalogue.voeux_near(formation.id, points)] if points else []
    placed = {voeu_id for voeu_id, _ in ordered}
    others = sorted(
        (voeu for voeu in catalogue.voeux_of_formation(formation.id) if voeu.id not in placed),
        key=lambda voeu: (sort_key(voeu.commune), sort_key(voeu.etablissement), voeu.id),
    )
    total = len(ordered) + len(others)
    shown = ([(i, f"{round(km)}{NBSP}km") for i, km in ordered] + [(voeu.id, "–") for voeu in others])[
        :_NB_ETABLISSEMENTS
    ]
    ids = [voeu_id for voeu_id, _ in shown]
    classes: tuple[str, ...] = ()
    if eleve is not None:
        diagnostiqueur = Diagnostiqueur(socle)
        classes = tuple(diagnostiqueur.voeu(eleve, voeu_id, None).classe for voeu_id in ids)
    onglet = etablissements(
        formation.libelle,
        chiffres.voeux_of(catalogue, ids),
        chiffres.last_session(catalogue),
        total,
        tuple(km for _, km in shown) if points else (),
        classes,
    )
    moyenne = eleve.profil.moyenne if eleve is not None else None
    return FormationWriter(catalogue, fiches.textes, installees).write(formation, officielle, onglet, moyenne)


def _metier(socle: Socle, code: str) -> FicheVue:
    catalogue, fiches = socle.catalogue, socle.fiches
    metier = catalogue.metiers((code,))[0]
    officielle, installees = _official(fiches, lambda: (code,))
    onglets: list[OngletVue] = []
    for titre, sections in _SECTIONS_METIER:
        parts: list[PartieVue] = []
        for section, heading in sections:
            parts += official_parts(officielle, section, heading)
        if titre == "Le métier":
            if not parts:
                parts.append(missing("La description officielle de ce métier n’est pas sur ce poste.", installees))
            if officielle.liens:
                links = tuple((link.nom, link.url) for link in officielle.liens)
                parts.append(AdressesVue("Pour aller plus loin", links))
        onglets.append(OngletVue(titre, tuple(parts)))
    rows = catalogue.rows("SELECT formation_id FROM formations_metiers WHERE metier_id = ?", (code,))
    formations = sorted(catalogue.formations(row[0] for row in rows), key=lambda one: sort_key(one.libelle))
    access: list[PartieVue] = [
        *official_parts(officielle, "niveau", "Niveau d’accès"),
        *official_parts(officielle, "acces", "Accès au métier"),
        _formations(formations, "Formations qui y mènent"),
    ]
    onglets.insert(1, OngletVue("Y accéder", tuple(access)))
    detail = f"Code ROME {metier.code_rome}" if metier.code_rome else ""
    return FicheVue("metier", code, "Métier", metier.libelle, detail, _filled(onglets))


def _etablissement(catalogue: Catalogue, uai: str, rows: tuple[chiffres.VoeuChiffre, ...]) -> FicheVue:
    first = rows[0]
    onglet = TableauVue(
        plural(len(rows), "vœu possible", "vœux possibles"),
        ("Formation", "Places", "Taux d’accès"),
        tuple(
            (
                row.libelle + (" (apprentissage)" if row.apprentissage else ""),
                "–" if row.capacite is None else str(row.capacite),
                "non publié" if row.taux is None else f"{round(row.taux)}{NNBSP}% ({row.session_taux})",
            )
            for row in rows
        ),
        "Parcoursup (ministère de l’enseignement supérieur). Taux d’accès avec sa session.",
    )
    ids = dict.fromkeys(row.formation_id for row in rows if row.formation_id)
    formations = _formations(catalogue.formations(ids), "Fiches de ces formations")
    detail = " · ".join(part for part in (first.commune, first.statut, f"UAI {uai}") if part)
    onglets = (OngletVue("Ses formations", (onglet,)), OngletVue("Fiches", (formations,)))
    return FicheVue("etablissement", uai, "Établissement", first.etablissement, detail, onglets)


def _domaine(socle: Socle, code: str) -> FicheVue:
    catalogue, textes = socle.catalogue, socle.fiches.textes
    element = next(one for one in catalogue.domaines() if one.id == code)
    formations = [one for one in catalogue.formations() if code in one.domaines]
    formations.sort(key=lambda one: (-one.nb_voeux, sort_key(one.libelle)))
    metiers = chiffres.metiers_of_domaine(catalogue, code)
    links = tuple(Cible("metier", one, catalogue.libelle(one)) for one in metiers)
    onglets = (
        OngletVue(
            "Le domaine",
            (
                TexteVue("paragraphe", textes.domaine(code)),
                TexteVue("note", f"L’équipe de MPS Bureau, {long_date(textes.jour)}."),
            ),
        ),
        OngletVue("Formations", (_formations(formations, plural(len(formations), "formation")),)),
        OngletVue("Métiers", (CiblesVue(plural(len(links), "métier"), links),) if links else ()),
    )
    return FicheVue("domaine", code, "Domaine", element.libelle, element.categorie, _filled(onglets))


def _page(textes: NosTextes) -> FicheVue:
    parts = tuple(TexteVue(bloc.genre, bloc.texte) for bloc in textes.parcoursup)
    signed = (*parts[1:], TexteVue("note", parts[0].texte)) if parts else ()
    return FicheVue(
        "page", PAGE_PARCOURSUP, "Repère", "Comment Parcoursup lit un dossier", "", (OngletVue("À lire", signed),)
    )


def _formations(formations: tuple[Formation, ...] | list[Formation], titre: str) -> CiblesVue:
    links = tuple(Cible("formation", one.id, one.libelle) for one in formations[:_NB_FORMATIONS])
    left = len(formations) - len(links)
    note = "" if formations else "Aucune n’est reliée dans les données ouvertes."
    return CiblesVue(titre, links, f"Et {plural(left, 'autre')}, à trouver par la recherche." if left > 0 else note)


def _official(fiches: SocleFiches, ids: Callable[[], tuple[str, ...]]) -> tuple[FicheOfficielle, bool]:
    """Official texts, and whether some are installed. A damaged store is as good as none: our words remain."""
    try:
        return fiches.magasin.fiche(ids()), fiches.magasin.installed
    except EnvironmentFault:
        return FicheOfficielle(), False


def _filled(onglets: list[OngletVue] | tuple[OngletVue, ...]) -> tuple[OngletVue, ...]:
    return tuple(onglet for onglet in onglets if onglet.parties)

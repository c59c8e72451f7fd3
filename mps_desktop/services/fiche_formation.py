"""The fiche of a formation: our words, published figures, official texts when they are installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from mps_desktop.catalogue.fiches import chiffres
from mps_desktop.catalogue.fiches.records import FicheOfficielle
from mps_desktop.catalogue.fiches.textes import NosTextes
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import Formation
from mps_desktop.core.dates import long_date
from mps_desktop.core.text import NBSP, NNBSP, plural
from mps_desktop.services.durees import describe_duree
from mps_desktop.services.fiche_vue import (
    AdressesVue,
    AppelVue,
    Cible,
    CiblesVue,
    FicheVue,
    OngletVue,
    PartieVue,
    PartsVue,
    TableauVue,
    TendanceVue,
    TexteVue,
)

ACTION_IMPORT = "Ajouter les fiches officielles"
_SOURCE = "Parcoursup (ministère de l’enseignement supérieur)"
_TYPES = ("Bac général", "Bac technologique", "Bac professionnel")
_MENTIONS = ("Sans mention", "Assez bien", "Bien", "Très bien", "Très bien, félicitations")
_SELECTION = {
    "selective": f"Formation sélective{NNBSP}: le dossier est examiné et peut être refusé.",
    "libre": f"Formation non sélective{NNBSP}: un bachelier peut être en attente, pas refusé.",
    "mixte": f"Le plus souvent non sélective{NNBSP}; certaines de ces formations le sont, chaque vœu le dit.",
}
_NB_SPECIALITES = 6
_GENRES = {"titre": "sous_titre"}


class FormationWriter:
    """Writes the fiche of one formation.

    Args:
        catalogue: facts.
        textes: our own words.
        installees: official fiches are on this machine, whatever they say.
    """

    def __init__(self, catalogue: Catalogue, textes: NosTextes, installees: bool) -> None:
        self._catalogue = catalogue
        self._installees = installees
        self._textes = textes

    def write(
        self,
        formation: Formation,
        officielle: FicheOfficielle,
        etablissements: OngletVue,
        moyenne: float | None,
    ) -> FicheVue:
        """The fiche.

        Args:
            officielle: official texts, empty when none is installed.
            etablissements: written by ``etablissements``, which alone may know a student.
            moyenne: general average of the student, out of 20.
        """
        detail = [describe_duree(formation), plural(formation.nb_voeux, "vœu possible", "vœux possibles")]
        if formation.capacite > 0:
            detail.append(f"{_count(formation.capacite)} places" if formation.capacite > 1 else f"1{NBSP}place")
        if formation.apprentissage:
            detail.append("existe en apprentissage")
        return FicheVue(
            "formation",
            formation.id,
            formation.type_libelle,
            formation.libelle,
            " · ".join(detail),
            (
                OngletVue("La formation", self._presentation(formation, officielle)),
                OngletVue("Admission", self._admission(formation, officielle, moyenne)),
                OngletVue("Attendus", self._attendus(officielle)),
                etablissements,
                OngletVue("Métiers", self._metiers(formation)),
            ),
        )

    def _presentation(self, formation: Formation, officielle: FicheOfficielle) -> tuple[PartieVue, ...]:
        parts: list[PartieVue] = []
        texte = self._textes.of_formation(formation.libelle)
        if texte is not None:
            parts.append(TexteVue("titre", texte.titre))
            parts.append(TexteVue("paragraphe", texte.texte))
            parts.append(TexteVue("note", f"{texte.auteur}, {long_date(texte.jour)}."))
        official = [
            *official_parts(officielle, "description", "Description"),
            *official_parts(officielle, "niveau", "En bref"),
            *official_parts(officielle, "poursuites", "Et après"),
        ]
        parts += official or [
            missing("Il n’y a pas de description officielle de cette formation sur ce poste.", self._installees)
        ]
        domaines = [
            Cible("domaine", one, self._catalogue.libelle(one), self._textes.domaine(one)) for one in formation.domaines
        ]
        if domaines:
            parts.append(CiblesVue("Domaines", tuple(domaines)))
        if officielle.liens:
            parts.append(AdressesVue("Pour aller plus loin", tuple((link.nom, link.url) for link in officielle.liens)))
        return tuple(parts)

    def _admission(
        self, formation: Formation, officielle: FicheOfficielle, moyenne: float | None
    ) -> tuple[PartieVue, ...]:
        parts: list[PartieVue] = []
        texte = self._textes.of_formation(formation.libelle)
        if texte is not None:
            parts.append(TexteVue("paragraphe", _SELECTION[texte.selection]))
        sessions = chiffres.sessions_of(self._catalogue, formation.id)
        parts += self._who(formation)
        parts += self._averages(formation, moyenne)
        parts += _history(sessions)
        if not sessions:
            parts.append(TexteVue("paragraphe", "Aucun chiffre d’admission n’est publié pour cette formation."))
        parts += official_parts(officielle, "acces", "Accès")
        parts.append(CiblesVue("", (Cible("page", "parcoursup", "Comment Parcoursup lit un dossier"),)))
        return tuple(parts)

    def _who(self, formation: Formation) -> list[PartieVue]:
        admis = chiffres.admis_of(self._catalogue, formation.id)
        if not admis:
            return []
        last = admis[-1]
        note = f"Néo-bacheliers admis, tous vœux réunis. {_SOURCE}, session {last.session}."
        parts: list[PartieVue] = []
        for titre, names, shares in (
            ("Qui est admis", _TYPES, last.types),
            ("Mentions au bac des admis", _MENTIONS, last.mentions),
        ):
            if shares:
                parts.append(PartsVue(titre, tuple(zip(names, shares, strict=True)), note))
        specialites = chiffres.specialites_of(self._catalogue, formation.id, _NB_SPECIALITES)
        if specialites:
            parts.append(
                PartsVue(
                    "Spécialités les plus suivies par les admis de bac général",
                    tuple((libelle, float(pct)) for libelle, pct in specialites),
                    chiffres.methode(self._catalogue, "stats_specialites"),
                )
            )
        return parts

    def _averages(self, formation: Formation, moyenne: float | None) -> list[PartieVue]:
        half = chiffres.middle_half(self._catalogue, formation.id)
        if half is None:
            return []
        low, high = half
        words = f"La moitié centrale des admis avait entre {_note(low)} et {_note(high)} de moyenne au bac."
        if moyenne is not None:
            where = "au-dessous" if moyenne < low else "au-dessus" if moyenne > high else "à l’intérieur"
            words += f" La moyenne de l’élève, {_note(moyenne)}, est {where} de cet intervalle."
        return [
            TexteVue("titre", "Moyenne des admis, estimée"),
            TexteVue("paragraphe", words),
            TexteVue("note", chiffres.methode(self._catalogue, "stats_percentiles")),
        ]

    def _attendus(self, officielle: FicheOfficielle) -> tuple[PartieVue, ...]:
        official = [
            *official_parts(officielle, "attendus", "Attendus nationaux"),
            *official_parts(officielle, "conseils", "Enseignements de spécialité conseillés"),
        ]
        if official:
            return tuple(official)
        return (
            TexteVue(
                "paragraphe",
                "Les attendus disent les connaissances et les qualités qu’une formation espère trouver dans un "
                "dossier. Ils sont publiés sur la page de chaque vœu de Parcoursup, avec le poids des critères.",
            ),
            missing("Les attendus officiels de cette formation ne sont pas sur ce poste.", self._installees),
        )

    def _metiers(self, formation: Formation) -> tuple[PartieVue, ...]:
        metiers = [Cible("metier", one.id, one.libelle) for one in self._catalogue.metiers(formation.metiers)]
        if not metiers:
            return (TexteVue("paragraphe", "Aucun métier n’est relié à cette formation dans les données ouvertes."),)
        note = "Exemples de métiers reliés à cette formation par l’Onisep et MonProjetSup ; d’autres sont possibles."
        return (CiblesVue(plural(len(metiers), "métier"), tuple(metiers), note.replace(" ;", f"{NNBSP};")),)


def etablissements(
    formation: str,
    rows: Sequence[chiffres.VoeuChiffre],
    last: int,
    total: int,
    distances: Sequence[str] = (),
    classes: Sequence[str] = (),
) -> OngletVue:
    """The tab of the vœux of a formation.

    Args:
        formation: its label.
        rows: vœux in the order shown.
        last: newest session of the catalogue, in which a vœu may be new.
        total: vœux in all, of which ``rows`` may be the first.
        distances: one per row when a student has towns, in words.
        classes: one per row when a student is open.
    """
    if not rows:
        return OngletVue("Établissements", (TexteVue("paragraphe", "Aucun établissement n’est connu."),))
    heads = ["Établissement", "Ville"]
    if distances:
        heads.append("Distance")
    heads += ["Places", "Taux d’accès"]
    if classes:
        heads.append("Estimation")
    names = Counter(row.etablissement for row in rows)
    lignes: list[tuple[str, ...]] = []
    for number, row in enumerate(rows):
        name = row.etablissement + (" (apprentissage)" if row.apprentissage else "")
        place = row.commune
        if row.evolution:
            place += f" · {row.evolution} en {last if row.evolution == 'nouveau' else row.derniere_session + 1}"
        if names[row.etablissement] > 1:  # what tells it from its neighbours
            parcours = row.libelle.removeprefix(formation).strip(" -–")
            place += f" · {parcours}" if parcours else ""
        cells = [name, place]
        if distances:
            cells.append(distances[number])
        cells.append("–" if row.capacite is None else str(row.capacite))
        cells.append("non publié" if row.taux is None else f"{round(row.taux)}{NNBSP}% ({row.session_taux})")
        if classes:
            cells.append(classes[number])
        lignes.append(tuple(cells))
    note = f"{_SOURCE}. Taux d’accès avec sa session, places de la session la plus récente."
    if total > len(rows):
        note = f"Les {len(rows)} premiers sur {total}. {note}"
    targets = tuple(("etablissement" if row.uai else "", row.uai) for row in rows)
    return OngletVue("Établissements", (TableauVue("", tuple(heads), tuple(lignes), note, targets),))


def official_parts(officielle: FicheOfficielle, code: str, titre: str) -> list[PartieVue]:
    """Sections of that code, each followed by its source and date; two files that say it give the newer one."""
    sections = [section for section in officielle.sections if section.code == code]
    newest = max((section.edition for section in sections), default="")
    parts: list[PartieVue] = [TexteVue("titre", titre)] if sections else []
    for section in sections:
        if section.edition == newest:
            parts += [TexteVue(_GENRES.get(b.genre, b.genre), b.texte) for b in section.blocs]
            parts.append(TexteVue("note", f"Texte officiel. {section.source}, données du {_day(section.edition)}."))
    return parts


def missing(texte: str, installees: bool) -> PartieVue:
    """Says that an official text is not here, and how to add it when none has been."""
    if installees:
        return TexteVue("note", "Les fichiers officiels installés sur ce poste ne disent rien de plus ici.")
    return AppelVue(
        f"{texte} Les fichiers officiels de l’Onisep et de MonProjetSup s’ajoutent depuis l’écran Données.",
        ACTION_IMPORT,
    )


def _history(sessions: Sequence[chiffres.SessionFormation]) -> list[PartieVue]:
    if not sessions:
        return []
    lignes = tuple(
        (
            str(one.session),
            str(one.nb_voeux),
            _count(one.capacite),
            _count(one.candidats),
            _count(one.admis),
            _taux(one),
        )
        for one in sessions
    )
    parts: list[PartieVue] = [
        TableauVue(
            "Session par session",
            ("Session", "Vœux", "Places", "Candidats", "Admis", "Taux d’accès médian"),
            lignes,
            f"{_SOURCE}, sessions {sessions[0].session} à {sessions[-1].session}, vœux de la formation additionnés. "
            "Un candidat qui demande plusieurs établissements y compte plusieurs fois. Entre parenthèses, les taux "
            "qui encadrent la moitié centrale des vœux. Le taux de 2025 n’est pas repris, la copie étant provisoire.",
        )
    ]
    known = [one for one in sessions if one.candidats]
    if len(known) > 1:
        words = ", ".join(f"{_count(one.candidats)} en {one.session}" for one in known)
        parts.append(
            TendanceVue(
                "Candidatures par session",
                tuple((str(one.session), float(one.candidats or 0)) for one in known),
                f"Candidatures{NNBSP}: {words}.",
                _SOURCE + ".",
            )
        )
    return parts


def _taux(one: chiffres.SessionFormation) -> str:
    if one.taux_median is None or one.taux_bas is None or one.taux_haut is None:
        return "non publié"
    middle = f"{round(one.taux_median)}{NNBSP}%"
    return middle if one.nb_taux < 4 else f"{middle} ({round(one.taux_bas)} à {round(one.taux_haut)})"


def _count(value: int | None) -> str:
    return "–" if value is None else f"{value:,}".replace(",", NBSP)


def _note(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _day(iso: str) -> str:
    try:
        return long_date(date.fromisoformat(iso))
    except ValueError:
        return "date inconnue"

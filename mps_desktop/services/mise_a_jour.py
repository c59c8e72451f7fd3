"""Update the catalogue from the open dossier, and say what it changes for the students who are in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mps_desktop.catalogue.maj.depot import Choix, Depot, Version, fingerprint
from mps_desktop.catalogue.maj.mise_a_jour import ResultatMaj, update_catalogue
from mps_desktop.catalogue.maj.offre import gone_among
from mps_desktop.catalogue.memoire import Memoire, names_of
from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.core.dates import long_date
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import find_resources
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NBSP, NNBSP, french_spaces, join_fr, plural
from mps_desktop.services.calendrier import CalendrierStore
from mps_desktop.services.etat_dossier import size_label
from mps_desktop.services.fiche import SocleFiches
from mps_desktop.services.parametres import Parametres
from mps_desktop.services.socle import Socle
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import EleveRecord
from mps_desktop.storage.repositories.eleves import EleveRepository

TAUX_BOUGE = 15.0
"""Points by which a rate must move to be told: twice the usual movement of one year (median 6)."""
PLACES_BOUGENT = 0.25
"""Share by which the places must move to be told."""
_PLACES_MIN = 5


@dataclass(frozen=True, slots=True)
class SourceLigne:
    """One official file behind the catalogue, as people read it."""

    jeu: str
    session: str
    producteur: str
    licence: str
    fichier: str


@dataclass(frozen=True, slots=True)
class EtatCatalogue:
    """The catalogue in force.

    Attributes:
        sessions: "Parcoursup 2023, 2024, 2025".
        origine: shipped with the program, or updated, when.
        taille: "15,0 Mo".
        precedent: what going back would bring, empty when there is nothing to go back to.
        avertissement: why an updated catalogue is not used, may be empty.
        a_appliquer: the catalogue in force is not the one that this window has opened.
    """

    sessions: str
    origine: str
    taille: str
    sources: tuple[SourceLigne, ...]
    precedent: str = ""
    avertissement: str = ""
    a_appliquer: bool = False


@dataclass(frozen=True, slots=True)
class ChangementEleve:
    """Something that changed for a student.

    Attributes:
        gravite: 3 = to solve (no longer offered), 1 = to know (moved much).
        phrase: one French sentence.
    """

    eleve_id: int
    eleve: str
    gravite: int
    phrase: str


@dataclass(frozen=True, slots=True)
class BilanMaj:
    """What an update did, for people.

    Attributes:
        fichiers: one sentence per file: what it is, what it brought.
        resume: sentences on the whole.
        eleves: what changed for the students of the dossier, the worst first.
        nb_eleves: students whose choices were compared.
    """

    fichiers: tuple[str, ...]
    resume: tuple[str, ...]
    eleves: tuple[ChangementEleve, ...] = ()
    nb_eleves: int = 0


class MettreAJour:
    """Use cases of the catalogue in force.

    Args:
        socle: what this window has opened.
        database: the open dossier, read only here.
        now: the clock.
    """

    def __init__(self, socle: Socle, database: Database, now: Callable[[], datetime] | None = None) -> None:
        self._socle = socle
        self._database = database
        self._now = now or _now

    def etat(self) -> EtatCatalogue:
        """The catalogue in force, where it comes from, what can be gone back to."""
        depot = self._depot()
        choice = depot.choose()
        with closing(open_catalogue(choice.chemin)) as catalogue:
            return EtatCatalogue(
                sessions=sessions_label(catalogue),
                origine=_origine(choice.version),
                taille=size_label(choice.chemin.stat().st_size),
                sources=tuple(
                    SourceLigne(one.jeu, one.session, one.producteur, one.licence, one.fichier)
                    for one in sorted(catalogue.provenance(), key=lambda one: (one.jeu, one.session))
                ),
                precedent="" if choice.precedente is None else _origine(choice.precedente),
                avertissement=choice.avertissement,
                a_appliquer=not self._socle.is_current(),
            )

    def __call__(self, paths: tuple[Path, ...], progress: Progress) -> BilanMaj:
        """Update the catalogue from official files. It serves from the next opening, or once asked for.

        Raises:
            EnvironmentFault: see ``update_catalogue``; nothing changed.
            Cancelled: stopped by the user; nothing changed.
        """
        result = update_catalogue(paths, self._depot(), find_resources(), self._now(), progress)
        with self._database.read() as session:
            eleves = EleveRepository(session).list()
        find = Memoire(self._depot().dossier).find
        with (
            closing(open_catalogue(result.ancien, find)) as before,
            closing(open_catalogue(result.nouveau, find)) as after,
        ):
            changes = compare(eleves, before, after)
        return BilanMaj(result.fichiers, summary(result), changes, len(eleves))

    def remember_names(self) -> None:
        """Remember what the catalogue in force calls everything, for the choices that another one will not know.

        To be called away from the window: the first time that a catalogue serves, it takes a fraction of a second.
        """
        if self._socle.depot is not None:
            learn_names(self._socle.depot)

    def revenir(self) -> EtatCatalogue:
        """Put the previous catalogue back in force; doing it twice comes back.

        Raises:
            EnvironmentFault: there is none, or it is damaged.
        """
        depot = self._depot()
        with depot.exclusive():
            depot.revert()
        return self.etat()

    def _depot(self) -> Depot:
        if self._socle.depot is None:
            raise EnvironmentFault("Ce catalogue ne peut pas être mis à jour d’ici.", "Ouvrez la fenêtre du programme.")
        return self._socle.depot


def open_socle(
    depot: Depot,
    parametres: Parametres,
    fiches: Callable[[Catalogue], SocleFiches],
    calendriers: CalendrierStore | None = None,
) -> Socle:
    """The ground of the program on the catalogue in force.

    Args:
        fiches: gives the fiches for a catalogue.
        calendriers: the user's own calendar.

    Raises:
        EnvironmentFault: not even the shipped catalogue can be read.
    """
    choice: Choix = depot.choose()
    catalogue = open_catalogue(choice.chemin, Memoire(depot.dossier).find)
    return Socle(catalogue, parametres, fiches(catalogue), depot, choice, calendriers)


def learn_names(depot: Depot) -> None:
    """Remember the names of the catalogue in force, once; the log alone tells that it could not be done."""
    choice = depot.choose()
    memoire = Memoire(depot.dossier)
    empreinte = choice.version.empreinte or fingerprint(choice.chemin)
    if not memoire.knows(empreinte):
        with closing(open_catalogue(choice.chemin)) as catalogue:
            memoire.learn(empreinte, names_of(catalogue))


def sessions_label(catalogue: Catalogue) -> str:
    """Which Parcoursup sessions a catalogue holds: "Parcoursup 2018, 2019, 2023 à 2025"."""
    sessions = {
        int(one.session)
        for one in catalogue.provenance()
        if one.jeu.startswith("fr-esr-parcoursup") and one.session.isdigit()
    }
    return f"Parcoursup {years_told(sessions)}"


def years_told(years: Collection[int]) -> str:
    """Years in order, three in a row or more as a span: "2018, 2019, 2023 à 2025"."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]} à {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def summary(result: ResultatMaj) -> tuple[str, ...]:
    """Sentences on an update as a whole."""
    lines: list[str] = []
    for one in result.sessions:
        if not one.plus_recente:
            lines.append(
                f"Session {one.session}, plus ancienne que {one.recente} : seules les statistiques passées de "
                f"{plural(len(one.connus), 'vœu connu', 'vœux connus')} sont complétées."
                + (f" {_ignored(len(one.ignores))}" if one.ignores else "")
            )
            continue
        lines.append(
            f"Session {one.session}{NNBSP}: {plural(len(one.connus), 'vœu mis à jour', 'vœux mis à jour')}, "
            f"{plural(len(one.nouveaux), 'nouveau', 'nouveaux')}, "
            f"{plural(len(one.absents), 'absent de ce fichier', 'absents de ce fichier')}."
        )
        if one.sans_formation:
            count = plural(len(one.sans_formation), "vœu nouveau reste", "vœux nouveaux restent")
            lines.append(f"{count} sans formation de référence : à chercher par l’établissement.")
    if result.disparus:
        lines.append(
            f"{plural(len(result.disparus), 'vœu n’est plus proposé', 'vœux ne sont plus proposés')} : gardés, marqués "
            "« n’existe plus »."
        )
    lines += _estimate_told(result)
    lines.append(f"{plural(result.controles, 'contrôle passé', 'contrôles passés')}, ancien catalogue conservé.")
    return tuple(map(french_spaces, lines))


def _estimate_told(result: ResultatMaj) -> list[str]:
    """What the estimate rests on: an update brings figures, it fits nothing again."""
    if not result.ajustement:
        return []
    lines = [
        f"Estimations A+, A et B : leurs réglages ont été ajustés sur les sessions {_span(result.ajustement)} et sont "
        "repris tels quels. Cette mise à jour ne les recalcule pas : les probabilités affichées ne tiennent pas encore "
        "compte des chiffres qu’elle apporte."
    ]
    if result.sans_estimation:
        one = plural(result.sans_estimation, "vœu nouveau n’a", "vœux nouveaux n’ont")
        lines.append(f"{one} donc pas d’estimation (« ? ») avant le prochain catalogue livré avec le programme.")
    return lines


def _span(sessions: str) -> str:
    """Sessions as people write them: "2018 à 2025"."""
    first, _, last = sessions.partition("-")
    return f"{first} à {last}" if last else first


def _ignored(count: int) -> str:
    many = "vœux qui ne sont plus proposés ne sont pas ajoutés"
    return f"{plural(count, 'vœu qui n’est plus proposé n’est pas ajouté', many)}."


def compare(eleves: Iterable[EleveRecord], before: Catalogue, after: Catalogue) -> tuple[ChangementEleve, ...]:
    """What a newer catalogue changes for students, the worst first, then in the order given."""
    students = tuple(eleves)
    chosen = tuple(dict.fromkeys(v for e in students for f in e.profil.favoris for v in f.voeux))
    gone = gone_among(after, chosen) - gone_among(before, chosen)
    moves = {voeu_id: _moves(voeu_id, before, after) for voeu_id in chosen if voeu_id not in gone}
    found: list[ChangementEleve] = []
    for eleve in students:
        name = f"{eleve.nom} {eleve.prenom}"
        for favori in eleve.profil.favoris:
            formation = before.libelle(favori.formation_id)
            if _lost(favori.formation_id, before, after):
                phrase = f"{formation}{NNBSP}: plus aucun vœu proposé. La formation reste dans la sélection."
                found.append(ChangementEleve(eleve.id, name, 3, phrase))
            for voeu_id in favori.voeux:
                if voeu_id in gone:
                    phrase = (
                        f"{formation}, {_place(voeu_id, before)}{NNBSP}: n’existe plus. Le vœu reste dans la liste."
                    )
                    found.append(ChangementEleve(eleve.id, name, 3, phrase))
                elif moves.get(voeu_id):
                    phrase = f"{formation}, {_place(voeu_id, after)}{NNBSP}: {join_fr(moves[voeu_id])}."
                    found.append(ChangementEleve(eleve.id, name, 1, phrase))
    return tuple(sorted(found, key=lambda one: -one.gravite))


def _lost(formation_id: str, before: Catalogue, after: Catalogue) -> bool:
    old, new = before.formation(formation_id), after.formation(formation_id)
    return old is not None and old.nb_voeux > 0 and (new is None or new.nb_voeux == 0)


def _place(voeu_id: str, catalogue: Catalogue) -> str:
    voeu = catalogue.voeu(voeu_id)
    if voeu is None:
        former = catalogue.souvenir(voeu_id)
        return former.lieu if former is not None and former.lieu else f"vœu {voeu_id}"
    return f"{voeu.etablissement} ({voeu.commune})" if voeu.commune else voeu.etablissement


def _moves(voeu_id: str, before: Catalogue, after: Catalogue) -> list[str]:
    """Rate and places that moved much, in words."""
    found: list[str] = []
    old, new = _rate(voeu_id, before), _rate(voeu_id, after)
    if old and new and old != new and abs(new[0] - old[0]) >= TAUX_BOUGE:
        found.append(
            f"taux d’accès de {old[0]:.0f}{NNBSP}% ({old[1]}) à {new[0]:.0f}{NNBSP}% ({new[1]})"
        )  # fmt: skip
    voeu_before, voeu_after = before.voeu(voeu_id), after.voeu(voeu_id)
    places = (voeu_before and voeu_before.capacite, voeu_after and voeu_after.capacite)
    if places[0] and places[1]:
        gap = abs(places[1] - places[0])
        if gap >= max(_PLACES_MIN, math.ceil(PLACES_BOUGENT * places[0])):
            found.append(f"de {places[0]} à {places[1]}{NBSP}places")
    return found


def _rate(voeu_id: str, catalogue: Catalogue) -> tuple[float, int] | None:
    stats = catalogue.statistiques((voeu_id,)).get(voeu_id)
    sessions = [] if stats is None else [one for one in stats.sessions if one.taux_acces is not None]
    newest = sessions[-1] if sessions else None
    return None if newest is None or newest.taux_acces is None else (newest.taux_acces, newest.session)


def _origine(version: Version) -> str:
    if not version.fichier:
        return "Livré avec le programme"
    try:
        day = datetime.fromisoformat(version.installe)
    except ValueError:
        return "Mis à jour"
    return f"Mis à jour le {long_date(day.date())} à {day:%H:%M}, session {version.session}"


def _now() -> datetime:
    return datetime.now().astimezone()

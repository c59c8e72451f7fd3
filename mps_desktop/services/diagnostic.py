"""What the wishes of students are worth: estimates, balance, findings, in words.

One object serves a whole class: the statistics of all its vœux are read at once, and each
(vœu, bac, average) is estimated once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mps_desktop.catalogue.maj.offre import is_gone
from mps_desktop.catalogue.memoire import newest_session
from mps_desktop.core.dates import session_parcoursup
from mps_desktop.core.text import fold, join_fr
from mps_desktop.engine.ambition import bac_type, estimate
from mps_desktop.engine.balance import largest_gap
from mps_desktop.engine.chance import Chance, chance_of_one
from mps_desktop.engine.classes import Balance, ClasseVoeu, Estimation, StatsVoeu, VoeuBalance
from mps_desktop.engine.completion import Liste
from mps_desktop.engine.limites import find_categorie
from mps_desktop.engine.portee import is_only_safe, within_reach
from mps_desktop.services import phrases_constats as phrases
from mps_desktop.services import phrases_listes as listes
from mps_desktop.services.alentours import build_rings, rank_others, towns
from mps_desktop.services.calendrier import days_left, describe_echeance
from mps_desktop.services.durees import years_to_diploma
from mps_desktop.services.phrases_sources import sources
from mps_desktop.services.profils import completeness, known_moyenne
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import (
    ConstatLigne,
    EleveLigne,
    EquilibreVue,
    FavoriLigne,
    JalonLigne,
    VoeuLigne,
)
from mps_desktop.storage.records import EleveRecord, FavoriRecord

_DECLAREES = {1: ClasseVoeu.SECURISANT, 2: ClasseVoeu.REALISTE, 3: ClasseVoeu.AMBITIEUX}
_ALTERNANCE_REFUSEE = "pas_interesse"
_DUREE_COURTE_MAX = 3


@dataclass(frozen=True, slots=True)
class Lieu:
    """Formation of a vœu, and its distance to the nearest town stated (None = unknown)."""

    formation_id: str
    distance_km: float | None


class Diagnostiqueur:
    """Estimates and balances for some students.

    Args:
        socle: catalogue and parameters.
        today: to count the days until a milestone is due, None = due dates are not looked at.
    """

    def __init__(self, socle: Socle, today: date | None = None) -> None:
        self._socle = socle
        self._today = today
        self._limites = socle.parametres.regles.limites
        self._stats: dict[str, StatsVoeu] = {}
        self._estimations: dict[tuple[str, str, float | None, bool], Estimation] = {}
        self._portees: dict[int, tuple[EleveRecord, tuple[str, ...]]] = {}

    def lignes(self, eleves: Iterable[EleveRecord]) -> tuple[EleveLigne, ...]:
        """Rows of the class table, in the order given."""
        students = tuple(eleves)
        self._load(voeu for eleve in students for favori in eleve.profil.favoris for voeu in favori.voeux)
        return tuple(self._ligne(eleve) for eleve in students)

    def equilibre(self, eleve: EleveRecord) -> EquilibreVue:
        """Wishes and balance of one student."""
        self._load(voeu for favori in eleve.profil.favoris for voeu in favori.voeux)
        liste = self.liste(eleve)
        diagnosis = liste.diagnose(self._socle.parametres.regles)
        chance = self._chance(eleve)
        return EquilibreVue(
            eleve_id=eleve.id,
            favoris=tuple(self._favori(eleve, favori) for favori in eleve.profil.favoris),
            comptes={classe.value: count for classe, count in diagnosis.comptes.items()},
            ecarts={classe.value: missing for classe, missing in diagnosis.ecarts.items()},
            jalon=self._jalon(diagnosis, eleve.niveau),
            constats=self._constats(diagnosis),
            sources=sources(self._socle.catalogue.provenance()),
            chance=listes.chance(chance),
            chance_note=listes.chance_note(chance),
            compteurs=listes.compteurs(liste.voeux, self._socle.parametres.regles.limites),
        )

    def voeu(self, eleve: EleveRecord, voeu_id: str, favori: FavoriRecord | None) -> VoeuLigne:
        """One wish, or one vœu that could be added (then without favori)."""
        self._load((voeu_id,))
        catalogue = self._socle.catalogue
        found = catalogue.voeu(voeu_id)
        former = catalogue.souvenir(voeu_id) if found is None else None
        estimation = self._estimate(eleve, voeu_id, with_facts=True)
        ready = self.for_balance(eleve, voeu_id, favori)
        stats = self._stats.get(voeu_id)
        place = found or former
        formation_id = favori.formation_id if favori else place.formation_id if place else ""
        avis = favori.avis.get(voeu_id) if favori else None
        return VoeuLigne(
            voeu_id=voeu_id,
            formation_id=formation_id,
            formation=catalogue.libelle(formation_id),
            etablissement=place.etablissement if place else f"Vœu {voeu_id}, absent du catalogue",
            commune=place.commune if place else "",
            distance_km=None if ready.distance_km is None else round(ready.distance_km),
            classe=ready.retenue.value,
            estimee=estimation.classe.value,
            declaree=ready.declaree.value if ready.declaree else "",
            enseignant=ready.enseignant.value if ready.enseignant else "",
            estimation=phrases.estimation(estimation)
            if former is None
            else phrases.absence(former.session, newest_session(catalogue)),
            chiffres=phrases.chiffres(stats) if stats else (),
            faits=tuple(phrases.fait(fait) for fait in estimation.faits),
            connu=not is_gone(found),
            parcours=_parcours(place.libelle, catalogue.libelle(formation_id)) if place else "",
            avis=listes.avis(avis) if avis else "",
            motif=avis.motif if avis else "",
            auteur=avis.auteur if avis else "",
        )

    def _ligne(self, eleve: EleveRecord) -> EleveLigne:
        options = self._socle.options
        profil = eleve.profil
        liste = self.liste(eleve)
        diagnosis = liste.diagnose(self._socle.parametres.regles)
        bac = options.bac_court(profil.bac)
        specialites = ", ".join(map(options.libelle, profil.specialites))
        return EleveLigne(
            id=eleve.id,
            nom=eleve.nom,
            prenom=eleve.prenom,
            classe=eleve.classe,
            niveau=eleve.niveau,
            bac=bac,
            specialites=specialites,
            situation=options.reponse("situation", profil.situation),
            completude=self._completeness(eleve),
            nb_formations=len(profil.favoris),
            nb_metiers=len(profil.metiers),
            nb_ambitieux=diagnosis.comptes.get(ClasseVoeu.AMBITIEUX, 0),
            nb_realiste=diagnosis.comptes.get(ClasseVoeu.REALISTE, 0),
            nb_securisant=diagnosis.comptes.get(ClasseVoeu.SECURISANT, 0),
            nb_insuffisant=diagnosis.comptes.get(ClasseVoeu.INSUFFISANT, 0),
            jalon=self._jalon(diagnosis, eleve.niveau),
            constats=self._constats(diagnosis),
            ecart_declare=largest_gap(liste.voeux),
            specialites_courtes=", ".join(map(options.specialite_courte, profil.specialites)),
            recherche=fold(" ".join((eleve.nom, eleve.prenom, eleve.classe, bac, specialites))),
        )

    def _favori(self, eleve: EleveRecord, favori: FavoriRecord) -> FavoriLigne:
        declaree = _DECLAREES.get(favori.niveau_ambition)
        return FavoriLigne(
            formation_id=favori.formation_id,
            libelle=self._socle.catalogue.libelle(favori.formation_id),
            declaree=declaree.value if declaree else "",
            note=favori.note,
            attendus_lus=favori.attendus_lus,
            voeux=tuple(self.voeu(eleve, voeu_id, favori) for voeu_id in favori.voeux),
        )

    def _completeness(self, eleve: EleveRecord) -> int:
        has_specialites = bool(self._socle.options.specialites(eleve.profil.bac))
        return completeness(eleve.profil, eleve.niveau, has_specialites)

    def liste(self, eleve: EleveRecord) -> Liste:
        """The list of a student as the engine balances and completes it."""
        profil = eleve.profil
        self._load(voeu_id for favori in profil.favoris for voeu_id in favori.voeux)
        voeux = tuple(self.for_balance(eleve, voeu_id, favori) for favori in profil.favoris for voeu_id in favori.voeux)
        return Liste(
            niveau=eleve.niveau,
            voeux=voeux,
            formations=tuple(favori.formation_id for favori in profil.favoris),
            metiers=profil.metiers,
            completude=self._completeness(eleve),
            jours_restants=self._days_left(eleve.niveau),
            attendus_lus=tuple(favori.formation_id for favori in profil.favoris if favori.attendus_lus),
            a_portee=self._within_reach(eleve) if is_only_safe(voeux, self._socle.parametres.regles) else (),
        )

    def _within_reach(self, eleve: EleveRecord) -> tuple[str, ...]:
        """Formations where this student could aim above B, kept ones first; looked for once per profile."""
        known = self._portees.get(eleve.id)
        if known is not None and known[0] == eleve:
            return known[1]
        points = towns(self._socle, eleve.profil)
        own = tuple(favori.formation_id for favori in eleve.profil.favoris)
        rings = build_rings(self._socle, own, tuple(rank_others(self._socle, eleve)), points)
        regles = self._socle.parametres.regles
        near = rings[: regles.rayons_km.index(regles.rayon_km) + 1] if points else rings[-1:]
        chosen = {voeu_id for favori in eleve.profil.favoris for voeu_id in favori.voeux}
        around = [place for ring in near for place in ring if place[0] not in chosen]
        self._load(voeu_id for voeu_id, _, _ in around)
        candidats = (self.for_balance(eleve, voeu_id, None, Lieu(f, km)) for voeu_id, f, km in around)
        found = within_reach(candidats, regles, bool(points))
        self._portees[eleve.id] = (eleve, found)
        return found

    def load(self, voeux: Iterable[str]) -> None:
        """Read the statistics of many vœux at once, before they are asked for one by one."""
        self._load(voeux)

    def _chance(self, eleve: EleveRecord) -> Chance | None:
        wishes = [self._estimate(eleve, voeu_id) for favori in eleve.profil.favoris for voeu_id in favori.voeux]
        known = [(e.bas, e.p, e.haut) for e in wishes if e.p is not None and e.bas is not None and e.haut is not None]
        return chance_of_one(known, self._socle.parametres.regles.part_commune, len(wishes) - len(known))

    def _days_left(self, niveau: str) -> int | None:
        if self._today is None:
            return None
        return days_left(self._socle.calendriers, session_parcoursup(self._today), niveau, self._today)

    def for_balance(
        self, eleve: EleveRecord, voeu_id: str, favori: FavoriRecord | None, lieu: Lieu | None = None
    ) -> VoeuBalance:
        """One wish, or one vœu that could be added, as the balance reads it.

        Args:
            lieu: its formation and distance when the caller knows them already.
        """
        catalogue = self._socle.catalogue
        profil = eleve.profil
        found = catalogue.voeu(voeu_id)
        if favori:
            formation_id = favori.formation_id
        else:
            formation_id = lieu.formation_id if lieu else found.formation_id if found else ""
        formation = catalogue.formation(formation_id)
        estimation = self._estimate(eleve, voeu_id)
        stated = favori.classes_enseignant.get(voeu_id) if favori else None
        duree = years_to_diploma(formation) if formation else -1
        categorie = find_categorie(self._limites, found.fili if found else "", catalogue.libelle(formation_id))
        return VoeuBalance(
            id=voeu_id,
            formation_id=formation_id,
            estimee=estimation.classe,
            bas=estimation.bas,
            haut=estimation.haut,
            declaree=_DECLAREES.get(favori.niveau_ambition) if favori else None,
            enseignant=ClasseVoeu(stated) if stated else None,
            connu=not is_gone(found),
            distance_km=lieu.distance_km if lieu else catalogue.distance_km(voeu_id, profil.communes),
            compatible_duree=not (profil.duree_etudes == "courte" and duree > _DUREE_COURTE_MAX),
            compatible_alternance=not (
                profil.alternance == _ALTERNANCE_REFUSEE and found is not None and found.apprentissage
            ),
            apprentissage=found is not None and found.apprentissage,
            fili=found.fili if found else "",
            categorie=categorie.code,
            etablissement=categorie.place(found.uai, found.region) if found else "",
        )

    def _estimate(self, eleve: EleveRecord, voeu_id: str, with_facts: bool = False) -> Estimation:
        bac = eleve.profil.bac or "NC"
        moyenne = known_moyenne(eleve.profil)
        key = (voeu_id, bac, moyenne, with_facts)
        if key not in self._estimations:
            stats = self._stats.get(voeu_id)
            if stats is None:
                self._estimations[key] = Estimation(voeu_id, ClasseVoeu.INSUFFISANT, motif="VOEU_INCONNU")
            elif is_gone(self._socle.catalogue.voeu(voeu_id)):
                self._estimations[key] = Estimation(voeu_id, ClasseVoeu.INSUFFISANT, motif="VOEU_DISPARU")
            else:
                references, seuils = self._socle.references, self._socle.parametres.seuils
                self._estimations[key] = estimate(
                    stats, references, seuils, bac_type(bac), bac, moyenne, with_facts=with_facts
                )
        return self._estimations[key]

    def _load(self, voeux: Iterable[str]) -> None:
        missing = tuple(dict.fromkeys(voeu for voeu in voeux if voeu not in self._stats))
        if missing:
            self._stats.update(self._socle.catalogue.statistiques(missing))

    def _jalon(self, diagnosis: Balance, niveau: str) -> JalonLigne:
        jalon, today = diagnosis.jalon, self._today
        due = ""
        if today is not None:
            due = describe_echeance(self._socle.calendriers, session_parcoursup(today), niveau, today)
        return JalonLigne(
            phrase=phrases.jalon(jalon),
            atteint=jalon.atteint,
            fait=jalon.fait,
            attendu=jalon.attendu,
            manques=tuple(phrases.manque(manque, self.names(manque.ids)) for manque in jalon.manques),
            echeance=due,
        )

    def _constats(self, diagnosis: Balance) -> tuple[ConstatLigne, ...]:
        found = sorted(diagnosis.constats, key=lambda constat: -constat.gravite)
        return tuple(
            ConstatLigne(
                constat.code,
                constat.gravite,
                phrases.constat(constat, self.names(constat.ids)),
                phrases.action(constat),
                phrases.titre(constat),
                *phrases.geste(constat),
                constat.ids,
            )
            for constat in found
        )

    def names(self, ids: tuple[str, ...]) -> str:
        """Formations by their label, vœux by their établissement: a sentence must stay short."""
        return join_fr(list(dict.fromkeys(self._name(identifiant) for identifiant in ids)))

    def _name(self, identifiant: str) -> str:
        voeu = self._socle.catalogue.voeu(identifiant) if identifiant.startswith("ta") else None
        if voeu is None:
            former = self._socle.catalogue.souvenir(identifiant) if identifiant.startswith("ta") else None
            return former.lieu if former and former.lieu else self._socle.catalogue.libelle(identifiant)
        return f"{voeu.etablissement} ({voeu.commune})"


def _parcours(libelle: str, formation: str) -> str:
    """What the label of a vœu says beyond its formation: "Parcours franco-allemand"; empty when nothing.

    Labels read "type - mention - parcours"; when the mention is not written as in the formation's own
    label, the parcours is what follows it.
    """
    if fold(formation).startswith(fold(libelle)):
        return ""
    if libelle.startswith(formation):
        return libelle[len(formation) :].strip(" -,")
    parts = libelle.split(" - ")
    return " - ".join(parts[2:]) if len(parts) > 2 else parts[-1]

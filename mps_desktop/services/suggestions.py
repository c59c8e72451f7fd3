"""Suggested formations of a student, with their reasons in French."""

from __future__ import annotations

from mps_desktop.catalogue.records import Formation
from mps_desktop.core.text import NBSP, NNBSP, plural
from mps_desktop.engine.pesee import NB_REFERENCE
from mps_desktop.engine.profil import Profil
from mps_desktop.services.durees import describe_duree
from mps_desktop.services.profils import engine_profil
from mps_desktop.services.raisons_pesees import in_order, weighted_reasons
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import SuggestionLigne, SuggestionsVue
from mps_desktop.storage.database import Database
from mps_desktop.storage.records import EleveRecord
from mps_desktop.storage.repositories.eleves import EleveRepository

# Session of the admission figures behind the reasons: the newest published in full.
SESSION_ADMIS = 2023
_NB_METIERS = 3
_NB_VILLES = 3


class ComputeSuggestions:
    """Ranks the formations for one student of the dossier.

    Args:
        socle: catalogue and engine.
        database: the open dossier.
    """

    def __init__(self, socle: Socle, database: Database) -> None:
        self._socle = socle
        self._database = database

    def __call__(self, eleve_id: int, limite: int = 30) -> SuggestionsVue:
        """First suggestions of a stored student.

        Raises:
            EnvironmentFault: the student is no longer in the dossier.
        """
        with self._database.read() as session:
            eleve = EleveRepository(session).get(eleve_id)
        return suggest(self._socle, eleve, limite)


def suggest(socle: Socle, eleve: EleveRecord, limite: int) -> SuggestionsVue:
    """First suggestions of a student, best first. Formations already kept stay in the list, marked."""
    profil = engine_profil(eleve.profil, eleve.niveau)
    moteur = socle.moteur
    kept = {favori.formation_id for favori in eleve.profil.favoris}
    classees = [s for s in moteur.classer(profil, limite) if s.affinite > 0]
    if not classees:
        return SuggestionsVue(eleve.id, (), _what_is_missing(eleve))
    head = tuple(s.formation_id for s in moteur.classer(profil, max(limite, NB_REFERENCE)) if s.affinite > 0)
    weighed = weighted_reasons(socle, profil, head, head[: len(classees)])
    explained = moteur.expliquer(profil, tuple(s.formation_id for s in classees))
    # A favourite may be far above the rest: bars compare what is still to be chosen.
    best = max((s.affinite for s in classees if s.formation_id not in kept), default=1.0)
    lignes: list[SuggestionLigne] = []
    for suggestion, explication in zip(classees, explained, strict=True):
        formation = socle.catalogue.formation(suggestion.formation_id)
        pesees = weighed[suggestion.formation_id].raisons
        if formation is None:
            continue
        lignes.append(
            SuggestionLigne(
                formation_id=formation.id,
                libelle=formation.libelle,
                detail=_detail(formation),
                rang=suggestion.rang,
                affinite=min(1.0, suggestion.affinite / best),
                raisons=in_order(pesees),
                villes=_villes(socle, profil, formation.id),
                metiers=tuple(socle.catalogue.libelle(m) for m in explication.exemples[:_NB_METIERS]),
                etat="favori" if formation.id in kept else "",
                pesees=pesees,
            )
        )
    return SuggestionsVue(eleve.id, tuple(lignes))


def _what_is_missing(eleve: EleveRecord) -> str:
    profil = eleve.profil
    if profil.communes and not (profil.domaines or profil.interets or profil.metiers or profil.favoris):
        return (
            "Les villes seules ne suffisent pas à proposer des formations. "
            f"Ajoutez au profil un domaine, un centre d’intérêt ou un métier{NNBSP}: les suggestions apparaîtront ici."
        )
    return (
        "Pas encore de suggestion : le profil ne dit rien des goûts de l’élève. "
        "Ajoutez au moins un domaine, un centre d’intérêt, un métier ou une formation."
    ).replace(" :", f"{NNBSP}:")


def _detail(formation: Formation) -> str:
    parts = [describe_duree(formation)]
    if formation.apprentissage:
        parts.append("existe en apprentissage")
    parts.append(plural(formation.nb_voeux, "vœu possible", "vœux possibles"))
    return " · ".join(parts)


def _villes(socle: Socle, profil: Profil, formation_id: str) -> tuple[str, ...]:
    """Communes of the nearest vœux with the distance to the nearest preferred town."""
    communes = socle.catalogue.communes(profil.communes)
    points = tuple((c.lat, c.lng) for c in communes if c.lat is not None and c.lng is not None)
    if not points:
        return ()
    found: dict[str, str] = {}
    for voeu, distance in socle.catalogue.voeux_near(formation_id, points, None):
        found.setdefault(voeu.commune, f"{voeu.commune} ({round(distance)}{NBSP}km)")
        if len(found) == _NB_VILLES:
            break
    return tuple(found.values())

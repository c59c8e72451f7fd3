"""Reasons with their weight, in French: facts for the teacher, the unfavourable as plainly as the favourable."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mps_desktop.core.text import NBSP, NNBSP, join_fr, plural
from mps_desktop.engine.explications import RaisonMoyenne
from mps_desktop.engine.graphe import is_formation, is_metier
from mps_desktop.engine.lecture import BAC_INCONNU
from mps_desktop.engine.mesures import Chemin, Mesures
from mps_desktop.engine.profil import Profil, Statut
from mps_desktop.services.phrases_raisons import moyenne_situee, of_commune, type_bac

Libelle = Callable[[str], str]

_NB_CITES = 3
_KM_PROCHE = 50
_PART_COURANTE = 10
_NB_CHEMINS = 6
_COURTE_MAX = 3
"""Years: a licence counts for five, with the master that usually follows."""
_PART_MAJORITAIRE = 50

DEJA_RETENUE = "Déjà retenue par l’élève"

METHODES: Mapping[str, str] = {
    "typebac": "stats_admis", "moygen": "stats_percentiles", "spec": "stats_specialites", "sim": "stats_similaires",
    "duration": "formations.duree", "geo": "voeux.lat",
}  # fmt: skip
"""Row of the catalogue's table ``methodes`` behind each criterion."""

CRITERES: Mapping[str, str] = {
    "sim": "formations retenues", "tags": "goûts", "geo": "distance", "duration": "durée", "app": "apprentissage",
    "spec": "spécialités", "typebac": "bac", "moygen": "moyenne",
}  # fmt: skip
"""The criteria in one word."""


def reason(critere: str, mesures: Mesures, profil: Profil, libelle: Libelle, *, favorable: bool) -> str:
    """The fact behind one criterion; empty when the profile says nothing that it rests on.

    A good fact can hold a formation back, when the head of the list does even better: the sentence says so.

    Args:
        critere: see ``engine.pesee.Poids``.
        favorable: whether it pushes the formation up against the head of the list.
    """
    if critere == "tags":
        if favorable and not mesures.chemins and mesures.formation_id in _kept(profil):
            return DEJA_RETENUE
        return _tastes(mesures.chemins, libelle, favorable=favorable)
    if critere == "typebac":
        return _bac(mesures.pct_bac, profil.bac, favorable=favorable)
    phrase, good = _fact(critere, mesures, profil, libelle)
    if not phrase or good is None or good is favorable:
        return phrase
    return f"{phrase}, mais {'mieux' if favorable else 'moins bien'} que d’autres suggestions"


def paths(chemins: tuple[Chemin, ...], formation: str, libelle: Libelle) -> tuple[str, ...]:
    """How the student's choices lead to the formation, the strongest first."""
    return tuple(
        " → ".join(libelle(one) for one in (chemin.source, chemin.par) if one) + f" → {formation}"
        for chemin in chemins[:_NB_CHEMINS]
    )


def _tastes(chemins: tuple[Chemin, ...], libelle: Libelle, *, favorable: bool) -> str:
    direct = tuple(dict.fromkeys(one.source for one in chemins if not one.par))
    metiers = [one for one in direct if is_metier(one)]
    if not chemins:
        return "Aucun lien avec les domaines, centres d’intérêt et métiers choisis"
    if not favorable:
        known = tuple(dict.fromkeys(one.source for one in chemins))
        return f"Moins liée aux choix de l’élève que les autres suggestions{NNBSP}: {_cited(known, libelle)} seulement"
    if metiers:
        what = "un métier choisi" if len(metiers) == 1 else "des métiers choisis"
        return f"Mène à {what}{NNBSP}: {_cited(metiers, libelle)}"
    if direct:
        what = "d’un domaine choisi" if len(direct) == 1 else "de domaines choisis"
        return f"Relève {what}{NNBSP}: {_cited(direct, libelle)}"
    between = tuple(dict.fromkeys(one.par for one in chemins))
    sources = tuple(dict.fromkeys(one.source for one in chemins))
    return f"En lien avec {_quoted(sources, libelle)}, par exemple par {_cited(between[:2], libelle)}"


_Fait = tuple[str, bool | None]
"""A sentence, and whether it is good in itself (None = neither)."""

_RIEN: _Fait = ("", None)


def _fact(critere: str, mesures: Mesures, profil: Profil, libelle: Libelle) -> _Fait:
    match critere:
        case "sim":
            return _likeness(mesures, profil, libelle)
        case "geo":
            return _distance(mesures, libelle)
        case "duration":
            return _duration(mesures.annees, profil.duree)
        case "app":
            return _apprentissage(profil.apprentissage, exists=mesures.apprentissage)
        case "spec":
            return _specialites(mesures, profil, libelle)
        case "moygen":
            return _moyenne(mesures.moyenne, profil)
        case _:
            return _RIEN


def _kept(profil: Profil) -> list[str]:
    return [one.id for one in profil.choix if one.statut == Statut.FAVORI and is_formation(one.id)]


def _likeness(mesures: Mesures, profil: Profil, libelle: Libelle) -> _Fait:
    kept = _kept(profil)
    if mesures.formation_id in kept:
        return DEJA_RETENUE, None
    if mesures.similaires:
        return f"Proche de{NNBSP}: {_cited(tuple(one.favori_id for one in mesures.similaires), libelle)}", True
    return ("Ne ressemble à aucune des formations retenues", False) if kept else _RIEN


def _distance(mesures: Mesures, libelle: Libelle) -> _Fait:
    if not mesures.distances:
        return _RIEN
    near = mesures.distances[0]
    if near.km is None:
        return "Lieux d’enseignement non publiés", None
    place = of_commune(libelle(near.commune_id))
    if near.km <= _KM_PROCHE:
        return (f"Existe à {near.km}{NBSP}km {place}" if near.km else f"Existe tout près {place}"), True
    which = "de la ville souhaitée" if len(mesures.distances) == 1 else "des villes souhaitées"
    return f"Loin {which}{NNBSP}: {near.km}{NBSP}km {place} au plus près", False


def _duration(annees: int, wanted: str | None) -> _Fait:
    match (wanted or "").lower():
        case "court":
            short = annees <= _COURTE_MAX
            return ("Durée courte, comme souhaité", True) if short else ("Plus longue que souhaité", False)
        case "long":
            long = annees > _COURTE_MAX
            return ("Durée longue, comme souhaité", True) if long else ("Plus courte que souhaité", False)
        case _:
            return _RIEN


def _apprentissage(wanted: str | None, *, exists: bool) -> _Fait:
    if wanted not in ("A", "B"):
        return _RIEN
    if exists:
        return "Existe en apprentissage, comme souhaité", True
    return "N’existe pas en apprentissage, qui intéresse l’élève", False


def _specialites(mesures: Mesures, profil: Profil, libelle: Libelle) -> _Fait:
    if not profil.specialites:
        return _RIEN
    if mesures.specialites is None:
        return "Spécialités des admis non publiées", None
    parts = [f"{libelle(one.specialite_id)} ({one.pct}{NNBSP}%)" for one in mesures.specialites[:_NB_CITES]]
    common = [one for one in mesures.specialites if one.pct >= _PART_COURANTE]
    if common:
        return f"Part de ses spécialités parmi celles des admis{NNBSP}: {join_fr(parts)}", True
    return f"Spécialités peu présentes chez les admis{NNBSP}: {join_fr(parts)}", False


def _bac(pct: int | None, bac: str | None, *, favorable: bool) -> str:
    if not bac or bac == BAC_INCONNU:
        return ""
    if pct is None:
        return "Bac des admis non publié"
    if pct == 0:
        return f"Presque aucun admis ne vient d’un bac {type_bac(bac)}"
    if favorable or pct >= _PART_MAJORITAIRE:
        return f"{pct}{NNBSP}% des admis viennent d’un bac {type_bac(bac)}"
    return f"{pct}{NNBSP}% seulement des admis viennent d’un bac {type_bac(bac)}"


def _moyenne(raison: RaisonMoyenne | None, profil: Profil) -> _Fait:
    if profil.moyenne is None:
        return _RIEN
    if raison is None:
        return "Moyennes des admis inconnues", None
    return moyenne_situee(raison), raison.rang >= raison.percentiles.r25


def _quoted(ids: tuple[str, ...], libelle: Libelle) -> str:
    return join_fr([f"«{NNBSP}{libelle(one)}{NNBSP}»" for one in ids[:_NB_CITES]])


def _cited(ids: tuple[str, ...] | list[str], libelle: Libelle) -> str:
    labels = [libelle(one) for one in ids[:_NB_CITES]]
    more = len(ids) - len(labels)
    return join_fr([*labels, plural(more, "autre")] if more else labels)

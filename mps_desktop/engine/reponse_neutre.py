"""What the engine answers, in the neutral shape that the reference's answers are stored in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mps_desktop.engine.explications import (
    Explication,
    Raison,
    RaisonApprentissage,
    RaisonBac,
    RaisonDuree,
    RaisonGouts,
    RaisonMoyenne,
    RaisonProximite,
    RaisonSimilaire,
    RaisonSpecialites,
    RaisonVoisine,
)
from mps_desktop.engine.lecture import BacAbsent, CommuneNulle
from mps_desktop.engine.moteur import Affinites, Moteur
from mps_desktop.engine.profil import Profil
from mps_desktop.engine.regles import Mode
from mps_desktop.engine.similarite import POIDS_SIMILARITE

FORMAT = "mps-suggestions-expected/1"

COLONNES = ("sim", "tags", "geo", "duration", "app", "spec", "spec_bac_pro", "typebac", "moygen")
"""Sub-scores in the order of the neutral shape, between ``raw``, ``norm`` and ``offre``."""

_NB_SUGGESTIONS = 100
_NB_EXPLICATIONS = 10
_NB_METIERS = 50
_POURCENTAGE_VOISINE = 50


def answers(moteur: Moteur, profils: Iterable[tuple[str, Profil]]) -> dict[str, Any]:
    """A whole file of answers, in the order of the profiles."""
    return {
        "format": FORMAT,
        "mode": moteur.mode,
        "columns": ["raw", "norm", *COLONNES, "offre"],
        "p50_nb_voeux": moteur.p50_nb_voeux,
        "p75_capacite": moteur.p75_capacite,
        "profiles": [answer(moteur, profil_id, profil) for profil_id, profil in profils],
    }


def answer(moteur: Moteur, profil_id: str, profil: Profil) -> dict[str, Any]:
    """Everything the engine says of one profile; ties are broken by id."""
    try:
        suggestions = moteur.classer(profil)
        metiers = moteur.classer_metiers(profil)
        first = tuple(suggestion.formation_id for suggestion in suggestions[:_NB_EXPLICATIONS])
        explications = moteur.expliquer(profil, first)
    except (BacAbsent, CommuneNulle) as exc:
        return {"id": profil_id, "error": str(exc)}
    if not moteur.says_something(profil):
        return {"id": profil_id, "nothing_personal": True}
    affinites = moteur.affinites(profil)
    ranked = [[s.formation_id, s.affinite] for s in suggestions[:_NB_SUGGESTIONS]]
    return {
        "id": profil_id,
        "nothing_personal": False,
        "affinities": affinities(affinites),
        "max_raw": affinites.max_brute,
        "nb_positive": sum(suggestion.affinite > 0 for suggestion in suggestions),
        "suggestions": ranked,
        "suggestions_by_id": ranked,
        "explanations": [explanation(explication, moteur.mode) for explication in explications],
        "nb_metiers": len(metiers),
        "nb_metiers_positive": sum(metier.score > 0 for metier in metiers),
        "metiers_by_id": [[metier.metier_id, metier.score] for metier in metiers[:_NB_METIERS]],
    }


def affinities(affinites: Affinites) -> dict[str, list[float | None]]:
    """Formation -> raw, normalised, sub-scores, ``offre``; matching formations only."""
    absent: list[float | None] = [None] * len(affinites.ids)
    columns: list[list[float | None]] = [
        affinites.brutes.tolist(),
        affinites.normalisees.tolist(),
        *(affinites.sous_scores[c].tolist() if c in affinites.sous_scores else absent for c in COLONNES),
        affinites.offres.tolist(),
    ]
    rows = zip(affinites.ids, affinites.retenues.tolist(), zip(*columns, strict=True), strict=True)
    return {formation: list(row) for formation, match, row in rows if match}


def explanation(explication: Explication, mode: Mode = "reference") -> dict[str, Any]:
    """One explained formation."""
    return {
        "key": explication.formation_id,
        "explanations": [_reason(raison, mode) for raison in explication.raisons],
        "examples": list(explication.exemples),
    }


def _reason(raison: Raison, mode: Mode) -> dict[str, Any]:
    """One reason with the figures that the reference shows, odd ones included (defects 3 and 5)."""
    odd = mode == "reference"
    match raison:
        case RaisonSimilaire(favori, score):
            part = score / POIDS_SIMILARITE
            return {"simi": {"fl": favori, "p": float(max(1, int(part) * 100) if odd else int(100 * part))}}
        case RaisonVoisine(formation):
            return {"simi": {"fl": formation, "p": float(_POURCENTAGE_VOISINE)}}
        case RaisonGouts(sources):
            return {"tags": {"ns": list(sources)}}
        case RaisonProximite(code, nom, voeux):
            places = [{"distance": v.km, "city": nom, "codeInsee": code, "formationAccueil": v.voeu_id} for v in voeux]
            return {"geo": places}
        case RaisonDuree(option):
            return {"dur": {"option": option}}
        case RaisonApprentissage(option):
            return {"app": {"option": option}}
        case RaisonSpecialites(parts):
            scale = 100 if odd else 1
            return {"spec": {"stats": [{"spe": part.specialite_id, "pct": scale * part.pct} for part in parts]}}
        case RaisonBac(bac, pourcentage):
            return {"tbac": {"percentage": pourcentage, "bac": bac}}
        case RaisonMoyenne():
            return {"moygen": _moyenne(raison)}


def _moyenne(raison: RaisonMoyenne) -> dict[str, Any]:
    figures = raison.percentiles
    middle = {
        "rangEch10": figures.r10,
        "rangEch25": figures.r25,
        "rangEch50": figures.r50,
        "rangEch75": figures.r75,
        "rangEch90": figures.r90,
        "rangMax": figures.rang_max,
    }
    return {"moy": raison.moyenne, "middle50": middle, "bacUtilise": raison.bac_utilise}

"""What is said of a whole list of wishes: chance, limits, opinions, proposals. French, no promise."""

from __future__ import annotations

from collections.abc import Sequence

from mps_desktop.core.dates import numeric_date
from mps_desktop.core.text import NBSP, NNBSP, join_fr, plural
from mps_desktop.engine.chance import Chance
from mps_desktop.engine.classes import Constat, Limites, VoeuBalance
from mps_desktop.engine.limites import count
from mps_desktop.services import phrases_constats as phrases
from mps_desktop.services.views import CompteurLigne
from mps_desktop.storage.records import AvisPasse, AvisRecord

_LETTRES = {"A+": "ambitieux", "A": "réaliste", "B": "sécurisant"}


def chance(found: Chance | None) -> str:
    """Chance of at least one offer as a range in tenths; empty when nothing is estimated."""
    return "" if found is None else phrases.chances(found.bas, found.haut)


def chance_note(found: Chance | None) -> str:
    """What the chance rests on, and what it leaves out."""
    if found is None:
        return ""
    wishes = plural(found.nb_estimes, "vœu estimé", "vœux estimés")
    note = (
        f"Calcul prudent sur {wishes}{NNBSP}: le même dossier est lu partout, si bien que les réponses "
        "se ressemblent. Une indication, pas une promesse."
    )
    if found.nb_ignores:
        note += f" Sans estimation possible, {plural(found.nb_ignores, 'vœu ne compte', 'vœux ne comptent')} pas ici."
    return note


def compteurs(voeux: Sequence[VoeuBalance], limites: Limites) -> tuple[CompteurLigne, ...]:
    """What a list counts for on Parcoursup; sous-vœux and apprentissage only when there are some."""
    counted = count(voeux, limites)
    session = f"limite de la session {limites.session}"
    lines = [CompteurLigne("Vœux", counted.voeux, limites.voeux, f"Un vœu multiple compte pour un vœu ({session}).")]
    if counted.voeux_apprentissage:
        detail = f"Comptés à part des vœux sous statut étudiant ({session})."
        lines.append(
            CompteurLigne("En apprentissage", counted.voeux_apprentissage, limites.voeux_apprentissage, detail)
        )
    if counted.sous_voeux_total:
        detail = f"Établissements des vœux multiples qui se comptent, comme les BTS, BUT et CPGE ({session})."
        lines.append(CompteurLigne("Sous-vœux", counted.sous_voeux_total, limites.sous_voeux_total, detail))
    return tuple(lines)


def avis(reason: AvisRecord) -> str:
    """Why a teacher stated a class, who and when."""
    signed = ", ".join(part for part in (reason.auteur, numeric_date(reason.jour) if reason.jour else "") if part)
    return f"{reason.motif} ({signed})" if signed else reason.motif


def avis_passe(line: AvisPasse) -> str:
    """One line of the history of opinions."""
    what = f"{line.classe} {_LETTRES[line.classe]}" if line.classe else "avis retiré"
    day = numeric_date(line.jour or line.enregistre.date())
    head = ", ".join(part for part in (day, line.auteur) if part)
    return f"{head}{NBSP}– {what}{f' ({line.motif})' if line.motif else ''}"


def resout(settled: Constat, noms: str, classe: str) -> str:
    """What accepting a proposal settles.

    Args:
        noms: formations or vœux concerned.
        classe: class of the proposed vœu, empty for a formation.
    """
    title = phrases.titre_du_code(settled.code)
    if title:
        return f"Répond à{NNBSP}: {title[0].lower()}{title[1:]}{_about(settled, noms)}"
    letter = f" avec un vœu {classe}" if classe else ""
    about = f" pour {noms}" if noms else ""
    return f"Fait avancer le jalon{about}{letter}"


def sujet(missed: Constat, noms: str) -> str:
    """What could not be settled: the finding in a few words, or what the milestone lacks."""
    title = phrases.titre_du_code(missed.code)
    if title:
        return title
    if missed.code == "METIERS_MANQUANTS":
        return "Métier à choisir"
    letters = join_fr(str(missed.valeurs.get("classes", "")).split(","), "ou")
    return f"{f'Vœu {letters}' if letters else 'Jalon'}{f' pour {noms}' if noms else ''}"


def _about(settled: Constat, noms: str) -> str:
    return f" ({noms})" if settled.code == "FORMATION_SANS_VOEU" and noms else ""


def refus(missed: Constat, motif: str, noms: str) -> str:
    """Something that nothing could be proposed for, and why."""
    if motif == "AUCUN_CANDIDAT" and missed.ids:
        motif = "AUCUN_CANDIDAT_ICI"
    why = phrases.refus(motif)
    return f"{sujet(missed, noms)}{NNBSP}: {why[0].lower()}{why[1:]}"


def where(rayon_km: float | None, distance_km: float | None, has_towns: bool, last_km: float) -> str:
    """Where a proposal was looked for.

    Args:
        rayon_km: radius that holds it, None = beyond the last one, ``last_km``.
    """
    if not has_towns:
        return "aucune ville souhaitée n’est indiquée"
    if rayon_km is not None:
        return f"à moins de {round(rayon_km)}{NBSP}km des villes souhaitées"
    far = f"à plus de {round(last_km)}{NBSP}km des villes souhaitées"
    return far if distance_km is not None else "distance inconnue"

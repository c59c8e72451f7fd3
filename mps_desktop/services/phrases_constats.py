"""Estimates, facts, findings and milestones in French, for teachers.

Wording states what was published or observed and never promises an admission. Estimated
percentages are rounded to 5 points; a rate that the ministry published is given as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from mps_desktop.core.dates import long_date
from mps_desktop.core.paths import find_resources
from mps_desktop.core.text import NBSP, NNBSP, join_fr, plural
from mps_desktop.engine.classes import Constat, Estimation, Fait, Jalon, StatsVoeu
from mps_desktop.services.parametres import Calendrier, Etape, TexteConstat, Textes, load_textes

AVERTISSEMENT = (
    "Les classes A+, A et B sont des estimations tirées de chiffres publics agrégés (candidats, propositions, "
    "mentions des admis). Elles ne connaissent ni le dossier de l’élève, ni celui des autres candidats, et ne "
    "promettent rien : elles aident à équilibrer une liste, jamais à décider à la place de l’élève."
).replace(" :", f"{NNBSP}:")
"""The sentence that goes with every page of estimates."""

_MOTIFS = {
    "APPRENTISSAGE": f"Données insuffisantes{NNBSP}: en apprentissage, l’admission dépend d’un contrat à signer.",
    "AUCUN_TAUX": f"Données insuffisantes{NNBSP}: aucun taux d’accès n’est publié pour ce vœu.",
    "TYPE_BAC_INCONNU": f"Données insuffisantes{NNBSP}: le baccalauréat de l’élève n’est pas renseigné.",
    "TROP_PEU_DE_CANDIDATS": (
        f"Données insuffisantes{NNBSP}: trop peu de candidats du même type de bac, ici et dans les formations proches."
    ),
    "ARRIVE_APRES": (
        f"Données insuffisantes{NNBSP}: vœu venu avec une mise à jour, que l’estimation ne connaît pas encore."
    ),
    "PAS_DE_CANDIDAT_DU_TYPE": (
        f"Données insuffisantes{NNBSP}: presque aucun candidat de ce type de bac en 2023, vérifiez qu’il est accepté."
    ),
    "VOEU_INCONNU": f"N’existe plus{NNBSP}: ce vœu n’est pas dans le catalogue.",
    "VOEU_DISPARU": f"N’existe plus{NNBSP}: ce vœu n’est plus proposé sur Parcoursup.",
}
_TYPES = {
    "generale": "de terminale générale",
    "technologique": "de terminale technologique",
    "professionnelle": "de terminale professionnelle",
}
_PARENTS = {
    "filiere": "l’estimation s’appuie surtout sur les formations de la même filière",
    "fili": "l’estimation s’appuie surtout sur l’ensemble des formations de la même famille",
    "national": "l’estimation s’appuie surtout sur l’ensemble des formations du pays",
}
_STABLE = 2.5
"""Movement of a published rate, in points, below which it is called stable."""
_PRESSION_STABLE = 0.1
"""Relative movement of the candidates per place below which it is called stable."""
_SUR_10 = 10
_TOUT = 100
_TRES_LARGE = 8


def absence(connue: int, presente: int) -> str:
    """Why a vœu that a former catalogue knew is not estimated.

    Args:
        connue: newest session of the last catalogue that knew it.
        presente: newest session of the catalogue in force.
    """
    if connue > presente:
        return (
            f"Absent de ce catalogue (session {presente}), plus ancien que celui où ce vœu a été choisi "
            f"(session {connue}){NNBSP}: mettez le catalogue à jour."
        )
    return f"N’existe plus{NNBSP}: connu jusqu’au catalogue de la session {connue}, absent de celui-ci."


def estimation(estimated: Estimation) -> str:
    """Probability in words, or why there is none."""
    if estimated.bas is None or estimated.haut is None:
        return _MOTIFS[estimated.motif]
    return chances(estimated.bas, estimated.haut)


def chances(low: float, high: float) -> str:
    """An interval of probability in tenths, never 0 nor 10 out of 10.

    Args:
        low, high: bounds, 0..1.
    """
    lower, upper = _tenths(low), _tenths(high)
    if lower == 0 and upper == _SUR_10:
        return f"très incertain{NNBSP}: toutes les issues restent possibles"
    if upper - lower >= _TRES_LARGE:
        return f"très incertain{NNBSP}: entre {max(lower, 1)} et {_out_of_10(min(upper, 9))}"
    if lower == upper == 0:
        return "moins d’une chance sur 10"
    if lower == upper == _SUR_10:
        return "plus de 9 chances sur 10"
    if lower == 0:
        return f"au plus {_out_of_10(upper)}"
    if upper == _SUR_10:
        return f"au moins {_out_of_10(lower)}"
    if lower == upper:
        return f"environ {_out_of_10(lower)}"
    return f"entre {lower} et {_out_of_10(upper)}"


def percent(value: float, step: int = 5) -> str:
    """Percentage rounded to a step, with its narrow no-break space ("35 %").

    Args:
        value: 0..100.
        step: 5 for what is estimated, 1 for what was published.
    """
    return f"{_round(value, step)}{NNBSP}%"


def motif(code: str) -> str:
    """Why a wish cannot be classed."""
    return _MOTIFS[code]


def fait(fact: Fait) -> str:
    """One fact behind an estimate, as a sentence with its session."""
    return _FAITS[fact.code](fact)


def chiffres(stats: StatsVoeu) -> tuple[str, ...]:
    """Newest published figures of a vœu, each with its session."""
    lines: list[str] = []
    for session in reversed(stats.sessions):
        if session.taux_acces is not None:
            lines.append(f"taux d’accès {session.session}{NNBSP}: {percent(session.taux_acces, 1)}")
            break
    for session in reversed(stats.sessions):
        if session.capacite is not None and session.candidats is not None:
            candidates = _count(session.candidats, "candidat")
            lines.append(f"{candidates}, {_count(session.capacite, 'place')} ({session.session})")
            break
    return tuple(lines)


def constat(found: Constat, noms: str = "") -> str:
    """Sentence of a finding.

    Args:
        noms: labels of the vœux or formations concerned, already joined.
    """
    return _sentence(_textes().constats[found.code], found, noms)


def titre(found: Constat) -> str:
    """A few words for a finding, the same for every student."""
    return _textes().constats[found.code].titre


def titre_du_code(code: str) -> str:
    """The same by code, empty for what a milestone lacks."""
    texte = _textes().constats.get(code)
    return texte.titre if texte else ""


def geste(found: Constat) -> tuple[str, str]:
    """What the button of a finding does, and its words; empty when it has none."""
    texte = _textes().constats[found.code]
    return texte.geste, texte.bouton


def refus(motif: str) -> str:
    """Why nothing can be proposed."""
    return _textes().refus[motif]


def action(found: Constat) -> str:
    """What solves a finding, or fills what a milestone lacks."""
    textes = _textes()
    texte = textes.constats.get(found.code) or textes.manques[found.code]
    return texte.action.format(**_values(found, ""))


def manque(missing: Constat, noms: str = "") -> str:
    """Sentence of what a milestone lacks."""
    return _sentence(_textes().manques[missing.code], missing, noms)


def jalon(reached: Jalon) -> str:
    """Milestone of a level in one sentence."""
    jalons = _textes().jalons
    texte = jalons.get(reached.niveau) or jalons["inconnu"]
    sentence = texte.atteint if reached.atteint else texte.en_cours
    return sentence.format(fait=reached.fait, attendu=reached.attendu)


def calendrier(calendriers: Mapping[int, Calendrier], session: int) -> str:
    """When the wishes of a session are due, or that nobody has published it yet."""
    known = calendriers.get(session)
    voeux = known.etape("voeux") if known else None
    if known is None or not known.publie or voeux is None:
        return f"Calendrier Parcoursup {session}{NNBSP}: pas encore publié."
    return f"Parcoursup {session}, {etape(voeux)} ({known.source})."


def etape(step: Etape) -> str:
    """Dates of one step of the calendar."""
    name = step.libelle[0].lower() + step.libelle[1:]
    if step.debut and step.fin:
        return f"{name}{NNBSP}: du {long_date(step.debut)} au {long_date(step.fin)}"
    if step.fin:
        return f"{name}{NNBSP}: jusqu’au {long_date(step.fin)}"
    if step.debut:
        return f"{name}{NNBSP}: à partir du {long_date(step.debut)}"
    return f"{name}{NNBSP}: date non publiée"


@cache
def _textes() -> Textes:
    """Sentences shipped with the program: read once, never changed."""
    return load_textes(find_resources())


def _sentence(texte: TexteConstat, found: Constat, noms: str) -> str:
    values = _values(found, noms)
    return (texte.phrase_un if values["nb"] == 1 else texte.phrase).format(**values)


def _values(found: Constat, noms: str) -> dict[str, float | int | str]:
    values = {"nb": len(found.ids), "noms": noms, **found.valeurs}
    if "classes" in values:
        values["classes"] = join_fr(str(values["classes"]).split(","))
    return values


def _candidats_type(fact: Fait) -> str:
    count, total = _int(fact, "candidats"), _int(fact, "total")
    who = _TYPES[str(fact.valeurs["type_bac"])]
    return f"En {fact.session}, {_count(count, 'candidat')} {who}, sur {_count(total, 'lycéen')} au total."


def _propositions_type(fact: Fait) -> str:
    count = _int(fact, "propositions")
    who = _TYPES[str(fact.valeurs["type_bac"])]
    if count == 0:
        return f"En {fact.session}, aucune proposition n’a été faite à des candidats {who}."
    verb = "a" if count == 1 else "ont"
    return f"En {fact.session}, {_count(count, 'candidat')} {who} {verb} reçu une proposition."


def _acces_type(fact: Fait) -> str:
    who = _TYPES[str(fact.valeurs["type_bac"])]
    share = _round(_float(fact, "taux"), 5)
    place = "en position de recevoir une proposition (calcul d’après les chiffres publiés)."
    if share <= 0:
        return f"En {fact.session}, presque aucun candidat {who} n’était {place}"
    if share >= _TOUT:
        return f"En {fact.session}, presque tous les candidats {who} étaient {place}"
    return f"En {fact.session}, environ {percent(share)} des candidats {who} étaient {place}"


def _peu_de_candidats(fact: Fait) -> str:
    count = _int(fact, "candidats")
    who = _TYPES[str(fact.valeurs["type_bac"])]
    start = f"{_count(count, 'candidat')} {who} en {fact.session}" if count else f"Aucun candidat {who} connu"
    parent = _PARENTS.get(
        str(fact.valeurs["parent"]), "l’estimation s’appuie sur le taux d’accès de tous les candidats"
    )
    return f"{start}{NNBSP}: {parent}."


def _moyenne_situee(fact: Fait) -> str:
    share = _round(_float(fact, "part"), 5)
    who = f"environ {percent(share)}"
    if share <= 0 or share >= _TOUT:
        who = "très peu" if share <= 0 else "presque tous"
    return (
        f"Moyenne de {_decimal(_float(fact, 'moyenne'))}{NNBSP}: parmi les admis de la même série en {fact.session}, "
        f"toutes formations confondues, {who} avaient une moyenne plus basse."
    )


def _moyenne_inconnue(_fact: Fait) -> str:
    return f"Moyenne non renseignée{NNBSP}: l’intervalle couvre la grande majorité des élèves de la série."


def _taux_acces(fact: Fait) -> str:
    return f"Taux d’accès {fact.session}, tous bacs confondus{NNBSP}: {percent(_float(fact, 'taux'), 1)}."


def _tendance_taux(fact: Fait) -> str:
    before, after = _float(fact, "avant"), _float(fact, "apres")
    since = f"entre {_int(fact, 'session_avant')} et {fact.session}"
    if abs(after - before) < _STABLE:
        return f"Le taux d’accès est resté stable {since}."
    points = plural(_round(abs(after - before), 1), "point")
    if after > before:
        return f"Le taux d’accès a gagné {points} {since}{NNBSP}: l’accès s’est ouvert."
    return f"Le taux d’accès a perdu {points} {since}{NNBSP}: l’accès s’est resserré."


def _une_seule_session(fact: Fait) -> str:
    return f"Un seul taux d’accès est connu, celui de {fact.session}{NNBSP}: l’évolution ne peut pas être suivie."


def _tendance_candidats(fact: Fait) -> str:
    before, after = _float(fact, "avant"), _float(fact, "apres")
    since = f"entre {_int(fact, 'session_avant')} et {fact.session}"
    if abs(after - before) <= _PRESSION_STABLE * max(before, after):
        return f"Le nombre de candidats par place est resté stable {since} (environ {_decimal(after)})."
    verb = "passé" if after < before else "monté"
    return f"Le nombre de candidats par place est {verb} de {_decimal(before)} à {_decimal(after)} {since}."


def _mentions(fact: Fait) -> str:
    strong, none = (_round(_float(fact, name), 5) for name in ("bien_ou_plus", "sans"))
    admitted = f"Parmi les néo-bacheliers admis en {fact.session}, "
    if strong <= 0:
        return f"{admitted}presque aucun n’avait de mention bien ou très bien."
    if strong >= _TOUT:
        return f"{admitted}presque tous avaient une mention bien ou très bien."
    end = f"{percent(none)} n’avaient pas de mention" if none > 0 else "presque tous avaient une mention"
    return f"{admitted}environ {percent(strong)} avaient une mention bien ou très bien et {end}."


def _secteur(fact: Fait) -> str:
    share = _round(_float(fact, "part"), 5)
    who = "Presque tous les admis" if share >= _TOUT else f"Environ {percent(share)} des admis"
    return f"{who} viennent de la même académie{NNBSP}: le secteur géographique peut compter."


def _places_pour_tous(_fact: Fait) -> str:
    return (
        "Cette formation ne sélectionne pas et presque tous les candidats ont pu y entrer aux sessions connues"
        f"{NNBSP}: la moyenne n’y change rien."
    )


_FAITS: Mapping[str, Callable[[Fait], str]] = {
    "CANDIDATS_TYPE": _candidats_type,
    "PROPOSITIONS_TYPE": _propositions_type,
    "ACCES_TYPE": _acces_type,
    "PEU_DE_CANDIDATS": _peu_de_candidats,
    "MOYENNE_SITUEE": _moyenne_situee,
    "MOYENNE_INCONNUE": _moyenne_inconnue,
    "TAUX_ACCES": _taux_acces,
    "TENDANCE_TAUX": _tendance_taux,
    "UNE_SEULE_SESSION": _une_seule_session,
    "TENDANCE_CANDIDATS": _tendance_candidats,
    "MENTIONS": _mentions,
    "SECTEUR": _secteur,
    "PLACES_POUR_TOUS": _places_pour_tous,
}


def _count(number: int, noun: str) -> str:
    """Number with its noun, thousands apart ("3 400 candidats")."""
    return plural(number, noun).replace(str(number), _grouped(number), 1)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", NNBSP)


def _tenths(rate: float) -> int:
    return int(10 * rate + 0.5)


def _out_of_10(tenths: int) -> str:
    return f"{tenths}{NBSP}chance{'s' if tenths > 1 else ''} sur{NBSP}10"


def _round(value: float, step: int) -> int:
    return step * int(value / step + 0.5)


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")


def _int(fact: Fait, name: str) -> int:
    return int(fact.valeurs[name])


def _float(fact: Fait, name: str) -> float:
    return float(fact.valeurs[name])

"""Why a formation is suggested, in French, for teachers. States what is known, promises nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mps_desktop.core.text import NBSP, NNBSP, join_fr, strip_accents
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
from mps_desktop.engine.graphe import is_formation, is_metier
from mps_desktop.engine.lecture import BAC_INCONNU

Libelle = Callable[[str], str]
"""Gives the label of an id."""

_NB_CITES = 3
_PART_COURANTE = 10
"""Percent from which a spécialité is called common among the admitted."""

_TYPES_BAC = {"Générale": "général", "P": "professionnel", "PA": "professionnel"}
_TECHNOLOGIQUE = "technologique"
"""Any other bac: figures are published for the whole technological way, not for each series."""

_H_MUETS = ("He", "Hi", "Hon", "Hy")
"""How communes with a silent h begin, without accents."""
_H_ASPIRES = ("Hem",)
_VOYELLES = tuple("AEIOUY")

_Constatee = RaisonBac | RaisonMoyenne | RaisonSpecialites | RaisonDuree | RaisonApprentissage
"""Reasons that make one sentence each."""

_ORDRE: tuple[type[_Constatee], ...] = (
    RaisonBac,
    RaisonMoyenne,
    RaisonSpecialites,
    RaisonDuree,
    RaisonApprentissage,
)


def phrases(explication: Explication, libelle: Libelle, session: int | None = None) -> tuple[str, ...]:
    """Sentences that say why, strongest first, each fact once.

    Args:
        explication: what the engine found.
        libelle: gives the label of métiers, domaines, interests, formations and spécialités.
        session: Parcoursup session of the figures about the admitted, shown when given.
    """
    raisons = explication.raisons
    gouts = [raison for raison in raisons if isinstance(raison, RaisonGouts)]
    sources = tuple(source for raison in gouts for source in raison.sources)
    direct = [*_gouts(sources, libelle), *_proches(raisons, libelle)]
    found = [*direct, *_proximites(raisons)]
    for kind in _ORDRE:
        found += [_fact(raison, libelle, session) for raison in raisons if isinstance(raison, kind)]
    if gouts and not direct:
        found.append("En lien indirect avec les choix de l’élève")
    return tuple(dict.fromkeys(found))


def _gouts(sources: Sequence[str], libelle: Libelle) -> list[str]:
    metiers = [source for source in sources if is_metier(source)]
    others = [source for source in sources if not is_metier(source) and not is_formation(source)]
    found: list[str] = []
    if metiers:
        beginning = "Mène à un métier choisi" if len(metiers) == 1 else "Mène à des métiers choisis"
        found.append(f"{beginning}{NNBSP}: {_cited(metiers, libelle)}")
    if others:
        beginning = "Dans un domaine choisi" if len(others) == 1 else "Dans des domaines choisis"
        found.append(f"{beginning}{NNBSP}: {_cited(others, libelle)}")
    return found


def _proches(raisons: Sequence[Raison], libelle: Libelle) -> list[str]:
    """The favourites that it resembles, the closest first."""
    similar = sorted((r for r in raisons if isinstance(r, RaisonSimilaire)), key=lambda r: -r.score)
    voisines = [r.formation_id for r in raisons if isinstance(r, RaisonVoisine)]
    formations = tuple(dict.fromkeys([*(r.favori_id for r in similar), *voisines]))
    return [f"Proche de{NNBSP}: {_cited(formations, libelle)}"] if formations else []


def _proximites(raisons: Sequence[Raison]) -> list[str]:
    """One sentence for all preferred communes, the nearest first."""
    near = sorted((r for r in raisons if isinstance(r, RaisonProximite)), key=lambda r: r.voeux[0].km)
    places = [_distance(r.voeux[0].km, r.commune) for r in near[:_NB_CITES]]
    text = join_fr(places)
    return [text[0].upper() + text[1:]] if text else []


def _distance(km: int, commune: str) -> str:
    of = of_commune(commune)
    return f"à {km}{NBSP}km {of}" if km else f"tout près {of}"


def _fact(raison: _Constatee, libelle: Libelle, session: int | None) -> str:
    match raison:
        case RaisonBac(bac, pourcentage):
            year = f" ({session})" if session else ""
            return f"{pourcentage}{NNBSP}% des admis viennent d’un bac {type_bac(bac)}{year}"
        case RaisonMoyenne():
            return moyenne_situee(raison)
        case RaisonSpecialites():
            return _specialites(raison, libelle)
        case RaisonDuree(option):
            length = "courte" if option.lower() == "court" else "longue"
            return f"Durée {length}, comme souhaité"
        case RaisonApprentissage(option):
            return "Existe en apprentissage" + (", comme souhaité" if option == "A" else "")


def moyenne_situee(raison: RaisonMoyenne) -> str:
    """Where the average falls among those of the admitted."""
    figures = raison.percentiles
    # Averages of the admitted are deduced from mentions: always an estimate.
    which = "estimation, tous bacs confondus" if raison.bac_utilise == BAC_INCONNU else "estimation"
    if raison.rang < figures.r10:
        where = "sous celle de neuf admis sur dix"
    elif raison.rang < figures.r25:
        where = "sous celle de trois admis sur quatre"
    elif raison.rang <= figures.r75:
        where = "dans la moitié centrale des admis"
    else:
        where = "au-dessus de celle de trois admis sur quatre"
    return f"Moyenne {where} ({which})"


def _specialites(raison: RaisonSpecialites, libelle: Libelle) -> str:
    parts = sorted(raison.parts, key=lambda part: -part.pct)
    common = [part.specialite_id for part in parts if part.pct >= _PART_COURANTE]
    if not common:
        return f"Des admis avaient aussi{NNBSP}: {_cited([p.specialite_id for p in parts], libelle)} (estimation)"
    beginning = "Spécialité courante" if len(common) == 1 else "Spécialités courantes"
    return f"{beginning} chez les admis{NNBSP}: {_cited(common, libelle)} (estimation)"


def _cited(ids: Sequence[str], libelle: Libelle) -> str:
    """The first labels, and how many more there are."""
    labels = [libelle(one) for one in ids[:_NB_CITES]]
    more = len(ids) - len(labels)
    if more:
        labels.append(f"{more}{NBSP}autre{'s' if more > 1 else ''}")
    return join_fr(labels)


def type_bac(bac: str) -> str:
    """Kind of bac for "un bac …": the technological series share their figures."""
    return _TYPES_BAC.get(bac, _TECHNOLOGIQUE)


def of_commune(commune: str) -> str:
    """The commune after "de": de Nantes, d’Angers, du Mans, des Abymes."""
    plain = strip_accents(commune)
    if plain.startswith("Le "):
        return f"du {commune[3:]}"
    if plain.startswith("Les "):
        return f"des {commune[4:]}"
    silent = plain.startswith(_H_MUETS) and not plain.startswith(_H_ASPIRES)
    return f"d’{commune}" if silent or plain.startswith(_VOYELLES) else f"de {commune}"

"""Neutral data set and profiles, already parsed from JSON, in the shape that the engine reads."""

from __future__ import annotations

import re

from mps_desktop.engine.donnees import Arete, FormationMoteur, JeuDeDonnees, Percentiles, PositionVoeu, Ville
from mps_desktop.engine.profil import COMMUNE_NULLE, Choix, Profil
from mps_desktop.engine.valeurs_neutres import (
    FormeInattendue,
    Neutre,
    at,
    decimal,
    integer,
    known,
    listed,
    name,
    record,
    rows,
    text,
)

_NOMBRE = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_ARETES = (
    "interet_metier", "formation_domaine", "domaine_metier", "metier_associe", "formation_psup_to_mps",
    "las_to_generic", "las_to_pass", "atome_element", "metier_formation",
)  # fmt: skip


def read_jeu(racine: Neutre) -> JeuDeDonnees:
    """Read a whole data set.

    Args:
        racine: content of ``dataset.json``: ``nodes``, ``edges``, ``formation_metier``,
            ``formations``, ``villes``, ``specialites``.

    Raises:
        KeyError: a mandatory list is missing.
        FormeInattendue: a value has not the expected shape.
    """
    edges = {key: at(f"liste « {key} »", _pairs, record(racine["edges"])[key]) for key in _ARETES}
    formations = tuple(
        at(f"formation n° {rank}", _formation, raw)
        for rank, raw in enumerate(at("« formations »", listed, racine["formations"]), start=1)
    )
    if len({formation.id for formation in formations}) < len(formations):
        raise FormeInattendue("deux formations ont le même « id »")
    libelles = {name(node["id"]): text(node.get("label")) or "" for node in rows(racine["nodes"])}
    libelles.update(known(record(racine["specialites"]).get("labels"), name))
    return JeuDeDonnees(
        formations=formations,
        formation_metier=at("liste « formation_metier »", _pairs, racine["formation_metier"]),
        **edges,
        villes={ville.id: ville for ville in (at("villes", _ville, raw) for raw in rows(racine["villes"]))},
        libelles=libelles,
    )


def read_profils(racine: Neutre) -> tuple[tuple[str, Profil], ...]:
    """Read a file of profiles: (id, profile), in its order.

    Raises:
        KeyError: there is no list of profiles.
        FormeInattendue: a profile has not the expected shape.
    """
    return tuple(
        at(f"profil n° {rank}", _named_profil, raw)
        for rank, raw in enumerate(at("« profiles »", listed, racine["profiles"]), start=1)
    )


def _named_profil(raw: Neutre) -> tuple[str, Profil]:
    if raw["profile"] is None:
        raise FormeInattendue("un objet est attendu")
    return name(raw["id"]), read_profil(record(raw["profile"]))


def read_profil(raw: Neutre) -> Profil:
    """Read one profile as the service of MonProjetSup receives it.

    Unknown fields are ignored, any field may be null or absent. A null inside a list of ids
    becomes an empty id: it names nothing, but the list is not empty. A null commune is kept as
    ``COMMUNE_NULLE``: the reference fails on it, the corrected mode ignores it.

    Raises:
        FormeInattendue: a field has not the expected type.
    """
    return Profil(
        niveau=text(raw.get("niveau")) or "",
        bac=at("bac", text, raw.get("bac")),
        duree=at("duree", text, raw.get("duree")),
        apprentissage=at("apprentissage", text, raw.get("apprentissage")),
        communes=tuple(
            COMMUNE_NULLE if code is None else name(code) for code in at("geo_pref", rows, raw.get("geo_pref"))
        ),
        specialites=at("spe_classes", _ids, raw.get("spe_classes")),
        interets=at("interests", _ids, raw.get("interests")),
        moyenne=at("moygen", _number, raw.get("moygen")),
        choix=tuple(at("choices", _choix, choix) for choix in at("choices", rows, raw.get("choices"))),
    )


def _choix(raw: Neutre) -> Choix:
    score = raw.get("score")
    return Choix(text(raw.get("fl")) or "", integer(raw.get("status")), None if score is None else integer(score))


def _ids(values: object) -> tuple[str, ...]:
    return tuple(text(value) or "" for value in rows(values))


def _number(value: object) -> float | None:
    """A plain decimal number; anything else counts as unknown."""
    written = text(value)
    return float(written) if written is not None and _NOMBRE.fullmatch(written) else None


def _pairs(value: object) -> tuple[Arete, ...]:
    return tuple((name(source), name(cible)) for source, cible in listed(value))


def _ville(raw: Neutre) -> Ville:
    coords = tuple((decimal(lat), decimal(lng)) for lat, lng in rows(raw.get("coords")))
    return Ville(name(raw["id"]), text(raw.get("nom")) or "", coords)


def _formation(raw: Neutre) -> FormationMoteur:
    """One formation: only its id is needed, whatever else is null or absent counts as missing."""
    stats = record(raw.get("stats"))
    return FormationMoteur(
        id=name(raw["id"]),
        libelle=text(raw.get("label")) or name(raw["id"]),
        type=text(raw.get("type")) or "",
        duree=at("duree", integer, raw.get("duree")),
        apprentissage=bool(raw.get("apprentissage")),
        las=text(raw.get("las")),
        capacite=at("capacite", integer, raw.get("capacite")),
        voeux=tuple(at("voeux", _voeu, voeu) for voeu in rows(raw.get("voeux"))),
        nb_admis_par_bac=at("nb_admis_par_bac", _integers, stats.get("nb_admis_par_bac")),
        percentiles=at("moyenne_generale", _grades, stats.get("moyenne_generale")),
        pct_specialites=at("pct_admis_par_specialite", _integers, stats.get("pct_admis_par_specialite")),
        similaires=at("similaires", _likeness, stats.get("similaires")),
        obsolete=bool(raw.get("obsolete")),
    )


def _voeu(raw: Neutre) -> PositionVoeu:
    lat, lng = (None if raw.get(key) is None else decimal(raw[key]) for key in ("lat", "lng"))
    return PositionVoeu(name(raw["id"]), lat, lng, bool(raw.get("obsolete")))


def _integers(value: object) -> dict[str, int]:
    return known(value, integer)


def _grades(value: object) -> dict[str, Percentiles]:
    return known(value, _percentiles)


def _likeness(value: object) -> dict[int, dict[str, int]]:
    return {int(index): scores for index, scores in known(value, _integers).items()}


def _percentiles(raw: Neutre) -> Percentiles:
    return Percentiles(*(integer(raw[key]) for key in ("r10", "r25", "r50", "r75", "r90", "max")))

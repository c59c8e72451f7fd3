"""Neutral data set and profiles, already parsed from JSON, in the shape that the engine reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mps_desktop.engine.donnees import Arete, FormationMoteur, JeuDeDonnees, Percentiles, PositionVoeu, Ville
from mps_desktop.engine.profil import COMMUNE_NULLE, Choix, Profil

Neutre = Mapping[str, Any]
"""One JSON object."""

_INCONNU = -1
_NOMBRE = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


def read_jeu(racine: Neutre) -> JeuDeDonnees:
    """Read a whole data set.

    Args:
        racine: content of ``dataset.json``: ``nodes``, ``edges``, ``formation_metier``,
            ``formations``, ``villes``, ``specialites``.

    Raises:
        KeyError: a mandatory field is missing.
    """
    edges: Neutre = racine["edges"]
    libelles = {node["id"]: node["label"] for node in racine["nodes"]}
    libelles.update(racine["specialites"]["labels"])
    return JeuDeDonnees(
        formations=tuple(_formation(raw) for raw in racine["formations"]),
        formation_metier=_pairs(racine["formation_metier"]),
        interet_metier=_pairs(edges["interet_metier"]),
        formation_domaine=_pairs(edges["formation_domaine"]),
        domaine_metier=_pairs(edges["domaine_metier"]),
        metier_associe=_pairs(edges["metier_associe"]),
        formation_psup_to_mps=_pairs(edges["formation_psup_to_mps"]),
        las_to_generic=_pairs(edges["las_to_generic"]),
        las_to_pass=_pairs(edges["las_to_pass"]),
        atome_element=_pairs(edges["atome_element"]),
        metier_formation=_pairs(edges["metier_formation"]),
        villes={raw["id"]: _ville(raw) for raw in racine["villes"]},
        libelles=libelles,
    )


def read_profils(racine: Neutre) -> tuple[tuple[str, Profil], ...]:
    """Read a file of profiles: (id, profile), in its order."""
    return tuple((raw["id"], read_profil(raw["profile"])) for raw in racine["profiles"])


def read_profil(raw: Neutre) -> Profil:
    """Read one profile as the service of MonProjetSup receives it.

    Unknown fields are ignored, any field may be null or absent. A null inside a list of ids
    becomes an empty id: it names nothing, but the list is not empty. A null commune is kept as
    ``COMMUNE_NULLE``: the reference fails on it, the corrected mode ignores it.
    """
    return Profil(
        niveau=raw.get("niveau") or "",
        bac=raw.get("bac"),
        duree=raw.get("duree"),
        apprentissage=raw.get("apprentissage"),
        communes=tuple(COMMUNE_NULLE if code is None else code for code in raw.get("geo_pref") or ()),
        specialites=_ids(raw.get("spe_classes")),
        interets=_ids(raw.get("interests")),
        moyenne=_number(raw.get("moygen")),
        choix=tuple(
            Choix(
                choix.get("fl") or "", _INCONNU if choix.get("status") is None else choix["status"], choix.get("score")
            )
            for choix in raw.get("choices") or ()
        ),
    )


def _ids(values: list[str | None] | None) -> tuple[str, ...]:
    return tuple(value or "" for value in values or ())


def _number(text: str | float | None) -> float | None:
    """A plain decimal number; anything else counts as unknown."""
    if isinstance(text, str):
        return float(text) if _NOMBRE.fullmatch(text) else None
    return None if text is None else float(text)


def _pairs(rows: list[list[str]]) -> tuple[Arete, ...]:
    return tuple((source, cible) for source, cible in rows)


def _ville(raw: Neutre) -> Ville:
    return Ville(raw["id"], raw.get("nom") or "", tuple((lat, lng) for lat, lng in raw.get("coords") or ()))


def _formation(raw: Neutre) -> FormationMoteur:
    """One formation: only its id is needed, whatever else is null or absent counts as missing."""
    stats: Neutre = raw.get("stats") or {}
    return FormationMoteur(
        id=raw["id"],
        libelle=raw.get("label") or raw["id"],
        type=raw.get("type") or "",
        duree=_INCONNU if raw.get("duree") is None else raw["duree"],
        apprentissage=bool(raw.get("apprentissage")),
        las=raw.get("las"),
        capacite=_INCONNU if raw.get("capacite") is None else raw["capacite"],
        voeux=tuple(
            PositionVoeu(voeu["id"], voeu.get("lat"), voeu.get("lng"), bool(voeu.get("obsolete")))
            for voeu in raw.get("voeux") or ()
        ),
        nb_admis_par_bac=_known(stats.get("nb_admis_par_bac")),
        percentiles={bac: _percentiles(values) for bac, values in _known(stats.get("moyenne_generale")).items()},
        pct_specialites=_known(stats.get("pct_admis_par_specialite")),
        similaires={int(index): _known(scores) for index, scores in _known(stats.get("similaires")).items()},
        obsolete=bool(raw.get("obsolete")),
    )


def _known(table: Mapping[str, Any] | None) -> dict[str, Any]:
    """A table without the entries that are null."""
    return {key: value for key, value in (table or {}).items() if value is not None}


def _percentiles(raw: Neutre) -> Percentiles:
    return Percentiles(raw["r10"], raw["r25"], raw["r50"], raw["r75"], raw["r90"], raw["max"])

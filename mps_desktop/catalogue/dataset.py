"""The catalogue in the shape that the suggestion engine reads."""

from __future__ import annotations

from collections import defaultdict

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.schema import GENRES_ARETES
from mps_desktop.engine.donnees import Arete, FormationMoteur, JeuDeDonnees, Percentiles, PositionVoeu, Ville

_INDEX_BACS = (0, 1, 2, 3)
"""Bac indexes of the engine: the catalogue holds one table of likeness, used for all of them."""

_VILLES_A_ARRONDISSEMENTS = (("75056", "751"), ("13055", "132"), ("69123", "6938"))
"""Paris, Marseille and Lyon, with the beginning of the INSEE codes of their arrondissements."""


def engine_dataset(catalogue: Catalogue) -> JeuDeDonnees:
    """Everything the engine reads, in a few bulk queries.

    Raises:
        EnvironmentFault: the catalogue file is damaged.
    """
    aretes = _aretes(catalogue)
    return JeuDeDonnees(
        formations=_formations(catalogue),
        villes=_villes(catalogue),
        libelles=_libelles(catalogue),
        **{genre: tuple(aretes[genre]) for genre in GENRES_ARETES},
    )


def _formations(catalogue: Catalogue) -> tuple[FormationMoteur, ...]:
    voeux: defaultdict[str, list[PositionVoeu]] = defaultdict(list)
    for formation_id, *position in catalogue.rows(
        "SELECT v.formation_id, v.id, coalesce(v.lat, c.lat), coalesce(v.lng, c.lng) FROM voeux v"
        " LEFT JOIN communes c ON c.code_insee = v.code_insee AND (v.lat IS NULL OR v.lng IS NULL)"
        " WHERE v.formation_id IS NOT NULL ORDER BY v.formation_id, v.id"
    ):
        voeux[formation_id].append(PositionVoeu(*position))
    admis = _tables(catalogue, "SELECT formation_id, bac, admis FROM stats_admis")
    specialites = _tables(catalogue, "SELECT formation_id, specialite_id, pct FROM stats_specialites")
    similaires = _tables(catalogue, "SELECT formation_id, autre_id, score FROM stats_similaires")
    percentiles: defaultdict[str, dict[str, Percentiles]] = defaultdict(dict)
    for formation_id, bac, *ranks in catalogue.rows(
        "SELECT formation_id, bac, r10, r25, r50, r75, r90, rang_max FROM stats_percentiles"
    ):
        percentiles[formation_id][bac] = Percentiles(*ranks)
    return tuple(
        FormationMoteur(
            id=formation.id,
            libelle=formation.libelle,
            type=formation.type,
            duree=formation.duree,
            apprentissage=formation.apprentissage,
            las=formation.las,
            capacite=formation.capacite,
            voeux=tuple(voeux[formation.id]),
            nb_admis_par_bac=admis[formation.id],
            percentiles=percentiles[formation.id],
            pct_specialites=specialites[formation.id],
            similaires=dict.fromkeys(_INDEX_BACS, similaires[formation.id]),
        )
        for formation in catalogue.formations()
    )


def _tables(catalogue: Catalogue, sql: str) -> defaultdict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for formation_id, key, value in catalogue.rows(sql):
        found[formation_id][key] = value
    return found


def _aretes(catalogue: Catalogue) -> defaultdict[str, list[Arete]]:
    found: defaultdict[str, list[Arete]] = defaultdict(list)
    for genre, source, cible in catalogue.rows("SELECT genre, source, cible FROM aretes ORDER BY genre, rang"):
        found[genre].append((source, cible))
    return found


def _villes(catalogue: Catalogue) -> dict[str, Ville]:
    """Towns by INSEE code. An arrondissement counts with its whole city, as in MonProjetSup."""
    villes: dict[str, Ville] = {}
    for code, nom, lat, lng in catalogue.rows("SELECT code_insee, nom, lat, lng FROM communes ORDER BY code_insee"):
        villes[code] = Ville(code, nom, () if lat is None or lng is None else ((lat, lng),))
    for city, beginning in _VILLES_A_ARRONDISSEMENTS:
        parts = [code for code in villes if code.startswith(beginning)]
        coords = tuple(point for code in parts for point in villes[code].coords)
        if coords:
            for code in (city, *parts):
                if code in villes:
                    villes[code] = Ville(code, villes[code].nom, coords)
    return villes


def _libelles(catalogue: Catalogue) -> dict[str, str]:
    rows = catalogue.rows(
        "SELECT id, libelle FROM atomes UNION ALL SELECT id, libelle FROM elements"
        " UNION ALL SELECT id, libelle FROM metiers UNION ALL SELECT id, libelle FROM specialites"
    )
    return dict(rows)

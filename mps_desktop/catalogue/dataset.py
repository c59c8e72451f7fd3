"""The catalogue in the shape that the suggestion engine reads."""

from __future__ import annotations

from collections import defaultdict

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.schema import EVOLUTIONS, GENRES_ARETES
from mps_desktop.catalogue.tableaux import Decodees
from mps_desktop.engine.donnees import Arete, FormationMoteur, JeuDeDonnees, Percentiles, PositionVoeu, Ville
from mps_desktop.engine.preparation import Tableaux, TableauxPerimes, from_bytes, prepare, to_bytes

_INDEX_BACS = (0, 1, 2, 3)
"""Bac indexes of the engine: the catalogue holds one table of likeness, used for all of them."""

_VILLES_A_ARRONDISSEMENTS = (("75056", "751"), ("13055", "132"), ("69123", "6938"))
"""Paris, Marseille and Lyon, with the beginning of the INSEE codes of their arrondissements."""

TABLEAU_MOTEUR = "moteur"
"""Name in ``tableaux`` of the arrays of the engine, in its own packing (``engine.preparation``)."""

_DISPARU = EVOLUTIONS.index("disparu")

_RANKS = ("r10", "r25", "r50", "r75", "r90", "rang_max")


def engine_dataset(catalogue: Catalogue) -> JeuDeDonnees:
    """Everything the engine reads, in a few bulk queries.

    Raises:
        EnvironmentFault: the catalogue file is damaged.
    """
    aretes = _aretes(catalogue.tableau("aretes"))
    return JeuDeDonnees(
        formations=_formations(catalogue),
        villes=_villes(catalogue),
        libelles=_libelles(catalogue),
        **{genre: tuple(aretes.get(genre, ())) for genre in GENRES_ARETES},
    )


def engine_arrays(catalogue: Catalogue) -> Tableaux | None:
    """Arrays of the engine that were prepared when the catalogue was built, for ``Moteur.from_arrays``.

    None when there are none, or when they are of another version of the engine: they must then be
    worked out from ``engine_dataset``.

    Raises:
        EnvironmentFault: the catalogue file is damaged.
    """
    content = catalogue.packed(TABLEAU_MOTEUR)
    try:
        return from_bytes(content) if content is not None else None
    except TableauxPerimes:
        return None


def engine_tables(catalogue: Catalogue) -> dict[str, bytes]:
    """What is prepared for the engine when the catalogue is built, by name in ``tableaux``.

    Whatever the engine wants ready at the start is added here.
    """
    return {TABLEAU_MOTEUR: to_bytes(prepare(engine_dataset(catalogue)))}


def _villes(catalogue: Catalogue) -> dict[str, Ville]:
    """Towns by INSEE code. An arrondissement counts with its whole city, as in MonProjetSup."""
    villes: dict[str, Ville] = {}
    for code, nom, lat, lng in catalogue.rows(
        "SELECT code_insee, nom, lat / 100000.0, lng / 100000.0 FROM localites ORDER BY code_insee"
    ):
        villes[code] = Ville(code, nom, () if lat is None or lng is None else ((lat, lng),))
    for city, beginning in _VILLES_A_ARRONDISSEMENTS:
        parts = [code for code in villes if code.startswith(beginning)]
        coords = tuple(point for code in parts for point in villes[code].coords)
        if coords:
            for code in (city, *parts):
                if code in villes:
                    villes[code] = Ville(code, villes[code].nom, coords)
    return villes


def _formations(catalogue: Catalogue) -> tuple[FormationMoteur, ...]:
    voeux: defaultdict[str, list[PositionVoeu]] = defaultdict(list)
    for formation_id, voeu_id, lat, lng, gone in catalogue.rows(
        "SELECT formation_id, id, lat / 100000.0, lng / 100000.0, evolution = ? FROM programmes"
        " WHERE formation_id IS NOT NULL ORDER BY formation_id, id",
        (_DISPARU,),
    ):
        voeux[formation_id].append(PositionVoeu(voeu_id, lat, lng, bool(gone)))
    admis = _tables(catalogue.tableau("stats_admis"), "bac", "admis")
    specialites = _tables(catalogue.tableau("stats_specialites"), "specialite_id", "pct")
    similaires = _tables(catalogue.tableau("stats_similaires"), "autre_id", "score")
    percentiles = _percentiles(catalogue.tableau("stats_percentiles"))
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
            obsolete=formation.disparue,
        )
        for formation in catalogue.formations()
    )


def _tables(columns: Decodees, key: str, value: str) -> defaultdict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    if columns:
        formations, keys = columns["formation_id.valeurs"], columns[f"{key}.valeurs"]
        for formation, rank, number in zip(
            columns["formation_id"].tolist(), columns[key].tolist(), columns[value].tolist(), strict=True
        ):
            found[formations[formation]][keys[rank]] = number
    return found


def _percentiles(columns: Decodees) -> defaultdict[str, dict[str, Percentiles]]:
    found: defaultdict[str, dict[str, Percentiles]] = defaultdict(dict)
    if columns:
        formations, bacs = columns["formation_id.valeurs"], columns["bac.valeurs"]
        for formation, bac, *ranks in zip(
            *(columns[name].tolist() for name in ("formation_id", "bac", *_RANKS)), strict=True
        ):
            found[formations[formation]][bacs[bac]] = Percentiles(*ranks)
    return found


def _aretes(columns: Decodees) -> dict[str, list[Arete]]:
    found: dict[str, list[Arete]] = defaultdict(list)
    if columns:
        genres, sources, cibles = (columns[f"{name}.valeurs"] for name in ("genre", "source", "cible"))
        for genre, source, cible in zip(
            *(columns[name].tolist() for name in ("genre", "source", "cible")), strict=True
        ):
            found[genres[genre]].append((sources[source], cibles[cible]))
    return found


def _libelles(catalogue: Catalogue) -> dict[str, str]:
    rows = catalogue.rows(
        "SELECT id, libelle FROM atomes UNION ALL SELECT id, libelle FROM elements"
        " UNION ALL SELECT id, libelle FROM metiers UNION ALL SELECT id, libelle FROM specialites"
    )
    return dict(rows)

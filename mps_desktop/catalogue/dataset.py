"""The catalogue in the shape that the suggestion engine reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.schema import GENRES_ARETES
from mps_desktop.catalogue.tableaux import Decodees
from mps_desktop.engine.donnees import Arete, FormationMoteur, JeuDeDonnees, Percentiles, PositionVoeu, Ville

_INDEX_BACS = (0, 1, 2, 3)
"""Bac indexes of the engine: the catalogue holds one table of likeness, used for all of them."""

_VILLES_A_ARRONDISSEMENTS = (("75056", "751"), ("13055", "132"), ("69123", "6938"))
"""Paris, Marseille and Lyon, with the beginning of the INSEE codes of their arrondissements."""

_RANKS = ("r10", "r25", "r50", "r75", "r90", "rang_max")


def engine_dataset(catalogue: Catalogue) -> JeuDeDonnees:
    """Everything the engine reads, in a few bulk queries.

    Raises:
        EnvironmentFault: the catalogue file is damaged.
    """
    aretes = _aretes(catalogue.tableau("aretes"))
    return JeuDeDonnees(
        formations=_formations(catalogue),
        villes=_Villes(catalogue),
        libelles=_libelles(catalogue),
        **{genre: tuple(aretes.get(genre, ())) for genre in GENRES_ARETES},
    )


class _Villes(Mapping[str, Ville]):
    """Towns by INSEE code, read when asked: a class names a few dozen of the 35 000.

    An arrondissement counts with its whole city, as in MonProjetSup.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._ville = lru_cache(maxsize=1024)(self._read)

    def __getitem__(self, code: str) -> Ville:
        found = self._ville(code)
        if found is None:
            raise KeyError(code)
        return found

    def __iter__(self) -> Iterator[str]:
        return (code for (code,) in self._catalogue.rows("SELECT code_insee FROM localites ORDER BY code_insee"))

    def __len__(self) -> int:
        return self._catalogue.rows("SELECT count(*) FROM localites")[0][0]

    def _read(self, code: str) -> Ville | None:
        commune = self._catalogue.commune(code)
        if commune is None:
            return None
        for city, beginning in _VILLES_A_ARRONDISSEMENTS:
            if code == city or code.startswith(beginning):
                coords = self._coords("code_insee LIKE ?", f"{beginning}%")
                if coords:
                    return Ville(code, commune.nom, coords)
        return Ville(code, commune.nom, self._coords("code_insee = ?", code))

    def _coords(self, condition: str, value: str) -> tuple[tuple[float, float], ...]:
        return tuple(
            (lat, lng)
            for lat, lng in self._catalogue.rows(
                f"SELECT lat / 100000.0, lng / 100000.0 FROM localites WHERE {condition}"
                " AND lat IS NOT NULL AND lng IS NOT NULL ORDER BY code_insee",
                (value,),
            )
        )


def _formations(catalogue: Catalogue) -> tuple[FormationMoteur, ...]:
    voeux: defaultdict[str, list[PositionVoeu]] = defaultdict(list)
    for formation_id, *position in catalogue.rows(
        "SELECT formation_id, id, lat / 100000.0, lng / 100000.0 FROM programmes"
        " WHERE formation_id IS NOT NULL ORDER BY formation_id, id"
    ):
        voeux[formation_id].append(PositionVoeu(*position))
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

"""A data set as plain arrays: worked out once, stored anywhere, read back in a few milliseconds."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mps_desktop.engine.donnees import FormationMoteur, JeuDeDonnees, Ville
from mps_desktop.engine.graphe import Graphe, build_graphe
from mps_desktop.engine.regles import Mode, regles_du_mode

Tableaux = Mapping[str, NDArray[Any]]
"""Name -> array of numbers. Lists of texts are UTF-8 bytes, see ``pack_texts``."""

VERSION = 1
"""Raised whenever the arrays change: stored ones of another version must be prepared again."""

_SEPARATEUR = "\x1f"
_PERCENTILES = ("r10", "r25", "r50", "r75", "r90", "rang_max")


class TableauxPerimes(ValueError):
    """The arrays come from another version of the engine: prepare them again."""


def pack_texts(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts as one array of bytes."""
    return np.frombuffer("".join(text + _SEPARATEUR for text in texts).encode(), dtype=np.uint8)


def unpack_texts(packed: NDArray[np.uint8]) -> list[str]:
    """The texts given to ``pack_texts``."""
    return packed.tobytes().decode().split(_SEPARATEUR)[:-1]


def prepare(jeu: JeuDeDonnees, mode: Mode = "corrige") -> dict[str, NDArray[Any]]:
    """Everything the engine needs of a data set, for ``Moteur.from_arrays``.

    Args:
        jeu: the data set.
        mode: rules that the arrays are made for; the graph depends on them.

    Returns:
        One-, two- or three-dimensional arrays of numbers (or bytes, for texts) by name.
    """
    regles = regles_du_mode(mode)
    if regles.obsoletes_ecartes:
        jeu = without_obsolete(jeu)
    formations = sorted(jeu.formations, key=lambda f: f.id)
    return {
        "version": np.array([VERSION, mode == "corrige"], dtype=np.int64),
        **_graph(build_graphe(jeu, regles)),
        **_formations(formations),
        **_statistics(formations),
        **_similar(formations),
        **_places(formations, jeu.villes),
        **_pairs("exemples", jeu.formation_metier),
        **_pairs("atomes", jeu.atome_element),
        **_pairs("groupes", jeu.formation_psup_to_mps),
        **_pairs("interets", jeu.interet_metier),
    }


def to_bytes(tableaux: Tableaux) -> bytes:
    """Prepared arrays as one block of bytes, compressed, the same on every machine."""
    little = {name: array.astype(array.dtype.newbyteorder("<"), copy=False) for name, array in tableaux.items()}
    header = json.dumps([[name, array.dtype.str, array.shape] for name, array in little.items()]).encode()
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in little.values())
    return zlib.compress(len(header).to_bytes(4, "little") + header + body, level=9)


def from_bytes(content: bytes) -> dict[str, NDArray[Any]]:
    """The arrays given to ``to_bytes``, read-only.

    Raises:
        TableauxPerimes: the bytes are not such a block.
    """
    try:
        whole = zlib.decompress(content)
        size = int.from_bytes(whole[:4], "little")
        header: list[tuple[str, str, list[int]]] = json.loads(whole[4 : 4 + size])
    except (zlib.error, ValueError) as exc:
        raise TableauxPerimes from exc
    found: dict[str, NDArray[Any]] = {}
    position = 4 + size
    for name, kind, shape in header:
        count = math.prod(shape)
        found[name] = np.frombuffer(whole, dtype=kind, count=count, offset=position).reshape(shape)
        position += found[name].nbytes
    return found


def without_obsolete(jeu: JeuDeDonnees) -> JeuDeDonnees:
    """The same data set without the formations and vœux that no longer exist."""
    return replace(
        jeu,
        formations=tuple(
            replace(formation, voeux=tuple(voeu for voeu in formation.voeux if not voeu.obsolete))
            if any(voeu.obsolete for voeu in formation.voeux)
            else formation
            for formation in jeu.formations
            if not formation.obsolete
        ),
    )


def _pairs(name: str, pairs: Iterable[tuple[str, str]]) -> dict[str, NDArray[Any]]:
    pairs = tuple(pairs)
    return {
        f"{name}_sources": pack_texts(source for source, _ in pairs),
        f"{name}_cibles": pack_texts(cible for _, cible in pairs),
    }


def _graph(graphe: Graphe) -> dict[str, NDArray[Any]]:
    return {
        "noeuds": pack_texts(graphe.noeuds),
        "arcs_sources": graphe.sources.astype(np.int32),
        "arcs_cibles": graphe.cibles.astype(np.int32),
        "arcs_poids": graphe.poids,
        "degres_entrants": graphe.degres_entrants.astype(np.int32),
    }


def read_graph(tableaux: Tableaux) -> Graphe:
    """The graph kept in prepared arrays."""
    noeuds = tuple(unpack_texts(tableaux["noeuds"]))
    return Graphe(
        noeuds=noeuds,
        index={node: rank for rank, node in enumerate(noeuds)},
        sources=tableaux["arcs_sources"].astype(np.intp),
        cibles=tableaux["arcs_cibles"].astype(np.intp),
        poids=tableaux["arcs_poids"],
        degres_entrants=tableaux["degres_entrants"].astype(np.intp),
    )


def _formations(formations: list[FormationMoteur]) -> dict[str, NDArray[Any]]:
    return {
        "formations": pack_texts(f.id for f in formations),
        "libelles": pack_texts(f.libelle for f in formations),
        "types": pack_texts(f.type for f in formations),
        "las": pack_texts(f.las or "" for f in formations),
        "est_las": np.array([f.las is not None for f in formations], dtype=np.bool_),
        "durees": np.array([f.duree for f in formations], dtype=np.int32),
        "apprentissage": np.array([f.apprentissage for f in formations], dtype=np.bool_),
        "capacites": np.array([f.capacite for f in formations], dtype=np.int64),
        "nb_voeux": np.array([len(f.voeux) for f in formations], dtype=np.int32),
    }


def _statistics(formations: list[FormationMoteur]) -> dict[str, NDArray[Any]]:
    """Dense tables, one column per formation; NaN where nothing is published."""
    bacs = sorted({bac for f in formations for bac in (*f.nb_admis_par_bac, *f.percentiles)})
    specialites = sorted({s for f in formations for s in f.pct_specialites})
    bac_rank = {bac: rank for rank, bac in enumerate(bacs)}
    specialite_rank = {s: rank for rank, s in enumerate(specialites)}
    admis = np.full((len(bacs), len(formations)), np.nan)
    percentiles = np.full((len(bacs), len(_PERCENTILES), len(formations)), np.nan)
    parts = np.full((len(specialites), len(formations)), np.nan)
    for column, formation in enumerate(formations):
        for bac, count in formation.nb_admis_par_bac.items():
            admis[bac_rank[bac], column] = count
        for bac, values in formation.percentiles.items():
            percentiles[bac_rank[bac], :, column] = [getattr(values, name) for name in _PERCENTILES]
        for specialite, pct in formation.pct_specialites.items():
            parts[specialite_rank[specialite], column] = pct
    return {
        "bacs": pack_texts(bacs),
        "admis": admis,
        "percentiles": percentiles,
        "specialites": pack_texts(specialites),
        "pct_specialites": parts,
    }


def _similar(formations: list[FormationMoteur]) -> dict[str, NDArray[Any]]:
    keys = sorted({*(f.id for f in formations), *(k for f in formations for t in f.similaires.values() for k in t)})
    rank = {key: position for position, key in enumerate(keys)}
    rows = [
        (index, row, rank[key], score)
        for row, formation in enumerate(formations)
        for index, table in sorted(formation.similaires.items())
        for key, score in table.items()
    ]
    return {
        "similaires_cles": pack_texts(keys),
        "similaires": np.array(rows, dtype=np.int64).reshape(-1, 4),
    }


def _places(formations: list[FormationMoteur], villes: Mapping[str, Ville]) -> dict[str, NDArray[Any]]:
    located = [
        (rank, voeu.id, (voeu.lat, voeu.lng))
        for rank, formation in enumerate(formations)
        for voeu in formation.voeux
        if voeu.lat is not None and voeu.lng is not None
    ]
    points = {point: rank for rank, point in enumerate(dict.fromkeys(point for *_, point in located))}
    towns = sorted(villes.values(), key=lambda ville: ville.id)
    return {
        "voeux": pack_texts(voeu_id for _, voeu_id, _ in located),
        "voeux_formations": np.array([row[0] for row in located], dtype=np.int32),
        "voeux_points": np.array([points[row[2]] for row in located], dtype=np.int32),
        "points": np.array(list(points), dtype=np.float64).reshape(-1, 2),
        "villes": pack_texts(ville.id for ville in towns),
        "villes_noms": pack_texts(ville.nom for ville in towns),
        "villes_bornes": np.cumsum([0, *(len(ville.coords) for ville in towns)]).astype(np.int32),
        "villes_points": np.array([p for ville in towns for p in ville.coords], dtype=np.float64).reshape(-1, 2),
    }


def check_version(tableaux: Tableaux) -> Mode:
    """Mode that the arrays were prepared for.

    Raises:
        TableauxPerimes: they come from another version of this module.
    """
    version = tableaux.get("version")
    if version is None or int(version[0]) != VERSION:
        raise TableauxPerimes
    return "corrige" if version[1] else "reference"

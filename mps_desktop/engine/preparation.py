"""Finished graph as plain arrays and back, so that it can be kept in a file and not be built at every start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.graphe import Graphe, build_graphe


def prepare_graphe(jeu: JeuDeDonnees) -> dict[str, Any]:
    """Columns of the finished graph of a data set: arrays, and ids as a list of texts."""
    graphe = build_graphe(jeu)
    return {
        "noeuds": list(graphe.noeuds),
        "sources": graphe.sources,
        "cibles": graphe.cibles,
        "poids": graphe.poids,
        "degres_entrants": graphe.degres_entrants,
    }


def restore_graphe(colonnes: Mapping[str, Any]) -> Graphe:
    """The graph that ``prepare_graphe`` took apart."""
    noeuds = tuple(colonnes["noeuds"])
    return Graphe(
        noeuds=noeuds,
        index={noeud: rank for rank, noeud in enumerate(noeuds)},
        sources=np.asarray(colonnes["sources"], dtype=np.intp),
        cibles=np.asarray(colonnes["cibles"], dtype=np.intp),
        poids=np.asarray(colonnes["poids"], dtype=np.float64),
        degres_entrants=np.asarray(colonnes["degres_entrants"], dtype=np.intp),
    )

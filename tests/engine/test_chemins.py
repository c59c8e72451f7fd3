from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.chemins import Chemins, VecteursSource
from mps_desktop.engine.graphe import Graphe, build_graphe
from tests.engine.petit_jeu import BTS, FROMAGER, JEU, LAS, LICENCE, PLONGEUR

FORMATIONS = tuple(sorted(f.id for f in JEU.formations))


@pytest.fixture(scope="module")
def graphe() -> Graphe:
    return build_graphe(JEU)


@pytest.fixture(scope="module")
def chemins(graphe: Graphe) -> Chemins:
    return Chemins(graphe, FORMATIONS)


def vectors_from(chemins: Chemins, source: str) -> VecteursSource:
    found = chemins.from_source(source)
    assert found is not None
    return found


def test_three_layers_from_an_interest(graphe: Graphe, chemins: Chemins):
    # ci1 -> MET.2 -> {fl2, MET.1} -> {fl1, LAS, dom1}; in-degrees: MET.2 3, MET.1 5, fl2 2.
    found = vectors_from(chemins, "ci1")
    weight = {node: float(found.poids[rank]) for node, rank in graphe.index.items() if found.poids[rank]}
    third = 0.001 / sqrt(3) * 0.1 / sqrt(5)
    assert weight == pytest.approx(
        {
            PLONGEUR: 0.001,
            BTS: 0.001 / sqrt(3),
            FROMAGER: 0.0001 / sqrt(3),
            LICENCE: third,
            LAS: third,
            "dom1": third / 100,
        },
        rel=1e-12,
    )
    assert [node for node, rank in graphe.index.items() if found.direct[rank]] == [PLONGEUR]


def test_formations_ignore_the_third_layer_and_are_capped(chemins: Chemins):
    scores = dict(zip(FORMATIONS, vectors_from(chemins, "ci1").scores_formations.tolist(), strict=True))
    assert scores[BTS] == pytest.approx(0.001 / sqrt(3))
    assert scores[LICENCE] == 0
    direct = dict(zip(FORMATIONS, vectors_from(chemins, FROMAGER).scores_formations.tolist(), strict=True))
    assert direct[LICENCE] == 1.0


def test_unknown_source_has_no_vector_and_vectors_cannot_be_changed(chemins: Chemins):
    assert chemins.from_source("dom999") is None
    with pytest.raises(ValueError, match="read-only"):
        vectors_from(chemins, "ci1").poids[0] = 1.0


EDGES = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda e: e[0] != e[1]),
    st.sampled_from([0.001, 0.01, 0.1, 0.25, 1.0]),
    max_size=40,
)


@given(EDGES)
def test_same_as_walking_every_shortest_path(edges: dict[tuple[int, int], float]):
    nodes = tuple(f"fl{rank}" for rank in range(8))
    pairs = sorted(edges)
    degrees = [sum(cible == rank for _, cible in pairs) for rank in range(8)]
    graphe = Graphe(
        noeuds=nodes,
        index={node: rank for rank, node in enumerate(nodes)},
        sources=np.array([s for s, _ in pairs], dtype=np.intp),
        cibles=np.array([c for _, c in pairs], dtype=np.intp),
        poids=np.array([edges[pair] for pair in pairs]),
        degres_entrants=np.array(degrees, dtype=np.intp),
    )
    walked = walk(edges, degrees, 0)
    found = vectors_from(Chemins(graphe, nodes), nodes[0])
    assert found.poids.tolist() == pytest.approx([sum(w for _, w in walked.get(t, [])) for t in range(8)], rel=1e-12)
    short = [[(k, w) for k, w in walked.get(t, []) if k <= 2] for t in range(8)]
    expected = [min(1.0 if any(k == 1 for k, _ in paths) else 0.25, sum(w for _, w in paths)) for paths in short]
    assert found.scores_formations.tolist() == pytest.approx(expected, rel=1e-12)


def walk(edges: dict[tuple[int, int], float], degrees: list[int], source: int) -> dict[int, list[tuple[int, float]]]:
    """(length, weight) of every shortest path of 1 to 3 edges, by target; one path at a time."""
    level = {source: 0}
    paths: list[tuple[list[int], float]] = [([source], 1.0)]
    found: dict[int, list[tuple[int, float]]] = {}
    for length in (1, 2, 3):
        longer: list[tuple[list[int], float]] = []
        for path, weight in paths:
            last = path[-1]
            through = 1.0 if len(path) == 1 else 1.0 / max(1.0, sqrt(degrees[last]))
            for (start, end), step in edges.items():
                if start == last and level.get(end, length) == length:
                    level[end] = length
                    longer.append(([*path, end], weight * through * step))
        for path, weight in longer:
            found.setdefault(path[-1], []).append((length, weight))
        paths = longer
    return found

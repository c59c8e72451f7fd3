from __future__ import annotations

import dataclasses
from collections import Counter

import numpy as np
import pytest

from mps_desktop.engine.graphe import Graphe, build_graphe
from tests.engine.petit_jeu import BTS, FROMAGER, GRAPHE, ISOLEE, JEU, LICENCE


def as_tables(graphe: Graphe) -> dict[str, dict[str, float]]:
    return {node: graphe.successors(node) for node in graphe.noeuds}


def test_every_step_of_the_construction():
    graphe = build_graphe(JEU)
    assert as_tables(graphe) == GRAPHE
    degrees = Counter(cible for row in GRAPHE.values() for cible in row)
    assert graphe.degres_entrants.tolist() == [degrees[node] for node in graphe.noeuds]


def test_edges_are_sorted_and_nodes_too():
    graphe = build_graphe(JEU)
    assert list(graphe.noeuds) == sorted(graphe.noeuds)
    assert np.lexsort((graphe.cibles, graphe.sources)).tolist() == list(range(len(graphe.poids)))
    assert graphe.successors("inconnu") == {}


@pytest.mark.parametrize("field", ["formation_metier", "interet_metier", "formation_domaine", "domaine_metier",
                                   "metier_associe", "metier_formation", "atome_element"])  # fmt: skip
def test_order_of_a_list_without_conflict_changes_nothing(field: str):
    turned = dataclasses.replace(JEU, **{field: tuple(reversed(getattr(JEU, field)))})
    assert as_tables(build_graphe(turned)) == GRAPHE


def test_pair_known_by_the_join_only_keeps_full_weight_both_ways():
    jeu = dataclasses.replace(JEU, formation_metier=(*JEU.formation_metier, (ISOLEE, FROMAGER)))
    graphe = build_graphe(jeu)
    assert graphe.successors(ISOLEE) == {FROMAGER: 1.0}
    assert graphe.successors(FROMAGER)[ISOLEE] == 1.0


def test_identity_pair_protects_the_specific_id_and_loops_are_ignored():
    jeu = dataclasses.replace(
        JEU, atome_element=(("dom1", "dom1"), *JEU.atome_element), metier_associe=((FROMAGER, FROMAGER),)
    )
    graphe = build_graphe(jeu)
    assert "dom1" in graphe.index
    assert FROMAGER not in graphe.successors(FROMAGER)


def test_what_leads_to_no_formation_is_dropped():
    jeu = dataclasses.replace(
        JEU,
        interet_metier=(*JEU.interet_metier, ("T-IDEO2.8", "MET.99")),
        metier_formation=(*JEU.metier_formation, ("MET.98", "fl88")),
    )
    graphe = build_graphe(jeu)
    assert not {"MET.99", "MET.98", "T-IDEO2.8", "fl88", "fl11"} & set(graphe.noeuds)
    assert {LICENCE, BTS, ISOLEE} <= set(graphe.noeuds)


def test_empty_data_set():
    empty = dataclasses.replace(
        JEU, **{f.name: () for f in dataclasses.fields(JEU) if f.name not in ("villes", "libelles")}
    )
    assert build_graphe(empty).noeuds == ()

"""Same answers as the reference engine, on the developers' oracle (skipped when it is absent)."""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mps_desktop.engine.jeu_neutre import read_jeu, read_profil, read_profils
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Profil, Statut
from mps_desktop.engine.reponse_neutre import COLONNES, answer, explanation

TOLERANCE = 1e-12
UN_PAS = 1.000001e-7
"""One unit of the seventh decimal, with the noise of its own subtraction."""


@dataclass(frozen=True)
class Oracle:
    moteur: Moteur
    cases: tuple[tuple[str, Profil, dict[str, Any], dict[str, Any]], ...]
    """Id, profile, our answer, expected answer."""
    graph: dict[str, Any]
    header: dict[str, Any]


def load(file: Path) -> dict[str, Any]:
    raw = file.read_bytes()
    return json.loads(gzip.decompress(raw) if file.suffix == ".gz" else raw)


@pytest.fixture(scope="module")
def oracle(partage: Path) -> Oracle:
    folder = partage / "oracle"
    moteur = Moteur(read_jeu(load(folder / "dataset.json.gz")), "reference")
    expected = load(folder / "expected.json.gz")
    wanted = {case["id"]: case for case in expected["profiles"]}
    profils = read_profils(load(folder / "profiles.json"))
    assert [profil_id for profil_id, _ in profils] == list(wanted)
    cases = tuple((name, profil, answer(moteur, name, profil), wanted[name]) for name, profil in profils)
    return Oracle(moteur, cases, load(folder / "expected_graph.json.gz"), expected)


def mismatches(oracle: Oracle, agree: Callable[[Profil, dict[str, Any], dict[str, Any]], bool]) -> list[str]:
    """Profiles with an answer on which both engines disagree."""
    answered = [case for case in oracle.cases if "affinities" in case[3]]
    assert answered
    return [name for name, profil, ours, theirs in answered if not agree(profil, ours, theirs)]


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE


def test_graph(oracle: Oracle):
    graphe = oracle.moteur.graphe
    assert {node: graphe.successors(node) for node in graphe.noeuds} == oracle.graph["out"]
    assert dict(zip(graphe.noeuds, graphe.degres_entrants.tolist(), strict=True)) == oracle.graph["in_degree"]


def test_profiles_without_answer(oracle: Oracle):
    silent = [
        name
        for name, _, ours, theirs in oracle.cases
        if ours.get("nothing_personal") != theirs.get("nothing_personal") or ("error" in ours) != ("error" in theirs)
    ]
    assert silent == []


def test_columns_are_those_of_the_oracle(oracle: Oracle):
    assert oracle.header["columns"] == ["raw", "norm", *COLONNES, "offre"]


def test_raw_affinities(oracle: Oracle):
    def agree(_: Profil, ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
        return (
            ours["affinities"].keys() == theirs["affinities"].keys()
            and all(
                abs(ours["affinities"][key][0] - row[0]) <= TOLERANCE * abs(row[0])
                for key, row in theirs["affinities"].items()
            )
            and abs(ours["max_raw"] - theirs["max_raw"]) <= TOLERANCE * abs(theirs["max_raw"])
        )

    assert mismatches(oracle, agree) == []


def test_normalised_affinities(oracle: Oracle):
    def agree(_: Profil, ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
        rows = theirs["affinities"].items()
        return ours["nb_positive"] == theirs["nb_positive"] and all(
            abs(ours["affinities"][key][1] - row[1]) <= UN_PAS for key, row in rows
        )

    assert mismatches(oracle, agree) == []


@pytest.mark.parametrize("column", [*COLONNES, "offre"])
def test_sub_scores(oracle: Oracle, column: str):
    rank = oracle.header["columns"].index(column)

    def agree(_: Profil, ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
        return all(close(ours["affinities"][key][rank], row[rank]) for key, row in theirs["affinities"].items())

    assert mismatches(oracle, agree) == []


def test_rankings(oracle: Oracle):
    def agree(_: Profil, ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
        return ours["suggestions_by_id"] == theirs["suggestions_by_id"]

    assert mismatches(oracle, agree) == []


def test_metiers(oracle: Oracle):
    def agree(_: Profil, ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
        pairs = zip(ours["metiers_by_id"], theirs["metiers_by_id"], strict=True)
        return (
            ours["nb_metiers"] == theirs["nb_metiers"]
            and ours["nb_metiers_positive"] == theirs["nb_metiers_positive"]
            and all(close(one[1], other[1]) for one, other in pairs)
        )

    assert mismatches(oracle, agree) == []


def test_metiers_are_the_same_ones_up_to_ties(oracle: Oracle):
    def agree(profil: Profil, _: dict[str, Any], theirs: dict[str, Any]) -> bool:
        scores = {m.metier_id: m.score for m in oracle.moteur.classer_metiers(profil)}
        return all(close(scores[metier], score) for metier, score in theirs["metiers_by_id"])

    assert mismatches(oracle, agree) == []


def test_explanations(oracle: Oracle):
    def agree(profil: Profil, _: dict[str, Any], theirs: dict[str, Any]) -> bool:
        explained = oracle.moteur.expliquer(profil, [case["key"] for case in theirs["explanations"]])
        return all(
            kinds(ours) == kinds(case) and Counter(map(comparable, ours)) == Counter(map(comparable, case))
            for ours, case in zip(
                (explanation(e)["explanations"] for e in explained),
                (case["explanations"] for case in theirs["explanations"]),
                strict=True,
            )
        )

    assert mismatches(oracle, agree) == []


def kinds(reasons: list[dict[str, Any]]) -> list[str]:
    return [kind for reason in reasons for kind in reason]


def comparable(reason: dict[str, Any]) -> str:
    """A reason whose sets are sorted, as text."""
    ((kind, value),) = reason.items()
    match kind:
        case "tags":
            return json.dumps([kind, sorted(value["ns"])])
        case "spec":
            return json.dumps([kind, sorted((stat["spe"], stat["pct"]) for stat in value["stats"])])
        case _:
            return json.dumps([kind, value], sort_keys=True)


def test_examples(oracle: Oracle):
    def agree(profil: Profil, _: dict[str, Any], theirs: dict[str, Any]) -> bool:
        cases = theirs["explanations"]
        explained = oracle.moteur.expliquer(profil, [case["key"] for case in cases])
        # Refused métiers stay among the examples, but have no score of their own: ask without them.
        kept = tuple(choix for choix in profil.choix if choix.statut != Statut.REJETE)
        ranked = oracle.moteur.classer_metiers(dataclasses.replace(profil, choix=kept))
        scores = {metier.metier_id: metier.score for metier in ranked}
        return all(
            sorted(ours.exemples) == sorted(case["examples"])
            and all(
                close(scores[one], scores[other]) for one, other in zip(ours.exemples, case["examples"], strict=True)
            )
            for ours, case in zip(explained, cases, strict=True)
        )

    assert mismatches(oracle, agree) == []


def test_null_bac_is_an_error_as_in_the_reference(oracle: Oracle):
    (name, raw) = ("sans-bac", {"bac": None, "interests": ["dom1"]})
    assert set(answer(oracle.moteur, name, read_profil(raw))) == {"id", "error"}

"""Wishes as people write them, on the bundled catalogue."""

from __future__ import annotations

import random
from collections.abc import Generator

import pytest

from mps_desktop.app import build_socle
from mps_desktop.catalogue.rapprochement import Intitules, is_sure
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.paths import build_paths


@pytest.fixture(scope="module")
def catalogue() -> Generator[Catalogue]:
    built = build_socle(build_paths())
    yield built.catalogue
    built.catalogue.close()


@pytest.fixture(scope="module")
def intitules(catalogue: Catalogue) -> Intitules:
    return Intitules(catalogue)


@pytest.mark.parametrize(
    ("formation", "etablissement", "commune", "libelle", "lieu"),
    [
        ("CPGE - PCSI", "Lycée Hoche", "VERSAILLES", "CPGE - PCSI", "Lycée Hoche (Versailles)"),
        ("cpge pcsi", "Hoche", "", "CPGE - PCSI", "Lycée Hoche (Versailles)"),
        (
            "BTS SIO", "lycée saint joseph", "Bressuire", "BTS - Services informatiques aux organisations",
            "Lycée Saint Joseph (Bressuire)",
        ),
        (
            "BTS - Comptabilité et gestion", "Lycée Edgar Quinet", "PARIS 9E", "BTS - Comptabilité et gestion",
            "Lycée Edgar Quinet (Paris 9e Arrondissement)",
        ),
        ("Licence - Droit", "Université d'Amiens", "AMIENS CEDEX 1", "Licence - Droit", "Université d’Amiens (Amiens)"),
    ],
)  # fmt: skip
def test_a_wish_written_in_its_usual_ways_is_certain(
    intitules: Intitules, formation: str, etablissement: str, commune: str, libelle: str, lieu: str
):
    found = intitules.find(formation, etablissement, commune)
    assert (found[0].libelle, found[0].detail) == (libelle, lieu)
    assert found[0].voeu_id.startswith("ta")
    assert is_sure(found)


@pytest.mark.parametrize("formation", ["Licence - Droit", "D.E Infirmier", "CPGE - Lettres", "BUT - Informatique"])
def test_without_an_etablissement_it_is_the_formation(intitules: Intitules, formation: str):
    found = intitules.find(formation)
    assert found[0].voeu_id == ""
    assert is_sure(found)


def test_an_unknown_etablissement_is_never_certain(intitules: Intitules):
    found = intitules.find("CPGE - PCSI", "Lycée Fictif A", "VILLE-A")
    assert not is_sure(found)
    assert [(one.voeu_id, one.libelle) for one in found] == [("", "CPGE - PCSI")]


@pytest.mark.parametrize("formation", ["", "???", "zzzz qqqq"])
def test_nonsense_is_nothing(intitules: Intitules, formation: str):
    assert intitules.find(formation, "Lycée Hoche", "Versailles") == ()


def test_what_the_catalogue_itself_writes_is_found_again_without_error(catalogue: Catalogue, intitules: Intitules):
    rows = catalogue.rows(
        "SELECT id, libelle, etablissement, commune, apprentissage FROM voeux"
        " WHERE formation_id <> '' AND evolution <> 'disparu' ORDER BY id"
    )
    chosen = random.Random(20261125).sample(rows, 200)  # noqa: S311  a sample, no secret
    found = [(row[0], intitules.find(row[1], row[2], row[3].upper(), bool(row[4]))) for row in chosen]
    certain = [(voeu_id, candidats[0].voeu_id) for voeu_id, candidats in found if is_sure(candidats)]
    assert [pair for pair in certain if pair[0] != pair[1]] == []
    assert len(certain) >= 0.85 * len(chosen)
    offered = [voeu_id in [one.voeu_id for one in candidats] for voeu_id, candidats in found]
    assert sum(offered) >= 0.97 * len(chosen)


def test_apprenticeship_tells_two_voeux_apart(catalogue: Catalogue, intitules: Intitules):
    twins = catalogue.rows(
        "SELECT s.libelle, s.etablissement, s.commune, s.id, a.id FROM voeux s JOIN voeux a ON a.uai = s.uai AND"
        " a.formation_id = s.formation_id AND a.libelle = s.libelle || ' - en apprentissage'"
        " AND a.etablissement = s.etablissement"
        " WHERE s.apprentissage = 0 AND a.apprentissage = 1 AND s.evolution = '' AND a.evolution = '' LIMIT 1"
    )
    assert twins
    libelle, etablissement, commune, as_student, as_apprentice = twins[0]
    assert intitules.find(libelle, etablissement, commune)[0].voeu_id == as_student
    assert intitules.find(libelle, etablissement, commune, apprentissage=True)[0].voeu_id == as_apprentice

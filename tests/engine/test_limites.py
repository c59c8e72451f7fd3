"""What a list counts for on Parcoursup, category by category (rules of the session 2026)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from mps_desktop.engine.classes import ClasseVoeu, VoeuBalance
from mps_desktop.engine.limites import accepts, count, find_categorie, same_count
from tests.engine.ambition_factories import choisi, shipped_regles

LIMITES = shipped_regles().limites


def several(categorie: str, places: Sequence[str], formation: str = "fl1", **others: Any) -> list[VoeuBalance]:
    """One vœu for each letter, which is its établissement."""
    return [
        choisi(f"ta{i}{formation}", formation, ClasseVoeu.REALISTE, categorie=categorie, etablissement=place, **others)
        for i, place in enumerate(places)
    ]


def counted(*lists: list[VoeuBalance]) -> tuple[int, int, int]:
    """Vœux, vœux in apprentissage, counted sous-vœux."""
    found = count((voeu for chosen in lists for voeu in chosen), LIMITES)
    return found.voeux, found.voeux_apprentissage, found.sous_voeux_total


def test_the_limits_of_2026():
    numbers = (
        LIMITES.session,
        LIMITES.voeux,
        LIMITES.voeux_apprentissage,
        LIMITES.sous_voeux,
        LIMITES.sous_voeux_total,
    )
    assert numbers == (2026, 10, 10, 10, 20)
    assert {c.code: c.voeux_max for c in LIMITES.categories if c.voeux_max} == {"ifsi": 5, "paramedical": 5}


@pytest.mark.parametrize(
    ("categorie", "places", "expected"),
    [
        ("bts", "abc", (1, 0, 3)),
        ("but", "abc", (1, 0, 3)),
        ("dn_made", "abc", (1, 0, 3)),
        ("dna", "abc", (1, 0, 3)),
        ("dcg", "abc", (1, 0, 3)),
        ("cpge", "aab", (1, 0, 2)),  # the same lycée with and without internat
        ("efts", "aab", (1, 0, 2)),  # two sites of one school
        ("pass", "aaab", (2, 0, 0)),  # options of one university, then another university
        ("licence", "aab", (2, 0, 0)),  # parcours and sites of one university
        ("las", "abc", (1, 0, 0)),
        ("ifsi", "abc", (1, 0, 0)),
        ("paramedical", "abc", (1, 0, 0)),
        ("veterinaire", "abcd", (1, 0, 0)),
        ("sciences_po", "abc", (1, 0, 0)),
        ("ingenieur", "abc", (1, 0, 0)),
        ("commerce", "abc", (1, 0, 0)),
        ("ordinaire", "aab", (3, 0, 0)),  # DEUST, certificats de spécialisation
    ],
)
def test_how_each_category_counts(categorie: str, places: str, expected: tuple[int, int, int]):
    assert counted(several(categorie, places)) == expected


def test_apprentissage_is_counted_apart_but_its_sous_voeux_with_the_others():
    assert counted(several("bts", "abc"), several("bts", "de", apprentissage=True)) == (1, 1, 5)


def test_two_formations_are_two_voeux():
    assert counted(several("pass", "a"), several("las", "a", "fl2"), several("licence", "a", "fl3")) == (3, 0, 0)


def test_an_unknown_establishment_is_its_own():
    assert counted(several("licence", ["", ""]), several("pass", ["", ""], "fl2")) == (4, 0, 0)


@pytest.mark.parametrize(
    ("fili", "label", "code"),
    [
        ("BTS", "BTSA - Bidon", "bts"),
        ("Autre formation", "BTS - Maritime", "bts"),
        ("Ecole d’Ingénieur", "École d’ingénieurs", "ingenieur"),
        ("Ecole de Commerce", "École de commerce", "commerce"),
        ("Autre formation", "École vétérinaire", "veterinaire"),
        ("Autre formation", "Sciences Po / Instituts d’études politiques (IEP)", "sciences_po"),
        ("BUT", "BUT - Bidon", "but"),
        ("CPGE", "CPGE - MPSI", "cpge"),
        ("Autre formation", "DN MADE - Objet", "dn_made"),
        ("Autre formation", "DNA - Diplôme national d’art", "dna"),
        ("Autre formation", "DCG - Diplôme de comptabilité et de gestion", "dcg"),
        ("EFTS", "Diplôme d’État - Éducateur Spécialisé", "efts"),
        ("PASS", "PASS - Bidon", "pass"),
        ("Licence_Las", "Licence - Droit - Accès santé (LAS)", "las"),
        ("Licence", "Licence - Droit", "licence"),
        ("IFSI", "Diplôme d’État - Infirmier (IFSI)", "ifsi"),
        ("Autre formation", "Diplôme d’État - Ergothérapeute", "paramedical"),
        ("Autre formation", "Certificat de capacité d’orthophoniste", "paramedical"),
        ("Autre formation", "DEUST - Théâtre", "ordinaire"),
        ("Autre formation", "Certificat de spécialisation agricole - Bidon", "ordinaire"),
        ("", "", ""),
    ],
)
def test_the_category_of_a_formation(fili: str, label: str, code: str):
    assert find_categorie(LIMITES, fili, label).code == code


def test_the_region_that_makes_one_voeu():
    code = next(c for c in LIMITES.categories if c.code == "pass")
    assert code.place("0750001A", "Île-de-France") == code.place("0910002B", "Île-de-France")
    assert code.place("0590001A", "Hauts-de-France") == "0590001A"
    other = next(c for c in LIMITES.categories if c.code == "licence")
    assert other.place("0750001A", "Île-de-France") == "0750001A"


def test_ten_pass_are_full_but_an_option_of_one_of_them_still_fits():
    ten = several("pass", "abcdefghij")
    before = count(ten, LIMITES)
    option, university = (
        choisi(f"tb{place}", "fl1", ClasseVoeu.SECURISANT, categorie="pass", etablissement=place) for place in "az"
    )
    assert accepts(before, count([*ten, option], LIMITES), LIMITES)
    assert not accepts(before, count([*ten, university], LIMITES), LIMITES)
    assert same_count(option, LIMITES) != same_count(university, LIMITES)

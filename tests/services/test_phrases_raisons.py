from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import NBSP, NNBSP, typography
from mps_desktop.engine.distances import VoeuProche
from mps_desktop.engine.donnees import Percentiles
from mps_desktop.engine.explications import (
    Explication,
    PartSpecialite,
    Raison,
    RaisonApprentissage,
    RaisonBac,
    RaisonDuree,
    RaisonGouts,
    RaisonMoyenne,
    RaisonProximite,
    RaisonSimilaire,
    RaisonSpecialites,
    RaisonVoisine,
)
from mps_desktop.services.phrases_raisons import phrases

LABELS = {
    "MET.1": "fromager", "MET.2": "plongeur", "MET.3": "guérisseur", "MET.4": "siesteur", "MET.5": "souffleur",
    "dom1": "Bulles", "dom2": "Siestes", "ci1": "Buller", "fl1": "Licence - Fromagerie", "fl2": "BTS - Bulles",
    "mat1": "Fromages", "mat2": "Vapeurs", "mat3": "Échos",
}  # fmt: skip
PERCENTILES = Percentiles(20, 24, 27, 30, 33)


def say(*raisons: Raison, session: int | None = None) -> tuple[str, ...]:
    return phrases(Explication("fl9", raisons, ()), LABELS.__getitem__, session)


def near(km: int, commune: str) -> RaisonProximite:
    return RaisonProximite("00001", commune, (VoeuProche("ta1", km), VoeuProche("ta2", km + 60)))


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("MET.1",), ("Mène à un métier choisi : fromager",)),
        (("MET.1", "MET.2"), ("Mène à des métiers choisis : fromager et plongeur",)),
        (("MET.1", "MET.2", "MET.3", "MET.4"),
         ("Mène à des métiers choisis : fromager, plongeur, guérisseur et 1\u00a0autre",)),
        (("MET.1", "MET.2", "MET.3", "MET.4", "MET.5"),
         ("Mène à des métiers choisis : fromager, plongeur, guérisseur et 2\u00a0autres",)),
        (("dom1", "MET.1"), ("Mène à un métier choisi : fromager", "Dans un domaine choisi : Bulles")),
        (("dom1", "dom2"), ("Dans des domaines choisis : Bulles et Siestes",)),
        ((), ("En lien indirect avec les choix de l’élève",)),
    ],
)  # fmt: skip
def test_tastes(sources: tuple[str, ...], expected: tuple[str, ...]):
    assert say(RaisonGouts(sources)) == tuple(text.replace(" :", f"{NNBSP}:") for text in expected)


def test_an_indirect_tie_is_said_last_and_only_for_want_of_better():
    assert say(RaisonGouts(()), RaisonDuree("court"))[-1] == "En lien indirect avec les choix de l’élève"
    assert say(RaisonSimilaire("fl1", 1), RaisonGouts(())) == (f"Proche de{NNBSP}: Licence - Fromagerie",)


def test_neighbours_the_closest_first_each_once():
    found = say(
        RaisonSimilaire("fl1", 10), RaisonSimilaire("fl2", 90), RaisonGouts(("fl1",)), RaisonVoisine("fl1")
    )  # fmt: skip
    assert found == (f"Proche de{NNBSP}: BTS - Bulles et Licence - Fromagerie",)


@pytest.mark.parametrize(
    ("commune", "expected"),
    [
        ("Nantes", "de Nantes"), ("Angers", "d’Angers"), ("Évry", "d’Évry"), ("Œuilly", "d’Œuilly"),
        ("Yvetot", "d’Yvetot"), ("Hyères", "d’Hyères"), ("Hénin-Beaumont", "d’Hénin-Beaumont"), ("Hem", "de Hem"),
        ("Haguenau", "de Haguenau"), ("Le Mans", "du Mans"), ("Les Abymes", "des Abymes"),
        ("La Rochelle", "de La Rochelle"), ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"),
    ],
)  # fmt: skip
def test_distance_to_a_commune(commune: str, expected: str):
    assert say(near(12, commune)) == (f"À 12{NBSP}km {expected}",)


def test_several_communes_in_one_sentence_the_nearest_first():
    found = say(near(30, "Nantes"), near(0, "Angers"), near(40, "Brest"), near(45, "Lens"))
    assert found == (f"Tout près d’Angers, à 30{NBSP}km de Nantes et à 40{NBSP}km de Brest",)


@pytest.mark.parametrize(
    ("bac", "word"),
    [("Générale", "général"), ("STMG", "technologique"), ("ST2S", "technologique"), ("P", "professionnel")],
)
def test_share_of_the_bac_with_its_session(bac: str, word: str):
    assert say(RaisonBac(bac, 64), session=2023) == (f"64{NNBSP}% des admis viennent d’un bac {word} (2023)",)
    assert say(RaisonBac(bac, 64)) == (f"64{NNBSP}% des admis viennent d’un bac {word}",)


@pytest.mark.parametrize(
    ("rang", "expected"),
    [
        (19, "sous celle de neuf admis sur dix"), (20, "sous celle de trois admis sur quatre"),
        (24, "dans la moitié centrale des admis"), (30, "dans la moitié centrale des admis"),
        (31, "au-dessus de celle de trois admis sur quatre"),
    ],
)  # fmt: skip
def test_average_beside_the_admitted(rang: int, expected: str):
    raison = RaisonMoyenne(26.0, rang, PERCENTILES, "Générale")
    assert say(raison) == (f"Moyenne {expected} (estimation)",)
    everyone = dataclasses.replace(raison, bac_utilise="NC")
    assert say(everyone) == (f"Moyenne {expected} (estimation, tous bacs confondus)",)


def test_specialites_common_ones_first():
    one, two, rare = PartSpecialite("mat1", 12), PartSpecialite("mat2", 30), PartSpecialite("mat3", 1)
    assert say(RaisonSpecialites((one, two, rare))) == (
        f"Spécialités courantes chez les admis{NNBSP}: Vapeurs et Fromages (estimation)",
    )
    assert say(RaisonSpecialites((one,))) == (f"Spécialité courante chez les admis{NNBSP}: Fromages (estimation)",)
    assert say(RaisonSpecialites((rare,))) == (f"Des admis avaient aussi{NNBSP}: Échos (estimation)",)


@pytest.mark.parametrize(
    ("raison", "expected"),
    [
        (RaisonDuree("court"), "Durée courte, comme souhaité"),
        (RaisonDuree("COURT"), "Durée courte, comme souhaité"),
        (RaisonDuree("long"), "Durée longue, comme souhaité"),
        (RaisonApprentissage("A"), "Existe en apprentissage, comme souhaité"),
        (RaisonApprentissage("B"), "Existe en apprentissage"),
    ],
)
def test_preferences(raison: Raison, expected: str):
    assert say(raison) == (expected,)


def test_strongest_first_and_nothing_twice():
    share = RaisonSpecialites((PartSpecialite("mat1", 50),))
    found = say(
        RaisonSimilaire("fl1", 5), RaisonGouts(("MET.1",)), near(3, "Brest"), RaisonDuree("long"),
        RaisonApprentissage("B"), share, RaisonBac("P", 70), RaisonMoyenne(20.0, 25, PERCENTILES, "P"), share,
    )  # fmt: skip
    assert [text.split()[0] for text in found] == [
        "Mène", "Proche", "À", "70", "Moyenne", "Spécialité", "Durée", "Existe",
    ]  # fmt: skip


def test_no_reason_no_sentence():
    assert say() == ()


RAISONS = st.one_of(
    st.builds(RaisonSimilaire, st.sampled_from(["fl1", "fl2"]), st.integers(1, 200_000)),
    st.builds(RaisonGouts, st.lists(st.sampled_from(["MET.1", "dom1", "fl1"]), unique=True).map(tuple)),
    st.builds(near, st.integers(0, 49), st.sampled_from(["Brest", "Angers", "Le Havre"])),
    st.builds(RaisonDuree, st.sampled_from(["court", "long"])),
    st.builds(RaisonApprentissage, st.sampled_from("AB")),
    st.builds(RaisonBac, st.sampled_from(["Générale", "STMG"]), st.integers(50, 100)),
    st.builds(RaisonMoyenne, st.just(26.0), st.integers(-5, 39), st.just(PERCENTILES), st.sampled_from(["NC", "P"])),
)


@given(st.lists(RAISONS, max_size=8))
def test_every_sentence_is_well_formed(raisons: list[Raison]):
    found = say(*raisons)
    assert bool(found) == bool(raisons)
    assert len(set(found)) == len(found)
    for text in found:
        assert text[0].isupper() or text[0].isdigit()
        assert text == typography(text).strip()
        assert "  " not in text

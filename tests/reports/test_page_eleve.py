"""A student always takes exactly one page, and what is left out is said."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mps_desktop.core.text import NBSP
from mps_desktop.reports.blocks import Block, Text
from mps_desktop.reports.data import ConstatReport, EleveReport, SuggestionReport, VoeuReport
from mps_desktop.reports.page_eleve import MAX_AVIS, compose_eleve
from mps_desktop.reports.styles import CONTENT_WIDTH, PEN_RULE, SMALLEST
from tests.reports.factories import (
    build_constats,
    build_eleve,
    build_eleve_extreme,
    build_eleve_vide,
    build_suggestions,
    build_voeux,
)

HEIGHT = 727.0
KICKER = "Préparation de l’orientation — TG1"
LABELS = st.text("abcé ’-œ0 ", min_size=0, max_size=400) | st.sampled_from(("", "x" * 300, "A+ " * 90, "é" * 40))
PAIRS = st.tuples(LABELS, LABELS)


def voeux(most: int) -> st.SearchStrategy[tuple[VoeuReport, ...]]:
    voeu = st.builds(
        VoeuReport,
        etablissement=LABELS,
        formation=LABELS,
        commune=LABELS,
        classe=st.sampled_from(("A+", "A", "B", "?", "autre")),
        estimation=LABELS,
        chiffres=st.lists(LABELS, max_size=4).map(tuple),
        autres_classes=st.lists(LABELS, max_size=2).map(tuple),
    )
    return st.lists(voeu, max_size=most).map(tuple)


ELEVES = st.builds(
    EleveReport,
    nom=LABELS,
    prenom=LABELS,
    classe=LABELS,
    identite=st.lists(PAIRS, max_size=12).map(tuple),
    profil=st.lists(PAIRS, max_size=16).map(tuple),
    completude=st.integers(0, 100),
    suggestions=st.lists(
        st.builds(
            SuggestionReport,
            libelle=LABELS,
            affinite=st.floats(0, 1),
            detail=LABELS,
            raisons=st.lists(LABELS, max_size=5).map(tuple),
        ),
        max_size=8,
    ).map(tuple),
    message_suggestions=LABELS,
    voeux=voeux(30),
    message_voeux=LABELS,
    jalon=LABELS,
    jalon_atteint=st.booleans(),
    jalon_manques=st.lists(LABELS, max_size=6).map(tuple),
    constats=st.lists(
        st.builds(ConstatReport, gravite=st.integers(1, 3), phrase=LABELS, action=LABELS), max_size=12
    ).map(tuple),
    ecarts=st.just(()) | st.tuples(st.tuples(st.just("B"), st.integers(0, 9))),
)


def words(page: Block) -> str:
    return " ".join(text.text for text in page.texts).replace(NBSP, " ")


def overlap(one: Text, other: Text) -> bool:
    """True when the ink of two lines meets (from the capitals' top to the baseline)."""
    apart = one.x + one.width <= other.x + 0.5 or other.x + other.width <= one.x + 0.5
    above = one.y <= other.y - other.style.size * 0.68 or other.y <= one.y - one.style.size * 0.68
    return not apart and not above


def check_layout(page: Block) -> None:
    assert page.height == HEIGHT
    for text in page.texts:
        assert text.style.size >= SMALLEST
        assert text.x >= -0.5
        assert text.x + text.width <= CONTENT_WIDTH + 0.5
        assert 0 <= text.y <= HEIGHT
    for shape in page.shapes:
        assert shape.x >= -3
        assert shape.x + shape.width <= CONTENT_WIDTH + 3
        assert shape.y >= 0
        assert shape.y + shape.height <= HEIGHT + 0.5
    drawn = [text for text in page.texts if text.text.strip()]
    assert not [(one.text, other.text) for one, other in combinations(drawn, 2) if overlap(one, other)]


@settings(max_examples=40)
@given(ELEVES)
def test_whatever_the_data_the_page_is_full_height_and_nothing_overlaps(eleve: EleveReport):
    check_layout(compose_eleve(eleve, KICKER, HEIGHT))


@pytest.mark.parametrize(
    "eleve", [build_eleve(), build_eleve_vide(), build_eleve_extreme()], ids=["ordinaire", "vide", "extrême"]
)
def test_the_usual_pages_are_sound(eleve: EleveReport):
    check_layout(compose_eleve(eleve, KICKER, HEIGHT))


def test_an_ordinary_page_is_printed_in_full():
    eleve = build_eleve(constats=build_constats(3))
    page = compose_eleve(eleve, KICKER, HEIGHT)
    text = words(page)
    assert page.cuts == 0
    assert "BIDON Zoé" in text
    assert "14/02/2009" in text
    assert "non renseigné" in text
    assert "Nom et signature du PP" in text
    for voeu in eleve.voeux:
        assert voeu.estimation in text
    for constat in eleve.constats:
        assert constat.phrase in text


def test_every_wish_estimate_and_finding_of_a_crowded_page_is_listed():
    eleve = build_eleve_extreme()
    page = compose_eleve(eleve, KICKER, HEIGHT)
    text = words(page)
    assert text.count("chances sur 10") == sum("chances" in voeu.estimation for voeu in eleve.voeux)
    assert text.count("taux d’accès 2024") == sum("taux" in voeu.chiffres[0] for voeu in eleve.voeux)
    for constat in eleve.constats:
        assert constat.phrase in text
    assert page.cuts > 0
    assert "+ 2 autres suggestions, à lire dans le logiciel" in text


def test_wishes_that_do_not_fit_are_counted_in_words():
    eleve = build_eleve(
        voeux=build_voeux("A+ " * 30 + "B " * 20), suggestions=build_suggestions(5), constats=build_constats(6)
    )
    page = compose_eleve(eleve, KICKER, HEIGHT)
    text = words(page)
    listed = text.count("chances sur 10")
    assert "Vœux (50)" in text
    assert f"+ {50 - listed} autres vœux, à lire dans le logiciel" in text


def test_lists_that_are_too_long_say_how_many_are_left_out():
    eleve = build_eleve(
        profil=tuple((f"Rubrique {index}", "oui") for index in range(12)),
        suggestions=build_suggestions(6),
        constats=build_constats(11),
    )
    text = words(compose_eleve(eleve, KICKER, HEIGHT))
    assert "+ 2 autres informations, à lire dans le logiciel" in text
    assert "autres points, à lire dans le logiciel" in text
    assert "suggestion" in text


def test_classes_go_from_ambitious_to_unknown_and_findings_from_serious_to_light():
    eleve = build_eleve(voeux=build_voeux("? B A A+"), constats=build_constats(4))
    page = compose_eleve(eleve, KICKER, HEIGHT)
    marks = [text.text for text in page.texts if text.text in {"A+", "A", "B", "?"}]
    assert marks == ["A+", "A", "B", "?"] * 2
    text = words(page)
    assert text.index(eleve.constats[0].phrase) < text.index(eleve.constats[1].phrase)


def test_messages_are_printed_with_or_without_a_list():
    eleve = build_eleve(message_voeux="Sans établissement choisi.", message_suggestions="Profil incomplet.")
    text = words(compose_eleve(eleve, KICKER, HEIGHT))
    assert "Sans établissement choisi." in text
    assert "Profil incomplet." in text


def test_the_gap_to_the_target_is_written():
    eleve = build_eleve(voeux=build_voeux("A+ A A"), ecarts=(("A+", 0), ("A", 0), ("B", 2)))
    assert "manque 2" in words(compose_eleve(eleve, KICKER, HEIGHT))
    assert "manque 1" in words(compose_eleve(build_eleve(voeux=build_voeux("A+ A A")), KICKER, HEIGHT))


@pytest.mark.parametrize(("eleve", "least"), [(build_eleve_vide(), 20), (build_eleve_extreme(), 4)])
def test_there_is_always_room_to_write(eleve: EleveReport, least: int):
    shapes = compose_eleve(eleve, KICKER, HEIGHT).shapes
    ruled = [shape for shape in shapes if shape.kind == "line" and shape.stroke == PEN_RULE and shape.line == 0.4]
    assert len(ruled) >= least
    assert min(shape.y for shape in ruled) >= HEIGHT - MAX_AVIS

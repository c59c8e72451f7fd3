from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.engine.donnees import Percentiles
from mps_desktop.engine.graphe import PASS
from mps_desktop.engine.lecture import BacAbsent
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.notes import moyenne_score
from mps_desktop.engine.profil import Choix, Profil, Statut
from mps_desktop.engine.tables import MoyennesBac
from tests.engine.oracle_naif import OracleNaif
from tests.engine.petit_jeu import (
    BTS,
    FAUXBOURG,
    FROMAGER,
    GUERISSEUR,
    ISOLEE,
    JEU,
    LAS,
    LICENCE,
    SANS_POINT,
    TESTVILLE,
)


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    return Moteur(JEU, "reference")


def liked(*ids: str) -> tuple[Choix, ...]:
    return tuple(Choix(one, Statut.FAVORI) for one in ids)


def column(moteur: Moteur, critere: str, **champs: object) -> dict[str, float]:
    """One sub-score of every formation for a profile that likes fromager."""
    champs = {"bac": "Générale", "choix": liked(FROMAGER), **champs}
    found = moteur.affinites(Profil(**champs))  # type: ignore[arg-type]  # fields given by name
    return dict(zip(found.ids, found.sous_scores[critere].tolist(), strict=True))


def test_tags_count_a_metier_twice(moteur: Moteur):
    assert column(moteur, "tags")[LICENCE] == pytest.approx(2 / 6)
    assert column(moteur, "tags", choix=(), interets=("dom1",))[LICENCE] == pytest.approx(1 / 6)
    both = column(moteur, "tags", interets=("dom1",))
    assert both[LICENCE] == pytest.approx(3 / 6)
    # dom1 -> MET.1 (in-degree 5) -> BTS, capped at 0.25 because indirect, weighs 0.01/√5.
    assert both[BTS] == pytest.approx((2 + 0.01 / sqrt(5)) / 6)


def test_similarity_needs_both_directions_and_the_bac(moteur: Moteur):
    sim = column(moteur, "sim", choix=liked(LICENCE))
    assert sim == {LICENCE: 0, BTS: 0.5, ISOLEE: 2.5, PASS: 0, LAS: 0}
    # BTS is alike to itself: it gets points as its own neighbour.
    assert column(moteur, "sim", choix=liked(BTS)) == pytest.approx(
        {LICENCE: 0.6, BTS: 1.2, ISOLEE: 0, PASS: 0, LAS: 0}
    )
    assert column(moteur, "sim", choix=liked(LICENCE, LICENCE))[BTS] == 1.0
    for bac in ("STMG", "P", "NC"):
        assert not any(column(moteur, "sim", choix=liked(LICENCE), bac=bac).values())


@pytest.mark.parametrize(("score", "expected"), [(None, 0.5), (3, 0.5), (5, 0.5), (2, 0), (1, 0)])
def test_a_favourite_scored_low_is_no_neighbour(moteur: Moteur, score: int | None, expected: float):
    assert column(moteur, "sim", choix=(Choix(LICENCE, Statut.FAVORI, score),))[BTS] == expected


def test_geo_counts_the_nearest_voeu_of_each_commune(moteur: Moteur):
    geo = column(moteur, "geo", communes=(TESTVILLE, FAUXBOURG, SANS_POINT, "inconnue", TESTVILLE))
    # Testville: 0 km. Fauxbourg: half a degree, 55 km, by the nearer of its two points.
    assert geo[LICENCE] == pytest.approx(1 + 1 / 46)
    assert geo[PASS] == 0
    assert column(moteur, "geo") == dict.fromkeys(geo, 0.0)
    assert moteur.distance_km(FAUXBOURG, LICENCE) == 55
    assert moteur.distance_km(FAUXBOURG, ISOLEE) == 111
    assert moteur.distance_km(FAUXBOURG, PASS) is None
    assert moteur.distance_km(SANS_POINT, LICENCE) is None
    assert moteur.distance_km("inconnue", LICENCE) is None
    assert moteur.distance_km(TESTVILLE, "fl404") is None


@pytest.mark.parametrize(
    ("wanted", "licence", "bts", "isolee"),
    [(None, 0, 0, 0), ("court", 0, 2 / 3, 1), ("LONG", 1, 0, 0), ("indiff", 1, 1, 1), ("", 1, 1, 1)],
)
def test_duration(moteur: Moteur, wanted: str | None, licence: float, bts: float, isolee: float):
    found = column(moteur, "duration", duree=wanted)
    # The isolated formation has no known length (-1): it counts as one year.
    assert (found[LICENCE], found[BTS], found[ISOLEE]) == pytest.approx((licence, bts, isolee))


@pytest.mark.parametrize(
    ("wanted", "licence", "bts"), [(None, 0, 0), ("A", 0.5, 1), ("B", 0.8, 1), ("C", 1, 1), ("D", 1, 1), ("", 1, 1)]
)
def test_apprenticeship(moteur: Moteur, wanted: str | None, licence: float, bts: float):
    found = column(moteur, "app", apprentissage=wanted)
    assert (found[LICENCE], found[BTS]) == (licence, bts)


@pytest.mark.parametrize(
    ("chosen", "licence", "bts", "isolee"),
    [((), 1, 1, 1), (("mat1",), 1, 1, 0), (("mat2",), 0, 0, 0), (("mat2", "mat1", "mat1"), 1, 1, 0), (("x",), 0, 0, 0)],
)
def test_specialites_give_all_or_nothing(
    moteur: Moteur, chosen: tuple[str, ...], licence: float, bts: float, isolee: float
):
    found = column(moteur, "spec", specialites=chosen)
    assert (found[LICENCE], found[BTS], found[ISOLEE]) == (licence, bts, isolee)


def test_bac_pro_weighs_specialites_a_second_time(moteur: Moteur):
    profil = Profil(bac="P", choix=liked(FROMAGER), specialites=("mat2",))
    found = moteur.affinites(profil)
    assert found.sous_scores["spec_bac_pro"].tolist() == found.sous_scores["spec"].tolist()
    assert "spec_bac_pro" not in moteur.affinites(Profil(bac="STMG", choix=liked(FROMAGER))).sous_scores


def test_share_of_the_bac(moteur: Moteur):
    assert column(moteur, "typebac") == {LICENCE: 1, BTS: 0, PASS: 0.01, LAS: 0.01, ISOLEE: 0.01}
    assert column(moteur, "typebac", bac="STMG")[LICENCE] == pytest.approx(0.1 / 0.19)
    assert set(column(moteur, "typebac", bac="NC").values()) == {0.01}
    assert set(column(moteur, "typebac", bac=" ").values()) == {0.01}


def test_average_against_the_bac_else_all_bacs_else_neutral(moteur: Moteur):
    found = column(moteur, "moygen", moyenne=26.0)
    # Check value of the specification for the licence; 25 is above r90 = 18 for the BTS.
    assert (found[LICENCE], found[BTS], found[PASS]) == pytest.approx((0.58, 0.7, 1))
    assert set(column(moteur, "moygen").values()) == {1}
    assert set(column(moteur, "moygen", moyenne=float("nan")).values()) == {1}


@given(
    st.lists(st.integers(0, 39), min_size=5, max_size=5).map(sorted),
    st.floats(-5, 45),
    st.sampled_from([39, 20]),
)
def test_curve_of_the_average_is_the_written_one(ranks: list[int], moyenne: float, rang_max: int):
    p = Percentiles(*ranks, rang_max=rang_max)
    figures = MoyennesBac(
        np.array([True]),
        *(np.array([float(value)]) for value in (p.r10, p.r25, p.r50, p.r75, p.r90, p.rang_max)),
    )
    grades: dict[str, Any] = dict(zip(("r10", "r25", "r50", "r75", "r90", "max"), [*ranks, rang_max], strict=True))
    literal = OracleNaif.grade_score(grades, moyenne)
    assert moyenne_score(moyenne, figures).tolist() == pytest.approx([literal], rel=1e-12)


def test_product_of_the_multipliers(moteur: Moteur):
    found = moteur.affinites(Profil(bac="Générale", choix=liked(FROMAGER), duree="indiff", apprentissage="C"))
    raw = dict(zip(found.ids, found.brutes.tolist(), strict=True))
    # Licence: tags 1/3, sim 0 (× 1e-3), no commune (× 1e-4), everything else neutral.
    assert raw[LICENCE] == pytest.approx((1e-8 + (1 - 1e-8) / 3) * 1e-3 * 1e-4, rel=1e-12)
    # BTS: nobody of that bac was admitted (× 1e-8).
    assert raw[BTS] == pytest.approx(raw[LICENCE] * 1e-8, rel=1e-12)
    assert found.max_brute == raw[LICENCE]
    assert dict(zip(found.ids, found.normalisees.tolist(), strict=True))[LICENCE] == 1.0


def test_licence_acces_sante_is_for_those_drawn_to_health(moteur: Moteur):
    def matching(*interets: str) -> set[str]:
        found = moteur.affinites(Profil(bac="Générale", interets=interets, choix=liked(FROMAGER)))
        return {one for one, kept in zip(found.ids, found.retenues.tolist(), strict=True) if kept}

    assert matching() == {LICENCE, BTS}
    assert matching("dom2") == {LICENCE, BTS, LAS, PASS}
    health = moteur.affinites(Profil(bac="Générale", choix=liked(GUERISSEUR)))
    assert health.retenues[health.ids.index(LAS)]


def test_absent_bac_is_refused_only_when_something_is_scored(moteur: Moteur):
    assert moteur.classer(Profil(bac=None)) == ()
    with pytest.raises(BacAbsent):
        moteur.classer(Profil(bac=None, interets=("dom1",)))
    with pytest.raises(BacAbsent):
        moteur.expliquer(Profil(bac=None), (LICENCE,))
    assert moteur.expliquer(Profil(bac=None), ()) == ()
    everything = tuple(Choix(f.id, Statut.REJETE) for f in JEU.formations)
    refused = moteur.classer(Profil(bac=None, interets=("dom1",), choix=everything))
    assert {s.affinite for s in refused} == {0.0}
    assert len(moteur.classer(Profil(bac="", interets=("dom1",)))) == len(JEU.formations)

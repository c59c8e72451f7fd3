from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mps_desktop.engine.ambition import bac_type, estimate, is_open, published_access
from mps_desktop.engine.classes import ClasseVoeu, Mentions, References, StatsBac, TypeBac
from mps_desktop.engine.effet_moyenne import expit
from tests.engine.ambition_factories import G, P, T, fitted, references, shipped_seuils, voeu

SEUILS = shipped_seuils()
REFERENCES = references()
BACS = {G: "Générale", T: "STMG", P: "P"}

taux = st.one_of(st.none(), st.floats(0, 100))
voeux = st.builds(
    lambda old, new, counts, parts, selectif, fili: voeu(
        {2023: old, 2024: new}, counts, parts, selectif=selectif, fili=fili
    ),
    taux,
    taux,
    st.tuples(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000)),
    st.one_of(st.none(), st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))),
    st.booleans(),
    st.sampled_from(["BTS", "CPGE", "Licence", "Inconnue"]),
)
types = st.sampled_from(list(TypeBac))
notes = st.floats(0, 20)


@pytest.mark.parametrize(
    ("bac", "expected"),
    [
        ("Générale", G), ("STMG", T), ("S2TMD", T), ("STAV", T), ("P", P), ("PA", P), ("NC", None), ("", None),
        ("generale", None),
    ],
)  # fmt: skip
def test_bac_types_of_monprojetsup(bac: str, expected: TypeBac | None):
    assert bac_type(bac) is expected


@given(voeux, types, st.one_of(st.none(), notes))
def test_the_interval_contains_the_probability(stats, type_bac, moyenne):
    found = estimate(stats, REFERENCES, SEUILS, type_bac, BACS[type_bac], moyenne)
    if found.p is None:
        assert found.classe is ClasseVoeu.INSUFFISANT
        assert found.motif
        return
    assert found.bas is not None
    assert found.haut is not None
    assert 0 <= found.bas <= found.p <= found.haut <= 1
    assert found.classe is not ClasseVoeu.INSUFFISANT
    assert not found.motif


@given(voeux, types, notes, notes)
def test_a_better_average_never_lowers_the_estimate(stats, type_bac, one, other):
    low, high = (estimate(stats, REFERENCES, SEUILS, type_bac, BACS[type_bac], m) for m in sorted((one, other)))
    if low.p is not None and high.p is not None:
        assert low.p <= high.p + 1e-12


@given(voeux, types, st.one_of(st.none(), notes))
def test_apprentissage_never_gets_a_class(stats, type_bac, moyenne):
    found = estimate(replace(stats, apprentissage=True), REFERENCES, SEUILS, type_bac, BACS[type_bac], moyenne)
    assert (found.classe, found.p, found.motif) == (ClasseVoeu.INSUFFISANT, None, "APPRENTISSAGE")


@given(st.integers(0, 9), types, st.one_of(st.none(), notes), st.sampled_from(["BTS", "Licence"]))
def test_a_handful_of_candidates_never_makes_a_b(count, type_bac, moyenne, fili):
    counts = tuple(count if bac is type_bac else 500 for bac in TypeBac)
    parts = tuple(100.0 * number / sum(counts) for number in counts)
    stats = voeu({2023: 100.0, 2024: 100.0}, counts, parts, fili=fili, selectif=False)
    found = estimate(stats, REFERENCES, SEUILS, type_bac, BACS[type_bac], moyenne)
    assert found.classe is not ClasseVoeu.SECURISANT


def test_an_unknown_average_widens_the_interval():
    stats = voeu({2023: 55.0, 2024: 60.0})
    known = estimate(stats, REFERENCES, SEUILS, G, "Générale", 14.0)
    unknown = estimate(stats, REFERENCES, SEUILS, G, "Générale", None)
    assert known.p is not None
    assert unknown.p is not None
    assert (unknown.haut or 0) - (unknown.bas or 0) > (known.haut or 0) - (known.bas or 0)


def test_the_average_weighs_more_where_selection_is_on_marks():
    cpge, bts = (voeu({2023: 40.0}, fili=fili) for fili in ("CPGE", "BTS"))
    gaps = [low_high[1] - low_high[0] for low_high in (estimate_many(stats, G, [11.0, 17.0]) for stats in (cpge, bts))]
    assert gaps[0] > gaps[1]


def test_the_newest_rate_moves_the_estimate():
    stable, opened, closed = (
        estimate(voeu({2023: 40.0, 2024: newest}), REFERENCES, SEUILS, G, "Générale", None).p or 0
        for newest in (40.0, 60.0, 20.0)
    )
    assert closed < stable < opened


def test_strong_admitted_make_a_voeu_harder():
    weak = Mentions(2023, 70, 25, 5, 0, 0)
    strong = Mentions(2023, 0, 5, 25, 50, 20)
    easy, plain, hard = (
        estimate(voeu({2023: 40.0}, mentions=m), REFERENCES, SEUILS, G, "Générale", 14.0).p or 0
        for m in (weak, None, strong)
    )
    assert hard < plain <= easy


@pytest.mark.parametrize(
    ("rates", "classe"),
    [
        ({2023: 20.0, 2024: 20.0}, ClasseVoeu.AMBITIEUX),
        ({2023: 60.0, 2024: 60.0}, ClasseVoeu.REALISTE),
        ({2023: 98.0, 2024: 98.0}, ClasseVoeu.SECURISANT),
    ],
)
def test_classes(rates: dict[int, float | None], classe: ClasseVoeu):
    assert estimate(voeu(rates), REFERENCES, SEUILS, G, "Générale", 14.0).classe is classe


@given(voeux, types, notes)
def test_a_class_follows_its_cuts(stats, type_bac, moyenne):
    found = estimate(stats, REFERENCES, SEUILS, type_bac, BACS[type_bac], moyenne)
    if found.p is None or found.bas is None:
        return
    if found.classe is ClasseVoeu.SECURISANT:
        assert found.p >= SEUILS.securisant
        assert found.bas >= SEUILS.securisant_bas
    assert (found.classe is ClasseVoeu.AMBITIEUX) == (found.p < SEUILS.ambitieux)


def test_an_open_licence_does_not_look_at_the_average():
    open_ = voeu({2023: 99.0, 2024: 100.0}, fili="Licence", selectif=False)
    assert is_open(open_, SEUILS)
    low, high = (estimate(open_, REFERENCES, SEUILS, G, "Générale", m) for m in (8.0, 18.0))
    assert low.p == high.p
    assert "PLACES_POUR_TOUS" in [fait.code for fait in low.faits]
    assert not is_open(replace(open_, selectif=True), SEUILS)
    assert not is_open(voeu({2023: 99.0}, selectif=False), SEUILS)


def test_a_voeu_that_an_update_brought_is_not_said_to_have_few_candidates():
    fitted = replace(REFERENCES, session_ajustement=2025)
    new, old = voeu({2026: 50.0}, parts=None), voeu({2025: 50.0, 2026: 50.0}, parts=None)
    new, old = (replace(one, par_bac={}, reglages={}) for one in (new, old))
    assert estimate(new, fitted, SEUILS, G, "Générale", 14.0).motif == "ARRIVE_APRES"
    assert estimate(old, fitted, SEUILS, G, "Générale", 14.0).motif == "TROP_PEU_DE_CANDIDATS"
    assert estimate(new, REFERENCES, SEUILS, G, "Générale", 14.0).motif == "TROP_PEU_DE_CANDIDATS"


@pytest.mark.parametrize(
    ("stats", "type_bac", "motif"),
    [
        (voeu({2023: None}), G, "AUCUN_TAUX"),
        (voeu({}), G, "AUCUN_TAUX"),
        (voeu({2023: 50.0}), None, "TYPE_BAC_INCONNU"),
        (voeu({2023: 50.0}, (5, 5, 900), fili="Isolée", filiere="Isolée"), G, "TROP_PEU_DE_CANDIDATS"),
        (voeu({2023: 50.0}, apprentissage=True), G, "APPRENTISSAGE"),
    ],
)
def test_data_that_do_not_suffice(stats, type_bac: TypeBac | None, motif: str):
    found = estimate(stats, REFERENCES, SEUILS, type_bac, "Générale", 14.0)
    assert (found.classe, found.motif, found.p, found.bas, found.haut) == (
        ClasseVoeu.INSUFFISANT, motif, None, None, None,
    )  # fmt: skip


def test_without_any_distribution_the_average_is_left_out():
    bare = References(REFERENCES.parents, {}, 2023)
    low, high = (estimate(voeu({2023: 50.0}), bare, SEUILS, G, "Générale", m) for m in (8.0, 18.0))
    assert low.p == high.p
    assert low.bas is not None


def test_facts_say_where_the_estimate_comes_from():
    mentions = Mentions(2023, 30, 40, 20, 8, 2)
    stats = voeu({2023: 40.0, 2024: 50.0}, mentions=mentions, pct_meme_academie=92.0, selectif=False)
    found = estimate(stats, REFERENCES, SEUILS, G, "Générale", 14.0)
    facts = {fait.code: fait for fait in found.faits}
    assert facts.keys() == {
        "CANDIDATS_TYPE", "PROPOSITIONS_TYPE", "ACCES_TYPE", "MOYENNE_SITUEE", "TAUX_ACCES", "TENDANCE_TAUX",
        "TENDANCE_CANDIDATS", "MENTIONS", "SECTEUR",
    }  # fmt: skip
    assert facts["TAUX_ACCES"].session == 2024
    assert facts["TENDANCE_TAUX"].valeurs == {"avant": 40.0, "apres": 50.0, "session_avant": 2023}
    assert facts["MENTIONS"].valeurs["bien_ou_plus"] == 30
    assert facts["MOYENNE_SITUEE"].valeurs["part"] == pytest.approx(100 * REFERENCES.moyennes["Générale"][28])


@given(notes)
def test_the_place_of_an_average_is_a_share(moyenne):
    found = estimate(voeu({2023: 40.0}), REFERENCES, SEUILS, G, "Générale", moyenne)
    share = next(fait.valeurs["part"] for fait in found.faits if fait.code == "MOYENNE_SITUEE")
    assert 0 <= float(share) <= 100


def test_two_of_two_is_not_certain():
    stats = voeu({2023: 50.0}, (2, 300, 200), (2 / 2.51, 60.0, 39.2))
    assert published_access(stats, G) == pytest.approx(1.0, abs=0.01)
    assert expit(stats.reglages[G].niveau) < 0.75


def test_published_access_of_a_bac_type():
    stats = voeu({2023: 40.0}, (600, 300, 100), (30.0, 60.0, 10.0))
    assert [round(published_access(stats, bac) or 0, 3) for bac in TypeBac] == [0.2, 0.8, 0.4]
    assert published_access(replace(stats, par_bac={}), G) is None


@pytest.mark.parametrize("type_bac", list(TypeBac))
def test_an_unknown_average_is_every_average_of_the_series(type_bac: TypeBac):
    """Weighted by the series, estimates of every average give back the estimate without average."""
    stats = voeu({2023: 55.0})
    weights = np.diff(np.append(REFERENCES.moyennes[BACS[type_bac]], 1.0))
    estimates = estimate_many(stats, type_bac, [half / 2 + 0.25 for half in range(40)])
    unknown = estimate(stats, REFERENCES, SEUILS, type_bac, BACS[type_bac], None)
    assert unknown.p == pytest.approx(float(weights @ np.array(estimates)), abs=1e-6)


def estimate_many(stats, type_bac: TypeBac, averages: list[float]) -> list[float]:
    found = [estimate(stats, REFERENCES, SEUILS, type_bac, BACS[type_bac], m).p for m in averages]
    return [p for p in found if p is not None]


@pytest.mark.parametrize("candidats", [0, 1, 2])
def test_a_type_of_bac_that_hardly_applies_is_not_estimated(candidats: int):
    stats = voeu({2023: 100.0, 2024: 100.0})
    few = fitted(replace(stats, par_bac={**stats.par_bac, T: StatsBac(candidats, candidats, 0.0)}))
    found = estimate(few, REFERENCES, SEUILS, T, "STMG", 14.0)
    assert (found.classe, found.motif, found.p) == (ClasseVoeu.INSUFFISANT, "PAS_DE_CANDIDAT_DU_TYPE", None)


@pytest.mark.parametrize("candidats", [3, 9])
def test_few_candidates_never_read_as_safe(candidats: int):
    stats = voeu({2023: 100.0, 2024: 100.0})
    few = fitted(replace(stats, par_bac={**stats.par_bac, T: StatsBac(candidats, candidats, 5.0)}))
    found = estimate(few, REFERENCES, SEUILS, T, "STMG", 14.0)
    assert found.classe is not ClasseVoeu.SECURISANT
    assert found.bas is not None
    assert found.bas < SEUILS.securisant_bas


def test_a_voeu_without_figures_by_bac_leans_on_its_filiere_and_is_never_b():
    stats = fitted(replace(voeu({2023: None, 2024: 99.0}), par_bac={}))
    found = estimate(stats, REFERENCES, SEUILS, G, "Générale", 16.0)
    assert found.p is not None
    assert found.classe is not ClasseVoeu.SECURISANT
    assert "PEU_DE_CANDIDATS" in [fait.code for fait in found.faits]


def test_a_small_voeu_is_less_certain_than_a_large_one():
    small, large = (
        estimate(voeu({2023: 50.0}, counts), REFERENCES, SEUILS, G, "Générale", 14.0)
        for counts in ((40, 30, 20), (4000, 3000, 2000))
    )
    assert (small.haut or 0) - (small.bas or 0) > (large.haut or 0) - (large.bas or 0)


@given(voeux, types, st.one_of(st.none(), notes))
def test_the_same_figures_always_give_the_same_estimate(stats, type_bac, moyenne):
    again = fitted(replace(stats, reglages={}))
    one, two = (estimate(s, REFERENCES, SEUILS, type_bac, BACS[type_bac], moyenne) for s in (stats, again))
    assert one == two


@given(
    st.floats(1, 99),
    st.tuples(st.integers(10, 2000), st.integers(10, 2000), st.integers(10, 2000)),
    st.tuples(st.floats(1, 98), st.floats(1, 98)),
    st.floats(1.0, 5.0),
    types,
    st.one_of(st.none(), notes),
)
def test_more_candidates_for_the_same_offers_never_raise_the_estimate(taux, counts, cuts, factor, type_bac, moyenne):
    """The same number of each type is in reach; only the candidates of the student's type are more."""
    first, second = sorted(cuts)
    parts = (first, second - first, 100 - second)
    reached = [taux / 100 * sum(counts) * part / 100 for part in parts]
    more = tuple(
        round(count * factor) if bac is type_bac else count for bac, count in zip(TypeBac, counts, strict=True)
    )
    assume(all(one <= count for one, count in zip(reached, counts, strict=True)))
    before = voeu({2023: taux}, counts, parts)
    after = voeu({2023: 100 * sum(reached) / sum(more)}, more, parts)
    one, two = (estimate(s, REFERENCES, SEUILS, type_bac, BACS[type_bac], moyenne) for s in (before, after))
    assert one.p is not None
    assert two.p is not None
    assert two.p <= one.p + 1e-3  # to a tenth of a point: the candidates of the other types are placed anew as well


def test_a_voeu_that_took_everybody_and_no_longer_does_follows_its_newest_rate():
    """With one bac type, its access is that of the vœu: 100 % then 80 % must not read as certain."""
    stats = voeu({2023: 100.0, 2024: 80.0}, (500, 0, 0), (100.0, 0.0, 0.0))
    carried = expit(stats.reglages[G].niveau)
    assert 0.80 <= carried < 0.92 + SEUILS.mouvement.poids / 10
    assert carried < 1 - SEUILS.marge

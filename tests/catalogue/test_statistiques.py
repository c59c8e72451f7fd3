"""Public inputs of the engine: averages of the admitted, likeness, shares of spécialités."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mps_desktop.catalogue.construction import admis, moyennes_admis, similitudes, statistiques
from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.moyennes_admis import Admis
from mps_desktop.catalogue.construction.voeux import Offre, Programme
from mps_desktop.engine.classes import TypeBac

GENERAL, TECHNO, PRO = TypeBac.GENERAL, TypeBac.TECHNOLOGIQUE, TypeBac.PROFESSIONNEL


def national_row(bac: str, matiere: str, counts: dict[int, int]) -> dict[str, str]:
    below = {f"cumul_{rang / 2:04.1f}": str(sum(n for at, n in counts.items() if at < rang)) for rang in range(1, 41)}
    return {"bac": bac, "matiere_code": matiere, **below}


NATIONALES = moyennes_admis.national_distributions(
    [
        # One student in each half point; bulletins two half points above the bac.
        national_row("Générale", "-2", dict.fromkeys(range(16, 38), 10)),
        national_row("Générale", "-1", dict.fromkeys(range(18, 40), 10)),
        national_row("STMG", "-2", dict.fromkeys(range(18, 30), 10)),
        national_row("STMG", "-1", dict.fromkeys(range(18, 30), 10)),
        national_row("P", "-2", dict.fromkeys(range(18, 38), 5)),
        national_row("P", "-1", dict.fromkeys(range(18, 38), 5)),
        national_row("P", "6", {3: 1000}),
    ]
)


def test_a_mention_is_an_interval_of_national_ranks():
    general = NATIONALES[GENERAL]
    assert general.mentions == pytest.approx((8 / 22, 4 / 22, 4 / 22, 4 / 22, 2 / 22))
    # Mention AB is 12 to 14 at the bac, hence 13 to 15 in the bulletins of this nation.
    assert [rang for rang, part in enumerate(general.moyennes[1]) if part > 1e-9] == [26, 27, 28, 29]
    # Nobody had more than 15 in this STMG.
    assert NATIONALES[TECHNO].moyennes[4] == (0.0,) * 40


def test_averages_follow_the_mentions_of_each_bac_type():
    general_only = Admis((0, 100, 0, 0, 0), {GENERAL: 100}, {GENERAL: 100})
    found = moyennes_admis.estimated_percentiles(general_only, NATIONALES)
    assert found == {"NC": (26, 26, 27, 28, 29), "Générale": (26, 26, 27, 28, 29)}
    # Forty generals with a mention, forty STMG without one: each type keeps its own.
    mixed = Admis((40, 40, 0, 0, 0), {GENERAL: 40, TECHNO: 40}, {GENERAL: 40, TECHNO: 0})
    found = moyennes_admis.estimated_percentiles(mixed, NATIONALES)
    assert found["Générale"] == (26, 26, 27, 28, 29)
    assert found["STMG"] == found["STI2D"] == (18, 19, 20, 22, 23)
    assert found["NC"][0] == 19


def test_few_admitted_of_a_type_get_no_figure_of_their_own():
    few = Admis((10, 0, 0, 0, 0), {GENERAL: 10}, {GENERAL: 0})
    assert set(moyennes_admis.estimated_percentiles(few, NATIONALES)) == {"NC"}
    assert moyennes_admis.estimated_percentiles(Admis((0,) * 5, {GENERAL: 10}, {}), NATIONALES) == {}
    assert moyennes_admis.estimated_percentiles(few, {}) == {}


counts = st.integers(0, 300)


@settings(max_examples=40, deadline=None)
@given(st.tuples(counts, counts, counts, counts, counts), st.tuples(counts, counts, counts), st.booleans(), st.data())
def test_percentiles_rise_and_stay_in_range(
    mentions: tuple[int, ...], types: tuple[int, int, int], published: bool, data: st.DataObject
):
    par_type = dict(zip((GENERAL, TECHNO, PRO), map(float, types), strict=True))
    with_mention = {one: float(data.draw(st.integers(0, int(value)))) for one, value in par_type.items()}
    known = Admis(tuple(map(float, mentions)), par_type, with_mention if published else {})
    for bac, ranks in moyennes_admis.estimated_percentiles(known, NATIONALES).items():
        assert list(ranks) == sorted(ranks), bac
        assert ranks[0] >= 0
        assert ranks[4] <= moyennes_admis.RANG_MAX


def offre(session: int, admitted: int | None = None, **ligne: object) -> Offre:
    row = {name: str(value) for name, value in ligne.items()}
    return Offre(
        session, "Licence - Tests", "Licence", "Université des Tests", "", "", "", "", "", None, "", None, None, None,
        None, admitted, None, False, row,
    )  # fmt: skip


def reference(*offres: Offre) -> Reference:
    programmes = tuple(Programme(f"ta{i}", "Tests", offres={one.session: one}) for i, one in enumerate(offres))
    return Reference("fl1", "Tests", "t", "T", 5, False, None, 10, ("fl1",), programmes)


ADMIS_2025 = {
    "pct_bg": 75, "pct_bt": 25, "pct_bp": 0, "mentions_suspect_imputees": "0", "part_mention_ab": 0.5,
    "part_mention_b": 0, "part_mention_tb": 0, "part_mention_tb_fel": 0,
}  # fmt: skip


def test_2023_is_preferred_and_2025_fills_in():
    old = offre(2023, acc_bg=30, acc_bt=10, acc_bp=0, acc_sansmention=20, acc_ab=20, acc_bg_mention=20)
    known = admis.admitted(reference(old, offre(2025, 1000, **ADMIS_2025)))
    assert known is not None
    assert admis.admis_par_bac(known) == {
        "NC": 40, "Générale": 30, **dict.fromkeys(moyennes_admis.BACS_TECHNOLOGIQUES, 10), "P": 0, "PA": 0,
    }  # fmt: skip
    assert known.avec_mention == {GENERAL: 20}
    newer = admis.admitted(reference(offre(2025, 40, **ADMIS_2025)))
    assert newer == Admis((20, 20, 0, 0, 0), {GENERAL: 30, TECHNO: 10, PRO: 0}, {})
    imputed = admis.admitted(reference(offre(2025, 40, **{**ADMIS_2025, "mentions_suspect_imputees": "1"})))
    assert imputed is not None
    assert sum(imputed.mentions) == 0
    assert admis.admitted(reference(offre(2025, 40, pct_bg=""), offre(2024, 90))) is None


def test_words_of_a_label_say_what_it_is_about():
    assert similitudes.label_words("Licence - Sciences de l’éducation (Bac + 3)") == {"educat"}
    assert similitudes.label_words("BTS - Tourisme") == similitudes.label_words("Licence - Tourisme") == {"touris"}


features = st.frozensets(st.sampled_from("abcde"))
profiles = st.sampled_from([{}, {"Maths": 0.5, "SES": 0.5}, {"Maths": 0.1, "SVT": 0.9}])
traits = st.builds(similitudes.Traits, features, features, features, profiles)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([f"fl{i}" for i in range(8)]), traits))
def test_likeness_is_symmetric_and_bounded(known: dict[str, similitudes.Traits]):
    found = similitudes.similar_formations(known)
    for one, others in found.items():
        assert one not in others
        for other, score in others.items():
            assert 0 < score <= similitudes.SCORE_MAX
            assert found[other][one] == score
            mine, theirs = known[one], known[other]
            assert mine.metiers & theirs.metiers or mine.domaines & theirs.domaines or mine.mots & theirs.mots


def test_rare_métiers_and_same_bacheliers_count_more():
    everyone = frozenset({"courant"})
    known = {
        "fl1": similitudes.Traits(everyone | {"rare"}, everyone, frozenset(), {"Maths": 1.0}),
        "fl2": similitudes.Traits(everyone | {"rare"}, everyone, frozenset(), {"Maths": 1.0}),
        "fl3": similitudes.Traits(everyone, everyone, frozenset(), {"SES": 1.0}),
        "fl4": similitudes.Traits(everyone, everyone, frozenset(), {}),
    }
    found = similitudes.similar_formations(known)
    assert found["fl1"]["fl2"] == similitudes.SCORE_MAX
    assert found["fl1"]["fl3"] == found["fl1"]["fl4"] < similitudes.SCORE_MAX


EDS = [
    {"an": an, "paire": paire, "famille": famille, "c": "0", "p": "0", "a": str(accepted)}
    for an, paire, famille, accepted in (
        ("2023", "Maths,SES", "Grande", 900), ("2024", "SES,HGGSP", "Grande", 150), ("2024", "Maths,SES", "Grande", 50),
        ("2023", "Maths,SES", "Petite", 90), ("2024", "SES,HGGSP", "Petite", 30), ("2024", "Art,Art", "Minuscule", 3),
    )
]  # fmt: skip


def test_a_small_family_reads_every_session():
    names = {"Maths": ["mat700"], "SES": ["mat703"], "HGGSP": ["mat1062"]}
    shares = statistiques.shares_by_eds_family(EDS, names)
    assert shares["Grande"] == {"mat700": 13, "mat703": 50, "mat1062": 38}
    assert shares["Petite"] == {"mat700": 38, "mat703": 50, "mat1062": 13}
    assert "Minuscule" not in shares
    assert statistiques.shares_by_eds_family(EDS, names, frozenset({"2023"}))["Grande"] == {"mat700": 50, "mat703": 50}
    assert statistiques.profiles_by_eds_family(EDS)["Petite"] == pytest.approx(
        {"Maths": 90 / 240, "SES": 120 / 240, "HGGSP": 30 / 240}
    )

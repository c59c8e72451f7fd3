from __future__ import annotations

from datetime import date

import pytest

from mps_desktop.core.dates import annee_scolaire, fin_annee, long_date, numeric_date, session_parcoursup, short_date


def test_short_and_long():
    assert short_date(date(2026, 11, 24)) == "mar. 24 nov. 2026"
    assert short_date(date(2027, 3, 1)) == "lun. 1er mars 2027"
    assert long_date(date(2027, 8, 1)) == "1er août 2027"
    assert numeric_date(date(2009, 2, 4)) == "04/02/2009"


@pytest.mark.parametrize(
    ("day", "annee", "session"),
    [
        (date(2026, 8, 1), "2026-2027", 2027),
        (date(2026, 7, 31), "2025-2026", 2026),
        (date(2027, 1, 15), "2026-2027", 2027),
    ],
)
def test_school_year(day: date, annee: str, session: int):
    assert annee_scolaire(day) == annee
    assert session_parcoursup(day) == session


def test_a_school_year_ends_on_31_july():
    assert fin_annee("2026-2027") == date(2027, 7, 31)
    for wrong in ("2026-2028", "2026", "x-y"):
        with pytest.raises(ValueError):  # noqa: PT011  the text is the argument
            fin_annee(wrong)

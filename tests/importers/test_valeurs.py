from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.importers.valeurs import read_date, read_ine, read_moyenne, read_sexe, writes_month_first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14/02/2009", date(2009, 2, 14)),
        ("14-02-2009", date(2009, 2, 14)),
        ("14.02.2009", date(2009, 2, 14)),
        ("14 02 2009", date(2009, 2, 14)),
        ("7-7-09", date(2009, 7, 7)),
        ("12/12/09", date(2009, 12, 12)),
        ("2009-02-14", date(2009, 2, 14)),
        ("2009-02-14 00:00:00", date(2009, 2, 14)),
        ("14/02/2009 00:00", date(2009, 2, 14)),
        ("14022009", date(2009, 2, 14)),
        ("39954", date(2009, 5, 21)),
        ("39954.0", date(2009, 5, 21)),
        ("23 août 2008", date(2008, 8, 23)),
        ("1er mars 2009", date(2009, 3, 1)),
        ("samedi 14 févr. 2009", date(2009, 2, 14)),
        ("29/02/2008", date(2008, 2, 29)),
        ("1/1/99", date(1999, 1, 1)),
        ("20090214", date(2009, 2, 14)),
        ("2009/02/14", date(2009, 2, 14)),
        ("14 / 02 / 2009", date(2009, 2, 14)),
        ("né le 14/02/2009", date(2009, 2, 14)),
        ("Née le : 14 juil. 2009", date(2009, 7, 14)),
        ("né(e) le 1er août 2009", date(2009, 8, 1)),
        ("14 February 2009", date(2009, 2, 14)),
        ("14-févr.-09", date(2009, 2, 14)),
        ("3 sept 2009", date(2009, 9, 3)),
    ],
)
def test_dates_as_people_write_them(text: str, expected: date):
    read = read_date(text)
    assert (read.jour, read.remarque) == (expected, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("29/02/2009", "n’existe pas"),
        ("31/04/2009", "n’existe pas"),
        ("00/00/2009", "n’existe pas"),
        ("13/13/2009", "n’existe pas"),
        ("04/04/2090", "année 2090"),
        ("12345", "année 1933"),
        ("99999", "année 2173"),
        ("14/02/0009", "année 9"),
        ("bientôt", "n’est pas comprise"),
        ("23 brumaire 2008", "n’est pas comprise"),
        ("23 ju 2008", "n’est pas comprise"),
        ("20091340", "n’existe pas"),
    ],
)
def test_impossible_dates_are_refused_with_the_reason(text: str, reason: str):
    read = read_date(text)
    assert read.jour is None
    assert reason in read.remarque


def test_month_first_is_understood_when_nothing_else_can_be_and_said():
    read = read_date("01/30/2009")
    assert read.jour == date(2009, 1, 30)
    assert "mois en premier" in read.remarque
    assert read_date("02/30/2009").jour is None


def test_a_column_with_the_month_first_is_read_so_whole():
    assert writes_month_first(["01/30/2009", "04/05/2009", "", "12/25/2008"])
    assert not writes_month_first(["01/30/2009", "04/05/2009"])
    assert not writes_month_first(["01/30/2009", "12/25/2008", "13/02/2009"])
    assert read_date("04/05/2009", month_first=True).jour == date(2009, 4, 5)
    assert read_date("2009-04-05", month_first=True).jour == date(2009, 4, 5)
    assert "mois en premier" in read_date("04/05/2009", month_first=True).remarque


def test_no_date_is_no_remark():
    assert read_date("").remarque == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Féminin", "F"), ("F", "F"), ("2", "F"), ("Fille", "F"), ("MME", "F"),
        ("Masculin", "M"), ("M", "M"), ("M.", "M"), ("1", "M"), ("Garçon", "M"),
        ("", ""), ("X", ""), ("autre", ""),
    ],
)  # fmt: skip
def test_sexe(text: str, expected: str):
    assert read_sexe(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("990000001ZZ", "990000001ZZ"), ("990 000 001 zz", "990000001ZZ"), ("9900000110Z", "9900000110Z"), ("", ""),
        ("123", None), ("9.9E+09", None), ("99000000199", None),
    ],
)  # fmt: skip
def test_ine(text: str, expected: str | None):
    assert read_ine(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14,17", (14.17, True)), ("14.17", (14.17, True)), ("9", (9.0, True)), ("12,5/20", (12.5, True)),
        ("12 / 20", (12.0, True)), ("0", (0.0, True)), ("", (None, True)), ("Abs", (None, True)),
        ("N.Not", (None, True)),
        ("Disp", (None, True)), ("-", (None, True)), ("21", (None, False)), ("-3", (None, False)),
        ("bien", (None, False)),
    ],
)  # fmt: skip
def test_moyenne(text: str, expected: tuple[float | None, bool]):
    assert read_moyenne(text) == expected


@given(st.dates(date(1940, 1, 1), date(2020, 12, 31)))
def test_every_usual_way_of_writing_a_date_comes_back(day: date):
    serial = (day - date(1899, 12, 30)).days
    texts = (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(), str(serial))
    assert {read_date(text).jour for text in texts} == {day}
    assert date(1899, 12, 30) + timedelta(days=serial) == day


@given(st.text(max_size=40))
def test_readers_never_fail(text: str):
    read_date(text)
    read_sexe(text)
    read_ine(text)
    read_moyenne(text)

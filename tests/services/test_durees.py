from __future__ import annotations

import pytest

from mps_desktop.core.text import NBSP
from mps_desktop.services.durees import describe_duree, years_to_diploma
from mps_desktop.services.socle import Socle


@pytest.mark.parametrize(
    ("start", "words", "years"),
    [
        ("Licence - Droit", "3 ans, souvent suivis d’un master", 3),
        ("CPGE - MPSI", "2 ans, puis une école", 5),
        ("PASS", "1 an, puis études de santé", 5),
        ("BUT - Informatique", "3 ans", 3),
        ("École d’ingénieurs (Bac + 5)", "5 ans", 5),
        ("Licence professionnelle", "3 ans", 3),
        ("DEUST", "2 ans", 2),
        ("BTS - Tourisme", "2 ans", 2),
        ("BTSA", "2 ans", 2),
        ("École vétérinaire", "6 ans", 6),
    ],
)
def test_length_as_people_say_it(socle: Socle, start: str, words: str, years: int):
    formation = next(f for f in socle.catalogue.formations() if f.libelle.startswith(start))
    assert describe_duree(formation).replace(NBSP, " ") == words
    assert years_to_diploma(formation) == years

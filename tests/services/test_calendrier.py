from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import find_resources
from mps_desktop.services.calendrier import (
    CalendrierStore,
    blank_steps,
    check_calendrier,
    days_left,
    describe_echeance,
)
from mps_desktop.services.edit_calendrier import EditCalendrier
from mps_desktop.services.parametres import Calendrier, Etape, load_parametres

SHIPPED = load_parametres(find_resources()).calendriers
NOVEMBRE = date(2026, 11, 24)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "donnees" / "calendrier.toml"


def voeux(debut: date | None, fin: date | None) -> tuple[Etape, ...]:
    return (Etape("voeux", "Formulation des vœux", debut, fin),)


def build_2027(**changes: object) -> Calendrier:
    base = Calendrier(2027, True, "note de service fictive", voeux(date(2027, 1, 18), date(2027, 3, 11)))
    return replace(base, echeances={"terminale": date(2027, 2, 26)}, **changes)  # type: ignore[arg-type]  # fields


def test_the_shipped_calendars_make_sense():
    assert [check_calendrier(calendrier) for calendrier in SHIPPED.values()] == [(), ()]
    assert SHIPPED[2026].echeances == {"terminale": date(2026, 2, 28)}
    assert SHIPPED[2027].echeances == {}


def test_nothing_is_carried_over_to_a_session_that_is_not_published():
    store = CalendrierStore(SHIPPED)
    assert describe_echeance(store, 2027, "terminale", NOVEMBRE) == "Échéance à fixer (calendrier 2027 non publié)."
    assert days_left(store, 2027, "terminale", NOVEMBRE) is None
    assert not store.calendrier(2031).publie
    assert all(etape.debut is None and etape.fin is None for etape in blank_steps(store.calendrier(2027)))


@pytest.mark.parametrize(
    ("today", "words", "left"),
    [
        (date(2026, 2, 18), "dans 10 jours", 10),
        (date(2026, 2, 27), "demain", 1),
        (date(2026, 2, 28), "aujourd’hui", 0),
        (date(2026, 3, 3), "dépassée", -3),
    ],
)
def test_a_due_date_in_words(today: date, words: str, left: int):
    store = CalendrierStore(SHIPPED)
    assert words in describe_echeance(store, 2026, "terminale", today)
    assert days_left(store, 2026, "terminale", today) == left
    assert describe_echeance(store, 2026, "seconde", today) == "Échéance à fixer."
    assert describe_echeance(store, 2026, "", today) == ""


def test_the_user_s_copy_takes_the_place_of_the_shipped_one_session_by_session(file: Path):
    store = CalendrierStore(SHIPPED, file)
    assert store.save(build_2027()) is None
    again = CalendrierStore(SHIPPED, file)
    assert again.calendrier(2027) == build_2027()
    assert again.calendrier(2026) == SHIPPED[2026]
    assert (again.is_own(2027), again.is_own(2026), again.erreur) == (True, False, "")


def test_a_save_is_taken_back(file: Path):
    store = CalendrierStore(SHIPPED, file)
    first = store.save(build_2027())
    second = store.save(build_2027(source="autre"))
    store.put_back(2027, second if isinstance(second, Calendrier) else None)
    assert store.calendrier(2027) == build_2027()
    store.put_back(2027, first)
    assert store.calendrier(2027) == SHIPPED[2027]
    assert CalendrierStore(SHIPPED, file).calendrier(2027) == SHIPPED[2027]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (build_2027(etapes=voeux(date(2027, 3, 11), date(2027, 1, 18))), "avant de commencer"),
        (build_2027(etapes=voeux(date(2021, 1, 18), None)), "sort de la session"),
        (build_2027(etapes=voeux(date(2027, 1, 18), None) * 2), "deux fois"),
        (build_2027(etapes=()), "au moins une date"),
        (replace(build_2027(), echeances={"terminale": date(2026, 2, 28)}), "échéance de terminale"),
        (replace(build_2027(), echeances={"licence": date(2027, 2, 28)}), "n’existe pas"),
        (
            build_2027(
                etapes=(
                    *voeux(date(2027, 1, 18), date(2027, 3, 11)),
                    Etape("confirmation", "Confirmation", None, date(2027, 2, 1)),
                )
            ),
            "se confirment après",
        ),
    ],
)
def test_dates_that_make_no_sense_are_refused_and_nothing_is_written(wrong: Calendrier, words: str, file: Path):
    with pytest.raises(EnvironmentFault, match=words) as caught:
        CalendrierStore(SHIPPED, file).save(wrong)
    assert caught.value.remede
    assert not file.exists()


@pytest.mark.parametrize(
    "damage",
    ["[session.2027\n", "session = 3\n", '[session.2027]\npublie = true\nsource = ""\nechéances = 2\n', "\xff"],
)
def test_a_damaged_copy_is_told_and_never_stops_the_program(file: Path, damage: str):
    file.parent.mkdir()
    file.write_bytes(damage.encode("latin-1"))
    store = CalendrierStore(SHIPPED, file)
    assert store.calendrier(2026) == SHIPPED[2026]
    assert "n’est pas utilisée" in store.erreur
    store.save(build_2027())
    assert store.erreur == ""
    assert CalendrierStore(SHIPPED, file).calendrier(2027) == build_2027()


def test_without_a_place_nothing_can_be_saved():
    with pytest.raises(EnvironmentFault):
        CalendrierStore(SHIPPED).save(build_2027())


days = st.none() | st.dates(date(2026, 8, 1), date(2027, 12, 31))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@given(days, days, days, texts)
def test_what_is_saved_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, debut, fin, due, source: str):  # type: ignore[no-untyped-def]  # dates or None
    known = {"seconde": due} if due else {}
    asked = Calendrier(2027, False, source, voeux(debut, fin) if debut or fin else (), known)
    file = tmp_path_factory.mktemp("calendrier") / "calendrier.toml"
    if check_calendrier(asked):
        return
    CalendrierStore(SHIPPED, file).save(asked)
    read = CalendrierStore(SHIPPED, file).calendrier(2027)
    assert (read.etapes, read.echeances, read.publie) == (asked.etapes, asked.echeances, False)


def test_the_dialog_s_view_and_its_way_back(file: Path):
    store = CalendrierStore(SHIPPED, file)
    edit = EditCalendrier(store, NOVEMBRE)
    vue = edit.load()
    assert (vue.session, vue.sessions, vue.publie, vue.personnel) == (2027, (2026, 2027), False, False)
    assert len(vue.etapes) == 8
    due = tuple((n, name, date(2027, 2, 26) if n == "terminale" else None) for n, name, _ in vue.echeances)
    ticket = edit.save(replace(vue, echeances=due))
    assert edit.load().personnel
    assert days_left(store, 2027, "terminale", NOVEMBRE) == 94
    edit.put_back(2027, ticket)
    assert edit.load() == vue

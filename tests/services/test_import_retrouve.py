"""Who a line of a roster is about: properties on invented classes, through the whole plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import strip_accents
from mps_desktop.importers.rows import RosterReading, RosterRow
from mps_desktop.services.plan_import import PlannedRow, plan_import
from mps_desktop.storage.records import EleveRecord, ProfilRecord

NOMS = ("BIDON", "D'ESSAI", "DE LA FICTION", "ÉCHANTILLON", "FAUX-NOM", "MODÈLE", "ZÉRO")
PRENOMS = ("Zoé", "Noémie", "Jean-Éloi", "Théo", "Œdipe", "Anne Marie")


@st.composite
def classes(draw: st.DrawFn) -> list[EleveRecord]:
    """A stored dossier: names all different, some without INE or birth date, two classes."""
    names = draw(st.lists(st.tuples(st.sampled_from(NOMS), st.sampled_from(PRENOMS)), unique=True, max_size=12))
    return [
        EleveRecord(
            id=number, nom=nom, prenom=prenom, classe=draw(st.sampled_from(("TG1", "TG 2"))), niveau="terminale",
            naissance=draw(st.none() | st.dates(date(2007, 1, 1), date(2010, 12, 31))),
            sexe=draw(st.sampled_from(("", "F", "M"))),
            ine=draw(st.sampled_from(("", f"99{number:07}ZZ"))),
            profil=ProfilRecord(bac="Générale", specialites=("mat700", "mat701"), moyenne=12.5),
        )
        for number, (nom, prenom) in enumerate(names, 1)
    ]  # fmt: skip


def line(record: EleveRecord, ligne: int) -> RosterRow:
    """The stored student as a complete list would write him."""
    return RosterRow(
        ligne, record.nom, record.prenom, record.classe, record.naissance, record.sexe, record.ine, record.niveau,
        record.profil.bac or "", record.profil.specialites, moyenne=record.profil.moyenne,
    )  # fmt: skip


def plan(rows: list[RosterRow], stored: list[EleveRecord]) -> tuple[PlannedRow, ...]:
    return plan_import([RosterReading("liste.csv", "PRONOTE", "", ";", 1, (), tuple(rows), ())], stored, "")


@given(classes(), st.randoms())
def test_the_same_list_in_any_order_changes_nobody(stored: list[EleveRecord], chance: object):
    rows = [line(record, number) for number, record in enumerate(stored, 2)]
    chance.shuffle(rows)  # type: ignore[attr-defined]
    planned = plan(rows, stored)
    assert [(p.etat, p.apres) for p in planned] == [("inchange", p.avant) for p in planned]
    assert len(planned) == len(stored)


@given(classes())
def test_lost_accents_and_capitals_change_nobody(stored: list[EleveRecord]):
    rows = [
        replace(line(r, n), nom=strip_accents(r.nom).upper(), prenom=strip_accents(r.prenom).upper())
        for n, r in enumerate(stored, 2)
    ]
    assert {p.etat for p in plan(rows, stored)} <= {"inchange"}


@given(classes(), st.data())
def test_the_ine_wins_over_every_other_thing(stored: list[EleveRecord], data: st.DataObject):
    """Married, moved, mistyped: whoever has the INE is found, and what changes is said old → new."""
    known = [record for record in stored if record.ine]
    if not known:
        return
    record = data.draw(st.sampled_from(known))
    (planned, *_) = plan([replace(line(record, 2), nom="TOUT-AUTRE", classe="TG 9")], stored)
    assert (planned.etat, planned.avant) == ("modifie", record)
    assert f"{record.nom} → TOUT-AUTRE" in planned.detail
    assert f"{record.classe} → TG 9" in planned.detail


@given(classes())
def test_name_and_birth_date_find_a_student_whose_ine_or_class_changed(stored: list[EleveRecord]):
    for record in stored:
        if record.naissance is None:
            continue
        (planned, *_) = plan([replace(line(record, 2), ine="991234567AA", classe="TG 9")], stored)
        assert planned.avant == record
        assert planned.apres is not None
        assert planned.apres.ine == "991234567AA"


@given(classes())
def test_a_swapped_name_is_asked_and_never_taken_silently(stored: list[EleveRecord]):
    for record in stored:
        swapped = replace(line(record, 2), nom=record.prenom, prenom=record.nom, ine="", naissance=None)
        (planned, *_) = plan([swapped], stored)
        assert (planned.etat, planned.semblable) == ("a_confirmer", record)


@given(classes(), st.integers(1, 4000))
def test_twins_and_homonyms_stay_two_students(stored: list[EleveRecord], days: int):
    twin = EleveRecord(90, "JUMEAUX", "Ada", "TG1", "terminale", date(2009, 5, 5), "F", "990000090ZZ")
    other = replace(twin, id=91, prenom="Léo", sexe="M", ine="990000091ZZ")
    homonym = replace(twin, id=92, ine="990000092ZZ", naissance=date(2009, 5, 5) + timedelta(days=days))
    same_day = replace(twin, id=93, ine="990000093ZZ")
    everyone = [*stored, twin, other, homonym, same_day]
    rows = [line(record, number) for number, record in enumerate(everyone, 2)]
    planned = plan(rows, everyone)
    assert [(p.etat, p.avant) for p in planned] == [("inchange", record) for record in everyone]
    fresh = [p for p in plan(rows, stored) if p.etat == "nouveau"]
    assert len(fresh) == 4


@given(classes(), st.data())
def test_nobody_is_ever_deleted_and_no_student_is_about_two_lines(stored: list[EleveRecord], data: st.DataObject):
    """Whatever the lines say, every stored student appears at most once as changed, and none is removed."""
    names = st.tuples(st.sampled_from(NOMS), st.sampled_from(PRENOMS))
    drawn = data.draw(st.lists(names, max_size=10))
    rows = [
        RosterRow(n, nom, prenom, data.draw(st.sampled_from(("TG1", "TG2"))),
                  data.draw(st.none() | st.dates(date(2008, 1, 1), date(2009, 12, 31))),
                  ine=data.draw(st.sampled_from(("", "990000001ZZ", "990000005ZZ", f"98{n:07}ZZ"))))
        for n, (nom, prenom) in enumerate(drawn, 2)
    ]  # fmt: skip
    planned = plan(rows, stored)
    assert {p.etat for p in planned} <= {"nouveau", "modifie", "inchange", "a_confirmer", "absent", "rejete"}
    ids = {record.id for record in stored}
    assert {p.apres.id for p in planned if p.apres is not None} <= {0, *ids}
    about = [p.avant.id for p in planned if p.avant is not None and p.avant.id and p.etat in ("modifie", "inchange")]
    assert len(about) == len(set(about))
    asked = [p.semblable.id for p in planned if p.semblable is not None]
    assert len(asked) == len(set(asked))
    assert not set(asked) & set(about)
    assert sum(p.ligne > 0 for p in planned) == len(rows)

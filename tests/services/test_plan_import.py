from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.importers.rows import ColonneLue, Rejet, RosterReading, RosterRow
from mps_desktop.services.plan_import import guess_niveau, plan_import
from mps_desktop.storage.records import EleveRecord, ProfilRecord

ZOE = EleveRecord(
    7, "BIDON", "Zoé", "TG1", "terminale", date(2009, 2, 14), "F", "990000001ZZ",
    ProfilRecord(bac="Générale", specialites=("mat700", "mat701"), domaines=("dom27",)),
)  # fmt: skip


def reading(*rows: RosterRow, rejets: tuple[Rejet, ...] = ()) -> RosterReading:
    return RosterReading("liste.csv", "PRONOTE", "cp1252", ";", 1, (), rows, rejets)


def row(ligne: int = 2, **changes: Any) -> RosterRow:
    base = RosterRow(ligne, "BIDON", "Zoé", "TG1", date(2009, 2, 14), "F", "990000001ZZ", "terminale", "Générale",
                     ("mat700", "mat701"))  # fmt: skip
    return replace(base, **changes)


def test_a_new_student_is_new():
    (planned,) = plan_import([reading(row())], [], "")
    assert planned.etat == "nouveau"
    assert planned.apres is not None
    assert planned.apres.profil.specialites == ("mat700", "mat701")


def test_the_same_list_twice_changes_nothing():
    (planned,) = plan_import([reading(row())], [ZOE], "")
    assert planned.etat == "inchange"
    assert planned.apres == ZOE


@pytest.mark.parametrize(
    "changes",
    [
        {"nom": "BIDON-NOUVEAU"},  # same INE
        {"ine": "", "classe": "TG2"},  # same name and birth date
        {"ine": "", "naissance": None, "prenom": "ZOE"},  # same name and class, accents apart
    ],
)
def test_a_student_is_found_again(changes: dict[str, Any]):
    (planned,) = plan_import([reading(row(**changes))], [ZOE], "")
    assert planned.avant is ZOE


def test_same_name_with_another_birth_date_is_asked():
    other = row(ine="", naissance=date(2008, 1, 1))
    (planned,) = plan_import([reading(other)], [ZOE], "")
    assert (planned.etat, planned.semblable) == ("a_confirmer", ZOE)
    assert "14/02/2009 dans le dossier, 01/01/2008 dans le fichier" in planned.detail
    (planned,) = plan_import([reading(other)], [ZOE], "", frozenset({("liste.csv", 2)}))
    assert (planned.etat, planned.avant) == ("modifie", ZOE)


def test_same_name_with_another_birth_date_and_another_ine_is_somebody_else():
    planned, absent = plan_import([reading(row(ine="990000009AA", naissance=date(2008, 1, 1)))], [ZOE], "")
    assert planned.etat == "nouveau"
    assert (absent.etat, absent.avant, absent.apres) == ("absent", ZOE, None)


def test_what_changes_is_said():
    (planned,) = plan_import([reading(row(classe="TG2"))], [ZOE], "")
    assert planned.etat == "modifie"
    assert "TG1 → TG2" in planned.detail


def test_an_empty_cell_erases_nothing():
    thin = RosterRow(2, "BIDON", "Zoé", "TG1")
    (planned,) = plan_import([reading(thin)], [ZOE], "")
    assert planned.apres == ZOE


def test_fewer_options_shown_do_not_remove_a_specialite():
    (planned,) = plan_import([reading(row(specialites=("mat700",)))], [ZOE], "")
    assert planned.etat == "inchange"


def test_another_bac_drops_the_old_specialites():
    (planned,) = plan_import([reading(row(bac="STMG", specialites=()))], [ZOE], "")
    assert planned.apres is not None
    assert planned.apres.profil.bac == "STMG"
    assert planned.apres.profil.specialites == ()
    assert planned.apres.profil.domaines == ("dom27",)


def test_twice_in_the_files_is_rejected_once():
    planned = plan_import([reading(row(2), row(5))], [], "")
    assert [p.etat for p in planned] == ["nouveau", "rejete"]
    assert planned[1].ligne == 5
    assert planned[1].detail


def test_rejected_lines_keep_their_place():
    planned = plan_import([reading(row(4), rejets=(Rejet(3, "Ligne sans nom.", ";;"),))], [], "")
    assert [(p.ligne, p.etat) for p in planned] == [(3, "rejete"), (4, "nouveau")]


def test_the_class_given_serves_lines_without_one():
    (planned,) = plan_import([reading(row(classe="", niveau=""))], [], "1G3")
    assert planned.apres is not None
    assert (planned.apres.classe, planned.apres.niveau) == ("1G3", "premiere")


@pytest.mark.parametrize(
    ("classe", "niveau"),
    [("TG1", "terminale"), ("1re 4", "premiere"), ("PG2", "premiere"), ("2nde B", "seconde"), ("Seconde 3", "seconde"),
     ("TSTMG", "terminale"), ("", "terminale")],
)  # fmt: skip
def test_level_from_the_class(classe: str, niveau: str):
    assert guess_niveau(classe) == niveau


@given(st.lists(st.tuples(st.sampled_from(["BIDON", "FICTIF", "LOREM"]), st.sampled_from(["Zoé", "Léo"])), max_size=12))
def test_importing_the_outcome_again_is_unchanged(names: list[tuple[str, str]]):
    rows = [RosterRow(n + 2, nom, prenom, "TG1") for n, (nom, prenom) in enumerate(names)]
    planned = plan_import([reading(*rows)], [], "")
    stored = [replace(p.apres, id=n + 1) for n, p in enumerate(planned) if p.etat == "nouveau" and p.apres]
    again = plan_import([reading(*rows)], stored, "")
    assert len(planned) == len(names)
    assert [p.etat for p in again].count("inchange") == len(stored)
    assert {p.etat for p in again} <= {"inchange", "rejete"}  # the lines that were twice in the list
    assert len(stored) == len(set(names))


def test_a_second_file_completes_a_student_of_the_first():
    first = RosterRow(2, "BIDON", "Zoé", "TSTMG1", date(2009, 2, 14), bac="STMG")
    second = RosterRow(3, "BIDON", "Zoé", "TSTMG 1", moyenne=12.5)
    planned = plan_import([reading(first), replace(reading(second), fichier="moyennes.csv")], [], "")
    assert [p.etat for p in planned] == ["nouveau", "inchange"]
    assert "réunis" in planned[1].detail
    assert planned[0].apres is not None
    assert planned[0].apres.naissance == date(2009, 2, 14)
    assert planned[0].apres.profil.moyenne == 12.5


def test_a_class_given_beats_a_guess_but_not_a_column():
    guessed = reading(RosterRow(2, "BIDON", "Zoé", "sansclasse"))
    (planned,) = plan_import([guessed], [], "TG4")
    assert planned.apres is not None
    assert (planned.apres.classe, planned.apres.profil.bac) == ("TG4", "Générale")
    told = replace(guessed, colonnes=(ColonneLue("Classe", "classe"),), rows=(RosterRow(2, "BIDON", "Zoé", "TG1"),))
    (planned,) = plan_import([told], [], "TG4")
    assert planned.apres is not None
    assert planned.apres.classe == "TG1"


ADA = replace(ZOE, id=8, nom="MODÈLE", prenom="Ada", ine="", naissance=None)


@pytest.mark.parametrize(
    ("nom", "prenom", "etat"),
    [
        ("MODELE", "Adda", "a_confirmer"),
        ("ADA", "Modèle", "a_confirmer"),
        ("MODÈLE", "Noé", "nouveau"),
        ("TOUT", "Autre", "nouveau"),
    ],
)
def test_a_name_that_looks_like_somebody_of_the_class_is_to_be_confirmed(nom: str, prenom: str, etat: str):
    planned = plan_import([reading(RosterRow(2, nom, prenom, "TG1"))], [ADA], "")
    assert planned[0].etat == etat
    assert [p.etat for p in planned[1:]] == ([] if etat == "a_confirmer" else ["absent"])


def test_a_confirmed_line_changes_the_stored_student_and_keeps_his_profile():
    line = RosterRow(2, "MODELE", "Adda", "TG1", ine="990000002ZZ")
    (planned,) = plan_import([reading(line)], [ADA], "", frozenset({("liste.csv", 2)}))
    assert (planned.etat, planned.avant) == ("modifie", ADA)
    assert planned.apres is not None
    assert (planned.apres.id, planned.apres.nom, planned.apres.ine) == (8, "MODELE", "990000002ZZ")
    assert planned.apres.profil.domaines == ADA.profil.domaines


def test_two_lines_never_look_like_the_same_stored_student():
    lines = reading(RosterRow(2, "MODELE", "Adda", "TG1"), RosterRow(3, "MODELLE", "Ada", "TG1"))
    assert [p.etat for p in plan_import([lines], [ADA], "")] == ["a_confirmer", "nouveau"]


def test_somebody_who_left_is_told_only_for_the_classes_of_the_file():
    elsewhere = replace(ADA, id=9, classe="TG2")
    planned = plan_import([reading(row())], [ZOE, ADA, elsewhere], "")
    assert [(p.etat, p.avant.id if p.avant else 0) for p in planned] == [("inchange", 7), ("absent", 8)]

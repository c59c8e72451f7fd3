"""The tests of the 30 defects are not vacuous: each fails on an engine that has the defect.

Each named test is run again twice: with the reference engine in the place of the corrected one, and with the
corrected engine whose only change is that the rule of that defect is switched off.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from mps_desktop.core.errors import MpsError
from mps_desktop.engine import regles
from mps_desktop.engine.defauts import DEFAUTS, Defaut
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.regles import CORRIGE, REFERENCE, Regles
from tests.engine import test_defauts

DANS_LES_DEUX_MODES = {16: "corrige", 21: "sans_objet", 25: "garde", 30: "sans_objet"}
"""Defects that neither mode has (16, 21, 30: nothing of MonProjetSup's answers shows them) or that both keep (25)."""

REGLE: dict[int, str] = {
    1: "parts_en_fractions", 2: "explications_fondues", 4: "courbe_croissante", 6: "profil_tolerant",
    7: "similarite_symetrique", 8: "lien_le_plus_fort", 9: "lien_retour_faible", 10: "sante_par_interets",
    11: "sans_arrondi", 12: "quota_souple", 13: "moyenne_debrayable", 14: "inconnu_sans_avantage",
    15: "obsoletes_ecartes", 17: "deux_aretes_partout", 18: "personnel_exige", 19: "favoris_mal_notes_ignores",
    20: "explications_fondues", 22: "profil_tolerant", 23: "profil_tolerant", 24: "duree_inconnue_neutre",
    26: "profil_tolerant", 27: "parts_sans_division_par_zero", 28: "plafond_par_source", 29: "offre_parmi_visibles",
}  # fmt: skip
SANS_REGLE = {3, 5}
"""What is shown of a reason, not what is computed: the mode itself tells (``reponse_neutre``)."""

WRONG = (AssertionError, pytest.fail.Exception, MpsError)


def of_both_modes(defaut: Defaut) -> bool:
    return defaut.numero in DANS_LES_DEUX_MODES


def run_named(defaut: Defaut) -> list[BaseException | None]:
    """What each case of the named test raises; None = it passes."""
    test: Callable[..., Any] = getattr(test_defauts, defaut.test.partition("::")[2])
    found: list[BaseException | None] = []
    for arguments in cases(test):
        try:
            test(*arguments)
            found.append(None)
        except WRONG as exc:
            found.append(exc)
    return found


def cases(test: Callable[..., Any]) -> Iterable[tuple[Any, ...]]:
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        return [()]
    (mark,) = marks
    alone = isinstance(mark.args[0], str)
    assert len(inspect.signature(test).parameters) == (1 if alone else len(mark.args[0]))
    return [(values,) if alone else values for values in mark.args[1]]


def only_without(name: str) -> Regles:
    return dataclasses.replace(CORRIGE, **{name: False})


@pytest.mark.parametrize("defaut", DEFAUTS, ids=lambda d: str(d.numero))
def test_the_named_test_passes_on_the_program(defaut: Defaut):
    assert [one for one in run_named(defaut) if one is not None] == []


@pytest.mark.parametrize("defaut", [d for d in DEFAUTS if not of_both_modes(d)], ids=lambda d: str(d.numero))
def test_the_named_test_fails_on_the_reference_engine(defaut: Defaut, monkeypatch: pytest.MonkeyPatch):
    as_it_was = Moteur.__init__

    def always_reference(moteur: Moteur, jeu: Any, mode: str = "", *, avec_moyenne: bool = True) -> None:
        as_it_was(moteur, jeu, "reference", avec_moyenne=avec_moyenne)

    monkeypatch.setattr(Moteur, "__init__", always_reference)
    monkeypatch.setattr(test_defauts, "CORRIGE", REFERENCE)
    assert any(one is not None for one in run_named(defaut)), defaut.test


@pytest.mark.parametrize("numero", REGLE)
def test_the_named_test_fails_when_its_only_rule_is_off(numero: int, monkeypatch: pytest.MonkeyPatch):
    (defaut,) = (d for d in DEFAUTS if d.numero == numero)
    off = only_without(REGLE[numero])
    monkeypatch.setattr(regles, "CORRIGE", off)
    monkeypatch.setattr(test_defauts, "CORRIGE", off)
    assert any(one is not None for one in run_named(defaut)), defaut.test


def test_every_corrected_defect_is_proved_one_way_or_the_other():
    assert {d.numero: d.decision for d in DEFAUTS if of_both_modes(d)} == DANS_LES_DEUX_MODES
    assert {*REGLE, *SANS_REGLE, *DANS_LES_DEUX_MODES} == set(range(1, 31))
    assert {d.decision for d in DEFAUTS if not of_both_modes(d)} == {"corrige"}

"""Checks of a catalogue: what they count, and that they catch a damaged one."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mps_desktop.catalogue.verify import VerifyReport, verify_catalogue
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import find_resources
from tests.catalogue.factories import write_catalogue

LIVRE = find_resources() / "catalogue" / "catalogue.sqlite"


@pytest.fixture(scope="module")
def livraison() -> VerifyReport:
    return verify_catalogue(LIVRE)


def test_the_shipped_catalogue_holds_what_is_expected(livraison: VerifyReport):
    assert [controle for controle in livraison.controles if not controle.ok] == []
    assert [mesure for mesure in livraison.mesures if mesure.bloquant and not mesure.ok] == []
    assert livraison.ok
    assert livraison.comptes["formations"] >= 600
    assert livraison.comptes["voeux"] >= 13_000
    assert livraison.comptes["communes"] == 34_969 + 45
    assert livraison.sans_voeu == ()
    assert LIVRE.stat().st_size <= 15_000_000


def test_the_verdict_says_what_falls_short(livraison: VerifyReport):
    """Never a plain « conforme » while a share is below what is expected of it."""
    assert livraison.conforme == "sauf"
    assert livraison.verdict.startswith("Le catalogue est conforme, sauf ")
    for mesure in livraison.hors_d_atteinte:
        assert mesure.nom in livraison.verdict
        assert sum(count for _, count in mesure.categories) in (0, mesure.total - mesure.compte)
        assert dict(mesure.categories).get("autre raison", 0) <= 15
    assert {mesure.nom for mesure in livraison.hors_d_atteinte} == {
        mesure.nom for mesure in livraison.mesures if not mesure.ok
    }


def test_the_links_expected_by_name_hold(livraison: VerifyReport):
    assert len(livraison.references) >= 18
    assert [one.nom for one in livraison.references if not one.tenu] == []


def test_a_catalogue_that_falls_short_is_not_said_to_conform(tmp_path: Path):
    report = verify_catalogue(write_catalogue(tmp_path / "petit.sqlite"))
    assert report.conforme == "non"
    assert report.verdict.startswith("Le catalogue n’est pas conforme")
    assert "formations" in report.verdict


def test_shares_are_percentages(livraison: VerifyReport):
    assert livraison.taux
    assert all(0 <= share <= 100 for share in livraison.taux.values())
    assert len(livraison.taux) == len(livraison.mesures)


def test_what_falls_short_is_named_one_by_one(livraison: VerifyReport):
    for mesure in livraison.mesures:
        if mesure.seuil is not None:
            assert len(mesure.manquants) == mesure.total - mesure.compte
            assert mesure.ok == (100 * mesure.compte / mesure.total >= mesure.seuil)
    missed = [mesure for mesure in livraison.mesures if not mesure.ok]
    assert missed  # the public data cannot reach everything
    assert all(mesure.raison for mesure in missed)


def test_positions_and_their_origins_add_up(livraison: VerifyReport):
    of_all = {mesure.nom: mesure.compte for mesure in livraison.mesures if mesure.sur == "tous les vœux"}
    origins = ("position publiée avec le vœu", "position de l’établissement", "position du centre de la commune")
    assert sum(of_all[name] for name in origins) == of_all["vœux situés"]


def test_the_edges_are_counted_by_kind(livraison: VerifyReport):
    assert livraison.liens["las_to_pass"] == livraison.comptes["las"]


def test_a_tiny_catalogue_falls_short_and_says_of_what(tmp_path: Path):
    report = verify_catalogue(write_catalogue(tmp_path / "petit.sqlite"))
    assert not report.ok
    assert ("fr9", "Licence - Fromagerie - Accès Santé") in report.sans_voeu
    failed = {controle.nom for controle in report.controles if not controle.ok}
    assert {"formations", "vœux"} <= failed
    (measured,) = [mesure for mesure in report.mesures if mesure.nom == "formations avec au moins un vœu"]
    assert (measured.compte, measured.total, measured.ok) == (2, 3, False)
    assert measured.manquants == (("fr9", "Licence - Fromagerie - Accès Santé"),)


@pytest.mark.parametrize(
    ("damage", "control"),
    [
        ("DELETE FROM programmes WHERE formation_id = 'fl2002'", "formations avec au moins un vœu"),
        ("UPDATE programmes SET formation_id = 'fl0' WHERE formation_id = 'fl2002'", "formation inconnue d’un vœu"),
        ("UPDATE programmes SET formation_id = NULL", "vœux avec une formation de référence"),
        ("UPDATE programmes SET etablissement = 99999 WHERE formation_id = 'fl2002'", "établissement inconnu d’un vœu"),
        ("DELETE FROM metiers WHERE id = 'MET.100'", "métier inconnu d’une formation"),
        ("UPDATE formations SET libelle = 'BTS  -  Test'", "libellé avec deux espaces"),
        ("UPDATE formations SET libelle = 'L1 - Test' WHERE id = 'fl2002'", "libellé de formation avec « L1 »"),
        ("UPDATE programmes SET lat = NULL, precision = 0", "vœux situés"),
        ("UPDATE programmes SET precision = 0", "vœu sans provenance de sa position"),
        ("DELETE FROM tableaux WHERE nom = 'moteur'", "tableaux du moteur absents ou d’une autre version"),
        (
            "UPDATE tableaux SET contenu = x'00' WHERE nom = 'moteur'",
            "tableaux du moteur absents ou d’une autre version",
        ),
        ("DELETE FROM formations_fiches WHERE fiche_id = 'FOR.9627'", "liens de référence qui ne tiennent pas"),
    ],
)
def test_damage_is_seen(tmp_path: Path, damage: str, control: str):
    copy = shutil.copy(LIVRE, tmp_path / "abime.sqlite")
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(damage)
        connection.commit()
    assert control in failures(Path(copy))


@pytest.mark.parametrize(
    ("session", "rate", "control"),
    [(2025, 50.0, "taux d’accès 2025 repris"), (2024, 101.0, "valeurs hors de 0 à 100")],
)
def test_impossible_figures_are_seen(tmp_path: Path, session: int, rate: float, control: str):
    path = write_catalogue(tmp_path / "petit.sqlite", {"voeux_sessions": [("ta1", session, 40, 300, 90, 40, rate)]})
    assert control in failures(path)


def test_a_packed_table_that_cannot_be_read_is_told(tmp_path: Path):
    path = write_catalogue(tmp_path / "petit.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE tableaux SET contenu = x'00' WHERE nom = 'voeux_bacs'")
        connection.commit()
    with pytest.raises(EnvironmentFault, match="n’est pas un catalogue"):
        verify_catalogue(path)


def failures(path: Path) -> set[str]:
    report = verify_catalogue(path)
    assert not report.ok
    return {one.nom for one in report.controles if not one.ok} | {one.nom for one in report.mesures if not one.ok}


def test_what_is_not_a_catalogue_is_refused(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="n’est pas un catalogue"):
        verify_catalogue(tmp_path / "absent.sqlite")
    text = tmp_path / "texte.sqlite"
    text.write_text("bonjour " * 200)
    with pytest.raises(EnvironmentFault, match="n’est pas un catalogue"):
        verify_catalogue(text)
    other = tmp_path / "autre.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE autre (x)")
    with pytest.raises(EnvironmentFault, match="n’est pas un catalogue"):
        verify_catalogue(other)

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
    assert livraison.ok
    assert livraison.comptes["formations"] >= 600
    assert livraison.comptes["voeux"] >= 13_000
    assert livraison.comptes["communes"] == 34_969 + 45
    assert livraison.sans_voeu == ()
    assert LIVRE.stat().st_size <= 15_000_000


def test_shares_are_percentages(livraison: VerifyReport):
    assert livraison.taux
    assert all(0 <= share <= 100 for share in livraison.taux.values())


def test_the_edges_are_counted_by_kind(livraison: VerifyReport):
    assert livraison.liens["las_to_pass"] == livraison.comptes["las"]


def test_a_tiny_catalogue_falls_short_and_says_of_what(tmp_path: Path):
    report = verify_catalogue(write_catalogue(tmp_path / "petit.sqlite"))
    assert not report.ok
    assert ("fr9", "Licence - Fromagerie - Accès Santé") in report.sans_voeu
    failed = {controle.nom for controle in report.controles if not controle.ok}
    assert {"formations", "vœux", "formations sans vœu"} <= failed


@pytest.mark.parametrize(
    ("damage", "control"),
    [
        ("DELETE FROM programmes WHERE formation_id = 'fl2002'", "formations sans vœu"),
        ("UPDATE programmes SET formation_id = 'fl0' WHERE formation_id = 'fl2002'", "formation inconnue d’un vœu"),
        ("DELETE FROM metiers WHERE id = 'MET.100'", "métier inconnu d’une formation"),
        ("UPDATE voeux_sessions SET taux_acces = 50 WHERE session = 2025", "taux d’accès 2025 repris"),
        ("UPDATE voeux_sessions SET taux_acces = 101 WHERE session = 2024", "valeurs hors de 0 à 100"),
        ("UPDATE formations SET libelle = 'BTS  -  Test'", "libellé avec deux espaces"),
        ("UPDATE programmes SET lat = NULL", "vœux avec coordonnées (%)"),
    ],
)
def test_damage_is_seen(tmp_path: Path, damage: str, control: str):
    copy = shutil.copy(LIVRE, tmp_path / "abime.sqlite")
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(damage)
        connection.commit()
    report = verify_catalogue(Path(copy))
    assert control in {controle.nom for controle in report.controles if not controle.ok}


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

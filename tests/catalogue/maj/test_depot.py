"""Which catalogue is in force: the updated one when it is sound, the shipped one otherwise, always with a reason."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mps_desktop.catalogue.maj.depot import Depot
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.core.errors import EnvironmentFault
from tests.catalogue.maj.factices import NOW, write_small


def install(depot: Depot, session: int = 2026) -> Path:
    """Put a copy of the small catalogue in force."""
    with depot.exclusive():
        file = depot.new_file(session, NOW)
        shutil.copy(depot.livre, file)
        depot.install(file, session, NOW)
    return file


def test_without_update_the_shipped_catalogue_is_in_force(depot: Depot):
    choice = depot.choose()
    assert (choice.chemin, choice.avertissement, choice.precedente) == (depot.livre, "", None)
    assert not depot.dossier.exists(), "looking creates nothing"


def test_an_installed_catalogue_is_in_force_and_can_be_left_and_taken_again(depot: Depot):
    file = install(depot)
    assert depot.choose().chemin == file
    depot.revert()
    assert depot.choose().chemin == depot.livre
    assert depot.choose().avertissement == ""
    depot.revert()
    assert depot.choose().chemin == file


def test_going_back_without_a_previous_one_says_so(depot: Depot):
    with pytest.raises(EnvironmentFault, match="pas de catalogue précédent"):
        depot.revert()


def test_only_the_present_and_the_previous_are_kept(depot: Depot):
    first = install(depot, 2026)
    second = depot.dossier / "catalogue-2027-x.sqlite"
    shutil.copy(depot.livre, second)
    depot.install(second, 2027, NOW)
    assert first.exists()
    third = depot.dossier / "catalogue-2028-x.sqlite"
    shutil.copy(depot.livre, third)
    depot.install(third, 2028, NOW)
    assert sorted(file.name for file in depot.dossier.glob("*.sqlite")) == [second.name, third.name]


def flip(depot: Depot, file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)


def older(depot: Depot, file: Path) -> None:
    with closing(sqlite3.connect(depot.livre)) as connection, connection:
        connection.execute("INSERT INTO sources VALUES ('x', 'fr-esr-parcoursup', 'p', 'l', '2030', '0')")


DAMAGES = {
    "un bit changé": (flip, "abîmé"),
    "coupé": (lambda depot, file: file.write_bytes(file.read_bytes()[:5000]), "abîmé"),
    "effacé": (lambda depot, file: file.unlink(), "introuvable"),
    "pointeur illisible": (lambda depot, file: (depot.dossier / "en-service.json").write_text("{"), "illisible"),
    "pointeur vide": (lambda depot, file: (depot.dossier / "en-service.json").write_text(""), "illisible"),
    "pointeur d’ailleurs": (
        lambda depot, file: (depot.dossier / "en-service.json").write_text(
            (depot.dossier / "en-service.json").read_text().replace(file.name, "../catalogue.sqlite")
        ),
        "illisible",
    ),
    "programme plus récent": (older, "plus récent"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_bad_updated_catalogue_gives_way_to_the_shipped_one_with_its_reason(depot: Depot, damage: str):
    file = install(depot)
    act, reason = DAMAGES[damage]
    act(depot, file)
    choice = depot.choose()
    assert choice.chemin == depot.livre
    assert reason in choice.avertissement
    assert "aucun choix d’élève n’est perdu" in choice.avertissement
    open_catalogue(choice.chemin).close()


def test_a_catalogue_of_another_version_of_the_program_gives_way(depot: Depot):
    file = depot.dossier
    depot.dossier.mkdir()
    file = depot.new_file(2026, NOW)
    write_small(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 999")
    depot.install(file, 2026, NOW)
    assert "autre version" in depot.choose().avertissement


def test_the_same_session_shipped_again_by_a_newer_program_wins(depot: Depot):
    install(depot, 2023)
    with closing(sqlite3.connect(depot.livre)) as connection, connection:
        connection.execute("INSERT INTO sources VALUES ('x', 'fr-esr-parcoursup', 'p', 'l', '2023', '0')")
    assert "plus récent" in depot.choose().avertissement


def test_one_update_at_a_time(depot: Depot):
    with depot.exclusive(), pytest.raises(EnvironmentFault, match="en cours"), depot.exclusive():
        pass
    with depot.exclusive():
        pass


def test_the_pointer_holds_nothing_but_the_two_versions(depot: Depot):
    install(depot)
    content = json.loads((depot.dossier / "en-service.json").read_text(encoding="utf-8"))
    assert set(content) == {"format", "actuelle", "precedente"}

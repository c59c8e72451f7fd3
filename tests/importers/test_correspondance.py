from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.correspondance import CHAMPS_OFFERTS, Correspondance, bare_signature, signature
from mps_desktop.importers.entetes import CHAMPS
from mps_desktop.importers.lot import read_roster

STRANGE = "Lycéen;Grp;Venu au monde;Truc\nBIDON Zoé;TG1;14/02/2009;SECRET\nD'ESSAI Noël;TG1;03/11/2009;SECRET\n"


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(STRANGE, encoding="utf-8")
    return path


def test_a_header_that_nothing_recognises_is_read_once_matched(strange: Path):
    chosen = Correspondance(
        signature(["lyceen", "GRP", "Venu  au monde", "truc"]), ((0, "identite"), (1, "classe"), (2, "naissance"))
    )
    reading = read_roster(strange, correspondances=[chosen])
    assert [(row.nom, row.classe, str(row.naissance)) for row in reading.rows] == [
        ("BIDON", "TG1", "2009-02-14"), ("D'ESSAI", "TG1", "2009-11-03"),
    ]  # fmt: skip
    assert [(c.titre, c.champ, c.confiance) for c in reading.colonnes][1] == ("Grp", "classe", 1.0)
    assert reading.non_lu == ("Truc",)
    assert "SECRET" not in repr(reading)
    assert reading.signature == chosen.signature


def test_the_choice_serves_that_kind_of_file_only(strange: Path, tmp_path: Path):
    other = Correspondance(signature(["autre", "chose"]), ((0, "identite"),))
    with pytest.raises(EnvironmentFault, match="Aucune colonne de noms"):
        read_roster(strange, correspondances=[other])


def test_the_choice_wins_over_recognition(tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom;Classe\nBIDON;Zoé;TG1\n", encoding="utf-8")
    swapped = Correspondance(signature(["Nom", "Prénom", "Classe"]), ((0, "prenom"), (1, "nom")))
    row = read_roster(path, correspondances=[swapped]).rows[0]
    assert (row.nom, row.prenom) == ("Zoé", "BIDON")


def test_a_list_without_header(tmp_path: Path):
    path = tmp_path / "TG1.csv"
    path.write_text("1;bidon;zoé\n2;d'essai;noël\n", encoding="utf-8")
    chosen = Correspondance(bare_signature(3), ((1, "nom"), (2, "prenom")))
    assert [row.nom for row in read_roster(path, correspondances=[chosen]).rows] == ["bidon", "d'essai"]


def test_every_field_offered_is_one_that_is_read():
    assert set(CHAMPS_OFFERTS) <= set(CHAMPS.values())
    with pytest.raises(ValueError, match="adresse"):
        Correspondance("x", ((0, "adresse"),))


def test_confidence_falls_when_the_cells_do_not_fit(tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom;Né(e) le;INE\nBIDON;Zoé;bientôt;990000001ZZ\nMODÈLE;Ada;demain;??\n", encoding="utf-8")
    sure = {c.champ: c.confiance for c in read_roster(path).colonnes}
    assert sure == {"nom": 1.0, "prenom": 1.0, "naissance": 0.5, "ine": 0.75}

"""What must not be read is named, and no value of it is anywhere in what was read."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mps_desktop.importers.entetes import match
from mps_desktop.importers.lot import read_roster
from tests.importers.conftest import xls_of, xlsx_bytes
from tests.importers.familles_interdites import INTERDITES

TITRES = tuple(title for titles in INTERDITES.values() for title in titles)
LUES = ("Nom", "Prénom", "Né(e) le", "Classe", "Sexe", "INE", "Option 1", "Moyenne générale")
ELEVES = (
    ("BIDON", "Zoé", "14/02/2009", "TG1", "F", "990000001ZZ", "ANGLAIS LV1", "12,5"),
    ("D'ESSAI", "Noël", "03/11/2009", "TG1", "M", "990000002ZZ", "ESPAGNOL LV2", "9"),
    ("MODÈLE", "Ada", "09/09/2009", "TG1", "F", "", "", ""),
)
MARQUES = (
    "QZX{n}", "QZX {n} rue de l'Exemple", "qzx{n}@exemple.invalid", "QZXPARENT{n} Jean", "M. QZX{n}",
    "QZX{n} PAI asthme",
)  # fmt: skip


@pytest.mark.parametrize("title", TITRES)
def test_no_title_of_these_families_is_a_field(title: str):
    """A commune or an establishment is only read beside a wish, which no such file has."""
    assert match(title) in ("", "voeu_commune")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(TITRES), min_size=1, max_size=25, unique=True),
    st.sampled_from(("csv", "tab", "xlsx", "xls")),
    st.integers(0, 10**6),
)
def test_every_forbidden_column_is_named_and_none_of_its_values_is_kept(titles: list[str], kind: str, seed: int):
    chance = Random(seed)  # noqa: S311  where columns stand, no secret
    head = [*LUES, *titles]
    rows = [
        [*eleve, *(chance.choice(MARQUES).format(n=f"{at}N{rank}") for rank in range(len(titles)))]
        for at, eleve in enumerate(ELEVES)
    ]
    order = chance.sample(range(len(head)), len(head))
    table = [[row[at] for at in order] for row in (head, *rows)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"liste.{'csv' if kind in ('csv', 'tab') else kind}"
        if kind == "xlsx":
            path.write_bytes(xlsx_bytes({"Feuil1": table}))
        elif kind == "xls":
            path.write_bytes(xls_of(table))
        else:
            sign = ";" if kind == "csv" else "\t"
            path.write_text("\n".join(sign.join(row) for row in table), encoding="utf-8-sig")
        reading = read_roster(path)
    assert set(titles) <= set(reading.non_lu)
    assert "qzx" not in repr(reading).lower()
    assert [(row.nom, row.prenom, row.ine, row.moyenne) for row in reading.rows] == [
        ("BIDON", "Zoé", "990000001ZZ", 12.5), ("D'ESSAI", "Noël", "990000002ZZ", 9.0), ("MODÈLE", "Ada", "", None),
    ]  # fmt: skip


@pytest.mark.parametrize("broken", ["", ";;;QZX;QZX;QZX", "123;456;;QZX1;QZX2;QZX3", "Cnx Ele.;;;QZX;QZX;QZX"])
def test_nor_from_a_rejected_line(tmp_path: Path, broken: str):
    path = tmp_path / "liste.csv"
    path.write_text(f"Nom;Prénom;Classe;Adresse;Tuteur;PAI\nBIDON;Zoé;TG1;QZX;QZX;QZX\n{broken}\n", encoding="utf-8")
    assert "qzx" not in repr(read_roster(path)).lower()


def test_the_town_of_a_student_is_not_the_town_of_his_wish(tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom;Commune;Vœu\nBIDON;Zoé;QZX;Licence - Droit\n", encoding="utf-8")
    reading = read_roster(path)
    assert [voeu.formation for voeu in reading.rows[0].voeux] == ["Licence - Droit"]
    assert "qzx" not in repr(reading).lower()
    assert reading.non_lu == ("Commune",)

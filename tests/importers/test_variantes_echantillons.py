"""The samples themselves, rewritten: other encodings, separators, line ends and orders of columns change nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from mps_desktop.importers.lot import read_roster
from mps_desktop.importers.rows import RosterRow

# name -> (its encoding, its separator, columns can be moved)
TABLES = {
    "siecle/exportCSVExtraction_ancien.csv": ("cp1252", ";", True),
    "siecle/exportCSVExtractionClasses.csv": ("utf-8-sig", ";", True),
    "pronote/eleves_TG1_cp1252.csv": ("cp1252", ";", True),
    "pronote/liste_eleves_utf8bom_tab.txt": ("utf-8-sig", "\t", True),
    "pronote/copier_coller_TSTMG1.txt": ("utf-8", "\t", False),
    "pronote/moyennes_T1_TSTMG1_deux_lignes_entete.csv": ("cp1252", ";", True),
    "parcoursup/HYPOTHETIQUE_suivi_des_voeux_PP.csv": ("cp1252", ";", True),
    "parcoursup/recap_un_eleve_par_ligne_utf8bom.csv": ("utf-8-sig", ";", False),
    "tableurs/brouillon_prof_desordonne_macroman_virgules.csv": ("mac_roman", ",", False),
    "autres/cyclades_terminales_sous_ensemble_colonnes.csv": ("utf-8", ";", True),
}
ENCODAGES = ("cp1252", "utf-8", "utf-8-sig", "utf-16", "mac_roman", "iso8859-15")
SEPARATEURS = (";", ",", "\t", "|")


def rows_of(data: bytes, encodage: str, separateur: str) -> list[list[str]]:
    text = data.decode(encodage).replace("\r\n", "\n").replace("\r", "\n")
    return list(csv.reader(io.StringIO(text), delimiter=separateur))


def written(rows: list[list[str]], encodage: str, separateur: str, fin: str, *, quoted: bool) -> bytes:
    target = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(target, delimiter=separateur, quoting=quoting, lineterminator=fin).writerows(rows)
    return target.getvalue().encode(encodage)


def students(path: Path) -> list[RosterRow]:
    """What is read, but for line numbers."""
    found = read_roster(path).rows
    return [replace(row, ligne=0, voeux=tuple(replace(voeu, ligne=0) for voeu in row.voeux)) for row in found]


@pytest.mark.parametrize("name", TABLES)
def test_encodings_and_separators(partage: Path, tmp_path: Path, name: str):
    encodage, separateur, _ = TABLES[name]
    source = partage / "samples" / name
    rows, expected = rows_of(source.read_bytes(), encodage, separateur), students(source)
    chance = Random(name)  # noqa: S311  which line ends, no secret
    for codec in ENCODAGES:
        for sign in SEPARATEURS:
            copy = tmp_path / source.name
            copy.write_bytes(
                written(rows, codec, sign, chance.choice(("\r\n", "\n", "\r")), quoted=chance.random() < 0.5)
            )
            assert students(copy) == expected, (codec, sign)


@pytest.mark.parametrize("name", [name for name, (_, _, moves) in TABLES.items() if moves])
def test_columns_in_another_order(partage: Path, tmp_path: Path, name: str):
    encodage, separateur, _ = TABLES[name]
    source = partage / "samples" / name
    rows, expected = rows_of(source.read_bytes(), encodage, separateur), students(source)
    width = max(map(len, rows))
    for seed in range(5):
        order = Random(seed).sample(range(width), width)  # noqa: S311  an order of columns, no secret
        moved = [[row[at] if at < len(row) else "" for at in order] for row in rows]
        copy = tmp_path / source.name
        copy.write_bytes(written(moved, encodage, separateur, "\r\n", quoted=False))
        for row, wanted in zip(students(copy), expected, strict=True):
            assert replace(row, specialites=(), langues=(), options=()) == replace(
                wanted, specialites=(), langues=(), options=()
            )
            for champ in ("specialites", "langues", "options"):
                assert sorted(getattr(row, champ)) == sorted(getattr(wanted, champ))

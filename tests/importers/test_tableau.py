from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.importers import tableau
from mps_desktop.importers.feuille import Tableau, clean
from mps_desktop.importers.tableau import find_separator, read_contenu, read_tableau


def read_text(folder: Path, content: str) -> Tableau:
    path = folder / "liste.csv"
    path.write_bytes(content.encode())
    return read_tableau(read_contenu(path), Progress())


def cells(table: Tableau) -> list[tuple[int, tuple[str, ...]]]:
    return [(ligne.numero, ligne.cellules) for ligne in table.feuilles[0].lignes]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Nom;Prénom\nBIDON;Zoé\n", ";"),
        ("Nom\tOptions\nBIDON\tLATIN, GREC, ARTS\n", "\t"),
        ("Nom,Prénom\nBIDON,Zoé\n", ","),
        ("Nom|Prénom\nBIDON|Zoé\n", "|"),
        ("Élève;Moyenne\nBIDON Zoé;14,17\nESSAI Léo;12,50\n", ";"),
        ('"Nom";"Prénom"\n"BIDON, TEST";"Zoé"\n', ";"),
        ("Liste des élèves, TG1\n\nNom;Prénom;Classe\nBIDON;Zoé;TG1\nESSAI;Léo;TG1\n", ";"),
        ("BIDON Zoé\nESSAI Léo\nTEST Anna, redouble\n", ""),
        ("", ""),
    ],
)
def test_separator(text: str, separator: str):
    assert find_separator(text) == separator


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_and_blank_lines_keep_the_numbers(tmp_path: Path, end: str):
    table = read_text(tmp_path, end.join(["Nom;Prénom", "", ";", "BIDON;Zoé", ""]))
    assert cells(table) == [(1, ("Nom", "Prénom")), (4, ("BIDON", "Zoé"))]


def test_a_cell_on_two_lines_counts_for_two(tmp_path: Path):
    table = read_text(tmp_path, 'Nom;Note\nBIDON;"un\ndeux"\nESSAI;\n')
    assert cells(table) == [(1, ("Nom", "Note")), (2, ("BIDON", "un deux")), (4, ("ESSAI", ""))]
    assert table.avertissements == ()


def test_a_quote_never_closed_swallows_nobody(tmp_path: Path):
    table = read_text(tmp_path, 'Nom;Note\nBIDON;"un\nESSAI;deux\nTEST;"trois"\n')
    assert [row[0] for _, row in cells(table)] == ["Nom", "BIDON", "ESSAI", "TEST"]
    assert cells(table)[3] == (4, ("TEST", "trois"))
    assert "guillemet" in table.avertissements[0]


def test_one_column_list(tmp_path: Path):
    table = read_text(tmp_path, '"BIDON Zoé"\nESSAI Léo\n')
    assert table.separateur == ""
    assert [row for _, row in cells(table)] == [("BIDON Zoé",), ("ESSAI Léo",)]


def test_cells_are_composed_and_on_one_line():
    assert clean(" Mae\u0308lys\u00a0\u202f \u200bTEST\n\x00\ufeff ") == "Maëlys TEST"


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        ("Nom;Prénom\n" + "BIDON;Zoé\n" * 20_001, "20\u202f000 lignes"),
        (";".join(["x"] * 301), "300 colonnes"),
        ("BIDON Zoé\n" * 20_001, "20\u202f000 lignes"),
    ],
)
def test_limits(tmp_path: Path, content: str, limit: str):
    with pytest.raises(EnvironmentFault) as caught:
        read_text(tmp_path, content)
    assert limit in caught.value.message


def test_twenty_thousand_rows_pass(tmp_path: Path):
    table = read_text(tmp_path, "Nom;Prénom\n" + "BIDON;Zoé\n" * 19_999)
    assert len(table.feuilles[0].lignes) == 20_000


def test_files_beyond_the_size_limit_are_not_even_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tableau, "MAX_BYTES", 10)
    with pytest.raises(EnvironmentFault, match="dépasse"):
        read_text(tmp_path, "Nom;Prénom\nBIDON;Zoé\n")


def test_a_monstrous_cell(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="démesurée"):
        read_text(tmp_path, "Nom;Prénom\n" + "x" * 200_000 + ";y\n")


def test_missing_folder_and_unreadable(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="introuvable"):
        read_tableau(read_contenu(tmp_path / "absent.csv"), Progress())
    with pytest.raises(EnvironmentFault, match="est un dossier"):
        read_tableau(read_contenu(tmp_path), Progress())
    with pytest.raises(EnvironmentFault, match="ne peut pas être lu"):
        read_tableau(read_contenu(tmp_path / "nul\x00.csv"), Progress())


def test_reading_can_be_stopped(tmp_path: Path):
    progress = Progress()
    progress.cancel()
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom\nBIDON;Zoé\n", encoding="utf-8")
    with pytest.raises(Cancelled):
        read_tableau(read_contenu(path), progress)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.importers.lot import read_roster
from mps_desktop.importers.rows import RosterReading, RosterRow
from tests.importers.conftest import PRONOTE, ods_bytes, xlsx_bytes

Read = Callable[[str, bytes | str], RosterReading]


def names(reading: RosterReading) -> list[tuple[int, str, str, str]]:
    return [(row.ligne, row.nom, row.prenom, row.classe) for row in reading.rows]


@pytest.mark.parametrize("codec", ["cp1252", "utf-8", "utf-8-sig", "mac_roman", "utf-16"])
def test_a_pronote_list_in_every_encoding(read: Read, codec: str):
    reading = read("liste.csv", PRONOTE.encode(codec))
    assert (reading.logiciel, reading.encodage, reading.separateur, reading.ligne_entete) == (
        "PRONOTE",
        codec,
        ";",
        1,
    )
    assert reading.rows[1] == RosterRow(
        ligne=3,
        nom="D'ESSAI",
        prenom="Noël",
        classe="1G2",
        naissance=date(2009, 11, 3),
        sexe="M",
        niveau="premiere",
        bac="Générale",
        specialites=("mat703",),
        langues=("ANGLAIS LV1",),
    )
    assert [(rejet.ligne, rejet.extrait) for rejet in reading.rejets] == [(4, "Cnx Ele.")]
    assert reading.non_lu == ("Adresse E-mail", "Tuteur")
    assert any("Il manque des spécialités pour 3" in warning for warning in reading.avertissements)


def test_nothing_private_leaves_the_file(read: Read):
    content = (
        "Nom;Prénom;Classe;Adresse;Tél. Portable;Email;Nationalité;Lib. Bourse 1;Responsable légal 1;Tuteur;PAI;"
        "Allergies;Projet d'accompagnement;Régime\n"
        "BIDON;Zoé;TG1;SECRET-A;SECRET-B;SECRET-C;SECRET-D;SECRET-E;SECRET-F;SECRET-G;SECRET-H;SECRET-I;SECRET-J;SECRET-K\n"
        "123;456;TG1;SECRET-A;SECRET-B;SECRET-C;SECRET-D;SECRET-E;SECRET-F;SECRET-G;SECRET-H;SECRET-I;SECRET-J;SECRET-K\n"
        ";;;SECRET-A;;;;;;;;;;\n"
    )
    reading = read("liste.csv", content)
    assert len(reading.rows) == 1
    assert len(reading.rejets) == 2
    assert "SECRET" not in repr(reading)
    assert len(reading.non_lu) == 11


def test_class_told_by_the_file_name_and_said(read: Read):
    reading = read("eleves_1G2_export.csv", "Nom;Prénom\nBIDON;Zoé\nESSAI;Noël\n")
    assert {row.classe for row in reading.rows} == {"1G2"}
    assert {(row.niveau, row.bac) for row in reading.rows} == {("premiere", "Générale")}
    assert "« 1G2 » a été retenue d’après le nom du fichier" in reading.avertissements[0]


@pytest.mark.parametrize("name", ["liste.csv", "conseil_T1.csv", "TG1_et_TG2.csv", "export 12.csv"])
def test_class_stays_empty_when_the_name_is_not_clear(read: Read, name: str):
    reading = read(name, "Nom;Prénom\nBIDON;Zoé\n")
    assert reading.rows[0].classe == ""
    assert reading.avertissements == ()


def test_the_title_wins_over_the_names_of_sheet_and_file(read: Read):
    content = xlsx_bytes({"TG3": [["Classe : TG2"], ["Nom", "Prénom"], ["BIDON", "Zoé"]]})
    assert read("TG1.xlsx", content).rows[0].classe == "TG2"
    content = xlsx_bytes({"TG3": [["Nom", "Prénom"], ["BIDON", "Zoé"]]})
    assert read("TG1.xlsx", content).rows[0].classe == "TG3"


def test_section_titles_give_their_class(read: Read):
    content = "Nom et prénom;Né(e) le\nTG1;\nBIDON Zoé;14/02/2009\nTSTMG 2;\nESSAI Noël;03/11/2009\n"
    reading = read("classes.csv", content)
    assert names(reading) == [(3, "BIDON", "Zoé", "TG1"), (5, "ESSAI", "Noël", "TSTMG 2")]
    assert [rejet.ligne for rejet in reading.rejets] == [2, 4]
    assert reading.rows[1].bac == "STMG"


def test_class_written_once_per_group_is_carried_and_said(read: Read):
    rows = ["TG1;BIDON;Zoé", ";ESSAI;Noël", ";TEST;Anna", "TG2;FAUX;Léo", ";MODÈLE;Ada"]
    reading = read("liste.csv", "Classe;Nom;Prénom\n" + "\n".join(rows))
    assert [row.classe for row in reading.rows] == ["TG1", "TG1", "TG1", "TG2", "TG2"]
    assert "donnée aux suivants" in reading.avertissements[0]


def test_a_student_without_class_among_others_stays_without(read: Read):
    reading = read("liste.csv", "Classe;Nom;Prénom\nTG1;BIDON;Zoé\nTG1;ESSAI;Noël\n;TEST;Anna\n")
    assert [row.classe for row in reading.rows] == ["TG1", "TG1", ""]


def test_leavers_are_rejected_unless_everybody_has_an_exit_date(read: Read):
    reading = read("liste.csv", "Nom;Prénom;Sortie\nBIDON;Zoé;\nESSAI;Noël;16/10/2026\nTEST;Anna;\n")
    assert [row.nom for row in reading.rows] == ["BIDON", "TEST"]
    assert reading.rejets[0].raison == "Élève sorti de l’établissement."
    reading = read("liste.csv", "Nom;Prénom;Sortie\nBIDON;Zoé;31/08/2027\nESSAI;Noël;31/08/2027\n")
    assert len(reading.rows) == 2


def test_doubles_are_rejected_with_the_line_of_the_first(read: Read):
    reading = read(
        "liste.csv",
        "Nom;Prénom;Né(e) le;Classe;INE\n"
        "BIDON;Zoé;14/02/2009;TG1;\n"
        "Bidon;ZOE;14/02/2009;TG2;\n"
        "BIDON;Zoé;15/02/2009;TG1;\n"
        "ESSAI;Noël;;TG1;\n"
        "ESSAI;Noel;03/11/2009;TG1;\n"
        "ESSAI;Noël;;TG2;\n"
        "TEST;Anna;;TG1;990000001ZZ\n"
        "TEST-FAUX;Anna;;TG1;990000001ZZ\n"
        "TEST;Anna;;TG1;990000002ZZ\n",
    )
    assert [row.ligne for row in reading.rows] == [2, 4, 5, 7, 8, 10]
    assert [(rejet.ligne, rejet.raison) for rejet in reading.rejets] == [
        (3, "Doublon de la ligne 2."), (6, "Doublon de la ligne 5."), (9, "Même INE que la ligne 8."),
    ]  # fmt: skip


def test_wrong_values_are_left_out_and_their_student_kept(read: Read):
    reading = read("liste.csv", "Nom;Prénom;Né(e) le;INE;Moyenne\nBIDON;Zoé;29/02/2009;12;25\nESSAI;Noël;;;Abs\n")
    row = reading.rows[0]
    assert (row.naissance, row.ine, row.moyenne) == (None, "", None)
    text = " ".join(reading.avertissements)
    assert "Ligne 2" in text
    for part in ("29/02/2009", "INE", "« 25 »"):
        assert part in text
    assert "Ligne 3" not in text


def test_many_remarks_are_summed_up(read: Read):
    rows = "\n".join(f"BIDON;Prénom{'a' * n};31/02/2009" for n in range(1, 30))
    warnings = read("liste.csv", f"Nom;Prénom;Né(e) le\n{rows}\n").avertissements
    assert len(warnings) == 13
    assert warnings[-1] == "Et 17\u00a0autres remarques du même genre."


def test_several_sheets_hidden_and_foreign_ones(read: Read):
    head = ["Nom", "Prénom", "Né(e) le"]
    content = xlsx_bytes(
        {
            "TG1": [head, ["BIDON", "Zoé", date(2009, 2, 14)], ["total", "", 1]],
            "TG2": [head, ["ESSAI", "Noël", "29/02/2009"], ["BIDON", "Zoé", "14/02/2009"]],
            "Notice": [["Comment remplir ce tableau"]],
            "Vide": [],
            "Cachée": [head, ["SECRET", "Léo", ""]],
        },
        hidden=["Cachée"],
    )
    reading = read("classes.xlsx", content)
    assert names(reading) == [(2, "BIDON", "Zoé", "TG1"), (2, "ESSAI", "Noël", "TG2")]
    assert all(rejet.raison.startswith("Feuille « TG") for rejet in reading.rejets)
    assert [rejet.ligne for rejet in reading.rejets] == [3, 3]
    text = " ".join(reading.avertissements)
    assert "La feuille masquée « Cachée » n’a pas été lue." in text
    assert "La feuille « Notice » n’a pas été lue" in text
    assert "Ligne 2 (feuille « TG2 »)" in text
    assert "SECRET" not in repr(reading)


def test_a_second_table_below_the_first(read: Read):
    content = (
        "Nom;Prénom;Classe\nBIDON;Zoé;TG1\n\nPrénom;Nom;Classe\nNoël;ESSAI;TG2\nPrénom;Nom;Classe\nAnna;TEST;TG2\n"
    )
    reading = read("liste.csv", content)
    assert [(row.nom, row.prenom) for row in reading.rows] == [("BIDON", "Zoé"), ("ESSAI", "Noël"), ("TEST", "Anna")]
    assert [(rejet.ligne, rejet.raison) for rejet in reading.rejets] == [(4, "En-tête répété."), (6, "En-tête répété.")]


def test_a_student_above_the_header_is_said(read: Read):
    reading = read("liste.csv", "PERDU;Jean;TG1\nNom;Prénom;Classe\nBIDON;Zoé;TG1\n")
    assert reading.rejets[0].raison == "Ligne placée au-dessus de l’en-tête."


def test_lists_without_header(read: Read):
    reading = read("liste_TG1.txt", "BIDON Zoé\nD'ESSAI Noël\nLE FAUX Œdipe\n")
    assert (reading.ligne_entete, reading.separateur) == (0, "")
    assert names(reading)[1] == (2, "D'ESSAI", "Noël", "TG1")
    assert names(read("liste.csv", "BIDON;Zoé\nESSAI;Noël\n"))[0] == (1, "BIDON", "Zoé", "")


def test_names_in_one_column_called_nom(read: Read):
    reading = read("liste.csv", "Nom;Classe\nBIDON Zoé;TG1\nNoël D'ESSAI;TG1\nORPHELIN;TG1\n")
    assert [(row.nom, row.prenom) for row in reading.rows] == [("BIDON", "Zoé"), ("D'ESSAI", "Noël")]
    assert reading.rejets[0].raison == "Le prénom manque."


def test_usual_names_win_over_birth_names(read: Read):
    content = "Nom de famille;Nom d'usage;Prénom;Prénom d'usage;Classe\nZÉRO;ZÉRO-UN;Aloïs;Alo;TG1\nBIDON;;Zoé;;TG1\n"
    assert [(row.nom, row.prenom) for row in read("liste.csv", content).rows] == [("ZÉRO-UN", "Alo"), ("BIDON", "Zoé")]


def test_ods_and_the_software_that_wrote_it(read: Read):
    content = ods_bytes("TG1", [["Nom", "Prénom", "Toutes les options"], ["BIDON", "Zoé", "MATHS, SVT, LCALA"]])
    reading = read("sans_extension", content)
    assert (reading.logiciel, reading.rows[0].specialites) == ("PRONOTE", ("mat700", "mat702"))


def test_stmg_speciality_comes_from_the_formation(read: Read):
    content = (
        "Nom;Prénom;Classe;Formation;Toutes les options\n"
        "BIDON;Zoé;TSTMG1;T-STMG MERCATIQUE (MARKETING);ANGLAIS LV1, MATHEMATIQUES\n"
        "ESSAI;Noël;TSTMG1;T-STMG RESSOUR. HUMAINES & COMMUNICATION;\n"
        "TEST;Anna;X;TERMINALE GENERALE;MATHEMATIQUES, PHYSIQUE-CHIMIE\n"
    )
    reading = read("liste.csv", content)
    assert [(row.bac, row.specialites) for row in reading.rows] == [
        ("STMG", ("mat282",)), ("STMG", ("mat1009",)), ("Générale", ("mat700", "mat701")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "est vide"),
        ("Bonjour à tous, voici le compte rendu\nde la réunion du 12.\n", "Aucune colonne de noms"),
        ("Matière;Coefficient\nMaths;16\n", "Aucune colonne de noms"),
        ("Nom;Prénom\n", "Aucun élève"),
        ("Nom;Prénom\nTotal;0\n", "Aucun élève"),
        ("Nom;Prénom;Né(e) le\n1;2;3\n", "Aucun élève"),
        ("%PDF-1.7", "un PDF"),
    ],
)
def test_what_holds_no_roster_is_refused(read: Read, content: str, message: str):
    with pytest.raises(EnvironmentFault) as caught:
        read("liste.csv", content)
    assert message in caught.value.message
    assert caught.value.remede.endswith(".")


def test_only_a_hidden_sheet(read: Read):
    content = xlsx_bytes({"A": [["rien"]], "B": [["Nom", "Prénom"], ["BIDON", "Zoé"]]}, hidden=["B"])
    with pytest.raises(EnvironmentFault, match="masquées"):
        read("liste.xlsx", content)


def test_progress_is_told_and_can_stop(tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom\n" + "".join(f"BIDON;Z{'a' * n}\n" for n in range(1, 450)), encoding="utf-8")
    seen: list[tuple[str, int, int]] = []
    read_roster(path, Progress(lambda *step: seen.append(step)))
    assert {total for _, _, total in seen} == {0, 1, 450}
    assert seen[-1][1] == 400

    progress = Progress(lambda _label, done, _total: progress.cancel() if done == 200 else None)
    with pytest.raises(Cancelled):
        read_roster(path, progress)


def test_the_row_has_no_room_for_anything_private():
    assert {field.name for field in fields(RosterRow)} == {
        "ligne", "nom", "prenom", "classe", "naissance", "sexe", "ine", "niveau", "bac", "specialites", "options",
        "moyenne", "langues", "voeux",
    }  # fmt: skip


def test_each_class_under_its_own_title_the_first_one_above_the_header(read: Read):
    block = "Nom;Prénom;Né(e) le\nBIDON;{};14/02/2009\nESSAI;{};15/02/2009\n"
    content = "Liste\n\nTerminale G1\n" + block.format("Zoé", "Léo") + "\nTerminale G2\n" + block.format("Ada", "Max")
    reading = read("liste.csv", content)
    assert [row.classe for row in reading.rows] == ["Terminale G1"] * 2 + ["Terminale G2"] * 2


def test_one_column_per_specialite_with_crosses(read: Read):
    content = "NOM;Prénom;Classe;Maths;PC;SVT;SES;Latin\n"
    content += "BIDON;Zoé;TG1;x;X;;;\nESSAI;Léo;TG1;;;✓;oui;\nLOREM;Ada;TG1;-;non;;x;x\n"
    reading = read("liste.csv", content)
    assert [row.specialites for row in reading.rows] == [
        ("mat700", "mat701"),
        ("mat702", "mat703"),
        ("mat703", "mat1063"),
    ]
    assert reading.non_lu == ()


def test_columns_of_marks_are_no_crosses(read: Read):
    reading = read("liste.csv", "NOM;Prénom;Classe;Maths;SVT\nBIDON;Zoé;TG1;12,5;9\nESSAI;Léo;TG1;1;Abs\n")
    assert [row.specialites for row in reading.rows] == [(), ()]
    assert reading.non_lu == ("Maths", "SVT")


def test_titles_over_the_names_are_a_group(read: Read):
    rows = [["", "Identité", "", "Spécialités", "", "Langues", ""], ["N°", "Nom", "Prénom", "1", "2", "A", "B"],
            ["1", "BIDON", "Zoé", "Maths", "SVT", "Anglais", "Espagnol"]]  # fmt: skip
    (row,) = read("liste.xlsx", xlsx_bytes({"F": rows}, {"F": ["B1:C1", "D1:E1", "F1:G1"]})).rows
    assert (row.specialites, row.langues) == (("mat700", "mat702"), ("Anglais", "Espagnol"))


def test_the_general_average_wins_over_those_of_the_terms_and_of_the_subjects(read: Read):
    reading = read("m.csv", "Élève;Moyenne T1;Moyenne T2;Moyenne générale\nBIDON Zoé;10;12;11,5\nESSAI Léo;10;12;\n")
    assert [row.moyenne for row in reading.rows] == [11.5, 12]
    rows = [["", "PHILOSOPHIE", "Bilan"], ["Élève", "Moy.", "Moy."], ["BIDON Zoé", "8", "13"]]
    assert read("m.xlsx", xlsx_bytes({"F": rows})).rows[0].moyenne == 13


def test_a_second_table_beside_is_said(read: Read):
    reading = read("liste.csv", "Nom;Prénom;Nom;Prénom\nBIDON;Zoé;LOREM;Ada\nESSAI;Léo;IPSUM;Max\n")
    assert [row.nom for row in reading.rows] == ["BIDON", "ESSAI"]
    assert any("second tableau" in warning for warning in reading.avertissements)


def test_tables_side_by_side_are_read_one_after_the_other(read: Read):
    content = (
        "TG1;;;;TG2;;;\nNom;Prénom;Né(e) le;;Nom;Prénom;Né(e) le\n"
        "BIDON;Zoé;14/02/2009;;LOREM;Ada;15/02/2009\nESSAI;Léo;16/02/2009;;;;\n"
    )
    reading = read("liste.csv", content)
    assert [(row.ligne, row.nom, row.classe) for row in reading.rows] == [
        (3, "BIDON", "TG1"), (4, "ESSAI", "TG1"), (3, "LOREM", "TG2"),
    ]  # fmt: skip
    assert not any("second tableau" in warning for warning in reading.avertissements)

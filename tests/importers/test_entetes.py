from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import fold
from mps_desktop.importers.colonnes_devinees import headerless, named_by_cells
from mps_desktop.importers.entetes import CHAMPS, Entete, find_header, is_header, match
from mps_desktop.importers.feuille import Feuille, Ligne


def sheet(*rows: list[str]) -> Feuille:
    lignes = tuple(Ligne(at, tuple(row)) for at, row in enumerate(rows, 1))
    return Feuille("F", tuple(ligne for ligne in lignes if any(ligne.cellules)))


def header(*rows: list[str]) -> Entete:
    found = find_header(sheet(*rows))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("label", "champ"),
    [
        ("Élèves", "identite"), ("NOM Prénom", "identite"), ("Nom et prénom ", "identite"),
        ("Prénom NOM", "prenom_nom"),
        ("Nom", "nom"), ("Nom de famille*", "nom"), ("nom_famille", "nom"), ("Prénom 1", "prenom"), ("Prénom 2", ""),
        ("Né(e) le", "naissance"), ("Date de naissance (jj/mm/aaaa)*", "naissance"), ("date naiss", "naissance"),
        ("Classe de rattachement", "classe"), ("Division", "classe"), ("Option 12", "option"), ("OPTION_3", "option"),
        ("Spé 2", "specialite"), ("specialite1", "specialite"),
        ("Enseignement(s) de spécialité suivi(s)", "specialite"),
        ("Lib. Mat. Enseignée 4", "option"), ("Numéro national", "ine"), ("Moyenne générale", "moyenne"),
        ("Sexe", "sexe"), ("Formation", "formation"), ("Code MEF", "code_mef"), ("", ""),
    ],
)  # fmt: skip
def test_headers_that_are_read(label: str, champ: str):
    assert match(label) == champ


@pytest.mark.parametrize(
    "label",
    [
        "Adresse E-mail", "Tél. Portable", "Nom de famille repr. légal", "Prénom repr. légal", "Nom Resp. Lég. 1",
        "Tuteur",
        "Parent 1", "Nationalité", "Pays Nat.", "Lib. Bourse 1", "Régime", "Projet d'accompagnement", "PAI",
        "Allergies",
        "Présence Doss. Médic.", "Professeur principal", "Photo", "Commune Naiss.", "Code postal", "remarques", "N°",
        "Encouragement/Valorisation", "Prénom 3", "Cnx Ele.",
    ],
)  # fmt: skip
def test_headers_that_stay_in_the_file(label: str):
    assert match(label) == ""


def test_header_below_titles():
    found = header(["Lycée inventé"], ["Classe : TG1"], [], ["Élève", "Classe", "Tuteur"], ["BIDON Zoé", "TG1", "M. X"])
    assert (found.numero, found.debut, found.fin) == (4, 2, 3)
    assert [(column.titre, column.champ) for column in found.colonnes] == [("Élève", "identite"), ("Classe", "classe")]
    assert found.non_lu == ("Tuteur",)


def test_groups_above_the_header():
    found = header(
        [
            "",
            "",
            "Enseignements de spécialité",
            "Enseignements de spécialité",
            "Responsable légal",
            "Responsable légal",
        ],
        ["Nom", "Prénom", "1", "2", "Nom", "Prénom"],
        ["BIDON", "Zoé", "MATHS", "SVT", "RESP", "Ada"],
    )
    assert found.ranks("specialite") == (2, 3)
    assert (found.ranks("nom"), found.ranks("prenom")) == ((0,), (1,))
    assert found.non_lu == ("Responsable légal Nom", "Responsable légal Prénom")


def test_marks_table_on_two_lines():
    found = header(
        ["Élève", "Moyenne générale", "PHILOSOPHIE"], ["", "Trim. 1", "Moy."], ["BIDON Zoé", "14,17", "12,00"]
    )
    assert (found.numero, found.fin) == (2, 2)
    assert found.ranks("moyenne") == (1,)
    assert found.non_lu == ("PHILOSOPHIE",)


def test_a_header_merged_over_two_lines():
    found = header(
        ["Nom", "Prénom", "Spécialités", "Spécialités"], ["Nom", "Prénom", "1", "2"], ["BIDON", "Zoé", "SVT", "SES"]
    )
    assert found.fin == 2 or found.numero == 1
    assert found.ranks("specialite") == (2, 3)


def test_the_first_student_is_never_taken_for_a_header_line():
    assert header(["Classe", "Nom"], ["TG1", "BIDON Zoé"], ["", "ESSAI Léo"]).fin == 1
    assert header(["Nom", "Prénom", "Option 1"], ["BIDON", "Zoé", "LATIN"]).fin == 1
    assert header(["Nom", "Prénom", "Option 1"], ["", "", "note perdue"], ["BIDON", "Zoé", "LATIN"]).fin == 1


def test_a_lone_title_needs_names_below():
    assert find_header(sheet(["Élèves"], ["BIDON Zoé"], ["ESSAI Léo"])) is not None
    assert find_header(sheet(["Élèves"], ["Le règlement intérieur"], ["article un du texte"])) is None


def test_the_same_field_twice_keeps_the_first():
    found = header(["Nom", "Prénom", "Nom"], ["BIDON", "Zoé", "AUTRE"])
    assert found.ranks("nom") == (0,)
    assert found.non_lu == ("Nom",)


def test_lists_without_header():
    names = headerless(sheet(["BIDON Zoé"], ["ESSAI Léo"]))
    assert names is not None
    assert (names.numero, names.colonnes[0].champ) == (0, "identite")
    pairs = headerless(sheet(["BIDON", "Zoé"], ["LE FAUX", "Noël"]))
    assert pairs is not None
    assert [column.champ for column in pairs.colonnes] == ["nom", "prenom"]
    assert headerless(sheet(["bonjour à tous"], ["voici mon courrier"])) is None
    assert headerless(sheet(["BIDON Zoé"])) is None


def test_only_names_of_read_columns_are_quoted():
    found = header(["Adresse E-mail", "Classe", "Nom", "Prénom"], ["z@x.invalid", "TG1", "BIDON", "Zoé"])
    assert found.extract(Ligne(2, ("z@x.invalid", "TG1", "BIDON", "Zoé"))) == "BIDON ; Zoé ; TG1"


def test_synonyms_are_folded():
    assert all(fold(name) == name for name in CHAMPS)


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_any_sheet_is_searched_without_failing(rows: list[list[str]]):
    feuille = sheet(*rows)
    find_header(feuille)
    headerless(feuille)
    assert all(isinstance(is_header(ligne), bool) for ligne in feuille.lignes)


def test_cells_tell_the_column_of_names_when_its_title_does_not():
    rows = [["Titre"], ["Lycéen", "Né le", "Division"]]
    rows += [[f"{nom} Zoé", "14/02/2009", "TG1"] for nom in ("BIDON", "D'ESSAI", "LOREM", "ZÉRO")]
    assert find_header(sheet(*rows)) is None
    entete = named_by_cells(sheet(*rows))
    assert entete is not None
    assert [(c.champ, c.titre) for c in entete.colonnes] == [
        ("identite", "Lycéen"), ("naissance", "Né le"), ("classe", "Division"),
    ]  # fmt: skip
    assert entete.colonnes[0].confiance < 0.7
    assert entete.non_lu == ()


def test_cells_tell_two_columns_of_names():
    rows = [["Patron.", "Usuel", "DDN"]] + [[nom, "Zoé", "14/02/2009"] for nom in ("BIDON", "ESSAI", "LOREM")]
    entete = named_by_cells(sheet(*rows))
    assert entete is not None
    assert [c.champ for c in entete.colonnes] == ["nom", "prenom", "naissance"]


def test_cells_that_are_no_names_tell_nothing():
    rows = [["Ville", "Division"]] + [["Très bien", "TG1"]] * 4
    assert named_by_cells(sheet(*rows)) is None


@pytest.mark.parametrize("title", ["Responsable légal", "Tuteur", "Nom du père", "Professeur principal"])
def test_cells_of_other_people_are_never_students(title: str):
    rows = [[title, "Né le"]] + [[f"{nom} Zoé", "14/02/2009"] for nom in ("BIDON", "ESSAI", "LOREM")]
    assert named_by_cells(sheet(*rows)) is None


@pytest.mark.parametrize(
    ("rows", "champs"),
    [
        ([["1", "BIDON Zoé"], ["2", "ESSAI Léo"], ["3", "LOREM Inès"]], {1: "identite"}),
        ([["1", "BIDON", "Zoé", "TG1"], ["2", "ESSAI", "Léo", "TG1"]], {1: "nom", 2: "prenom", 3: "classe"}),
        ([["Zoé", "BIDON"], ["Léo", "ESSAI"]], {0: "prenom", 1: "nom"}),
        ([["Bidon", "Zoé"], ["Essai", "Léo"], ["Lorem", "Inès"]], {0: "nom", 1: "prenom"}),
        ([["Zoé", "Bidon"], ["Léo", "Essai"], ["Inès", "Lorem"]], {0: "prenom", 1: "nom"}),
        ([["Zoé Bidon"], ["Léo Essai"], ["Inès Lorem"]], {0: "identite"}),
    ],
)
def test_lists_without_header_in_every_order(rows: list[list[str]], champs: dict[int, str]):
    entete = headerless(sheet(*rows))
    assert entete is not None
    assert {colonne.rang: colonne.champ for colonne in entete.colonnes} == champs


@pytest.mark.parametrize("rows", [[["Très Bien"], ["Assez Bien"]], [["Lundi", "Mardi"], ["Mercredi", "Jeudi"]]])
def test_words_are_no_list_of_names(rows: list[list[str]]):
    assert headerless(sheet(*rows)) is None

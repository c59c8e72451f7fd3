from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mps_desktop.importers.noms import Identite, is_name, is_total, split_identite, strip_note, usually_prenom_first


@pytest.mark.parametrize(
    ("text", "nom", "prenom"),
    [
        ("BIDON Zoé", "BIDON", "Zoé"),
        ("D'EXEMPLE Noémie", "D'EXEMPLE", "Noémie"),
        ("D’EXEMPLE Noémie", "D’EXEMPLE", "Noémie"),
        ("DE LA FICTION Jean-Éloi", "DE LA FICTION", "Jean-Éloi"),
        ("de LA FICTION Jean", "de LA FICTION", "Jean"),
        ("FAUX de TEST Anna", "FAUX de TEST", "Anna"),
        ("ÉCHANTILLON Anaïs Marie", "ÉCHANTILLON", "Anaïs Marie"),
        ("FAUX-NOM Léo", "FAUX-NOM", "Léo"),
        ("LE TESTEUR Œdipe", "LE TESTEUR", "Œdipe"),
        ("ŁUKASZ-TEST Zoé", "ŁUKASZ-TEST", "Zoé"),
        ("NGUYỄN-BIDON Anh", "NGUYỄN-BIDON", "Anh"),
        ("McTEST Paul", "McTEST", "Paul"),
        ("O’ESSAI Siobhán", "O’ESSAI", "Siobhán"),
        ("ZÉRO(-UN) Aloïs", "ZÉRO(-UN)", "Aloïs"),
        ("Anaïs ÉCHANTILLON", "ÉCHANTILLON", "Anaïs"),
        ("Jean-Éloi de LA FICTION", "de LA FICTION", "Jean-Éloi"),
        ("Marie Ange FAUX-NOM", "FAUX-NOM", "Marie Ange"),
        ("MAQUETTE Sarah (arrivée en nov.)", "MAQUETTE", "Sarah"),
        ("PROTOTYPE Yanis ?", "PROTOTYPE", "Yanis"),
        ("TEST J", "TEST", "J"),
        ("BIDON ZOE", "BIDON", "ZOE"),
        ("BIDON, Zoé", "BIDON", "Zoé"),
        ("DE LA FICTION, Jean-Éloi", "DE LA FICTION", "Jean-Éloi"),
        ("BIDON - Zoé", "BIDON", "Zoé"),
        ("Zoé, BIDON", "BIDON", "Zoé"),
        ("3. BIDON Zoé", "BIDON", "Zoé"),
        ("12 FAUX-NOM Léo", "FAUX-NOM", "Léo"),
        ("1) Zoé BIDON", "BIDON", "Zoé"),
        ("- D'EXEMPLE Noémie", "D'EXEMPLE", "Noémie"),
        ("• Mme BIDON Zoé", "BIDON", "Zoé"),
        ("M. LE TESTEUR Paul", "LE TESTEUR", "Paul"),
    ],
)
def test_capitals_decide(text: str, nom: str, prenom: str):
    assert split_identite(text) == Identite(nom, prenom)


@pytest.mark.parametrize(
    ("text", "nom", "prenom"),
    [
        ("d'exemple noémie", "d'exemple", "noémie"),
        ("Imaginaire Theo", "Imaginaire", "Theo"),
        ("de la Fiction Jean", "de la Fiction", "Jean"),
        ("LE FAUX TESTEUR PAUL", "LE FAUX TESTEUR", "PAUL"),
        ("王 小明", "王", "小明"),
    ],
)
def test_without_capitals_the_cut_is_a_guess_and_said(text: str, nom: str, prenom: str):
    assert split_identite(text) == Identite(nom, prenom, sur=False)


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["Bidon Zoé", "Exemple Théo", "Essai Inès"], False),
        (["Zoé Bidon", "Théo Exemple", "Inès Essai", "Alix Martin"], True),
        (["BIDON Zoé", "Zoé Bidon"], False),
        (["Zoé BIDON", "Bidon Zoé"], True),
        (["ZOE BIDON", "THEO EXEMPLE"], True),
        (["Bidon Xyz"], False),
        ([], False),
    ],
)
def test_a_column_tells_which_comes_first(texts: list[str], first: bool):
    assert usually_prenom_first(texts) is first


def test_known_first_names_say_where_the_surname_ends():
    assert split_identite("Garcia Lopez Inès") == Identite("Garcia Lopez", "Inès", sur=False)
    assert split_identite("BIDON ANNE MARIE") == Identite("BIDON", "ANNE MARIE", sur=False)
    assert split_identite("Anne Marie Bidon", prenom_first=True) == Identite("Bidon", "Anne Marie", sur=False)
    assert split_identite("ZOE LE TESTEUR", prenom_first=True) == Identite("LE TESTEUR", "ZOE", sur=False)


def test_the_header_may_put_the_first_name_first():
    assert split_identite("Theo Imaginaire", prenom_first=True) == Identite("Imaginaire", "Theo", sur=False)
    assert split_identite("ZOE BIDON", prenom_first=True) == Identite("BIDON", "ZOE")


@pytest.mark.parametrize(
    "text",
    [
        "", "BIDON", "* en rouge : à voir avec la CPE", "à voir avec la CPE", "Liste arrêtée au 12 novembre",
        "14/02/2009",
        "élèves à revoir", "Professeur principal : M. X", "une remarque un peu trop longue", "a@b.invalid c",
        "X = Y", "(vide)", "24 élèves inscrits", "Bon travail, à poursuivre", "BIDON, LOREM, ESSAI", "12 élèves",
        "- à revoir avec la CPE",
    ],
)  # fmt: skip
def test_what_is_no_name(text: str):
    assert split_identite(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "total", "TOTAL : 12", "Effectif :", "Filles :", "Garçons 5", "Cnx Ele.", "Cnx Resp.", "Moyenne de la classe",
        "Moyenne générale", "Médiane", "Nombre d’élèves", "Page 2", "Sous-total", "Note maxi",
    ],
)  # fmt: skip
def test_rows_that_software_adds(text: str):
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["TOTAL Zoé", "MOYENNE-TEST Léo", "FILLES Anna", "PAGE Jean", "NOTE Zoé", "EFFECTIF Paul"]
)
def test_people_may_be_called_like_a_total(text: str):
    assert not is_total(text)
    assert split_identite(text) is not None


def test_notes_are_taken_off():
    assert strip_note("MAQUETTE Sarah (redouble) ") == "MAQUETTE Sarah"
    assert not is_name("3e")
    assert not is_name("x" * 101)


@given(st.text(max_size=60))
@example("D AA")
def test_nothing_is_invented(text: str):
    found = split_identite(text)
    if found is not None:
        signs = str.maketrans("", "", ",-–— ")
        told = f"{found.nom}{found.prenom}".translate(signs)
        assert sorted("".join(told.split())) == sorted("".join(strip_note(text).translate(signs).split()))
        assert found.nom
        assert found.prenom

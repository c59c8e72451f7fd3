"""Pieces of the builder on their own: labels, nomenclature, places, figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.catalogue.construction import libelles, liens, lieux, metiers, statistiques, voeux
from mps_desktop.catalogue.construction.nomenclature import (
    Filiere,
    Nomenclature,
    find_successions,
    is_apprentissage,
    is_las,
    las_id,
    split_family,
)
from mps_desktop.catalogue.construction.sources import count, number
from mps_desktop.core.text import NNBSP


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("L1 - Droit", "Licence - Droit"),
        ("BTS - Services - Tourisme", "BTS - Tourisme"),
        ("BTS - Agricole - Gestion forestière", "BTSA - Gestion forestière"),
        ("MC - Sommellerie", "Mention complémentaire - Sommellerie"),
        ("FP - FP - Développeur web (Bac +2)", "Formation professionnelle - Développeur web (Bac + 2)"),
        ("Formation professionnelle - Titre professionnel - Graphiste (Bac +2)",
         "Titre professionnel - Graphiste (Bac + 2)"),
        ("D.E Educateur Spécialisé", "Diplôme d’État - Éducateur Spécialisé"),
        ("BTSA - génie  des équipements", "BTSA - Génie des équipements"),
        ("CPGE - Ecole nationale des Chartes", "CPGE - École nationale des Chartes"),
        ("BTS - Maintenance - option D:  ascenseurs", f"BTS - Maintenance - Option D{NNBSP}: ascenseurs"),
        ("BTSA - Viticulture-Oenologie", "BTSA - Viticulture-Œnologie"),
    ],
)  # fmt: skip
def test_formation_labels_are_readable(published: str, shown: str):
    assert libelles.clean_formation(published) == shown


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("Techniques d?analyses chimiques", "Techniques d’analyses chimiques"),
        ("Etudes et ELectronique", "Études et Électronique"),
        ("Economics and English", "Economics and English"),
        ("Espace - ", "Espace"),
        ("Université d'Évry", "Université d’Évry"),
    ],
)
def test_labels_are_cleaned(published: str, shown: str):
    assert libelles.clean(published) == shown


@given(st.text(max_size=60))
def test_cleaning_leaves_no_double_space_and_is_stable(text: str):
    cleaned = libelles.clean(text)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert libelles.clean(cleaned) == cleaned


def test_commune_and_type_labels():
    assert libelles.clean_commune("Paris 13e  Arrondissement") == "Paris 13e Arrondissement"
    assert libelles.clean_commune("Lyon  1er arrondissement") == "Lyon 1er Arrondissement"
    assert libelles.clean_type("Licence - Droit-économie-gestion") == "Licence - Droit, économie, gestion"
    assert libelles.clean_type("BTS - Services") == "BTS - Services"


@given(st.text(max_size=12))
def test_numbers_never_fail(text: str):
    assert number(text) is None or isinstance(number(text), float)


def test_numbers_of_cells():
    assert (number("12,5"), number(""), number(None), number("inf?")) == (12.5, None, None, None)
    assert (count("100.0"), count(""), count("7")) == (100, None, 7)


def nomenclature() -> Nomenclature:
    filieres = [
        Filiere("fl1", "Droit", "L1", False, "fl1"),
        Filiere("fl2", "Droit, Economie", "L1", False, "fl2"),
        Filiere("fl3", "Sommellerie", "MC", False, "fl3"),
        Filiere("fl4", "Sommellerie", "CS", False, "fl4"),
        Filiere("fl5", "Sommellerie - en apprentissage", "CS", True, "fl4"),
        Filiere("fl6", "Informatique", "CMI", False, "fl6"),
        Filiere("fl7", "Informatique", "DUT", False, "fl7"),
        Filiere("fl8", "Vieux nom", "BTS", False, "fl8"),
    ]
    return Nomenclature(
        {one.id: one for one in filieres},
        {"fl2": "fl1", "fl6": "fr22"},
        {"fl9": "fl1"},
        {"Nouveau nom": "fl8"},
        {"fl1": "L1 - Droit"},
    )


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("Licence - Droit - Parcours Notariat", ("fl1", False)),
        ("Licence - Droit, Economie", ("fl2", True)),
        ("Licence - Double diplôme - Licence Droit - DU Criminologie", ("fl1", False)),
        ("Certificat de Spécialisation - Sommellerie", ("fl4", True)),
        ("Mention Complémentaire - Sommellerie", ("fl3", True)),
        ("Certificat de Spécialisation - Sommellerie - en apprentissage", ("fl5", True)),
        ("BTS - Services - Nouveau nom", ("fl8", True)),
        ("BUT - Informatique", None),
        ("Licence - Licornes", None),
    ],
)
def test_a_map_label_gives_its_filiere(label: str, found: tuple[str, bool] | None):
    assert nomenclature().match(label) == found


def test_filieres_are_grouped_but_none_hides_another():
    known = nomenclature()
    assert known.reference("fl5") == "fl4"
    assert known.reference("fl6") == "fr22"
    assert known.reference("fl9") == "fl1"
    assert known.reference("fl2") == "fl2"
    assert known.mps_reference("fl2") == "fl1"
    assert known.reference_of_label("BPJEPS - Spécialité Animateur") == "fr640"
    assert known.reference_of_label("Inconnue au bataillon") is None


def test_a_succession_needs_most_of_the_programmes_and_another_name():
    known = nomenclature()
    observed = {
        "fl3": [("fl4", True), ("fl4", True), ("fl3", True)],
        "fl1": [("fl2", True), ("fl1", True), ("fl1", True)],
    }
    assert find_successions(observed, known.filieres) == {"fl3": "fl4"}
    known.add_successions({"fl3": "fl4"})
    assert known.reference("fl3") == "fl4"


def test_families_and_marks_of_labels():
    assert split_family("BTS - Agricole - Gestion forestière") == ("bts", "Gestion forestière")
    assert split_family("D.E Infirmier") == ("", "D.E Infirmier")
    assert is_las("Licence - Droit -  Accès Santé (LAS)")
    assert not is_las("Licence - Sciences pour la santé")
    assert is_apprentissage("BTS - Services - Tourisme - en apprentissage")
    assert not is_apprentissage("Licence - Biologie en apprentissage par problème (APP)")
    assert las_id("fl2002") == "fl1002002"


def test_place_of_a_label():
    assert voeux.split_lieu("IUT (site B) (Testville) - BUT - Chimie") == ("IUT (site B)", "Testville")
    assert voeux.split_lieu("Sans commune") == ("Sans commune", "")


def test_communes_are_found_by_name_and_departement():
    finder = lieux.CommuneFinder(
        [
            {"nom": "Saint-Faux", "departement": "Isère", "code_insee": "38001", "population": 900},
            {"nom": "Saint-Faux", "departement": "Ain", "code_insee": "01001", "population": 100},
            {"nom": "L’Unique", "departement": "Puy-de-Dôme", "code_insee": "63001", "population": 5},
            {"nom": "Grande", "departement": "Ain", "code_insee": "01002", "population": 100},
            {"nom": "Grande", "departement": "Isère", "code_insee": "38002", "population": 1000},
        ]
    )
    assert (finder.find("ST FAUX CEDEX 9", "isere") or {})["code_insee"] == "38001"
    assert finder.find("Saint-Faux", "") is None
    assert (finder.find("Grande", "") or {})["code_insee"] == "38002"  # ten times as large as its namesake
    assert finder.find("Grande", "Ailleurs") is None
    assert (finder.find("l'unique", "Ailleurs") or {})["code_insee"] == "63001"
    assert finder.find("", "Ain") is None
    assert finder.departement("Puy-de-dôme") == "Puy-de-Dôme"


def test_a_commune_of_a_common_name_is_the_one_that_has_a_lycee():
    rows: list[dict[str, object]] = [
        {"nom": "Double", "departement": "Ain", "code_departement": "01", "code_insee": "01003", "population": 100},
        {"nom": "Double", "departement": "Isère", "code_departement": "38", "code_insee": "38003", "population": 200},
        {"nom": "Petit-Port", "departement": "Ain", "code_departement": "01", "code_insee": "01004", "population": 9},
        {"nom": "Ploubidon", "departement": "Ain", "code_departement": "01", "code_insee": "01005", "population": 9},
    ]
    finder = lieux.CommuneFinder(rows, ("01003",))
    assert (finder.find("Double", "") or {})["code_insee"] == "01003"
    assert finder.find("Double", "Ailleurs") is None, "a département that says otherwise is believed"
    assert lieux.CommuneFinder(rows, ("01003", "38003")).find("Double", "") is None
    assert (finder.find("01", "", "CFA de Ploubidon") or {})["code_insee"] == "01005"
    assert finder.find("38", "", "CFA de Ploubidon") is None
    assert finder.find("01", "", "CFA Double, Ploubidon") is None, "two names: nobody knows which"


@pytest.mark.parametrize(
    ("text", "expected"), [("http://exemple.test/slug/MET.12", "MET.12"), ("MET_7", "MET.7"), ("rien", "")]
)
def test_metier_ids(text: str, expected: str):
    assert metiers.metier_id(text) == expected


@given(st.lists(st.floats(0, 100), min_size=5, max_size=5).filter(lambda shares: sum(shares) > 1))
def test_whole_percents_add_up_to_100(shares: list[float]):
    rounded = statistiques.whole_percents(shares)
    assert sum(rounded) == 100
    total = sum(shares)
    assert all(abs(whole - 100 * share / total) < 1 for whole, share in zip(rounded, shares, strict=True))


def test_imputed_or_absurd_mentions_of_2025_are_refused():
    ligne = {"mentions_suspect_imputees": "0", "part_mention_ab": "0.5", "part_mention_b": "0.25",
             "part_mention_tb": "0.1", "part_mention_tb_fel": "0"}  # fmt: skip
    assert statistiques.mentions_2025(ligne) == [15, 50, 25, 10, 0]
    assert statistiques.mentions_2025({**ligne, "mentions_suspect_imputees": "1"}) is None
    assert statistiques.mentions_2025({**ligne, "part_mention_b": ""}) is None
    assert statistiques.mentions_2025({**ligne, "part_mention_b": "0.9"}) is None


def test_formation_fiches_without_id_are_skipped():
    from xml.etree.ElementTree import fromstring

    root = fromstring("<f><formation><libelle_complet>vide</libelle_complet></formation></f>")  # noqa: S314  our own text
    assert liens.read_fiches(root.findall("formation")) == {}

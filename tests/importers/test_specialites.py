from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.text import fold
from mps_desktop.importers.libelles import AUTRES, PAR_BAC
from mps_desktop.importers.specialites import read_free_text, read_label, sort_subjects, split_labels


@pytest.mark.parametrize(
    ("label", "mat"),
    [
        ("MATHEMATIQUES", "mat700"), ("MATHS", "mat700"), ("061300", "mat700"), ("MATHEMATIQUES HORS ETAB.", "mat700"),
        ("PHYSIQUE-CHIMIE", "mat701"), ("PH-CH", "mat701"), ("PHYCHI", "mat701"),
        ("PHYSIQUE-CHIMIE A DISTANCE", "mat701"),
        ("SCIENCES VIE & TERRE", "mat702"), ("SVT", "mat702"),
        ("SC. ECONO.& SOCIALES", "mat703"), ("ECOSOC", "mat703"),
        ("HIST.GEO.GEOPOL.S.P.", "mat1062"), ("HGGSP", "mat1062"),
        ("HIST.-GEO. GEOPOLITIQUE & SC.POLITIQUES", "mat1062"),
        ("HUMAN.LITTER.PHILO.", "mat1067"), ("HLPHI", "mat1067"), ("Humanités, littérature et philosophie", "mat1067"),
        ("NUMERIQUE SC.INFORM.", "mat1065"), ("NSINC", "mat1065"), ("NSINF", "mat1065"),
        ("SC.INGEN. & SC.PHYS.", "mat1061"), ("SCING", "mat1061"), ("SCIING", "mat1061"),
        ("LITT. ESPAGNOL", "mat10001076"), ("AGL 8", "mat10001076"), ("LLC EN ANGLAIS", "mat10001076"),
        ("LLC ANGL.MOND.CONT.", "mat20001076"), ("AMC 8", "mat20001076"), ("LLC ANGLAIS MONDE CO", "mat20001076"),
        ("BIOLOGIE-ECOLOGIE", "mat5"), ("ARTS PLASTIQUES", "mat706"), ("A-PLA", "mat706"), ("THEATRE", "mat709"),
        ("CI-AV", "mat710"), ("LCA LATIN", "mat1063"), ("LCALA", "mat1063"),
        ("Spécialité Mathématiques", "mat700"), ("SCIENCES DE L'INGENIE", ""), ("SCIENCES DE L'INGENI", "mat1061"),
        ("MATHS EXPERTES", ""), ("MATHS COMPLEMENTAIRE", ""), ("HISTOIRE-GEOGRAPHIE", ""), ("ANGLAIS LV1", ""),
        ("ED.PHYSIQUE & SPORT.", ""), ("EDUCATION PHYSIQUE ET SPORTIVE", ""), ("PHILOSOPHIE", ""), ("", ""),
    ],
)  # fmt: skip
def test_labels_of_a_general_student(label: str, mat: str):
    assert read_label(label, "Générale") == mat


@pytest.mark.parametrize(
    ("label", "bac", "mat"),
    [
        ("MSGN/MARKETING", "STMG", "mat282"), ("MSGN/RH ET COMMUNICATION", "STMG", "mat1009"),
        ("MSGN/GESTION ET FINANCE", "STMG", "mat887"), ("DROIT ET ECONOMIE", "STMG", "mat1038"),
        ("MATHEMATIQUES", "STMG", ""), ("INGENIERIE INNOV. ET DEVELOP. DURABLE", "STI2D", "mat1096"),
        ("PHYSIQUE-CHIMIE ET MATHEMATIQUES", "STL", "mat1040"), ("STSS", "ST2S", "mat320"), ("MATHEMATIQUES", "P", ""),
    ],
)  # fmt: skip
def test_labels_of_the_other_bacs(label: str, bac: str, mat: str):
    assert read_label(label, bac) == mat


@pytest.mark.parametrize(
    ("text", "mats"),
    [
        ("maths - pc", ("mat700", "mat701")), ("SES/HGGSP", ("mat703", "mat1062")),
        ("HLP, HGGSP", ("mat1067", "mat1062")),
        ("PC SVT", ("mat701", "mat702")), ("Maths NSI", ("mat700", "mat1065")), ("AMC+SES", ("mat20001076", "mat703")),
        ("arts pla / HLP", ("mat706", "mat1067")), ("LLCE esp HGGSP", ("mat10001076", "mat1062")),
        ("Maths Physique", ("mat700", "mat701")), ("maths SI", ("mat700", "mat1061")),
        ("Mathématiques Spécialité / Physique-Chimie Spécialité", ("mat700", "mat701")),
        ("Humanités, Littérature et Philosophie / Histoire-Géographie, Géopolitique et Sciences politiques",
         ("mat1067", "mat1062")),
    ],
)  # fmt: skip
def test_free_text(text: str, mats: tuple[str, ...]):
    assert read_free_text(text, "Générale") == (mats, ())


def test_words_not_understood_are_given_back():
    assert read_free_text("maths + macramé", "Générale") == (("mat700",), ("maths + macramé",))
    assert read_free_text("maths ses", "STMG") == ((), ("maths ses",))


def test_free_text_of_stmg():
    texts = ("mercatique", "GF", "RH", "merca", "gestion fi", "RH com", "rhc")
    expected = ("mat282", "mat887", "mat1009", "mat282", "mat887", "mat1009", "mat1009")
    assert tuple(read_free_text(text, "STMG")[0][0] for text in texts) == expected


def test_an_art_is_an_option_once_the_two_specialites_are_there():
    found = sort_subjects(
        "terminale", "Générale", (), ("ANGLAIS LV1, HUMAN.LITTER.PHILO., THEATRE, HIST.GEO.GEOPOL.S.P.",)
    )
    assert found.specialites == ("mat1067", "mat1062")
    assert found.options == ("ANGLAIS LV1", "THEATRE")


def test_an_art_is_a_specialite_while_one_is_missing():
    found = sort_subjects("terminale", "Générale", (), ("ARTS PLASTIQUES", "HUMAN.LITTER.PHILO."))
    assert set(found.specialites) == {"mat706", "mat1067"}
    assert found.options == ()
    premiere = sort_subjects("premiere", "Générale", (), ("MATHS", "SVT", "THEATRE", "LCA LATIN"))
    assert premiere.specialites == ("mat700", "mat702", "mat709")
    assert premiere.options == ("LCA LATIN",)


def test_seconde_has_options_only():
    found = sort_subjects("seconde", "", ("SES",), ("LATIN, ANGLAIS LV1",))
    assert (found.specialites, found.options) == ((), ("SES", "LATIN", "ANGLAIS LV1"))


def test_the_bac_is_told_by_the_subjects_only_when_one_fits():
    assert sort_subjects("", "", (), ("HIST.GEO.GEOPOL.S.P.", "ANGLAIS LV1")).bac == "Générale"
    assert sort_subjects("", "", ("mercatique",), ()).bac == "STMG"
    assert sort_subjects("", "", ("maths ses",), ()).specialites == ("mat700", "mat703")
    assert sort_subjects("", "", (), ("MATHEMATIQUES", "PHYSIQUE-CHIMIE")).bac == ""
    assert sort_subjects("", "", ("physique chimie et mathematiques",), ()).bac == ""


def test_labels_of_a_cell():
    assert split_labels("MATEX, LCALA;THEAT") == ("MATEX", "LCALA", "THEAT")
    text = "HUMANITES, LITTERATURE ET PHILOSOPHIE, HISTOIRE-GEOGRAPHIE, GEOPOLITIQUE ET SCIENCES POLITIQUES, LCALA"
    assert len(split_labels(text, "Générale")) == 3


def test_every_name_of_the_table_is_folded_and_found():
    for bac, names in PAR_BAC.items():
        for name, mat in names.items():
            assert fold(name) == name
            assert read_label(name, bac) == mat, (bac, name)
    assert all(fold(name) == name for name in AUTRES)


@given(
    st.lists(st.text(max_size=30), max_size=4),
    st.lists(st.text(max_size=30), max_size=4),
    st.sampled_from(["", *PAR_BAC]),
)
def test_any_text_is_sorted_without_failing(said: list[str], options: list[str], bac: str):
    found = sort_subjects("terminale", bac, said, options)
    assert set(found.specialites) <= set(PAR_BAC.get(found.bac, {}).values())

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.importers.classes import (
    Cursus,
    class_names_in,
    read_classe,
    read_formation,
    read_mef,
    read_niveau,
    told_by_classe,
)


@pytest.mark.parametrize(
    ("name", "niveau", "bac", "clear"),
    [
        ("TG1", "terminale", "Générale", True), ("T G 1", "terminale", "Générale", True),
        ("1G2", "premiere", "Générale", True), ("1ère G 2", "premiere", "Générale", True),
        ("TSTMG1", "terminale", "STMG", True), ("TSTMG 1", "terminale", "STMG", True),
        ("Tle STMG 3", "terminale", "STMG", True), ("TMG2", "terminale", "STMG", True),
        ("TST2S", "terminale", "ST2S", True), ("1STI2D-1", "premiere", "STI2D", True),
        ("TSTL", "terminale", "STL", True),
        ("TSTD2A", "terminale", "STD2A", True), ("2GT4", "seconde", "", True), ("2nde 5", "seconde", "", True),
        ("Terminale 3", "terminale", "", True), ("T3", "terminale", "", False), ("204", "seconde", "", False),
        ("1A", "premiere", "", False), ("T°5", "terminale", "", False),
    ],
)  # fmt: skip
def test_class_names(name: str, niveau: str, bac: str, clear: bool):
    assert read_classe(name) == Cursus(niveau, bac, clair=clear)


@pytest.mark.parametrize(
    "text", ["", "T", "TG1 bis", "total", "BIDON Zoé", "ULIS", "6eme B", "Paramètres", "cp1252", "Feuil1"]
)
def test_what_is_no_class_name(text: str):
    assert read_classe(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("eleves_TG1_cp1252", ("TG1",)),
        ("moyennes_T1_TSTMG1_deux_lignes", ("TSTMG1",)),
        ("Classe TG1 – préparation du conseil", ("TG1",)),
        ("Liste de classe TG1 — année scolaire 2026-2027", ("TG1",)),
        ("TG1 et TG2", ("TG1", "TG2")),
        ("tg1 TG1", ("tg1",)),
        ("export du 12/11", ()),
        ("conseil T1", ()),
        ("Classe : T G3", ("T G3",)),
        ("Classe : 203", ("203",)),
        ("Liste de la Terminale STMG 2", ("Terminale STMG 2",)),
        ("moyennes_T1_T-G6", ("T-G6",)),
        ("liste_1re_G_4", ("1re G 4",)),
        ("TG2 / TG 2", ("TG2",)),
        ("Classe TG 31 élèves", ("TG",)),
        ("Classe : à préciser", ()),
    ],
)
def test_clear_names_inside_a_text(text: str, names: tuple[str, ...]):
    assert class_names_in(text) == names


@pytest.mark.parametrize(
    ("name", "niveau", "bac"),
    [
        ("TG1", "terminale", "Générale"), ("TG1 EURO", "terminale", "Générale"), ("TSTMG-MERC", "terminale", "STMG"),
        ("TGE1", "terminale", "Générale"), ("1STMGA2", "premiere", "STMG"), ("TGSPE2", "terminale", "Générale"),
        ("1 G 3 bilingue", "premiere", "Générale"), ("TPRO", "", ""), ("ULIS", "", ""), ("", "", ""),
        ("GYMNASTES", "", ""), ("TAGADA", "", ""),
    ],
)  # fmt: skip
def test_what_the_name_of_a_class_tells_whatever_follows(name: str, niveau: str, bac: str):
    told = told_by_classe(name)
    assert (told.niveau, told.bac) == (niveau, bac)


@pytest.mark.parametrize(
    ("label", "niveau", "bac"),
    [
        ("TERMINALE GENERALE", "terminale", "Générale"),
        ("PREMIERE GENERALE", "premiere", "Générale"),
        ("T-STMG MERCATIQUE (MARKETING)", "terminale", "STMG"),
        ("1-STMG SC. & TECHNO. MANAGEMENT GESTION", "premiere", "STMG"),
        ("T-ST2S SC. & TECHNO. SANTE & SOCIAL", "terminale", "ST2S"),
        ("2DE DETERMINATION", "seconde", ""),
        ("SECONDE GENERALE ET TECHNOLOGIQUE", "seconde", ""),
        ("TERMINALE GENERALE ET TECHNOLOGIQUE", "terminale", ""),
        ("BCG", "", "Générale"),
        ("Générale", "", "Générale"),
        ("G", "", "Générale"),
        ("TERMINALE PROFESSIONNELLE", "terminale", "P"),
        ("Sciences et technologies du management et de la gestion", "", "STMG"),
        ("Terminale sciences et technologies de la santé et du social", "terminale", "ST2S"),
        ("Licence - Droit", "", ""),
        ("", "", ""),
    ],
)
def test_formation_labels(label: str, niveau: str, bac: str):
    assert read_formation(label) == Cursus(niveau, bac)


def test_niveau():
    assert [read_niveau(text) for text in ("TERMINALE", "1ERE", "2nde", "", "CAP")] == [
        "terminale", "premiere", "seconde", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("20210019110", Cursus("terminale", "Générale")),
        ("20110019110", Cursus("premiere", "Générale")),
        ("20010019110", Cursus("seconde")),
        ("21231018110", Cursus("terminale", "STMG", "mat282")),
        ("21231017110", Cursus("terminale", "STMG", "mat887")),
        ("21131016110", Cursus("premiere", "STMG")),
        ("21233104110", Cursus("terminale", "ST2S")),
        ("21299999110", Cursus("terminale")),
        ("247", Cursus()),
        ("", Cursus()),
    ],
)
def test_mef_codes(code: str, expected: Cursus):
    assert read_mef(code) == expected


@given(st.text(max_size=40))
def test_readers_never_fail(text: str):
    read_classe(text)
    read_formation(text)
    read_mef(text)
    class_names_in(text)

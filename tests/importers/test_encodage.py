from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.importers.encodage import decode

ACCENTS = (
    "Élèves;Né(e) le;Prénom\r\nÉCHANTILLON Anaïs;03/11/2009;Noémie\r\nLE TESTEUR Œdipe;;François\r\n"
    "ÇAPOURRAIT Inès;;Maëlys\r\nZÉRO Aloïs;;Théo — d’été\r\n"
)


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_accents_survive_every_encoding(codec: str, expected: str):
    read = decode(ACCENTS.encode(codec))
    assert (read.texte, read.encodage, read.doute) == (ACCENTS, expected, "")


@pytest.mark.parametrize("codec", ["iso8859_15", "cp850"])
def test_siecle_and_dos_files(codec: str):
    text = "NOM;PRÉNOM\nÉCHANTILLON;Anaïs\nD'ESSAI;Noémie\nLE TESTEUR;François-Régis\n"
    if codec == "iso8859_15":
        text += "LE FAUX;Œdipe\n"
    read = decode(text.encode(codec))
    assert (read.texte, read.encodage) == (text, codec)


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("name", ["Zoé", "ÉCHANTILLON", "Noël", "François", "Inès", "MODÈLE", "été"])
def test_one_accent_is_enough(codec: str, name: str):
    assert decode(f"Nom\n{name}\n".encode(codec)).texte == f"Nom\n{name}\n"


def test_double_encoding_is_repaired_and_said():
    twice = "Nom;Prénom\nBIDON;Zoé\n".encode().decode("cp1252").encode()
    read = decode(twice)
    assert read.texte == "Nom;Prénom\nBIDON;Zoé\n"
    assert "rétablis" in read.doute


def test_a_real_tilde_is_not_taken_for_a_double_encoding():
    text = "Nom\nJOÃO-TEST\nZoé\nÃ© et Noël €\u0394"
    assert decode(text.encode()).texte == text


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8():
    read = decode(ACCENTS.encode() + "é".encode()[:1])
    assert read.encodage == "utf-8"
    assert read.texte.startswith(ACCENTS)
    assert "abîmés" in read.doute


def test_bytes_that_are_no_french_are_said_to_be_doubtful():
    assert "n’est pas certain" in decode(bytes([0x81, 0x8D, 0x20, 0xA1, 0xBF, 0xD7])).doute


def test_broken_utf16_is_said():
    assert "abîmés" in decode(b"\xff\xfea\x00b").doute


@given(st.binary(max_size=300))
def test_never_fails(data: bytes):
    read = decode(data)
    assert isinstance(read.texte, str)
    "".encode(read.encodage)


@given(
    st.text(st.characters(codec="utf-8"), max_size=200).filter(lambda text: "Ã" not in text and text[:1] != "\ufeff")
)
def test_any_utf8_text_comes_back(text: str):
    assert decode(text.encode()).texte == text


def test_lines_of_two_encodings_are_each_read_in_theirs():
    data = "Nom;Prénom\nBIDON;Zoé\n".encode() + "MODÈLE;Noël\n".encode("cp1252") + "ÉCHANT;Anaïs\n".encode()
    read = decode(data)
    assert read.texte.split("\n")[2:4] == ["MODÈLE;Noël", "ÉCHANT;Anaïs"]
    assert "mélange" in read.doute


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(codec: str):
    read = decode("Nom;Prénom\nBIDON;Zoé\n".encode(codec))
    assert (read.texte, read.encodage) == ("Nom;Prénom\nBIDON;Zoé\n", codec)

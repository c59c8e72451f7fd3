from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers import siecle
from mps_desktop.importers.lot import read_roster, read_rosters
from tests.importers.siecle_factice import NOMENCLATURE, eleve, eleves_xml, option, structure, zipped

ELEVES = eleves_xml(
    [
        eleve(1, "BIDON"),
        eleve(2, "MODÈLE", mef="21231018110"),
        eleve(3, "PARTI", extra="<DATE_SORTIE>01/10/2026</DATE_SORTIE>"),
        eleve(4, "NULLEPART"),
        eleve(5, "FAUX-NOM", extra="<NOM_USAGE>VRAI-FAUX</NOM_USAGE>"),
    ],
    [
        option(1, "030201", "061300", "062300"),
        option(1, "090100", modalite="F"),
        option(2, "030201"),
        option(5, "0613LX", "050700"),
    ],
    [structure(1, "TG1"), structure(1, "TGMATHS", "G"), structure(2, "TSTMG1"), structure(3, "TG1"),
     structure(5, "_G1", "G"), structure(5, "T G 2")],
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ElevesSansAdresses.xml").write_bytes(ELEVES)
    (tmp_path / "Nomenclature.xml").write_bytes(NOMENCLATURE.encode("iso8859-15"))
    return tmp_path


def test_the_student_file_alone(folder: Path):
    reading = read_roster(folder / "ElevesSansAdresses.xml")
    assert [(row.nom, row.classe, row.bac, row.specialites) for row in reading.rows] == [
        ("BIDON", "TG1", "Générale", ("mat700", "mat701")),
        ("MODÈLE", "TSTMG1", "STMG", ("mat282",)),
        ("VRAI-FAUX", "T G 2", "Générale", ("mat703",)),
    ]
    assert [(row.langues, row.options) for row in reading.rows] == [
        (("ANGLAIS LV1",), ("ARTS PLASTIQUES",)), (("ANGLAIS LV1",), ()), ((), ("0613LX",)),
    ]  # fmt: skip
    assert [rejet.raison.split("\u202f")[0] for rejet in reading.rejets] == [
        "Élève sorti de l’établissement.", "Élève sans classe dans SIECLE",
    ]  # fmt: skip
    assert any("0613LX" in warning and "Nomenclature" in warning for warning in reading.avertissements)


def test_the_nomenclature_of_the_school_names_its_local_subjects(folder: Path):
    (reading,) = read_rosters([folder / "Nomenclature.xml", folder / "ElevesSansAdresses.xml"])
    assert set(reading.rows[2].specialites) == {"mat700", "mat703"}
    assert not any("Matières sans libellé" in warning for warning in reading.avertissements)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8", "utf-8-sig", "cp1252", "iso8859-15"])
@pytest.mark.parametrize("declared", ["ISO-8859-15", "UTF-8", "right"])
def test_the_bytes_win_over_a_wrong_declaration(tmp_path: Path, codec: str, declared: str):
    """Files opened in an editor and saved again keep their declaration, not their encoding."""
    names = {"cp1252": "windows-1252", "iso8859-15": "iso-8859-15", "utf-8-sig": "utf-8"}
    told = names.get(codec, codec) if declared == "right" or codec == "utf-16" else declared
    text = ELEVES.decode("iso8859-15").replace('"ISO-8859-15"', f'"{told}"')
    (tmp_path / "eleves.xml").write_bytes(text.encode(codec))
    (tmp_path / "eleves.zip").write_bytes(zipped(ElevesSansAdresses_xml=text.encode(codec)))
    for name in ("eleves.xml", "eleves.zip"):
        reading = read_roster(tmp_path / name)
        assert [(row.nom, row.prenom) for row in reading.rows][:2] == [("BIDON", "Zoé"), ("MODÈLE", "Zoé")]


def test_a_facultative_art_is_never_a_specialite(folder: Path):
    assert "mat706" not in read_roster(folder / "ElevesSansAdresses.xml").rows[0].specialites


def test_nothing_private_leaves_the_parser(folder: Path):
    assert "SECRET" not in repr(read_roster(folder / "ElevesSansAdresses.xml"))
    tags = set(read_roster(folder / "ElevesSansAdresses.xml").non_lu)
    assert {"TEL_PERSONNEL", "CODE_PAYS_NAT", "ADRESSES", "BOURSES"} <= tags


def test_one_zip_with_the_whole_set_zips_inside_included(tmp_path: Path):
    archive = tmp_path / "siecle.zip"
    inner = zipped(Nomenclature_xml=NOMENCLATURE.encode("iso8859-15"))
    archive.write_bytes(zipped(ElevesSansAdresses_xml=ELEVES, ExportXML_Nomenclature_zip=inner))
    (reading,) = read_rosters([archive])
    assert len(reading.rows) == 3
    assert set(reading.rows[2].specialites) == {"mat700", "mat703"}


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("Nomenclature.xml", NOMENCLATURE.encode("iso8859-15"), "ne contient pas d’élèves"),
        ("Resp.xml", b"<BEE_RESPONSABLES VERSION='3'><P/></BEE_RESPONSABLES>", "ne lit jamais"),
        ("coupe.xml", ELEVES[: len(ELEVES) // 2], "mal formé, à la ligne"),
        ("faute.xml", ELEVES.replace(b"</NOM_DE_FAMILLE>", b"</NOM>", 1), "mal formé, à la ligne 2"),
        ("strictures.xml", ELEVES.replace(b"<STRUCTURES_ELEVE", b"<STRICTURES_ELEVE", 1), "mal formé"),
        ("autre.zip", zipped(autre_xml=b"<AUTRE/>"), "ne contient aucun export"),
        ("vide.xml", eleves_xml([]), "Aucun"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, data: bytes, what: str):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(EnvironmentFault, match=what):
        read_roster(tmp_path / name)


def test_entities_are_refused_before_they_grow(tmp_path: Path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY a{n} "{"&a;" * 10 if n == 1 else f"&a{n - 1};" * 10}">'.encode() for n in range(1, 12)
    )
    external = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">'
    for head in (bomb, external):
        (tmp_path / "bombe.xml").write_bytes(head + b"]><BEE_ELEVES><NOM>&a11;&a;</NOM></BEE_ELEVES>")
        with pytest.raises(EnvironmentFault, match="entités XML"):
            read_roster(tmp_path / "bombe.xml")


def test_an_archive_that_unpacks_too_big_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(siecle, "MAX_UNPACKED", 10_000)
    (tmp_path / "gros.zip").write_bytes(zipped(ElevesSansAdresses_xml=b"<BEE_ELEVES>" + b" " * 20_000))
    with pytest.raises(EnvironmentFault, match="taille permise"):
        read_roster(tmp_path / "gros.zip")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=20), st.booleans())
def test_a_damaged_export_is_read_or_refused_never_anything_else(
    tmp_path: Path, place: float, removed: int, added: bytes, packed: bool
):
    data = bytearray(zipped(ElevesSansAdresses_xml=ELEVES) if packed else ELEVES)
    at = int(place * len(data))
    data[at : at + removed] = added
    (tmp_path / "export").write_bytes(bytes(data))
    try:
        reading = read_roster(tmp_path / "export")
    except EnvironmentFault as exc:
        fault = exc
    else:
        assert all(row.nom and row.prenom for row in reading.rows)
        return
    assert fault.message.endswith(".")

from __future__ import annotations

import io
import zipfile

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.nature import Nature, recognise
from tests.importers.conftest import ods_archive, ods_bytes, xlsx_bytes


def zip_of(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "est vide"),
        (b"\xef\xbb\xbf \r\n", "est vide"),
        (b"%PDF-1.7\n%\xe2\xe3", "un PDF"),
        (b"junk before %PDF-1.4", "un PDF"),
        (b"\x89PNG\r\n\x1a\n0000", "une image"),
        (b"\xff\xd8\xff\xe0abcd", "une image"),
        (b"\x00\x00\x00\x18ftypheic", "une image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "une image"),
        (b"7z\xbc\xaf'\x1c", "une archive"),
        (b"\x1f\x8b\x08\x00", "une archive"),
        (b"{\\rtf1 bonjour}", "traitement de texte"),
        (b"SQLite format 3\x00", "une base de données"),
        (b"MZ\x90\x00\x03", "un programme"),
        (zip_of(lettre_dot_txt="bonjour"), "une archive"),
        (zip_of(word__document_dot_xml="<w/>"), "traitement de texte"),
        (zip_of(ppt__presentation_dot_xml="<p/>"), "bureautique"),
        (zip_of(mimetype="application/vnd.oasis.opendocument.text"), "traitement de texte"),
        (zip_of(mimetype="application/vnd.oasis.opendocument.presentation"), "bureautique"),
        (xlsx_bytes({"A": [["Nom"]]})[:200], "incomplet ou abîmé"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (OLE + "WordDocument".encode("utf-16-le"), "bureautique"),
        (ods_archive("", "<manifest:encryption-data/>"), "mot de passe"),
        (OLE, "incomplet ou abîmé"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "page web"),
        (b'{"format": "mps-bureau-profils/1", "eleves": []}', "profils"),
        (bytes(range(256)) * 4, "ni un texte ni un tableur"),
    ],
)
def test_what_cannot_be_a_roster_is_refused_with_what_to_do(data: bytes, what: str):
    with pytest.raises(EnvironmentFault) as caught:
        recognise(data, "liste.csv")
    assert what in caught.value.message
    assert "liste.csv" in caught.value.message
    assert caught.value.remede.endswith(".")


@pytest.mark.parametrize(
    ("data", "nature"),
    [
        (b"Nom;Pr\xe9nom\n", Nature.TEXTE),
        ("Nom\tPrénom\n".encode("utf-16"), Nature.TEXTE),
        (xlsx_bytes({"A": [["Nom"]]}), Nature.TABLEUR),
        (ods_bytes("A", [["Nom"]]), Nature.TABLEUR),
        (OLE + "Workbook".encode("utf-16-le"), Nature.TABLEUR),
        (b'<?xml version="1.0"?><TABLE nom="Eleves"><Eleves numero="2">', Nature.XML_PRONOTE),
    ],
)
def test_what_can_be_read(data: bytes, nature: Nature):
    assert recognise(data, "sans extension") is nature

"""What a file really is, by its first bytes: the extension is only what somebody called it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from enum import Enum

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.importers.encodage import bare_utf16, xml_head

ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError, LookupError,
)  # fmt: skip
"""What a damaged zip archive can raise, encrypted and unsupported ones included."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b")
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a")
_UTF16_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

_USE_LIST = "Donnez la liste de la classe exportée de PRONOTE ou d’École Directe (CSV) ou un tableur (xlsx, xls, ods)."
_SAVE_AS = "Ouvrez-le avec votre tableur, enregistrez-le au format xlsx ou CSV, puis donnez ce nouveau fichier."


class Nature(Enum):
    """Kinds of files that can hold a roster."""

    TEXTE = "texte"
    TABLEUR = "tableur"
    XML_PRONOTE = "xml"
    XML_SIECLE = "xml de SIECLE"


def recognise(data: bytes, name: str) -> Nature:
    """Tell how to read a file, or why it cannot be a roster.

    Args:
        data: the whole file.
        name: its name, for the message.

    Raises:
        EnvironmentFault: empty, or not a text table nor a spreadsheet, with what to do instead.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EnvironmentFault(
            f"Le fichier « {name} » est vide.", "Exportez de nouveau la liste, puis donnez le nouveau fichier."
        )
    if data.startswith(b"PK"):
        return _inside_zip(data, name)
    if data.startswith(_OLE):
        return _inside_ole(data, name)
    refusal = _refusal(data)
    if refusal is not None:
        what, remede = refusal
        raise EnvironmentFault(f"Le fichier « {name} » est {what}, pas une liste d’élèves.", remede)
    start = xml_head(data)
    if b"<Eleves" in start:
        return Nature.XML_PRONOTE
    if b"<BEE_" in start:
        return Nature.XML_SIECLE
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if head.startswith((b"<?xml", b"<!doctype", b"<html", b"<table")):
        raise EnvironmentFault(
            f"Le fichier « {name} » est une page web ou un fichier XML, pas une liste lisible.", _SAVE_AS
        )
    if head.startswith(b"{") and b"mps-bureau-profils" in head:
        raise EnvironmentFault(
            f"Le fichier « {name} » contient des profils d’élèves, pas une liste de classe.",
            "Importez d’abord la liste de la classe, puis ce fichier de profils.",
        )
    if not data.startswith(_UTF16_32) and not bare_utf16(data) and _binary_share(data[:65_536]) > 0.02:
        raise EnvironmentFault(f"Le fichier « {name} » n’est ni un texte ni un tableur.", _USE_LIST)
    return Nature.TEXTE


def damaged(name: str) -> EnvironmentFault:
    """The error to raise for a spreadsheet that cannot be opened."""
    return EnvironmentFault(
        f"Le tableur « {name} » est incomplet ou abîmé{NNBSP}: il ne s’ouvre pas.",
        "Téléchargez-le ou exportez-le de nouveau, ou ouvrez-le avec votre tableur et enregistrez-en une copie.",
    )


def protected(name: str) -> EnvironmentFault:
    """The error to raise for a spreadsheet with a password."""
    return EnvironmentFault(
        f"Le tableur « {name} » est protégé par un mot de passe.",
        "Ouvrez-le avec votre tableur, enregistrez-en une copie sans mot de passe, puis donnez cette copie.",
    )


def _refusal(data: bytes) -> tuple[str, str] | None:
    """(What it is, what to do) of a file that is recognised and cannot be a roster."""
    if b"%PDF-" in data[:1024]:
        return "un PDF", f"Un PDF ne se relit pas sûrement. {_USE_LIST}"
    if data.startswith(_IMAGES) or data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "une image", _USE_LIST
    if data.startswith(_ARCHIVES):
        return "une archive compressée", "Décompressez-la, puis donnez la liste qu’elle contient."
    if data.startswith(b"{\\rtf"):
        return "un document de traitement de texte", _USE_LIST
    if data.startswith(b"SQLite format 3"):
        return "une base de données", _USE_LIST
    if data.startswith((b"MZ\x90", b"\x7fELF")):
        return "un programme", _USE_LIST
    return None


def _inside_zip(data: bytes, name: str) -> Nature:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
            manifest = archive.read("META-INF/manifest.xml") if kind and "META-INF/manifest.xml" in names else b""
    except ZIP_ERRORS as exc:
        raise damaged(name) from exc
    if b"encryption-data" in manifest:
        raise protected(name)
    if "xl/workbook.bin" in names:
        raise EnvironmentFault(f"Le programme ne lit pas le format xlsb du fichier « {name} ».", _SAVE_AS)
    if "xl/workbook.xml" in names or b"opendocument.spreadsheet" in kind:
        return Nature.TABLEUR
    if "word/document.xml" in names or b"opendocument.text" in kind:
        raise EnvironmentFault(
            f"Le fichier « {name} » est un document de traitement de texte, pas une liste d’élèves.",
            "Copiez le tableau dans un tableur, enregistrez-le en xlsx, puis donnez ce fichier.",
        )
    if "ppt/presentation.xml" in names or b"opendocument" in kind:
        raise EnvironmentFault(f"Le fichier « {name} » est un document bureautique, pas une liste d’élèves.", _USE_LIST)
    if names and all(member.lower().endswith((".xml", ".zip", "/")) for member in names):
        return Nature.XML_SIECLE
    raise EnvironmentFault(
        f"Le fichier « {name} » est une archive compressée, pas une liste d’élèves.",
        "Décompressez-la, puis donnez la liste qu’elle contient.",
    )


def _inside_ole(data: bytes, name: str) -> Nature:
    """Old Office container: an xls, or an encrypted xlsx, or another document."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise protected(name)
    if holds("Workbook") or holds("Book"):
        return Nature.TABLEUR
    if holds("WordDocument") or holds("PowerPoint Document"):
        raise EnvironmentFault(f"Le fichier « {name} » est un document bureautique, pas une liste d’élèves.", _USE_LIST)
    raise damaged(name)


def _binary_share(data: bytes) -> float:
    """Share of bytes that no text file holds."""
    odd = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in data)
    return odd / len(data)

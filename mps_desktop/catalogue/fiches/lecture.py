"""Open an official file whatever its name: zip or bare, XML or JSON, read in a stream and within limits."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from mps_desktop.core.errors import EnvironmentFault

MAX_FILE = 200 * 1024 * 1024
"""Bytes of the file itself; the real archives hold 1 to 3 MB."""
MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes of one member once unpacked; the real ones hold 4 to 15 MB."""
MAX_JSON = 80 * 1024 * 1024
MAX_MEMBERS = 64
MAX_DEPTH = 24
_CHUNK = 1 << 18
_HEAD = 4096
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class Membre:
    """One readable part of an official file.

    Attributes:
        genre: ``xml`` or ``json``, by its first characters.
        jour: date of the data, ISO.
    """

    fichier: str
    genre: str
    jour: str
    open: Callable[[], Any]


class _Bounded:
    """A binary stream that refuses to give more than it should: what an archive declares is not believed."""

    def __init__(self, stream: IO[bytes], limit: int, name: str) -> None:
        self._stream, self._left, self._name = stream, limit, name

    def read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except _ZIP_ERRORS as exc:
            raise damaged(self._name) from exc
        self._left -= len(data)
        if self._left < 0:
            raise too_big(self._name)
        return data


@contextmanager
def open_members(path: Path) -> Generator[tuple[list[Membre], str]]:
    """Readable members of a file and its SHA-256; valid inside the block only.

    Raises:
        EnvironmentFault: absent, too big, damaged, or nothing readable inside.
    """
    name = path.name
    try:
        if not path.is_file():
            raise EnvironmentFault(
                f"Le fichier « {name} » est introuvable.", "Vérifiez son emplacement, ou choisissez-en un autre."
            )
        if path.stat().st_size > MAX_FILE:
            raise too_big(name)
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        modified = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except OSError as exc:
        raise EnvironmentFault(
            f"Le fichier « {name} » ne peut pas être lu ({exc.strerror or exc}).", "Vérifiez vos droits sur ce fichier."
        ) from exc
    with path.open("rb") as file:
        looks_zip = file.read(2) == b"PK"
    if not looks_zip:
        member = _member(name, modified.isoformat(), lambda: path.open("rb"))
        yield ([member] if member is not None else []), digest.hexdigest()
        return
    try:
        archive = zipfile.ZipFile(path)
    except _ZIP_ERRORS as exc:
        raise damaged(name) from exc
    with archive:
        yield _members_of(archive, name), digest.hexdigest()


def _members_of(archive: zipfile.ZipFile, name: str) -> list[Membre]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise EnvironmentFault(
            f"L’archive « {name} » contient {len(infos)} fichiers : ce n’est pas un fichier officiel.", _QUELS_FICHIERS
        )
    found: list[Membre] = []
    for info in infos:
        if info.flag_bits & 1:
            raise EnvironmentFault(
                f"L’archive « {name} » est protégée par un mot de passe.", "Décompressez-la, puis réessayez."
            )
        member = _member(name, _day(info), lambda info=info: archive.open(info))
        if member is not None:
            found.append(member)
    return found


def _member(name: str, jour: str, opener: Callable[[], IO[bytes]]) -> Membre | None:
    try:
        with opener() as stream:
            head = _Bounded(stream, MAX_UNPACKED, name).read(_HEAD)
    except _ZIP_ERRORS as exc:
        raise damaged(name) from exc
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    genre = "xml" if text.startswith("<") else "json" if text.startswith("{") else ""
    return Membre(name, genre, jour, opener) if genre else None


def _day(info: zipfile.ZipInfo) -> str:
    try:
        return date(*info.date_time[:3]).isoformat()
    except ValueError:
        return ""


class _Tree:
    """Builds the children of the root one at a time; an entity or a DTD is refused, never expanded."""

    def __init__(self, name: str) -> None:
        self.root = ""
        self.ready: list[Element] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._name = name
        self._depth = 0
        self._builder = TreeBuilder()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise damaged(self._name)
        if self._depth == 1:
            self.root = tag
            return
        if self._depth == 2:
            self._builder = TreeBuilder()
        self._builder.start(tag, attributes)

    def _data(self, text: str) -> None:
        if self._depth > 1:
            self._builder.data(text)

    def _end(self, tag: str) -> None:
        if self._depth > 1:
            self._builder.end(tag)
        if self._depth == 2:
            self.ready.append(self._builder.close())
        self._depth -= 1

    def _refuse(self, *_declaration: object) -> None:
        raise damaged(self._name)


def read_xml(member: Membre) -> Iterator[tuple[str, Element]]:
    """(root tag, child) of an XML member, one at a time; first comes (root tag, an empty element).

    Raises:
        EnvironmentFault: not well-formed, cut short, beyond the limits, or with entities.
    """
    tree = _Tree(member.fichier)
    told = False
    with member.open() as raw:
        stream = _Bounded(raw, MAX_UNPACKED, member.fichier)
        try:
            while chunk := stream.read(_CHUNK):
                tree.parser.Parse(chunk, False)
                if tree.root and not told:
                    told = True
                    yield tree.root, Element(tree.root)
                ready, tree.ready = tree.ready, []
                for element in ready:
                    yield tree.root, element
            tree.parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as exc:
            raise damaged(member.fichier) from exc
    for element in tree.ready:
        yield tree.root, element


def read_json(member: Membre) -> dict[str, Any]:
    """The object of a JSON member.

    Raises:
        EnvironmentFault: too big, not JSON, not an object.
    """
    parts: list[bytes] = []
    with member.open() as raw:
        stream = _Bounded(raw, MAX_JSON, member.fichier)
        while chunk := stream.read(_CHUNK):
            parts.append(chunk)
    try:
        read = json.loads(b"".join(parts).decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        raise damaged(member.fichier) from exc
    if not isinstance(read, dict):
        raise unknown(member.fichier)
    return cast("dict[str, Any]", read)


_QUELS_FICHIERS = (
    "Sont attendus les archives Idéo-fiches formations et Idéo-fiches métiers de l’Onisep (zip contenant un XML), "
    "ou les données de MonProjetSup (zip contenant un JSON)."
)


def damaged(name: str) -> EnvironmentFault:
    """The error for a file that is cut short, mal-formed or booby-trapped."""
    return EnvironmentFault(
        f"Le fichier « {name} » est abîmé ou incomplet : rien n’en a été gardé.",
        "Téléchargez-le de nouveau ; les fiches déjà installées restent telles quelles.",
    )


def too_big(name: str) -> EnvironmentFault:
    """The error for a file beyond the limits."""
    return EnvironmentFault(
        f"Le fichier « {name} » est beaucoup trop gros pour être un fichier officiel : il n’a pas été lu.",
        "Vérifiez d’où il vient ; les fiches déjà installées restent telles quelles.",
    )


def unknown(name: str) -> EnvironmentFault:
    """The error for a file that is none of those expected."""
    return EnvironmentFault(
        f"Le fichier « {name} » n’est pas un fichier de fiches reconnu : rien n’a changé.", _QUELS_FICHIERS
    )

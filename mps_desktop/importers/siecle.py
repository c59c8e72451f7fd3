"""The XML export set of SIECLE / Base élèves, zipped or not: student file, nomenclature, structures.

Only the whitelist leaves the parser: what a tag outside it holds is never kept, not even in memory. Source of the tag
names: ministry specification "SIECLE-SFD-Exportations-XML", version 17.4 (2017).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.importers.encodage import xml_codec, xml_head
from mps_desktop.importers.feuille import MAX_ROWS, Feuille, Ligne, Tableau, clean, too_big, too_many_rows
from mps_desktop.importers.libelles import MATIERES_NATIONALES
from mps_desktop.importers.nature import ZIP_ERRORS, damaged

MAX_UNPACKED = 60 * 1024 * 1024
"""Most bytes of XML read from one archive: a lycée of 3,000 students with addresses needs about 10 MB."""
_MAX_MEMBERS = 60
_MAX_OPTIONS = 24
_CHUNK = 1 << 16

_ROOTS = {
    "BEE_ELEVES": "eleves", "BEE_EPHC_ELEVES": "eleves", "BEE_NOMENCLATURES": "nomenclature",
    "BEE_NOMENCLATURE": "nomenclature", "BEE_STRUCTURES": "structures", "BEE_COMMUN": "commun",
    "BEE_COMMUNS": "commun", "BEE_RESPONSABLES": "responsables", "BEE_GEOGRAPHIQUE": "geographique",
    "BEE_ETABLISSEMENTS": "etablissements", "BEE_ETABLISSEMENTS_ELEVES": "etablissements",
}  # fmt: skip
_READ = {
    "ID_NATIONAL": "INE", "INE_RNIE": "INE", "NOM_DE_FAMILLE": "Nom de famille", "NOM": "Nom de famille",
    "NOM_USAGE": "Nom d’usage", "PRENOM": "Prénom", "DATE_NAISS": "Date de naissance", "CODE_SEXE": "Sexe",
    "CODE_MEF": "Code MEF", "DATE_SORTIE": "Date sortie",
}  # fmt: skip
"""Tags of a student that are read -> title of the column that they fill."""
_LEFT_OUT = (["ADRESSES"], ["BOURSES"], ["RESPONSABLES"])
"""Whole sections that stay in the file."""
_TITLES = (
    "INE", "Nom de famille", "Nom d’usage", "Prénom", "Date de naissance", "Sexe", "Code MEF", "Lib. MEF", "Division",
    "Date sortie",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One XML file of the set.

    Attributes:
        nom: its name, with that of the archive around it.
        genre: what its root says: ``eleves``, ``nomenclature``, ``structures``…, or ``inconnu``.
        data: the whole file.
    """

    nom: str
    genre: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """What codes mean in this school.

    Attributes:
        matieres: 6-character code -> short label.
        mefs: MEF code -> long label.
    """

    matieres: Mapping[str, str] = field(default_factory=dict[str, str])
    mefs: Mapping[str, str] = field(default_factory=dict[str, str])


def open_pieces(data: bytes, name: str) -> tuple[Piece, ...]:
    """XML files of SIECLE in a file: itself, or the members of a zip (zips inside a zip included, once).

    Raises:
        EnvironmentFault: damaged archive, or beyond the limits.
    """
    if not data.startswith(b"PK"):
        return (Piece(name, kind_of(data), data),)
    return tuple(_members(data, name, depth=0))


def _members(data: bytes, name: str, depth: int) -> Iterable[Piece]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > _MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise too_big(name, "la taille permise une fois décompressé")
            for info in infos:
                lower = info.filename.lower()
                if lower.endswith(".xml"):
                    content = archive.read(info)
                    yield Piece(f"{name} › {info.filename}", kind_of(content), content)
                elif lower.endswith(".zip") and depth == 0:
                    yield from _members(archive.read(info), f"{name} › {info.filename}", depth + 1)
    except ZIP_ERRORS as exc:
        raise damaged(name) from exc


def kind_of(data: bytes) -> str:
    """What an XML file of SIECLE holds, by its root: see ``Piece.genre``."""
    head = xml_head(data)
    start = head.find(b"<BEE_")
    if start < 0:
        return "inconnu"
    end = min(at for mark in b"> \r\n\t/" if (at := head.find(bytes([mark]), start)) > 0 or (at := len(head)))
    return _ROOTS.get(head[start + 1 : end].decode("ascii", "replace"), "inconnu")


def read_nomenclature(pieces: Iterable[Piece]) -> Nomenclature:
    """Labels of the subjects and MEF of the nomenclatures of a set; later files complete the first.

    Raises:
        EnvironmentFault: a file is not well-formed.
    """
    matieres: dict[str, str] = {}
    mefs: dict[str, str] = {}
    for piece in pieces:
        if piece.genre != "nomenclature":
            continue
        reader = _Labels(piece.nom)
        reader.read(piece.data)
        matieres.update(reader.matieres)
        mefs.update(reader.mefs)
    return Nomenclature(matieres, mefs)


def read_eleves(piece: Piece, known: Nomenclature) -> Tableau:
    """Students of the student file, as a table that any roster is: one line per student, named columns.

    A subject that no nomenclature names keeps its national label, or its code.

    Raises:
        EnvironmentFault: not well-formed, or too many students.
    """
    reader = _Eleves(piece.nom)
    reader.read(piece.data)
    widths = {kind: max((len(e.options[kind]) for e in reader.eleves), default=0) for kind in ("O", "F")}
    titles = (
        *_TITLES,
        *(f"Option {rank}" for rank in range(1, widths["O"] + 1)),
        *(f"Option facultative {rank}" for rank in range(1, widths["F"] + 1)),
        *sorted(reader.ignored),
    )
    lignes = [Ligne(0, titles)]
    lignes += [Ligne(e.ligne, _cells(e, reader, known, widths)) for e in reader.eleves]
    return Tableau((Feuille("", tuple(lignes)),), reader.encodage, "", _warnings(reader, known))


def _cells(eleve: _Eleve, reader: _Eleves, known: Nomenclature, widths: Mapping[str, int]) -> tuple[str, ...]:
    fields = eleve.champs
    mef = fields.get("Code MEF", "")
    named = {
        **fields,
        "Lib. MEF": known.mefs.get(mef, ""),
        "Division": reader.divisions.get(eleve.identifiant, ""),
    }
    cells = [named.get(title, "") for title in _TITLES]
    for kind in ("O", "F"):
        labels = [_subject(code, known) for code in eleve.options[kind]]
        cells += labels + [""] * (widths[kind] - len(labels))
    return tuple(cells)


def _subject(code: str, known: Nomenclature) -> str:
    return known.matieres.get(code) or MATIERES_NATIONALES.get(code) or code


def _warnings(reader: _Eleves, known: Nomenclature) -> tuple[str, ...]:
    used = {code for eleve in reader.eleves for codes in eleve.options.values() for code in codes}
    unknown = sorted(code for code in used if _subject(code, known) == code)
    if not unknown:
        return ()
    shown = ", ".join(unknown[:6]) + (", …" if len(unknown) > 6 else "")
    return (
        f"Matières sans libellé{NNBSP}: {shown}. Donnez aussi le fichier Nomenclature de SIECLE (ExportXML_Nomenclature"
        f".zip), en même temps que celui des élèves.",
    )


class _Reader:
    """Streams one XML file through expat; entities are refused, text is kept for wanted tags only."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._text: list[str] = []
        self._parser = self._prepare(None)
        self.encodage = "utf-8"

    def _prepare(self, codec: str | None) -> expat.XMLParserType:
        """A parser; ``codec`` overrules the declaration of the file."""
        parser = expat.ParserCreate(codec)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._keep
        parser.EntityDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declared
        return parser

    def read(self, data: bytes) -> None:
        """Read the whole file.

        Raises:
            EnvironmentFault: not well-formed.
        """
        try:
            codec = xml_codec(data)
            if codec is not None:
                self._parser = self._prepare(codec)
                self._parser.XmlDeclHandler = None
                self.encodage = codec
            for start in range(0, len(data), _CHUNK):
                self._parser.Parse(data[start : start + _CHUNK], start + _CHUNK >= len(data))
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as exc:
            line = getattr(exc, "lineno", self._parser.CurrentLineNumber)
            raise EnvironmentFault(
                f"Le fichier « {self._name} » est incomplet ou mal formé, à la ligne {line}.",
                "Refaites l’export dans SIECLE et donnez le nouveau fichier, sans l’ouvrir entre-temps.",
            ) from exc

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encodage = (encoding or "utf-8").lower()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._text.clear()
        self.opened(tag, attributes)

    def _end(self, tag: str) -> None:
        self.closed(tag, clean("".join(self._text)))
        self._text.clear()
        self._path.pop()

    def _keep(self, text: str) -> None:
        if self.wanted(self._path[-1]):
            self._text.append(text)

    def _refuse(self, *_declaration: object) -> None:
        raise EnvironmentFault(
            f"Le fichier « {self._name} » déclare des entités XML, ce que SIECLE ne fait jamais{NNBSP}: il est refusé.",
            "Refaites l’export dans SIECLE.",
        )

    def wanted(self, tag: str) -> bool:
        """Whether the text of a tag is kept."""
        raise NotImplementedError

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        raise NotImplementedError

    def closed(self, tag: str, text: str) -> None:
        """A tag ends; its text is empty unless wanted."""
        raise NotImplementedError


class _Labels(_Reader):
    """Subjects and MEF of a nomenclature."""

    _COLUMNS: Mapping[str, tuple[str, str]] = {
        "MATIERE": ("CODE_MATIERE", "LIBELLE_COURT"),
        "MEF": ("CODE_MEF", "LIBELLE_LONG"),
    }

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.matieres: dict[str, str] = {}
        self.mefs: dict[str, str] = {}
        self._code = ""
        self._label = ""

    def wanted(self, tag: str) -> bool:
        return tag == self._label and bool(self._code)

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._COLUMNS:
            attribute, self._label = self._COLUMNS[tag]
            self._code = attributes.get(attribute, "").strip()

    def closed(self, tag: str, text: str) -> None:
        if tag in self._COLUMNS:
            self._code = ""
        elif text and self._code and self._path[-2] in self._COLUMNS:
            (self.matieres if self._path[-2] == "MATIERE" else self.mefs).setdefault(self._code, text)


@dataclass(slots=True)
class _Eleve:
    ligne: int
    identifiant: str
    champs: dict[str, str] = field(default_factory=dict[str, str])
    options: dict[str, list[str]] = field(default_factory=lambda: {"O": [], "F": []})


class _Eleves(_Reader):
    """Students, their options and their division.

    The specification warns that two names are swapped: OPTION is a student, OPTIONS_ELEVE one of his options; both
    may lack ELENOET, so that everything is joined on ELEVE_ID.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.eleves: list[_Eleve] = []
        self.divisions: dict[str, str] = {}
        self.ignored: set[str] = set()
        self._by_id: dict[str, _Eleve] = {}
        self._owner = ""
        self._item: dict[str, str] = {}
        self._starts: Mapping[str, Callable[[dict[str, str]], None]] = {
            "ELEVE": self._open_eleve,
            "OPTION": self._open_owner,
            "STRUCTURES_ELEVE": self._open_owner,
            "OPTIONS_ELEVE": self._open_item,
            "STRUCTURE": self._open_item,
        }

    def wanted(self, tag: str) -> bool:
        parent = self._path[-2] if len(self._path) > 1 else ""
        if parent == "ELEVE":
            return tag in _READ
        return parent in ("OPTIONS_ELEVE", "STRUCTURE") and tag in (
            "CODE_MODALITE_ELECT", "CODE_MATIERE", "CODE_STRUCTURE", "TYPE_STRUCTURE",
        )  # fmt: skip

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        start = self._starts.get(tag)
        if start is not None:
            start(attributes)
        elif (self._path[-2:-1] == ["ELEVE"] and tag not in _READ) or self._path[2:] in _LEFT_OUT:
            self.ignored.add(tag)

    def closed(self, tag: str, text: str) -> None:
        parent = self._path[-2] if len(self._path) > 1 else ""
        if parent == "ELEVE" and text and self.eleves:
            self.eleves[-1].champs.setdefault(_READ[tag], text)
        elif parent in ("OPTIONS_ELEVE", "STRUCTURE"):
            self._item[tag] = text
        elif tag == "OPTIONS_ELEVE":
            self._close_option()
        elif tag == "STRUCTURE" and self._item.get("TYPE_STRUCTURE", "D") == "D":
            self.divisions.setdefault(self._owner, self._item.get("CODE_STRUCTURE", ""))

    def _open_eleve(self, attributes: dict[str, str]) -> None:
        if len(self.eleves) >= MAX_ROWS:
            raise too_many_rows(self._name)
        identifier = attributes.get("ELEVE_ID", "")
        self.eleves.append(_Eleve(self._parser.CurrentLineNumber, identifier))
        self._by_id[identifier] = self.eleves[-1]

    def _open_owner(self, attributes: dict[str, str]) -> None:
        self._owner = attributes.get("ELEVE_ID", "")

    def _open_item(self, _attributes: dict[str, str]) -> None:
        self._item = {}

    def _close_option(self) -> None:
        eleve, code = self._by_id.get(self._owner), self._item.get("CODE_MATIERE", "")
        if eleve is None or not code:
            return
        kept = eleve.options["F" if self._item.get("CODE_MODALITE_ELECT") == "F" else "O"]
        if code not in kept and len(kept) < _MAX_OPTIONS:
            kept.append(code)

"""EXP_ELEVE.xml of EDT and PRONOTE: one flat element per student."""

from __future__ import annotations

from xml.parsers import expat

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP
from mps_desktop.importers.encodage import xml_codec
from mps_desktop.importers.feuille import (
    MAX_COLUMNS,
    MAX_ROWS,
    Feuille,
    Ligne,
    Tableau,
    clean,
    too_many_columns,
    too_many_rows,
)

_ELEVE = "Eleves"
_DEPTH_ELEVE = 2
_DEPTH_FIELD = 3


class _Reader:
    """Collects the fields of each student; a repeated field keeps its first value."""

    def __init__(self, name: str, codec: str | None) -> None:
        self.rows: list[tuple[int, dict[str, str]]] = []
        self._name = name
        self._depth = 0
        self._field = ""
        self._text: list[str] = []
        self._current: dict[str, str] | None = None
        self.parser = expat.ParserCreate(codec)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EntityDeclHandler = self._refuse
        self.parser.XmlDeclHandler = self._declared
        self.encodage = codec or "utf-8"
        self._forced = codec is not None

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._text.clear()
        if self._depth == _DEPTH_ELEVE and tag.startswith(_ELEVE):
            if len(self.rows) >= MAX_ROWS:
                raise too_many_rows(self._name)
            self._current = {}
            self.rows.append((self.parser.CurrentLineNumber, self._current))
        elif self._depth == _DEPTH_FIELD:
            self._field = tag

    def _end(self, _tag: str) -> None:
        if self._depth == _DEPTH_FIELD and self._current is not None:
            self._current.setdefault(self._field, clean("".join(self._text)))
        elif self._depth == _DEPTH_ELEVE:
            self._current = None
        self._depth -= 1

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if not self._forced:
            self.encodage = (encoding or "utf-8").lower()

    def _refuse(self, *_declaration: object) -> None:
        raise _unreadable(self._name)


def read_xml(data: bytes, name: str) -> Tableau:
    """Read the students of an EDT or PRONOTE export as a table, one column per field.

    Raises:
        EnvironmentFault: not well-formed, or more students than a school has.
    """
    reader = _Reader(name, xml_codec(data))
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as exc:
        raise _unreadable(name) from exc
    fields = tuple(dict.fromkeys(field for _, row in reader.rows for field in row))
    if len(fields) > MAX_COLUMNS:
        raise too_many_columns(name)
    lignes = tuple(
        Ligne(at, tuple(row.get(field, "") for field in fields)) for at, row in reader.rows if any(row.values())
    )
    header = Ligne(1, fields)
    return Tableau((Feuille("", (header, *lignes) if fields else ()),), encodage=reader.encodage)


def _unreadable(name: str) -> EnvironmentFault:
    return EnvironmentFault(
        f"Le fichier « {name} » est un XML mal formé{NNBSP}: il ne peut pas être lu.",
        "Exportez de nouveau la liste, de préférence au format CSV.",
    )

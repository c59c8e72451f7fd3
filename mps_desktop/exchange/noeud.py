"""Typed reading of a JSON document that tells, in French, where it is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, cast

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP

_KINDS = {
    dict: "un objet",
    list: "une liste",
    str: "un texte",
    bool: "vrai ou faux",
    int: "un nombre",
    float: "un nombre",
}


class Noeud:
    """One value of the document and the path to it ("eleves[3].favoris[0]").

    Args:
        value: what the JSON reader gave.
        path: where it is, empty for the whole document.
        fichier: name of the file, for messages.
    """

    def __init__(self, value: object, path: str, fichier: str) -> None:
        self._value = value
        self._path = path
        self._fichier = fichier

    def wrong(self, what: str, remede: str = "Corrigez le fichier, puis recommencez.") -> EnvironmentFault:
        """The error to raise about this value.

        Args:
            what: end of the sentence, for instance "une moyenne va de 0 à 20".
            remede: what the user can do.
        """
        place = f", {self._path}" if self._path else ""
        return EnvironmentFault(f"« {self._fichier} »{place}{NNBSP}: {what}.", remede)

    def member(self, name: str) -> object:
        """Raw value of a field, None when this is no object or has no such field."""
        return cast("dict[str, object]", self._value).get(name) if isinstance(self._value, dict) else None

    def fields(self, known: Iterable[str], required: Iterable[str] = ()) -> dict[str, Noeud]:
        """Fields of an object.

        Raises:
            EnvironmentFault: it is no object, a field is unknown (a slip of the pen must not lose data) or missing.
        """
        values = cast("dict[str, object]", self._expect(dict))
        allowed = tuple(known)
        for name in values:
            if name not in allowed:
                close = difflib.get_close_matches(name, allowed, 1)
                hint = f", vouliez-vous dire « {close[0]} »" if close else ""
                raise self.wrong(f"le champ « {name[:40]} » n’existe pas{hint}")
        for name in required:
            if name not in values:
                raise self.wrong(f"le champ « {name} » manque")
        return {name: self._below(value, f".{name}" if self._path else name) for name, value in values.items()}

    def items(self) -> list[Noeud]:
        """Items of a list."""
        values = cast("list[object]", self._expect(list))
        return [self._below(value, f"[{rank}]") for rank, value in enumerate(values)]

    def pairs(self) -> dict[str, Noeud]:
        """Keys of an object that may be anything, with their values."""
        values = cast("dict[str, object]", self._expect(dict))
        return {key: self._below(value, f"[{key[:40]}]") for key, value in values.items()}

    def text(self, longest: int) -> str:
        """A text of at most that many characters."""
        value = cast("str", self._expect(str))
        if len(value) > longest:
            raise self.wrong(f"le texte compte {len(value)} caractères, au-delà des {longest} permis")
        if not value.isascii() and value != value.encode(errors="replace").decode():
            raise self.wrong("le texte contient une moitié de caractère")
        return value

    def filled_text(self, longest: int) -> str:
        """A text that is not blank."""
        value = self.text(longest).strip()
        if not value:
            raise self.wrong("le texte est vide")
        return value

    def choice(self, allowed: Iterable[str]) -> str:
        """One of a few codes."""
        value = cast("str", self._expect(str))
        codes = tuple(allowed)
        if value not in codes:
            raise self.wrong(f"« {value[:40]} » n’est pas permis, les valeurs possibles sont {', '.join(codes)}")
        return value

    def integer(self, allowed: range) -> int:
        """A whole number of a range."""
        value = self._value
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            raise self.wrong(f"un nombre entier de {allowed[0]} à {allowed[-1]} est attendu")
        return value

    def number(self) -> float:
        """A number."""
        if isinstance(self._value, bool) or not isinstance(self._value, int | float):
            raise self.wrong(f"un nombre est attendu, pas {_kind(self._value)}")
        try:
            return float(self._value)
        except OverflowError as exc:
            raise self.wrong("ce nombre est démesuré") from exc

    def ids(self, pattern: str, example: str) -> tuple[str, ...]:
        """A list of ids of that form, without doubles."""
        found: list[str] = []
        for item in self.items():
            identifiant = item.identifier(pattern, example)
            if identifiant in found:
                raise item.wrong(f"« {identifiant} » figure deux fois dans la liste")
            found.append(identifiant)
        return tuple(found)

    def identifier(self, pattern: str, example: str) -> str:
        """One id of that form."""
        value = cast("str", self._expect(str))
        if not re.fullmatch(pattern, value, re.ASCII):
            raise self.wrong(f"« {value[:40]} » n’est pas un identifiant attendu, par exemple {example}")
        return value

    def _below(self, value: object, step: str) -> Noeud:
        return Noeud(value, self._path + step, self._fichier)

    def _expect(self, kind: type[Any]) -> Any:  # noqa: ANN401  callers know the type they asked for
        if not isinstance(self._value, kind):
            raise self.wrong(f"{_KINDS[kind]} est attendu{'e' if kind is list else ''}, pas {_kind(self._value)}")
        return self._value


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "une valeur vide")

"""Our own words: every type of formation, every domaine, and how Parcoursup reads an application."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mps_desktop.catalogue.fiches.records import Bloc
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import fold

_FOLDER = ("textes", "fiches")
_DOMAINES = "domaines.toml"
_PARCOURSUP = "parcoursup.md"
_LAS = "Accès santé (LAS)"


@dataclass(frozen=True, slots=True)
class TexteType:
    """What we say of one kind of formation.

    Attributes:
        debuts: beginnings of the labels that it speaks of; the longest one wins.
        las: it speaks of the formations with access to health studies.
        annees: years to a first diploma that the catalogue may hold for them.
        selection: ``selective``, ``libre`` or ``mixte``.
        apprentissage: at least one of them exists in apprenticeship.
    """

    code: str
    titre: str
    texte: str
    auteur: str
    jour: date
    debuts: tuple[str, ...]
    las: bool
    annees: tuple[int, ...]
    selection: str
    apprentissage: bool


class NosTextes:
    """The texts that we wrote.

    Args:
        types: by code.
        domaines: by ``dom…`` id.
        parcoursup: the page on how an application is read.
        jour: date of the texts on domaines and Parcoursup.
    """

    def __init__(
        self, types: Mapping[str, TexteType], domaines: Mapping[str, str], parcoursup: tuple[Bloc, ...], jour: date
    ) -> None:
        self.types = types
        self.domaines = domaines
        self.parcoursup = parcoursup
        self.jour = jour
        starts = [(fold(start), texte) for texte in types.values() for start in texte.debuts]
        self._starts = sorted(starts, key=lambda pair: (-len(pair[0]), pair[0]))
        self._las = next((texte for texte in types.values() if texte.las), None)

    def of_formation(self, libelle: str) -> TexteType | None:
        """What we say of the kind that a formation of that label belongs to."""
        if _LAS in libelle and self._las is not None:
            return self._las
        label = fold(libelle) + " "
        return next((texte for start, texte in self._starts if label.startswith(start + " ")), None)

    def domaine(self, domaine_id: str) -> str:
        """What we say of a domaine, empty when it is unknown."""
        return self.domaines.get(domaine_id, "")


def load_nos_textes(resources: Path) -> NosTextes:
    """Read the texts shipped with the program.

    Raises:
        EnvironmentFault: a file is missing, or is not what it should be.
    """
    folder = resources.joinpath(*_FOLDER)
    types: dict[str, TexteType] = {}
    name = _DOMAINES
    try:
        table = _read(folder / _DOMAINES)
        domaines = {code: str(text) for code, text in table["domaines"].items()}
        jour = table["date"]
        for file in sorted(folder.glob("*.toml")):
            name = file.name
            if name != _DOMAINES:
                read = _read(file)
                types.update((one["code"], _texte(one, read["auteur"], read["date"])) for one in read["texte"])
        name = _PARCOURSUP
        parcoursup = tuple(_markdown((folder / _PARCOURSUP).read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as exc:
        raise EnvironmentFault(
            f"Le fichier de textes « {name} » manque ou est mal écrit.", "Réinstallez MPS Bureau."
        ) from exc
    return NosTextes(types, domaines, parcoursup, jour)


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _texte(one: dict[str, Any], auteur: str, jour: date) -> TexteType:
    return TexteType(
        code=one["code"],
        titre=one["titre"],
        texte=one["texte"].strip(),
        auteur=auteur,
        jour=jour,
        debuts=tuple(one["debuts"]),
        las=one.get("las", False),
        annees=tuple(one["annees"]),
        selection=one["selection"],
        apprentissage=one["apprentissage"],
    )


def _markdown(text: str) -> list[Bloc]:
    """Headings and paragraphs of our page; the heading of the page itself is left out."""
    blocs: list[Bloc] = []
    for part in text.split("\n\n"):
        title, _, rest = part.strip().partition("\n")
        if title.startswith("## "):
            blocs.append(Bloc("titre", title.removeprefix("## ")))
            title = rest
        if title and not title.startswith("# "):
            blocs.append(Bloc("paragraphe", title.strip("*")))
    return blocs

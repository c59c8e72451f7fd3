"""Thresholds, rules, calendar and wording tables, read from resources/parametres."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP, typography
from mps_desktop.engine.categories import Categorie
from mps_desktop.engine.classes import Limites, Regles, Seuils
from mps_desktop.engine.seuils import build_seuils

_FOLDER = "parametres"
_REMEDE = "Réinstallez MPS Bureau, ou remettez le fichier d’origine."
_GRAVITES = (1, 2, 3)
GESTES = ("", "propositions", "suggestions", "profil", "etablissements", "avis", "retirer")
"""What the button of a finding can do."""
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of a Parcoursup session; None = not published."""

    code: str
    libelle: str
    debut: date | None
    fin: date | None


@dataclass(frozen=True, slots=True)
class Calendrier:
    """Dates of one session.

    Attributes:
        publie: False as long as nothing official is known; then there is no step.
        source: where the dates were read, for people.
        echeances: level -> day by which its milestone is expected; absent = not set.
    """

    session: int
    publie: bool
    source: str
    etapes: tuple[Etape, ...]
    echeances: Mapping[str, date] = field(default_factory=dict[str, date])

    def etape(self, code: str) -> Etape | None:
        """Step of that code, None when it is not published."""
        return next((etape for etape in self.etapes if etape.code == code), None)


@dataclass(frozen=True, slots=True)
class TexteConstat:
    """Words of a finding or of something that is missing.

    Attributes:
        phrase_un: used when one thing is concerned; the same as ``phrase`` when there is no other.
        titre: a few words that suit any student, for a whole class; empty for what is missing.
        geste: what the button of the finding does (``propositions``, ``profil``…), empty = no button.
        bouton: words of that button.
    """

    gravite: int
    phrase: str
    phrase_un: str
    action: str
    titre: str = ""
    geste: str = ""
    bouton: str = ""


@dataclass(frozen=True, slots=True)
class TexteJalon:
    """Words of a milestone, once reached and before."""

    atteint: str
    en_cours: str


@dataclass(frozen=True, slots=True)
class Textes:
    """Sentences by code; those of ``jalons`` by level (``inconnu`` = level not known)."""

    constats: Mapping[str, TexteConstat]
    manques: Mapping[str, TexteConstat]
    jalons: Mapping[str, TexteJalon]
    refus: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parametres:
    """Everything that is set in a file rather than in the code."""

    seuils: Seuils
    regles: Regles
    calendriers: Mapping[int, Calendrier]
    textes: Textes


def load_parametres(resources: Path) -> Parametres:
    """Read the parameter files.

    Args:
        resources: folder of the data shipped with the program.

    Raises:
        EnvironmentFault: a file is missing, is not TOML, or lacks a value.
    """
    textes = load_textes(resources)
    gravites = {code: texte.gravite for code, texte in (*textes.constats.items(), *textes.manques.items())}
    limites = _read(resources, "parcoursup.toml", lambda table: _limites(table, None))
    return Parametres(
        seuils=_read(resources, "classes.toml", build_seuils),
        regles=_read(resources, "equilibre.toml", lambda table: _regles(table, gravites, limites)),
        calendriers=_read(resources, "calendrier.toml", read_calendriers),
        textes=textes,
    )


def load_textes(resources: Path) -> Textes:
    """Read the sentences of findings and milestones.

    Raises:
        EnvironmentFault: the file is missing, is not TOML, or lacks a sentence.
    """
    return _read(resources, "constats.toml", _textes)


def _read(resources: Path, name: str, build: Callable[[dict[str, Any]], _Read]) -> _Read:
    file = resources / _FOLDER / name
    try:
        return build(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise EnvironmentFault(
            f"Le fichier de paramètres «{NNBSP}{name}{NNBSP}» ne peut pas être lu.", _REMEDE
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise EnvironmentFault(
            f"Le fichier de paramètres «{NNBSP}{name}{NNBSP}» est incomplet ou mal écrit.", _REMEDE
        ) from error


def _regles(table: dict[str, Any], gravites: Mapping[str, int], limites: Limites) -> Regles:
    read = Regles(gravites=gravites, **_with_tuples(table["regles"]), limites=limites)
    _check(list(read.rayons_km) == sorted(read.rayons_km) and read.rayon_km in read.rayons_km, "radii in order")
    _check(0 < read.part_commune < 1 and read.propositions_max > 0, "share between 0 and 1")
    _check(0 < read.portee_haut < 1, "bound between 0 and 1")
    return read


def _limites(table: dict[str, Any], session: int | None) -> Limites:
    """Limits of the newest session read that is not after the one asked for (None = the newest)."""
    known = sorted(map(int, table["session"]))
    chosen = max((year for year in known if session is None or year <= session), default=known[0])
    read = table["session"][str(chosen)]
    categories = tuple(Categorie(**_with_tuples(found)) for found in read.pop("categories"))
    codes = [categorie.code for categorie in categories]
    _check(len(set(codes)) == len(codes) and all(codes), "one code per category")
    _check(all(c.multiple or not c.comptee for c in categories), "only a vœu multiple has sous-vœux")
    return Limites(session=chosen, **read, categories=categories)


def read_calendriers(table: dict[str, Any]) -> Mapping[int, Calendrier]:
    """Calendars of a file, by session.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: a value is missing or is not what it should be.
    """
    return {
        int(session): Calendrier(
            session=int(session),
            publie=read["publie"],
            source=typography(read["source"]),
            etapes=tuple(
                Etape(step["code"], typography(step["libelle"]), _maybe(step, "debut"), _maybe(step, "fin"))
                for step in read.get("etapes", ())
            ),
            echeances={niveau: _day(day) for niveau, day in read.get("echeances", {}).items()},
        )
        for session, read in table["session"].items()
    }


def _day(value: object) -> date:
    if type(value) is not date:
        raise TypeError("a day")
    return value


def _maybe(step: dict[str, Any], key: str) -> date | None:
    return _day(step[key]) if key in step else None


def _textes(table: dict[str, Any]) -> Textes:
    return Textes(
        constats={code: _texte(read) for code, read in table["constats"].items()},
        manques={code: _texte(read) for code, read in table["manques"].items()},
        refus={code: typography(read["phrase"]) for code, read in table["refus"].items()},
        jalons={
            niveau: TexteJalon(typography(read["atteint"]), typography(read["en_cours"]))
            for niveau, read in table["jalons"].items()
        },
    )


def _texte(read: dict[str, Any]) -> TexteConstat:
    _check(read["gravite"] in _GRAVITES, "gravity 1, 2 or 3")
    phrase = typography(read["phrase"])
    return TexteConstat(
        gravite=read["gravite"],
        phrase=phrase,
        phrase_un=typography(read["phrase_un"]) if "phrase_un" in read else phrase,
        action=typography(read["action"]),
        titre=typography(read.get("titre", "")),
        geste=_gesture(read.get("geste", "")),
        bouton=typography(read.get("bouton", "")),
    )


def _gesture(geste: str) -> str:
    _check(geste in GESTES, "a gesture that the screen knows")
    return geste


def _with_tuples(table: dict[str, Any]) -> dict[str, Any]:
    """The table with its lists frozen."""
    frozen: dict[str, Any] = {}
    for key, value in table.items():
        frozen[key] = tuple(cast("list[Any]", value)) if isinstance(value, list) else value
    return frozen


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)

"""Differences between two files of answers in the neutral shape, by kind."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

Reponse = Mapping[str, Any]

TOLERANCE = 1e-12
"""Absolute for sub-scores (relative for those over 1) and métiers, relative for raw affinities."""

UN_PAS = 1.000001e-7
"""One unit of the seventh decimal, with the noise of its own subtraction."""

NATURES = (
    "profils absents",
    "constantes",
    "erreurs",
    "rien de personnel",
    "formations retenues",
    "affinités brutes",
    "affinités normalisées",
    "sous-scores",
    "nombre de formations positives",
    "classements",
    "nombre de métiers",
    "scores des métiers",
    "explications",
    "exemples",
)


@dataclass(frozen=True, slots=True)
class Ecart:
    """One difference.

    Attributes:
        nature: one of ``NATURES``.
        profil: id of the profile; empty when it concerns the whole file.
        detail: what differs.
    """

    nature: str
    profil: str
    detail: str


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Differences between two files.

    Attributes:
        nb_profils: profiles of the expected file.
        nb_explications: explained formations that both files hold.
    """

    nb_profils: int
    nb_explications: int
    ecarts: tuple[Ecart, ...]

    def par_nature(self) -> dict[str, int]:
        """How many differences of each kind, 0 included."""
        counts = Counter(ecart.nature for ecart in self.ecarts)
        return {nature: counts[nature] for nature in NATURES}


def compare(attendu: Reponse, obtenu: Reponse) -> Comparaison:
    """Compare answers by the rules of the oracle: ties by id, examples and sets in any order.

    Explanations are compared for the formations that both files explain.

    Raises:
        KeyError, TypeError, ValueError: one of them has not the neutral shape.
    """
    ecarts = [
        Ecart("constantes", "", f"{name} : {attendu[name]} attendu, {obtenu.get(name)} obtenu")
        for name in ("columns", "p50_nb_voeux", "p75_capacite")
        if name in attendu and attendu[name] != obtenu.get(name)
    ]
    found = {profil["id"]: profil for profil in obtenu["profiles"]}
    explained = 0
    for profil in attendu["profiles"]:
        other = found.get(profil["id"])
        if other is None:
            ecarts.append(Ecart("profils absents", profil["id"], "absent de la réponse obtenue"))
            continue
        explained += len(_common(profil, other))
        ecarts.extend(
            Ecart(nature, profil["id"], detail) for nature, detail in _profile(profil, other, attendu["columns"])
        )
    return Comparaison(len(attendu["profiles"]), explained, tuple(ecarts))


def _profile(one: Reponse, other: Reponse, columns: list[str]) -> Iterator[tuple[str, str]]:
    if ("error" in one) != ("error" in other):
        yield "erreurs", f"{one.get('error', 'aucune')} attendu, {other.get('error', 'aucune')} obtenu"
        return
    if bool(one.get("nothing_personal")) != bool(other.get("nothing_personal")):
        yield "rien de personnel", f"{bool(one.get('nothing_personal'))} attendu"
        return
    if "affinities" not in one:
        return
    yield from _affinities(one, other, columns)
    if one["nb_positive"] != other["nb_positive"]:
        yield "nombre de formations positives", f"{one['nb_positive']} attendu, {other['nb_positive']} obtenu"
    for rank, (theirs, ours) in enumerate(_pairs(one["suggestions_by_id"], other["suggestions_by_id"])):
        if theirs is None or ours is None or theirs[0] != ours[0] or not close(theirs[1], ours[1], UN_PAS):
            yield "classements", f"rang {rank + 1} : {theirs} attendu, {ours} obtenu"
            break
    for name in ("nb_metiers", "nb_metiers_positive"):
        if one[name] != other[name]:
            yield "nombre de métiers", f"{name} : {one[name]} attendu, {other[name]} obtenu"
    for rank, (theirs, ours) in enumerate(_pairs(one["metiers_by_id"], other["metiers_by_id"])):
        if theirs is None or ours is None or not close(theirs[1], ours[1], TOLERANCE):
            yield "scores des métiers", f"rang {rank + 1} : {theirs} attendu, {ours} obtenu"
            break
    yield from _explanations(one, other)


def _affinities(one: Reponse, other: Reponse, columns: list[str]) -> Iterator[tuple[str, str]]:
    theirs, ours = one["affinities"], other["affinities"]
    if different := theirs.keys() ^ ours.keys():
        yield "formations retenues", ", ".join(sorted(different)[:10])
    if not close_relative(one["max_raw"], other["max_raw"]):
        yield "affinités brutes", f"max_raw : {one['max_raw']} attendu, {other['max_raw']} obtenu"
    for formation in sorted(theirs.keys() & ours.keys()):
        for column, wanted, got in zip(columns, theirs[formation], ours[formation], strict=True):
            where = f"{formation} {column} : {wanted} attendu, {got} obtenu"
            if column == "raw":
                if not close_relative(wanted, got):
                    yield "affinités brutes", where
            elif column == "norm":
                if not close(wanted, got, UN_PAS):
                    yield "affinités normalisées", where
            elif not close(wanted, got, TOLERANCE * max(1.0, abs(wanted or 0.0))):
                yield "sous-scores", where


def _common(one: Reponse, other: Reponse) -> list[tuple[Reponse, Reponse]]:
    ours = {case["key"]: case for case in other.get("explanations", ())}
    return [(case, ours[case["key"]]) for case in one.get("explanations", ()) if case["key"] in ours]


def _explanations(one: Reponse, other: Reponse) -> Iterator[tuple[str, str]]:
    scores = dict(other["metiers_by_id"])
    for theirs, ours in _common(one, other):
        key = theirs["key"]
        if kinds(theirs["explanations"]) != kinds(ours["explanations"]):
            yield (
                "explications",
                f"{key} : {kinds(theirs['explanations'])} attendu, {kinds(ours['explanations'])} obtenu",
            )
        elif Counter(map(comparable, theirs["explanations"])) != Counter(map(comparable, ours["explanations"])):
            yield "explications", f"{key} : contenus différents"
        known = [scores[metier] for metier in ours["examples"] if metier in scores]
        if sorted(theirs["examples"]) != sorted(ours["examples"]):
            yield "exemples", f"{key} : métiers différents"
        elif any(after > before + TOLERANCE for before, after in pairwise(known)):
            yield "exemples", f"{key} : métiers mal ordonnés"


def kinds(reasons: Iterable[Reponse]) -> list[str]:
    """Kinds of reasons, in order."""
    return [kind for reason in reasons for kind in reason]


def comparable(reason: Reponse) -> str:
    """A reason whose sets are sorted, as text."""
    ((kind, value),) = reason.items()
    match kind:
        case "tags":
            return json.dumps([kind, sorted(value["ns"])])
        case "spec":
            return json.dumps([kind, sorted((stat["spe"], float(stat["pct"])) for stat in value["stats"])])
        case _:
            return json.dumps([kind, _numbers(value)], sort_keys=True)


def close(one: float | None, other: float | None, tolerance: float) -> bool:
    """Equal within an absolute tolerance; nothing equals nothing, NaN equals NaN."""
    if one is None or other is None:
        return one is other
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return one == other or abs(one - other) <= tolerance


def close_relative(one: float | None, other: float | None) -> bool:
    """Equal within ``TOLERANCE`` of the expected value."""
    return close(one, other, TOLERANCE * abs(one) if one is not None and math.isfinite(one) else 0.0)


def _numbers(value: Any) -> Any:  # noqa: ANN401  JSON values have no common type
    """The same JSON value with every number as a float, so that 26 equals 26.0."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {key: _numbers(item) for key, item in fields.items()}
    return [_numbers(item) for item in value]


def _pairs(one: list[Any], other: list[Any]) -> Iterator[tuple[Any, Any]]:
    length = max(len(one), len(other))
    return zip([*one, *[None] * (length - len(one))], [*other, *[None] * (length - len(other))], strict=True)

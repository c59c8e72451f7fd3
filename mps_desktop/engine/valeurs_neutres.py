"""Values of a parsed JSON, checked one by one: a wrong type is refused at its place, in French."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

T = TypeVar("T")

Neutre = Mapping[str, Any]
"""One JSON object."""

INCONNU = -1


class FormeInattendue(ValueError):
    """A value has not the expected shape; the message says where and what was expected, in French."""


def text(value: object) -> str | None:
    """A text; a number stands for its digits, as in the service of the reference."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise FormeInattendue("un texte est attendu")


def name(value: object) -> str:
    """A text that must be there."""
    found = text(value)
    if found is None:
        raise FormeInattendue("un texte est attendu")
    return found


def integer(value: object, missing: int = INCONNU) -> int:
    """A whole number, also written as a text; ``missing`` when it is null or empty."""
    if value is None or value == "":
        return missing
    try:
        return int(cast("Any", value)) if not isinstance(value, float) or value.is_integer() else _refuse()
    except (TypeError, ValueError, OverflowError):
        return _refuse()


def _refuse() -> int:
    raise FormeInattendue("un nombre entier est attendu")


def decimal(value: object) -> float:
    """A number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise FormeInattendue("un nombre est attendu")


def listed(value: object) -> list[Any]:
    """A list that must be there."""
    if not isinstance(value, list):
        raise FormeInattendue("une liste est attendue")
    return cast("list[Any]", value)


def rows(value: object) -> list[Any]:
    """A list; null is an empty one."""
    return [] if value is None else listed(value)


def record(value: object) -> Neutre:
    """An object; null is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise FormeInattendue("un objet est attendu")
    return cast("Neutre", value)


def known(value: object, read: Callable[[Any], T]) -> dict[str, T]:
    """An object without its null entries, each read."""
    return {key: read(one) for key, one in record(value).items() if one is not None}


def at(where: str, read: Callable[[Any], T], value: object) -> T:
    """Read a value; what is wrong in it is told with its place.

    Raises:
        FormeInattendue: the place, then what was expected there or what is missing.
    """
    try:
        return read(value)
    except FormeInattendue as exc:
        raise FormeInattendue(f"{where}, {exc}") from exc
    except KeyError as exc:
        raise FormeInattendue(f"{where}, il manque « {exc.args[0]} »") from exc
    except (TypeError, ValueError, AttributeError, IndexError) as exc:
        raise FormeInattendue(f"{where}, valeur illisible") from exc

"""What every family of commands shares: groups that speak French, options, answers as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from mps_desktop.commandes import texte

T = TypeVar("T")
JsonOption = Annotated[bool, typer.Option("--json", help="Répondre en JSON.")]
SortieOption = Annotated[Path, typer.Option("--sortie", help="Dossier où écrire les documents.")]


def group(description: str) -> typer.Typer:
    """A family of commands, with its line of help."""
    return typer.Typer(help=description, cls=texte.FrenchGroup, rich_markup_mode=None)


def answer(value: T, en_json: bool, as_text: Callable[[T], str]) -> None:
    """Print a result, for people or for programs."""
    typer.echo(dump(value) if en_json else as_text(value))


def dump(value: object) -> str:
    """JSON text of dataclasses, dates and paths."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def today() -> date:
    """Date of this machine, in its own time zone."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """This instant, in the time zone of this machine."""
    return datetime.now().astimezone()


def _plain(value: Any) -> Any:  # noqa: ANN401  JSON values have no common type
    """JSON form of dataclasses, dates and paths."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value

"""Read a file that a person gives as official: text, CSV or JSON, and say in French what is wrong with it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress

Row = dict[str, str]

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_CHUNK = 1 << 20
_LARGEST = 400 << 20
"""Bytes of text beyond which no official file goes: a compressed bomb is not read to its end."""
_RETRY = "Téléchargez-le de nouveau, puis recommencez. Le catalogue en place n’a pas changé."
_SEPARATEURS = {",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_LARGE_TABLE = 3
csv.field_size_limit(1 << 20)


@dataclass(frozen=True, slots=True)
class Texte:
    """Content of a file.

    Attributes:
        nom: name of the file, for messages.
        texte: its text, without the byte order mark.
        empreinte: SHA-256 of the file as given, hexadecimal.
    """

    nom: str
    texte: str
    empreinte: str


def list_files(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files given, and those of the folders given (not below), in order of name.

    Raises:
        EnvironmentFault: nothing there.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        else:
            found.append(path)
    if not found:
        raise EnvironmentFault(
            "Aucun fichier à lire.", "Choisissez un fichier officiel, ou un dossier qui en contient."
        )
    return tuple(dict.fromkeys(found))


def read_text(path: Path, progress: Progress) -> Texte:
    """Text of a file, compressed or not.

    Raises:
        EnvironmentFault: missing, empty, cut, not a text.
        Cancelled: stopped by the user.
    """
    digest = hashlib.sha256()
    raw = bytearray()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                raw += chunk
                progress.step(f"Lecture de {path.name}")
                if len(raw) > _LARGEST:
                    raise _not_a_text(path.name)
    except FileNotFoundError as exc:
        raise EnvironmentFault(f"Le fichier « {path.name} » est introuvable.", "Vérifiez où il se trouve.") from exc
    except OSError as exc:
        raise EnvironmentFault(
            f"Le fichier « {path.name} » ne peut pas être lu ({exc.strerror or exc}).",
            "Fermez-le s’il est ouvert dans un autre programme, puis recommencez.",
        ) from exc
    if not raw:
        raise EnvironmentFault(f"Le fichier « {path.name} » est vide.", _RETRY)
    if raw.startswith(_ZIP):
        raise EnvironmentFault(
            f"Le fichier « {path.name} » est un classeur ou une archive zip.",
            "Prenez l’export CSV du jeu de données ; les archives de fiches de l’Onisep s’importent dans la partie "
            "« Fiches officielles » de l’écran Données.",
        )
    plain = _unzip(bytes(raw), path.name, progress) if raw.startswith(_GZIP) else bytes(raw)
    try:
        return Texte(path.name, plain.decode("utf-8-sig"), digest.hexdigest())
    except UnicodeDecodeError as exc:
        if exc.end >= len(plain) - 4:
            raise truncated(path.name) from exc
        raise _not_a_text(path.name) from exc


def _unzip(raw: bytes, nom: str, progress: Progress) -> bytes:
    plain = bytearray()
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            while chunk := file.read(_CHUNK):
                plain += chunk
                progress.step(f"Décompression de {nom}")
                if len(plain) > _LARGEST:
                    raise _not_a_text(nom)
    except (EOFError, zlib.error, gzip.BadGzipFile) as exc:
        raise truncated(nom) from exc
    if not plain:
        raise EnvironmentFault(f"Le fichier « {nom} » est vide.", _RETRY)
    return bytes(plain)


def read_header(texte: Texte) -> list[str]:
    """Names of the columns of a ``;`` CSV.

    Raises:
        EnvironmentFault: another separator.
    """
    line: list[str] = next(csv.reader([texte.texte.partition("\n")[0].strip("\r")], delimiter=";"), [""])
    if len(line) < _LARGE_TABLE:
        for separator, name in _SEPARATEURS.items():
            if texte.texte.partition("\n")[0].count(separator) >= _LARGE_TABLE:
                raise EnvironmentFault(
                    f"Dans « {texte.nom} », les colonnes sont séparées par une {name} et non par un point-virgule.",
                    "Ce n’est pas la forme du fichier officiel : il a sans doute été enregistré par un tableur. "
                    "Reprenez l’export CSV d’origine.",
                )
    return [name.strip() for name in line]


def read_rows(texte: Texte, names: list[str], progress: Progress) -> list[Row]:
    """Rows of a ``;`` CSV under given names, "" = column left out.

    Raises:
        EnvironmentFault: a line has not the number of cells of the header, or the file stops in the middle.
        Cancelled: stopped by the user.
    """
    reader = csv.reader(io.StringIO(texte.texte, newline=""), delimiter=";", strict=True)
    kept = [(position, name) for position, name in enumerate(names) if name]
    rows: list[Row] = []
    wrong = 0
    try:
        next(reader, None)
        for cells in reader:
            if not cells:
                continue
            if wrong:
                raise EnvironmentFault(
                    f"Dans « {texte.nom} », la ligne {wrong} n’a pas le même nombre de colonnes que l’en-tête.", _RETRY
                )
            if len(cells) != len(names):
                wrong = reader.line_num
                continue
            rows.append({name: cells[position].strip() for position, name in kept})
            if len(rows) % 1000 == 0:
                progress.step(f"Lecture de {texte.nom}", len(rows), 0)
    except csv.Error as exc:
        raise truncated(texte.nom) from exc
    if wrong:
        raise truncated(texte.nom)
    if not rows:
        raise EnvironmentFault(f"Le fichier « {texte.nom} » n’a pas de ligne après son en-tête.", _RETRY)
    return rows


def read_json(texte: Texte) -> list[dict[str, Any]]:
    """Records of a JSON list; the ``fields`` of each one when it has some.

    Raises:
        EnvironmentFault: cut, or not a list of records.
    """
    try:
        content: Any = json.loads(texte.texte)
    except ValueError as exc:
        raise truncated(texte.nom) from exc
    records = cast("list[Any]", content) if isinstance(content, list) else []
    found: list[dict[str, Any]] = []
    for record in records:
        if isinstance(record, dict):
            plain = cast("dict[str, Any]", record)
            fields = plain.get("fields")
            found.append(cast("dict[str, Any]", fields) if isinstance(fields, dict) else plain)
    return found


def truncated(nom: str) -> EnvironmentFault:
    """The error of a file that stops in the middle."""
    return EnvironmentFault(f"Le fichier « {nom} » est incomplet : il s’arrête au milieu.", _RETRY)


def _not_a_text(nom: str) -> EnvironmentFault:
    return EnvironmentFault(
        f"Le fichier « {nom} » n’est pas un texte en UTF-8, comme le sont les fichiers officiels.",
        "Reprenez l’export CSV d’origine, sans l’ouvrir dans un tableur.",
    )

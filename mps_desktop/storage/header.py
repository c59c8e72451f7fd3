"""``dossier.toml``: what must be readable before the key is known. No personal data.

Layout (format 1.3)::

    application = "MPS Bureau"
    format = "1.3"            # major.minor: a newer major is refused, a newer minor is opened
    nom = "TG1 2026-2027"     # chosen by the user
    verification = "…"        # recognises the data key once it is unwrapped
    controle = "…"            # SHA-256 of verification and cles: tells damage from a wrong password

    [[cles]]                  # one per way in
    type = "mot-de-passe"
    fonction = "argon2id"
    memoire_kio = 65536
    passes = 3
    fils = 4
    sel = "…"
    cle = "…"
    sceau = "…"
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomli_w

from mps_desktop.core.files import replacing
from mps_desktop.storage.errors import DamagedDossier, NewerDossier, NotADossier, ReadOnlyDossier
from mps_desktop.storage.keys import KEY_BYTES, KdfParameters, WrappedKey, key_check

HEADER_FILE = "dossier.toml"
FORMAT = (1, 4)
_APPLICATION = "MPS Bureau"
_FUNCTION = "argon2id"
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class DossierHeader:
    """The clear part of a dossier.

    Attributes:
        version: format major and minor.
        check: recognises the data key (``keys.key_check``).
        wraps: the ways in, in the order in which they are tried.
    """

    nom: str
    check: bytes
    wraps: tuple[WrappedKey, ...]
    version: tuple[int, int] = FORMAT

    def upgraded(self) -> DossierHeader:
        """The header once this version of the program has migrated the dossier."""
        return replace(self, version=max(self.version, FORMAT))


def new_header(nom: str, data_key: bytes | bytearray, wrap: WrappedKey) -> DossierHeader:
    """Header of a new dossier."""
    return DossierHeader(nom, key_check(data_key), (wrap,))


def write_header(folder: Path, header: DossierHeader) -> None:
    """Write the header, or leave the previous one whole.

    Raises:
        EnvironmentFault: the folder cannot be written.
    """
    secrets = _secret_part(header)
    content = {
        "application": _APPLICATION,
        "format": ".".join(map(str, header.version)),
        "nom": header.nom,
        "verification": secrets["verification"],
        "controle": _checksum(secrets),
        "cles": secrets["cles"],
    }
    with replacing(folder / HEADER_FILE) as neighbour:
        neighbour.write_bytes(tomli_w.dumps(content).encode())


def copy_header(source: Path, target: Path) -> None:
    """Copy the header of one dossier folder into another, byte for byte, whatever its minor version.

    Raises:
        EnvironmentFault: it cannot be read or written.
    """
    try:
        raw = (source / HEADER_FILE).read_bytes()
    except OSError as exc:
        raise ReadOnlyDossier from exc
    with replacing(target / HEADER_FILE) as neighbour:
        neighbour.write_bytes(raw)


def read_header(folder: Path) -> DossierHeader:
    """The header of a dossier; needs no password.

    Raises:
        NotADossier: there is none in that folder.
        NewerDossier: the format is one that this version does not know.
        DamagedDossier: it was altered or cut.
        ReadOnlyDossier: it may not be read.
    """
    try:
        with (folder / HEADER_FILE).open("rb") as file:
            raw = file.read(_MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError) as exc:
        raise NotADossier(folder) from exc
    except OSError as exc:
        raise ReadOnlyDossier from exc
    try:
        content = tomllib.loads(raw.decode())
        version = _read_version(content)
        if version[0] > FORMAT[0]:
            raise NewerDossier(str(content["format"]))
        return _parse(content, version)
    except (ValueError, KeyError, TypeError) as exc:
        raise DamagedDossier("son fichier d’en-tête a été modifié ou coupé") from exc


def _read_version(content: dict[str, Any]) -> tuple[int, int]:
    if content["application"] != _APPLICATION:
        raise ValueError("another program's file")
    major, minor = (int(part) for part in str(content["format"]).split("."))
    return major, minor


def _parse(content: dict[str, Any], version: tuple[int, int]) -> DossierHeader:
    wraps = tuple(_parse_wrap(item) for item in content["cles"] if item["fonction"] == _FUNCTION)
    header = DossierHeader(str(content["nom"]), bytes.fromhex(content["verification"]), wraps, version)
    # A newer minor version may add ways in that this one cannot recompute: the file's own text counts.
    if (
        not wraps
        or _checksum({"verification": content["verification"], "cles": content["cles"]}) != content["controle"]
    ):
        raise ValueError("checksum")
    return header


def _parse_wrap(item: dict[str, Any]) -> WrappedKey:
    kdf = KdfParameters(int(item["memoire_kio"]), int(item["passes"]), int(item["fils"]))
    salt, wrapped, tag = (bytes.fromhex(item[name]) for name in ("sel", "cle", "sceau"))
    if not kdf.plausible or len(salt) < 8 or len(wrapped) != KEY_BYTES:
        raise ValueError("wrap")
    return WrappedKey(str(item["type"]), kdf, salt, wrapped, tag)


def _secret_part(header: DossierHeader) -> dict[str, Any]:
    return {
        "verification": header.check.hex(),
        "cles": [
            {
                "type": wrap.kind,
                "fonction": _FUNCTION,
                "memoire_kio": wrap.kdf.memory_kib,
                "passes": wrap.kdf.passes,
                "fils": wrap.kdf.lanes,
                "sel": wrap.salt.hex(),
                "cle": wrap.wrapped.hex(),
                "sceau": wrap.tag.hex(),
            }
            for wrap in header.wraps
        ],
    }


def _checksum(secrets: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(secrets, sort_keys=True).encode()).hexdigest()

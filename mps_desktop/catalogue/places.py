"""Établissements and lycées of the catalogue, as records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from mps_desktop.catalogue.records import Etablissement, Lycee
from mps_desktop.catalogue.schema import NATURES_LYCEE

_ETABLISSEMENT = """
    SELECT numero, uai, nom, commune, coalesce(code_insee, ''), departement, academie, region, statut,
        lat / 100000.0, lng / 100000.0, nb_voeux
    FROM etablissements"""
_LYCEE = "SELECT uai, nom, commune, code_insee, public, nature, lat / 100000.0, lng / 100000.0 FROM lycees"


class Reader(Protocol):
    """The part of the catalogue that is needed here."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one SELECT."""
        ...


def read_etablissement(reader: Reader, uai: str) -> Etablissement | None:
    """Site of a UAI where most vœux are taught; None for an unknown one."""
    rows = reader.rows(f"{_ETABLISSEMENT} WHERE uai = ? ORDER BY nb_voeux DESC, numero LIMIT 1", (uai,)) if uai else []
    return Etablissement(*rows[0]) if rows else None


def read_etablissements(reader: Reader) -> tuple[Etablissement, ...]:
    """Every site, by number, hence by UAI and name."""
    return tuple(Etablissement(*row) for row in reader.rows(f"{_ETABLISSEMENT} ORDER BY numero"))


def read_lycee(reader: Reader, uai: str) -> Lycee | None:
    """One lycée; None for an unknown UAI."""
    rows = reader.rows(f"{_LYCEE} WHERE uai = ?", (uai,))
    return _lycee(rows[0]) if rows else None


def read_lycees(reader: Reader) -> tuple[Lycee, ...]:
    """Every lycée, by UAI."""
    return tuple(_lycee(row) for row in reader.rows(f"{_LYCEE} ORDER BY uai"))


def _lycee(row: tuple[Any, ...]) -> Lycee:
    uai, nom, commune, code_insee, public, nature, lat, lng = row
    return Lycee(uai, nom, commune, code_insee, bool(public), NATURES_LYCEE.get(nature, ""), lat, lng)

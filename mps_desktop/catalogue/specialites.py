"""Figures of the bacheliers généraux by pair of spécialités and family of formations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from mps_desktop.catalogue.records import EdsDoublet
from mps_desktop.catalogue.tableaux import Decodees


class Reader(Protocol):
    """The part of the catalogue that is needed here."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one SELECT."""
        ...

    def tableau(self, nom: str) -> Decodees:
        """Packed columns of one table."""
        ...


def read_doublets(reader: Reader) -> tuple[EdsDoublet, ...]:
    """Every row of the file, by year, family and pair. An unknown count is -1."""
    columns = reader.tableau("eds_doublets")
    if not columns:
        return ()
    familles, first, second = (columns[f"{name}.valeurs"] for name in ("famille", "premiere", "seconde"))
    names = ("annee", "famille", "premiere", "seconde", "candidats", "propositions", "acceptations")
    return tuple(
        EdsDoublet(annee, familles[famille], (first[premiere], second[seconde]), candidats, propositions, acceptations)
        for annee, famille, premiere, seconde, candidats, propositions, acceptations in zip(
            *(columns[name].tolist() for name in names), strict=True
        )
    )


def read_eds_lists(reader: Reader) -> Mapping[str, tuple[str, ...]]:
    """Ids of spécialités by short name of the file."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, identifier in reader.rows("SELECT nom, specialite_id FROM specialites_eds ORDER BY nom, rang"):
        found[name].append(identifier)
    return {name: tuple(ids) for name, ids in found.items()}

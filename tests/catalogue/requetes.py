"""Real queries and what should come first (``requetes.csv``): read and measured here, by the test and the benchmark.

One line per query: text typed, kind searched (empty = everything), kinds accepted, accepted beginnings of the
label; "beginning @ words" also asks for words in the second line (a town).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.catalogue.records import SearchHit
from mps_desktop.catalogue.search import search
from mps_desktop.core.text import fold

_FILE = Path(__file__).with_name("requetes.csv")
AVEUGLES = Path(__file__).with_name("requetes_aveugles.csv")
"""Queries whose answers were written before the first run, on 25 November 2026. At that run 87.1 % came first and
91.0 % among three. Of the 20 that did not come first, 9 answers did not exist or were named otherwise, and were
corrected; the causes of the others were removed from the search. ``SECONDES`` was written after that, to measure
again: 93.6 % and 97.9 % at its first run (one answer was named otherwise)."""
SECONDES = Path(__file__).with_name("requetes_secondes.csv")


@dataclass(frozen=True, slots=True)
class Requete:
    """One query.

    Attributes:
        portee: kinds searched, empty = everything.
        attendus: beginning of the label and words of the second line, one of which must come first.
    """

    texte: str
    portee: tuple[str, ...]
    genres: tuple[str, ...]
    attendus: tuple[tuple[str, str], ...]

    def accepts(self, hit: SearchHit) -> bool:
        """Whether a result is one of the expected ones."""
        libelle, detail = fold(hit.libelle), fold(hit.detail)
        return hit.genre in self.genres and any(
            libelle.startswith(debut) and lieu in detail for debut, lieu in self.attendus
        )

    def rank(self, catalogue: Catalogue) -> int | None:
        """Place of the first expected result, from 1; None when it is not among ten."""
        for place, hit in enumerate(search(catalogue, self.texte, self.portee, 10), start=1):
            if self.accepts(hit):
                return place
        return None


def read_requetes(file: Path = _FILE) -> tuple[Requete, ...]:
    """Every query of a file."""
    with file.open(encoding="utf-8", newline="") as content:
        return tuple(
            Requete(
                row["requete"],
                tuple(row["portee"].split()),
                tuple(row["genre"].split("|")),
                tuple(_expected(one) for one in row["attendu"].split("|")),
            )
            for row in csv.DictReader(content, delimiter=";")
        )


def _expected(text: str) -> tuple[str, str]:
    debut, _, lieu = text.partition(" @ ")
    return fold(debut), fold(lieu)

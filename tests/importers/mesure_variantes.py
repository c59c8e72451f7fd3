"""Reads written variants back and counts the fields told exactly, by format."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.lot import read_rosters
from mps_desktop.importers.rows import RosterReading, RosterRow
from tests.importers.variantes import CHAMPS, SECRET, Attendu, Ecrivain, Variante
from tests.importers.variantes_tableurs import CLASSEURS
from tests.importers.variantes_texte import TEXTES

ECRIVAINS: tuple[Ecrivain, ...] = (*TEXTES, *CLASSEURS)


@dataclass(slots=True)
class Bilan:
    """Counts of one format: students expected, told, told in excess, exact fields, first differences."""

    fichiers: int = 0
    refus: int = 0
    attendus: int = 0
    en_trop: int = 0
    fuites: int = 0
    justes: Counter[str] = field(default_factory=Counter[str])
    ecarts: list[str] = field(default_factory=list[str])

    def exactitude(self, champ: str) -> float:
        """Share of the expected students whose field is exact (a missing student counts against)."""
        return self.justes[champ] / self.attendus if self.attendus else 1.0


def variantes(graine: int, tours: int) -> Iterator[tuple[int, Variante]]:
    """Each writer ``tours`` times; the number given back makes the variant again."""
    for tour in range(tours):
        for rank, write in enumerate(ECRIVAINS):
            number = graine * 1_000_003 + tour * 101 + rank
            yield number, write(Random(number))  # noqa: S311  invented pupils, not secrets


def mesurer(lots: Iterable[tuple[int, Variante]], dossier: Path) -> dict[str, Bilan]:
    """Read every variant and compare."""
    bilans: dict[str, Bilan] = defaultdict(Bilan)
    for number, variante in lots:
        bilan = bilans[variante.famille]
        bilan.fichiers += 1
        bilan.attendus += len(variante.attendus)
        folder = dossier / str(number)
        folder.mkdir()
        paths = [folder / name for name, _ in variante.fichiers]
        for path, (_, data) in zip(paths, variante.fichiers, strict=True):
            path.write_bytes(data)
        try:
            readings = read_rosters(paths)
        except EnvironmentFault as exc:
            bilan.refus += 1
            bilan.ecarts.append(f"{number} {variante.notes} refusé : {exc}")
            continue
        bilan.fuites += SECRET in repr(replace_non_lu(readings))
        _comparer(number, variante, [row for reading in readings for row in reading.rows], bilan)
    return dict(bilans)


def replace_non_lu(readings: Iterable[RosterReading]) -> list[RosterReading]:
    """The readings without the titles left unread, that may hold anything."""
    return [replace(reading, non_lu=()) for reading in readings]


def _comparer(number: int, variante: Variante, rows: list[RosterRow], bilan: Bilan) -> None:
    left = list(rows)
    for attendu in variante.attendus:
        row = _closest(attendu, left)
        if row is None:
            bilan.ecarts.append(f"{number} {variante.notes} absent : {attendu.nom} | {attendu.prenom}")
            continue
        left.remove(row)
        for champ in CHAMPS:
            wanted, told = getattr(attendu, champ), getattr(row, champ)
            if champ == "voeux":
                told = tuple(replace(voeu, ligne=0) for voeu in told)
            if _same(champ, wanted, told):
                bilan.justes[champ] += 1
            else:
                bilan.ecarts.append(f"{number} {variante.notes} {champ} de {attendu.nom} : {wanted!r} lu {told!r}")
    bilan.en_trop += len(left)
    bilan.ecarts += [f"{number} {variante.notes} en trop : {row.nom} | {row.prenom} ({row.ligne})" for row in left]


def _same(champ: str, wanted: object, told: object) -> bool:
    if champ == "specialites":
        return set(wanted) == set(told)  # type: ignore[call-overload]
    if isinstance(wanted, str) and isinstance(told, str):
        return unicodedata.normalize("NFC", wanted) == told
    return wanted == told


def _closest(attendu: Attendu, rows: list[RosterRow]) -> RosterRow | None:
    """The row of that student: same letters in the name, else same birth date."""
    letters = sorted(f"{attendu.nom}{attendu.prenom}".replace(" ", ""))
    for row in rows:
        if sorted(f"{row.nom}{row.prenom}".replace(" ", "").replace(",", "")) == letters:
            return row
    return None

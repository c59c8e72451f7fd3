"""Where the dossier is on the disk, and how large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mps_desktop.core.text import NBSP, NNBSP

_KO, _MO = 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class EtatDisque:
    """The dossier as a folder.

    Attributes:
        chemin: the folder.
        taille: of all its files, for people.
        fictif: invented people, thrown away at the end.
    """

    chemin: Path
    taille: str
    fictif: bool


def measure_dossier(chemin: Path, fictif: bool) -> EtatDisque:
    """Add up the files of a dossier; one that goes away meanwhile counts for nothing."""
    total = 0
    for file in chemin.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return EtatDisque(chemin, size_label(total), fictif)


def size_label(octets: int) -> str:
    """Size for people: 830 ko, 15,0 Mo."""
    if octets < _MO:
        return f"{octets // _KO}{NBSP}ko"
    return f"{octets / _MO:,.1f}{NBSP}Mo".replace(",", NNBSP).replace(".", ",")

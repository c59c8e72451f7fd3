"""What a teacher's file becomes: rows, rejections, and what was recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One student of a roster. Only the whitelist of the RGPD note exists here.

    Attributes:
        ligne: line or row number in the file, 1-based, as the teacher's software shows it.
        classe: name of the class, empty when the file does not say.
        niveau: ``seconde``, ``premiere``, ``terminale`` or empty.
        bac: bac id (``Générale``, ``STMG``…) or empty.
        specialites: ``mat…`` ids.
        moyenne: general average out of 20.
    """

    ligne: int
    nom: str
    prenom: str
    classe: str = ""
    naissance: date | None = None
    sexe: str = ""
    ine: str = ""
    niveau: str = ""
    bac: str = ""
    specialites: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    moyenne: float | None = None


@dataclass(frozen=True, slots=True)
class Rejet:
    """A line that was not taken.

    Attributes:
        ligne: 1-based line number.
        raison: one French sentence.
        extrait: the beginning of the line, at most 60 characters.
    """

    ligne: int
    raison: str
    extrait: str = ""


@dataclass(frozen=True, slots=True)
class RosterReading:
    """One file read.

    Attributes:
        fichier: file name without folder.
        logiciel: what it comes from, as far as recognised ("PRONOTE", "Tableur"…).
        encodage: Python codec name, empty for spreadsheets.
        separateur: column separator, empty for spreadsheets.
        ligne_entete: 1-based number of the (last) header line, 0 = none.
        colonnes: (header in the file, field it fills) in file order.
        non_lu: headers deliberately not read (addresses, tutor, health…).
        avertissements: French sentences about the whole file.
    """

    fichier: str
    logiciel: str
    encodage: str
    separateur: str
    ligne_entete: int
    colonnes: tuple[tuple[str, str], ...]
    rows: tuple[RosterRow, ...]
    rejets: tuple[Rejet, ...]
    non_lu: tuple[str, ...] = ()
    avertissements: tuple[str, ...] = ()

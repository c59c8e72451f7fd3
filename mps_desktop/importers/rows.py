"""What a teacher's file becomes: rows, rejections, and what was recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class VoeuLu:
    """One Parcoursup wish (or sub-wish) as a file or a pasted screen words it; nothing is looked up here.

    Attributes:
        ligne: 1-based line number.
        formation: label of the formation, as written, without the marks read below.
        etablissement, commune: as written, empty when the file does not say.
        apprentissage: wished as an apprentice.
        confirme: confirmed on Parcoursup; None when the file does not say.
        internat: ``avec``, ``sans`` or empty.
        numero: number of the wish that a sub-wish belongs to, 0 when the file does not say.
        nb_sous_voeux: sub-wishes that a summary counts under the wish, 0 when it does not say.
    """

    ligne: int
    formation: str
    etablissement: str = ""
    commune: str = ""
    apprentissage: bool = False
    confirme: bool | None = None
    internat: str = ""
    numero: int = 0
    nb_sous_voeux: int = 0


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One student of a roster. Only the whitelist of the RGPD note exists here.

    Attributes:
        ligne: line or row number in the file, 1-based, as the teacher's software shows it.
        classe: name of the class, empty when the file does not say.
        niveau: ``seconde``, ``premiere``, ``terminale`` or empty.
        bac: bac id (``Générale``, ``STMG``…) or empty.
        specialites: ``mat…`` ids.
        options: labels as written, languages aside.
        moyenne: general average out of 20.
        langues: living languages, labels as written.
        voeux: wishes, in file order.
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
    langues: tuple[str, ...] = ()
    voeux: tuple[VoeuLu, ...] = ()


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
class ColonneLue:
    """One column of the file that is read.

    Attributes:
        titre: as written.
        champ: field that it fills.
        confiance: 0..1, how sure the recognition is: the wording of the title, then the share of its cells that
            can be such values. 1 for a column that the teacher chose.
    """

    titre: str
    champ: str
    confiance: float = 1.0


@dataclass(frozen=True, slots=True)
class RosterReading:
    """One file read.

    Attributes:
        fichier: file name without folder.
        logiciel: what it comes from, as far as recognised ("PRONOTE", "Tableur"…).
        encodage: Python codec name, empty for spreadsheets.
        separateur: column separator, empty for spreadsheets.
        ligne_entete: 1-based number of the (last) header line, 0 = none.
        colonnes: columns that are read, in file order.
        non_lu: headers deliberately not read (addresses, tutor, health…).
        avertissements: French sentences about the whole file.
        confiance: 0..1, how sure the recognition of the source is.
        lignes_entete: 1-based numbers of every header line, second lines and repeated headers included.
        voeux_seuls: wishes of one unnamed candidate (a pasted screen); there are no rows then.
        signature: what tells this kind of file again (``correspondance.signature``), empty without header.
    """

    fichier: str
    logiciel: str
    encodage: str
    separateur: str
    ligne_entete: int
    colonnes: tuple[ColonneLue, ...]
    rows: tuple[RosterRow, ...]
    rejets: tuple[Rejet, ...]
    non_lu: tuple[str, ...] = ()
    avertissements: tuple[str, ...] = ()
    confiance: float = 1.0
    lignes_entete: tuple[int, ...] = ()
    voeux_seuls: tuple[VoeuLu, ...] = ()
    signature: str = ""

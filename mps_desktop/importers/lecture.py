"""One line of a sheet -> a student read, or the reason why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mps_desktop.core.text import NNBSP, fold
from mps_desktop.importers.classes import class_names_in, read_classe, read_formation, read_mef, read_niveau
from mps_desktop.importers.croix import crossed
from mps_desktop.importers.entetes import Colonne, Entete
from mps_desktop.importers.feuille import Ligne
from mps_desktop.importers.langues import LANGUES_CYCLADES
from mps_desktop.importers.noms import is_name, is_total, split_identite, strip_note
from mps_desktop.importers.rows import Rejet, VoeuLu
from mps_desktop.importers.valeurs import read_date, read_ine, read_moyenne, read_sexe
from mps_desktop.importers.voeux import read_voeux

_LEFT = re.compile(
    r"(?:est )?(?:partie?|sortie?|radiée?|a quitté (?:le lycée|l['’]établissement|la classe))"
    r" (?:le|depuis|en|au) (?:[\d]{1,2}\b|janv|févr|fevr|mars|avril|mai\b|juin|sept|oct|nov|déc|dec)",
    re.IGNORECASE,
)
_SAYS_CLASS = re.compile(r"(?:classe|division)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"\b(?:lv|langue vivante) ?([abc123])\b")
_LETTERS = str.maketrans("abc", "123")
_EVIDENCE = ("naissance", "ine", "sexe", "classe", "moyenne", "specialite", "option", "formation", "voeu")


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A student as the line says, before the class and the bac are settled for the whole sheet.

    Attributes:
        specialites: cells of the spécialité columns.
        options: cells of the option columns.
        facultatives: cells of the columns of facultative options, never spécialités.
        voeux: wishes that the line holds.
        formations: MEF labels and series that name a bac (a wished formation does not).
        sortie: what the exit date column holds.
        remarques: French clauses about this line, without the number of the line.
        feuille: name of the sheet, empty when the file has only one.
    """

    numero: int
    nom: str
    prenom: str
    classe: str = ""
    naissance: date | None = None
    sexe: str = ""
    ine: str = ""
    niveau: str = ""
    bac: str = ""
    specialite_mef: str = ""
    specialites: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    facultatives: tuple[str, ...] = ()
    voeux: tuple[VoeuLu, ...] = ()
    formations: tuple[str, ...] = ()
    moyenne: float | None = None
    sortie: str = ""
    remarques: tuple[str, ...] = ()
    extrait: str = ""
    feuille: str = ""

    @property
    def place(self) -> str:
        """Where it is, for people: the line number, with the sheet when the file has several."""
        return f"{self.numero} (feuille « {self.feuille} »)" if self.feuille else str(self.numero)


def read_line(
    ligne: Ligne, entete: Entete, *, month_first: bool = False, prenom_first: bool = False
) -> LigneLue | Rejet:
    """Read one line below the header.

    A birth date, an INE or an average that cannot be right is left out and said (``remarques``): the student is kept.

    Args:
        month_first: the birth dates of this sheet are written with the month first.
        prenom_first: names in one cell begin with the first name, unless their capitals say otherwise.
    """
    if entete.text(ligne, "type_structure").upper() == "G":
        return _reject(ligne, entete, "Ligne de groupe : l’élève est lu sur la ligne de sa classe.")
    found = _read_names(ligne, entete, prenom_first=prenom_first)
    if isinstance(found, Rejet):
        return found
    nom, prenom, remarks = found
    birth = read_date(entete.text(ligne, "naissance"), month_first=month_first)
    if birth.remarque:
        left_out = "" if birth.jour else ", l’élève est gardé sans elle"
        remarks.append(birth.remarque + left_out)
    ine = read_ine(entete.text(ligne, "ine"))
    if ine is None:
        remarks.append("l’INE n’a pas 11 caractères, il n’est pas gardé")
    mark = _general_mark(ligne, entete)
    moyenne, understood = read_moyenne(mark)
    if not understood:
        remarks.append(f"la moyenne « {mark[:20]} » n’est pas comprise, elle n’est pas gardée")
    coded = entete.text(ligne, "code_mef") or entete.text(ligne, "formation")
    formations = {label: read_formation(label) for label in _cells(ligne, entete, "formation")}
    studies = [read_mef(coded), *formations.values()]
    niveau = read_niveau(entete.text(ligne, "niveau"))
    return LigneLue(
        numero=ligne.numero,
        nom=nom,
        prenom=prenom,
        classe=entete.text(ligne, "classe").split(",")[0].strip(),
        naissance=birth.jour,
        sexe=read_sexe(entete.text(ligne, "sexe")),
        ine=ine or "",
        niveau=next((cursus.niveau for cursus in studies if cursus.niveau), niveau),
        bac=next((cursus.bac for cursus in studies if cursus.bac), ""),
        specialite_mef=studies[0].specialite,
        specialites=(*_cells(ligne, entete, "specialite"), *crossed(ligne, entete)),
        options=tuple(LANGUES_CYCLADES.get(cell, cell) for cell in _cells(ligne, entete, "option")),
        facultatives=_cells(ligne, entete, "facultatif"),
        voeux=read_voeux(ligne, entete),
        formations=tuple(label for label, cursus in formations.items() if cursus.bac),
        moyenne=moyenne,
        sortie=entete.text(ligne, "sortie") or _departure(ligne, entete),
        remarques=tuple(remarks),
        extrait=entete.extract(ligne),
    )


def read_section(ligne: Ligne, entete: Entete) -> str:
    """Class that a title line gives to the lines below it ("TSTMG 1" alone), empty for any other line."""
    cells = tuple(dict.fromkeys(ligne.remplies))
    if len(cells) == 1:
        said = _SAYS_CLASS.match(cells[0]) is not None
        names = [name for name in class_names_in(cells[0]) if said or re.search(r"\d", name)]
        if read_classe(cells[0]) and re.search(r"[^\W\d]", cells[0]):
            return cells[0]
        if len(names) == 1 and not is_total(cells[0]):
            return names[0]
    classe = entete.text(ligne, "classe")
    anonymous = not any(entete.text(ligne, champ) for champ in ("identite", "prenom_nom", "nom", "prenom"))
    if anonymous and re.search(r"[^\W\d]", classe) and read_classe(classe) and not is_total(classe):
        return classe
    return ""


def _read_names(ligne: Ligne, entete: Entete, *, prenom_first: bool) -> tuple[str, str, list[str]] | Rejet:
    """Surname, first name and remarks; a refusal when the line names nobody."""
    if any(is_total(cell) for cell in ligne.remplies[:2]) and not _has_birth(ligne, entete):
        return _reject(ligne, entete, "Ligne ajoutée par le logiciel ou total, pas un élève.")
    nom = entete.text(ligne, "nom_usage") or entete.text(ligne, "nom")
    prenom = entete.text(ligne, "prenom_usage") or entete.text(ligne, "prenom")
    if entete.has("prenom") and (nom or prenom):
        return _two_cells(ligne, entete, nom, prenom)
    whole = entete.text(ligne, "identite") or entete.text(ligne, "prenom_nom") or nom
    if not whole:
        return _reject(ligne, entete, "Aucun nom sur cette ligne.")
    if any(char.isdigit() for char in strip_note(whole)) or not is_name(whole):
        return _reject(ligne, entete, "Ce n’est pas un nom.")
    prenom_first = prenom_first or (not entete.text(ligne, "identite") and entete.has("prenom_nom"))
    identite = split_identite(whole, prenom_first=prenom_first)
    if identite is None:
        lone = len(strip_note(whole).split()) == 1
        return _reject(ligne, entete, "Le prénom manque." if lone else "Ce n’est pas un nom et un prénom.")
    if not identite.sur and len(entete.colonnes) > 1 and not any(entete.text(ligne, champ) for champ in _EVIDENCE):
        return _reject(ligne, entete, "Remarque ou titre, pas un élève.")
    remarks = [] if identite.sur else ["rien ne sépare le nom du prénom, vérifiez-les"]
    return identite.nom, identite.prenom, remarks


def _two_cells(ligne: Ligne, entete: Entete, nom: str, prenom: str) -> tuple[str, str, list[str]] | Rejet:
    nom, prenom = strip_note(nom), strip_note(prenom)
    if not nom or not prenom:
        return _reject(ligne, entete, "Le nom manque." if prenom else "Le prénom manque.")
    if not is_name(nom) or not is_name(prenom):
        return _reject(ligne, entete, "Ce n’est pas un nom et un prénom.")
    return nom, prenom, []


def _has_birth(ligne: Ligne, entete: Entete) -> bool:
    return read_date(entete.text(ligne, "naissance")).jour is not None


def _cells(ligne: Ligne, entete: Entete, champ: str) -> tuple[str, ...]:
    """Filled cells of all the columns of a field; numbers alone are not labels, but for the codes that we know."""
    columns = [column for column in entete.colonnes if column.champ == champ]
    cells = (ligne.cell(column.rang) for column in sorted(columns, key=_language_rank))
    return tuple(
        cell
        for cell in cells
        if cell and (not cell.isdigit() or len(cell) == 6 or cell in LANGUES_CYCLADES) and fold(cell)
    )


def _general_mark(ligne: Ligne, entete: Entete) -> str:
    """The general average: the column surest of being it, else the last filled ("Moyenne T1", "Moyenne T2")."""
    columns = [column for column in entete.colonnes if column.champ == "moyenne"]
    columns.sort(key=lambda column: (column.confiance, column.rang), reverse=True)
    return next((cell for column in columns if (cell := ligne.cell(column.rang))), "")


def _language_rank(column: Colonne) -> str:
    """LVA before LVB wherever they stand; other columns keep their order."""
    found = _LANGUAGE.search(fold(column.titre))
    return found[1].translate(_LETTERS) if found is not None else ""


def _departure(ligne: Ligne, entete: Entete) -> str:
    """A remark beside a student that says that he left ("parti le 16/10"); no other remark is kept."""
    read = {colonne.rang for colonne in entete.colonnes}
    beside = (cell for rang, cell in enumerate(ligne.cellules) if rang not in read)
    return next((cell for cell in beside if _LEFT.match(cell)), "")


def _reject(ligne: Ligne, entete: Entete, reason: str) -> Rejet:
    return Rejet(ligne.numero, reason.replace(" :", f"{NNBSP}:"), entete.extract(ligne))

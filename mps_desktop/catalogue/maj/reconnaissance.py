"""Recognise an official file by its header, never by its name, and say what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from mps_desktop.catalogue.construction.sources import Row, read_own_table
from mps_desktop.catalogue.maj.fichiers import Texte, read_header, read_json, read_rows, read_text
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import fold

PREMIERE_SESSION = 2023
"""First session whose file has the columns that the catalogue reads."""

_MESR = "Ministère de l’enseignement supérieur et de la recherche (SIES)"
_ETALAB = "Licence Ouverte 2.0 (Etalab)"
_COMMUNES = ("code_insee", "nom", "codes_postaux", "code_departement", "departement", "code_region", "population")
_ADMISSIONS_HINT = "Effectif total des candidats pour une formation"
_MOST_TAUX = 100
_AUTRES_JEUX = (
    # Folded column names that betray another data set, and what it is.
    (("nom", "prenom"), "une liste d’élèves", "Une classe s’importe depuis l’écran Classe, jamais ici."),
    (("eleve",), "une liste d’élèves", "Une classe s’importe depuis l’écran Classe, jamais ici."),
    (("ips voie gt",), "le fichier des indices de position sociale des lycées", ""),
    (("ips de l etablissement",), "le fichier des indices de position sociale des lycées", ""),
    (("numero uai", "appellation officielle"), "le fichier des adresses des établissements", ""),
    (("annee", "doublette"), "un fichier des enseignements de spécialité", ""),
)
_ATTENDUS = (
    "Sont acceptés : les admissions de Parcoursup (fr-esr-parcoursup, 118 colonnes), la cartographie des formations, "
    "les métiers de l’Onisep, les communes."
)


class Genre(StrEnum):
    """What an official file is."""

    ADMISSIONS = "admissions de Parcoursup"
    CARTE = "cartographie des formations de Parcoursup"
    METIERS = "métiers de l’Onisep"
    COMMUNES = "communes de France"


_JEUX = {
    Genre.ADMISSIONS: ("fr-esr-parcoursup", _MESR, _ETALAB),
    Genre.CARTE: ("fr-esr-cartographie_formations_parcoursup", _MESR, _ETALAB),
    Genre.METIERS: ("Idéo-métiers", "Onisep", "Licence Ouverte ou ODbL, selon le jeu (Onisep)"),
    Genre.COMMUNES: ("code officiel géographique et base des codes postaux", "Insee et La Poste", _ETALAB),
}


@dataclass(frozen=True, slots=True)
class FichierOfficiel:
    """One file recognised, read and checked.

    Attributes:
        session: Parcoursup session; 0 for a file that has none.
        lignes: its rows, under the technical names of the data set.
        empreinte: SHA-256 of the file as given.
    """

    nom: str
    genre: Genre
    session: int
    lignes: tuple[Row, ...]
    empreinte: str

    @property
    def description(self) -> str:
        """What it is, for people: "admissions de Parcoursup, session 2026, 13 869 lignes"."""
        count = f"{len(self.lignes):,}".replace(",", "\u202f")
        session = f", session {self.session}" if self.session else ""
        return f"{self.genre}{session}, {count} lignes"

    @property
    def provenance(self) -> dict[str, object]:
        """Row of the table ``sources``."""
        jeu, producteur, licence = _JEUX[self.genre]
        return {
            "fichier": self.nom, "jeu": jeu, "producteur": producteur, "licence": licence,
            "session": str(self.session) if self.session else "non datée", "empreinte": self.empreinte,
        }  # fmt: skip


def read_official(path: Path, resources: Path, progress: Progress) -> FichierOfficiel:
    """Read a file and say what it is.

    Args:
        resources: our own tables, for the names of the columns.

    Raises:
        EnvironmentFault: damaged, or not one of the official files; the message says which.
        Cancelled: stopped by the user.
    """
    texte = read_text(path, progress)
    if texte.texte.lstrip()[:1] in ("[", "{"):
        return _read_json(texte)
    header = read_header(texte)
    folded = {fold(name) for name in header}
    if names := _admission_names(header, resources):
        return _read_admissions(texte, names, progress)
    if set(_COMMUNES) <= set(header) and {"latitude", "longitude"} <= set(header):
        return _of(texte, Genre.COMMUNES, 0, read_rows(texte, header, progress))
    if {"gta", "nm"} <= set(header):
        return _read_carte(texte, read_rows(texte, header, progress))
    if {"libelle metier", "lien site onisep fr"} <= folded:
        rows = read_rows(texte, [fold(name).replace(" ", "_") for name in header], progress)
        return _of(texte, Genre.METIERS, 0, _metiers(rows))
    raise _refuse(texte.nom, folded)


def _of(texte: Texte, genre: Genre, session: int, rows: list[Row]) -> FichierOfficiel:
    if not rows:
        raise EnvironmentFault(f"Le fichier « {texte.nom} » ne contient rien d’utilisable.", _ATTENDUS)
    return FichierOfficiel(texte.nom, genre, session, tuple(rows), texte.empreinte)


def _admission_names(header: list[str], resources: Path) -> list[str] | None:
    """Technical name of each column, None when it is not an admission file.

    Raises:
        EnvironmentFault: it is one, but columns are missing.
    """
    wanted = read_own_table(resources, "colonnes_admissions.csv")
    by_label: dict[str, list[str]] = {}
    for row in wanted:
        by_label.setdefault(_key(row["libelle"]), []).append(row["nom"])
        by_label.setdefault(_key(row["nom"]), []).append(row["nom"])
    names: list[str] = []
    for label in header:
        # One label is there twice: its first column, then the second (some tools number them).
        left = by_label.get(_key(re.sub(r"[._]\d$", "", label)), [])
        names.append(next((name for name in left if name not in names), ""))
    missing = [row["libelle"] for row in wanted if row["nom"] not in names]
    if not missing:
        return names
    if "cod_aff_form" in names or _key(_ADMISSIONS_HINT) in {_key(label) for label in header}:
        shown = ", ".join(f"« {label} »" for label in missing[:3])
        more = f" et {len(missing) - 3} autres" if len(missing) > 3 else ""
        raise EnvironmentFault(
            f"C’est un fichier d’admissions de Parcoursup, mais il y manque des colonnes : {shown}{more}.",
            f"Prenez l’export complet (118 colonnes) d’une session à partir de {PREMIERE_SESSION}.",
        )
    return None


def _key(label: str) -> str:
    return fold(label.replace("%", " pourcentage "))


def _read_admissions(texte: Texte, names: list[str], progress: Progress) -> FichierOfficiel:
    rows = read_rows(texte, names, progress)
    nom = texte.nom
    sessions = Counter(row["session"].partition(".")[0] for row in rows)
    if len(sessions) != 1 or not next(iter(sessions)).isdigit():
        shown = ", ".join(sorted(sessions)[:4])
        raise EnvironmentFault(
            f"Le fichier « {nom} » mélange plusieurs sessions ou n’en dit aucune ({shown}).",
            "Prenez un fichier d’une seule session.",
        )
    session = int(next(iter(sessions)))
    if session < PREMIERE_SESSION:
        raise EnvironmentFault(
            f"Le fichier « {nom} » est celui de la session {session}.",
            f"Le catalogue lit les sessions à partir de {PREMIERE_SESSION}.",
        )
    seen: set[str] = set()
    for row in rows:
        code = row["cod_aff_form"].partition(".")[0]
        if not code.isdigit() or code in seen:
            raise EnvironmentFault(
                f"Dans « {nom} », le code de formation « {row['cod_aff_form'][:20]} » manque ou revient deux fois.",
                "Reprenez l’export officiel, sans modification.",
            )
        seen.add(code)
        row["cod_aff_form"] = code
        if not _plausible(row["taux_acces_ens"]):
            raise EnvironmentFault(
                f"Dans « {nom} », le taux d’accès de la formation {code} est impossible.",
                "Les colonnes sont sans doute décalées : reprenez l’export officiel.",
            )
    return _of(texte, Genre.ADMISSIONS, session, rows)


def _plausible(taux: str) -> bool:
    try:
        return not taux or 0 <= float(taux.replace(",", ".")) <= _MOST_TAUX
    except ValueError:
        return False


def _read_json(texte: Texte) -> FichierOfficiel:
    records = read_json(texte)
    keys: set[str] = set(records[0]) if records else set()
    if {"gta", "nm"} <= keys:
        return _read_carte(texte, [_texts(record) for record in records])
    if {"libelle_metier", "lien_site_onisepfr"} <= keys or {"libelle", "url_onisep", "codes_rome"} <= keys:
        return _of(texte, Genre.METIERS, 0, _metiers([_texts(record) for record in records]))
    raise _refuse(texte.nom, {fold(key) for key in keys})


def _texts(record: Mapping[str, Any]) -> Row:
    """Cells as text; a list of codes gives its first one, a pair of coordinates is joined."""
    return {key: _text(value) for key, value in record.items()}


def _text(value: object) -> str:
    if isinstance(value, list):
        parts = cast("list[object]", value)
        first = parts[0] if parts else ""
        if isinstance(first, dict):
            return str(cast("dict[str, object]", first).get("code", ""))
        return ", ".join(str(part) for part in parts)
    return "" if value is None else str(value)


def _metiers(rows: list[Row]) -> list[Row]:
    """Métiers with an ONISEP id: id, label, ROME code."""
    found: list[Row] = []
    for row in rows:
        link = row.get("lien_site_onisepfr") or row.get("lien_site_onisep_fr") or row.get("url_onisep") or ""
        slug = re.search(r"MET\.\d+", link)
        label = row.get("libelle_metier") or row.get("libelle") or ""
        if slug is not None and label:
            found.append(
                {"id": slug[0], "libelle": label, "code_rome": row.get("code_rome") or row.get("codes_rome", "")}
            )
    return found


def _read_carte(texte: Texte, rows: list[Row]) -> FichierOfficiel:
    kept = [row for row in rows if row["gta"].isdigit() and row["nm"]]
    years = {row.get("annee", "") for row in kept}
    session = int(next(iter(years))) if len(years) == 1 and next(iter(years)).isdigit() else 0
    return _of(texte, Genre.CARTE, session, kept)


def _refuse(nom: str, folded: set[str]) -> EnvironmentFault:
    for columns, what, remede in _AUTRES_JEUX:
        if set(columns) <= folded:
            return EnvironmentFault(
                f"Le fichier « {nom} » est {what} : il ne met pas le catalogue à jour.", remede or _ATTENDUS
            )
    return EnvironmentFault(f"Le fichier « {nom} » n’a pas été reconnu.", _ATTENDUS)

"""Find the official files by name anywhere below a folder, read them, and remember where facts come from."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from mps_desktop.catalogue.records import Source
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import NNBSP

Row = dict[str, str]

_MESR = "Ministère de l’enseignement supérieur et de la recherche (SIES)"
_DEPP = "Ministère de l’éducation nationale (DEPP)"
_ETALAB = "Licence Ouverte 2.0 (Etalab)"
_ONISEP = "Onisep"
_ODBL = "Licence Ouverte ou ODbL, selon le jeu (Onisep)"
_MIT = "Licence MIT (dépôt public de MonProjetSup)"
_MPS = "MonProjetSup (ministères de l’éducation nationale et de l’enseignement supérieur)"


@dataclass(frozen=True, slots=True)
class Expected:
    """One file that the builder needs: its exact name, and what people must know about it."""

    fichier: str
    jeu: str
    producteur: str
    licence: str
    session: str


PARCOURSUP_2023 = Expected("parcoursup_2023.csv.gz", "fr-esr-parcoursup", _MESR, _ETALAB, "2023")
PARCOURSUP_2018 = Expected("parcoursup_2018.csv.gz", "fr-esr-parcoursup", _MESR, _ETALAB, "2018")
PARCOURSUP_2019 = Expected("parcoursup_2019.csv.gz", "fr-esr-parcoursup", _MESR, _ETALAB, "2019")
PARCOURSUP_2024 = Expected(
    "parcoursup_2024_partiel_11col.csv.gz", "fr-esr-parcoursup (11 colonnes)", _MESR, _ETALAB, "2024"
)
PARCOURSUP_2025 = Expected(
    "parcoursup_2025_partiel_32col.csv.gz", "fr-esr-parcoursup (colonnes réduites)", _MESR, _ETALAB, "2025"
)
COLONNES = Expected("parcoursup_dictionnaire_colonnes.csv.gz", "fr-esr-parcoursup, colonnes", _MESR, _ETALAB, "2025")
CARTE = Expected("psup_carte_2025_g_ta_cod_libelles.csv.gz", "carte des formations Parcoursup", _MESR, _ETALAB, "2025")
APPARIEMENT = Expected(
    "appariement_2023_cod_aff_form_gFlCod.csv.gz", "formations 2023 et filières Parcoursup", _MPS, _MIT, "2023"
)
LIBELLES = Expected(
    "monprojetsup_g_ta_cod_libelles_2023_2024.csv.gz", "libellés des formations Parcoursup", _MPS, _MIT, "2023-2024"
)
MOYENNES = Expected(
    "monprojetsup_moyennes_admis_parcoursup_par_bac.csv.gz", "moyennes des admis par bac", _MPS, _MIT, "2023"
)
EDS = Expected(
    "parcoursup_eds_bacheliers_generaux_2021_2024_labels_courts.csv.gz",
    "fr-esr-parcoursup-enseignements-de-specialite-bacheliers-generaux-2", _MESR, _ETALAB, "2021-2024",
)  # fmt: skip
COMMUNES = Expected(
    "communes_france_2026.csv.gz", "code officiel géographique et base des codes postaux", "Insee et La Poste",
    _ETALAB, "2026",
)  # fmt: skip
LYCEES = Expected(
    "lycees_geolocalises_2024.csv.gz", "adresse et géolocalisation des établissements", _DEPP, _ETALAB, "décembre 2024"
)
SUPERIEUR = Expected(
    "etablissements_superieur_principaux.csv.gz", "principaux établissements d’enseignement supérieur", _MESR, _ETALAB,
    "2024",
)  # fmt: skip
FRONT = Expected("frontendData_2024-03-29.zip", "données de MonProjetSup", _MPS, _MIT, "mars 2024")
FICHES_FORMATIONS = Expected(
    "Onisep_Ideo_Fiches_Formations_25062024.zip", "Idéo-fiches formations", _ONISEP, _ODBL, "juin 2024"
)
FICHES_METIERS = Expected("Onisep_Ideo_Fiches_Metiers_25062024.zip", "Idéo-fiches métiers", _ONISEP, _ODBL, "juin 2024")
METIERS_2024 = Expected("metiers.json", "Idéo-métiers", _ONISEP, _ODBL, "juin 2024")
METIERS_2026 = Expected("onisep_metiers_2026.json.gz", "Idéo-métiers", _ONISEP, _ODBL, "avril 2026")
FORMATIONS_2026 = Expected(
    "onisep_formations_2026.json.gz", "Idéo-formations initiales (supérieur)", _ONISEP, _ODBL, "avril 2026"
)

ALL: tuple[Expected, ...] = (
    PARCOURSUP_2023, PARCOURSUP_2024, PARCOURSUP_2025, COLONNES, CARTE, APPARIEMENT, LIBELLES, MOYENNES, EDS,
    COMMUNES, LYCEES, SUPERIEUR, FRONT, FICHES_FORMATIONS, FICHES_METIERS, METIERS_2024, METIERS_2026,
    PARCOURSUP_2018, PARCOURSUP_2019, FORMATIONS_2026,
)  # fmt: skip


class SourceFolder:
    """The official files below one folder.

    Args:
        folder: where to look, at any depth.
        needed: files that must be there.

    Raises:
        EnvironmentFault: a file is missing; the message names the first one. Reading one that is damaged says so too.
    """

    def __init__(self, folder: Path, needed: tuple[Expected, ...] = ALL) -> None:
        self._paths: dict[str, Path] = {}
        for wanted in needed:
            found = sorted(folder.rglob(wanted.fichier)) if folder.is_dir() else []
            if not found:
                raise EnvironmentFault(
                    f"Le fichier « {wanted.fichier} » est introuvable dans « {folder} ».",
                    "Ajoutez-le au dossier des sources, puis relancez la commande.",
                )
            self._paths[wanted.fichier] = found[0]

    def describe(self) -> tuple[Source, ...]:
        """Every file with its SHA-256, by file name."""
        described = [
            Source(
                wanted.fichier,
                wanted.jeu,
                wanted.producteur,
                wanted.licence,
                wanted.session,
                hashlib.sha256(self._paths[wanted.fichier].read_bytes()).hexdigest(),
            )
            for wanted in ALL
        ]
        return tuple(sorted(described, key=lambda source: source.fichier))

    def rows(self, wanted: Expected) -> list[Row]:
        """Rows of a ``;`` CSV, gzipped or not, by column name."""
        with readable(wanted), self._open(wanted) as file:
            return list(csv.DictReader(file, delimiter=";"))

    def positional_rows(self, wanted: Expected, names: list[str]) -> list[Row]:
        """Rows of a CSV whose header repeats a name: the columns take ``names`` in order."""
        with readable(wanted), self._open(wanted) as file:
            reader = csv.reader(file, delimiter=";")
            next(reader, None)
            return [dict(zip(names, row, strict=False)) for row in reader]

    def json(self, wanted: Expected, member: str = "") -> Any:  # noqa: ANN401  JSON has no static type
        """Content of a JSON file, gzipped or not, or of one member of a zip."""
        if not member:
            with self._open(wanted) as file:
                return json.load(file)
        with zipfile.ZipFile(self._paths[wanted.fichier]) as archive:
            return json.loads(archive.read(member))

    def xml_elements(self, wanted: Expected, tag: str) -> Iterator[Element]:
        """Elements ``tag`` of the single XML member of a zip, one at a time.

        The member comes from Onisep's own archive, named above; DTDs and entities are not expanded by expat.
        """
        with zipfile.ZipFile(self._paths[wanted.fichier]) as archive:
            member = next(name for name in archive.namelist() if name.endswith(".xml"))
            with archive.open(member) as stream:
                for _, element in iterparse(stream):  # noqa: S314  official archive, chosen by the person who builds
                    if element.tag == tag:
                        yield element
                        element.clear()

    def _open(self, wanted: Expected) -> io.TextIOWrapper:
        path = self._paths[wanted.fichier]
        if path.suffix == ".gz":
            return io.TextIOWrapper(gzip.open(path), encoding="utf-8", newline="")
        return path.open(encoding="utf-8", newline="")


@contextmanager
def readable(wanted: Expected) -> Generator[None]:
    """Reading one official file: what is wrong with it is told with its name.

    Raises:
        EnvironmentFault: it is cut, is not what its name says, or lacks a column.
    """
    remede = "Téléchargez-le de nouveau, puis relancez la commande."
    try:
        yield
    except KeyError as exc:
        message = f"Le fichier « {wanted.fichier} » n’a pas la colonne « {exc.args[0]} »."
        raise EnvironmentFault(message, remede) from exc
    except (EOFError, OSError, zlib.error, UnicodeDecodeError, csv.Error) as exc:
        message = f"Le fichier « {wanted.fichier} » est incomplet ou abîmé{NNBSP}: il ne peut pas être lu."
        raise EnvironmentFault(message, remede) from exc


def read_own_table(resources: Path, name: str) -> list[Row]:
    """Rows of one of our own small tables, in ``resources/catalogue_sources``.

    Raises:
        EnvironmentFault: the program is incomplete.
    """
    path = resources / "catalogue_sources" / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))
    except OSError as exc:
        raise EnvironmentFault(
            f"Le fichier « {name} » manque dans l’installation du programme.", "Réinstallez MPS Bureau."
        ) from exc


def number(text: str | None) -> float | None:
    """Decimal number of a cell, None when empty or not a number."""
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def count(text: str | None) -> int | None:
    """Whole number of a cell ("100.0" counts as 100), None when empty."""
    value = number(text)
    return None if value is None else round(value)

"""Check a catalogue: how much is there, how well its parts join, what falls short."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mps_desktop.catalogue.schema import TABLES, VERSION
from mps_desktop.core.errors import EnvironmentFault


@dataclass(frozen=True, slots=True)
class Controle:
    """One figure of the catalogue against what is expected of it.

    Attributes:
        nom: what is measured, in French.
        valeur: the figure.
        seuil: least or most accepted, in the same unit.
        ok: the figure is good enough.
        maximum: True when ``seuil`` is the most accepted.
    """

    nom: str
    valeur: float
    seuil: float
    ok: bool
    maximum: bool = False


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a catalogue holds.

    Attributes:
        comptes: rows by thing counted.
        liens: edges of the engine by kind.
        taux: shares in percent by name.
        sans_voeu, sans_metier, sans_domaine: formations concerned, (id, label).
        controles: figures against thresholds.
    """

    comptes: Mapping[str, int]
    liens: Mapping[str, int]
    taux: Mapping[str, float]
    sans_voeu: tuple[tuple[str, str], ...]
    sans_metier: tuple[tuple[str, str], ...]
    sans_domaine: tuple[tuple[str, str], ...]
    controles: tuple[Controle, ...]

    @property
    def ok(self) -> bool:
        """Every figure is good enough."""
        return all(controle.ok for controle in self.controles)


_COUNTS = {
    "formations": "SELECT count(*) FROM formations",
    "las": "SELECT count(*) FROM formations WHERE las IS NOT NULL",
    "voeux": "SELECT count(*) FROM voeux",
    "communes": "SELECT count(*) FROM communes",
    "metiers": "SELECT count(*) FROM metiers",
    "domaines": "SELECT count(*) FROM elements WHERE genre = 'domaine'",
    "interets": "SELECT count(*) FROM elements WHERE genre = 'interet'",
    "atomes": "SELECT count(*) FROM atomes",
    "bacs": "SELECT count(*) FROM bacs",
    "specialites": "SELECT count(*) FROM specialites",
    "recherche": "SELECT count(*) FROM recherche",
    "sources": "SELECT count(*) FROM sources",
}
_SHARES = {
    # name -> (rows that satisfy, table)
    "vœux avec formation": ("formation_id IS NOT NULL", "voeux"),
    "vœux avec coordonnées": ("lat IS NOT NULL AND lng IS NOT NULL", "voeux"),
    "vœux avec commune": ("code_insee IS NOT NULL", "voeux"),
    "vœux avec UAI": ("uai <> ''", "voeux"),
    "vœux avec taux d’accès 2024 ou 2023": (
        "EXISTS (SELECT 1 FROM voeux_sessions s WHERE s.voeu_id = id AND s.taux_acces IS NOT NULL"
        " AND s.session IN (2023, 2024))",
        "voeux",
    ),
    "communes avec coordonnées": ("lat IS NOT NULL AND lng IS NOT NULL", "communes"),
    "métiers avec formation": (
        "EXISTS (SELECT 1 FROM formations_metiers m WHERE m.metier_id = id)",
        "metiers",
    ),
    "métiers avec code ROME": ("code_rome <> ''", "metiers"),
    "formations avec admis par bac": (
        "EXISTS (SELECT 1 FROM stats_admis s WHERE s.formation_id = id)",
        "formations",
    ),
}
_LACKING = "SELECT id, libelle FROM formations f WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE t.formation_id = f.id)"
_UNKNOWN = {
    # Ids used somewhere and defined nowhere.
    "formation inconnue d’un vœu": (
        "SELECT count(*) FROM voeux WHERE formation_id NOT IN (SELECT id FROM formations)"
    ),
    "métier inconnu d’une formation": (
        "SELECT count(*) FROM formations_metiers WHERE metier_id NOT IN (SELECT id FROM metiers)"
    ),
    "domaine inconnu d’une formation": (
        "SELECT count(*) FROM formations_domaines WHERE domaine_id NOT IN (SELECT id FROM elements)"
    ),
    "atome ou élément inconnu": (
        "SELECT count(*) FROM aretes WHERE genre = 'atome_element'"
        " AND (source NOT IN (SELECT id FROM atomes) OR cible NOT IN (SELECT id FROM elements))"
    ),
    "métier inconnu d’un lien": (
        "SELECT count(*) FROM aretes WHERE (genre IN ('interet_metier', 'domaine_metier', 'formation_metier',"
        " 'metier_associe') AND cible NOT IN (SELECT id FROM metiers))"
        " OR (genre IN ('metier_formation', 'metier_associe') AND source NOT IN (SELECT id FROM metiers))"
    ),
    "vœu inconnu d’une statistique": (
        "SELECT (SELECT count(*) FROM voeux_sessions WHERE voeu_id NOT IN (SELECT id FROM voeux))"
        " + (SELECT count(*) FROM voeux_bacs WHERE voeu_id NOT IN (SELECT id FROM voeux))"
        " + (SELECT count(*) FROM voeux_admis WHERE voeu_id NOT IN (SELECT id FROM voeux))"
    ),
    "taux d’accès 2025 repris": (
        "SELECT count(*) FROM voeux_sessions WHERE session = 2025 AND taux_acces IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM sources WHERE jeu = 'fr-esr-parcoursup' AND session = '2025')"
    ),
    "valeurs hors de 0 à 100": (
        "SELECT count(*) FROM voeux_sessions WHERE taux_acces NOT BETWEEN 0 AND 100"
    ),
    "libellé avec deux espaces": (
        "SELECT (SELECT count(*) FROM voeux WHERE instr(libelle || etablissement || commune, '  '))"
        " + (SELECT count(*) FROM formations WHERE instr(libelle, '  '))"
    ),
}  # fmt: skip
_LEAST_COUNTS = {
    "formations": ("formations", 600),
    "voeux": ("vœux", 13_000),
    "communes": ("communes", 35_014),
    "metiers": ("métiers", 700),
    "domaines": ("domaines", 45),
    "interets": ("centres d’intérêt", 29),
    "bacs": ("bacs", 13),
    "specialites": ("spécialités", 40),
}
_LEAST_SHARES = {
    "vœux avec formation": 97.0,
    "vœux avec coordonnées": 90.0,
    "vœux avec taux d’accès 2024 ou 2023": 85.0,
    "communes avec coordonnées": 99.9,
    "métiers avec formation": 65.0,
    "formations avec admis par bac": 60.0,
}
_LEAST_EDGES = {
    "formation_metier": ("liens formation - métier", 3_000),
    "formation_domaine": ("liens formation - domaine", 1_000),
    "domaine_metier": ("liens domaine - métier", 1_000),
    "interet_metier": ("liens centre d’intérêt - métier", 1_000),
}
_MOST_MEGABYTES = 15


def verify_catalogue(path: Path) -> VerifyReport:
    """Count, join and check a catalogue file.

    Raises:
        EnvironmentFault: it is not a catalogue of this version.
    """
    if not path.is_file():
        raise _not_readable(path)
    try:
        with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as connection:
            return _verify(connection, path)
    except sqlite3.DatabaseError as exc:
        raise _not_readable(path) from exc


def _verify(connection: sqlite3.Connection, path: Path) -> VerifyReport:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if _figure(connection, "PRAGMA user_version") != VERSION or not names >= TABLES.keys():
        raise _not_readable(path)
    counts = {name: int(_figure(connection, sql)) for name, sql in _COUNTS.items()}
    edges = {
        str(genre): int(number)
        for genre, number in connection.execute("SELECT genre, count(*) FROM aretes GROUP BY genre")
    }
    shares = {name: _share(connection, *parts) for name, parts in _SHARES.items()}
    lacking = {
        table: tuple((str(one), str(label)) for one, label in connection.execute(_LACKING.format(table=table)))
        for table in ("voeux", "formations_metiers", "formations_domaines")
    }
    formations = max(1, counts["formations"])
    controles = [
        *(_at_least(label, counts[name], least) for name, (label, least) in _LEAST_COUNTS.items()),
        *(_at_least(label, edges.get(name, 0), least) for name, (label, least) in _LEAST_EDGES.items()),
        *(_at_least(f"{name} (%)", shares[name], least) for name, least in _LEAST_SHARES.items()),
        _at_most("formations sans vœu", len(lacking["voeux"]), 0),
        _at_most("formations sans métier (%)", 100 * len(lacking["formations_metiers"]) / formations, 20),
        _at_most("formations sans domaine (%)", 100 * len(lacking["formations_domaines"]) / formations, 20),
        *(_at_most(name, _figure(connection, sql), 0) for name, sql in _UNKNOWN.items()),
        _at_most("taille (Mo)", path.stat().st_size / 1e6, _MOST_MEGABYTES),
    ]
    return VerifyReport(
        comptes=counts,
        liens=dict(sorted(edges.items())),
        taux=shares,
        sans_voeu=lacking["voeux"],
        sans_metier=lacking["formations_metiers"],
        sans_domaine=lacking["formations_domaines"],
        controles=tuple(controles),
    )


def _figure(connection: sqlite3.Connection, sql: str) -> float:
    (value,) = connection.execute(sql).fetchone()
    return value or 0


def _share(connection: sqlite3.Connection, condition: str, table: str) -> float:
    share = _figure(connection, f"SELECT 100.0 * sum({condition}) / count(*) FROM {table}")
    return round(share, 2)


def _at_least(name: str, value: float, least: float) -> Controle:
    return Controle(name, round(value, 2), least, value >= least)


def _at_most(name: str, value: float, most: float) -> Controle:
    return Controle(name, round(value, 2), most, value <= most, maximum=True)


def _not_readable(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        f"Le fichier « {path.name} » n’est pas un catalogue lisible par cette version du programme.",
        "Reconstruisez le catalogue, ou réinstallez MPS Bureau.",
    )

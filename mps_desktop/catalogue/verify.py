"""Check a catalogue: how much is there, how well its parts join, what falls short."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mps_desktop.catalogue.dataset import TABLEAU_MOTEUR
from mps_desktop.catalogue.depliage import lay_out
from mps_desktop.catalogue.mesures import Mesure, measure
from mps_desktop.catalogue.references import Comportement, check_references
from mps_desktop.catalogue.schema import TABLES, VERSION
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import french_figure as figure
from mps_desktop.core.text import french_spaces, join_fr
from mps_desktop.engine.preparation import TableauxPerimes, check_version, from_bytes


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
        taux: shares in percent by name and denominator ("vœux situés / tous les vœux").
        mesures: the same shares with their counts, thresholds, and names of what falls short.
        sans_voeu, sans_metier, sans_domaine: formations concerned, (id, label).
        controles: figures against thresholds.
        references: links expected by name.
    """

    comptes: Mapping[str, int]
    liens: Mapping[str, int]
    taux: Mapping[str, float]
    sans_voeu: tuple[tuple[str, str], ...]
    sans_metier: tuple[tuple[str, str], ...]
    sans_domaine: tuple[tuple[str, str], ...]
    controles: tuple[Controle, ...]
    mesures: tuple[Mesure, ...]
    references: tuple[Comportement, ...] = ()

    @property
    def ok(self) -> bool:
        """Every figure is good enough, but those that the public data cannot reach (each says why)."""
        return all(one.ok for one in self.controles) and all(one.ok or not one.bloquant for one in self.mesures)

    @property
    def hors_d_atteinte(self) -> tuple[Mesure, ...]:
        """Shares below what is expected of them, for want of public data."""
        return tuple(one for one in self.mesures if not one.ok and not one.bloquant)

    @property
    def conforme(self) -> str:
        """Whether it is as expected: yes ("oui"), but for what public data cannot reach ("sauf"), no ("non")."""
        return "non" if not self.ok else "sauf" if self.hors_d_atteinte else "oui"

    @property
    def verdict(self) -> str:
        """The whole truth in one sentence."""
        if not self.ok:
            wrong = [one.nom for one in self.controles if not one.ok]
            wrong += [f"{one.nom} ({one.sur})" for one in self.mesures if not one.ok and one.bloquant]
            return french_spaces(f"Le catalogue n’est pas conforme : {join_fr(wrong)}.")
        short = [
            f"{one.nom} ({one.sur}) : {figure(one.pourcent)} % au lieu de {figure(one.seuil or 0)} %, "
            f"il en manque {figure(one.total - one.compte)}"
            for one in self.hors_d_atteinte
        ]
        if not short:
            return "Le catalogue est conforme."
        return french_spaces(
            f"Le catalogue est conforme, sauf {' ; '.join(short)}. Les données publiques s’arrêtent là."
        )


_COUNTS = {
    "formations": "SELECT count(*) FROM formations",
    "las": "SELECT count(*) FROM formations WHERE las IS NOT NULL",
    "voeux": "SELECT count(*) FROM voeux",
    "communes": "SELECT count(*) FROM communes",
    "arrondissements": (
        "SELECT count(*) FROM localites WHERE code_insee BETWEEN '75101' AND '75120'"
        " OR code_insee BETWEEN '13201' AND '13216' OR code_insee BETWEEN '69381' AND '69389'"
    ),
    "etablissements": "SELECT count(DISTINCT uai) FROM etablissements WHERE uai <> ''",
    "lieux_de_formation": "SELECT count(*) FROM etablissements",
    "lycees": "SELECT count(*) FROM lycees",
    "eds_doublets": "SELECT count(*) FROM eds_doublets",
    "formations_disparues": "SELECT count(*) FROM formations WHERE disparue = 1",
    "voeux_nouveaux": "SELECT count(*) FROM voeux WHERE evolution = 'nouveau'",
    "voeux_disparus": "SELECT count(*) FROM voeux WHERE evolution = 'disparu'",
    "voeux_en_apprentissage": "SELECT count(*) FROM voeux WHERE apprentissage = 1",
    "correspondances_onisep": "SELECT count(*) FROM formations_fiches",
    "mots_cles": "SELECT count(*) FROM formations_mots",
    "metiers": "SELECT count(*) FROM metiers",
    "domaines": "SELECT count(*) FROM elements WHERE genre = 'domaine'",
    "interets": "SELECT count(*) FROM elements WHERE genre = 'interet'",
    "atomes": "SELECT count(*) FROM atomes",
    "bacs": "SELECT count(*) FROM bacs",
    "specialites": "SELECT count(*) FROM specialites",
    "sources": "SELECT count(*) FROM sources",
}
_LACKING = "SELECT id, libelle FROM formations f WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE t.formation_id = f.id)"
_UNKNOWN = {
    # Ids used somewhere and defined nowhere.
    "formation inconnue d’un vœu": (
        "SELECT count(*) FROM programmes WHERE formation_id NOT IN (SELECT id FROM formations)"
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
        "SELECT (SELECT count(*) FROM voeux_sessions WHERE voeu_id NOT IN (SELECT id FROM programmes))"
        " + (SELECT count(*) FROM voeux_bacs WHERE voeu_id NOT IN (SELECT id FROM programmes))"
        " + (SELECT count(*) FROM voeux_admis WHERE voeu_id NOT IN (SELECT id FROM programmes))"
    ),
    "taux d’accès 2025 repris": (
        "SELECT count(*) FROM voeux_sessions WHERE session = 2025 AND taux_acces IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM sources WHERE jeu = 'fr-esr-parcoursup' AND session = '2025')"
    ),
    "valeurs hors de 0 à 100": (
        "SELECT count(*) FROM voeux_sessions WHERE taux_acces NOT BETWEEN 0 AND 100"
    ),
    "parts des mentions hors de 100": (
        "SELECT count(*) FROM voeux_admis WHERE sans_mention IS NOT NULL"
        " AND abs(sans_mention + assez_bien + bien + tres_bien + felicitations - 100) > 1"
    ),
    "libellé de formation avec « L1 »": "SELECT count(*) FROM formations WHERE libelle LIKE '%L1 %'",
    "centre d’intérêt avec « je veux »": "SELECT count(*) FROM elements WHERE libelle LIKE '%je veux%'",
    "bac général absent": "SELECT count(*) = 0 FROM bacs WHERE id = 'Générale'",
    "établissement inconnu d’un vœu": (
        "SELECT count(*) FROM programmes WHERE etablissement NOT IN (SELECT numero FROM etablissements)"
        " OR libelle NOT IN (SELECT numero FROM textes)"
    ),
    "vœu sans provenance de sa position": "SELECT count(*) FROM programmes WHERE (lat IS NULL) <> (precision = 0)",
    "libellé avec deux espaces": (
        "SELECT (SELECT count(*) FROM voeux WHERE instr(libelle || etablissement || commune, '  '))"
        " + (SELECT count(*) FROM formations WHERE instr(libelle, '  '))"
    ),
}  # fmt: skip
_LEAST_COUNTS = {
    "formations": ("formations", 600),
    "voeux": ("vœux", 13_000),
    "communes": ("communes et arrondissements", 35_014),
    "arrondissements": ("arrondissements", 45),
    "etablissements": ("établissements", 3_900),
    "lycees": ("lycées", 5_000),
    "eds_doublets": ("doublets de spécialités", 17_420),
    "correspondances_onisep": ("correspondances Parcoursup - Onisep", 600),
    "metiers": ("métiers", 700),
    "domaines": ("domaines", 45),
    "interets": ("centres d’intérêt", 29),
    "bacs": ("bacs", 13),
    "specialites": ("spécialités", 40),
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
    except (sqlite3.DatabaseError, ValueError) as exc:
        raise _not_readable(path) from exc


def _verify(connection: sqlite3.Connection, path: Path) -> VerifyReport:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if _figure(connection, "PRAGMA user_version") != VERSION or not names >= TABLES.keys():
        raise _not_readable(path)
    lay_out(connection)
    counts = {name: int(_figure(connection, sql)) for name, sql in _COUNTS.items()}
    edges = {
        str(genre): int(number)
        for genre, number in connection.execute("SELECT genre, count(*) FROM aretes GROUP BY genre")
    }
    mesures = measure(connection)
    lacking = {
        table: tuple((str(one), str(label)) for one, label in connection.execute(_LACKING.format(table=table)))
        for table in ("voeux", "formations_metiers", "formations_domaines")
    }
    references = check_references(connection)
    controles = [
        *(_at_least(label, counts[name], least) for name, (label, least) in _LEAST_COUNTS.items()),
        *(_at_least(label, edges.get(name, 0), least) for name, (label, least) in _LEAST_EDGES.items()),
        *(_at_most(name, _figure(connection, sql), 0) for name, sql in _UNKNOWN.items()),
        _at_most("tableaux du moteur absents ou d’une autre version", _without_arrays(connection), 0),
        _at_most("liens de référence qui ne tiennent pas", sum(not one.tenu for one in references), 0),
        _at_most("taille (Mo)", path.stat().st_size / 1e6, _MOST_MEGABYTES),
    ]
    return VerifyReport(
        comptes=counts,
        liens=dict(sorted(edges.items())),
        taux={f"{one.nom} / {one.sur}": one.pourcent for one in mesures},
        sans_voeu=lacking["voeux"],
        sans_metier=lacking["formations_metiers"],
        sans_domaine=lacking["formations_domaines"],
        controles=tuple(controles),
        mesures=mesures,
        references=references,
    )


def _figure(connection: sqlite3.Connection, sql: str) -> float:
    (value,) = connection.execute(sql).fetchone()
    return value or 0


def _without_arrays(connection: sqlite3.Connection) -> int:
    """1 when the engine would have to work its arrays out at every start."""
    row = connection.execute("SELECT contenu FROM tableaux WHERE nom = ?", (TABLEAU_MOTEUR,)).fetchone()
    try:
        check_version(from_bytes(row[0] if row is not None else b""))
    except TableauxPerimes:
        return 1
    return 0


def _at_least(name: str, value: float, least: float) -> Controle:
    return Controle(name, round(value, 2), least, value >= least)


def _at_most(name: str, value: float, most: float) -> Controle:
    return Controle(name, round(value, 2), most, value <= most, maximum=True)


def _not_readable(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        f"Le fichier « {path.name} » n’est pas un catalogue lisible par cette version du programme.",
        "Reconstruisez le catalogue, ou réinstallez MPS Bureau.",
    )

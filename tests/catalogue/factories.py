"""A tiny catalogue file of invented facts, made through the real tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from mps_desktop.catalogue.construction import ecriture
from mps_desktop.catalogue.schema import COLONNES_RECHERCHE, TABLEAUX, TABLES, VUES, create_statements
from mps_desktop.core.text import fold

LICENCE, BUT, ISOLEE = "fl1", "fl2", "fr9"

ROWS: dict[str, list[tuple[object, ...]]] = {
    "sources": [("faux.csv", "Données fausses", "Ministère imaginaire", "Licence Ouverte 2.0", "2023", "0" * 64)],
    "methodes": [("moyennes", "publié", "2023", "Parts cumulées inventées.")],
    "formations": [
        (LICENCE, "Licence - Fromagerie", "fr1", "Licence", 3, 0, None, 60, 3, 0),
        (BUT, "BUT - Génie des bulles", "fr2", "BUT", 3, 1, None, 30, 1, 0),
        (ISOLEE, "Licence - Fromagerie - Accès Santé", "fr1", "Licence", 5, 0, LICENCE, -1, 0, 1),
    ],
    "formations_psup": [
        (LICENCE, 0, LICENCE, "Licence - Fromagerie"),
        (LICENCE, 1, "fl11", "Licence - Fromagerie bleue"),
        (BUT, 0, BUT, "BUT - Génie des bulles"),
        (ISOLEE, 0, "fl99", "Licence - Fromagerie - Accès Santé"),
    ],
    "formations_mots": [(LICENCE, 0, "FRO"), (LICENCE, 1, "caséologie")],
    "formations_fiches": [(LICENCE, 0, LICENCE, "FOR.1"), (LICENCE, 1, "fl11", "FOR.2")],
    "formations_eds": [(LICENCE, "Licence Laitages"), (BUT, "BUT")],
    "specialites_eds": [("Maths", 0, "mat1"), ("Art", 0, "mat8"), ("Art", 1, "mat9")],
    "eds_doublets": [
        (2024, "Licence Laitages", "Maths", "SES", 30, 20, 10),
        (2023, "BUT", "Art", "Maths", 3, 2, 0),
    ],
    "lycees": [
        ("0750009Z", "Lycée général Jean Fictif", "Testville", "00101", 1, 302, 4800123, 200456),
        ("0750008Y", "Section professionnelle", "Testville", "00101", 0, 334, None, None),
    ],
    "positions": [("0750003C", 48.7, 2.7)],
    "formations_mps": [(ISOLEE, "fr1")],
    "formations_domaines": [(LICENCE, 0, "dom2"), (LICENCE, 1, "dom1")],
    "formations_metiers": [(LICENCE, 0, "MET.2"), (LICENCE, 1, "MET.1"), (BUT, 0, "MET.1")],
    "voeux": [
        ("ta1", LICENCE, "Licence - Fromagerie", "Université du Test", "0750001A", "Testville",
         "00101", "Département Témoin", "Académie A", "Région R", 48.0, 2.0, "Public", 0, "Licence",
         "Licence - Fromagerie", 0, 40, 2025, 0, "publiée", 2023, ""),
        ("ta2", LICENCE, "Licence - Fromagerie", "Lycée Bidon", "0750002B", "Saint-Faux-sur-Mer",
         "00102", "Département Témoin", "Académie A", "Région R", 48.5, 2.0, "Public", 0, "Licence",
         "Licence - Fromagerie", 1, None, 2025, 0, "commune", 2025, "nouveau"),
        ("ta3", LICENCE, "Licence - Fromagerie", "École Perdue", "0750003C", "Nulle-Part",
         None, "Ailleurs", "Académie Z", "Ailleurs", None, None, "Privé", 1, "Licence",
         "Licence - Fromagerie", 0, 20, 2023, 1, "", 2023, "disparu"),
        ("ta4", BUT, "BUT - Génie des bulles", "IUT du Test", "0750004D", "Testville",
         "00101", "Département Témoin", "Académie A", "Région R", 48.1, 2.1, "Public", 1, "BUT",
         "BUT - Génie des bulles", 0, 30, 2025, 0, "publiée", 2023, ""),
        ("ta5", None, "Diplôme oublié", "Orphelin", "0750005E", "Testville",
         "00101", "Département Témoin", "Académie A", "Région R", 48.0, 2.0, "Public", 1, "Autre",
         "Autre", 0, 5, 2023, 0, "publiée", 2023, "disparu"),
    ],
    "voeux_sessions": [
        ("ta1", 2025, 40, 300, 90, 40, 30.0),
        ("ta1", 2023, 38, 280, None, 38, None),
        ("ta4", 2023, 30, 100, 50, 30, 50.0),
    ],
    "voeux_bacs": [
        ("ta1", "generale", 2023, 200, 80, 35, 70.0),
        ("ta1", "technologique", 2023, 60, 9, 3, 20.0),
        ("ta1", "professionnelle", 2023, 20, None, None, None),
    ],
    "voeux_admis": [
        ("ta1", 2023, 90.0, 8.0, 2.0, 40.0, 30.0, 20.0, 8.0, 2.0, 15.0, 61.0),
        ("ta1", 2025, 91.0, 7.0, 2.0, None, None, None, None, None, 16.0, 62.5),
    ],
    "communes": [
        ("00101", "Testville", "00100 00110", "00", "Département Témoin", "Région R", 90000, 48.0, 2.0),
        ("00102", "Saint-Faux-sur-Mer", "00200", "00", "Département Témoin", "Région R", 500, 48.5, 2.0),
        ("00103", "L’Haÿ-Inventé", "00300", "00", "Département Témoin", "Région R", 9, None, None),
        ("75056", "Paris", "75001 75002", "75", "Paris", "Île-de-France", 2000000, 48.86, 2.34),
        ("75101", "Paris 1er Arrondissement", "75001", "75", "Paris", "Île-de-France", 16000, 48.87, 2.33),
        ("75102", "Paris 2e Arrondissement", "75002", "75", "Paris", "Île-de-France", 20000, 48.88, 2.35),
    ],
    "metiers": [("MET.1", "bulleur/euse", "Z1001", "Bac + 2"), ("MET.2", "affineur/euse de roquefort", "", "")],
    "elements": [
        (0, "dom1", "domaine", "Agriculture imaginaire", "Nature"),
        (1, "dom2", "domaine", "Fromages", "Nature"),
        (2, "ci2", "interet", "Goûter", "Mes sens"),
        (3, "ci1", "interet", "Compter les trous", "Mes sens"),
    ],
    "atomes": [("T-ATOME.1", "domaine", "Pâtes molles", "dom2")],
    "bacs": [(1, "STMG", "Bac STMG"), (0, "Générale", "Bac Général"), (2, "P", "Bac Professionnel")],
    "specialites": [("mat1", "Mathématiques", "maths"), ("mat2", "Mercatique", "")],
    "bacs_specialites": [("Générale", 1, "mat2"), ("Générale", 0, "mat1"), ("STMG", 0, "mat2")],
    "aretes": [
        ("formation_metier", 1, LICENCE, "MET.1"),
        ("formation_metier", 0, LICENCE, "MET.2"),
        ("las_to_generic", 0, ISOLEE, LICENCE),
        ("atome_element", 0, "T-ATOME.1", "dom2"),
    ],
    "stats_admis": [(LICENCE, "NC", 40), (LICENCE, "Générale", 35)],
    "stats_percentiles": [(LICENCE, "Générale", 20, 24, 28, 30, 33, 39)],
    "stats_specialites": [(LICENCE, "mat1", 60)],
    "stats_similaires": [(LICENCE, BUT, 100000)],
    "moyennes": [("Générale", rang, max(0, rang - 19) / 20) for rang in range(40)],
    "taux_parents": [
        ("national", "", "generale", 0.5, 1000),
        ("fili", "Licence", "technologique", 0.25, 400),
    ],
    "recherche": [
        ("formation", LICENCE, "Licence - Fromagerie", "3 ans", fold("Licence Fromagerie fromages"), 0.8),
        ("formation", BUT, "BUT - Génie des bulles", "3 ans", fold("BUT Génie des bulles GB"), 0.5),
        ("metier", "MET.1", "bulleur/euse", "", fold("bulleur euse"), 0.5),
        ("metier", "MET.2", "affineur/euse de roquefort", "", fold("affineur euse de roquefort"), 0.5),
        ("etablissement", "0750001A", "Université du Test", "Testville", fold("Université du Test Testville"), 0.5),
        ("commune", "00101", "Testville", "Département Témoin", fold("Testville 00100 00110"), 0.9),
        ("commune", "00102", "Saint-Faux-sur-Mer", "Département Témoin", fold("Saint Faux sur Mer 00200"), 0.1),
        ("commune", "00103", "L’Haÿ-Inventé", "Département Témoin", fold("L’Haÿ-Inventé 00300"), 0.1),
        ("domaine", "dom2", "Fromages", "Nature", fold("Fromages Nature"), 0.5),
        ("interet", "ci1", "Compter les trous", "Mes sens", fold("Compter les trous"), 0.5),
    ],
}  # fmt: skip
"""Rows by table; nothing here is true of anybody or anything."""


def write_catalogue(path: Path, changes: dict[str, list[tuple[object, ...]]] | None = None) -> Path:
    """Write the tiny catalogue as the builder does; ``changes`` replaces whole tables."""
    columns = _columns()
    ecriture.write_catalogue(
        path,
        {
            table: [dict(zip(columns[table], row, strict=True)) for row in rows]
            for table, rows in {**ROWS, **(changes or {})}.items()
        },
    )
    return path


def _columns() -> dict[str, tuple[str, ...]]:
    """Columns of the plain rows, by table."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in create_statements():
            connection.execute(statement)
        found = {
            name: tuple(row[1] for row in connection.execute(f"PRAGMA table_info({name})")) for name in (*TABLES, *VUES)
        }
    found["positions"] = ("uai", "lat", "lng")
    found["recherche"] = COLONNES_RECHERCHE
    return {**found, **{name: tuple(kinds) for name, kinds in TABLEAUX.items()}}

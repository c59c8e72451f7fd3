"""Tables of the catalogue file, shared by the builder and the reader.

One SQLite file, read-only once built, holding facts only. Every list that the engine reads in
order has a ``rang`` column. Percentages are 0..100, coordinates are degrees, an unknown value is
NULL (an unknown year or capacity of a formation is -1, as in the engine).
"""

from __future__ import annotations

VERSION = 1
"""Version of the tables, kept in ``PRAGMA user_version``; the reader refuses another one."""

PAGE_SIZE = 4096
"""Fixed, so that two builds give identical bytes."""

GENRES_ARETES = (
    "formation_metier",
    "interet_metier",
    "formation_domaine",
    "domaine_metier",
    "metier_associe",
    "formation_psup_to_mps",
    "las_to_generic",
    "las_to_pass",
    "atome_element",
    "metier_formation",
)
"""Values of ``aretes.genre``: the fields of ``engine.donnees.JeuDeDonnees`` of the same names."""

GENRES_RECHERCHE = ("formation", "voeu", "metier", "etablissement", "commune", "domaine", "interet")
"""Values of ``recherche.genre``. The id of an établissement is its UAI, of a commune its INSEE code."""

TABLES: dict[str, str] = {
    # Where every fact comes from (catalogue.records.Source), by file name.
    "sources": """
        fichier TEXT PRIMARY KEY, jeu TEXT NOT NULL, producteur TEXT NOT NULL, licence TEXT NOT NULL,
        session TEXT NOT NULL, empreinte TEXT NOT NULL""",
    # How a computed figure was obtained: nature is 'publié', 'calculé' or 'estimé'; texte is our own wording.
    "methodes": """
        code TEXT PRIMARY KEY, nature TEXT NOT NULL, session TEXT NOT NULL, texte TEXT NOT NULL""",
    # Reference formations. Store order = order of the ids.
    "formations": """
        id TEXT PRIMARY KEY, libelle TEXT NOT NULL, type TEXT NOT NULL, type_libelle TEXT NOT NULL,
        duree INTEGER NOT NULL, apprentissage INTEGER NOT NULL, las TEXT, capacite INTEGER NOT NULL,
        nb_voeux INTEGER NOT NULL""",
    # Parcoursup filières that a reference formation stands for (itself included when it is one).
    "formations_psup": """
        formation_id TEXT NOT NULL, rang INTEGER NOT NULL, psup_id TEXT NOT NULL, libelle TEXT NOT NULL,
        PRIMARY KEY (formation_id, rang)""",
    # Id under which MonProjetSup knows a reference formation, only where it is another one (a formation that
    # MonProjetSup merges with others). To send a profile, translate; several formations may share one mps_id.
    "formations_mps": "formation_id TEXT PRIMARY KEY, mps_id TEXT NOT NULL",
    # dom… ids of a reference formation, most specific first.
    "formations_domaines": """
        formation_id TEXT NOT NULL, rang INTEGER NOT NULL, domaine_id TEXT NOT NULL,
        PRIMARY KEY (formation_id, rang)""",
    # MET.… ids of a reference formation, in source order.
    "formations_metiers": """
        formation_id TEXT NOT NULL, rang INTEGER NOT NULL, metier_id TEXT NOT NULL,
        PRIMARY KEY (formation_id, rang)""",
    # Parcoursup programmes, newest facts known. formation_id NULL = no reference formation.
    # filiere = first parent for shrinkage (key of taux_parents); code_insee NULL = not recognised.
    "voeux": """
        id TEXT PRIMARY KEY, formation_id TEXT, libelle TEXT NOT NULL, etablissement TEXT NOT NULL,
        uai TEXT NOT NULL, commune TEXT NOT NULL, code_insee TEXT, departement TEXT NOT NULL,
        academie TEXT NOT NULL, region TEXT NOT NULL, lat REAL, lng REAL, statut TEXT NOT NULL,
        selectif INTEGER NOT NULL, fili TEXT NOT NULL, filiere TEXT NOT NULL, apprentissage INTEGER NOT NULL,
        capacite INTEGER, derniere_session INTEGER NOT NULL, appariement_incertain INTEGER NOT NULL""",
    # One row per vœu and session (engine.classes.StatsSession). taux_acces is never an imputed value.
    "voeux_sessions": """
        voeu_id TEXT NOT NULL, session INTEGER NOT NULL, capacite INTEGER, candidats INTEGER,
        propositions INTEGER, admis INTEGER, taux_acces REAL, PRIMARY KEY (voeu_id, session)""",
    # Session 2023 by bac type (engine.classes.TypeBac values); part_acces adds up to 100 over the types.
    "voeux_bacs": """
        voeu_id TEXT NOT NULL, type_bac TEXT NOT NULL, session INTEGER NOT NULL, candidats INTEGER NOT NULL,
        propositions INTEGER, admis INTEGER, part_acces REAL, PRIMARY KEY (voeu_id, type_bac)""",
    # Who was admitted, percent of the admitted néo-bacheliers; mentions add up to 100 or are all NULL.
    "voeux_admis": """
        voeu_id TEXT NOT NULL, session INTEGER NOT NULL, pct_generale REAL, pct_technologique REAL,
        pct_professionnelle REAL, sans_mention REAL, assez_bien REAL, bien REAL, tres_bien REAL,
        felicitations REAL, pct_boursiers REAL, pct_meme_academie REAL, PRIMARY KEY (voeu_id, session)""",
    # Communes and arrondissements; codes_postaux separated by one space; region = INSEE code; population for
    # ordering.
    "communes": """
        code_insee TEXT PRIMARY KEY, nom TEXT NOT NULL, codes_postaux TEXT NOT NULL,
        code_departement TEXT NOT NULL, departement TEXT NOT NULL, region TEXT NOT NULL,
        population INTEGER NOT NULL, lat REAL, lng REAL""",
    "metiers": "id TEXT PRIMARY KEY, libelle TEXT NOT NULL, code_rome TEXT NOT NULL",
    # dom… and ci… elements in the order of the screens; genre is 'domaine' or 'interet'.
    "elements": """
        rang INTEGER NOT NULL, id TEXT PRIMARY KEY, genre TEXT NOT NULL, libelle TEXT NOT NULL,
        categorie TEXT NOT NULL""",
    # ONISEP atoms behind the elements.
    "atomes": "id TEXT PRIMARY KEY, genre TEXT NOT NULL, libelle TEXT NOT NULL, element_id TEXT NOT NULL",
    "bacs": "rang INTEGER NOT NULL, id TEXT PRIMARY KEY, libelle TEXT NOT NULL",
    # mots = extra search words (abbreviation), may be empty.
    "specialites": "id TEXT PRIMARY KEY, libelle TEXT NOT NULL, mots TEXT NOT NULL",
    "bacs_specialites": """
        bac_id TEXT NOT NULL, rang INTEGER NOT NULL, specialite_id TEXT NOT NULL, PRIMARY KEY (bac_id, rang)""",
    # Edge lists of the engine (GENRES_ARETES); read each genre ORDER BY rang.
    "aretes": """
        genre TEXT NOT NULL, rang INTEGER NOT NULL, source TEXT NOT NULL, cible TEXT NOT NULL,
        PRIMARY KEY (genre, rang)""",
    # FormationMoteur.nb_admis_par_bac, .percentiles, .pct_specialites.
    "stats_admis": """
        formation_id TEXT NOT NULL, bac TEXT NOT NULL, admis INTEGER NOT NULL, PRIMARY KEY (formation_id, bac)""",
    "stats_percentiles": """
        formation_id TEXT NOT NULL, bac TEXT NOT NULL, r10 INTEGER NOT NULL, r25 INTEGER NOT NULL,
        r50 INTEGER NOT NULL, r75 INTEGER NOT NULL, r90 INTEGER NOT NULL, rang_max INTEGER NOT NULL,
        PRIMARY KEY (formation_id, bac)""",
    "stats_specialites": """
        formation_id TEXT NOT NULL, specialite_id TEXT NOT NULL, pct INTEGER NOT NULL,
        PRIMARY KEY (formation_id, specialite_id)""",
    # FormationMoteur.similaires, the same for the bac indexes 0, 1, 2 and 3.
    "stats_similaires": """
        formation_id TEXT NOT NULL, autre_id TEXT NOT NULL, score INTEGER NOT NULL,
        PRIMARY KEY (formation_id, autre_id)""",
    # References.moyennes: entry rang (0..39) = share 0..1 of the admitted whose average is below rang/2 out of 20.
    "moyennes": """
        bac TEXT NOT NULL, rang INTEGER NOT NULL, part REAL NOT NULL, PRIMARY KEY (bac, rang)""",
    # References.parents: niveau is 'filiere', 'fili' or 'national' (cle empty); taux 0..1.
    "taux_parents": """
        niveau TEXT NOT NULL, cle TEXT NOT NULL, type_bac TEXT NOT NULL, taux REAL NOT NULL,
        candidats INTEGER NOT NULL, PRIMARY KEY (niveau, cle, type_bac)""",
    # What can be searched. libelle and detail are shown; mots holds the folded words (core.text.fold) beyond
    # those of the label; poids 0..1, higher first between equal matches. Vœux have no row here (their table holds
    # the same words, twice the size).
    "recherche": """
        genre TEXT NOT NULL, id TEXT NOT NULL, libelle TEXT NOT NULL, detail TEXT NOT NULL, mots TEXT NOT NULL,
        poids REAL NOT NULL, PRIMARY KEY (genre, id)""",
}
"""Columns by table."""

INDEXES: tuple[str, ...] = (
    "CREATE INDEX voeux_par_formation ON voeux (formation_id, id)",
    "CREATE INDEX formations_par_metier ON formations_metiers (metier_id, formation_id)",
)


def create_statements() -> tuple[str, ...]:
    """SQL that creates the empty catalogue, in a fixed order."""
    tables = tuple(f"CREATE TABLE {name} ({columns}) STRICT, WITHOUT ROWID" for name, columns in TABLES.items())
    return tables + INDEXES

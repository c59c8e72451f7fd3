"""Tables of the catalogue file, shared by the builder and the reader.

One SQLite file, read-only once built, holding facts only. Every list that the engine reads in
order has a ``rang`` column. Percentages are 0..100, coordinates are degrees, an unknown value is
NULL (an unknown year or capacity of a formation is -1, as in the engine).

The builder thinks in plain rows; ``compaction`` stores the large ones shorter. ``voeux`` and ``communes``
are read through views of the same names (``VUES``); bulk figures (``TABLEAUX``) are packed columns in the
table ``tableaux``, read with ``Catalogue.tableau``.
"""

from __future__ import annotations

VERSION = 2
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

GENRES_RECHERCHE = ("formation", "voeu", "metier", "etablissement", "lycee", "commune", "domaine", "interet")
"""What can be searched (``tableaux``, row "recherche": see ``indexation.index_columns``). The id of an établissement
or of a lycée is its UAI, of a commune its INSEE code."""

COLONNES_RECHERCHE = ("genre", "id", "libelle", "detail", "mots", "poids")
"""Plain rows of the things that are in no other table with all their words (``construction.recherche``); mots holds the
folded words (core.text.fold) beyond those of the label; poids 0..1, higher first between equal matches."""

TABLES: dict[str, str] = {
    # Where every fact comes from (catalogue.records.Source), by file name.
    "sources": """
        fichier TEXT PRIMARY KEY, jeu TEXT NOT NULL, producteur TEXT NOT NULL, licence TEXT NOT NULL,
        session TEXT NOT NULL, empreinte TEXT NOT NULL""",
    # How a computed figure was obtained: nature is 'publié', 'calculé' or 'estimé'; texte is our own wording.
    "methodes": """
        code TEXT PRIMARY KEY, nature TEXT NOT NULL, session TEXT NOT NULL, texte TEXT NOT NULL""",
    # Rows of each admission file, and those whose code is known: the copies of 2024 and 2025 have none.
    "appariements": "session INTEGER PRIMARY KEY, lignes INTEGER NOT NULL, avec_code INTEGER NOT NULL",
    # Reference formations. Store order = order of the ids. disparue = all its vœux are, and the newest map has no
    # programme of that name under another code.
    "formations": """
        id TEXT PRIMARY KEY, libelle TEXT NOT NULL, type TEXT NOT NULL, type_libelle TEXT NOT NULL,
        duree INTEGER NOT NULL, apprentissage INTEGER NOT NULL, las TEXT, capacite INTEGER NOT NULL,
        nb_voeux INTEGER NOT NULL, disparue INTEGER NOT NULL""",
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
    # Where vœux are taught: one row per UAI, name and place; a UAI of several sites has several rows, an
    # établissement without published UAI has an empty one. code_insee NULL = commune not recognised.
    # lat, lng: hundred-thousandths of a degree, of the établissement itself, NULL = unknown.
    "etablissements": """
        numero INTEGER PRIMARY KEY, uai TEXT NOT NULL, nom TEXT NOT NULL, commune TEXT NOT NULL, code_insee TEXT,
        departement TEXT NOT NULL, academie TEXT NOT NULL, region TEXT NOT NULL, statut TEXT NOT NULL,
        lat INTEGER, lng INTEGER, nb_voeux INTEGER NOT NULL""",
    # Texts that many vœux share.
    "textes": "numero INTEGER PRIMARY KEY, texte TEXT NOT NULL",
    # What the view voeux is made of: numbers of textes and etablissements, hundred-thousandths of a degree, ranks in
    # PRECISIONS and EVOLUTIONS. filiere NULL = the reference formation.
    "programmes": """
        id TEXT PRIMARY KEY, formation_id TEXT, libelle INTEGER NOT NULL, etablissement INTEGER NOT NULL,
        lat INTEGER, lng INTEGER, precision INTEGER NOT NULL, selectif INTEGER NOT NULL, fili INTEGER NOT NULL,
        filiere TEXT, apprentissage INTEGER NOT NULL, capacite INTEGER, premiere_session INTEGER NOT NULL,
        derniere_session INTEGER NOT NULL, evolution INTEGER NOT NULL, appariement_incertain INTEGER NOT NULL""",
    "departements": "code TEXT PRIMARY KEY, nom TEXT NOT NULL, region TEXT NOT NULL",
    # What the view communes is made of. departement NULL = the first two characters of code_insee.
    "localites": """
        code_insee TEXT PRIMARY KEY, nom TEXT NOT NULL, codes_postaux TEXT NOT NULL, departement TEXT,
        population INTEGER NOT NULL, lat INTEGER, lng INTEGER""",
    # Lycées, for the school of the teacher. nature = number of NATURES_LYCEE; lat, lng as in etablissements.
    "lycees": """
        uai TEXT PRIMARY KEY, nom TEXT NOT NULL, commune TEXT NOT NULL, code_insee TEXT NOT NULL,
        public INTEGER NOT NULL, nature INTEGER NOT NULL, lat INTEGER, lng INTEGER""",
    # ONISEP fiches (FOR.…) of the Parcoursup filières of a reference formation.
    "formations_fiches": """
        formation_id TEXT NOT NULL, rang INTEGER NOT NULL, psup_id TEXT NOT NULL, fiche_id TEXT NOT NULL,
        PRIMARY KEY (formation_id, rang)""",
    # Other names of a reference formation: short names, filières, mentions and options, titles of fiches.
    "formations_mots": """
        formation_id TEXT NOT NULL, rang INTEGER NOT NULL, mot TEXT NOT NULL, PRIMARY KEY (formation_id, rang)""",
    # Family of a reference formation in the figures by spécialité (TABLEAUX["eds_doublets"]).
    "formations_eds": "formation_id TEXT PRIMARY KEY, famille TEXT NOT NULL",
    # Ids behind a short name of these figures (every art, every language…).
    "specialites_eds": """
        nom TEXT NOT NULL, rang INTEGER NOT NULL, specialite_id TEXT NOT NULL, PRIMARY KEY (nom, rang)""",
    # Packed columns (catalogue.tableaux); those of TABLEAUX, and whatever else is read in bulk.
    "tableaux": "nom TEXT PRIMARY KEY, contenu BLOB NOT NULL",
    # niveau: least level of access in the words of ONISEP, '' when unknown.
    "metiers": "id TEXT PRIMARY KEY, libelle TEXT NOT NULL, code_rome TEXT NOT NULL, niveau TEXT NOT NULL",
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
    # References.moyennes: entry rang (0..39) = share 0..1 of the admitted whose average is below rang/2 out of 20.
    "moyennes": """
        bac TEXT NOT NULL, rang INTEGER NOT NULL, part REAL NOT NULL, PRIMARY KEY (bac, rang)""",
    # References.parents: niveau is 'filiere', 'fili' or 'national' (cle empty); taux 0..1.
    "taux_parents": """
        niveau TEXT NOT NULL, cle TEXT NOT NULL, type_bac TEXT NOT NULL, taux REAL NOT NULL,
        candidats INTEGER NOT NULL, PRIMARY KEY (niveau, cle, type_bac)""",
}
"""Columns by table."""

NATURES_LYCEE = {
    300: "lycée général et technologique", 301: "lycée technologique", 302: "lycée général",
    306: "lycée polyvalent", 307: "lycée agricole", 310: "lycée climatique", 315: "lycée expérimental",
    320: "lycée professionnel", 334: "section professionnelle", 335: "section générale et technologique",
    370: "établissement d’enseignement adapté",
}  # fmt: skip
"""Kinds of lycée by ``nature_uai``. Left out: 390, the SEGPA, which are sections of collèges."""

PRECISIONS = ("", "publiée", "établissement", "commune")
"""Where the position of a vœu comes from: unknown, published with it, that of its établissement (another of its
vœux, or the official list), or the centre of its commune."""

EVOLUTIONS = ("", "nouveau", "disparu")
"""Against the newest session of the sources: "nouveau" = seen in no older session nor list, "disparu" = in neither the
admission file nor the map of that session."""

VUES: dict[str, str] = {
    # Parcoursup programmes, newest facts known. formation_id NULL = no reference formation.
    # filiere = first parent for shrinkage (key of taux_parents); code_insee NULL = not recognised.
    "voeux": """
        SELECT p.id AS id, p.formation_id AS formation_id, l.texte AS libelle, e.nom AS etablissement, e.uai AS uai,
            e.commune AS commune, e.code_insee AS code_insee, e.departement AS departement, e.academie AS academie,
            e.region AS region, p.lat / 100000.0 AS lat, p.lng / 100000.0 AS lng, e.statut AS statut,
            p.selectif AS selectif, f.texte AS fili, coalesce(p.filiere, p.formation_id) AS filiere,
            p.apprentissage AS apprentissage, p.capacite AS capacite, p.derniere_session AS derniere_session,
            p.appariement_incertain AS appariement_incertain,
            CASE p.precision WHEN 1 THEN 'publiée' WHEN 2 THEN 'établissement' WHEN 3 THEN 'commune' ELSE '' END
                AS precision,
            p.premiere_session AS premiere_session,
            CASE p.evolution WHEN 1 THEN 'nouveau' WHEN 2 THEN 'disparu' ELSE '' END AS evolution
        FROM programmes p CROSS JOIN textes l ON l.numero = p.libelle CROSS JOIN textes f ON f.numero = p.fili
            CROSS JOIN etablissements e ON e.numero = p.etablissement""",
    # Communes and arrondissements; codes_postaux separated by one space; region = INSEE code; population for
    # ordering.
    "communes": """
        SELECT c.code_insee AS code_insee, c.nom AS nom, c.codes_postaux AS codes_postaux,
            d.code AS code_departement, d.nom AS departement, d.region AS region, c.population AS population,
            c.lat / 100000.0 AS lat, c.lng / 100000.0 AS lng
        FROM localites c CROSS JOIN departements d ON d.code = coalesce(c.departement, substr(c.code_insee, 1, 2))""",
}
"""Views: the large tables as they are read."""

TABLEAUX: dict[str, dict[str, str]] = {
    # Edge lists of the engine (GENRES_ARETES), each genre in the order of rang.
    "aretes": {"genre": "texte", "rang": "ecart", "source": "texte", "cible": "texte"},
    # One row per vœu and session (engine.classes.StatsSession). taux_acces is never an imputed value.
    "voeux_sessions": {
        "voeu_id": "voeu", "session": "entier", "capacite": "entier", "candidats": "entier",
        "propositions": "entier", "admis": "entier", "taux_acces": "decimal",
    },
    # Session 2023 by bac type (engine.classes.TypeBac values); part_acces adds up to 100 over the types.
    "voeux_bacs": {
        "voeu_id": "voeu", "type_bac": "texte", "session": "entier", "candidats": "entier",
        "propositions": "entier", "admis": "entier", "part_acces": "decimal",
    },
    # Who was admitted, percent of the admitted néo-bacheliers; mentions add up to 100 or are all unknown.
    "voeux_admis": {
        "voeu_id": "voeu", "session": "entier", "pct_generale": "decimal", "pct_technologique": "decimal",
        "pct_professionnelle": "decimal", "sans_mention": "decimal", "assez_bien": "decimal", "bien": "decimal",
        "tres_bien": "decimal", "felicitations": "decimal", "pct_boursiers": "decimal",
        "pct_meme_academie": "decimal",
    },
    # FormationMoteur.nb_admis_par_bac, .percentiles, .pct_specialites.
    "stats_admis": {"formation_id": "texte", "bac": "texte", "admis": "entier"},
    "stats_percentiles": {
        "formation_id": "texte", "bac": "texte", "r10": "entier", "r25": "entier", "r50": "entier", "r75": "entier",
        "r90": "entier", "rang_max": "entier",
    },
    "stats_specialites": {"formation_id": "texte", "specialite_id": "texte", "pct": "entier"},
    # FormationMoteur.similaires, the same for the bac indexes 0, 1, 2 and 3.
    "stats_similaires": {"formation_id": "texte", "autre_id": "texte", "score": "entier"},
    # Bacheliers généraux by pair of spécialités (short names of the file) and family of formations: how many asked,
    # were offered, accepted.
    "eds_doublets": {
        "annee": "entier", "famille": "texte", "premiere": "texte", "seconde": "texte", "candidats": "entier",
        "propositions": "entier", "acceptations": "entier",
    },
    # What the search index is made of besides the other tables (COLONNES_RECHERCHE), for an update to make it again.
    "recherche_lignes": {
        "genre": "texte", "id": "texte", "libelle": "texte", "detail": "texte", "mots": "texte", "poids": "decimal",
    },
}  # fmt: skip
"""Plain rows kept as packed columns: kind of each column, in the order of their key first.

``voeu`` = sorted numbers of the ids ("ta12" is 12); ``entier`` and ``decimal`` may be unknown (-1, NaN); a ``texte``
column holds ranks in ``<column>.valeurs``, sorted texts."""

INDEXES: tuple[str, ...] = (
    "CREATE INDEX programmes_par_formation ON programmes (formation_id, id)",
    "CREATE INDEX etablissements_par_uai ON etablissements (uai)",
)


def create_statements() -> tuple[str, ...]:
    """SQL that creates the empty catalogue, in a fixed order."""
    tables = tuple(f"CREATE TABLE {name} ({columns}) STRICT, WITHOUT ROWID" for name, columns in TABLES.items())
    return tables + INDEXES + tuple(f"CREATE VIEW {name} AS {select}" for name, select in VUES.items())

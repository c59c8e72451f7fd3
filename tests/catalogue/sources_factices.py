"""A tiny tree of invented files in the shape of the official ones, to build a catalogue from."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

ENTETE_2024 = (
    "Établissement;Département de l’établissement;Région de l’établissement;Académie de l’établissement;"
    "Commune de l’établissement;Filière de formation;Capacité de l’établissement par formation;"
    "Effectif total des candidats pour une formation;"
    "Effectif total des candidats ayant reçu une proposition d’admission de la part de l’établissement;"
    "Effectif total des candidats ayant accepté la proposition de l’établissement (admis);Taux d’accès;"
    "cod_aff_form_apparie;methode_appariement"
)
ENTETE_2025 = (
    "etablissement statut_public_prive filiere_de_formation fili region academie gps selectivite capacite"
    " admis_2phases candidats_2phases pct_boursiers_admis part_mention_ab part_mention_b part_mention_tb"
    " part_mention_tb_fel pct_aca_orig_idf pct_bg pct_bt pct_bp taux_acces_pct mentions_suspect_imputees uai"
    " cod_aff_form_apparie methode_appariement"
)

DROIT = {
    "session": 2023, "cod_uai": "0759990A", "g_ea_lib_vx": "Université des Tests", "dep": "75", "dep_lib": "Paris",
    "region_etab_aff": "Ile-de-France", "acad_mies": "Paris", "ville_etab": "Paris 13e  Arrondissement",
    "lib_for_voe_ins": "Licence - Droit", "select_form": "formation non sélective", "fili": "Licence",
    "form_lib_voe_acc": "Licence - Droit-économie-gestion", "fil_lib_voe_acc": "Droit", "contrat_etab": "Public",
    "g_olocalisation_des_formations": "48.83, 2.36", "capa_fin": 100, "voe_tot": 1000, "nb_voe_pp_bg": 600,
    "nb_voe_pp_bt": 300, "nb_voe_pp_bp": 100, "prop_tot": 500, "acc_tot": 100, "acc_neobac": 80, "acc_bg": 50,
    "acc_bt": 20, "acc_bp": 10, "acc_sansmention": 40, "acc_ab": 20, "acc_b": 10, "acc_tb": 8, "acc_tbf": 2,
    "pct_aca_orig_idf": 70, "pct_bours": 22, "pct_bg": 63, "pct_bt": 25, "pct_bp": 12, "prop_tot_bg": 300,
    "prop_tot_bt": 100, "prop_tot_bp": 20, "cod_aff_form": 1, "taux_acces_ens": 50, "part_acces_gen": 80,
    "part_acces_tec": 15, "part_acces_pro": 5,
}  # fmt: skip
"""One complete row of 2023; the others say what differs."""

LIGNES_2023: list[dict[str, object]] = [
    DROIT,
    {**DROIT, "cod_aff_form": 2, "lib_for_voe_ins": "Licence - Droit - option Santé -  Accès Santé (LAS)",
     "fili": "Licence_Las", "capa_fin": 20},
    {**DROIT, "cod_aff_form": 3, "g_ea_lib_vx": "Lycée Zéro", "cod_uai": "0389991B", "dep_lib": "Isère",
     "region_etab_aff": "Auvergne-Rhône-Alpes", "acad_mies": "Grenoble", "ville_etab": "Testville",
     "lib_for_voe_ins": "BTS - Services - Tourisme", "fili": "BTS", "form_lib_voe_acc": "BTS - Services",
     "fil_lib_voe_acc": "Tourisme", "select_form": "formation sélective", "capa_fin": 30,
     "g_olocalisation_des_formations": ""},
    {**DROIT, "cod_aff_form": 4, "lib_for_voe_ins": "Licence - Parcours d'Accès Spécifique Santé (PASS)",
     "fili": "PASS", "form_lib_voe_acc": "Licence - Sciences - technologies - santé"},
    {**DROIT, "cod_aff_form": 5, "lib_for_voe_ins": "Diplôme d'Université - Curiosités", "fili": "Autre formation",
     "form_lib_voe_acc": "Diplôme d'Université"},
    {**DROIT, "cod_aff_form": 6, "lib_for_voe_ins": "BTS - Services - Ancien tourisme", "fili": "BTS",
     "form_lib_voe_acc": "BTS - Services", "taux_acces_ens": ""},
]  # fmt: skip

LIGNES_2024 = [
    ("Université des Tests", "Paris", "Ile-de-France", "Paris", "Paris 13e  Arrondissement", "Licence - Droit",
     "110", "1100", "520", "105", "45.0", "1", "E+C+F"),
    ("Lycée Sans Code", "Paris", "Ile-de-France", "Paris", "Paris", "Licence - Droit",
     "9", "9", "9", "9", "9.0", "", ""),
]  # fmt: skip

LIGNES_2025 = [
    ("UNIVERSITE DES TESTS", "Public", "Licence - Droit", "Licence", "Ile-de-France", "Paris", "48.831, 2.361",
     "formation non sélective", "120", "118", "1200", "20", "0.3", "0.2", "0.1", "0.1", "72", "60", "28", "12", "58",
     "0", "0759990A", "1", "E+F+gps3_multi"),
    ("Lycée Zéro", "Public", "BTS - Services - Tourisme", "BTS", "Auvergne-Rhône-Alpes", "Grenoble", "",
     "formation sélective", "32", "30", "300", "33.3333", "0.5", "0.5", "0", "0", "80", "10", "60", "30", "58",
     "1", "0389991B", "3", "E+F+gps3"),
    ("Lycée Zéro", "Public", "BTS - Services - Nouveau tourisme", "BTS", "Auvergne-Rhône-Alpes", "Grenoble", "",
     "formation sélective", "15", "15", "150", "0", "0", "0", "0", "0", "0", "0", "0", "0", "58", "0", "0389991B", "7",
     "label_unique"),
]  # fmt: skip

ENTETE_ANCIENNE = (
    "Code UAI de l'établissement", "Académie de l’établissement", "Filière de formation très agrégée",
    "Filière de formation détaillée", "Capacité de l’établissement par formation",
    "Effectif total des candidats pour une formation", "Effectif total des candidats en phase principale",
    "Effectif total des candidats ayant reçu une proposition d’admission de la part de l’établissement",
    "Rang du dernier appelé",
    *(
        f"Dont effectif des admis néo bacheliers {mention}"
        for mention in (
            "sans mention au bac", "avec mention Assez Bien au bac", "avec mention Bien au bac",
            "avec mention Très Bien au bac",
        )
    ),
    "cod_aff_form (extrait du lien)",
)  # fmt: skip
"""Columns of 2018 and 2019 that are read."""

ANCIENNES = {
    2018: [("0759990A", "Paris", "Licence", "Droit", "90", "900", "880", "500", "", "30", "20", "8", "4", "1"),
           ("0389991B", "Grenoble", "BTS", "Tourisme", "30", "280", "270", "120", "90", "10", "5", "2", "0", "3"),
           ("0000000X", "Paris", "BTS", "Oubli", "9", "90", "90", "9", "", "1", "0", "0", "0", "")],
    2019: [("0759990A", "Paris", "Licence", "Droit", "95", "950", "930", "480", "", "32", "22", "9", "5", "1"),
           ("0389991B", "Grenoble", "BTS", "Tourisme", "30", "300", "290", "100", "85", "11", "6", "2", "1", "3")],
}  # fmt: skip

CARTE = {
    "1": "Licence - Droit", "2": "Licence - Droit -  Accès Santé (LAS)", "3": "BTS - Services - Tourisme",
    "4": "Licence - Parcours d'Accès Spécifique Santé (PASS)", "6": "BTS - Services - Nouveau tourisme",
    "7": "BTS - Services - Nouveau tourisme", "8": "BTS - Services - Tourisme - en apprentissage",
    "9": "Formation professionnelle - Titre professionnel - Essayeur (Bac +2) - en apprentissage",
}  # fmt: skip

LIEUX = {"9": "CFA Bidon (Testville) - Titre professionnel - Essayeur (Bac +2) - en apprentissage"}

FILIERES = {
    "2002": ("Droit", "L1-Droit", False, 2002),
    "2047": ("Parcours d'Accès Spécifique Santé (PASS)", "L1-PASS", False, 2047),
    "464": ("Tourisme", "BTS-T", False, 464),
    "1464": ("Tourisme - en apprentissage", "BTS-T-App", True, 464),
    "300": ("Ancien tourisme", "BTS-AT", False, 300),
    "10300": ("Nouveau tourisme", "BTS-NT", False, 10300),
    "750001": ("Diplôme d'Université", "DU", False, 750001),
    "690001": ("Titre professionnel - Essayeur (Bac +2)", "TP-E", False, 690001),
    "691001": ("Titre professionnel - Essayeur (Bac +2) - en apprentissage", "TP-E-App", True, 690001),
}
APPARIEMENT = {"1": "2002", "2": "2002", "3": "464", "4": "2047", "5": "750001", "6": "300"}

COMMUNES = [
    ("75113", "Paris 13e Arrondissement", "75013", "75", "Paris", "11", "Île-de-France", "180000", "48.83", "2.36"),
    ("38999", "Testville", "38999|38998", "38", "Isère", "84", "Auvergne-Rhône-Alpes", "1200", "45.1", "5.7"),
    ("98411", "Île Déserte", "", "984", "Terres australes", "984", "Terres australes", "", "", ""),
]


LYCEES = [
    ("0389991B", "Lycée Zéro", "LYCEE", "Public", "Testville", "38999", "302", "45.11", "5.71"),
    ("0389992C", "SEGPA du collège Zéro", "SEGPA", "Public", "Testville", "38999", "390", "45.12", "5.72"),
    ("0389993D", "", "SECTION PRO", "Privé", "Testville", "38999", "334", "", ""),
]
SUPERIEUR = [("Université des Tests", "48.9, 2.4", "0759990A", "0759991B|0759992C"), ("Sans lieu", "", "0759993D", "")]


def write_sources(folder: Path) -> Path:
    """Write every file that the builder wants, some of them in sub-folders."""
    (folder / "parcoursup").mkdir(parents=True)
    (folder / "onisep" / "2024").mkdir(parents=True)
    psup = folder / "parcoursup"
    _csv(psup / "parcoursup_2023.csv.gz", ["Libellé répété"] * len(DROIT),
         [[row[name] for name in DROIT] for row in LIGNES_2023])  # fmt: skip
    _csv(psup / "parcoursup_dictionnaire_colonnes.csv.gz", ["position", "nom", "libelle"],
         [[i, name, "Libellé"] for i, name in enumerate(DROIT)])  # fmt: skip
    _csv(psup / "parcoursup_2024_partiel_11col.csv.gz", ENTETE_2024.split(";"), LIGNES_2024)
    _csv(psup / "parcoursup_2025_partiel_32col.csv.gz", ENTETE_2025.split(), LIGNES_2025)
    _csv(psup / "psup_carte_2025_g_ta_cod_libelles.csv.gz", ["g_ta_cod", "libelle"], CARTE.items())
    _csv(psup / "monprojetsup_g_ta_cod_libelles_2023_2024.csv.gz", ["g_ta_cod", "libelle"], LIEUX.items())
    _csv(psup / "appariement_2023_cod_aff_form_gFlCod.csv.gz", ["cod_aff_form", "g_fl_cod"], APPARIEMENT.items())
    for session, rows in ANCIENNES.items():
        _csv(psup / f"parcoursup_{session}.csv.gz", ENTETE_ANCIENNE, rows)
    _write_national(folder)
    _csv(folder / "communes_france_2026.csv.gz",
         ["code_insee", "nom", "codes_postaux", "code_departement", "departement", "code_region", "region",
          "population", "latitude", "longitude"], COMMUNES)  # fmt: skip
    _csv(psup / "lycees_geolocalises_2024.csv.gz",
         ["numero_uai", "appellation_officielle", "denomination_principale", "secteur_public_prive_libe",
          "libelle_commune", "code_commune", "nature_uai", "latitude", "longitude"], LYCEES)  # fmt: skip
    _csv(psup / "etablissements_superieur_principaux.csv.gz",
         ["Libellé", "Géolocalisation", "uai - identifiant", "anciens_codes_uai"], SUPERIEUR)  # fmt: skip
    _write_front(folder)
    _write_onisep(folder / "onisep" / "2024")
    return folder


def _write_national(folder: Path) -> None:
    bins = [f"cumul_{index / 2:04.1f}" for index in range(1, 41)]
    below = [0] * 19 + [round(100 * (index - 18) / 21) for index in range(19, 40)]
    _csv(folder / "monprojetsup_moyennes_admis_parcoursup_par_bac.csv.gz", ["bac", "matiere_code", *bins],
         [["TOUS", "-1", *below], ["STMG", "-1", *below], ["STMG", "-2", *below], ["BMA", "-1", *below]])  # fmt: skip
    _csv(
        folder / "parcoursup_eds_bacheliers_generaux_2021_2024_labels_courts.csv.gz",
        ["Année", "Spécialités", "Formation", "Voeux", "Propositions", "Acceptations"],
        [["2023", "Maths,SES", "Licence Sciences juridiques", "9", "9.0", "900"],
         ["2024", "SES,HGGSP", "Licence Sciences juridiques", "9", "9.0", "60"],
         ["2024", "Maths,SES", "Licence Sciences juridiques", "9", "9.0", "20"]],
    )  # fmt: skip


def _write_front(folder: Path) -> None:
    first = {
        "filieres": {
            code: {"libelle": libelle, "sigle": sigle, "apprentissage": app, "isLas": False, "cleFiliere": mere}
            for code, (libelle, sigle, app, mere) in FILIERES.items()
        },
        "nomsFilieres": {"fl2002": "L1 - Droit", "fl464": "BTS - Tourisme"},
        "liensOnisep": {"fl2002": "http://exemple.test/slug/FOR.1"},
    }
    second = {
        "groups": {},
        "metiers": {"metiers": {"MET_3": {"lib": "guide / guide", "codeRome": "G1201", "domaines": []}}},
        "liensMetiersFormations": {"MET_3": ["fl464", "fl999"], "MET_1": ["fl2047"]},
    }
    with zipfile.ZipFile(folder / "frontendData_2024-03-29.zip", "w") as archive:
        archive.writestr("frontendData.json", json.dumps(first))
        archive.writestr("frontendData2.json", json.dumps(second))


def _write_onisep(folder: Path) -> None:
    formations = """<formations><formation><identifiant>FOR.1</identifiant>
      <libelle_complet>licence droit</libelle_complet>
      <niveau_etudes><libelle>Bac + 3</libelle></niveau_etudes>
      <metiers_formation><metier><id>MET.1</id></metier><metier><id>MET.2</id></metier></metiers_formation>
      <sous_domaines_web><sous_domaine_web><id>T-IDEO2.4459</id></sous_domaine_web></sous_domaines_web>
      </formation></formations>"""
    metiers = "".join(
        f"<metier><identifiant>{one}</identifiant><libelle_masculin>{masculin}</libelle_masculin>"
        f"<libelle_feminin>{feminin}</libelle_feminin><romesV3><romeV3>{rome}</romeV3></romesV3>"
        f"<niveau_acces_min><libelle>{niveau}</libelle></niveau_acces_min>"
        f"<metiers_associes><metier_associe><id>MET.1</id></metier_associe></metiers_associes>"
        f"<centres_interet><centre_interet><id>T-IDEO2.4808</id></centre_interet></centres_interet></metier>"
        for one, masculin, feminin, rome, niveau in (
            ("MET.1", "juriste imaginaire", "juriste imaginaire", "K1903", "Bac + 5"),
            ("MET.2", "plaideur", "plaideuse", "K1903", "Bac + 5"),
            ("MET.4", "apprenti sage", "apprentie sage", "A1101", "CAP ou équivalent"),
            ("MET.5", "professeur de tests", "professeure de tests", "K2107", "Bac + 5"),
        )
    )
    _zip(folder / "Onisep_Ideo_Fiches_Formations_25062024.zip", "formations.xml", formations)
    _zip(folder / "Onisep_Ideo_Fiches_Metiers_25062024.zip", "metiers.xml", f"<metiers>{metiers}</metiers>")
    ancien = {"libelle_metier": "plaideur / plaideuse", "lien_site_onisepfr": "http://exemple.test/MET.2",
              "code_rome": "K1903", "domainesous-domaine": "droit/droit privé| droit/droit public"}  # fmt: skip
    recent = {"libelle": "plaideur de renom / plaideuse de renom", "url_onisep": "http://exemple.test/MET.2",
              "codes_rome": [{"code": "K1903", "libelle": "Défense"}], "domaine": "droit/droit privé"}  # fmt: skip
    (folder / "metiers.json").write_text(json.dumps([ancien]), encoding="utf-8")
    formations_2026 = [
        {"nom": "BTS tourisme", "etablissement": "", "url_onisep": "http://exemple.test/FOR.7"},
        {"nom": "BTS tourisme", "etablissement": "École privée", "url_onisep": "http://exemple.test/FOR.8"},
    ]
    (folder / "onisep_formations_2026.json.gz").write_bytes(gzip.compress(json.dumps(formations_2026).encode()))
    (folder / "onisep_metiers_2026.json.gz").write_bytes(gzip.compress(json.dumps([recent]).encode()))


def _csv(path: Path, header: object, rows: object) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)  # type: ignore[arg-type]  # any sequence of cells
    writer.writerows(rows)  # type: ignore[arg-type]  # any sequences of cells
    path.write_bytes(gzip.compress(text.getvalue().encode()))


def _zip(path: Path, member: str, text: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, text)

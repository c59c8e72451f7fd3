"""``importer FICHIER --apercu --json`` on every sample file: what a program that reads the answer can rely on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mps_desktop.cli import run

TETE = {"source", "encodage", "separateur", "lignes_entete", "colonnes", "eleves", "rejets", "non_lu", "fichiers"}
ELEVE = {
    "nom", "prenom", "naissance", "sexe", "ine", "classe", "niveau", "bac", "specialites", "langues", "options",
    "moyenne", "voeux",
}  # fmt: skip
NOMS_TG1 = {
    "BIDON", "D'EXEMPLE", "DE LA FICTION", "ÉCHANTILLON", "FAUX-NOM", "FICTIF", "IMAGINAIRE", "LE TESTEUR", "LOREM",
    "MODÈLE", "ÇAPOURRAIT",
}  # fmt: skip
"""The twelfth student has a surname in use that only some files give."""
LES_DEUX = {"TG1": 12, "TSTMG1": 12}
SORTI, SANS_CLASSE, GROUPE, LIGNE = "Élève sorti", "Élève sans classe", "Ligne de groupe", "Ligne ajoutée"


@dataclass(frozen=True, slots=True)
class Attendu:
    """What a file holds: students by class, how many have each thing, lines rejected with the start of the reason."""

    source: str
    encodage: str
    separateur: str
    entete: list[int]
    classes: dict[str, int]
    rejets: tuple[tuple[int, str], ...] = ()
    ine: int = 0
    naissances: int = 24
    sexes: int = 0
    langues: int = 0
    options: int = 0
    moyennes: int = 0
    voeux: int = 0
    non_lu: tuple[str, ...] = ()


def siecle(sorti: int, sans_classe: int, *non_lu: str) -> Attendu:
    return Attendu(
        "SIECLE", "iso-8859-15", "", [], LES_DEUX, ((sorti, SORTI), (sans_classe, SANS_CLASSE)), ine=23, sexes=23,
        langues=48, options=10, non_lu=("CODE_PAYS_NAT", "VILLE_NAISS", "BOURSES", *non_lu),
    )  # fmt: skip


def brouillon(source: str, encodage: str, separateur: str) -> Attendu:
    return Attendu(
        source, encodage, separateur, [3], {"TG1": 12, "TSTMG 1": 12},
        ((17, "Doublon de la ligne 4"), (18, LIGNE), (20, "Titre"), (33, SORTI), (34, "Ce n’est pas un nom")),
        naissances=21, non_lu=("remarques",),
    )  # fmt: skip


ATTENDUS = {
    "siecle/ElevesSansAdresses.xml": siecle(757, 790),
    "siecle/ElevesAvecAdresses.xml": siecle(781, 815, "ADRESSES", "ADRESSE_ID"),
    "siecle/ExportXML_ElevesSansAdresses.zip": siecle(757, 790),
    "siecle/ExportXML_ElevesAvecAdresses.zip": siecle(781, 815, "ADRESSES", "ADRESSE_ID"),
    "siecle/ElevesComplet.xls": Attendu(
        "SIECLE", "", "", [1], LES_DEUX,
        ((3, GROUPE), (8, GROUPE), (11, GROUPE), (15, GROUPE), (18, GROUPE), (31, SORTI), (32, GROUPE),
         (33, SANS_CLASSE)),
        ine=23, sexes=24, langues=48, options=10,
        non_lu=("Pays Nat.", "Présence Doss. Médic.", "Email", "Code Bourse 1"),
    ),
    "siecle/exportCSVExtraction_ancien.csv": Attendu(
        "SIECLE", "cp1252", ";", [1], LES_DEUX, sexes=24, langues=48, options=10, non_lu=("N° Interne",),
    ),
    "siecle/exportCSVExtractionClasses.csv": Attendu(
        "SIECLE", "utf-8-sig", ";", [1], LES_DEUX, non_lu=("Nom de famille repr. légal", "Courriel repr. légal"),
    ),
    "pronote/eleves_TG1_cp1252.csv": Attendu(
        "PRONOTE", "cp1252", ";", [1], {"TG1": 12}, ((7, LIGNE),), naissances=12, sexes=12, langues=24,
        non_lu=("Tuteur", "Adresse E-mail", "Régime"),
    ),
    "pronote/liste_eleves_utf8bom_tab.txt": Attendu(
        "PRONOTE", "utf-8-sig", "\t", [1], LES_DEUX, ine=23, sexes=24, langues=48, options=10,
        non_lu=("Projet d'accompagnement", "Régime"),
    ),
    "pronote/copier_coller_TSTMG1.txt": Attendu(
        "PRONOTE", "utf-8", "\t", [2], {"TSTMG1": 12}, naissances=12, langues=24,
    ),
    "pronote/moyennes_T1_TSTMG1_deux_lignes_entete.csv": Attendu(
        "Fichier texte", "cp1252", ";", [1, 2], {"TSTMG1": 12}, ((15, LIGNE),), naissances=0, moyennes=12,
        non_lu=("PHILOSOPHIE",),
    ),
    "pronote/EXP_ELEVE.xml": Attendu(
        "PRONOTE", "utf-8", "", [1], LES_DEUX, ine=23, sexes=24, langues=48, options=10, non_lu=("REGIME",),
    ),
    "parcoursup/HYPOTHETIQUE_suivi_des_voeux_PP.csv": Attendu(
        "Parcoursup", "cp1252", ";", [1], LES_DEUX, ine=23, voeux=132,
        non_lu=("Avis chef d'établissement", "Réponse de la formation"),
    ),
    "parcoursup/recap_un_eleve_par_ligne_utf8bom.csv": Attendu(
        "Parcoursup", "utf-8-sig", ";", [1], LES_DEUX, ine=23, naissances=0, voeux=58,
    ),
    "parcoursup/colle_depuis_dossier_candidat.txt": Attendu("Parcoursup", "utf-8", "", [], {}, naissances=0),
    "tableurs/liste_TG1_titres_fusionnes.xlsx": Attendu(
        "Tableur", "", "", [5, 6], {"TG1": 12}, ((20, LIGNE), (21, LIGNE)), naissances=12, options=8,
        non_lu=("Régime",),
    ),
    "tableurs/ecoledirecte_forme_TSTMG1.xlsx": Attendu("Tableur", "", "", [4], {"TSTMG1": 12}, naissances=12),
    "tableurs/conseil_de_classe_2_feuilles.ods": Attendu(
        "Tableur", "", "", [4], LES_DEUX, moyennes=24, non_lu=("Avis",),
    ),
    "tableurs/brouillon_prof_desordonne.xlsx": brouillon("Tableur", "", ""),
    "tableurs/brouillon_prof_desordonne_macroman_virgules.csv": brouillon("Fichier texte", "mac_roman", ","),
    "autres/cyclades_terminales_sous_ensemble_colonnes.csv": Attendu(
        "Cyclades", "utf-8", ";", [1], {"TG1": 12}, ine=11, naissances=12, sexes=12, langues=23,
    ),
}  # fmt: skip
SANS_ELEVES = "ne contient pas d’élèves"
REFUSES = {
    "siecle/Nomenclature.xml": SANS_ELEVES,
    "siecle/Structures.xml": SANS_ELEVES,
    "siecle/Communs.xml": SANS_ELEVES,
    "siecle/ExportXML_Nomenclature.zip": SANS_ELEVES,
    "siecle/ExportXML_Structures.zip": SANS_ELEVES,
    "siecle/ExportXML_Communs.zip": SANS_ELEVES,
    "siecle/_headers136.json": "Aucun élève",
    "parcoursup/extraction_SAIO_22_colonnes.csv": "sans nom ni INE",
}


def preview(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["importer", str(path), "--apercu", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", ATTENDUS)
def test_every_sample_gives_what_it_holds(partage: Path, capsys: pytest.CaptureFixture[str], name: str):
    attendu = ATTENDUS[name]
    answer = preview(partage / "samples" / name, capsys)
    assert answer.keys() >= TETE
    assert (answer["source"], answer["encodage"], answer["separateur"], answer["lignes_entete"]) == (
        attendu.source, attendu.encodage, attendu.separateur, attendu.entete,
    )  # fmt: skip
    eleves = answer["eleves"]
    assert all(eleve.keys() >= ELEVE and eleve["niveau"] == "terminale" for eleve in eleves)
    assert Counter(eleve["classe"] for eleve in eleves) == attendu.classes
    assert {(eleve["classe"] == "TG1", eleve["bac"]) for eleve in eleves} <= {(True, "Générale"), (False, "STMG")}
    counted = {
        "ine": sum(bool(eleve["ine"]) for eleve in eleves),
        "naissances": sum(bool(eleve["naissance"]) for eleve in eleves),
        "sexes": sum(bool(eleve["sexe"]) for eleve in eleves),
        "langues": sum(len(eleve["langues"]) for eleve in eleves),
        "options": sum(len(eleve["options"]) for eleve in eleves),
        "moyennes": sum(eleve["moyenne"] is not None for eleve in eleves),
        "voeux": sum(len(eleve["voeux"]) for eleve in eleves),
    }
    assert counted == {key: getattr(attendu, key) for key in counted}
    found = [(rejet["ligne"], rejet["raison"]) for rejet in answer["rejets"]]
    assert [ligne for ligne, _ in found] == [ligne for ligne, _ in attendu.rejets]
    assert all(said.startswith(raison) for (_, said), (_, raison) in zip(found, attendu.rejets, strict=True))
    assert all(0 < len(rejet["extrait"]) <= 60 for rejet in answer["rejets"])
    assert set(attendu.non_lu) <= set(answer["non_lu"])
    assert all(0 <= colonne["confiance"] <= 1 and colonne["champ"] for colonne in answer["colonnes"])


@pytest.mark.parametrize("name", [name for name, one in ATTENDUS.items() if one.classes.get("TG1") and one.ine])
def test_every_sample_names_the_same_students(partage: Path, capsys: pytest.CaptureFixture[str], name: str):
    eleves = preview(partage / "samples" / name, capsys)["eleves"]
    by_name = {eleve["nom"]: eleve for eleve in eleves if eleve["classe"] == "TG1"}
    assert by_name.keys() >= NOMS_TG1
    assert by_name["LE TESTEUR"]["prenom"] == "Œdipe"
    assert by_name["BIDON"]["naissance"] in ("", "2009-02-14")
    assert by_name["DE LA FICTION"]["naissance"] in ("", "2008-02-29")


@pytest.mark.parametrize(("name", "words"), REFUSES.items())
def test_what_is_no_roster_says_why(partage: Path, capsys: pytest.CaptureFixture[str], name: str, words: str):
    assert run(["importer", str(partage / "samples" / name), "--apercu", "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err


def test_no_sample_is_forgotten(partage: Path):
    found = {f"{file.parent.name}/{file.name}" for file in (partage / "samples").glob("*/*")}
    assert found == ATTENDUS.keys() | REFUSES.keys()


AGRICOLE = (
    "Identifiant unique*;Premier prénom*;Deuxième prénom;Troisième prénom;Nom de famille*;Nom d’usage;"
    "Date de naissance (jj/mm/aaaa)*;Code commune naissance**;Libellé commune naissance**;"
    "Code département naissance*;Code pays naissance*;Statut*;Code MEF*;Division*\n"
    "990000001ZZ;Zoé;;;BIDON;;14/02/2009;;;99;100;ST;21231018110;TSTMG1\n"
    "990000002ZZ;Noé;;;MODÈLE;;03/11/2009;;;99;100;ST;20210019110;TG1\n"
)
AFFELNET = (
    "INE;Nom;Prénom;Formation;Libellé LV1;Libellé LV2;Den. comp. étab. origine;Rang\n"
    "990000001ZZ;BIDON;Zoé;TERMINALE GENERALE;ANGLAIS LV1;ESPAGNOL LV2;COLLEGE FICTIF;1\n"
    "990000002ZZ;MODÈLE;Noé;TERMINALE GENERALE;ANGLAIS LV1;ALLEMAND LV2;COLLEGE FICTIF;2\n"
)
DATES = ("2009-02-14", "2009-11-03")


@pytest.mark.parametrize(
    ("content", "classes", "bacs", "naissances", "langues"),
    [
        (AGRICOLE, ("TSTMG1", "TG1"), ("STMG", "Générale"), DATES, 0),
        (AFFELNET, ("", ""), ("Générale", "Générale"), ("", ""), 2),
        (
            "Lycée fictif\nListe\n\nÉlève;Date de naissance\nBIDON Zoé;14/02/2009\nNoé MODÈLE;03/11/2009\n",
            ("", ""), ("", ""), DATES, 0,
        ),
        ("BIDON Zoé\nMODÈLE Noé\n", ("", ""), ("", ""), ("", ""), 0),
        ("BIDON;Zoé;14/02/2009;TG1\nMODÈLE;Noé;03/11/2009;TG1\n", ("TG1",) * 2, ("Générale",) * 2, DATES, 0),
    ],
    ids=["agricole", "affelnet", "deux_ordres_de_nom", "un_nom_par_ligne", "sans_titres"],
)  # fmt: skip
def test_other_forms_of_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, classes: tuple[str, ...], bacs: tuple[str, ...],
    naissances: tuple[str, ...], langues: int,
):  # fmt: skip
    file = tmp_path / "liste.csv"
    file.write_text(content, encoding="utf-8-sig")
    eleves = preview(file, capsys)["eleves"]
    assert [(eleve["nom"], eleve["prenom"]) for eleve in eleves] == [("BIDON", "Zoé"), ("MODÈLE", "Noé")]
    assert [(e["classe"], e["bac"], e["naissance"], len(e["langues"])) for e in eleves] == [
        (*told, langues) for told in zip(classes, bacs, naissances, strict=True)
    ]


@pytest.mark.parametrize(
    ("remark", "left"),
    [
        ("parti le 16/10", True), ("A quitté le lycée en novembre", True), ("radiée le 3 octobre", True),
        ("partie prenante du projet", False), ("parti", False), ("sort en janvier", False),
    ],
)  # fmt: skip
def test_a_remark_that_says_that_a_student_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], remark: str, left: bool
):
    file = tmp_path / "liste.csv"
    file.write_text(
        f"Nom;Prénom;Classe;remarques\nBIDON;Zoé;TG1;\nPARTI;Hugo;TG1;{remark}\nMODÈLE;Noé;TG1;\n", encoding="utf-8"
    )
    answer = preview(file, capsys)
    assert [eleve["nom"] for eleve in answer["eleves"]] == ["BIDON", *([] if left else ["PARTI"]), "MODÈLE"]
    assert [rejet["ligne"] for rejet in answer["rejets"]] == ([3] if left else [])

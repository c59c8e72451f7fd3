"""The developers' sample files, as they are; skipped when they are not beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.importers.lot import read_roster, read_rosters
from mps_desktop.importers.rows import RosterReading, RosterRow

SPECIALITES_TG1 = [
    {"mat700", "mat701"}, {"mat703", "mat1062"}, {"mat1067", "mat1062"}, {"mat701", "mat702"}, {"mat700", "mat1065"},
    {"mat20001076", "mat703"}, {"mat700", "mat703"}, {"mat706", "mat1067"}, {"mat703", "mat702"}, {"mat700", "mat701"},
    {"mat10001076", "mat1062"}, {"mat700", "mat1061"},
]  # fmt: skip
SPECIALITES_TSTMG1 = [
    "mat282", "mat887", "mat1009", "mat282", "mat887", "mat1009", "mat887", "mat282", "mat1009", "mat282", "mat887",
    "mat1009",
]  # fmt: skip


@pytest.fixture
def samples(partage: Path) -> Path:
    return partage / "samples"


def tg1(reading: RosterReading) -> list[RosterRow]:
    return [row for row in reading.rows if row.classe == "TG1"]


def accounted(reading: RosterReading, lines: int) -> bool:
    """Every line below the header is a student or a reason."""
    return len(reading.rows) + len(reading.rejets) == lines


def test_pronote_one_class(samples: Path):
    reading = read_roster(samples / "pronote/eleves_TG1_cp1252.csv")
    assert (reading.logiciel, reading.encodage, reading.separateur, reading.ligne_entete) == (
        "PRONOTE",
        "cp1252",
        ";",
        1,
    )
    assert len(reading.rows) == 12
    assert accounted(reading, 13)
    assert [(rejet.ligne, rejet.extrait) for rejet in reading.rejets] == [(7, "Cnx Ele.")]
    assert {(row.classe, row.niveau, row.bac) for row in reading.rows} == {("TG1", "terminale", "Générale")}
    assert any("nom du fichier" in warning for warning in reading.avertissements)
    assert any("12" in warning and "spécialités" in warning for warning in reading.avertissements)
    assert all(row.naissance and row.sexe and len(row.specialites) == 1 for row in reading.rows)
    assert [(row.nom, row.prenom) for row in reading.rows][2:4] == [
        ("DE LA FICTION", "Jean-Éloi"),
        ("ÉCHANTILLON", "Anaïs"),
    ]
    assert reading.rows[7].prenom == "Œdipe"
    assert {"Tuteur", "Adresse E-mail", "Régime"} <= set(reading.non_lu)


def test_pronote_two_classes(samples: Path):
    reading = read_roster(samples / "pronote/liste_eleves_utf8bom_tab.txt")
    assert (reading.logiciel, reading.encodage, reading.separateur) == ("PRONOTE", "utf-8-sig", "\t")
    assert len(reading.rows) == 24
    assert reading.rejets == ()
    assert "Projet d'accompagnement" in reading.non_lu
    assert [set(row.specialites) for row in tg1(reading)] == SPECIALITES_TG1
    assert [row.specialites for row in reading.rows[12:]] == [(mat,) for mat in SPECIALITES_TSTMG1]
    assert {(row.classe, row.bac) for row in reading.rows} == {("TG1", "Générale"), ("TSTMG1", "STMG")}
    assert {row.niveau for row in reading.rows} == {"terminale"}
    assert sum(bool(row.ine) for row in reading.rows) == 23
    assert "THEATRE" in reading.rows[2].options


def test_spreadsheet_with_merged_titles(samples: Path):
    reading = read_roster(samples / "tableurs/liste_TG1_titres_fusionnes.xlsx")
    assert reading.ligne_entete == 6
    assert len(reading.rows) == 12
    assert [set(row.specialites) for row in reading.rows] == SPECIALITES_TG1
    assert {(row.classe, row.bac) for row in reading.rows} == {("TG1", "Générale")}
    assert [rejet.ligne for rejet in reading.rejets] == [20, 21]
    assert any("Paramètres" in warning for warning in reading.avertissements)


def test_spreadsheet_of_ecole_directe(samples: Path):
    reading = read_roster(samples / "tableurs/ecoledirecte_forme_TSTMG1.xlsx")
    assert (len(reading.rows), reading.ligne_entete, reading.rejets) == (12, 4, ())
    assert {(row.classe, row.bac) for row in reading.rows} == {("TSTMG1", "STMG")}
    assert (reading.rows[-1].nom, reading.rows[-1].prenom) == ("TRUC-MUCHE", "Loïc")


def test_spreadsheet_with_one_sheet_per_class(samples: Path):
    reading = read_roster(samples / "tableurs/conseil_de_classe_2_feuilles.ods")
    assert {row.classe: row.bac for row in reading.rows} == {"TG1": "Générale", "TSTMG1": "STMG"}
    assert len(reading.rows) == 24
    assert [row.moyenne for row in tg1(reading)][:3] == [9.0, 9.7, 10.4]


@pytest.mark.parametrize("name", ["brouillon_prof_desordonne.xlsx", "brouillon_prof_desordonne_macroman_virgules.csv"])
def test_a_messy_spreadsheet(samples: Path, name: str):
    reading = read_roster(samples / "tableurs" / name)
    assert len(reading.rows) == 24
    assert [rejet.ligne for rejet in reading.rejets] == [17, 18, 20, 33, 34]
    assert reading.rejets[3].raison == "Élève sorti de l’établissement."
    assert [set(row.specialites) for row in tg1(reading)] == SPECIALITES_TG1
    assert [row.specialites for row in reading.rows[12:]] == [(mat,) for mat in SPECIALITES_TSTMG1]
    by_line = {row.ligne: row for row in reading.rows}
    assert (by_line[8].nom, by_line[8].prenom) == ("ÉCHANTILLON", "Anaïs")
    assert [str(by_line[line].naissance) for line in (6, 8, 9, 10, 11, 14, 26)] == [
        "None", "2009-07-07", "2009-05-21", "2009-12-12", "2009-01-30", "2008-08-23", "None",
    ]  # fmt: skip


def test_pronote_other_shapes(samples: Path):
    pasted = read_roster(samples / "pronote/copier_coller_TSTMG1.txt")
    assert (len(pasted.rows), pasted.ligne_entete, pasted.rejets) == (12, 2, ())
    marks = read_roster(samples / "pronote/moyennes_T1_TSTMG1_deux_lignes_entete.csv")
    assert (len(marks.rows), marks.ligne_entete, [rejet.ligne for rejet in marks.rejets]) == (12, 2, [15])
    assert (marks.rows[0].moyenne, marks.rows[0].classe) == (14.17, "TSTMG1")
    xml = read_roster(samples / "pronote/EXP_ELEVE.xml")
    assert [set(row.specialites) for row in tg1(xml)] == SPECIALITES_TG1
    assert [row.specialites for row in xml.rows[12:]] == [(mat,) for mat in SPECIALITES_TSTMG1]
    assert all(row.sexe for row in xml.rows)


def test_siecle(samples: Path):
    old = read_roster(samples / "siecle/exportCSVExtraction_ancien.csv")
    assert (len(old.rows), old.logiciel, old.rejets) == (24, "SIECLE", ())
    assert [set(row.specialites) for row in tg1(old)] == SPECIALITES_TG1
    new = read_roster(samples / "siecle/exportCSVExtractionClasses.csv")
    assert (len(new.rows), len(new.non_lu)) == (24, 6)
    full = read_roster(samples / "siecle/ElevesComplet.xls")
    assert accounted(full, 32)
    assert len(full.rows) == 24
    assert sum("aucune division" in rejet.raison for rejet in full.rejets) == 1
    assert [set(row.specialites) for row in tg1(full)] == SPECIALITES_TG1
    assert {row.classe for row in full.rows} == {"TG1", "TSTMG1"}


def test_cyclades_and_a_table_of_wishes(samples: Path):
    cyclades = read_roster(samples / "autres/cyclades_terminales_sous_ensemble_colonnes.csv")
    assert [set(row.specialites) for row in cyclades.rows] == SPECIALITES_TG1
    wishes = read_roster(samples / "parcoursup/HYPOTHETIQUE_suivi_des_voeux_PP.csv")
    assert len(wishes.rows) == 24
    assert [set(row.specialites) for row in tg1(wishes)] == SPECIALITES_TG1
    by_name = {row.nom: row.voeux for row in wishes.rows}
    assert [voeu.formation for voeu in by_name["BIDON"]][:4] == ["CPGE - PCSI"] * 3 + ["Licence - Physique, chimie"]
    assert [voeu.internat for voeu in by_name["BIDON"]][:3] == ["avec", "sans", "sans"]
    assert len({voeu.numero for voeu in by_name["LOREM"] if not voeu.apprentissage}) == 10
    assert len({voeu.numero for voeu in by_name["LOREM"] if voeu.apprentissage}) == 1
    assert by_name["ZÉRO"] == by_name["TRUC-MUCHE"] == ()
    assert [voeu.confirme for voeu in by_name["ÇAPOURRAIT"]] == [False]
    recap = read_roster(samples / "parcoursup/recap_un_eleve_par_ligne_utf8bom.csv")
    assert [(voeu.formation, voeu.nb_sous_voeux) for voeu in recap.rows[0].voeux] == [
        ("CPGE - PCSI", 3), ("Licence - Physique, chimie", 0), ("BUT - Mesures physiques", 3),
    ]  # fmt: skip
    pasted = read_roster(samples / "parcoursup/colle_depuis_dossier_candidat.txt")
    assert pasted.rows == ()
    assert [(voeu.formation, voeu.internat, voeu.confirme) for voeu in pasted.voeux_seuls] == [
        ("CPGE - PCSI", "avec", True), ("CPGE - PCSI", "sans", True), ("Licence - Physique, chimie", "", False),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ElevesSansAdresses.xml", "ExportXML_ElevesAvecAdresses.zip"])
@pytest.mark.parametrize("nomenclature", [None, "Nomenclature.xml", "ExportXML_Nomenclature.zip"])
def test_siecle_xml_with_and_without_its_nomenclature(samples: Path, name: str, nomenclature: str | None):
    folder = samples / "siecle"
    files = [folder / nomenclature] if nomenclature else []
    (reading,) = read_rosters([*files, folder / "Structures.xml", folder / "Communs.xml", folder / name])
    assert (reading.logiciel, reading.encodage, len(reading.rows)) == ("SIECLE", "iso-8859-15", 24)
    assert {row.classe for row in reading.rows} == {"TG1", "TSTMG1"}
    assert [set(row.specialites) for row in tg1(reading)] == SPECIALITES_TG1
    assert [row.specialites for row in reading.rows[12:]] == [(mat,) for mat in SPECIALITES_TSTMG1]
    assert sorted(rejet.raison[:12] for rejet in reading.rejets) == ["Élève sans c", "Élève sorti "]
    assert sum(not row.ine for row in reading.rows) == 1
    assert "DATE_MODIFICATION" in reading.non_lu
    assert ("ADRESSES" in reading.non_lu) == ("Avec" in name)
    assert all(row.langues for row in reading.rows)


@pytest.mark.parametrize(
    "name",
    [
        "siecle/Nomenclature.xml", "siecle/ExportXML_Communs.zip", "siecle/Structures.xml",
        "parcoursup/extraction_SAIO_22_colonnes.csv",
        "siecle/_headers136.json",
    ],
)  # fmt: skip
def test_what_is_no_roster_is_refused(samples: Path, name: str):
    with pytest.raises(EnvironmentFault):
        read_roster(samples / name)

"""The fictitious classes shipped with the program: real ids, invented people, every state worth showing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mps_desktop.core.dates import annee_scolaire
from mps_desktop.core.paths import build_paths, find_resources
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import fold
from mps_desktop.exchange.profils import ALTERNANCES, DUREES, SITUATIONS, read_profils
from mps_desktop.exchange.records import ProfilLu
from mps_desktop.importers.lot import read_roster
from mps_desktop.importers.rows import RosterReading
from mps_desktop.services.run_report import create_demo
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import EleveLigne

DEMO = find_resources() / "demo"
ROSTERS = tuple(sorted(DEMO.glob("*.csv")))
OBSOLETE = "ta99999999"


@pytest.fixture(scope="module")
def readings() -> tuple[RosterReading, ...]:
    return tuple(read_roster(path) for path in ROSTERS)


@pytest.fixture(scope="module")
def profils() -> tuple[ProfilLu, ...]:
    return read_profils(DEMO / "profils_fictifs.json")


@pytest.fixture
def lignes(session: DossierSession, profils: tuple[ProfilLu, ...]) -> tuple[EleveLigne, ...]:
    session.import_roster(ROSTERS, "", Progress())
    assert session.apply_profils(profils) == ()
    return session.list_eleves(None).lignes


def test_two_classes_of_twelve_read_without_any_doubt(readings: tuple[RosterReading, ...]):
    assert [path.name for path in ROSTERS] == ["TG1_fictive.csv", "TSTMG1_fictive.csv"]
    for reading, classe, bac in zip(readings, ("TG1", "TSTMG1"), ("Générale", "STMG"), strict=True):
        assert reading.logiciel == "PRONOTE"
        assert len(reading.rows) == 12
        assert (reading.rejets, reading.avertissements) == ((), ())
        assert {(row.classe, row.niveau, row.bac) for row in reading.rows} == {(classe, "terminale", bac)}
        assert all(row.naissance and row.sexe for row in reading.rows)
        assert all(len(row.specialites) == (2 if bac == "Générale" else 1) for row in reading.rows)
        names = [fold(f"{row.nom} {row.prenom}") for row in reading.rows]
        assert names == sorted(names)


def test_each_profile_is_about_one_student(readings: tuple[RosterReading, ...], profils: tuple[ProfilLu, ...]):
    listed = {(row.classe, row.nom, row.prenom) for reading in readings for row in reading.rows}
    assert {(profil.classe, profil.nom, profil.prenom) for profil in profils} == listed
    assert len(profils) == 24


def test_people_are_not_those_of_the_developers_samples(profils: tuple[ProfilLu, ...], partage: Path):
    samples = read_roster(partage / "samples/pronote/liste_eleves_utf8bom_tab.txt")
    assert not {fold(profil.nom) for profil in profils} & {fold(row.nom) for row in samples.rows}


def test_every_id_is_in_the_catalogue_except_the_obsolete_one(socle: Socle, profils: tuple[ProfilLu, ...]):
    catalogue = socle.catalogue
    for profil in profils:
        formations = tuple(favori.formation_id for favori in profil.favoris)
        assert len(catalogue.formations((*formations, *profil.corbeille))) == len(formations) + len(profil.corbeille)
        assert len(catalogue.communes(profil.communes)) == len(profil.communes)
        for identifiant in (*profil.metiers, *profil.domaines, *profil.interets):
            assert catalogue.libelle(identifiant) not in ("", identifiant), identifiant
        for favori in profil.favoris:
            known = {voeu.id: voeu.formation_id for voeu in catalogue.voeux(favori.voeux)}
            assert set(favori.voeux) - set(known) <= {OBSOLETE}
            assert set(known.values()) <= {favori.formation_id}
    asked = [voeu for profil in profils for favori in profil.favoris for voeu in favori.voeux]
    assert asked.count(OBSOLETE) == 1


def test_metiers_and_domaines_are_those_of_the_lists(socle: Socle, profils: tuple[ProfilLu, ...]):
    domaines = {element.id for element in socle.catalogue.domaines()}
    interets = {element.id for element in socle.catalogue.interets()}
    assert all(set(profil.domaines) <= domaines and set(profil.interets) <= interets for profil in profils)


def test_answers_are_as_varied_as_they_can_be(profils: tuple[ProfilLu, ...]):
    assert {profil.alternance for profil in profils} == {*ALTERNANCES, None}
    assert {profil.duree_etudes for profil in profils} == {*DUREES, None}
    assert {profil.situation for profil in profils} == {*SITUATIONS, None}
    averages = {profil.moyenne for profil in profils}
    known = [moyenne for moyenne in averages if moyenne is not None and moyenne >= 0]
    assert (min(known), max(known)) == (8.5, 18.6)
    assert {-1.0, None} <= averages
    assert {favori.niveau_ambition for profil in profils for favori in profil.favoris} == {0, 1, 2, 3}
    assert any(favori.classes_enseignant for profil in profils for favori in profil.favoris)
    assert any(profil.corbeille for profil in profils)


def test_names_need_a_wide_alphabet():
    text = "".join(path.read_text(encoding="utf-8-sig") for path in ROSTERS)
    assert {"Ł", "Ễ", "Œ", "É", "’"} <= set(text)


def test_wishes_are_in_every_state(lignes: tuple[EleveLigne, ...]):
    assert len(lignes) == 24
    states = {
        "no formation": any(ligne.nb_formations == 0 for ligne in lignes),
        "formations without wishes": any(ligne.nb_formations and not ligne.nb_voeux for ligne in lignes),
        "only A+": any(ligne.nb_ambitieux == ligne.nb_voeux >= 2 for ligne in lignes),
        "only B": any(ligne.nb_securisant == ligne.nb_voeux >= 3 for ligne in lignes),
        "not enough data": any(ligne.nb_insuffisant for ligne in lignes),
        "milestone reached": any(ligne.jalon.atteint for ligne in lignes),
        "milestone missed": any(not ligne.jalon.atteint for ligne in lignes),
        "empty profile": any(ligne.completude <= 20 for ligne in lignes),
        "half a profile": any(40 <= ligne.completude <= 90 for ligne in lignes),
        "full profile": any(ligne.completude == 100 for ligne in lignes),
        "nothing to say": any(not ligne.constats for ligne in lignes),
    }
    assert [name for name, shown in states.items() if not shown] == []


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2026, 11, 25), 3), (date(2027, 6, 20), 3), (date(2026, 9, 10), 2), (date(2026, 8, 3), 1)],
)
def test_the_fictitious_classes_have_a_past_that_the_program_computed(
    socle: Socle, tmp_path: Path, today: date, days: int
):
    demo = create_demo(socle, build_paths(), tmp_path / "demo", today, Progress())
    try:
        for classe in ("TG1", "TSTMG1"):
            suivi = demo.list_eleves(classe).suivi
            assert suivi is not None
            assert len(suivi.points) == days
            assert suivi.points[-1].jour == today
            assert {annee_scolaire(point.jour) for point in suivi.points} == {annee_scolaire(today)}
            assert [p.sans_voeu for p in suivi.points] == sorted((p.sans_voeu for p in suivi.points), reverse=True)
            if days == 3:
                assert suivi.points[0].jalons_atteints == 0 < suivi.points[-1].jalons_atteints
    finally:
        demo.close()


def test_the_findings_worth_showing_are_there(lignes: tuple[EleveLigne, ...]):
    found = {constat.code for ligne in lignes for constat in ligne.constats}
    assert found >= {
        "PROFIL_VIDE", "AUCUNE_FORMATION", "UNE_SEULE_FORMATION", "AUCUN_VOEU", "FORMATION_SANS_VOEU", "VOEU_DISPARU",
        "TOUS_AMBITIEUX", "AUCUN_B", "AUTO_CENSURE", "DECLARE_TROP_SUR", "DECLARE_TROP_PRUDENT", "HORS_COMMUNES",
        "CONTRE_DUREE", "CONTRE_ALTERNANCE", "TROP_DE_SOUS_VOEUX",
    }  # fmt: skip

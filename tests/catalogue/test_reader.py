from __future__ import annotations

import math
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.catalogue.geo import nearest_km
from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.catalogue.records import Commune, Element, Metier, Voeu
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.engine.classes import Mentions, StatsBac, StatsSession, TauxParent, TypeBac
from tests.catalogue.factories import BUT, ISOLEE, LICENCE, ROWS, write_catalogue


def test_absent_file_is_said_in_french(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="introuvable") as caught:
        open_catalogue(tmp_path / "rien.sqlite")
    assert caught.value.remede


def test_a_folder_cannot_be_read_as_a_catalogue(tmp_path: Path):
    with pytest.raises(EnvironmentFault) as caught:
        open_catalogue(tmp_path)
    assert caught.value.remede


@pytest.mark.parametrize("content", [b"nom;prenom\nBIDON;Zoe\n", b"%PDF-1.4"])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(content)
    with pytest.raises(EnvironmentFault, match="n’est pas un catalogue"):
        open_catalogue(path)


def test_another_sqlite_file_is_refused(tmp_path: Path):
    path = tmp_path / "autre.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recettes (nom TEXT)")
    connection.close()
    with pytest.raises(EnvironmentFault, match="n’est pas un catalogue"):
        open_catalogue(path)


@pytest.mark.parametrize("kept", [0.0, 0.0001, 0.4, 0.9])
def test_truncated_file_is_refused(tmp_path: Path, kept: float):
    path = write_catalogue(tmp_path / "catalogue.sqlite")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(EnvironmentFault, match="abîmé") as caught:
        open_catalogue(path)
    assert caught.value.remede


def test_damage_in_the_middle_is_said_when_met(tmp_path: Path):
    path = write_catalogue(tmp_path / "catalogue.sqlite")
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(EnvironmentFault, match="abîmé"):
        open_catalogue(path).formations()


def test_another_version_is_refused(tmp_path: Path):
    path = write_catalogue(tmp_path / "catalogue.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(EnvironmentFault, match="999") as caught:
        open_catalogue(path)
    assert caught.value.remede


def test_a_missing_table_is_damage(tmp_path: Path):
    path = write_catalogue(tmp_path / "catalogue.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE departements")
    connection.close()
    with pytest.raises(EnvironmentFault, match="abîmé"):
        open_catalogue(path)


def test_odd_characters_in_the_path(tmp_path: Path):
    folder = tmp_path / "lycée n° 1 ? 100% #été"
    folder.mkdir()
    catalogue = open_catalogue(write_catalogue(folder / "catalogue.sqlite"))
    assert catalogue.formation(LICENCE) is not None
    catalogue.close()


def test_nothing_can_be_written(petit: Catalogue):
    with pytest.raises(EnvironmentFault):
        petit.rows("DELETE FROM formations")


def test_provenance(petit: Catalogue):
    (source,) = petit.provenance()
    assert (source.fichier, source.session, source.licence) == ("faux.csv", "2023", "Licence Ouverte 2.0")


def test_formation_with_its_links_in_catalogue_order(petit: Catalogue):
    formation = petit.formation(LICENCE)
    assert formation is not None
    assert formation.libelle == "Licence - Fromagerie"
    assert formation.apprentissage is False
    assert formation.psup == (LICENCE, "fl11")
    assert formation.domaines == ("dom2", "dom1")
    assert formation.metiers == ("MET.2", "MET.1")
    assert petit.formation("fl404") is None


def test_formations_keep_the_order_asked_and_skip_the_unknown(petit: Catalogue):
    assert [f.id for f in petit.formations((BUT, "fl404", LICENCE))] == [BUT, LICENCE]
    assert [f.id for f in petit.formations()] == [LICENCE, BUT, ISOLEE]


def test_id_of_a_formation_at_monprojetsup(petit: Catalogue):
    assert petit.mps_id(ISOLEE) == "fr1"
    assert petit.mps_id(BUT) == BUT


def test_voeu(petit: Catalogue):
    voeu = petit.voeu("ta4")
    assert isinstance(voeu, Voeu)
    assert (voeu.formation_id, voeu.selectif, voeu.apprentissage, voeu.capacite) == (BUT, True, False, 30)
    assert petit.voeu("ta404") is None
    orphan = petit.voeu("ta5")
    assert orphan is not None
    assert orphan.formation_id == ""


def test_voeux_keep_the_order_asked_even_for_thousands(petit: Catalogue):
    asked = ["ta4", *(f"ta{i}" for i in range(1000, 3500)), "ta1"]
    assert [v.id for v in petit.voeux(asked)] == ["ta4", "ta1"]
    assert petit.voeux(()) == ()


def test_voeux_of_formation(petit: Catalogue):
    assert [v.id for v in petit.voeux_of_formation(LICENCE)] == ["ta1", "ta2", "ta3"]
    assert petit.voeux_of_formation("fl404") == ()


def test_voeux_near_uses_the_commune_when_the_voeu_has_no_coordinates(petit: Catalogue):
    near = petit.voeux_near(LICENCE, [(48.5, 2.0)], 60.0)
    assert [v.id for v, _ in near] == ["ta2", "ta1"]
    assert near[0][1] == pytest.approx(0.0, abs=1e-6)
    assert near[1][1] == pytest.approx(55.6, abs=0.1)


def test_voeux_near_within_a_radius_leaves_the_others_out(petit: Catalogue):
    assert [v.id for v, _ in petit.voeux_near(LICENCE, [(48.5, 2.0)], 10.0)] == ["ta2"]


def test_a_voeu_that_cannot_be_placed_is_near_nothing(petit: Catalogue):
    assert [v.id for v, _ in petit.voeux_near(LICENCE, [(48.0, 2.0), (10.0, 10.0)])] == ["ta1", "ta2"]
    assert petit.voeux_near("fl404", [(48.0, 2.0)]) == ()


def test_voeux_near_nowhere_gives_them_all(petit: Catalogue):
    assert [(v.id, km) for v, km in petit.voeux_near(LICENCE, [])] == [(i, math.inf) for i in ("ta1", "ta2", "ta3")]
    assert petit.voeux_near(LICENCE, [], 50.0) == ()


def test_distance_from_a_voeu_to_the_nearest_commune(petit: Catalogue):
    assert petit.distance_km("ta1", ("00102", "00101")) == pytest.approx(0.0, abs=1e-6)
    assert petit.distance_km("ta2", ("00101",)) == pytest.approx(55.6, abs=0.1)
    assert petit.distance_km("ta3", ("00101",)) is None
    assert petit.distance_km("ta1", ("00103", "99999")) is None
    assert petit.distance_km("ta404", ("00101",)) is None


def test_known_distance_paris_marseille():
    assert nearest_km([(48.8566, 2.3522)], [(43.2965, 5.3698)]) == [pytest.approx(660.5, abs=1.0)]


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


@given(st.tuples(latitudes, longitudes), st.tuples(latitudes, longitudes))
def test_distance_is_symmetric_and_bounded(here: tuple[float, float], there: tuple[float, float]):
    (km,) = nearest_km([here], [there])
    assert 0 <= km <= 20016
    assert nearest_km([there], [here]) == [pytest.approx(km, abs=1e-6)]
    assert nearest_km([here], [there, here])[0] <= km


def test_communes(petit: Catalogue):
    assert petit.commune("00101") == Commune("00101", "Testville", ("00100", "00110"), "Département Témoin", 48.0, 2.0)
    assert petit.commune("99999") is None
    assert [c.nom for c in petit.communes(("00103", "99999", "00101"))] == ["L’Haÿ-Inventé", "Testville"]


def test_what_a_student_ticks(petit: Catalogue):
    assert petit.metier("MET.1") == Metier("MET.1", "bulleur/euse", "Z1001", "Bac + 2")
    assert petit.metier("MET.404") is None
    assert [m.id for m in petit.metiers(("MET.2", "MET.404", "MET.1"))] == ["MET.2", "MET.1"]
    assert len(petit.metiers()) == 2
    assert petit.domaines() == (
        Element("dom1", "Agriculture imaginaire", "Nature"),
        Element("dom2", "Fromages", "Nature"),
    )
    assert [interet.id for interet in petit.interets()] == ["ci2", "ci1"]


def test_bacs_and_their_specialites_in_order(petit: Catalogue):
    bacs = petit.bacs()
    assert [bac.id for bac in bacs] == ["Générale", "STMG", "P"]
    assert [s.id for s in bacs[0].specialites] == ["mat1", "mat2"]
    assert petit.specialites("STMG") == (Element("mat2", "Mercatique", ""),)
    assert petit.specialites("P") == petit.specialites("E") == ()
    assert [s.id for s in petit.specialites()] == ["mat1", "mat2"]


def test_statistiques(petit: Catalogue):
    found = petit.statistiques(("ta1", "ta404", "ta3"))
    assert found.keys() == {"ta1", "ta3"}
    stats = found["ta1"]
    assert stats.sessions == (
        StatsSession(2023, 38, 280, None, 38, None),
        StatsSession(2025, 40, 300, 90, 40, 30.0),
    )
    assert stats.par_bac[TypeBac.GENERAL] == StatsBac(200, 80, 70.0)
    assert stats.par_bac[TypeBac.PROFESSIONNEL] == StatsBac(20, None, None)
    assert stats.mentions == Mentions(2023, 40.0, 30.0, 20.0, 8.0, 2.0)
    assert stats.pct_meme_academie == 62.5
    assert (stats.fili, stats.selectif, stats.apprentissage) == ("Licence", False, False)
    assert found["ta3"].sessions == ()
    assert found["ta3"].par_bac == {}
    assert found["ta3"].mentions is None


def test_references(petit: Catalogue):
    references = petit.references()
    assert references.parents["national", "", TypeBac.GENERAL] == TauxParent(0.5, 1000)
    assert references.parents["fili", "Licence", TypeBac.TECHNOLOGIQUE] == TauxParent(0.25, 400)
    assert len(references.moyennes["Générale"]) == 40
    assert references.session_moyennes == 2023


def test_the_session_of_the_fit_is_known(livre: Catalogue):
    assert livre.references().session_ajustement == 2025


def test_part_moyenne_counts_the_half_point_that_starts_at_the_average(petit: Catalogue):
    # The invented shares are 0 below 10 then grow by 5 % each half point.
    assert petit.part_moyenne("Générale", 9.0) == 0
    assert petit.part_moyenne("Générale", 9.5) == 5
    assert petit.part_moyenne("Générale", 14.0) == 50
    assert petit.part_moyenne("Générale", 14.49) == 50
    assert petit.part_moyenne("Générale", 14.5) == 55
    assert petit.part_moyenne("Générale", 20) == 100
    assert petit.part_moyenne("Générale", -3) == 0
    assert petit.part_moyenne("Inconnu", 14.0) is None


@pytest.mark.parametrize(
    ("identifiant", "libelle"),
    [
        (LICENCE, "Licence - Fromagerie"),
        ("fl11", "Licence - Fromagerie bleue"),
        ("ta2", "Licence - Fromagerie – Lycée Bidon (Saint-Faux-sur-Mer)"),
        ("MET.1", "bulleur/euse"),
        ("dom2", "Fromages"),
        ("ci1", "Compter les trous"),
        ("00102", "Saint-Faux-sur-Mer"),
        ("mat2", "Mercatique"),
        ("STMG", "Bac STMG"),
        ("T-ATOME.1", "Pâtes molles"),
        ("0750001A", "Université du Test"),
        ("inconnu", "inconnu"),
        ("", ""),
    ],
)
def test_libelle_of_any_id(petit: Catalogue, identifiant: str, libelle: str):
    assert petit.libelle(identifiant) == libelle


def test_many_threads_read_at_once(petit: Catalogue):
    def read(number: int) -> tuple[str, ...]:
        petit.voeux_near(LICENCE, [(48.0, 2.0)])
        return (petit.libelle(f"ta{1 + number % 5}"), petit.formations()[0].id)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(read, range(200)))
    places = {row[0]: str(row[3]) for row in ROWS["voeux"]}
    assert all(places[f"ta{1 + n % 5}"] in label and first == LICENCE for n, (label, first) in enumerate(answers))
    assert len(answers) == 200


def test_a_closed_catalogue_says_so(tmp_path: Path):
    catalogue = open_catalogue(write_catalogue(tmp_path / "catalogue.sqlite"))
    catalogue.close()
    with pytest.raises(sqlite3.ProgrammingError):
        catalogue.provenance()


# On the catalogue shipped with the program


def test_shipped_averages_of_the_admitted(livre: Catalogue):
    # Published 2023 histogram of MonProjetSup: 7 126 of 303 044 below 10.5, 176 030 below 14.5.
    assert livre.part_moyenne("Générale", 10) == 2
    assert livre.part_moyenne("Générale", 14) == 58
    assert livre.part_moyenne("Générale", 19.5) == 100
    assert all(livre.part_moyenne(bac.id, 14) is not None for bac in livre.bacs())


def test_shipped_bacs(livre: Catalogue):
    by_id = {bac.id: bac for bac in livre.bacs()}
    assert by_id.keys() >= {"Générale", "STMG", "STI2D", "STL", "ST2S", "P", "NC"}
    assert "Mathématiques" in {specialite.libelle for specialite in by_id["Générale"].specialites}
    assert by_id["P"].specialites == ()


def test_shipped_links_can_all_be_read(livre: Catalogue):
    assert livre.provenance()
    for formation in livre.formations():
        assert livre.metiers(formation.metiers) == tuple(livre.metier(metier) for metier in formation.metiers)
        assert all(livre.libelle(domaine) != domaine for domaine in formation.domaines)


def test_shipped_voeux_near_rennes(livre: Catalogue):
    rennes = livre.commune("35238")
    assert rennes is not None
    assert rennes.lat is not None
    assert rennes.lng is not None
    near = livre.voeux_near("fl2002", [(rennes.lat, rennes.lng)], 30.0)
    assert near
    assert near[0][0].region == "Bretagne"
    distances = [km for _, km in near]
    assert distances == sorted(distances)
    assert distances[-1] <= 30.0
    figures = livre.statistiques([voeu.id for voeu, _ in near])
    assert figures.keys() == {voeu.id for voeu, _ in near}
    assert all(
        part.part_acces is None or 0 <= part.part_acces <= 100 for s in figures.values() for part in s.par_bac.values()
    )


def test_shipped_figures_of_every_voeu(livre: Catalogue):
    ids = [voeu.id for formation in livre.formations()[:40] for voeu in livre.voeux_of_formation(formation.id)]
    figures = livre.statistiques(ids)
    assert figures.keys() == set(ids)
    for stats in figures.values():
        sessions = [one.session for one in stats.sessions]
        assert sessions == sorted(set(sessions))
        assert all(one.taux_acces is None or 0 <= one.taux_acces <= 100 for one in stats.sessions)

"""The builder, on a small invented source tree and on the real one when it is there."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mps_desktop.catalogue.build import CATALOGUE_NAME, build_catalogue
from mps_desktop.catalogue.construction.sources import ALL
from mps_desktop.catalogue.dataset import engine_arrays, engine_dataset
from mps_desktop.catalogue.depliage import lay_out
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.catalogue.schema import GENRES_ARETES, TABLEAUX
from mps_desktop.catalogue.search import search
from mps_desktop.catalogue.verify import verify_catalogue
from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.engine.preparation import prepare
from tests.catalogue.sources_factices import write_sources

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def catalogue(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    report = build_catalogue(sources, tmp_path_factory.mktemp("sortie"), Progress())
    with closing(sqlite3.connect(report.fichier)) as connection:
        lay_out(connection)
        yield connection


def rows(connection: sqlite3.Connection, sql: str) -> Rows:
    return connection.execute(sql).fetchall()


def test_two_builds_give_identical_bytes(sources: Path, tmp_path: Path):
    first = build_catalogue(sources, tmp_path / "un", Progress()).fichier.read_bytes()
    second = build_catalogue(sources, tmp_path / "deux", Progress()).fichier.read_bytes()
    assert first == second


def test_bytes_do_not_depend_on_where_the_files_are(sources: Path, tmp_path: Path):
    moved = tmp_path / "a plat"
    moved.mkdir()
    for file in sources.rglob("*.*"):
        (moved / file.name).write_bytes(file.read_bytes())
    here = build_catalogue(sources, tmp_path / "un", Progress()).fichier.read_bytes()
    assert here == build_catalogue(moved, tmp_path / "deux", Progress()).fichier.read_bytes()


@pytest.mark.parametrize("absent", [wanted.fichier for wanted in ALL])
def test_a_missing_file_is_named(tmp_path: Path, absent: str):
    folder = write_sources(tmp_path / "sources")
    next(folder.rglob(absent)).unlink()
    with pytest.raises(EnvironmentFault, match=absent.replace(".", r"\.")):
        build_catalogue(folder, tmp_path / "sortie", Progress())
    assert not (tmp_path / "sortie" / CATALOGUE_NAME).exists()


def test_a_missing_folder_is_told(tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="introuvable"):
        build_catalogue(tmp_path / "nulle part", tmp_path, Progress())


def test_cancelling_leaves_the_old_file(sources: Path, tmp_path: Path):
    (tmp_path / CATALOGUE_NAME).write_text("ancien")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        build_catalogue(sources, tmp_path, progress)
    assert [path.name for path in tmp_path.iterdir()] == [CATALOGUE_NAME]
    assert (tmp_path / CATALOGUE_NAME).read_text() == "ancien"


def test_the_report_counts_what_is_in_the_file(sources: Path, tmp_path: Path):
    report = build_catalogue(sources, tmp_path, Progress())
    with closing(sqlite3.connect(report.fichier)) as connection:
        lay_out(connection)
        for table in ("voeux", "communes", "formations", "lycees", "metiers", *TABLEAUX):
            assert rows(connection, f"SELECT count(*) FROM {table}") == [(report.lignes[table],)]
    assert report.octets == report.fichier.stat().st_size


def test_reference_formations_and_their_labels(catalogue: sqlite3.Connection):
    found = rows(catalogue, "SELECT id, libelle, duree, apprentissage, las, capacite, nb_voeux FROM formations")
    assert found == [
        ("fl1002002", "Licence - Droit - Accès santé (LAS)", 5, 0, "fl2002", 20, 1),
        ("fl10300", "BTS - Nouveau tourisme", 3, 0, None, 115, 2),
        ("fl2002", "Licence - Droit", 5, 0, None, 120, 1),
        ("fl2047", "PASS - Parcours d’accès spécifique santé", 5, 0, None, 100, 1),
        ("fl464", "BTS - Tourisme", 3, 1, None, 32, 1),
        ("fl690001", "Titre professionnel - Essayeur (Bac + 2)", 2, 1, None, -1, 1),
        ("fr75", "Diplôme d’université (DU)", 1, 0, None, 100, 1),
    ]


def test_a_renamed_filiere_joins_its_successor(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT psup_id FROM formations_psup WHERE formation_id = 'fl10300' ORDER BY rang") == [
        ("fl300",), ("fl10300",),
    ]  # fmt: skip
    edges = rows(catalogue, "SELECT source, cible FROM aretes WHERE genre = 'formation_psup_to_mps' ORDER BY rang")
    assert ("fl300", "fl10300") in edges
    assert ("fl10300", "fl10300") in edges
    assert ("fl1464", "fl464") in edges


def test_a_voeu_has_its_newest_facts(catalogue: sqlite3.Connection):
    (droit,) = rows(
        catalogue,
        "SELECT formation_id, libelle, etablissement, uai, commune, code_insee, departement, academie, region, lat,"
        " lng, statut, selectif, fili, filiere, capacite, derniere_session, appariement_incertain"
        " FROM voeux WHERE id = 'ta1'",
    )
    assert droit == (
        "fl2002", "Licence - Droit", "Université des Tests", "0759990A", "Paris 13e Arrondissement", "75113", "Paris",
        "Paris", "Île-de-France", 48.831, 2.361, "Public", 0, "Licence", "fl2002", 120, 2025, 1,
    )  # fmt: skip


def test_a_voeu_without_published_place_says_where_its_position_comes_from(catalogue: sqlite3.Connection):
    found = rows(catalogue, "SELECT id, lat, lng, precision FROM voeux WHERE id IN ('ta1', 'ta3', 'ta9') ORDER BY id")
    assert found == [
        ("ta1", 48.831, 2.361, "publiée"), ("ta3", 45.11, 5.71, "établissement"), ("ta9", 45.1, 5.7, "commune"),
    ]  # fmt: skip
    # A vœu known in 2025 only learns its commune from its établissement.
    assert rows(catalogue, "SELECT commune, departement, region, academie FROM voeux WHERE id = 'ta7'") == [
        ("Testville", "Isère", "Auvergne-Rhône-Alpes", "Grenoble")
    ]


def test_a_university_diploma_can_be_looked_up_but_never_suggested(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT formation_id FROM voeux WHERE id = 'ta5'") == [("fr75",)]
    assert rows(catalogue, "SELECT DISTINCT genre FROM aretes WHERE source = 'fr75' OR cible = 'fr75'") == [
        ("formation_psup_to_mps",)
    ]
    assert rows(catalogue, "SELECT * FROM stats_similaires WHERE formation_id = 'fr75' OR autre_id = 'fr75'") == []


def test_what_is_new_or_gone_is_marked(catalogue: sqlite3.Connection):
    found = rows(catalogue, "SELECT id, premiere_session, derniere_session, evolution FROM voeux ORDER BY id")
    assert found == [
        ("ta1", 2023, 2025, ""), ("ta2", 2023, 2025, ""), ("ta3", 2023, 2025, ""), ("ta4", 2023, 2025, ""),
        ("ta5", 2023, 2023, "disparu"),  # neither in the admissions of 2025 nor on the map
        ("ta6", 2023, 2025, ""),  # on the map only
        ("ta7", 2025, 2025, "nouveau"), ("ta9", 2024, 2025, ""),
    ]  # fmt: skip


def test_places_are_told_once(catalogue: sqlite3.Connection):
    found = rows(catalogue, "SELECT uai, nom, commune, code_insee, lat, lng, nb_voeux FROM etablissements")
    assert ("0759990A", "Université des Tests", "Paris 13e Arrondissement", "75113", 4883000, 236000, 5) in found
    assert ("0389991B", "Lycée Zéro", "Testville", "38999", 4511000, 571000, 2) in found
    assert sum(row[-1] for row in found) == 8


def test_lycees_without_the_sections_of_colleges(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT uai, nom, public, nature, lat FROM lycees") == [
        ("0389991B", "Lycée Zéro", 1, 302, 4511000),
        ("0389993D", "SECTION PRO", 0, 334, None),
    ]


def test_rows_found_again_are_counted(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT * FROM appariements") == [(2023, 6, 6), (2024, 2, 1), (2025, 3, 3)]


def test_fiches_and_other_names(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT formation_id, psup_id, fiche_id FROM formations_fiches") == [
        ("fl1002002", "fl1002002", "FOR.1"), ("fl2002", "fl2002", "FOR.1"), ("fl464", "fl464", "FOR.7"),
    ]  # fmt: skip
    assert ("fl10300", "Ancien tourisme") in rows(catalogue, "SELECT formation_id, mot FROM formations_mots")


def test_pairs_of_specialites_are_kept_whole(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT * FROM eds_doublets") == [
        (2023, "Licence Sciences juridiques", "Maths", "SES", 9, 9, 900),
        (2024, "Licence Sciences juridiques", "HGGSP", "SES", 9, 9, 60),
        (2024, "Licence Sciences juridiques", "Maths", "SES", 9, 9, 20),
    ]
    families = rows(catalogue, "SELECT famille FROM formations_eds WHERE formation_id = 'fl2002'")
    assert families == [("Licence Sciences juridiques",)]


def test_the_arrays_prepared_are_those_that_would_be_worked_out(sources: Path, tmp_path: Path):
    report = build_catalogue(sources, tmp_path, Progress())
    with closing(open_catalogue(report.fichier)) as opened:
        prepared, worked_out = engine_arrays(opened), prepare(engine_dataset(opened))
    assert prepared is not None
    assert prepared.keys() == worked_out.keys()
    for name, array in worked_out.items():
        assert np.array_equal(prepared[name], array, equal_nan=array.dtype.kind == "f")


def test_what_is_gone_is_obsolete_for_the_engine(sources: Path, tmp_path: Path):
    report = build_catalogue(sources, tmp_path, Progress())
    with closing(open_catalogue(report.fichier)) as opened:
        gone = {formation.id for formation in engine_dataset(opened).formations if formation.obsolete}
    assert gone == {"fr75"}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_bytes_do_not_depend_on_the_process(sources: Path, tmp_path: Path, seed: str):
    code = (
        "import sys; from pathlib import Path; from mps_desktop.catalogue.build import build_catalogue;"
        " from mps_desktop.core.progress import Progress;"
        " build_catalogue(Path(sys.argv[1]), Path(sys.argv[2]), Progress())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", code, sources, tmp_path / "ailleurs"], check=True, env=environment)
    here = build_catalogue(sources, tmp_path / "ici", Progress()).fichier
    assert here.read_bytes() == (tmp_path / "ailleurs" / CATALOGUE_NAME).read_bytes()


def test_apprenticeship_only_comes_from_the_map_with_its_place(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT etablissement, commune, apprentissage, capacite FROM voeux WHERE id = 'ta9'") == [
        ("CFA Bidon", "Testville", 1, None)
    ]
    assert rows(catalogue, "SELECT * FROM voeux WHERE id = 'ta8'") == []


def test_rows_without_code_are_left_out(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT * FROM voeux WHERE etablissement = 'Lycée Sans Code'") == []


def test_sessions_of_a_voeu(catalogue: sqlite3.Connection):
    found = rows(catalogue, "SELECT * FROM voeux_sessions WHERE voeu_id = 'ta1' ORDER BY session")
    assert found == [
        ("ta1", 2023, 100, 1000, 500, 100, 50.0),
        ("ta1", 2024, 110, 1100, 520, 105, 45.0),
        ("ta1", 2025, 120, 1200, None, 118, None),
    ]


def test_the_provisional_rate_of_2025_is_never_stored(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT count(*) FROM voeux_sessions WHERE session = 2025") == [(3,)]
    assert rows(catalogue, "SELECT * FROM voeux_sessions WHERE session = 2025 AND taux_acces IS NOT NULL") == []


def test_figures_by_bac_type(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT * FROM voeux_bacs WHERE voeu_id = 'ta1' ORDER BY type_bac") == [
        ("ta1", "generale", 2023, 600, 300, 50, 80.0),
        ("ta1", "professionnelle", 2023, 100, 20, 10, 5.0),
        ("ta1", "technologique", 2023, 300, 100, 20, 15.0),
    ]


def test_who_was_admitted(catalogue: sqlite3.Connection):
    sql = (
        "SELECT session, pct_generale, sans_mention, assez_bien, bien, tres_bien, felicitations, pct_boursiers,"
        " pct_meme_academie FROM voeux_admis WHERE voeu_id = 'ta1' ORDER BY session"
    )
    assert rows(catalogue, sql) == [
        (2023, 63.0, 50.0, 25.0, 13.0, 10.0, 2.0, 22.0, 70.0),
        (2025, 60.0, 30.0, 30.0, 20.0, 10.0, 10.0, None, 72.0),
    ]


def test_imputed_values_of_2025_are_dropped(catalogue: sqlite3.Connection):
    sql = "SELECT sans_mention, felicitations, pct_boursiers FROM voeux_admis WHERE session = 2025 AND voeu_id = 'ta3'"
    assert rows(catalogue, sql) == [(None, None, 33.0)]


def test_communes(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT code_insee, nom, codes_postaux, population, lat FROM communes") == [
        ("38999", "Testville", "38999 38998", 1200, 45.1),
        ("75113", "Paris 13e Arrondissement", "75013", 180000, 48.83),
        ("98411", "Île Déserte", "", 0, None),
    ]


def test_metiers_after_the_bac_with_the_newest_label(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT id, libelle, code_rome FROM metiers") == [
        ("MET.1", "Juriste imaginaire", "K1903"),
        ("MET.2", "Plaideur de renom / plaideuse de renom", "K1903"),
        ("MET.3", "Guide / guide", "G1201"),
        ("MET.5", "Professeur de tests / professeure de tests", "K2107"),
    ]


def test_nomenclatures_are_complete(catalogue: sqlite3.Connection):
    counted = rows(catalogue, "SELECT genre, count(*) FROM elements GROUP BY genre")
    assert counted == [("domaine", 45), ("interet", 29)]
    assert rows(catalogue, "SELECT count(*) FROM bacs") == [(13,)]
    assert rows(catalogue, "SELECT count(DISTINCT element_id) FROM atomes") == [(74,)]
    assert rows(catalogue, "SELECT count(*) FROM bacs_specialites WHERE bac_id = 'P'") == [(0,)]
    assert ("mat700", "Mathématiques", "maths") in rows(catalogue, "SELECT * FROM specialites")


def test_edges(catalogue: sqlite3.Connection):
    edges = set(rows(catalogue, "SELECT genre, source, cible FROM aretes"))
    assert {genre for genre, _, _ in edges} == set(GENRES_ARETES)
    assert {
        ("formation_metier", "fl2002", "MET.1"),
        ("formation_metier", "fl2002", "MET.2"),
        ("formation_metier", "fl464", "MET.3"),
        ("formation_metier", "fl1002002", "MET.2"),
        ("metier_formation", "MET.1", "fl2002"),
        ("metier_associe", "MET.2", "MET.1"),
        ("formation_domaine", "fl2002", "T-IDEO2.4459"),
        ("domaine_metier", "T-IDEO2.4457", "MET.2"),
        ("interet_metier", "T-IDEO2.4808", "MET.1"),
        ("interet_metier", "T-ROME.1046112128", "MET.5"),
        ("las_to_generic", "fl1002002", "fl2002"),
        ("las_to_pass", "fl1002002", "fl2047"),
        ("atome_element", "T-IDEO2.4459", "dom16"),
    } <= edges
    assert not any("MET.4" in edge or "fl999" in edge for edge in edges)


def test_statistics_of_the_engine(catalogue: sqlite3.Connection):
    admis = dict(rows(catalogue, "SELECT bac, admis FROM stats_admis WHERE formation_id = 'fl2002'"))
    assert (admis["NC"], admis["Générale"], admis["STMG"], admis["STL"], admis["P"]) == (80, 50, 20, 20, 10)
    ranks = rows(catalogue, "SELECT bac, r10, r25, r50, r75, r90, rang_max FROM stats_percentiles")
    assert ("NC", 20, 22, 24, 28, 33, 39) in ranks
    pct = dict(rows(catalogue, "SELECT specialite_id, pct FROM stats_specialites WHERE formation_id = 'fl2002'"))
    assert (pct["mat703"], pct["mat1062"], pct["mat700"]) == (50, 38, 13)


def test_national_averages_are_cumulated(catalogue: sqlite3.Connection):
    assert rows(catalogue, "SELECT DISTINCT bac FROM moyennes ORDER BY bac") == [("NC",), ("STMG",)]
    parts = [part for (part,) in rows(catalogue, "SELECT part FROM moyennes WHERE bac = 'NC' ORDER BY rang")]
    assert len(parts) == 40
    assert parts[0] == 0
    assert parts == sorted(parts)
    assert parts[20] == 0.05


def test_parent_rates(catalogue: sqlite3.Connection):
    # 50 % of 1000 candidates in reach, 80 % of them general: 400 of 600.
    assert rows(
        catalogue, "SELECT taux, candidats FROM taux_parents WHERE cle = 'fl2002' AND type_bac = 'generale'"
    ) == [(0.666667, 600)]
    assert rows(catalogue, "SELECT cle FROM taux_parents WHERE niveau = 'national' AND type_bac = 'generale'") == [
        ("",)
    ]


def test_sources_and_methods_are_told(catalogue: sqlite3.Connection):
    assert len(rows(catalogue, "SELECT * FROM sources WHERE length(empreinte) = 64")) == len(ALL)
    assert rows(catalogue, "SELECT nature FROM methodes WHERE code = 'stats_percentiles'") == [("estimé",)]


def test_everything_can_be_found_by_its_words(sources: Path, tmp_path: Path):
    report = build_catalogue(sources, tmp_path, Progress())
    with closing(open_catalogue(report.fichier)) as opened:
        (commune,) = search(opened, "38999", ("commune",))
        (ecole,) = search(opened, "0759990A", ("etablissement",))
    assert (commune.id, commune.libelle, commune.detail) == ("38999", "Testville", "Isère (38)")
    assert (ecole.id, ecole.libelle, ecole.detail) == ("0759990A", "Université des Tests", "Paris 13e Arrondissement")


def test_the_reader_and_the_engine_accept_the_file(sources: Path, tmp_path: Path):
    report = build_catalogue(sources, tmp_path, Progress())
    with closing(open_catalogue(report.fichier)) as opened:
        dataset = engine_dataset(opened)
    assert [formation.id for formation in dataset.formations] == [
        "fl1002002", "fl10300", "fl2002", "fl2047", "fl464", "fl690001", "fr75",
    ]  # fmt: skip
    assert dataset.las_to_pass == (("fl1002002", "fl2047"),)


def test_the_real_files_build_twice_the_same_and_verify(partage: Path, tmp_path: Path):
    first = build_catalogue(partage, tmp_path / "un", Progress())
    second = build_catalogue(partage, tmp_path / "deux", Progress())
    assert first.fichier.read_bytes() == second.fichier.read_bytes()
    report = verify_catalogue(first.fichier)
    assert [controle for controle in report.controles if not controle.ok] == []
    assert [mesure for mesure in report.mesures if mesure.bloquant and not mesure.ok] == []
    assert report.sans_voeu == ()

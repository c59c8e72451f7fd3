"""Official files are recognised by what they hold; everything else is refused with its reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mps_desktop.catalogue.maj.reconnaissance import FichierOfficiel, Genre, read_official
from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.paths import find_resources
from mps_desktop.core.progress import Progress
from tests.catalogue.maj.factices import CODES, official_text, write_official

COMMUNES = (
    "code_insee;nom;type;codes_postaux;code_departement;departement;code_region;region;population;latitude;longitude"
)


def read(path: Path) -> FichierOfficiel:
    return read_official(path, find_resources(), Progress())


@pytest.mark.parametrize("name", ["n-importe-quoi.csv", "parcoursup.csv.gz", "sans-suffixe.gz"])
@pytest.mark.parametrize("bom", [True, False])
def test_admissions_are_recognised_under_any_name(tmp_path: Path, name: str, bom: bool):
    found = read(write_official(tmp_path / name, bom=bom))
    assert (found.genre, found.session, len(found.lignes)) == (Genre.ADMISSIONS, 2026, len(CODES))
    assert found.lignes[0]["taux_acces_ens"] == "52.0"


def test_the_two_columns_of_one_label_are_told_apart(tmp_path: Path):
    first = read(write_official(tmp_path / "a.csv")).lignes[0]
    assert first["lib_for_voe_ins"] == "BUT - Génie des bulles"
    assert first["form_lib_voe_acc"] == "BUT - Production"


def test_the_other_official_files_are_recognised(tmp_path: Path):
    communes = tmp_path / "a.csv"
    communes.write_text(f"{COMMUNES}\n00101;Testville;commune;00100;00;Témoin;R;R;9;48;2\n", encoding="utf-8")
    metiers = tmp_path / "b.json"
    slug = "https://exemple.invalid/slug/MET.1"
    metiers.write_text(json.dumps([{"libelle_metier": "bulleur", "lien_site_onisepfr": slug, "code_rome": "Z1"}]))
    carte = tmp_path / "c.json"
    fields = {"gta": 4, "nm": "BUT - Génie des bulles", "annee": "2026", "etab_gps": [48.1, 2.1]}
    carte.write_text(json.dumps([{"datasetid": "carte", "fields": fields}]))
    assert [read(one).genre for one in (communes, metiers, carte)] == [Genre.COMMUNES, Genre.METIERS, Genre.CARTE]
    assert read(metiers).lignes[0] == {"id": "MET.1", "libelle": "bulleur", "code_rome": "Z1"}
    assert read(carte).session == 2026


REFUSALS = {
    "vide": (b"", "vide"),
    "gz coupé": (gzip.compress(official_text().encode())[:-200], "incomplet"),
    "csv coupé": (official_text().encode()[:-150], "incomplet"),
    "virgules": (official_text(separator=",").encode(), "virgule"),
    "tabulations": (official_text(separator="\t").encode(), "tabulation"),
    "classeur": (b"PK\x03\x04....", "classeur"),
    "latin-1": (official_text().encode("latin-1", "replace"), "UTF-8"),
    "liste d’élèves": ("Nom;Prénom;Classe\nBIDON;Zoé;TG1\n".encode(), "liste d’élèves"),
    "ips": (b"UAI;IPS voie GT;IPS voie PRO\n0750001A;100;90\n", "position sociale"),
    "autre csv": (b"a;b;c\n1;2;3\n", "pas été reconnu"),
    "autre json": (b'[{"a": 1}]', "pas été reconnu"),
    "json coupé": (b'[{"gta": 1', "incomplet"),
    "session ancienne": (official_text(2018).encode(), "session 2018"),
    "deux fois le même code": (official_text(codes=(1, 1)).encode(), "deux fois"),
    "taux impossible": (official_text(changes={1: {"taux_acces_ens": "520"}}).encode(), "impossible"),
    "colonnes manquantes": (official_text().replace("Taux d’accès", "Autre chose", 1).encode(), "manque des colonnes"),
    "en-tête seul": (official_text(codes=()).encode(), "pas de ligne"),
    "ligne décalée": (official_text().replace("IUT du Test", "IUT;du Test", 1).encode(), "ligne 2"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_wrong_file_is_refused_with_its_reason(tmp_path: Path, case: str):
    content, reason = REFUSALS[case]
    file = tmp_path / "donnees.csv"
    file.write_bytes(content)
    with pytest.raises(EnvironmentFault) as caught:
        read(file)
    assert reason in caught.value.message
    assert caught.value.remede
    assert "BIDON" not in str(caught.value), "what a roster holds is not repeated"


def test_two_sessions_in_one_file_are_refused(tmp_path: Path):
    text = official_text(2026) + official_text(2025, (99,)).partition("\n")[2]
    with pytest.raises(EnvironmentFault, match="plusieurs sessions"):
        read(write_official(tmp_path / "a.csv", text))


def test_reading_can_be_stopped(tmp_path: Path):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_official(write_official(tmp_path / "a.csv"), find_resources(), progress)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(cut=st.integers(min_value=1, max_value=len(official_text().encode()) - 2), packed=st.booleans())
def test_a_file_cut_anywhere_is_never_taken_for_a_whole_one_with_other_rows(tmp_path: Path, cut: int, packed: bool):
    whole = official_text().encode()
    content = gzip.compress(whole, mtime=0)[: max(1, cut // 20)] if packed else whole[:cut]
    file = tmp_path / "coupe.csv"
    file.write_bytes(content)
    try:
        found = read(file)
    except EnvironmentFault:
        return
    complete = official_text(codes=CODES[: len(found.lignes)])
    assert whole[:cut].decode().rstrip("\n;").startswith(complete.rstrip("\n;")), "only whole rows are kept"


def test_the_real_files_are_recognised(partage: Path):
    folder = partage / "opendata"
    real = read(folder / "parcoursup_2023.csv.gz")
    assert (real.genre, real.session, len(real.lignes)) == (Genre.ADMISSIONS, 2023, 13_869)
    assert read(folder / "communes_france_2026.csv.gz").genre is Genre.COMMUNES
    assert read(folder / "onisep_metiers_2026.json.gz").genre is Genre.METIERS
    assert read(partage / "onisep" / "metiers.json").genre is Genre.METIERS
    for name, reason in (
        ("ips_lycees_2023_2025.csv.gz", "position sociale"),
        ("lycees_geolocalises_2024.csv.gz", "adresses"),
        ("parcoursup_2018.csv.gz", "colonnes"),
        ("parcoursup_2024_partiel_11col.csv.gz", "colonnes"),
    ):
        with pytest.raises(EnvironmentFault, match=reason):
            read(folder / name)

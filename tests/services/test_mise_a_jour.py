"""What an update changes for the students: told, and nothing of theirs lost."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from pathlib import Path

import pytest

from mps_desktop.app import build_fiches
from mps_desktop.catalogue.maj.depot import Depot
from mps_desktop.catalogue.maj.mise_a_jour import update_catalogue
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.paths import build_paths, find_resources
from mps_desktop.core.progress import Progress
from mps_desktop.services.mise_a_jour import MettreAJour, open_socle, summary, years_told
from mps_desktop.services.parametres import load_parametres
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import OpenDossier, create_dossier
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.records import FavoriRecord, ProfilRecord
from tests.catalogue.factories import BUT, ROWS
from tests.catalogue.maj.factices import CODES, NOW, make_depot, official_text, write_official, write_small
from tests.services.conftest import TODAY


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return make_depot(tmp_path)


@pytest.fixture
def petit_socle(depot: Depot, tmp_path: Path) -> Generator[Socle]:
    paths = build_paths(tmp_path / "donnees")
    socle = open_socle(depot, load_parametres(find_resources()), lambda one: build_fiches(paths, one))
    yield socle
    socle.catalogue.close()


@pytest.fixture
def dossier(tmp_path: Path) -> Generator[OpenDossier]:
    opened = create_dossier(tmp_path / "dossier", "TG7 fictive", "phrase fictive", KdfParameters(8, 1, 1))
    with opened:
        yield opened


@pytest.fixture
def seance(petit_socle: Socle, dossier: OpenDossier, liste: Path) -> DossierSession:
    """Three invented students; the first keeps the BUT with three vœux (one unknown) and an unknown formation."""
    session = DossierSession(petit_socle, dossier, TODAY)
    session.import_roster((liste,), "", Progress())
    first = session.list_eleves(None).lignes[0].id
    favoris = (FavoriRecord(BUT, voeux=("ta20", "ta4", "ta777"), note="à revoir"), FavoriRecord("fl424242"))
    session.save_profil(first, ProfilRecord(bac="Générale", favoris=favoris))
    return session


def update(session: DossierSession, tmp_path: Path, **changes: str):
    text = official_text(codes=CODES[:-1], changes={4: changes})
    return session.donnees((write_official(tmp_path / "nouveau.csv", text),), Progress())


def first(session: DossierSession) -> int:
    return session.list_eleves(None).lignes[0].id


def test_the_report_names_the_student_and_what_changed(seance: DossierSession, tmp_path: Path):
    bilan = update(seance, tmp_path, taux_acces_ens="20.0", capa_fin="60")
    assert bilan.nb_eleves == 3
    lost, moved = bilan.eleves
    assert lost.eleve == moved.eleve == "BIDON Zoé"
    assert (lost.gravite, moved.gravite) == (3, 1)
    assert "n’existe plus" in lost.phrase
    assert "IUT du Test (Testville)" in lost.phrase
    assert "de 50\u202f% (2023) à 20\u202f% (2026)" in moved.phrase
    assert "de 30 à 60" in moved.phrase


def test_small_movements_are_not_told(seance: DossierSession, tmp_path: Path):
    bilan = update(seance, tmp_path, taux_acces_ens="55.0", capa_fin="32")
    assert [one.gravite for one in bilan.eleves] == [3]


def test_nothing_that_the_student_chose_is_lost(seance: DossierSession, tmp_path: Path):
    before = seance.load_eleve(first(seance)).profil
    update(seance, tmp_path)
    renewed = seance.renew()
    assert renewed.load_eleve(first(renewed)).profil == before
    favoris = renewed.load_equilibre(first(renewed)).favoris
    assert [favori.formation_id for favori in favoris] == [BUT, "fl424242"]
    voeux = {voeu.voeu_id: voeu for voeu in favoris[0].voeux}
    assert list(voeux) == ["ta20", "ta4", "ta777"]
    assert [voeu.connu for voeu in voeux.values()] == [False, True, False]
    assert voeux["ta20"].etablissement == "IUT du Test", "its last known name is still told"
    assert "N’existe plus" in voeux["ta20"].estimation
    constats = {constat.code: constat for constat in renewed.list_eleves(None).lignes[0].constats}
    assert "n’existent plus" in constats["VOEU_DISPARU"].phrase


def test_the_window_keeps_its_catalogue_until_it_is_renewed(seance: DossierSession, tmp_path: Path):
    assert not seance.donnees.etat().a_appliquer
    update(seance, tmp_path)
    etat = seance.donnees.etat()
    assert etat.a_appliquer
    assert "2026" in etat.sessions
    assert "2026" not in seance.sessions
    renewed = seance.renew()
    assert not renewed.donnees.etat().a_appliquer
    assert "2026" in renewed.sessions


def test_going_back_and_forth(seance: DossierSession, tmp_path: Path):
    update(seance, tmp_path)
    etat = seance.donnees.revenir()
    assert (etat.origine, etat.a_appliquer) == ("Livré avec le programme", False)
    assert etat.precedent.startswith("Mis à jour le")
    assert seance.donnees.revenir().a_appliquer


def test_the_state_tells_the_origin_of_every_figure(seance: DossierSession):
    etat = seance.donnees.etat()
    assert [(one.jeu, one.session, one.licence) for one in etat.sources] == [
        ("Données fausses", "2023", "Licence Ouverte 2.0")
    ]
    assert etat.precedent == ""


def test_a_damaged_updated_catalogue_is_told_at_the_opening(seance: DossierSession, depot: Depot, tmp_path: Path):
    update(seance, tmp_path)
    file = depot.choose().chemin
    file.write_bytes(file.read_bytes()[:-1])
    renewed = seance.renew()
    assert "abîmé" in renewed.avertissement
    assert renewed.load_eleve(first(renewed)).profil.favoris[0].note == "à revoir"


def test_a_wrong_file_is_refused_in_words(seance: DossierSession, tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="pas été reconnu"):
        seance.donnees((write_official(tmp_path / "x.csv", "a;b;c\n1;2;3\n"),), Progress())
    assert not seance.donnees.etat().a_appliquer


def test_without_a_place_for_updates_it_says_so(petit_socle: Socle, dossier: OpenDossier):
    alone = Socle(petit_socle.catalogue, petit_socle.parametres, petit_socle.fiches)
    with pytest.raises(EnvironmentFault, match="ne peut pas être mis à jour"):
        MettreAJour(alone, dossier.database, lambda: datetime.now().astimezone()).etat()


def test_the_dossier_is_measured(seance: DossierSession, dossier: OpenDossier):
    etat = seance.etat_disque()
    assert etat.chemin == dossier.dossier
    assert etat.taille.endswith(("ko", "Mo"))


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((), ""),
        ((2025,), "2025"),
        ((2025, 2024), "2024, 2025"),
        ((2018, 2019, 2023, 2024, 2025), "2018, 2019, 2023 à 2025"),
    ],
)
def test_years_in_a_row_are_told_as_a_span(years: tuple[int, ...], told: str):
    assert years_told(years) == told


def test_an_update_says_what_estimates_rest_on(depot: Depot, tmp_path: Path):
    """On the screen and in the terminal: same sentences."""
    fitted = ("ambition", "estimé", "2018-2025", "Réglages inventés.")
    depot.livre.unlink()
    write_small(depot.livre, {"methodes": [*ROWS["methodes"], fitted]})
    new = official_text(codes=(*CODES, 50), changes={50: {"g_ea_lib_vx": "École neuve", "cod_uai": "0750099Z"}})
    file = write_official(tmp_path / "a.csv", new)
    result = update_catalogue((file,), depot, find_resources(), NOW, Progress())
    text = "\n".join(summary(result))
    assert "ajustés sur les sessions 2018 à 2025" in text
    assert "ne les recalcule pas" in text
    assert "1\xa0vœu nouveau n’a donc pas d’estimation" in text


def test_an_older_session_is_said_to_be_older(depot: Depot, tmp_path: Path):
    file = write_official(tmp_path / "a.csv", official_text(2024, (*CODES, 777)))
    result = update_catalogue((file,), depot, find_resources(), NOW, Progress())
    text = "\n".join((*result.fichiers, *summary(result)))
    assert "Session 2024, plus ancienne que 2025\u202f: seules les statistiques passées" in text
    assert "1\xa0vœu qui n’est plus proposé n’est pas ajouté" in text
    assert "nouveau" not in text

"""A choice that the catalogue in force does not know keeps its name and its mark: screen, document, report."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from mps_desktop.app import build_fiches
from mps_desktop.catalogue.maj.depot import Depot
from mps_desktop.catalogue.memoire import FICHIER, Memoire, names_of
from mps_desktop.catalogue.reader import open_catalogue
from mps_desktop.core.paths import build_paths, find_resources
from mps_desktop.core.progress import Progress
from mps_desktop.services.mise_a_jour import compare, open_socle
from mps_desktop.services.parametres import load_parametres
from mps_desktop.services.session import DossierSession
from mps_desktop.storage.dossier import OpenDossier, create_dossier
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.records import FavoriRecord, ProfilRecord
from tests.catalogue.factories import BUT, ISOLEE, ROWS, write_catalogue
from tests.catalogue.maj.factices import CODES, make_depot, official_text, write_official
from tests.services.conftest import TODAY

Rows = list[tuple[object, ...]]


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return make_depot(tmp_path)


@pytest.fixture
def dossier(tmp_path: Path) -> Generator[OpenDossier]:
    opened = create_dossier(tmp_path / "dossier", "TG7 fictive", "phrase fictive", KdfParameters(8, 1, 1))
    with opened:
        yield opened


def open_session(depot: Depot, dossier: OpenDossier, tmp_path: Path) -> DossierSession:
    paths = build_paths(tmp_path / "donnees")
    socle = open_socle(depot, load_parametres(find_resources()), lambda one: build_fiches(paths, one))
    session = DossierSession(socle, dossier, TODAY)
    session.sauvegarde_du_jour(Progress())  # what the window does away from the screen once the dossier is open
    return session


def upgrade(depot: Depot, lost: set[str], session: str) -> None:
    """The program is installed again with a catalogue that has never heard of some ids."""
    voeux: Rows = [row for row in ROWS["voeux"] if row[0] not in lost]
    figures: Rows = [row for row in ROWS["voeux_sessions"] if row[0] not in lost]
    source = ("faux.csv", "fr-esr-parcoursup", "Ministère imaginaire", "Licence Ouverte 2.0", session, "0" * 64)
    changes: dict[str, Rows] = {"voeux": voeux, "voeux_sessions": figures, "sources": [source]}
    for table in ("formations", "formations_psup", "formations_mps", "recherche", "aretes"):
        changes[table] = [row for row in ROWS[table] if not lost & set(map(str, row))]
    depot.livre.unlink()
    write_catalogue(depot.livre, changes)


def choose(session: DossierSession, liste: Path) -> int:
    session.import_roster((liste,), "", Progress())
    first = session.list_eleves(None).lignes[0].id
    favoris = (FavoriRecord(BUT, voeux=("ta20", "ta4")), FavoriRecord(ISOLEE))
    session.save_profil(first, ProfilRecord(bac="Générale", favoris=favoris))
    return first


def test_a_name_outlives_several_catalogues_on_screen_and_on_paper(
    depot: Depot, dossier: OpenDossier, liste: Path, tmp_path: Path
):
    eleve_id = choose(open_session(depot, dossier, tmp_path), liste)
    for session in ("2024", "2025", "2026"):
        upgrade(depot, {"ta20", ISOLEE}, session)
        opened = open_session(depot, dossier, tmp_path)
    favoris = opened.load_equilibre(eleve_id).favoris
    assert [favori.libelle for favori in favoris] == ["BUT - Génie des bulles", "Licence - Fromagerie - Accès Santé"]
    lost = favoris[0].voeux[0]
    assert (lost.voeu_id, lost.etablissement, lost.commune, lost.connu) == ("ta20", "IUT du Test", "Testville", False)
    assert lost.estimation.startswith("N’existe plus")
    assert opened.options.libelle("ta20") == "BUT - Génie des bulles – IUT du Test (Testville)"
    (constat,) = [one for one in opened.load_equilibre(eleve_id).constats if one.code == "VOEU_DISPARU"]
    assert "IUT du Test" in constat.phrase
    target = opened.export_report((eleve_id,), None, tmp_path / "fiche.pdf", Progress())
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "N’existe plus" in text
    assert "IUT du Test" in text
    assert "ta20" not in text


def test_an_older_catalogue_is_not_told_as_an_end(depot: Depot, dossier: OpenDossier, liste: Path, tmp_path: Path):
    """Going back to the former catalogue: the vœu of the newer one exists, this catalogue is what is old."""
    session = open_session(depot, dossier, tmp_path)
    new = official_text(codes=(*CODES, 50), changes={50: {"g_ea_lib_vx": "École neuve", "cod_uai": "0750099Z"}})
    session.donnees((write_official(tmp_path / "a.csv", new),), Progress())
    session = session.renew()
    eleve_id = choose(session, liste)
    profil = session.load_eleve(eleve_id).profil
    session.save_profil(eleve_id, replace(profil, favoris=(FavoriRecord(BUT, voeux=("ta50",)),)))
    session.donnees.revenir()
    voeu = session.renew().load_equilibre(eleve_id).favoris[0].voeux[0]
    assert (voeu.etablissement, voeu.connu) == ("École neuve", False)
    assert "plus ancien" in voeu.estimation
    assert "N’existe plus" not in voeu.estimation


def test_the_report_of_an_update_names_what_neither_catalogue_knows(
    depot: Depot, dossier: OpenDossier, liste: Path, tmp_path: Path
):
    eleve_id = choose(open_session(depot, dossier, tmp_path), liste)
    find = Memoire(depot.dossier).find
    before = open_catalogue(depot.livre, find)
    after = open_catalogue(write_catalogue(tmp_path / "autre.sqlite"), find)
    try:
        eleve = open_session(depot, dossier, tmp_path).load_eleve(eleve_id)
        assert eleve.profil.favoris
        assert before.libelle("ta20") == after.libelle("ta20")
        assert compare((), before, after) == ()
    finally:
        before.close()
        after.close()


def test_what_is_remembered_is_about_the_catalogue_only(
    depot: Depot, dossier: OpenDossier, liste: Path, tmp_path: Path
):
    choose(open_session(depot, dossier, tmp_path), liste)
    content = (depot.dossier / FICHIER).read_bytes()
    assert b"IUT du Test" in content
    assert b"BIDON" not in content


@pytest.mark.parametrize("damage", [b"", b"bonjour " * 400])
def test_a_damaged_memory_is_made_again(depot: Depot, dossier: OpenDossier, tmp_path: Path, damage: bytes):
    open_session(depot, dossier, tmp_path)
    memoire = Memoire(depot.dossier)
    (depot.dossier / FICHIER).write_bytes(damage)
    assert memoire.find("ta20") is None
    open_session(depot, dossier, tmp_path)
    found = memoire.find("ta20")
    assert found is not None
    assert found.lieu == "IUT du Test (Testville)"


def test_a_folder_that_refuses_is_no_obstacle(depot: Depot, tmp_path: Path):
    blocked = tmp_path / "fichier"
    blocked.write_text("pas un dossier")
    memoire = Memoire(blocked)
    catalogue = open_catalogue(depot.livre)
    try:
        assert not memoire.learn("x", names_of(catalogue))
    finally:
        catalogue.close()
    assert memoire.find("ta20") is None


def test_the_newest_name_wins_whatever_the_order(depot: Depot, tmp_path: Path):
    catalogue = open_catalogue(depot.livre)
    try:
        (name,) = [one for one in names_of(catalogue) if one.id == "ta4"]
    finally:
        catalogue.close()
    memoire = Memoire(tmp_path / "m")
    assert memoire.learn("b", [replace(name, libelle="Récent", session=2026)])
    assert memoire.learn("a", [replace(name, libelle="Ancien", session=2023)])
    found = memoire.find("ta4")
    assert found is not None
    assert (found.libelle, memoire.knows("a"), memoire.knows("c")) == ("Récent", True, False)

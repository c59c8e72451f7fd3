"""Fiches: complete without any official file, official texts marked when there are some."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mps_desktop.app import build_fiches
from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.services.fiche import sommaire, write_fiche
from mps_desktop.services.fiche_vue import AppelVue, CiblesVue, FicheVue, PartieVue, PartsVue, TableauVue, TexteVue
from mps_desktop.services.fiches_officielles import FichesOfficielles
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from tests.catalogue.fiches.fabrique import FORMATIONS, METIERS, MPS, write_all, write_zip

MPSI, INFORMATIQUE = "fl11", "fl2032"


@pytest.fixture
def poste(socle: Socle, tmp_path: Path) -> Socle:
    """The shipped catalogue on a machine without any official fiche."""
    fiches = build_fiches(build_paths(tmp_path / "poste"), socle.catalogue)
    return Socle(socle.catalogue, socle.parametres, fiches)


def parts(vue: FicheVue, titre: str) -> tuple[PartieVue, ...]:
    return next(onglet.parties for onglet in vue.onglets if onglet.titre == titre)


def texts(found: tuple[PartieVue, ...]) -> str:
    return "\n".join(part.texte for part in found if isinstance(part, TexteVue))


def test_a_formation_is_complete_without_official_files(poste: Socle):
    vue = write_fiche(poste, "formation", MPSI)
    assert [onglet.titre for onglet in vue.onglets] == [
        "La formation", "Admission", "Attendus", "Établissements", "Métiers",
    ]  # fmt: skip
    presentation = parts(vue, "La formation")
    assert "MPSI" in texts(presentation)
    assert "L’équipe de MPS Bureau" in texts(presentation)
    for titre in ("La formation", "Attendus"):
        assert any(isinstance(part, AppelVue) and "Données" in part.texte for part in parts(vue, titre))


def test_admission_names_session_and_source_of_every_figure(poste: Socle):
    admission = parts(write_fiche(poste, "formation", MPSI), "Admission")
    history = next(part for part in admission if isinstance(part, TableauVue))
    assert [ligne[0] for ligne in history.lignes] == ["2023", "2024", "2025"]
    assert history.lignes[-1][-1] == "non publié"
    assert "Parcoursup" in history.note
    shares = [part for part in admission if isinstance(part, PartsVue)]
    assert {"Qui est admis", "Mentions au bac des admis"} <= {part.titre for part in shares}
    assert all("session" in part.note for part in shares)
    for part in shares[:2]:
        assert 99 < sum(share for _, share in part.parts) < 101
    assert "Chiffre estimé" in texts(admission)


def test_every_kind_of_fiche_can_be_written(poste: Socle):
    uai = poste.catalogue.voeux_of_formation(MPSI)[0].uai
    metier = poste.catalogue.formations((INFORMATIQUE,))[0].metiers[0]
    for genre, code in (("metier", metier), ("etablissement", uai), ("domaine", "dom32"), ("page", "parcoursup")):
        vue = write_fiche(poste, genre, code)
        assert vue.titre
        assert all(onglet.parties for onglet in vue.onglets)
    domaine = write_fiche(poste, "domaine", "dom32")
    assert [onglet.titre for onglet in domaine.onglets] == ["Le domaine", "Formations", "Métiers"]


def test_links_between_fiches_lead_somewhere(poste: Socle):
    for genre, code in (("formation", INFORMATIQUE), ("domaine", "dom27"), ("page", "parcoursup")):
        for onglet in write_fiche(poste, genre, code).onglets:
            for part in onglet.parties:
                targets = part.cibles if isinstance(part, CiblesVue) else ()
                for cible in targets[:5]:
                    assert write_fiche(poste, cible.genre, cible.code).titre


def test_the_summary_offers_parcoursup_and_every_domaine(poste: Socle):
    offered = sommaire(poste)
    assert offered[0].genre == "page"
    assert len(offered) == 46


@pytest.mark.parametrize("genre", ["formation", "metier", "etablissement", "domaine", "page", "autre"])
def test_an_unknown_fiche_is_told(poste: Socle, genre: str):
    with pytest.raises(EnvironmentFault, match="n’existe plus"):
        write_fiche(poste, genre, "zz1")


def test_official_texts_appear_with_source_and_date(poste: Socle, tmp_path: Path):
    metier = poste.catalogue.formations((MPSI,))[0].metiers[0]
    files = (
        write_zip(tmp_path / "f.zip", a__xml=FORMATIONS),
        write_zip(tmp_path / "m.zip", a__xml=METIERS.replace("MET.9", metier)),
        write_zip(tmp_path / "j.zip", a__json=json.dumps(MPS).replace("fl9", MPSI)),
    )
    rapport = poste.fiches.officielles.import_(files, Progress())
    assert len(rapport.ajouts) == 3
    assert rapport.etat.couverture.formations == 1
    assert rapport.etat.couverture.metiers == 1
    vue = write_fiche(poste, "formation", MPSI)
    assert "On y apprend l’essai" in texts(parts(vue, "La formation"))
    assert "Onisep, Idéo-fiches formations, données du 25 juin 2024" in texts(parts(vue, "La formation"))
    assert "Être régulier" in texts(parts(vue, "Attendus"))
    assert "Mathématiques conseillées" in texts(parts(vue, "Attendus"))
    other = write_fiche(poste, "formation", INFORMATIQUE)
    assert not any(isinstance(part, AppelVue) for onglet in other.onglets for part in onglet.parties)
    told = write_fiche(poste, "metier", metier)
    assert [onglet.titre for onglet in told.onglets] == ["Le métier", "Y accéder", "Compétences", "Salaire et emploi"]
    assert "2000 euros brut." in texts(parts(told, "Salaire et emploi"))


def test_state_and_removal(poste: Socle, tmp_path: Path):
    officielles = poste.fiches.officielles
    assert officielles.etat().lots == ()
    assert officielles.etat().couverture.formations == 0
    officielles.import_(write_all(tmp_path), Progress())
    etat = officielles.etat()
    assert all("données du 25 juin 2024, importées le" in phrase for phrase in etat.phrases)
    assert officielles.remove("fiches_metiers").couverture.metiers == 0
    assert officielles.remove().lots == ()


def test_one_bad_file_keeps_everything_as_it_was(poste: Socle, tmp_path: Path):
    officielles: FichesOfficielles = poste.fiches.officielles
    good = write_all(tmp_path)
    officielles.import_(good[:1], Progress())
    before = officielles.etat()
    bad = tmp_path / "faux.zip"
    bad.write_bytes(good[1].read_bytes()[:200])
    with pytest.raises(EnvironmentFault):
        officielles.import_((good[2], bad), Progress())
    stop = Progress()
    stop.cancel()
    with pytest.raises(Cancelled):
        officielles.import_(good, stop)
    with pytest.raises(EnvironmentFault):
        officielles.import_((), Progress())
    assert officielles.etat() == before


def test_a_damaged_store_leaves_the_fiche_with_our_words(poste: Socle, tmp_path: Path):
    path = poste.fiches.magasin.path
    path.parent.mkdir(parents=True)
    path.write_bytes(b"rien de tel" * 200)
    vue = write_fiche(poste, "formation", MPSI)
    assert any(isinstance(part, AppelVue) for part in parts(vue, "La formation"))
    poste.fiches.officielles.import_(write_all(tmp_path), Progress())
    assert len(poste.fiches.officielles.etat().lots) == 3
    path.write_bytes(b"rien de tel" * 200)
    assert poste.fiches.officielles.remove().lots == ()


def test_two_files_that_say_the_same_give_the_newer_one(poste: Socle, tmp_path: Path):
    files = write_all(tmp_path)
    older = tmp_path / "ancien.json"
    older.write_text(json.dumps(MPS).replace("fl9", MPSI), encoding="utf-8")
    os.utime(older, (1_600_000_000, 1_600_000_000))
    poste.fiches.officielles.import_((files[0], older), Progress())
    attendus = texts(parts(write_fiche(poste, "formation", MPSI), "Attendus"))
    assert "Savoir essayer" in attendus
    assert "Être régulier" not in attendus
    assert "Mathématiques conseillées" in attendus


def test_a_student_gets_distances_classes_and_his_average(session: DossierSession, liste: Path):
    session.import_roster((liste,), "", Progress())
    eleve = session.list_eleves(None).lignes[0]
    profil = session.load_eleve(eleve.id).profil
    lyon = next(option.code for option in session.search("Lyon", ("commune",)) if option.libelle.startswith("Lyon"))
    session.save_profil(eleve.id, replace(profil, communes=(lyon,), moyenne=13.0))
    vue = session.load_fiche("formation", MPSI, eleve.id)
    (table,) = [part for part in parts(vue, "Établissements") if isinstance(part, TableauVue)]
    assert table.entetes == ("Établissement", "Ville", "Distance", "Places", "Taux d’accès", "Estimation")
    kilometres = [int(ligne[2].split("\u00a0")[0]) for ligne in table.lignes if "km" in ligne[2]]
    assert kilometres == sorted(kilometres)
    assert {ligne[-1] for ligne in table.lignes} <= {"A+", "A", "B", "?"}
    assert "La moyenne de l’élève, 13, est" in texts(parts(vue, "Admission"))
    assert session.sommaire_fiches()


def test_the_real_official_files_cover_the_catalogue(poste: Socle, partage: Path):
    files = (*sorted(partage.joinpath("onisep").glob("*.zip")), *sorted(partage.joinpath("mps").glob("*.zip")))
    if len(files) < 3:
        pytest.skip("les fichiers officiels ne sont pas tous là")
    couverture = poste.fiches.officielles.import_(files, Progress()).etat.couverture
    assert couverture.metiers >= 0.99 * couverture.nb_metiers
    assert couverture.formations >= 0.75 * couverture.nb_formations
    assert couverture.voeux >= 0.94 * couverture.nb_voeux
    assert date.fromisoformat(poste.fiches.officielles.etat().lots[0].edition).year == 2024

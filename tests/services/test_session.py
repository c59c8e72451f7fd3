"""The use cases together, on the real catalogue and a real encrypted dossier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.services.diagnostic import _parcours
from mps_desktop.services.session import DossierSession
from mps_desktop.services.views import FavoriRecord


@pytest.fixture
def zoe(session: DossierSession, liste: Path) -> int:
    session.import_roster((liste,), "", Progress())
    return session.list_eleves(None).lignes[0].id


def find_formation(session: DossierSession, texte: str) -> str:
    return session.search(texte, ("formation",), 1)[0].code


def with_voeux(session: DossierSession, eleve_id: int, formation: str, count: int) -> None:
    profil = session.load_eleve(eleve_id).profil
    voeux = tuple(v.voeu_id for v in session.list_voeux_possibles(eleve_id, formation, None)[:count])
    session.save_profil(eleve_id, replace(profil, favoris=(*profil.favoris, FavoriRecord(formation, voeux=voeux))))


def test_import_then_class_table(session: DossierSession, liste: Path):
    apercu = session.preview_import((liste,), "", Progress())
    assert (apercu.nb_nouveaux, apercu.nb_rejetes, apercu.classe_demandee) == (3, 0, False)
    assert session.list_eleves(None).lignes == ()
    resultat = session.import_roster((liste,), "", Progress())
    assert resultat.nb_ajoutes == 3
    vue = session.list_eleves("TG7")
    assert [ligne.nom for ligne in vue.lignes] == ["BIDON", "LE TESTEUR", "NGUYỄN-EXEMPLE"]
    assert vue.classes == ("TG7",)
    assert vue.nb_sans_voeu == 3
    assert "Mathématiques" in vue.lignes[0].specialites
    assert all(not ligne.jalon.atteint and ligne.jalon.manques for ligne in vue.lignes)


def test_importing_again_changes_nothing(session: DossierSession, liste: Path):
    session.import_roster((liste,), "", Progress())
    again = session.import_roster((liste,), "", Progress())
    assert (again.nb_ajoutes, again.nb_modifies, again.nb_inchanges) == (0, 0, 3)
    assert len(session.list_eleves(None).lignes) == 3


def test_an_import_is_taken_back_whole(session: DossierSession, liste: Path, tmp_path: Path, zoe: int):
    session.save_profil(zoe, replace(session.load_eleve(zoe).profil, domaines=("dom27",)))
    before = (session.list_eleves(None), session.load_eleve(zoe))
    other = tmp_path / "autre.csv"
    text = (
        liste.read_text(encoding="utf-8-sig").replace("TG7", "TG8") + "LOREM;Ipsum;01/01/2009;TG8;TERMINALE GENERALE;\n"
    )
    other.write_text(text, encoding="utf-8")
    resultat = session.import_roster((other,), "", Progress())
    assert (resultat.nb_ajoutes, resultat.nb_modifies) == (1, 3)
    session.undo_import(resultat)
    assert (session.list_eleves(None), session.load_eleve(zoe)) == before


def test_a_cancelled_import_writes_nothing(session: DossierSession, liste: Path):
    progress = Progress()
    seen: list[int] = []

    def stop_halfway(label: str, done: int, total: int) -> None:
        seen.append(done)
        if label.startswith("Enregistrement") and done == 1:
            progress.cancel()

    progress._notify = stop_halfway
    with pytest.raises(Cancelled):
        session.import_roster((liste,), "", progress)
    assert 1 in seen
    assert session.list_eleves(None).lignes == ()


def test_saving_returns_what_undoes_it(session: DossierSession, zoe: int):
    first = session.load_eleve(zoe).profil
    changed = replace(first, situation="projet_precis", moyenne=14.0)
    assert session.save_profil(zoe, changed) == first
    assert session.load_eleve(zoe).profil == changed
    session.save_profil(zoe, first)
    assert session.load_eleve(zoe).profil == first


def test_a_refused_profile_changes_nothing(session: DossierSession, zoe: int):
    first = session.load_eleve(zoe).profil
    with pytest.raises(EnvironmentFault):
        session.save_profil(zoe, replace(first, moyenne=25.0))
    assert session.load_eleve(zoe).profil == first


def test_an_empty_profile_is_told_what_to_fill(session: DossierSession, zoe: int):
    vue = session.compute_suggestions(zoe)
    assert vue.lignes == ()
    assert "domaine" in vue.message
    session.save_profil(zoe, replace(session.load_eleve(zoe).profil, communes=("44109",)))
    assert "villes seules" in session.compute_suggestions(zoe).message


def test_suggestions_carry_reasons_and_follow_the_profile(session: DossierSession, zoe: int):
    profil = replace(session.load_eleve(zoe).profil, domaines=("dom27",), interets=("ci13",), communes=("44109",))
    session.save_profil(zoe, profil)
    vue = session.compute_suggestions(zoe, 10)
    assert len(vue.lignes) == 10
    assert [ligne.rang for ligne in vue.lignes] == sorted(ligne.rang for ligne in vue.lignes)
    assert all(ligne.raisons and 0 < ligne.affinite <= 1 for ligne in vue.lignes)
    assert any("km" in ville for ligne in vue.lignes for ville in ligne.villes)
    hidden = vue.lignes[0].formation_id
    session.save_profil(zoe, replace(profil, corbeille=(hidden,)))
    assert hidden not in {ligne.formation_id for ligne in session.compute_suggestions(zoe, 30).lignes}


def test_balance_says_sessions_and_what_is_missing(session: DossierSession, zoe: int):
    formation = find_formation(session, "ifsi")
    with_voeux(session, zoe, formation, 2)
    vue = session.load_equilibre(zoe)
    (favori,) = vue.favoris
    assert len(favori.voeux) == 2
    assert sum(vue.comptes.values()) == 2
    for voeu in favori.voeux:
        assert voeu.classe in {"A+", "A", "B", "?"}
        assert voeu.estimation
        assert any("20" in chiffre for chiffre in voeu.chiffres)
    assert vue.sources
    assert not vue.jalon.atteint
    assert vue.constats


def test_a_better_average_never_lowers_a_class(session: DossierSession, zoe: int):
    with_voeux(session, zoe, find_formation(session, "ifsi"), 6)
    order = {"A+": 0, "A": 1, "B": 2}
    previous: list[int] | None = None
    for moyenne in (8.0, 11.0, 14.0, 18.0):
        session.save_profil(zoe, replace(session.load_eleve(zoe).profil, moyenne=moyenne))
        voeux = session.load_equilibre(zoe).favoris[0].voeux
        classes = [order[v.estimee] for v in voeux if v.estimee in order]
        assert previous is None or all(a <= b for a, b in zip(previous, classes, strict=True))
        previous = classes
    assert previous


def test_the_teacher_has_the_last_word(session: DossierSession, zoe: int):
    with_voeux(session, zoe, find_formation(session, "ifsi"), 1)
    profil = session.load_eleve(zoe).profil
    (favori,) = profil.favoris
    opinion = replace(favori, niveau_ambition=3, classes_enseignant={favori.voeux[0]: "B"})
    session.save_profil(zoe, replace(profil, favoris=(opinion,)))
    voeu = session.load_equilibre(zoe).favoris[0].voeux[0]
    assert (voeu.classe, voeu.enseignant, voeu.declaree) == ("B", "B", "A+")


def test_a_voeu_that_is_gone_is_kept_and_said(session: DossierSession, zoe: int):
    profil = session.load_eleve(zoe).profil
    formation = find_formation(session, "ifsi")
    session.save_profil(zoe, replace(profil, favoris=(FavoriRecord(formation, voeux=("ta99999999",)),)))
    voeu = session.load_equilibre(zoe).favoris[0].voeux[0]
    assert (voeu.connu, voeu.classe) == (False, "?")


def test_possible_voeux_are_near_and_not_chosen_twice(session: DossierSession, zoe: int):
    session.save_profil(zoe, replace(session.load_eleve(zoe).profil, communes=("44109",)))
    formation = find_formation(session, "ifsi")
    near = session.list_voeux_possibles(zoe, formation, 50)
    distances = [voeu.distance_km for voeu in near if voeu.distance_km is not None]
    assert near
    assert distances == sorted(distances)
    assert max(distances) <= 50
    with_voeux(session, zoe, formation, 1)
    chosen = session.load_eleve(zoe).profil.favoris[0].voeux[0]
    assert chosen not in {voeu.voeu_id for voeu in session.list_voeux_possibles(zoe, formation, None)}


def test_the_document_says_it_all(session: DossierSession, zoe: int, tmp_path: Path):
    profil = replace(session.load_eleve(zoe).profil, domaines=("dom27",), moyenne=13.5)
    session.save_profil(zoe, profil)
    with_voeux(session, zoe, find_formation(session, "ifsi"), 3)
    target = session.export_report(None, "TG7", tmp_path / "sortie" / "tg7.pdf", Progress())
    pages = [page.extract_text() for page in PdfReader(target).pages]
    assert len(pages) == 4
    text = "\n".join(pages)
    for expected in ("BIDON", "Œdipe", "NGUYỄN-EXEMPLE", "A+", "taux d’accès 202", "confidentiel", "Licence Ouverte"):
        assert expected in text


def test_a_cancelled_document_leaves_the_old_one(session: DossierSession, zoe: int, tmp_path: Path):
    target = tmp_path / "tg7.pdf"
    target.write_bytes(b"ancien")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        session.export_report(None, "TG7", target, progress)
    assert target.read_bytes() == b"ancien"


def test_nobody_to_print_is_said(session: DossierSession, tmp_path: Path):
    with pytest.raises(EnvironmentFault, match="aucun élève"):
        session.export_report(None, "TG7", tmp_path / "vide.pdf", Progress())
    assert not (tmp_path / "vide.pdf").exists()


def test_no_name_is_readable_in_the_dossier(session: DossierSession, zoe: int):
    assert session.load_eleve(zoe).nom == "BIDON"
    for file in session.chemin.rglob("*"):
        if file.is_file():
            assert b"BIDON" not in file.read_bytes()


@pytest.mark.parametrize(
    ("libelle", "formation", "parcours"),
    [
        ("Licence - Droit", "Licence - Droit", ""),
        ("Diplôme d’État - Infirmier", "Diplôme d’État - Infirmier (IFSI)", ""),
        ("Licence - Droit - Parcours franco-allemand", "Licence - Droit", "Parcours franco-allemand"),
        ("Licence - Langues et civilisations - Breton", "Licence - LLCER (langues)", "Breton"),
        ("Licence - Double licence LEA et économie", "Licence - LEA", "Double licence LEA et économie"),
    ],
)
def test_parcours_of_a_voeu(libelle: str, formation: str, parcours: str):
    assert _parcours(libelle, formation) == parcours


def test_the_search_of_the_open_student_follows_the_affinities(session: DossierSession, zoe: int):
    profil = session.load_eleve(zoe).profil
    session.save_profil(zoe, replace(profil, domaines=("dom27",)))
    everybody = session.search("licence", ("formation",), 30)
    for_zoe = session.search("licence", ("formation",), 30, zoe)
    assert {option.categorie for option in for_zoe} == {"formation"}
    assert [option.code for option in for_zoe] != [option.code for option in everybody]
    assert session.search("licence droit", ("formation",), 1, zoe) == session.search("licence droit", ("formation",), 1)


def test_the_formation_of_a_voeu_that_was_found(session: DossierSession):
    voeu = session.search("licence droit lille", ("voeu",), 1)[0]
    assert session.options.libelle(session.formation_of(voeu.code)) == "Licence - Droit"
    with pytest.raises(EnvironmentFault, match="aucune formation"):
        session.formation_of("ta0")

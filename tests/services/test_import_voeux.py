"""Wishes of files and of pasted screens, into a real dossier with the bundled catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.importers.lot import TexteColle
from mps_desktop.importers.rows import VoeuLu
from mps_desktop.services.choix_voeux import ChoixVoeux, wording_key
from mps_desktop.services.session import DossierSession
from mps_desktop.services.views import FavoriRecord, ProfilRecord
from tests.services.conftest import LISTE

ENTETE = "Nom;Prénom;Classe;N° vœu;Formation (vœu);Établissement (sous-vœu);Commune;État du vœu\n"
SUIVI = (
    ENTETE + "BIDON;Zoé;TG7;1;CPGE - PCSI;Lycée Hoche;VERSAILLES;VŒU CONFIRMÉ\n"
    "BIDON;Zoé;TG7;2;Licence - Droit;;;\n"
    "BIDON;Zoé;TG7;3;CPGE - PCSI;Lycée Fictif A;VILLE-A;\n"
    "LE TESTEUR;Œdipe;TG7;1;CPGE - PCSI;Lycée Hoche;VERSAILLES;\n"
    "LE TESTEUR;Œdipe;TG7;2;École imaginaire des zzzz;Château fictif;NULLE-PART;\n"
)
ECRAN = """Lycée Hoche (78 - VERSAILLES)
CPGE - PCSI - Avec Internat
Compte pour un vœu
VŒU CONFIRMÉ
Voir le détail
Lycée Fictif A (99 - VILLE-A)
CPGE - PCSI
Voir le détail
"""
FICTIF = wording_key(VoeuLu(0, "CPGE - PCSI", "Lycée Fictif A", "VILLE-A"))


@pytest.fixture
def suivi(tmp_path: Path, session: DossierSession, liste: Path) -> Path:
    session.import_roster((liste,), "", Progress())
    file = tmp_path / "suivi.csv"
    file.write_text(SUIVI, encoding="utf-8-sig")
    return file


def profil_of(session: DossierSession, nom: str) -> tuple[int, ProfilRecord]:
    (ligne,) = (ligne for ligne in session.list_eleves(None).lignes if ligne.nom == nom)
    return ligne.id, session.load_eleve(ligne.id).profil


def test_certain_wishes_become_voeux_the_others_are_told(session: DossierSession, suivi: Path):
    apercu = session.preview_import((suivi,), "", Progress())
    by_wording = {voeu.ecrit: voeu for voeu in apercu.voeux}
    hoche = by_wording["CPGE - PCSI, Lycée Hoche (VERSAILLES)"]
    assert (hoche.etat, hoche.eleves, hoche.choix[0].detail) == (
        "sur", ("BIDON Zoé", "LE TESTEUR Œdipe"), "Lycée Hoche (Versailles)",
    )  # fmt: skip
    doute = by_wording["CPGE - PCSI, Lycée Fictif A (VILLE-A)"]
    assert (doute.etat, doute.choisi, [(one.categorie, one.libelle) for one in doute.choix]) == (
        "doute", "", [("formation", "CPGE - PCSI")],
    )  # fmt: skip
    assert by_wording["École imaginaire des zzzz, Château fictif (NULLE-PART)"].etat in ("inconnu", "doute")
    assert "5\u00a0vœux lus" in apercu.resume[0]

    resultat = session.import_roster((suivi,), "", Progress())
    assert (resultat.nb_ajoutes, resultat.nb_modifies) == (0, 2)
    _, zoe = profil_of(session, "BIDON")
    assert [(favori.formation_id, favori.voeux) for favori in zoe.favoris] == [
        (hoche_formation(session, hoche.choisi), (hoche.choisi,)), ("fl2002", ()),
    ]  # fmt: skip
    assert len(resultat.voeux_laisses) == 2
    assert any("Lycée Fictif A" in sentence for sentence in resultat.voeux_laisses)


def hoche_formation(session: DossierSession, voeu_id: str) -> str:
    return session.formation_of(voeu_id)


def test_one_undo_takes_the_wishes_back(session: DossierSession, suivi: Path):
    before = profil_of(session, "BIDON")
    resultat = session.import_roster((suivi,), "", Progress())
    assert profil_of(session, "BIDON") != before
    session.undo_import(resultat)
    assert profil_of(session, "BIDON") == before


def test_favourites_notes_and_classes_are_never_erased(session: DossierSession, suivi: Path):
    eleve_id, profil = profil_of(session, "BIDON")
    hoche = session.preview_import((suivi,), "", Progress()).voeux
    voeu_id = next(voeu.choisi for voeu in hoche if "Hoche" in voeu.ecrit)
    formation = session.formation_of(voeu_id)
    mine = FavoriRecord(formation, 2, ("ta10022",), {"ta10022": "A+"}, "Vue au salon.")
    session.save_profil(eleve_id, replace(profil, favoris=(mine,), corbeille=("fl2002",)))
    session.choose_voeux({FICTIF: formation})
    session.import_roster((suivi,), "", Progress())
    _, after = profil_of(session, "BIDON")
    kept = after.favoris[0]
    assert (kept.niveau_ambition, kept.voeux, kept.classes_enseignant) == (2, ("ta10022", voeu_id), {"ta10022": "A+"})
    assert kept.note.startswith("Vue au salon.\n")
    assert "Lycée Fictif A (VILLE-A)" in kept.note
    assert after.corbeille == ()


def test_the_same_file_again_changes_nothing(session: DossierSession, suivi: Path):
    session.choose_voeux({FICTIF: "fl12"})
    session.import_roster((suivi,), "", Progress())
    again = session.preview_import((suivi,), "", Progress())
    assert (again.nb_modifies, again.nb_inchanges) == (0, 2)
    assert {voeu.etat for voeu in again.voeux if voeu.choisi} == {"sur", "choisi"}


def test_a_wish_can_be_left_out(session: DossierSession, suivi: Path):
    voeux = session.preview_import((suivi,), "", Progress()).voeux
    session.choose_voeux({voeu.cle: "" for voeu in voeux})
    assert session.preview_import((suivi,), "", Progress()).nb_modifies == 0


def test_wishes_of_a_new_student(session: DossierSession, tmp_path: Path):
    file = tmp_path / "suivi.csv"
    file.write_text(SUIVI, encoding="utf-8-sig")
    resultat = session.import_roster((file,), "", Progress())
    assert resultat.nb_ajoutes == 2
    assert len(profil_of(session, "BIDON")[1].favoris) == 2
    session.undo_import(resultat)
    assert session.list_eleves(None).lignes == ()


def test_wishes_given_with_the_roster(session: DossierSession, liste: Path, tmp_path: Path):
    file = tmp_path / "suivi.csv"
    file.write_text(SUIVI, encoding="utf-8-sig")
    resultat = session.import_roster((liste, file), "", Progress())
    assert resultat.nb_ajoutes == 3
    _, zoe = profil_of(session, "BIDON")
    assert (len(zoe.favoris), len(zoe.specialites)) == (2, 2)


def test_a_pasted_screen_fills_the_profile_of_one_student(session: DossierSession, suivi: Path):
    del suivi
    eleve_id, profil = profil_of(session, "BIDON")
    voeux = session.read_voeux(TexteColle(ECRAN), Progress())
    assert [(voeu.etat, voeu.eleves) for voeu in voeux] == [("doute", ()), ("sur", ())]
    filled = session.add_voeux(profil, tuple(voeu.cle for voeu in voeux))
    assert [len(favori.voeux) for favori in filled.favoris] == [1]
    assert session.load_eleve(eleve_id).profil == profil


def test_a_list_of_students_is_not_a_screen(session: DossierSession):
    with pytest.raises(EnvironmentFault, match="pas l’écran des vœux"):
        session.read_voeux(TexteColle(LISTE.replace(";", "\t")), Progress())


def test_choices_are_kept_without_any_name(tmp_path: Path):
    store = SettingsStore(tmp_path / "reglages.toml")
    ChoixVoeux(store).remember({FICTIF: "ta123", "0" * 16: ""})
    again = ChoixVoeux(SettingsStore(tmp_path / "reglages.toml"))
    assert (again.chosen(FICTIF), again.chosen("0" * 16), again.chosen("1" * 16)) == ("ta123", "", None)
    assert "Fictif" not in (tmp_path / "reglages.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["x=ta1", f"{FICTIF}=BIDON", f"{FICTIF}=", ""])
def test_a_line_written_by_hand_is_ignored(tmp_path: Path, line: str):
    store = SettingsStore(tmp_path / "reglages.toml")
    store.update(choix_voeux=(line,))
    assert ChoixVoeux(store).chosen(FICTIF) is None


def test_case_accents_and_boarding_do_not_make_another_wording():
    assert wording_key(VoeuLu(3, "cpge - pcsi", "LYCEE FICTIF A", "Ville-A", internat="avec")) == FICTIF
    assert wording_key(VoeuLu(0, "CPGE - PCSI", "Lycée Fictif A", "VILLE-A", apprentissage=True)) != FICTIF


MOYENNES = (
    "Élève;Moyenne générale;PHILOSOPHIE;HISTOIRE-GEOGRAPHIE\n;Trim. 1;Moy.;Moy.\n"
    "BIDON Zoé;14,17;Abs;13,30\nLE TESTEUR Œdipe;9,5;12,00;11\nMoyenne de la classe;11,8;12;12,1\n"
)


@pytest.mark.parametrize("together", [True, False])
def test_a_table_of_averages_fills_those_of_students(
    session: DossierSession, liste: Path, tmp_path: Path, together: bool
):
    table = tmp_path / "moyennes_TG7.csv"
    table.write_bytes(MOYENNES.encode("cp1252"))
    if together:
        assert session.import_roster((liste, table), "", Progress()).nb_ajoutes == 3
    else:
        session.import_roster((liste,), "", Progress())
        apercu = session.preview_import((table,), "TG7", Progress())
        assert (apercu.nb_modifies, apercu.nb_nouveaux) == (2, 0)
        assert any("moyenne ajouté" in ligne.detail for ligne in apercu.lignes)
        session.import_roster((table,), "TG7", Progress())
    found = {ligne.nom: session.load_eleve(ligne.id).profil.moyenne for ligne in session.list_eleves(None).lignes}
    assert found == {"BIDON": 14.17, "LE TESTEUR": 9.5, "NGUYỄN-EXEMPLE": None}

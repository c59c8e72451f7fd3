"""The class over time, the opinions and the spreadsheet, through a real dossier."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.core.text import NBSP
from mps_desktop.exchange.records import ProfilLu
from mps_desktop.reports.suivi_classe import SuiviReport, escaped, write_suivi
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.services.suivi_classe import SuiviClasses, describe_ecart
from mps_desktop.services.views import AvisRecord, FavoriRecord
from mps_desktop.storage.repositories.bilans import BilanRepository
from mps_desktop.storage.repositories.journal import JournalRepository


@pytest.fixture
def zoe(session: DossierSession, liste: Path) -> int:
    session.import_roster((liste,), "", Progress())
    return session.list_eleves(None).lignes[0].id


def keep_formation(session: DossierSession, eleve_id: int, texte: str, count: int) -> str:
    formation = session.search(texte, ("formation",), 1)[0].code
    profil = session.load_eleve(eleve_id).profil
    voeux = tuple(v.voeu_id for v in session.list_voeux_possibles(eleve_id, formation, None)[:count])
    session.save_profil(eleve_id, replace(profil, favoris=(*profil.favoris, FavoriRecord(formation, voeux=voeux))))
    return formation


def test_an_import_and_each_change_leave_one_state_a_day(session: DossierSession, zoe: int):
    keep_formation(session, zoe, "BUT Informatique", 3)
    keep_formation(session, zoe, "Licence Droit", 2)
    vue = session.list_eleves("TG7")
    assert vue.suivi is not None
    (point,) = vue.suivi.points
    assert (point.jour, point.effectif, point.sans_voeu) == (date(2026, 11, 24), 3, 2)
    assert point.nb_ambitieux + point.nb_realiste + point.nb_securisant + point.nb_insuffisant == 5
    assert "commence aujourd’hui" in vue.suivi.phrase
    with session._database.read() as opened:
        assert len(BilanRepository(opened).list("TG7")) == 1


def test_a_later_day_adds_a_point_and_the_whole_dossier_has_no_curve(session: DossierSession, socle: Socle, zoe: int):
    later = SuiviClasses(socle, session._database, date(2026, 12, 3))
    lignes = session.list_eleves("TG7").lignes
    suivi = later.load("TG7", lignes)
    assert [point.jour for point in suivi.points] == [date(2026, 11, 24), date(2026, 12, 3)]
    assert "le 24 novembre 2026" in suivi.phrase
    assert session.list_eleves(None).suivi is None
    assert zoe


def test_a_save_that_changes_nothing_leaves_no_state(session: DossierSession, socle: Socle, zoe: int):
    later = DossierSession(socle, session._dossier, date(2026, 12, 3))
    later.save_profil(zoe, later.load_eleve(zoe).profil)
    with session._database.read() as opened:
        assert [b.jour.day for b in BilanRepository(opened).list("TG7")] == [24]


def test_the_three_classes_are_shown_with_the_reason_and_its_history(session: DossierSession, zoe: int):
    session.save_profil(zoe, replace(session.load_eleve(zoe).profil, bac="Générale", moyenne=12.0))
    keep_formation(session, zoe, "BUT Informatique", 2)
    profil = session.load_eleve(zoe).profil
    favori = profil.favoris[0]
    voeu = favori.voeux[0]
    avis = AvisRecord("Dossier solide", "Mme Fictive", date(2026, 11, 24))
    said = replace(favori, niveau_ambition=2, classes_enseignant={voeu: "B"}, avis={voeu: avis})
    before = session.save_profil(zoe, replace(profil, favoris=(said,)))
    ligne = session.load_equilibre(zoe).favoris[0].voeux[0]
    assert (ligne.classe, ligne.declaree, ligne.enseignant) == ("B", "A", "B")
    assert ligne.avis == "Dossier solide (Mme Fictive, 24/11/2026)"
    assert ligne.historique == ("24/11/2026, Mme Fictive\u00a0– B sécurisant (Dossier solide)",)
    session.save_profil(zoe, before)
    ligne = session.load_equilibre(zoe).favoris[0].voeux[0]
    assert (ligne.enseignant, ligne.avis) == ("", "")
    assert "avis retiré" in ligne.historique[1]


def test_accepting_a_proposal_settles_what_it_names(session: DossierSession, zoe: int):
    profil = replace(
        session.load_eleve(zoe).profil, bac="Générale", moyenne=11.0, domaines=("dom41",), communes=("69123",)
    )
    session.save_profil(zoe, profil)
    vue = session.load_equilibre(zoe)
    assert "AUCUNE_FORMATION" in {constat.code for constat in vue.constats}
    first = vue.propositions[0]
    assert first.voeu is not None
    favoris = (FavoriRecord(first.formation_id, voeux=(first.voeu.voeu_id,)),)
    session.save_profil(zoe, replace(profil, favoris=favoris))
    assert "AUCUNE_FORMATION" not in {constat.code for constat in session.load_equilibre(zoe).constats}


def test_the_spreadsheet_has_the_evolution_and_the_class_in_alphabetical_order(
    session: DossierSession, zoe: int, tmp_path: Path
):
    target = session.export_suivi("TG7", tmp_path / "suivi.xlsx")
    book = load_workbook(target)
    assert book.sheetnames == ["Évolution", "Points à regarder", "Élèves"]
    rows = list(book["Élèves"].iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in rows] == ["BIDON", "LE TESTEUR", "NGUYỄN-EXEMPLE"]
    assert book["Évolution"]["C5"].value == 0
    assert "confidentiel" in str(book["Élèves"]["A2"].value)
    assert zoe


def test_the_evolution_as_text(session: DossierSession, zoe: int, tmp_path: Path):
    target = session.export_suivi("TG7", tmp_path / "suivi.csv")
    with target.open(encoding="utf-8-sig", newline="") as file:
        head, row = list(csv.reader(file, delimiter=";"))
    assert head[:3] == ["Jour", "Élèves", "Jalon atteint"]
    assert row[:3] == ["24/11/2026", "3", "0"]
    assert zoe


def test_nobody_is_no_spreadsheet(session: DossierSession, tmp_path: Path):
    with pytest.raises(EnvironmentFault):
        session.export_suivi("TG7", tmp_path / "suivi.xlsx")


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-2", "@SUM", "\tx", "\rx"])
def test_a_name_is_never_a_formula(name: str, tmp_path: Path):
    assert escaped(name) == f"'{name}"
    row = (name, "Zoé", "TG1", 1, 0, 0, 0, 0, "non", "", name)
    report = SuiviReport(
        name, "2026-2027", date(2026, 11, 24), ((date(2026, 11, 24), *(0,) * 9),), ((name, 1),), (row,)
    )
    write_suivi(report, tmp_path / "suivi.xlsx")
    for sheet in load_workbook(tmp_path / "suivi.xlsx").worksheets:
        for cells in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    ("ecart", "words"), [(0, ""), (1, "plus sûr (1 cran)"), (2, "plus sûr (2 crans)"), (-2, "plus prudent (2 crans)")]
)
def test_the_gap_between_what_is_declared_and_estimated_in_words(ecart: int, words: str):
    assert describe_ecart(ecart).replace(NBSP, " ") == words


def test_the_spreadsheet_says_whose_declared_class_is_far(session: DossierSession, zoe: int, tmp_path: Path):
    session.save_profil(zoe, replace(session.load_eleve(zoe).profil, bac="Générale", moyenne=9.0))
    keep_formation(session, zoe, "CPGE MPSI", 2)
    profil = session.load_eleve(zoe).profil
    session.save_profil(zoe, replace(profil, favoris=(replace(profil.favoris[0], niveau_ambition=1),)))
    (ligne, *_) = session.list_eleves("TG7").lignes
    book = load_workbook(session.export_suivi("TG7", tmp_path / "suivi.xlsx"))
    rows = list(book["Élèves"].iter_rows(min_row=5, values_only=True))
    assert ligne.ecart_declare > 0
    assert [row[9] for row in rows] == [describe_ecart(ligne.ecart_declare), None, None]


def test_the_document_of_a_class_prints_its_evolution(session: DossierSession, socle: Socle, zoe: int, tmp_path: Path):
    first = session.export_report(None, "TG7", tmp_path / "un.pdf", Progress())
    assert "Évolution de la classe" not in (PdfReader(first).pages[0].extract_text())
    later = DossierSession(socle, session._dossier, date(2026, 12, 3))
    keep_formation(later, zoe, "BUT Informatique", 2)
    text = PdfReader(later.export_report(None, "TG7", tmp_path / "deux.pdf", Progress())).pages[0].extract_text()
    assert "Évolution de la classe" in text
    assert "24/11/2026" in text
    assert "03/12/2026" in text
    alone = PdfReader(later.export_report((zoe,), "TG7", tmp_path / "trois.pdf", Progress())).pages[0].extract_text()
    assert "Évolution de la classe" not in alone


def broken(*_: object) -> None:
    raise OSError("disque plein, dans ce test")


def everything(session: DossierSession) -> tuple[object, ...]:
    """Students, profiles, states and journal of the dossier."""
    eleves = session.list_eleves(None).lignes
    with session._database.read() as opened:
        states = BilanRepository(opened).list("TG7")
        journal = JournalRepository(opened).list()
    return eleves, tuple(session.load_eleve(eleve.id) for eleve in eleves), states, journal


def test_an_import_whose_state_cannot_be_kept_writes_nothing(
    session: DossierSession, liste: Path, monkeypatch: pytest.MonkeyPatch
):
    before = everything(session)
    monkeypatch.setattr(BilanRepository, "put", broken)
    with pytest.raises(OSError, match="disque plein"):
        session.import_roster((liste,), "", Progress())
    assert everything(session) == before


def test_an_undoing_whose_state_cannot_be_kept_undoes_nothing(
    session: DossierSession, liste: Path, monkeypatch: pytest.MonkeyPatch
):
    resultat = session.import_roster((liste,), "", Progress())
    before = everything(session)
    monkeypatch.setattr(BilanRepository, "forget_absent", broken)
    with pytest.raises(OSError, match="disque plein"):
        session.undo_import(resultat)
    assert everything(session) == before


def test_profiles_whose_state_cannot_be_kept_are_not_applied(
    session: DossierSession, zoe: int, monkeypatch: pytest.MonkeyPatch
):
    before = everything(session)
    lu = ProfilLu(nom="BIDON", prenom="Zoé", classe="TG7", moyenne=15.0)
    with monkeypatch.context() as patch:
        patch.setattr(BilanRepository, "put", broken)
        with pytest.raises(OSError, match="disque plein"):
            session.apply_profils((lu,))
    assert everything(session) == before
    session.apply_profils((lu,))
    assert session.load_eleve(zoe).profil.moyenne == 15.0


def test_an_import_taken_back_leaves_no_state_of_a_class_that_is_gone(session: DossierSession, liste: Path):
    resultat = session.import_roster((liste,), "", Progress())
    session.undo_import(resultat)
    with session._database.read() as opened:
        assert BilanRepository(opened).list("TG7") == ()

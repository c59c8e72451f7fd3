"""Proposals, opinions, gestures of the findings, calendar and spreadsheet, through the real widgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.views import AvisRecord, ConstatLigne, PointSuivi, SuiviClasse
from mps_desktop.ui.dialogs.avis import AvisDialog
from mps_desktop.ui.dialogs.calendrier import CalendrierDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import EQUILIBRE, PROFIL, SUGGESTIONS, Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeFiles
from tests.ui.monde import voeux_of

ELEVE = 4


@pytest.fixture
def ouvert(qtbot: QtBot, workspace: Workspace, window: MainWindow) -> Workspace:
    workspace.open_eleve(ELEVE)
    workspace.eleve_view.tabs.setCurrentIndex(EQUILIBRE)
    idle(qtbot, window)
    return workspace


def constat(geste: str, *ids: str) -> ConstatLigne:
    return ConstatLigne("CODE", 2, "Phrase.", "Action.", "Titre", geste, "Bouton", ids)


class TestPropositions:
    def test_accepting_adds_the_voeu_and_one_undo_takes_it_back(
        self, qtbot: QtBot, ouvert: Workspace, window: MainWindow, session: FakeSession
    ):
        before = session.eleves[ELEVE].profil
        row = ouvert.equilibre_view.propositions.rows[0]
        assert row.ligne.voeu is not None
        assert not row.ligne.nouvelle
        row.ajouter.click()
        idle(qtbot, window)
        favori = next(f for f in session.eleves[ELEVE].profil.favoris if f.formation_id == row.ligne.formation_id)
        assert favori.voeux[-1] == row.ligne.voeu.voeu_id
        ouvert.undo()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil == before

    def test_a_new_formation_is_kept_with_its_voeu(
        self, qtbot: QtBot, ouvert: Workspace, window: MainWindow, session: FakeSession
    ):
        row = ouvert.equilibre_view.propositions.rows[-1]
        assert row.ligne.nouvelle
        assert row.ligne.voeu is not None
        row.ajouter.click()
        idle(qtbot, window)
        favori = session.eleves[ELEVE].profil.favoris[-1]
        assert (favori.formation_id, favori.voeux) == (row.ligne.formation_id, (row.ligne.voeu.voeu_id,))

    def test_chance_counters_and_refusals_are_told(self, ouvert: Workspace):
        view = ouvert.equilibre_view
        assert view.chance.text() == "Entre 6 et 8 chances sur 10"
        assert "prudent" in view.chance_note.text()
        assert view.propositions.isVisible()


class TestAvis:
    def test_an_opinion_keeps_reason_author_and_day(
        self,
        qtbot: QtBot,
        ouvert: Workspace,
        window: MainWindow,
        session: FakeSession,
        monkeypatch: pytest.MonkeyPatch,
    ):
        monkeypatch.setattr(AvisDialog, "ask", lambda *_args: ("bon dossier", "Mme Fictive"))
        voeu = voeux_of("fl1")[0]
        ouvert.equilibre_view.cards["fl1"].rows[voeu].enseignant.chosen.emit("B")
        idle(qtbot, window)
        avis = session.eleves[ELEVE].profil.favoris[0].avis[voeu]
        assert (avis.motif, avis.auteur) == ("bon dossier", "Mme Fictive")
        assert isinstance(avis.jour, date)
        ouvert.undo()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.favoris[0].avis == {}

    def test_giving_up_changes_nothing(
        self,
        qtbot: QtBot,
        ouvert: Workspace,
        window: MainWindow,
        session: FakeSession,
        monkeypatch: pytest.MonkeyPatch,
    ):
        monkeypatch.setattr(AvisDialog, "ask", lambda *_args: None)
        before, voeu = session.saves, voeux_of("fl1")[0]
        ouvert.equilibre_view.cards["fl1"].rows[voeu].enseignant.chosen.emit("B")
        idle(qtbot, window)
        assert session.saves == before

    def test_the_dialog_waits_for_a_reason(self, qtbot: QtBot, theme: Theme, ouvert: Workspace):
        ligne = ouvert.equilibre_view.cards["fl1"].rows[voeux_of("fl1")[0]].ligne
        dialog = AvisDialog(theme, replace(ligne, auteur=""), "B", "M. Précédent-Fictif")
        qtbot.addWidget(dialog)
        assert not dialog.garder.isEnabled()
        dialog.motif.setPlainText("  Très bon dossier de sciences ")
        assert dialog.garder.isEnabled()
        assert dialog.said() == ("Très bon dossier de sciences", "M. Précédent-Fictif")
        dialog.motif.setPlainText("x" * 600)
        assert len(dialog.said()[0]) == 500

    def test_removing_a_voeu_removes_its_opinion(
        self, qtbot: QtBot, ouvert: Workspace, window: MainWindow, session: FakeSession
    ):
        voeu = voeux_of("fl1")[0]
        profil = ouvert.store.profil
        stated = replace(profil.favoris[0], classes_enseignant={voeu: "B"}, avis={voeu: AvisRecord("motif")})
        ouvert.store.edit("favoris", "Essai", replace(profil, favoris=(stated, *profil.favoris[1:])))
        idle(qtbot, window)
        ouvert.equilibre_view.cards["fl1"].rows[voeu].retirer.click()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.favoris[0].avis == {}


class TestGestes:
    def test_suggestions_and_profil_open_their_tab(self, ouvert: Workspace):
        ouvert.equilibre_view.geste_asked.emit(constat("suggestions"))
        assert ouvert.eleve_view.tabs.currentIndex() == SUGGESTIONS
        ouvert.equilibre_view.geste_asked.emit(constat("profil"))
        assert ouvert.eleve_view.tabs.currentIndex() == PROFIL

    def test_propositions_take_the_focus(self, qtbot: QtBot, ouvert: Workspace):
        ouvert.equilibre_view.geste_asked.emit(constat("propositions"))
        qtbot.waitUntil(lambda: ouvert.equilibre_view.propositions.rows[0].ajouter.hasFocus())

    def test_a_gone_voeu_is_taken_out_and_can_come_back(
        self, qtbot: QtBot, ouvert: Workspace, window: MainWindow, session: FakeSession
    ):
        voeu = voeux_of("fl1")[0]
        ouvert.equilibre_view.geste_asked.emit(constat("retirer", voeu))
        idle(qtbot, window)
        assert voeu not in session.eleves[ELEVE].profil.favoris[0].voeux
        ouvert.undo()
        idle(qtbot, window)
        assert voeu in session.eleves[ELEVE].profil.favoris[0].voeux

    def test_an_opinion_is_asked_on_the_voeu_itself(self, qtbot: QtBot, ouvert: Workspace):
        voeu = voeux_of("fl1")[0]
        ouvert.equilibre_view.geste_asked.emit(constat("avis", voeu))
        qtbot.waitUntil(lambda: ouvert.equilibre_view.cards["fl1"].rows[voeu].enseignant.hasFocus())


class TestCalendrier:
    @pytest.fixture
    def dialog(self, qtbot: QtBot, workspace: Workspace, window: MainWindow) -> CalendrierDialog:
        workspace.classe_view.calendrier.click()
        found = window.findChild(CalendrierDialog)
        assert isinstance(found, CalendrierDialog)
        qtbot.waitUntil(found.isVisible)
        return found

    def test_the_data_screen_opens_it_too(self, qtbot: QtBot, workspace: Workspace, window: MainWindow):
        workspace.show_screen("donnees")
        idle(qtbot, window)
        workspace.donnees_view.calendrier.click()
        found = window.findChild(CalendrierDialog)
        assert isinstance(found, CalendrierDialog)
        qtbot.waitUntil(found.isVisible)
        assert "2027, non publiée" in found.etat.text()

    def test_the_coming_session_says_that_it_is_not_published(self, dialog: CalendrierDialog):
        assert "2027, non publiée" in dialog.etat.text()
        assert all(not field.text() for pair in dialog.etapes.values() for field in pair)

    def test_a_due_date_is_saved_and_undone(
        self, qtbot: QtBot, dialog: CalendrierDialog, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        dialog.echeances["terminale"].setText("26/02/2027")
        dialog.garder.click()
        idle(qtbot, window)
        assert session.calendriers[2027].echeances[2][2] == date(2027, 2, 26)
        assert "modifiée par vos soins" in dialog.etat.text()
        workspace.undo()
        idle(qtbot, window)
        assert session.calendriers[2027] == session.shipped[2027]
        workspace.redo()
        idle(qtbot, window)
        assert session.calendriers[2027].echeances[2][2] == date(2027, 2, 26)

    def test_a_date_that_is_none_is_refused_on_the_spot(self, dialog: CalendrierDialog, session: FakeSession):
        dialog.etapes["voeux"][1].setText("31/02/2027")
        dialog.garder.click()
        assert "n’est pas une date" in dialog.erreur.text()
        assert session.calendriers[2027] == session.shipped[2027]

    def test_what_the_service_refuses_is_told_in_the_dialog(
        self, qtbot: QtBot, dialog: CalendrierDialog, window: MainWindow, session: FakeSession
    ):
        session.broken["save_calendrier"] = EnvironmentFault("Ces dates se contredisent.", "Corrigez-les.")
        dialog.garder.click()
        idle(qtbot, window)
        assert "se contredisent" in dialog.erreur.text()
        assert dialog.isVisible()

    def test_coming_back_to_the_shipped_dates(
        self, qtbot: QtBot, dialog: CalendrierDialog, window: MainWindow, session: FakeSession
    ):
        dialog.echeances["seconde"].setText("1/6/2027")
        dialog.garder.click()
        idle(qtbot, window)
        dialog.reprendre.click()
        idle(qtbot, window)
        assert session.calendriers[2027] == session.shipped[2027]
        assert not dialog.reprendre.isEnabled()

    def test_another_session(self, dialog: CalendrierDialog):
        dialog.sessions.button("2026").click()
        assert dialog.etapes["voeux"][0].text() == "19/01/2026"
        assert dialog.echeances["terminale"].text() == "28/02/2026"
        dialog.close()
        assert dialog.result() == QDialog.DialogCode.Rejected


class TestSuivi:
    def test_the_curve_says_the_same_in_words(self, qtbot: QtBot, workspace: Workspace, session: FakeSession):
        points = tuple(
            PointSuivi(date(2026, 11, day), 10, reached, 0, 0, 0, 0, 0, 0, 0) for day, reached in ((3, 1), (24, 6))
        )
        vue = replace(session.list_eleves(None), classe="TG1", suivi=SuiviClasse(points, "De 1 à 6 sur 10."))
        workspace.classe._show(vue)
        assert workspace.classe_view.bloc_suivi.isVisibleTo(workspace.classe_view.bandeau)
        assert "De 1 à 6 sur 10." in workspace.classe_view.courbe.accessibleName()
        qtbot.wait(0)

    def test_the_spreadsheet_goes_where_it_is_asked(
        self,
        qtbot: QtBot,
        workspace: Workspace,
        window: MainWindow,
        session: FakeSession,
        files: FakeFiles,
        tmp_path: Path,
    ):
        workspace.classe_view.tableur.click()
        idle(qtbot, window)
        assert session.suivis == []
        files.tableur = tmp_path
        workspace.classe_view.tableur.click()
        idle(qtbot, window)
        assert [target.suffix for _, target in session.suivis] == [".xlsx"]


def test_attendus_read_are_kept_and_undone(qtbot: QtBot, ouvert: Workspace, window: MainWindow, session: FakeSession):
    ouvert.equilibre_view.cards["fl1"].attendus.click()
    idle(qtbot, window)
    assert session.eleves[ELEVE].profil.favoris[0].attendus_lus
    ouvert.undo()
    idle(qtbot, window)
    assert not session.eleves[ELEVE].profil.favoris[0].attendus_lus

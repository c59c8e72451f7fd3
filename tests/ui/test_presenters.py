from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.views import FavoriRecord, ProfilRecord
from mps_desktop.ui.dialogs.ajouter_voeux import AjouterVoeuxDialog
from mps_desktop.ui.dialogs.avis import AvisDialog
from mps_desktop.ui.item_models.classe_model import Filtre
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.screens.profil.profil_presenter import format_note, parse_note
from mps_desktop.ui.workspace import EQUILIBRE, PROFIL, SUGGESTIONS, Workspace
from tests.ui.conftest import idle, press
from tests.ui.fakes import FakeSession
from tests.ui.monde import voeux_of

ELEVE = 2


def open_eleve(qtbot: QtBot, workspace: Workspace, window: MainWindow, tab: int, eleve_id: int = ELEVE) -> None:
    workspace.open_eleve(eleve_id)
    idle(qtbot, window)
    workspace.eleve_view.tabs.setCurrentIndex(tab)
    idle(qtbot, window)


@pytest.mark.parametrize(
    ("text", "note"),
    [("13,5", 13.5), ("13.5", 13.5), (" 8 ", 8.0), ("20", 20.0), ("", None), ("21", None), ("-1", None),
     ("1,2,3", None), ("douze", None), (",", None), ("٣", 3.0)],
)  # fmt: skip
def test_notes_are_read_as_teachers_write_them(text: str, note: float | None):
    assert parse_note(text) == note


def test_notes_are_written_in_french():
    assert [format_note(note) for note in (13.5, 12.0, None, -1.0)] == ["13,5", "12", "", ""]


class TestClasse:
    def test_counts_and_rows(self, workspace: Workspace, session: FakeSession):
        view = workspace.classe_view
        assert view.model.rowCount() == len(session.eleves)
        assert view.titre.text() == "Toutes les classes"
        vue = session.list_eleves(None)
        assert view.jalon.text() == f"{vue.nb_jalon_atteint}/{len(vue.lignes)}"
        assert str(vue.nb_sans_voeu) in view.chips[Filtre.SANS_VOEU].text()

    def test_one_class_hides_the_class_column(self, qtbot: QtBot, workspace: Workspace, window: MainWindow):
        workspace.barre.classe.setCurrentIndex(workspace.barre.classe.findData("TG1"))
        workspace.barre.classe.chosen.emit("TG1")
        idle(qtbot, window)
        assert workspace.classe_view.titre.text() == "TG1"
        assert workspace.classe_view.table.isColumnHidden(1)
        assert {li.classe for li in workspace.classe.shown()} == {"TG1"}

    def test_filters_that_keep_nobody_say_so(self, workspace: Workspace):
        view = workspace.classe_view
        view.filtre.setText("introuvable")
        assert view.pile.face == "aucun"
        view.aucun.button.click()
        assert view.pile.face == "table"
        assert view.filtre.text() == ""

    def test_enter_opens_the_student(self, qtbot: QtBot, workspace: Workspace, window: MainWindow):
        view = workspace.classe_view
        view.table.selectRow(1)
        expected = workspace.classe.shown()[1].id
        QTest.keyClick(view.table, Qt.Key.Key_Return)
        idle(qtbot, window)
        assert workspace.store.eleve_id == expected
        assert workspace.stack.currentWidget() is workspace.eleve_view

    def test_selected_students_go_to_the_documents(self, workspace: Workspace):
        view = workspace.classe_view
        view.table.selectRow(0)
        view.table.selectionModel().select(
            view.proxy.index(2, 0),
            view.table.selectionModel().SelectionFlag.Select | view.table.selectionModel().SelectionFlag.Rows,
        )
        chosen = workspace.classe.selected_ids()
        assert len(chosen) == 2
        assert "2" in view.exporter.text()
        view.exporter.click()
        assert workspace.documents.checked_ids() == chosen
        assert workspace.documents_view.choisis.isChecked()

    def test_a_failure_is_told_in_the_window(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        session.broken["list_eleves"] = EnvironmentFault("Le dossier ne répond plus.", "Rouvrez-le.")
        workspace.classe.reload()
        idle(qtbot, window)
        assert "ne répond plus" in workspace.banniere.texte


class TestProfil:
    def test_the_form_shows_the_profile(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, PROFIL)
        view, profil = workspace.profil_view, session.eleves[ELEVE].profil
        assert view.bac.currentText() == "Bac général"
        assert view.specialites.codes == profil.specialites
        assert view.moyenne.text() == format_note(profil.moyenne)
        assert view.domaines.codes == profil.domaines
        assert "des admis" in view.part_moyenne.text()

    def test_a_wrong_note_is_refused_in_place(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, PROFIL)
        before, view = session.eleves[ELEVE].profil.moyenne, workspace.profil_view
        view.moyenne.selectAll()
        QTest.keyClicks(view.moyenne, "25")
        assert "entre 0 et 20" in view.erreur_moyenne.text()
        view.moyenne.editingFinished.emit()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.moyenne == before
        assert view.moyenne.text() == format_note(before)

    def test_not_wanting_to_say_is_an_answer(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, PROFIL)
        workspace.profil_view.sans_moyenne.click()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.moyenne == -1
        assert not workspace.profil_view.moyenne.isEnabled()
        workspace.profil_view.sans_moyenne.click()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.moyenne is None

    def test_another_bac_keeps_only_its_specialites(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, PROFIL)
        workspace.profil_view.bac.chosen.emit("STMG")
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.bac == "STMG"
        assert session.eleves[ELEVE].profil.specialites == ()
        workspace.profil_view.bac.chosen.emit("P")
        assert not workspace.profil_view.bloc_specialites.isVisible()

    def test_a_metier_is_searched_and_added(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, PROFIL)
        search = workspace.profil_view.metiers.search
        search.setText("juge")
        search.ask()
        idle(qtbot, window)
        search.pick(search.answers.index(0, 0).data(Qt.ItemDataRole.UserRole + 1))
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.metiers[-1] == "MET.2"

    def test_every_choice_reaches_the_dossier(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, PROFIL, 5)
        view = workspace.profil_view
        view.situation.button("projet_precis").click()
        view.bac.chosen.emit("Générale")
        view.specialites.search.pick(session.options.specialites("Générale")[0])
        view.domaines.chip("dom41").click()
        view.interets.chip("ci10").click()
        view.duree.button("longue").click()
        view.alternance.button("interesse").click()
        QTest.keyClicks(view.moyenne, "12,5")
        workspace.flush()
        idle(qtbot, window)
        assert session.eleves[5].profil == ProfilRecord(
            situation="projet_precis", bac="Générale", specialites=("mat700",), moyenne=12.5, domaines=("dom41",),
            interets=("ci10",), duree_etudes="longue", alternance="interesse",
        )  # fmt: skip
        assert workspace.history.stack.count() == 8
        for _ in range(8):
            workspace.undo()
        idle(qtbot, window)
        assert session.eleves[5].profil == ProfilRecord()
        assert view.situation.code == ""

    def test_completeness_says_what_is_missing(self, qtbot: QtBot, workspace: Workspace, window: MainWindow):
        open_eleve(qtbot, workspace, window, PROFIL, 5)
        before = workspace.profil_view.completude.text()
        workspace.profil_view.domaines.chip("dom41").click()
        idle(qtbot, window)
        assert workspace.profil_view.completude.text() != before


class TestEleve:
    def test_walking_through_the_list_as_it_is_sorted(self, qtbot: QtBot, workspace: Workspace, window: MainWindow):
        order = [ligne.id for ligne in workspace.classe.shown()]
        open_eleve(qtbot, workspace, window, PROFIL, order[0])
        assert not workspace.eleve_view.precedent.isEnabled()
        press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        idle(qtbot, window)
        assert workspace.store.eleve_id == order[1]
        assert workspace.eleve_view.place.text() == f"2 sur {len(order)}"
        workspace.eleve_view.precedent.click()
        idle(qtbot, window)
        assert workspace.store.eleve_id == order[0]

    def test_a_student_who_is_gone_is_told(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        del session.eleves[ELEVE]
        workspace.open_eleve(ELEVE)
        idle(qtbot, window)
        assert "n’est plus dans le dossier" in workspace.banniere.texte


class TestSuggestions:
    def test_a_profile_without_tastes_says_what_to_fill(self, qtbot: QtBot, workspace: Workspace, window: MainWindow):
        open_eleve(qtbot, workspace, window, SUGGESTIONS, 5)
        assert workspace.suggestions_view.pile.face == "vide"
        assert "domaine" in workspace.suggestions_view.vide.text
        workspace.suggestions_view.vide.button.click()
        assert workspace.eleve_view.tabs.currentIndex() == PROFIL

    def test_add_hide_restore(self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession):
        open_eleve(qtbot, workspace, window, SUGGESTIONS)
        view = workspace.suggestions_view
        assert view.cards["fl1"].retenue.isVisible()
        view.cards["fl5"].ajouter.click()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.favoris[0] == FavoriRecord("fl5")
        assert view.cards["fl5"].retenue.isVisible()
        assert view.perime.isVisible()
        view.cards["fl6"].masquer.click()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.corbeille == ("fl6",)
        assert not view.cards["fl6"].isVisible()
        assert view.masquees.isVisible()
        workspace.undo()
        idle(qtbot, window)
        assert view.cards["fl6"].isVisible()
        assert not view.masquees.isVisible()

    def test_restore_button(self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession):
        open_eleve(qtbot, workspace, window, SUGGESTIONS)
        view = workspace.suggestions_view
        view.cards["fl6"].masquer.click()
        idle(qtbot, window)
        buttons = [b for b in view.findChildren(type(view.vide.button)) if b.accessibleName().startswith("Restaurer")]
        buttons[-1].click()
        idle(qtbot, window)
        assert session.eleves[ELEVE].profil.corbeille == ()

    def test_they_are_computed_again_only_when_asked(self, qtbot: QtBot, workspace: Workspace, window: MainWindow):
        open_eleve(qtbot, workspace, window, SUGGESTIONS)
        view = workspace.suggestions_view
        first = view.cards["fl4"]
        first.ajouter.click()
        idle(qtbot, window)
        assert view.cards["fl4"] is first
        workspace.suggestions.compute()
        idle(qtbot, window)
        assert view.cards["fl4"] is not first
        assert not view.perime.isVisible()


class TestEquilibre:
    def test_teacher_class_counts_and_is_undone(
        self,
        qtbot: QtBot,
        workspace: Workspace,
        window: MainWindow,
        session: FakeSession,
        monkeypatch: pytest.MonkeyPatch,
    ):
        monkeypatch.setattr(AvisDialog, "ask", lambda *_args: ("bon dossier", "Mme Fictive"))
        open_eleve(qtbot, workspace, window, EQUILIBRE, 4)
        view = workspace.equilibre_view
        code, voeu = "fl1", voeux_of("fl1")[0]
        view.cards[code].rows[voeu].enseignant.chosen.emit("B")
        idle(qtbot, window)
        assert session.eleves[4].profil.favoris[0].classes_enseignant == {voeu: "B"}
        assert view.cards[code].rows[voeu].ligne.classe == "B"
        view.cards[code].rows[voeu].enseignant.chosen.emit("")
        idle(qtbot, window)
        assert session.eleves[4].profil.favoris[0].classes_enseignant == {}

    def test_declared_class_and_note(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, EQUILIBRE, 4)
        card = workspace.equilibre_view.cards["fl1"]
        card.declaree.button("3").click()
        idle(qtbot, window)
        assert session.eleves[4].profil.favoris[0].niveau_ambition == 3
        card = workspace.equilibre_view.cards["fl1"]
        card.note.setPlainText("Portes ouvertes le 30 janvier")
        workspace.flush()
        idle(qtbot, window)
        assert session.eleves[4].profil.favoris[0].note == "Portes ouvertes le 30 janvier"
        assert workspace.equilibre_view.cards["fl1"] is card
        workspace.undo()
        idle(qtbot, window)
        assert card.note.toPlainText() == ""

    def test_remove_a_voeu_then_its_formation(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, EQUILIBRE, 4)
        view = workspace.equilibre_view
        count = len(session.eleves[4].profil.favoris[0].voeux)
        view.cards["fl1"].rows[voeux_of("fl1")[0]].retirer.click()
        idle(qtbot, window)
        assert len(session.eleves[4].profil.favoris[0].voeux) == count - 1
        view.cards["fl1"].retirer.click()
        idle(qtbot, window)
        assert "fl1" not in view.cards
        workspace.undo()
        workspace.undo()
        idle(qtbot, window)
        assert len(session.eleves[4].profil.favoris[0].voeux) == count

    def test_a_formation_is_added_by_its_name(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        open_eleve(qtbot, workspace, window, EQUILIBRE, 5)
        assert workspace.equilibre_view.vide.isVisible()
        search = workspace.equilibre_view.recherche
        search.setText("psychologie")
        search.ask()
        idle(qtbot, window)
        search.pick(search.answers.index(0, 0).data(Qt.ItemDataRole.UserRole + 1))
        idle(qtbot, window)
        assert [f.formation_id for f in session.eleves[5].profil.favoris] == ["fl5"]
        assert not workspace.equilibre_view.vide.isVisible()

    def test_the_dialog_lists_within_a_radius(
        self, qtbot: QtBot, workspace: Workspace, window: MainWindow, session: FakeSession
    ):
        dialog = AjouterVoeuxDialog(
            window._theme, session, window.runner, window.messenger, 5, "fl6", "École", parent=window
        )
        qtbot.addWidget(dialog)
        idle(qtbot, window)
        assert dialog.model.rowCount() == 4
        dialog.rayons.button("20").click()
        idle(qtbot, window)
        assert dialog.model.rowCount() == 1
        assert not dialog.ajouter.isEnabled()
        dialog.table.selectRow(0)
        assert dialog.chosen() == (voeux_of("fl6")[0],)
        assert dialog.ajouter.isEnabled()
        session.broken["list_voeux_possibles"] = EnvironmentFault("Catalogue illisible.", "Réinstallez.")
        dialog.rayons.button("10").click()
        idle(qtbot, window)
        assert dialog.pile.face == "vide"
        assert dialog.vide.text == "Réinstallez."

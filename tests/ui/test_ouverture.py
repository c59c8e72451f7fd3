from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.views import DossierRecent
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.theme import Theme
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeAccueil, FakeFiles, FakeSettings
from tests.ui.monde import PASSWORD


def test_the_last_dossier_is_ready_to_be_unlocked(window: MainWindow):
    view = window.ouverture_view
    assert view.recents.count() == 1
    assert view.nom_choisi.text() == "Terminales d’essai"
    assert view.mot_de_passe.isVisible()
    assert not view.ouvrir.isEnabled()


def test_a_wrong_password_is_told_in_place(qtbot: QtBot, window: MainWindow):
    view = window.ouverture_view
    view.mot_de_passe.setText("essai au hasard")
    view.ouvrir.click()
    idle(qtbot, window)
    assert view.pile.face == "formulaire"
    assert view.banniere.isVisible()
    assert view.banniere.texte.startswith("Ce mot de passe n’ouvre pas le dossier")
    assert window.workspace is None


def test_the_right_password_opens_and_leaves_no_trace_of_it(qtbot: QtBot, window: MainWindow):
    view = window.ouverture_view
    view.mot_de_passe.setText(PASSWORD)
    view.mot_de_passe.returnPressed.emit()
    idle(qtbot, window)
    assert window.workspace is not None
    assert view.mot_de_passe.text() == ""
    assert window.windowTitle().startswith("Terminales d’essai")


def test_ctrl_z_does_not_bring_a_password_back(qtbot: QtBot, window: MainWindow):
    field = window.ouverture_view.mot_de_passe
    for _ in range(2):
        QTest.keyClicks(field, PASSWORD)
        assert field.isUndoAvailable()
        window.ouverture.unlock()
        idle(qtbot, window)
        window.lock()
        idle(qtbot, window)
        assert field.echoMode() == QLineEdit.EchoMode.Password  # the eye was left open
        field.oeil.click()
        assert field.echoMode() == QLineEdit.EchoMode.Normal
        field.undo()
        assert field.text() == ""


def test_a_new_dossier_needs_a_name_and_the_same_password_twice(qtbot: QtBot, window: MainWindow, accueil: FakeAccueil):
    view = window.ouverture_view
    view.mode.button("creer").click()
    assert view.nouveau.isVisible()
    view.nom.setText("TG2 2026")
    assert view.lieu.text() == f"Dans {Path('/dossiers/tg2-2026')}"
    view.nouveau.setText("court")
    assert view.solidite.level == 0
    assert not view.creer.isEnabled()
    view.nouveau.setText("quatre mots sans rapport")
    assert view.solidite.level == 4
    view.confirmation.setText("quatre mots")
    assert not view.ecart.isVisible()
    view.confirmation.setText("quatre maux")
    assert view.ecart.isVisible()
    assert not view.creer.isEnabled()
    view.confirmation.setText("quatre mots sans rapport")
    view.creer.click()
    idle(qtbot, window)
    assert accueil.created == [(Path("/dossiers/tg2-2026"), "TG2 2026")]
    assert window.workspace is not None
    assert window.workspace.classe_view.pile.face == "vide"


def test_another_place_can_be_chosen(window: MainWindow, files: FakeFiles, tmp_path: Path):
    view = window.ouverture_view
    view.mode.button("creer").click()
    files.place = tmp_path / "ailleurs"
    view.nom.setText("TG2")
    view.changer_lieu.click()
    assert str(tmp_path / "ailleurs") in view.lieu.text()


def test_a_dossier_elsewhere_can_be_opened(qtbot: QtBot, window: MainWindow, files: FakeFiles, tmp_path: Path):
    view = window.ouverture_view
    files.dossier = tmp_path / "cle-usb"
    view.autre.click()
    assert view.nom_choisi.text() == "cle-usb"
    view.mot_de_passe.setText(PASSWORD)
    view.ouvrir.click()
    idle(qtbot, window)
    assert window.workspace is not None


def test_the_demonstration_says_that_people_are_invented(qtbot: QtBot, window: MainWindow):
    window.ouverture_view.demo.click()
    idle(qtbot, window)
    assert window.workspace is not None
    labels = window.workspace.etat.findChildren(QLabel)
    assert any("élèves inventés" in label.text() for label in labels)


def test_without_recent_dossiers_one_is_created(qtbot: QtBot, theme: Theme, outside: Outside):
    window = MainWindow(FakeAccueil(), FakeSettings(), theme, outside)
    qtbot.addWidget(window)
    idle(qtbot, window)
    assert window.ouverture_view.mode.code == "creer"
    assert window.ouverture_view.recents.isHidden()


def test_a_missing_dossier_is_said(qtbot: QtBot, theme: Theme, outside: Outside):
    accueil = FakeAccueil(recents=(DossierRecent("/disque/parti", "Ancien", existe=False),))
    window = MainWindow(accueil, FakeSettings(), theme, outside)
    qtbot.addWidget(window)
    idle(qtbot, window)
    assert "introuvable" in window.ouverture_view.recents.item(0).text()


def test_locking_writes_closes_and_goes_back(qtbot: QtBot, window: MainWindow, session: FakeSession):
    window.enter(session)
    idle(qtbot, window)
    workspace = window.workspace
    assert workspace is not None
    workspace.open_eleve(2)
    idle(qtbot, window)
    workspace.profil_view.moyenne.setText("19")
    workspace.profil_view.moyenne.textEdited.emit("19")
    window.lock()
    idle(qtbot, window)
    assert session.closed
    assert session.eleves[2].profil.moyenne == 19.0
    assert window.workspace is None
    assert window.ouverture_view.isVisible()
    assert window.ouverture_view.nom_choisi.text() == "Terminales d’essai"


def test_a_write_refused_while_locking_is_told_on_the_opening_screen(
    qtbot: QtBot, window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
):
    window.enter(session)
    idle(qtbot, window)
    workspace = window.workspace
    assert workspace is not None
    workspace.open_eleve(2)
    idle(qtbot, window)

    def full(*_arguments: object) -> None:
        raise EnvironmentFault("Il n’y a plus de place sur le disque.", "Libérez de la place.")

    monkeypatch.setattr(session, "save_profil", full)
    workspace.profil_view.moyenne.setText("19")
    workspace.profil_view.moyenne.textEdited.emit("19")
    window.lock()
    idle(qtbot, window)
    assert session.closed
    told = window.ouverture_view.banniere
    assert told.isVisible()
    assert any("n’a pas été enregistrée" in label.text() for label in told.findChildren(QLabel))


def test_closing_the_window_closes_the_dossier(qtbot: QtBot, window: MainWindow, session: FakeSession):
    window.enter(session)
    idle(qtbot, window)
    assert window.close()
    assert session.closed


def test_appearance_is_kept(
    qtbot: QtBot, window: MainWindow, settings: FakeSettings, session: FakeSession, theme: Theme
):
    window.enter(session)
    idle(qtbot, window)
    assert window.workspace is not None
    window.workspace.barre.apparence.click()
    assert settings.current.theme == "sombre"
    assert theme.sombre
    window.workspace.barre.tailles[150].trigger()
    assert settings.current.taille_texte == 150
    assert theme.taille == 150
    window.workspace.rail.plier.click()
    assert settings.current.rail_deplie is False
    assert window.workspace.rail.width() < 100


def test_a_failing_list_of_recents_is_told(qtbot: QtBot, window: MainWindow, accueil: FakeAccueil):
    def broken() -> tuple[DossierRecent, ...]:
        raise EnvironmentFault("Le disque ne répond pas.", "Rebranchez-le.")

    accueil.recents = broken  # type: ignore[method-assign]  # a disk that fails
    window.ouverture.start()
    idle(qtbot, window)
    assert "ne répond pas" in window.ouverture_view.banniere.texte

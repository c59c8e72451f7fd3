"""Backups, recovery key, password, automatic lock and slowed tries, through the real widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.services.garde import EtatGarde
from mps_desktop.ui.dialogs.restaurer import RestaurerDialog
from mps_desktop.ui.dialogs.secrets import CleSecoursDialog, MotDePasseDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.veille import Veille
from mps_desktop.ui.workspace import Workspace
from tests.ui.conftest import idle
from tests.ui.fakes import FakeSession
from tests.ui.faux_dehors import FakeAccueil, FakeFiles, FakeSettings, password_opinion
from tests.ui.monde import PASSWORD

CLE = "K3QF-8XW2-0000-1111-2222-3333-4444"
D = TypeVar("D", bound=QDialog)


def answer(kind: type[D], act: Callable[[D], None]) -> None:
    """Act on the next modal dialog of that kind, as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_the_first_opening_of_the_day_backs_up_and_the_state_line_tells(workspace: Workspace, session: FakeSession):
    assert session.sauvegardes == 1
    assert workspace.etat.sauvegarde.text() == "Sauvegarde à 08:00"
    assert not workspace.banniere.isVisible()


def test_a_failed_backup_is_told_and_work_goes_on(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession
):
    session.garde = EtatGarde("Sauvegarde hier à 08:00", "La sauvegarde n’a pas pu être faite.", "Libérez de la place.")
    workspace.securite.back_up()
    idle(qtbot, window)
    assert workspace.etat.sauvegarde.text() == "Sauvegarde en échec"
    assert workspace.banniere.isVisible()
    assert workspace.barre.recherche.isEnabled()


def test_the_end_of_the_year_is_recalled(qtbot: QtBot, window: MainWindow, session: FakeSession):
    session.garde = EtatGarde("Sauvegarde à 08:00", rappel="L’année 2025-2026 s’est terminée.")
    window.enter(session)
    idle(qtbot, window)
    assert window.workspace is not None
    assert window.workspace.banniere.isVisible()


def test_a_new_dossier_shows_its_key_once_and_never_fills_the_clipboard(
    qtbot: QtBot, window: MainWindow, session: FakeSession, files: FakeFiles, tmp_path: Path
):
    QGuiApplication.clipboard().setText("avant")
    session.cle_secours = CLE
    files.pdf = tmp_path / "cle.pdf"
    window.enter(session)
    idle(qtbot, window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CleSecoursDialog)
    assert dialog.cle.text() == CLE
    assert QGuiApplication.clipboard().text() == "avant"
    assert not dialog.continuer.isEnabled()
    dialog.saisie.setText(CLE.replace("-", " ").lower()[:-1] + "9")
    assert not dialog.continuer.isEnabled()
    assert dialog.ecart.text()
    dialog.imprimer.click()
    idle(qtbot, window)
    assert session.imprimees == [(CLE, tmp_path / "cle.pdf")]
    dialog.saisie.setText(CLE.replace("-", "").lower())
    dialog.continuer.click()
    assert session.prendre_cle_secours() == ""


def test_the_key_is_copied_by_the_button_only(qtbot: QtBot, theme: Theme):
    dialog = CleSecoursDialog(theme, CLE, lambda: True)
    qtbot.addWidget(dialog)
    dialog.copier.click()
    assert QGuiApplication.clipboard().text() == CLE
    dialog.passer.click()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_the_password_is_changed(qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession):
    def fill(dialog: MotDePasseDialog) -> None:
        dialog.actuel.setText(PASSWORD)
        dialog.nouveau.setText("un autre bien long")
        assert not dialog.changer.isEnabled()
        dialog.confirmation.setText("un autre bien long")
        dialog.changer.click()

    answer(MotDePasseDialog, fill)
    workspace.securite.mot_de_passe.trigger()
    idle(qtbot, window)
    assert session.mots_de_passe == ["un autre bien long"]
    assert workspace.banniere.isVisible()


def test_only_the_present_secret_is_asked_for_a_new_key(qtbot: QtBot, theme: Theme):
    dialog = MotDePasseDialog.for_secret(theme)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.nouveau.isVisible()
    assert not dialog.changer.isEnabled()
    dialog.actuel.setText("quelque chose")
    assert dialog.changer.isEnabled()


def test_nobody_there_means_locked(qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession):
    assert window.veille.timer.interval() == 600_000
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert window.veille.timer.isActive()
    window.veille.timer.timeout.emit()
    idle(qtbot, window)
    assert window.workspace is None
    assert session.closed
    assert not window.veille.timer.isActive()


def test_the_delay_is_chosen_and_kept(window: MainWindow, workspace: Workspace, settings: FakeSettings):
    workspace.securite.delais[0].trigger()
    assert settings.current.verrouillage_min == 0
    assert not window.veille.timer.isActive()
    workspace.securite.delais[20].trigger()
    assert settings.current.verrouillage_min == 20
    assert window.veille.timer.interval() == 20 * 60_000
    assert window.veille.timer.isActive()


def test_a_backup_that_fails_on_closing_is_told_and_the_window_closes(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, session: FakeSession, monkeypatch: pytest.MonkeyPatch
):
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: told.append(text))

    def refuse() -> None:
        session.closed = True
        raise EnvironmentFault("La sauvegarde n’a pas pu être faite.", "Libérez de la place.")

    monkeypatch.setattr(session, "close", refuse)
    assert window.close()
    assert len(told) == 1
    assert "Libérez de la place" in told[0]


def test_tries_are_slowed_after_three_failures(qtbot: QtBot, window: MainWindow):
    view, presenter = window.ouverture_view, window.ouverture
    waits: list[int] = []
    for _ in range(5):
        view.mot_de_passe.setText("mauvais mot")
        presenter.unlock()
        idle(qtbot, window)
        waits.append(presenter.frein.secondes)
        assert view.restaurer.isEnabled() == (not presenter.frein.secondes)
        while presenter.frein.secondes:
            assert not view.ouvrir.isEnabled()
            assert view.attente_essai.text()
            presenter.frein.tick()
    assert waits == [0, 0, 5, 10, 20]
    assert view.ouvrir.isEnabled()
    view.mot_de_passe.setText(PASSWORD)
    presenter.unlock()
    idle(qtbot, window)
    assert presenter.frein.echecs == 0


def test_a_dossier_open_elsewhere_is_no_wrong_try(qtbot: QtBot, window: MainWindow, accueil: FakeAccueil):
    accueil.occupe = True
    for _ in range(4):
        window.ouverture_view.mot_de_passe.setText(PASSWORD)
        window.ouverture.unlock()
        idle(qtbot, window)
    assert "déjà ouvert" in window.ouverture_view.banniere.texte
    assert window.ouverture.frein.secondes == 0
    assert window.ouverture_view.ouvrir.isEnabled()


def test_a_backup_is_put_back_from_the_list(qtbot: QtBot, window: MainWindow, accueil: FakeAccueil):
    def fill(dialog: RestaurerDialog) -> None:
        assert "35" in dialog.liste.item(0).text()
        assert not dialog.restaurer.isEnabled()
        dialog.secret.setText(PASSWORD)
        dialog.restaurer.click()

    answer(RestaurerDialog, fill)
    window.ouverture_view.restaurer.click()
    qtbot.waitUntil(lambda: bool(accueil.restaures))
    idle(qtbot, window)
    assert accueil.restaures == [(Path("/dossiers/essai"), 1)]
    assert password_opinion("trois mots longs")[0] > 1


class CountingVeille(Veille):
    """Counts the events that go through it."""

    seen = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt override
        self.seen += 1
        return super().eventFilter(watched, event)


def test_the_watch_looks_away_while_a_job_runs(qapp: QApplication):
    parent = QObject()
    veille = CountingVeille(10, parent)
    veille.start()
    veille.pause()
    QApplication.sendEvent(parent, QEvent(QEvent.Type.User))
    assert veille.seen == 0
    veille.resume()
    QApplication.sendEvent(parent, QEvent(QEvent.Type.User))
    assert veille.seen
    veille.stop()
    veille.resume()
    assert not veille.timer.isActive()

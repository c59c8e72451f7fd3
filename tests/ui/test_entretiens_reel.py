"""Meetings and decisions in the real window, on a real encrypted dossier: left, locked, found again, taken back.

Then the journal, and everything written outside the dossier, are searched for their words.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mps_desktop.core.log import LOGGER
from mps_desktop.core.progress import Progress
from mps_desktop.services.accueil import Accueil
from mps_desktop.storage.dossier import unlock_dossier
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import ENTRETIENS, PROFIL
from tests.services.test_aucun_nom import read_all
from tests.ui.conftest import idle
from tests.ui.faux_dehors import FakeSettings
from tests.ui.test_psyen import texts
from tests.ui.test_psyen_reel import LISTE, MOT_DE_PASSE, donnees, enter, holds, pdf_text, settle, vrai_accueil  # noqa: F401  fixtures

pytestmark = pytest.mark.timeout(300)

DIT, SUITE, AVIS, DECISION, QUI = "ZZDIT hésite", "ZZSUITE rappeler", "ZZAVIS favorable", "ZZDECISION mars", "M. ZZQUI"


def test_written_left_locked_found_again_and_taken_back(
    qtbot: QtBot,
    theme: Theme,
    vrai_accueil: Accueil,  # noqa: F811  the fixture
    outside: Outside,
    donnees: Path,  # noqa: F811  the fixture
    tmp_path: Path,
):
    choisi = tmp_path / "choisi"
    window = MainWindow(vrai_accueil, FakeSettings(), theme, outside)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    folder = vrai_accueil.dossier_par_defaut("TG7")
    liste = tmp_path / "liste.csv"
    liste.write_text(LISTE, encoding="utf-8-sig")
    session = vrai_accueil.create(folder, "TG7", MOT_DE_PASSE, Progress())
    session.prendre_cle_secours()
    session.import_roster((liste,), "", Progress())
    window.enter(session)  # type: ignore[arg-type]  # the real session fills the port
    workspace = enter(qtbot, window, ENTRETIENS)
    view = workspace.entretiens.view

    # A meeting that is left for another tab, then a decision that the lock interrupts.
    view.noter.click()
    view.entretien.textes[0].setPlainText(DIT)
    view.entretien.suite.setText(SUITE)
    view.entretien.auteur.setText(QUI)
    workspace.eleve_view.tabs.setCurrentIndex(PROFIL)
    settle(qtbot, window)
    workspace.eleve_view.tabs.setCurrentIndex(ENTRETIENS)
    settle(qtbot, window)
    assert DIT in texts(view)
    view.noter_decision.click()
    view.decision.textes[0].setPlainText(AVIS)
    view.decision.textes[1].setPlainText(DECISION)
    window.lock()
    settle(qtbot, window)
    assert "ZZ" not in texts(window)

    # Unlocked: both are there. Corrected, erased, and taken back to what was found.
    window.ouverture_view.mot_de_passe.setText(MOT_DE_PASSE)
    window.ouverture.unlock()
    workspace = enter(qtbot, window, ENTRETIENS)
    view = workspace.entretiens.view
    assert all(said in texts(view) for said in (DIT, SUITE, AVIS, DECISION, QUI))
    found = view.feuilles
    view.edit_asked.emit(found[1])
    view.entretien.textes[0].setPlainText("ZZCORRIGE")
    view.entretien.enregistrer.click()
    settle(qtbot, window)
    view.erase_asked.emit(view.feuilles[0])
    settle(qtbot, window)
    assert [feuille.id for feuille in view.feuilles] == [found[1].id]
    for _ in range(2):
        workspace.undo()
        settle(qtbot, window)
    assert view.feuilles == found

    # The document of the conseil and the student's own data hold what they must; no other file, and not the journal.
    eleve_id = workspace.store.eleve_id
    opened = window.session
    assert opened is not None
    conseil = opened.export_report(None, "TG7", choisi / "conseil.pdf", Progress())
    assert all(holds(pdf_text(conseil), said) for said in (AVIS, DECISION))
    assert not holds(pdf_text(conseil), DIT)
    remis = opened.exporter_eleve(eleve_id, choisi / "remis", False)
    assert all(holds(pdf_text(remis), said) for said in (DIT, SUITE, AVIS, DECISION, QUI))
    assert window.close()
    idle(qtbot, window)
    with unlock_dossier(folder, MOT_DE_PASSE) as dossier, dossier.database.raw_connection() as connection:
        lines = connection.execute("SELECT * FROM journal").fetchall()
        assert {line[2] for line in lines} >= {"entretien.ajoute", "entretien.modifie", "decision.supprimee"}
        assert "ZZ" not in repr(lines)
    for handler in LOGGER.handlers:
        handler.close()
    LOGGER.handlers = []
    everything = read_all(donnees, tmp_path / "temporaire")
    assert "dossier.db" in {path.name for path in everything}
    told = [path.name for path, content in everything.items() if holds(content, "ZZ" + "DIT") or holds(content, AVIS)]
    assert told == []

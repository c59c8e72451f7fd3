"""The same screens on the real dossier, catalogue and engine, with the fictitious classes."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mps_desktop.app import build_accueil
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.accueil import Accueil
from mps_desktop.ui.captures import write_captures
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import EQUILIBRE, SUGGESTIONS
from tests.ui.conftest import idle
from tests.ui.faux_dehors import FakeSettings

pytestmark = pytest.mark.timeout(300)

SMALL = ("identite", "effacer", "avis", "calendrier", "raccourcis", "recherche")


@pytest.fixture
def vrai_accueil(tmp_path: Path) -> Generator[Accueil]:
    paths = build_paths(tmp_path / "donnees")
    if not paths.catalogue.is_file() or not any(paths.demo.glob("*.csv")):
        pytest.skip("catalogue ou classe fictive pas encore construits")
    with build_accueil(paths, SettingsStore(paths.settings_file)) as accueil:
        yield accueil


def test_a_day_on_the_fictitious_class(
    qtbot: QtBot, theme: Theme, vrai_accueil: Accueil, outside: Outside, tmp_path: Path
):
    window = MainWindow(vrai_accueil, FakeSettings(), theme, outside)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.ouverture.open_demo()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=60_000)
    idle(qtbot, window)
    workspace, session = window.workspace, window.session
    assert workspace is not None
    assert session is not None
    lignes = workspace.classe.shown()
    assert len(lignes) >= 20

    eleve = next(ligne for ligne in lignes if ligne.nb_voeux and ligne.completude > 80)
    workspace.open_eleve(eleve.id)
    idle(qtbot, window)
    before = session.load_eleve(eleve.id).profil
    workspace.profil_view.moyenne.setText("17,5")
    workspace.profil_view.moyenne.textEdited.emit("17,5")
    workspace.flush()
    idle(qtbot, window)
    assert session.load_eleve(eleve.id).profil.moyenne == 17.5
    assert "des admis" in workspace.profil_view.part_moyenne.text()
    workspace.undo()
    idle(qtbot, window)
    assert session.load_eleve(eleve.id).profil == before

    workspace.eleve_view.tabs.setCurrentIndex(SUGGESTIONS)
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=60_000)
    card = next(card for card in workspace.suggestions_view.cards.values() if card.ajouter.isVisibleTo(card))
    card.ajouter.click()
    idle(qtbot, window)
    formation = card.ligne.formation_id
    assert session.load_eleve(eleve.id).profil.favoris[0].formation_id == formation

    workspace.eleve_view.tabs.setCurrentIndex(EQUILIBRE)
    offered = session.list_voeux_possibles(eleve.id, formation, None)
    workspace.equilibre._ask_voeux = lambda *_question: (offered[0].voeu_id,)  # the dialog has its own tests
    workspace.equilibre_view.cards[formation].ajouter.click()
    idle(qtbot, window)
    assert list(workspace.equilibre_view.cards[formation].rows) == [offered[0].voeu_id]

    workspace.show_screen("documents")
    workspace.documents.choose_students((eleve.id,))
    workspace.documents_view.produire.click()
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=60_000)
    written = list(tmp_path.glob("*.pdf"))
    assert [file.read_bytes()[:5] for file in written] == [b"%PDF-"]
    assert window.close()


def test_a_picture_of_every_screen(qtbot: QtBot, theme: Theme, vrai_accueil: Accueil, tmp_path: Path):
    files = write_captures(vrai_accueil, tmp_path / "images", Progress())
    theme.set(mode="clair", taille=100)
    names = {file.stem for file in files}
    assert {"ouverture", "classe_vide", "classe", "profil", "suggestions", "equilibre", "documents"} <= names
    assert {"importer_apercu", "classe_sombre", "equilibre_sombre", "classe_150", "profil_150"} <= names
    assert {"recherche", "recherche_sombre", "raccourcis", "classe_200", "equilibre_200"} <= names
    for file in files:
        image = QImage(str(file))
        assert image.width() >= (400 if file.stem.split("_")[0] in SMALL else 800)
        colors = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colors) > 20, file.name

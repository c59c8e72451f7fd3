"""The psyEN's notes in the real windows, on a real encrypted dossier; then every file is searched for their text."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Generator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mps_desktop import cli
from mps_desktop.app import build_accueil
from mps_desktop.core.log import LOGGER
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.accueil import Accueil
from mps_desktop.services.maintenance import export_to
from mps_desktop.storage.dossier import unlock_dossier
from mps_desktop.ui.dialogs.secrets import CleSecoursDialog, MotDePasseDialog
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.ports import Outside
from mps_desktop.ui.screens.psyen.psyen_view import ABSENT, FERME, OUVERT
from mps_desktop.ui.theme import Theme
from mps_desktop.ui.workspace import PSYEN, Workspace
from tests.services.test_aucun_nom import forms, read_all
from tests.ui.conftest import idle
from tests.ui.faux_dehors import FakeFiles, FakeSettings
from tests.ui.test_psyen import choose, texts
from tests.ui.test_securite import answer

pytestmark = pytest.mark.timeout(300)

MOT_DE_PASSE, SECRET = "violon brique tapis nuage", "carafe orage lutin bambou"
NOTE, BROUILLON, AUTEUR = "ZZCONFIDENCE sur un trac", "ZZBROUILLON jamais relu", "Mme ZZPSYCHOLOGUE"
LISTE = "Nom;Prénom;Classe;Formation\nBIDON;Zoé;TG7;TERMINALE GENERALE\nLE TESTEUR;Œdipe;TG7;TERMINALE GENERALE\n"


@pytest.fixture
def donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    temporary = tmp_path / "temporaire"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return tmp_path / "donnees"


@pytest.fixture
def vrai_accueil(donnees: Path) -> Generator[Accueil]:
    paths = build_paths(donnees)
    if not paths.catalogue.is_file():
        pytest.skip("catalogue pas encore construit")
    with build_accueil(paths, SettingsStore(paths.settings_file)) as accueil:
        yield accueil


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=60_000)


def enter(qtbot: QtBot, window: MainWindow, tab: int = PSYEN) -> Workspace:
    """The dossier is open: its first student's tab."""
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=60_000)
    settle(qtbot, window)
    workspace = window.workspace
    assert workspace is not None
    workspace.open_eleve(workspace.classe.shown()[0].id)
    settle(qtbot, window)
    workspace.eleve_view.tabs.setCurrentIndex(tab)
    settle(qtbot, window)
    return workspace


def rows_of(folder: Path, tmp_path: Path) -> bytes:
    """Every row of every table, as who knows the dossier's password reads them, and the decrypted pages."""
    clear = tmp_path / "clair.db"
    with unlock_dossier(folder, MOT_DE_PASSE) as opened, opened.database.raw_connection() as connection:
        connection.execute("ATTACH DATABASE ? AS clair KEY ''", (str(clear),))
        connection.execute("SELECT sqlcipher_export('clair')")
        connection.execute("DETACH DATABASE clair")
    plain = sqlite3.connect(clear)
    tables = [name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert {"note_psyen", "cle_psyen", "journal"} <= set(tables)
    assert plain.execute("SELECT count(*) FROM note_psyen").fetchone() == (1,)
    told = repr([plain.execute(f"SELECT * FROM {name}").fetchall() for name in tables]).encode()
    plain.close()
    pages = clear.read_bytes()
    clear.unlink()
    return told + pages


def test_a_psyen_writes_locks_and_nobody_else_reads(
    qtbot: QtBot, theme: Theme, vrai_accueil: Accueil, outside: Outside, files: FakeFiles, donnees: Path, tmp_path: Path
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
    workspace = enter(qtbot, window)
    view = workspace.psyen.view
    assert view.pile.face == ABSENT

    # The psyEN chooses a password, writes, corrects, begins another note, locks.
    answer(MotDePasseDialog, lambda dialog: choose(dialog, SECRET))
    view.absent.button.click()
    settle(qtbot, window)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, CleSecoursDialog)
    cle = shown.cle.text()
    shown.passer.click()
    for texte in (BROUILLON, NOTE):
        (view.edit_asked.emit(next(iter(workspace.psyen._notes))) if texte == NOTE else view.nouvelle.click())
        view.auteur.setText(AUTEUR)
        view.texte.setPlainText(texte)
        view.enregistrer.click()
        settle(qtbot, window)
    assert NOTE in texts(view)
    open_files = read_all(donnees, tmp_path / "temporaire")  # while it is open, the write-ahead log too
    view.fermer.click()
    settle(qtbot, window)

    # The PP sees that there is a note, undoes nothing of it, makes documents.
    assert view.pile.face == FERME
    assert "ZZ" not in texts(window)
    workspace.undo()
    settle(qtbot, window)
    assert "verrouillées" in workspace.banniere.texte
    eleve_id = workspace.store.eleve_id
    session.export_report(None, "TG7", choisi / "conseil.pdf", Progress())
    handed = session.exporter_eleve(eleve_id, choisi / "remis", joindre_notes_psyen=False)
    assert "1 note du psyEN, non lisible" in " ".join(pdf_text(handed).decode().split())

    # The psyEN opens again, reads, takes the correction back and makes it again; the window locks everything.
    view.secret.setText(SECRET)
    view.ouvrir.click()
    settle(qtbot, window)
    assert view.pile.face == OUVERT
    for move, expected in ((workspace.undo, BROUILLON), (workspace.redo, NOTE)):
        move()
        settle(qtbot, window)
        assert expected in texts(view)
    key = session.psyen._cle
    window.lock()
    settle(qtbot, window)
    assert key is not None
    assert not any(key)
    assert "ZZ" not in texts(window)

    # Another day: the dossier's password alone opens nothing of it; the recovery key does.
    window.ouverture_view.mot_de_passe.setText(MOT_DE_PASSE)
    window.ouverture.unlock()
    view = enter(qtbot, window).psyen.view
    assert view.pile.face == FERME
    view.secret.setText(MOT_DE_PASSE)
    view.ouvrir.click()
    settle(qtbot, window)
    assert "n’ouvre pas" in view.refus.texte
    view.secret.setText(cle)
    view.ouvrir.click()
    settle(qtbot, window)
    assert NOTE in texts(view)
    assert window.close()
    idle(qtbot, window)

    # Nothing of it anywhere.
    export_to(folder, MOT_DE_PASSE, donnees / "copie.mpsdossier")
    cli.run(["--data-dir", str(donnees), "dossier", "verifier", str(tmp_path / "absent")])
    for handler in LOGGER.handlers:
        handler.close()
    LOGGER.handlers = []
    everything = open_files | read_all(donnees, tmp_path / "temporaire", choisi)
    names = {path.name for path in everything}
    assert {"dossier.db", "dossier.db-wal", "copie.mpsdossier", "conseil.pdf", "sauvegarde.toml"} <= names
    everything[tmp_path / "lignes"] = rows_of(folder, tmp_path)
    everything |= {path.with_suffix(".texte"): pdf_text(path) for path in everything if path.suffix == ".pdf"}
    with zipfile.ZipFile(donnees / "copie.mpsdossier") as archive:
        everything |= {Path(name): archive.read(name) for name in archive.namelist()}
    secrets = (NOTE, BROUILLON, AUTEUR, "ZZCONFIDENCE", SECRET, cle, cle.replace("-", ""))
    told = [(path.name, secret) for path, content in everything.items() for secret in secrets if holds(content, secret)]
    assert told == []


def holds(content: bytes, secret: str) -> bool:
    return any(form in content for form in forms(secret))


def pdf_text(path: Path) -> bytes:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages).encode()

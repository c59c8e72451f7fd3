"""A whole day of a teacher, in a process of its own: the command line, then the real window, then what goes wrong.

Run by ``test_rien_dehors`` with the home, temporary and working folders of its choice, so that everything written
outside the dossier can be read afterwards.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest

from mps_desktop import cli
from mps_desktop.app import build_accueil, build_window
from mps_desktop.core.log import configure_log
from mps_desktop.core.paths import build_paths
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.views import FavoriRecord
from mps_desktop.ui.application import build_application
from mps_desktop.ui.dialogs import files as dialogs
from mps_desktop.ui.main_window import MainWindow
from mps_desktop.ui.workspace import Workspace
from tests.ui.faux_dehors import FakeFiles

MOT_DE_PASSE = "violon brique tapis nuage"
NOMS = ("ZZQUIDAMOT", "Wxilophène", "ZZANONYMUS", "Kwyxette")
NOTE = "ZZCONFIDENCE de sa tante"
INE = "987654321ZZ"
SECRETS = (*NOMS, NOTE, INE, MOT_DE_PASSE)
LISTE = f"""Nom;Prénom;Né(e) le;INE;Classe;Formation
{NOMS[0]};{NOMS[1]};14/02/2009;{INE};TG7;TERMINALE GENERALE
{NOMS[2]};{NOMS[3]};03/11/2009;;TG7;TERMINALE GENERALE
"""
ABIMEE = f"Nom;Prénom\n{NOMS[0]}\x00;{NOMS[1]};;;;;\n".encode("utf-16")


def main(place: Path) -> None:
    """Everything, under ``place``: ``classe`` is the dossier, ``rendu`` what the teacher asks for."""
    liste, abimee = place / "liste.csv", place / "abimee.csv"
    liste.write_text(LISTE, encoding="utf-8-sig")
    abimee.write_bytes(ABIMEE)
    os.environ["MPS_MOT_DE_PASSE"] = MOT_DE_PASSE
    for command in ([str(liste)], [str(abimee)], [str(liste), str(abimee)]):
        cli.run(["importer", *command, "--apercu"])
    _call("rapport", str(liste), "--sortie", str(place / "rendu" / "rapport"))
    _window(place, liste, abimee)
    dossier, export = str(place / "classe"), str(place / "rendu" / "classe.mpsdossier")
    _call("dossier", "verifier", dossier)
    _call("dossier", "exporter", dossier, export)
    _call("dossier", "importer", export, str(place / "ailleurs"))
    _call("dossier", "exporter-eleve", dossier, NOMS[0], "--sortie", str(place / "rendu"))
    _call("dossier", "journal", dossier)
    _call("dossier", "restaurer", dossier, "--numero", "1")
    _call("dossier", "purger", dossier, "--classe", "TG7", "--oui")
    cli.run(["dossier", "exporter-eleve", dossier, NOMS[2]])  # gone: refused
    cli.run(["dossier", "importer", str(liste), str(place / "non")])


def _call(*arguments: str) -> None:
    if cli.run(list(arguments)):
        message = f"refused: {arguments}"
        raise RuntimeError(message)


def _window(place: Path, liste: Path, abimee: Path) -> None:
    app = build_application(["parcours"])
    chosen = FakeFiles()
    dialogs.SystemFiles = lambda: chosen  # type: ignore[misc,assignment]  nobody is there to choose
    paths = build_paths()
    configure_log(paths.logs)
    settings = SettingsStore(paths.settings_file)
    with build_accueil(paths, settings) as accueil:
        window = build_window(app, paths, settings, accueil)
        sys.excepthook = sys.__excepthook__  # what fails here must be read by the test
        window.show()
        _create(window, place / "classe")
        room = _room(window)
        for file in (abimee, liste):
            chosen.rosters = (file,)
            dialog = room.open_import()
            dialog.depot.choisir.click()
            _idle(window)
            if file == liste:
                dialog.importer.click()
            else:
                dialog.reject()
            _idle(window)
        eleve = room.classe.shown()[0].id
        room.open_eleve(eleve)
        _idle(window)
        session = window.session
        assert session is not None
        profil = replace(session.load_eleve(eleve).profil, moyenne=13.5, favoris=(FavoriRecord("fl490030", note=NOTE),))
        session.save_profil(eleve, profil)
        QTest.keyClicks(room.barre.recherche, NOMS[0])
        _idle(window)
        session.export_suivi("TG7", place / "rendu" / "suivi.xlsx")
        window.messenger.fail(ValueError(f"{NOMS[0]} {NOTE}"))
        room.securite.back_up()
        _idle(window)
        shutil.copytree(place / "classe", place / "ouvert")  # while the write-ahead log is there
        assert (place / "ouvert" / "dossier.db-wal").stat().st_size
        window.lock()
        _idle(window)
        for secret in (NOTE, MOT_DE_PASSE):  # a wrong password first
            window.ouverture_view.mot_de_passe.setText(secret)
            window.ouverture.unlock()
            _idle(window)
        _room(window).undo()
        _idle(window)
        window.close()


def _create(window: MainWindow, folder: Path) -> None:
    view = window.ouverture_view
    view.mode.button("creer").click()
    view.nom.setText("TG7 fictive")
    window.ouverture.set_place(folder)
    view.nouveau.setText(MOT_DE_PASSE)
    view.confirmation.setText(MOT_DE_PASSE)
    view.creer.click()
    _until(lambda: window.workspace is not None)
    _idle(window)


def _room(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def _idle(window: MainWindow) -> None:
    _until(lambda: not window.runner.busy)


def _until(condition: Callable[[], bool]) -> None:
    for _ in range(12_000):
        if condition():
            return
        QTest.qWait(10)
    message = "the window does not answer"
    raise RuntimeError(message)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

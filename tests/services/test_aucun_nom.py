"""A whole journey, then every file that the program wrote is read: no invented student is named in any of them."""

from __future__ import annotations

import tempfile
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mps_desktop import cli
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.log import LOGGER, write_crash_report
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.core.settings import SettingsStore
from mps_desktop.services.accueil import Accueil
from mps_desktop.services.maintenance import export_to
from mps_desktop.services.purge import preview_purge, purge
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import ProfilRecord
from mps_desktop.storage.dossier import unlock_dossier
from mps_desktop.storage.records import EntretienRecord, FavoriRecord
from mps_desktop.storage.repositories.entretiens import EntretienRepository

NAMES = ("ZZQUIDAMOT", "Wxilophène", "ZZANONYMUS", "Kwyxette")
NOTE = "ZZCONFIDENCE sur ses parents"
INE = "987654321ZZ"
MOT_DE_PASSE = "violon brique tapis nuage"
LISTE = f"""Nom;Prénom;Né(e) le;INE;Classe;Formation
{NAMES[0]};{NAMES[1]};14/02/2009;{INE};TG7;TERMINALE GENERALE
{NAMES[2]};{NAMES[3]};03/11/2009;;TG7;TERMINALE GENERALE
"""


def forms(text: str) -> set[bytes]:
    """The bytes that would give a text away, in the encodings that a file could use."""
    spellings = {text, text.lower(), text.upper(), unicodedata.normalize("NFD", text)}
    return {word.encode(code, "replace") for word in spellings for code in ("utf-8", "utf-16-le", "cp1252")}


def test_no_student_is_named_outside_the_encrypted_pages(socle: Socle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data, temporary, rendered = tmp_path / "donnees", tmp_path / "temporaire", tmp_path / "choisi"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("MPS_MOT_DE_PASSE", MOT_DE_PASSE)
    monkeypatch.chdir(temporary)
    source = tmp_path / "liste.csv"
    source.write_text(LISTE, encoding="utf-8-sig")
    paths = build_paths(data)
    settings = SettingsStore(paths.settings_file)
    progress = Progress()

    def no_demo(*_args: object) -> None:
        pytest.fail("the demonstration is not asked for")

    accueil = Accueil(lambda: socle, paths, settings, lambda: date(2026, 11, 24), no_demo)  # type: ignore[arg-type]  # never called
    folder = accueil.dossier_par_defaut("TG7 fictive")
    session = accueil.create(folder, "TG7 fictive", MOT_DE_PASSE, progress)
    session.sauvegarde_du_jour(progress)
    session.import_roster((source,), "", progress)
    favori = FavoriRecord("fl490030", 2, note=NOTE)
    session.save_profil(1, ProfilRecord(bac="Générale", moyenne=13.5, favoris=(favori,)))
    with pytest.raises(EnvironmentFault):
        session.save_profil(404, ProfilRecord())
    session.export_report(None, "TG7", rendered / "conseil.pdf", progress)
    session.sauvegarder(progress)
    open_files = read_all(data, temporary)  # while the write-ahead log is still there
    session.close()
    with unlock_dossier(folder, MOT_DE_PASSE) as opened:
        with opened.database.transaction() as writing:
            EntretienRepository(writing).add(EntretienRecord(0, 2, date(2026, 11, 24), NOTE))
        purge(opened, preview_purge(opened, classes=("TG7",)), progress, now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    export_to(folder, MOT_DE_PASSE, data / "copie.mpsdossier")
    cli.run(["--data-dir", str(data), "dossier", "journal", str(folder)])
    cli.run(["--data-dir", str(data), "importer", str(source), "--apercu"])
    write_crash_report(paths.logs, ValueError(NAMES[0]), datetime.now(UTC), "essai")
    for handler in LOGGER.handlers:
        handler.close()
    LOGGER.handlers = []

    files = open_files | read_all(data, temporary)
    kinds = {path.name for path in files}
    assert {"dossier.db", "dossier.db-wal", "dossier.toml", "sauvegarde.toml", "reglages.toml"} <= kinds
    assert any(name.startswith("incident-") for name in kinds)
    assert any(name.startswith("purge-") for name in kinds)
    assert "copie.mpsdossier" in kinds
    assert any(form in source.read_bytes() for form in forms(NAMES[1]))  # the search finds what is there
    told = [
        (path.name, secret)
        for path, content in files.items()
        for secret in (*NAMES, NOTE, INE)
        if any(form in content for form in forms(secret)) or secret.lower() in str(path).lower()
    ]
    assert told == []
    assert list(rendered.glob("*.pdf"))  # the document asked for does name people, where the teacher put it


def read_all(*folders: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mps_desktop.core.log import LOGGER, configure_log, write_crash_report
from mps_desktop.core.paths import build_paths, find_resources
from mps_desktop.core.settings import Settings, SettingsStore


def test_settings_survive_a_restart(tmp_path: Path):
    file = tmp_path / "profil" / "reglages.toml"
    SettingsStore(file).update(theme="sombre", taille_texte=150, rail_deplie=False)
    again = SettingsStore(file).current
    assert (again.theme, again.taille_texte, again.rail_deplie) == ("sombre", 150, False)


@pytest.mark.parametrize("content", ["pas du toml = = =", "theme = 3\ntaille_texte = 'grand'", ""])
def test_a_damaged_settings_file_counts_as_absent(tmp_path: Path, content: str):
    file = tmp_path / "reglages.toml"
    file.write_text(content)
    assert SettingsStore(file).current == Settings()


def test_recent_dossiers_are_few_and_newest_first(tmp_path: Path):
    store = SettingsStore(tmp_path / "reglages.toml")
    for n in range(10):
        store.remember_dossier(tmp_path / f"classe{n}")
    store.remember_dossier(tmp_path / "classe5")
    recents = store.current.dossiers_recents
    assert recents[0] == str(tmp_path / "classe5")
    assert len(recents) == len(set(recents)) == 8


def test_a_crash_report_names_places_never_values(tmp_path: Path):
    def fail(nom: str) -> None:
        message = f"élève {nom} introuvable"
        raise KeyError(message)

    with pytest.raises(KeyError) as caught:
        fail("BIDON Zoé")
    file = write_crash_report(tmp_path, caught.value, datetime(2026, 11, 24, tzinfo=UTC), "0.1.0")
    assert file is not None
    text = file.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "in fail" not in text
    assert " fail" in text
    assert "BIDON" not in text


def test_the_log_goes_to_a_file(tmp_path: Path):
    try:
        configure_log(tmp_path / "journaux")
        LOGGER.info("ouverture")
        assert "ouverture" in (tmp_path / "journaux" / "mps-bureau.log").read_text(encoding="utf-8")
        for _ in range(600):
            LOGGER.info("x" * 1000)
        files = sorted((tmp_path / "journaux").iterdir())
        assert [file.name for file in files] == ["mps-bureau.log", "mps-bureau.log.1"]
        assert os.name == "nt" or [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    finally:
        for handler in LOGGER.handlers:
            handler.close()
        LOGGER.handlers = []
        LOGGER.propagate = True


def test_a_data_dir_moves_everything_that_is_written(tmp_path: Path):
    paths = build_paths(tmp_path)
    for folder in (paths.data, paths.dossiers, paths.documents, paths.logs, paths.settings_file):
        assert folder.is_relative_to(tmp_path)
    assert paths.resources == find_resources()
    assert (paths.resources / "textes").is_dir()

"""Where a file is, as people say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.core import paths


def test_a_place_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "maison"
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(paths.platformdirs, "user_documents_dir", lambda: str(home / "Documents"))
    monkeypatch.setattr(paths.platformdirs, "user_data_dir", lambda *_args, **_kw: str(home / ".donnees"))
    monkeypatch.setattr(paths.tempfile, "gettempdir", lambda: str(tmp_path / "provisoire"))
    told = paths.describe_place
    assert told(home / "Documents" / "Classe" / "TG7") == "«\u202fTG7\u202f», dans vos documents › Classe"
    assert told(home / ".donnees" / "dossiers" / "TG7").endswith("les données de MPS Bureau sur ce poste › dossiers")
    assert told(home / "Bureau" / "TG7").endswith("votre dossier personnel › Bureau")
    assert told(tmp_path / "provisoire" / "x1y2" / "TG7").endswith("dans un dossier temporaire de ce poste")
    elsewhere = told(tmp_path / "cle" / "TG7")
    assert elsewhere.startswith("«\u202fTG7\u202f», dans ")
    assert "cle" in elsewhere

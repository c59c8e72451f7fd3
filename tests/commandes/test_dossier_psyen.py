"""``dossier exporter-eleve``: the psyEN's notes are joined with his own password, and in no other case."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from mps_desktop.cli import run
from mps_desktop.services.psyen import NoteSaisie, Psyen
from mps_desktop.storage.dossier import create_dossier
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.storage.samples import FAST, MOT_DE_PASSE, MOT_DE_PASSE_PSYEN, build_eleve


def test_the_notes_are_joined_with_their_own_password_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    dossier = tmp_path / "dossier"
    with create_dossier(dossier, "TG7 fictive", MOT_DE_PASSE, FAST) as opened:
        with opened.database.transaction() as session:
            EleveRepository(session).add(build_eleve())
        psyen = Psyen(opened, FAST)
        psyen.creer(MOT_DE_PASSE_PSYEN)
        psyen.ecrire(1, NoteSaisie(date(2026, 11, 24), "Mme Fictive", "ZZSECRET"))
        psyen.fermer()
    monkeypatch.setenv("MPS_MOT_DE_PASSE", MOT_DE_PASSE)

    def export(*options: str) -> int:
        return run(["dossier", "exporter-eleve", str(dossier), "1", "--sortie", str(tmp_path / "remis"), *options])

    def told() -> dict[str, object]:
        return json.loads((tmp_path / "remis" / "donnees-eleve-1.json").read_text(encoding="utf-8"))["notes_psyen"]

    assert export() == 0
    assert (told()["nombre"], told()["jointes"]) == (1, [])
    monkeypatch.setenv("MPS_MOT_DE_PASSE_PSYEN", MOT_DE_PASSE)
    assert export("--avec-notes-psyen") == 1
    assert "n’ouvre pas les notes" in capsys.readouterr().err
    monkeypatch.setenv("MPS_MOT_DE_PASSE_PSYEN", MOT_DE_PASSE_PSYEN)
    assert export("--avec-notes-psyen") == 0
    assert "ZZSECRET" in str(told()["jointes"])

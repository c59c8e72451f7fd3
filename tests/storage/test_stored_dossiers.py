"""Dossiers written by every past format, opened by this version. Never regenerate them: add one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mps_desktop.storage.dossier import unlock_dossier
from mps_desktop.storage.header import FORMAT
from mps_desktop.storage.migrations import HEAD, current_revision
from mps_desktop.storage.repositories.avis import list_avis
from mps_desktop.storage.repositories.bilans import BilanRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from tests.storage.samples import BILAN, MOT_DE_PASSE, MOTIF, PROFIL, VIDE

STORED = sorted((Path(__file__).parent / "bases").glob("format_*"))


def test_the_current_format_has_its_stored_dossier():
    assert f"format_{FORMAT[0]}_{FORMAT[1]}" in [folder.name for folder in STORED]


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.name)
def test_a_stored_dossier_opens_with_everything_in_it(stored: Path, tmp_path: Path):
    folder = tmp_path / "dossier"
    shutil.copytree(stored, folder)
    with unlock_dossier(folder, MOT_DE_PASSE) as opened:
        assert opened.nom == "Lycée fictif"
        assert current_revision(opened.database) == HEAD
        with opened.database.read() as session:
            first, second = EleveRepository(session).list()
            opinions = list_avis(session, second.id)
            states = BilanRepository(session).list("2nde B")
    assert (first.nom, first.prenom, first.classe, first.niveau) == ("BIDON", "Zoé", "2nde B", "seconde")
    assert (first.naissance, first.sexe, first.ine, first.profil) == (None, "", "", VIDE)
    assert (second.nom, second.prenom, second.ine, second.profil) == ("LE TESTEUR", "Œdipe", "000000000AA", PROFIL)
    if stored.name == "format_1_0":  # before reasons and states of classes were kept
        assert (opinions, states) == ((), ())
        return
    assert [(a.voeu_id, a.classe, a.motif) for a in opinions] == [
        ("ta1", "A+", ""), ("ta2", "B", ""), ("ta2", "B", MOTIF.motif), ("ta2", "B", "")
    ]  # fmt: skip
    assert (opinions[2].auteur, opinions[2].jour) == (MOTIF.auteur, MOTIF.jour)
    assert states == (BILAN,)

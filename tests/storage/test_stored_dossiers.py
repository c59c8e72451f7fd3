"""Dossiers written by every past format, opened by this version. Never regenerate them: add one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic import command

from mps_desktop.storage.acces import open_wraps
from mps_desktop.storage.dossier import unlock_dossier
from mps_desktop.storage.errors import WrongPassword
from mps_desktop.storage.header import FORMAT
from mps_desktop.storage.migrations import HEAD, REVISIONS, alembic_config, current_revision, migrate
from mps_desktop.storage.repositories.avis import list_avis
from mps_desktop.storage.repositories.bilans import BilanRepository
from mps_desktop.storage.repositories.classes import ClasseRepository
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.repositories.entretiens import DecisionRepository, EntretienRepository
from mps_desktop.storage.repositories.psyen import PsyenRepository
from mps_desktop.storage.scelles import unseal
from tests.storage.samples import (
    BILAN,
    CLE_PSYEN,
    DECISION,
    ENTRETIEN,
    MOT_DE_PASSE,
    MOT_DE_PASSE_PSYEN,
    MOTIF,
    NOTE_PSYEN,
    PROFIL,
    VIDE,
)

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
            wraps, sealed = PsyenRepository(session).wraps(), PsyenRepository(session).list(2)
            meetings = EntretienRepository(session).list()
            decided = DecisionRepository(session).list()
            years = {classe.annee for classe in ClasseRepository(session).list()}
    assert (first.nom, first.prenom, first.classe, first.niveau) == ("BIDON", "Zoé", "2nde B", "seconde")
    assert (first.naissance, first.sexe, first.ine, first.profil) == (None, "", "", VIDE)
    assert (second.nom, second.prenom, second.ine, second.profil) == ("LE TESTEUR", "Œdipe", "000000000AA", PROFIL)
    assert years == {"2026-2027"}
    assert meetings == (() if stored.name in ("format_1_0", "format_1_1") else (ENTRETIEN,))
    assert decided == (() if stored.name < "format_1_4" else (DECISION,))
    assert (len(wraps), len(sealed)) == ((0, 0) if stored.name < "format_1_3" else (2, 1))
    if sealed:
        key, _ = open_wraps(wraps, MOT_DE_PASSE_PSYEN, "psyen-mot-de-passe", "psyen-secours")
        assert open_wraps(wraps, CLE_PSYEN, "psyen-mot-de-passe", "psyen-secours")[0] == key
        assert NOTE_PSYEN in unseal(key, 2, sealed[0].id, sealed[0].contenu or b"").decode()
        with pytest.raises(WrongPassword):
            open_wraps(wraps, MOT_DE_PASSE, "psyen-mot-de-passe", "psyen-secours")
    if stored.name == "format_1_0":  # before reasons and states of classes were kept
        assert (opinions, states) == ((), ())
        return
    assert [(a.voeu_id, a.classe, a.motif) for a in opinions] == [
        ("ta1", "A+", ""), ("ta2", "B", ""), ("ta2", "B", MOTIF.motif), ("ta2", "B", "")
    ]  # fmt: skip
    assert (opinions[2].auteur, opinions[2].jour) == (MOTIF.auteur, MOTIF.jour)
    assert states == (BILAN,)


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.name)
def test_a_stored_dossier_goes_down_to_its_first_tables_and_up_again(stored: Path, tmp_path: Path):
    folder = tmp_path / "dossier"
    shutil.copytree(stored, folder)
    with unlock_dossier(folder, MOT_DE_PASSE) as opened:
        for target in reversed(REVISIONS[:-1]):
            with opened.database.schema_transaction() as connection:
                command.downgrade(alembic_config(connection), target)
            assert current_revision(opened.database) == target
        migrate(opened.database)
        assert current_revision(opened.database) == HEAD
        with opened.database.read() as session:
            assert [eleve.nom for eleve in EleveRepository(session).list()] == ["BIDON", "LE TESTEUR"]
            assert DecisionRepository(session).list() == ()
            assert PsyenRepository(session).wraps() == ()  # going down erases what older tables cannot hold

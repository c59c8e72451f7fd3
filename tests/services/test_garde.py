"""Automatic backups of the session, the reminder of the end of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.models import Classe
from mps_desktop.services.garde import Garde
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.services.views import ProfilRecord
from mps_desktop.storage.dossier import BACKUP_FOLDER, OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.sauvegardes import list_backups
from tests.services.conftest import TODAY
from tests.storage.samples import build_eleve

MDP = "phrase fictive"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def opened(tmp_path: Path) -> OpenDossier:
    return create_dossier(tmp_path / "dossier", "TG7 fictive", MDP, KdfParameters(8, 1, 1))


def motifs(folder: Path) -> list[str]:
    return [one.motif for one in list_backups(folder)]


def test_one_backup_a_day_one_before_an_import_and_one_on_closing(socle: Socle, opened: OpenDossier, liste: Path):
    folder = opened.dossier
    session = DossierSession(socle, opened, TODAY, sauvegarde=True)
    etat = session.sauvegarde_du_jour(Progress())
    session.sauvegarde_du_jour(Progress())
    assert motifs(folder) == ["jour"]
    assert etat.sauvegarde.startswith("Sauvegarde à ")
    assert etat.alerte == ""
    session.import_roster((liste,), "", Progress())
    assert sorted(motifs(folder)) == ["import", "jour"]
    session.close()
    assert sorted(motifs(folder)) == ["fermeture", "import", "jour"]
    assert max(one.eleves for one in list_backups(folder)) == 3


def test_nothing_done_means_no_backup_on_closing(socle: Socle, opened: OpenDossier):
    session = DossierSession(socle, opened, TODAY, sauvegarde=True)
    session.close()
    assert motifs(opened.dossier) == []


def test_a_dossier_that_is_thrown_away_is_never_backed_up(socle: Socle, opened: OpenDossier, liste: Path):
    session = DossierSession(socle, opened, TODAY)
    session.import_roster((liste,), "", Progress())
    assert session.sauvegarde_du_jour(Progress()).sauvegarde == ""
    session.close()
    assert motifs(opened.dossier) == []


def test_a_backup_that_fails_is_told_and_does_not_stop_the_work(socle: Socle, opened: OpenDossier, liste: Path):
    (opened.dossier / BACKUP_FOLDER).write_text("un fichier à la place du dossier des sauvegardes", encoding="utf-8")
    session = DossierSession(socle, opened, TODAY, sauvegarde=True)
    assert "sauvegarde n’a pas pu" in session.sauvegarde_du_jour(Progress()).alerte
    assert session.import_roster((liste,), "", Progress()).nb_ajoutes == 3
    assert "bien enregistrées" in session.etat_garde().remede
    session.save_profil(1, ProfilRecord(bac="Générale"))
    with pytest.raises(EnvironmentFault, match="sauvegarde n’a pas pu"):
        session.close()
    with unlock_dossier(opened.dossier, MDP) as again, again.database.read() as reading:  # closed all the same
        assert len(EleveRepository(reading).list()) == 3


def test_the_age_of_the_last_backup_in_words(opened: OpenDossier):
    clock = Clock()
    garde = Garde(opened, TODAY, clock)
    assert garde.etat().sauvegarde == "Aucune sauvegarde"
    garde.before("demande", Progress())
    assert garde.etat().sauvegarde.startswith("Sauvegarde à ")
    clock.at += timedelta(days=1)
    assert garde.etat().sauvegarde.startswith("Sauvegarde hier à ")
    clock.at += timedelta(days=3)
    assert garde.etat().sauvegarde == "Sauvegarde il y a 4\u00a0jours"
    opened.close()


def test_the_end_of_the_school_year_is_recalled(opened: OpenDossier):
    with opened.database.transaction() as session:
        EleveRepository(session, lambda: datetime(2026, 9, 2, tzinfo=UTC)).add(build_eleve())
    assert Garde(opened, date(2027, 7, 31)).etat().rappel == ""
    rappel = Garde(opened, date(2027, 8, 1)).etat().rappel
    assert "2026-2027" in rappel
    assert "1\u00a0élève" in rappel
    opened.close()


def test_those_of_no_known_year_are_recalled_by_the_day_they_were_added(opened: OpenDossier):
    """No class, or a class that a version without school years wrote."""
    with opened.database.transaction() as session:
        repository = EleveRepository(session, lambda: datetime(2026, 9, 2, tzinfo=UTC))
        repository.add(replace(build_eleve(), classe="", ine=""))
        old = repository.add(replace(build_eleve(), classe="TG7", ine=""))
        session.execute(update(Classe).values(annee=""))
        assert repository.get(old).classe == "TG7"
    assert Garde(opened, date(2027, 7, 31)).etat().rappel == ""
    rappel = Garde(opened, date(2027, 8, 1)).etat().rappel
    assert "Année inconnue" in rappel
    assert "2\u00a0élèves" in rappel
    with opened.database.transaction() as session:
        repository = EleveRepository(session, lambda: datetime(2026, 9, 2, tzinfo=UTC))
        repository.add(replace(build_eleve(), classe="TG8", ine=""))
    both = Garde(opened, date(2027, 8, 1)).etat().rappel
    assert both.startswith("L’année 2026-2027")
    assert "Année inconnue" in both
    opened.close()

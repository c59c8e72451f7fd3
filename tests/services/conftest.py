"""A real catalogue, a real encrypted dossier; only the cost of guessing the password is lowered."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from mps_desktop.app import build_socle
from mps_desktop.core.paths import build_paths
from mps_desktop.services.session import DossierSession
from mps_desktop.services.socle import Socle
from mps_desktop.storage.dossier import create_dossier
from mps_desktop.storage.keys import KdfParameters

TODAY = date(2026, 11, 24)
LISTE = """Nom;Prénom;Né(e) le;Classe;Formation;Toutes les options
BIDON;Zoé;14/02/2009;TG7;TERMINALE GENERALE;ANGLAIS LV1, MATHEMATIQUES, PHYSIQUE-CHIMIE
LE TESTEUR;Œdipe;03/11/2009;TG7;TERMINALE GENERALE;ESPAGNOL LV2, SC. ECONO.& SOCIALES, HIST.GEO.GEOPOL.S.P.
NGUYỄN-EXEMPLE;Anh;09/09/2009;TG7;TERMINALE GENERALE;SCIENCES VIE & TERRE, PHYSIQUE-CHIMIE
"""


@pytest.fixture(scope="session")
def socle() -> Generator[Socle]:
    built = build_socle(build_paths())
    yield built
    built.catalogue.close()


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    file = tmp_path / "TG7.csv"
    file.write_text(LISTE, encoding="utf-8-sig")
    return file


@pytest.fixture
def session(socle: Socle, tmp_path: Path) -> Generator[DossierSession]:
    opened = create_dossier(tmp_path / "dossier", "TG7 fictive", "phrase fictive", KdfParameters(8, 1, 1))
    with opened:
        yield DossierSession(socle, opened, TODAY)

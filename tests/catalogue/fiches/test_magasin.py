"""The store: files complete each other, one replaces its like, an accident changes nothing."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from mps_desktop.catalogue.fiches.extraction import read_official
from mps_desktop.catalogue.fiches.magasin import Magasin
from mps_desktop.catalogue.fiches.records import NATURE_METIERS, LotLu
from mps_desktop.core.errors import Cancelled, EnvironmentFault
from mps_desktop.core.progress import Progress
from tests.catalogue.fiches.fabrique import FORMATIONS, write_all, write_zip

JOUR = date(2026, 11, 25)


@pytest.fixture
def magasin(tmp_path: Path) -> Magasin:
    return Magasin(tmp_path / "poste" / "fiches.sqlite")


@pytest.fixture
def lots(tmp_path: Path) -> tuple[LotLu, ...]:
    return tuple(lot for path in write_all(tmp_path) for lot in read_official(path, Progress()))


def test_an_empty_store_answers_nothing(magasin: Magasin):
    assert magasin.lots() == ()
    assert magasin.fiche(("FOR.1",)).sections == ()
    assert not magasin.installed
    magasin.remove()


def test_files_imported_apart_complete_each_other(magasin: Magasin, lots: tuple[LotLu, ...]):
    for lot in lots:
        magasin.install((lot,), JOUR, Progress())
    assert [lot.nature for lot in magasin.lots()] == ["fiches_formations", "fiches_metiers", "donnees_mps"]
    fiche = magasin.fiche(("FOR.9001", "fl9"))
    assert {"description", "acces", "attendus", "poursuites", "conseils"} <= {one.code for one in fiche.sections}
    attendus = [one for one in fiche.sections if one.code == "attendus"]
    assert [one.source for one in attendus] == ["Onisep, Idéo-fiches formations", "MonProjetSup, attendus et conseils"]
    assert {one.edition for one in attendus} == {"2024-06-25"}


def test_a_newer_file_replaces_its_like_only(magasin: Magasin, lots: tuple[LotLu, ...], tmp_path: Path):
    magasin.install(lots, JOUR, Progress())
    newer = write_zip(tmp_path / "n.zip", a__xml=FORMATIONS.replace("FOR.9001", "FOR.9002"))
    magasin.install(read_official(newer, Progress()), JOUR, Progress())
    assert magasin.libelles() == {"FOR.9002": "BTS essai fictif", "MET.9": "essayeur/euse"}
    assert magasin.correspondances() == {"fl9": ("FOR.9001",)}


def test_removal_of_one_kind_then_of_everything(magasin: Magasin, lots: tuple[LotLu, ...]):
    magasin.install(lots, JOUR, Progress())
    magasin.remove(NATURE_METIERS)
    assert [lot.nature for lot in magasin.lots()] == ["fiches_formations", "donnees_mps"]
    assert magasin.lots()[0].importe_le == "2026-11-25"
    assert "MET.9" not in magasin.ids()
    magasin.remove()
    assert not magasin.path.exists()


def test_a_cancelled_import_changes_nothing(magasin: Magasin, lots: tuple[LotLu, ...]):
    magasin.install(lots[:1], JOUR, Progress())
    before = magasin.path.read_bytes()
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        magasin.install(lots[1:], JOUR, progress)
    assert magasin.path.read_bytes() == before
    assert [path.name for path in magasin.path.parent.iterdir()] == ["fiches.sqlite"]


def test_a_full_disk_changes_nothing(magasin: Magasin, lots: tuple[LotLu, ...], monkeypatch: pytest.MonkeyPatch):
    magasin.install(lots[:1], JOUR, Progress())
    before = magasin.path.read_bytes()
    connect = sqlite3.connect

    def small(target: object, **options: object) -> sqlite3.Connection:
        connection = connect(target, **options)  # type: ignore[call-overload]  # passed on as they come
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(EnvironmentFault, match="disque"):
        magasin.install(lots[1:], JOUR, Progress())
    monkeypatch.undo()
    assert magasin.path.read_bytes() == before
    assert [path.name for path in magasin.path.parent.iterdir()] == ["fiches.sqlite"]


def test_a_locked_folder_is_told(magasin: Magasin, lots: tuple[LotLu, ...]):
    magasin.path.parent.mkdir(mode=0o500)
    with pytest.raises(EnvironmentFault, match="écrire"):
        magasin.install(lots, JOUR, Progress())
    magasin.path.parent.chmod(0o700)


def test_a_damaged_store_is_told_and_an_import_repairs_it(magasin: Magasin, lots: tuple[LotLu, ...]):
    magasin.path.parent.mkdir()
    magasin.path.write_bytes(b"rien de tel" * 200)
    with pytest.raises(EnvironmentFault, match="abîmées"):
        magasin.lots()
    magasin.install(lots, JOUR, Progress())
    assert len(magasin.lots()) == 3

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage import sauvegardes as module
from mps_desktop.storage.acces import change_password
from mps_desktop.storage.dossier import DATABASE_FILE, OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.errors import DamagedDossier, DossierLocked, WrongPassword
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.sauvegardes import Sauvegarde, list_backups, make_backup, restore_backup, thinned
from mps_desktop.storage.transport import SUFFIX, export_dossier, import_dossier
from tests.storage.samples import FAST, MOT_DE_PASSE, build_eleve

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def add(opened: OpenDossier, nom: str) -> None:
    with opened.database.transaction() as session:
        EleveRepository(session).add(build_eleve(nom))


def names(folder: Path, secret: str = MOT_DE_PASSE) -> list[str]:
    with unlock_dossier(folder, secret) as opened, opened.database.read() as session:
        return sorted(eleve.nom for eleve in EleveRepository(session).list())


@pytest.fixture
def saved(folder: Path) -> Path:
    """One student backed up, then a second one added."""
    with create_dossier(folder, "TG1", MOT_DE_PASSE, FAST) as opened:
        add(opened, "BIDON")
        make_backup(opened, "demande", NOW)
        add(opened, "MODÈLE")
    return folder


def test_the_list_says_when_why_and_how_much(saved: Path):
    (one,) = list_backups(saved)
    assert (one.quand, one.motif, one.classes, one.eleves) == (NOW, "demande", 1, 1)
    assert names(one.dossier) == ["BIDON"]
    assert one.dossier.stat().st_mode & 0o777 == 0o700


def test_restoring_keeps_what_it_replaces(saved: Path):
    former = restore_backup(saved, list_backups(saved)[0].dossier, MOT_DE_PASSE, NOW + timedelta(hours=1))
    assert names(saved) == ["BIDON"]
    assert former is not None
    assert names(former) == ["BIDON", "MODÈLE"]
    assert [one.motif for one in list_backups(saved)] == ["restauration", "demande"]
    restore_backup(saved, former, MOT_DE_PASSE, NOW + timedelta(hours=2))
    assert names(saved) == ["BIDON", "MODÈLE"]


def test_a_destroyed_database_comes_back(saved: Path):
    (saved / DATABASE_FILE).write_bytes(b"\x00" * 4096)
    assert restore_backup(saved, list_backups(saved)[0].dossier, MOT_DE_PASSE, NOW) is None
    assert names(saved) == ["BIDON"]


def test_a_backup_keeps_the_password_of_its_day(saved: Path):
    change_password(saved, MOT_DE_PASSE, "un tout autre mot de passe", FAST)
    backup = list_backups(saved)[0].dossier
    with pytest.raises(WrongPassword):
        restore_backup(saved, backup, "un tout autre mot de passe", NOW)
    assert names(saved, "un tout autre mot de passe") == ["BIDON", "MODÈLE"]
    restore_backup(saved, backup, MOT_DE_PASSE, NOW)
    assert names(saved) == ["BIDON"]


def test_a_damaged_backup_or_an_open_dossier_changes_nothing(saved: Path):
    backup = list_backups(saved)[0].dossier
    damaged = saved.parent / "abimee"
    shutil.copytree(backup, damaged)
    data = bytearray((damaged / DATABASE_FILE).read_bytes())
    data[-2000:-1000] = b"\x00" * 1000
    (damaged / DATABASE_FILE).write_bytes(bytes(data))
    with pytest.raises(DamagedDossier):
        restore_backup(saved, damaged, MOT_DE_PASSE, NOW)
    with unlock_dossier(saved, MOT_DE_PASSE), pytest.raises(DossierLocked):
        restore_backup(saved, backup, MOT_DE_PASSE, NOW)
    assert names(saved) == ["BIDON", "MODÈLE"]


def test_a_failure_while_copying_leaves_the_dossier(saved: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_copy_into", full)
    with pytest.raises(EnvironmentFault):
        restore_backup(saved, list_backups(saved)[0].dossier, MOT_DE_PASSE, NOW)
    assert names(saved) == ["BIDON", "MODÈLE"]


def test_folders_that_are_no_backups_are_passed_over(saved: Path):
    (saved / "sauvegardes" / "autre").mkdir()
    (saved / "sauvegardes" / "note.txt").write_text("x", encoding="utf-8")
    assert len(list_backups(saved)) == 1


def made(quand: datetime, number: int = 0) -> Sauvegarde:
    return Sauvegarde(Path(f"/s/{quand.isoformat()}-{number:04}"), quand, "fermeture", 1, 1, 1)


def expected(backups: list[Sauvegarde], maintenant: datetime) -> set[Path]:
    """What must be kept, from the rule: the 10 last, the last of 14 days, the last of the weeks of 365 days."""
    kept = {one.dossier for one in backups if one.quand > maintenant}
    past = sorted((one for one in backups if one.quand <= maintenant), key=lambda one: (one.quand, one.dossier.name))
    if not past:
        return kept
    kept |= {one.dossier for one in past[-10:]}
    last_day = past[-1].quand.date()
    of_days = {one.quand.date(): one.dossier for one in past}
    of_weeks = {one.quand.isocalendar()[:2]: one for one in past}
    kept |= {folder for day, folder in of_days.items() if last_day - timedelta(days=13) <= day}
    return kept | {one.dossier for one in of_weeks.values() if last_day - timedelta(days=364) <= one.quand.date()}


@given(
    st.lists(
        st.one_of(st.integers(-20_000, 60_000), st.integers(-600_000, 900_000), st.sampled_from((0, 1440, 10_080))),
        max_size=150,
    ),
    st.integers(-12, 14),
)
def test_exactly_what_the_rule_says_is_kept(minutes: list[int], zone: int):
    moment = NOW.astimezone(timezone(timedelta(hours=zone)))
    backups = [made(moment - timedelta(minutes=m), n) for n, m in enumerate(minutes)]
    gone = thinned(backups, moment)
    left = [one for one in backups if one not in set(gone)]
    assert {one.dossier for one in left} == expected(backups, moment)
    assert thinned(left, moment) == ()
    assert len([one for one in left if one.quand <= moment]) <= 10 + 14 + 53


@given(st.lists(st.integers(0, 3 * 1440), min_size=1, max_size=400))
def test_the_rule_holds_day_after_day(gaps: list[int]):
    """Made and thinned one after the other, as in life: the last of each of 14 days and of each week is there."""
    backups: list[Sauvegarde] = []
    everyone: list[Sauvegarde] = []
    moment = NOW
    for number, gap in enumerate(gaps):
        moment += timedelta(minutes=gap)
        backups.append(made(moment, number))
        everyone.append(backups[-1])
        gone = set(thinned(backups, moment))
        backups = [one for one in backups if one not in gone]
    assert backups[-10:] == everyone[-10:]
    assert {one.dossier for one in backups} >= expected(everyone, moment)


def test_a_wrong_clock_does_not_drive_the_true_backups_out(folder: Path):
    with create_dossier(folder, "TG1", MOT_DE_PASSE, FAST) as opened:
        for n in range(12):
            make_backup(opened, "jour", NOW + timedelta(days=20_000 + n))
        true = [make_backup(opened, "jour", NOW + timedelta(days=n)).dossier for n in range(3)]
    assert set(true) <= {one.dossier for one in list_backups(folder)}


def test_old_backups_go_as_new_ones_come(folder: Path):
    with create_dossier(folder, "TG1", MOT_DE_PASSE, FAST) as opened:
        for n in range(14):
            make_backup(opened, "fermeture", NOW + timedelta(minutes=n))
    listed = list_backups(folder)
    assert len(listed) == 10
    assert listed[0].quand == NOW + timedelta(minutes=13)


def test_one_file_to_another_machine(saved: Path, tmp_path: Path):
    with unlock_dossier(saved, MOT_DE_PASSE) as opened:
        file = export_dossier(opened, tmp_path / "vers cle" / "tg1")
    assert file.suffix == SUFFIX
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"BIDON" not in file.read_bytes()
    there = import_dossier(file, tmp_path / "ailleurs" / "tg1", MOT_DE_PASSE)
    assert names(there) == names(saved) == ["BIDON", "MODÈLE"]
    assert not list(saved.glob("mps-export-*"))


def test_what_is_no_export_leaves_no_folder(saved: Path, tmp_path: Path):
    with unlock_dossier(saved, MOT_DE_PASSE) as opened:
        file = export_dossier(opened, tmp_path / "tg1")
    cut = tmp_path / f"coupe{SUFFIX}"
    cut.write_bytes(file.read_bytes()[:-400])
    for wrong in (cut, tmp_path / "absent.mpsdossier", saved / "dossier.toml"):
        with pytest.raises(EnvironmentFault):
            import_dossier(wrong, tmp_path / "neuf", MOT_DE_PASSE)
    with pytest.raises(WrongPassword):
        import_dossier(file, tmp_path / "neuf", "pas le bon mot")
    assert not (tmp_path / "neuf").exists()

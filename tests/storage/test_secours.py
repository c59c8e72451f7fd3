from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage import acces
from mps_desktop.storage.acces import (
    PASSWORD,
    RECOVERY,
    calibrated,
    change_password,
    has_recovery_key,
    renew_recovery_key,
)
from mps_desktop.storage.dossier import OpenDossier, create_dossier, unlock_dossier
from mps_desktop.storage.errors import DossierLocked, WeakPassword, WrongPassword
from mps_desktop.storage.header import read_header
from mps_desktop.storage.keys import KdfParameters
from mps_desktop.storage.repositories.eleves import EleveRepository
from mps_desktop.storage.secours import ALPHABET, looks_like_recovery_key, new_recovery_key, read_recovery_key
from tests.storage.samples import FAST, MOT_DE_PASSE, build_eleve

NOUVEAU = "quatre mots tout neufs"


@pytest.fixture
def closed(folder: Path) -> Path:
    with create_dossier(folder, "TG1", MOT_DE_PASSE, FAST) as opened, opened.database.transaction() as session:
        EleveRepository(session).add(build_eleve("BIDON"))
    return folder


def names(opened: OpenDossier) -> list[str]:
    with opened.database.read() as session:
        return [eleve.nom for eleve in EleveRepository(session).list()]


def test_a_key_is_long_grouped_and_never_twice_the_same():
    keys = {new_recovery_key() for _ in range(50)}
    assert len(keys) == 50
    assert all(len(key) == 34 and key.count("-") == 6 and set(key) <= set(ALPHABET + "-") for key in keys)


def test_typing_it_back_forgives_case_spaces_and_look_alikes():
    key = new_recovery_key()
    sloppy = key.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert looks_like_recovery_key(sloppy)
    assert read_recovery_key(sloppy) == key


@given(st.integers(0, 27), st.sampled_from(ALPHABET))
def test_a_wrong_sign_is_told_from_a_wrong_key(place: int, sign: str):
    key = read_recovery_key("0000-0000-0000-0000-0000-0000-00" + "".join(_checks("0" * 26)))
    plain = key.replace("-", "")
    wrong = plain[:place] + sign + plain[place + 1 :]
    if wrong == plain:
        return
    try:
        read_recovery_key(wrong)
    except EnvironmentFault as exc:
        fault = exc
    else:
        assert _checks(wrong[:26]) == wrong[26:]  # one in a thousand goes unseen
        return
    assert "faute de frappe" in fault.message


def _checks(body: str) -> str:
    from mps_desktop.storage.secours import _checksum

    return _checksum(body)


@pytest.mark.parametrize("text", ["", "K3QF-8XW2", "mot de passe en français"])
def test_what_is_no_key(text: str):
    assert not looks_like_recovery_key(text)
    with pytest.raises(EnvironmentFault, match="28 signes"):
        read_recovery_key(text)


def test_the_recovery_key_opens_and_sets_a_new_password(closed: Path):
    key = renew_recovery_key(closed, MOT_DE_PASSE, FAST)
    assert has_recovery_key(closed)
    change_password(closed, key.lower(), NOUVEAU, FAST)
    with pytest.raises(WrongPassword):
        unlock_dossier(closed, MOT_DE_PASSE)
    for secret in (NOUVEAU, key):
        with unlock_dossier(closed, secret) as opened:
            assert names(opened) == ["BIDON"]


def test_a_new_recovery_key_ends_the_former_one(closed: Path):
    former = renew_recovery_key(closed, MOT_DE_PASSE, FAST)
    renew_recovery_key(closed, former, FAST)
    with pytest.raises(WrongPassword):
        unlock_dossier(closed, former)


def test_changing_the_password_leaves_the_database_alone(closed: Path):
    before = (closed / "dossier.db").read_bytes()
    change_password(closed, MOT_DE_PASSE, NOUVEAU, FAST)
    assert (closed / "dossier.db").read_bytes() == before
    assert [wrap.kind for wrap in read_header(closed).wraps] == [PASSWORD]


def test_wrong_weak_or_locked_changes_nothing(closed: Path):
    before = (closed / "dossier.toml").read_bytes()
    with pytest.raises(WrongPassword):
        change_password(closed, "pas le bon", NOUVEAU, FAST)
    with pytest.raises(WeakPassword):
        change_password(closed, MOT_DE_PASSE, "court", FAST)
    with unlock_dossier(closed, MOT_DE_PASSE), pytest.raises(DossierLocked):
        change_password(closed, MOT_DE_PASSE, NOUVEAU, FAST)
    assert (closed / "dossier.toml").read_bytes() == before


def test_a_typing_error_in_the_key_is_not_called_a_wrong_password(closed: Path):
    key = renew_recovery_key(closed, MOT_DE_PASSE, FAST)
    wrong = ("1" if key[0] != "1" else "2") + key[1:]
    with pytest.raises(EnvironmentFault, match="faute de frappe"):
        unlock_dossier(closed, wrong)


def test_a_password_shaped_like_a_key_still_opens(folder: Path):
    shaped = "abcd-efgh-jkmn-pqrs-tvwx-yzab-cdef"
    create_dossier(folder, "TG1", shaped, FAST).close()
    unlock_dossier(folder, shaped).close()


def test_the_cost_is_raised_on_a_fast_machine_and_never_lowered(monkeypatch: pytest.MonkeyPatch):
    clock = iter(range(1000))
    monkeypatch.setattr(acces.time, "perf_counter", lambda: next(clock) * 0.03)
    assert calibrated(FAST).passes == 12
    monkeypatch.setattr(acces.time, "perf_counter", lambda: next(clock) * 1.0)
    assert calibrated(KdfParameters(8, 3, 1)) == KdfParameters(8, 3, 1)
    assert RECOVERY != PASSWORD

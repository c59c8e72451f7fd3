"""A password of many words may look like a recovery key: it must open all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage.acces import change_password, renew_recovery_key, strengthen
from mps_desktop.storage.dossier import create_dossier, unlock_dossier
from mps_desktop.storage.errors import WrongPassword
from mps_desktop.storage.header import read_header
from mps_desktop.storage.keys import STRONG
from mps_desktop.storage.secours import looks_like_recovery_key
from tests.storage.samples import FAST

CINQ_MOTS = "girafe sous pluie verte matinal"
assert looks_like_recovery_key(CINQ_MOTS + " o")


def test_a_password_that_looks_like_a_recovery_key_opens(folder: Path):
    password = CINQ_MOTS + " o"
    create_dossier(folder, "Essai", password, FAST).close()
    key = renew_recovery_key(folder, password, FAST)
    for secret in (password, key, key.lower().replace("-", " ")):
        unlock_dossier(folder, secret).close()
    change_password(folder, password, "violon brique tapis nuage", FAST)
    with pytest.raises(EnvironmentFault) as told:
        unlock_dossier(folder, password)
    assert not isinstance(told.value, WrongPassword)  # nothing opens: it is told as a key with a typing error
    with pytest.raises(WrongPassword):
        unlock_dossier(folder, "violon brique tapis nuages")


def test_a_cheap_derivation_is_made_stronger_once_and_every_way_in_goes_on(folder: Path):
    password = "violon brique tapis nuage"
    create_dossier(folder, "Essai", password, FAST).close()
    key = renew_recovery_key(folder, password, FAST)
    for secret in (password, key):
        assert strengthen(folder, secret, STRONG)
        assert not strengthen(folder, secret, STRONG)
    assert [wrap.kdf for wrap in read_header(folder).wraps] == [STRONG, STRONG]
    for secret in (password, key):
        unlock_dossier(folder, secret).close()


def test_a_folder_that_cannot_be_written_stays_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch):
    create_dossier(folder, "Essai", "violon brique tapis nuage", FAST).close()

    def refuse(*_args: object) -> None:
        raise EnvironmentFault("Impossible d’écrire.")

    monkeypatch.setattr("mps_desktop.storage.acces.write_header", refuse)
    assert not strengthen(folder, "violon brique tapis nuage", STRONG)

"""A password of many words may look like a recovery key: it must open all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.storage.acces import change_password, renew_recovery_key
from mps_desktop.storage.dossier import create_dossier, unlock_dossier
from mps_desktop.storage.errors import WrongPassword
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

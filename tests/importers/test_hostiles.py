"""Files made to hurt: read or refused in a child process, within 300 MB, and nothing written beside them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.hostiles import LIMIT_MB, LUS, NOMS, measure, write

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform == "win32", reason="la mémoire d’un autre processus s’y mesure autrement"),
]


@pytest.mark.parametrize("name", NOMS)
def test_a_hostile_file_is_bounded_and_answered(tmp_path: Path, name: str):
    found = measure(write(name, tmp_path))
    assert found["issue"] == ("lu" if name in LUS else "refuse"), found
    assert float(str(found["memoire_mo"])) <= LIMIT_MB, found
    assert found["ecritures"] == 0
    assert "/etc" not in str(found["phrase"])
    if name in LUS:
        assert found["eleves"] == 2

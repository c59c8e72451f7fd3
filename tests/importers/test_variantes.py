"""Every format rewritten with invented pupils: what is read must be what was written, field by field."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.importers.mesure_variantes import ECRIVAINS, mesurer, variantes
from tests.importers.variantes import CHAMPS, Ecrivain

TOURS = 3
GRAINE = 20261125


@pytest.mark.parametrize("ecrire", dict.fromkeys(ECRIVAINS), ids=lambda ecrire: ecrire.__name__)
def test_what_was_written_is_read_back(tmp_path: Path, ecrire: Ecrivain):
    lots = [(number, ecrire(Random(number))) for number in range(GRAINE, GRAINE + TOURS)]  # noqa: S311
    for bilan in mesurer(lots, tmp_path).values():
        assert not bilan.ecarts
        assert (bilan.refus, bilan.en_trop, bilan.fuites) == (0, 0, 0)
        assert all(bilan.exactitude(champ) == 1 for champ in CHAMPS)


def test_the_same_seed_writes_the_same_files():
    first, second = ([v.fichiers for _, v in variantes(7, 1) if "xlsx" not in v.fichiers[0][0]] for _ in range(2))
    texts = [files for files in first if files[0][0].endswith((".csv", ".txt"))]
    assert texts == [files for files in second if files[0][0].endswith((".csv", ".txt"))]
    assert len(texts) > 8

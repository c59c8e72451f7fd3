"""How exactly each format is read: files written with invented pupils, compared field by field.

``./mps bench variantes --json [--tours N] [--graine N]``: share of the expected students whose field is exact, by
format; a student who is missing counts against every field.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.importers.mesure_variantes import Bilan, mesurer, variantes
from tests.importers.variantes import CHAMPS

_TOURS = 60
_GRAINE = 1


def run(arguments: list[str]) -> dict[str, object]:
    """Write, read back, compare.

    Args:
        arguments: ``--tours N`` files of each format (60 by default), ``--graine N``.
    """
    options = dict(zip(arguments[::2], arguments[1::2], strict=True))
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="mps-variantes-") as folder:
        lots = variantes(int(options.get("--graine", _GRAINE)), int(options.get("--tours", _TOURS)))
        bilans = mesurer(lots, Path(folder))
    eleves = sum(bilan.attendus for bilan in bilans.values())
    return {
        "fichiers": sum(bilan.fichiers for bilan in bilans.values()),
        "eleves": eleves,
        "refus": sum(bilan.refus for bilan in bilans.values()),
        "eleves_en_trop": sum(bilan.en_trop for bilan in bilans.values()),
        "fuites": sum(bilan.fuites for bilan in bilans.values()),
        "exactitude": round(sum(map(_exact, bilans.values())) / (eleves * len(CHAMPS)), 5),
        "par_champ": {
            champ: round(sum(bilan.justes[champ] for bilan in bilans.values()) / eleves, 5) for champ in CHAMPS
        },
        "par_format": {
            famille: {
                "fichiers": bilan.fichiers,
                "eleves": bilan.attendus,
                "exactitude": round(_exact(bilan) / (bilan.attendus * len(CHAMPS)), 5),
                "champs_inexacts": {
                    champ: round(bilan.exactitude(champ), 5) for champ in CHAMPS if bilan.exactitude(champ) < 1
                },
                "exemples": bilan.ecarts[:3],
            }
            for famille, bilan in sorted(bilans.items())
        },
        "duree_s": round(time.perf_counter() - start, 1),
    }


def _exact(bilan: Bilan) -> int:
    return sum(bilan.justes[champ] for champ in CHAMPS)

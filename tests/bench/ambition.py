"""How fast a class is estimated, and how long the fit of every vœu takes.

``./mps bench ambition [--sources DIR] [--json]``: without ``--sources`` the fit is not measured (null), since the
official files are not part of the program.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import time
from pathlib import Path

from mps_desktop.app import build_socle
from mps_desktop.core.paths import build_paths, find_resources
from mps_desktop.engine.ambition import bac_type, estimate
from mps_desktop.services.socle import Socle
from tests.bench.mesures import durations_ms, memory_mb, summary

ELEVES = 36
VOEUX = 10
_BACS = ("Générale", "Générale", "STMG", "ST2S", "P")
_SHARED = Path(__file__).resolve().parents[3] / "shared"


def run(arguments: list[str]) -> dict[str, object]:
    """Measure, see the keys of the module's specification."""
    parser = argparse.ArgumentParser(prog="ambition")
    parser.add_argument("--sources", type=Path, default=_SHARED if _SHARED.is_dir() else None)
    parser.add_argument("--repetitions", type=int, default=30)
    options = parser.parse_args(arguments)
    socle = build_socle(build_paths())
    try:
        classe = _classe(socle, options.repetitions)
        figures: dict[str, object] = {
            "eleves": ELEVES,
            "voeux_par_eleve": VOEUX,
            "classe36x10_ms": classe["mediane"],
            "classe36x10_p95_ms": classe["p95"],
            **({"ajustement_s": None} if options.sources is None else _ajustement(options.sources)),
            **_completion(),
            "memoire_mo": memory_mb(),
        }
    finally:
        socle.catalogue.close()
    return figures


def _classe(socle: Socle, times: int) -> dict[str, float]:
    """Milliseconds to estimate 36 students × 10 vœux, figures already read; one in six has no known average."""
    rows = socle.catalogue.rows("SELECT id FROM voeux WHERE apprentissage = 0 ORDER BY id")
    step = len(rows) // (ELEVES * VOEUX)
    ids = [rows[rank * step][0] for rank in range(ELEVES * VOEUX)]
    stats = socle.catalogue.statistiques(ids)
    seuils, references = socle.parametres.seuils, socle.references
    wishes = [
        (stats[ids[rank]], _BACS[rank // VOEUX % len(_BACS)], None if rank // VOEUX % 6 == 0 else 9 + rank % 10)
        for rank in range(ELEVES * VOEUX)
    ]

    def work() -> None:
        for voeu, bac, moyenne in wishes:
            estimate(voeu, references, seuils, bac_type(bac), bac, moyenne)

    return summary(durations_ms(work, times, 3))


def _ajustement(sources_folder: Path) -> dict[str, object]:
    """Seconds to fit all vœux: older sessions read, 2024 predicted, intervals learned, latent model, packing."""
    from mps_desktop.catalogue.build import read_programmes
    from mps_desktop.catalogue.construction.ambition import fit_catalogue
    from mps_desktop.catalogue.construction.sources import SourceFolder

    resources = find_resources()
    official = SourceFolder(sources_folder)
    programmes = read_programmes(official, resources)
    start, start_cpu = time.perf_counter(), time.process_time()
    fit_catalogue(programmes, official, resources)
    return {
        "ajustement_s": round(time.perf_counter() - start, 2),
        "ajustement_cpu_s": round(time.process_time() - start_cpu, 2),
    }


def _completion() -> dict[str, object]:
    """Figures of the completion of a list of wishes, from its own benchmark."""
    if importlib.util.find_spec("tests.bench.completion") is None:
        return {}
    figures = importlib.import_module("tests.bench.completion").run([])
    return {name: value for name, value in figures.items() if name.startswith("completion_")}

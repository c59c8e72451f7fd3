"""The catalogue: opening, engine ready, memory, size, and each keystroke of a search."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.catalogue.search import search
from mps_desktop.core.paths import find_resources
from mps_desktop.engine.moteur import Moteur
from mps_desktop.services.socle import load_moteur
from tests.bench.mesures import durations_ms, memory_mb, summary
from tests.catalogue.requetes import read_requetes

_TIMES = 15
_ONCE = "--une-fois"


def run(arguments: list[str]) -> dict[str, object]:
    """Figures of the catalogue shipped with the program, or of the file given first."""
    path = Path(arguments[0]) if arguments else find_resources() / "catalogue" / "catalogue.sqlite"
    once = [_fresh_process(path) for _ in range(5)]
    return {
        "ouverture_ms": summary(durations_ms(lambda: open_catalogue(path).close(), _TIMES)),
        "ouverture_et_moteur_ms": summary(durations_ms(lambda: ready(path), _TIMES)),
        "ouverture_et_moteur_premiere_fois_ms": summary([one["ms"] for one in once]),
        "ouverture_et_moteur_processeur_ms": summary([one["cpu_ms"] for one in once]),
        "memoire_mo": max((one["memoire_mo"] for one in once if one["memoire_mo"] is not None), default=None),
        "taille_mo": round(path.stat().st_size / 1e6, 2),
        "frappe_ms": keystrokes(path),
    }


def ready(path: Path) -> tuple[Catalogue, Moteur]:
    """Open the catalogue, make the engine and the search ready as the program does; the file is given back."""
    with closing(open_catalogue(path)) as catalogue:
        catalogue.index()
        return catalogue, load_moteur(catalogue)


def keystrokes(path: Path) -> dict[str, object]:
    """Time of a search over everything at each letter of every query of ``tests/catalogue/requetes.csv``.

    ``premiere_frappe_ms`` is the very first one after opening as the program does it, the index being read in the
    background with the dossier; ``a_froid`` is one that reads the index itself, as in the terminal.
    """
    textes = [requete.texte for requete in read_requetes()]
    first, cold = ([_first_keystroke(path, texte[:1], ready) for texte in textes[:_TIMES]] for ready in (True, False))
    values: list[float] = []
    cpu: list[float] = []
    with closing(open_catalogue(path)) as catalogue:
        catalogue.index()
        for texte in textes:
            for end in range(1, len(texte) + 1):
                start, used = time.perf_counter(), time.process_time()
                search(catalogue, texte[:end], (), 20)
                values.append(1000 * (time.perf_counter() - start))
                cpu.append(1000 * (time.process_time() - used))
    return {
        **summary(values), "processeur": summary(cpu), "frappes": len(values),
        "premiere_frappe_ms": summary([ms for ms, _ in first]),
        "premiere_frappe_processeur_ms": summary([used for _, used in first]),
        "a_froid_ms": summary([ms for ms, _ in cold]), "a_froid_processeur_ms": summary([used for _, used in cold]),
    }  # fmt: skip


def _first_keystroke(path: Path, letter: str, ready: bool) -> tuple[float, float]:
    """Elapsed and processor time of the first search after opening, the index being ready or not."""
    with closing(open_catalogue(path)) as catalogue:
        if ready:
            catalogue.index()
        start, used = time.perf_counter(), time.process_time()
        search(catalogue, letter, (), 20)
        return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - used)


def _fresh_process(path: Path) -> dict[str, float]:
    """Opening and engine in a process that has done nothing else: first time, and growth of its memory."""
    command = [sys.executable, "-m", __name__, _ONCE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _once(path: Path) -> dict[str, float | None]:
    before, start, cpu = memory_mb(), time.perf_counter(), time.process_time()
    kept = ready(path)
    figures = {"ms": 1000 * (time.perf_counter() - start), "cpu_ms": 1000 * (time.process_time() - cpu)}
    after = memory_mb()
    del kept
    return {**figures, "memoire_mo": round(after - before, 1) if after is not None and before is not None else None}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_once(Path(sys.argv[sys.argv.index(_ONCE) + 1]))))

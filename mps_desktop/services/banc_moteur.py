"""How fast the engine is on this machine, and how much memory it takes."""

from __future__ import annotations

import itertools
import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ClassVar

from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.reader import Catalogue
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.progress import Progress
from mps_desktop.engine.lecture import BacAbsent, CommuneNulle
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.preparation import Tableaux, from_bytes, prepare, to_bytes
from mps_desktop.engine.profil import Profil
from mps_desktop.engine.profils_synthetiques import Vocabulaire, synthetic_profiles, vocabulary
from mps_desktop.engine.regles import Mode
from mps_desktop.services.moteur_neutre import load_jeu, load_profils

LYCEENS_DE_FRANCE = 2_100_000
"""Pupils of the lycées of France, round figure, all streams together."""

_LIMITE = 100
_NB_METIERS = 50
_NB_EXPLICATIONS = 10
_CLASSE = 36
_REPRISES = 5
_NB_SYNTHETIQUES = 200
_PAR_TACHE = 1000
_GRAINE = 20260
_GRAINE_FOULE = 1


@dataclass(frozen=True, slots=True)
class Duree:
    """Milliseconds: median and 95th percentile over the profiles."""

    mediane: float
    p95: float


@dataclass(frozen=True, slots=True)
class Foule:
    """A very large number of invented profiles, ranked on all cores, none kept.

    Attributes:
        memoire_mo: largest resident memory of one working process, None where the system does not tell.
        extrapolation_2_1_millions_s: seconds for the lycéens of France at the same pace.
    """

    profils: int
    coeurs: int
    secondes: float
    ms_par_eleve: float
    memoire_mo: float | None
    extrapolation_2_1_millions_s: float


@dataclass(frozen=True, slots=True)
class Banc:
    """Measures of the engine; milliseconds unless the name says otherwise.

    Attributes:
        chargement_s: reading the data set and building the graph.
        chargement_tableaux_ms: the same from prepared arrays.
        unitaire_ms: full ranking of one student and explanations of the first 10, memory warm.
        unitaire_processeur_ms: the same, time of the processor only: what a busy machine does not change.
        unitaire_froid_ms: the same the first time that each profile is met, in a fresh engine.
        lot_ms_par_eleve: first 100 formations, in a batch on one core.
        lot_avec_metiers_ms_par_eleve: with the first 50 métiers.
        metiers_ms: ranking of all métiers of one student, median.
        classe36_ms: first 100 formations and 50 métiers of 36 students.
        memoire_mo: resident memory of this process after the measures (10^6 bytes).
    """

    donnees: str
    mode: str
    profils: int
    formations: int
    chargement_s: float
    chargement_tableaux_ms: float
    unitaire_ms: Duree
    unitaire_processeur_ms: Duree
    unitaire_froid_ms: Duree
    lot_ms_par_eleve: float
    lot_avec_metiers_ms_par_eleve: float
    metiers_ms: float
    classe36_ms: float
    memoire_mo: float | None
    foule: Foule | None = None


def measure(
    jeu: Path | None,
    profils: Path | None,
    mode: Mode,
    foule: int,
    catalogue: Callable[[], Catalogue],
    progress: Progress,
) -> Banc:
    """Measure everything.

    Args:
        jeu: data set in the neutral shape; None = the bundled catalogue.
        profils: file of profiles; None = invented ones.
        foule: how many invented profiles to stream over all cores; 0 = none.
        catalogue: opens the bundled catalogue, called when it is needed only.

    Raises:
        EnvironmentFault: a file cannot be read, or no profile gives any suggestion.
    """
    start = time.perf_counter()
    tableaux = prepare(load_jeu(jeu) if jeu else engine_dataset(catalogue()), mode)
    moteur = Moteur.from_arrays(tableaux)
    loading = time.perf_counter() - start
    packed = to_bytes(tableaux)
    from_arrays = statistics.median(_durations(lambda: Moteur.from_arrays(from_bytes(packed)), _REPRISES))
    words = vocabulary(tableaux)
    if profils:
        asked = tuple(profil for _, profil in load_profils(profils))
    else:
        asked = tuple(synthetic_profiles(words, _NB_SYNTHETIQUES, _GRAINE))
    asked = tuple(profil for profil in asked if _answered(moteur, profil))
    if not asked:
        raise EnvironmentFault(
            "Aucun de ces profils ne donne de suggestion : il n’y a rien à mesurer.",
            "Choisissez des profils qui citent des domaines, des intérêts, des métiers ou des formations de ce jeu.",
        )
    return Banc(
        donnees=jeu.name if jeu else "catalogue",
        mode=mode,
        profils=len(asked),
        formations=len(words.formations),
        chargement_s=round(loading, 3),
        chargement_tableaux_ms=round(from_arrays, 1),
        **_timings(tableaux, moteur, asked),
        memoire_mo=resident_memory(),
        foule=_crowd(packed, foule, progress) if foule else None,
    )


def _timings(tableaux: Tableaux, moteur: Moteur, asked: Sequence[Profil]) -> dict[str, Any]:
    fresh = Moteur.from_arrays(tableaux)
    cold = [_elapsed(lambda profil=profil: _one_eleve(fresh, profil)) for profil in asked]
    warm = [
        statistics.median(_durations(lambda profil=profil: _one_eleve(moteur, profil), _REPRISES)) for profil in asked
    ]
    used = [_elapsed(lambda profil=profil: _one_eleve(moteur, profil), time.process_time) for profil in asked]
    metiers = [_elapsed(lambda profil=profil: moteur.classer_metiers(profil)) for profil in asked]
    classe = tuple(itertools.islice(itertools.cycle(asked), _CLASSE))

    def batch(profils: Sequence[Profil], nb_metiers: int) -> float:
        work = _durations(lambda: sum(1 for _ in moteur.classer_lot(profils, _LIMITE, nb_metiers)), _REPRISES)
        return statistics.median(work)

    return {
        "unitaire_ms": _summary(warm),
        "unitaire_processeur_ms": _summary(used),
        "unitaire_froid_ms": _summary(cold),
        "lot_ms_par_eleve": round(batch(asked, 0) / len(asked), 3),
        "lot_avec_metiers_ms_par_eleve": round(batch(asked, _NB_METIERS) / len(asked), 3),
        "metiers_ms": round(statistics.median(metiers), 3),
        "classe36_ms": round(batch(classe, _NB_METIERS), 1),
    }


def _one_eleve(moteur: Moteur, profil: Profil) -> None:
    ranked = moteur.classer(profil)
    moteur.expliquer(profil, [suggestion.formation_id for suggestion in ranked[:_NB_EXPLICATIONS]])


def _crowd(packed: bytes, count: int, progress: Progress) -> Foule:
    """Rank invented profiles over all cores: each task makes its own profiles, so nothing piles up."""
    cores = os.cpu_count() or 1
    sizes = [min(_PAR_TACHE, count - first) for first in range(0, count, _PAR_TACHE)]
    start = time.perf_counter()
    done, memory = 0, 0.0
    with ProcessPoolExecutor(cores, get_context("spawn"), _CrowdWorker.start, (packed,)) as pool:
        for size, used in pool.map(_CrowdWorker.run, sizes, range(_GRAINE_FOULE, _GRAINE_FOULE + len(sizes))):
            done += size
            memory = max(memory, used)
            progress.step("Foule de profils inventés", done, count)
    seconds = time.perf_counter() - start
    return Foule(
        profils=count,
        coeurs=cores,
        secondes=round(seconds, 1),
        ms_par_eleve=round(1000 * seconds / count, 3),
        memoire_mo=memory or None,
        extrapolation_2_1_millions_s=round(seconds / count * LYCEENS_DE_FRANCE, 0),
    )


class _CrowdWorker:
    """What one process of the crowd keeps between two tasks."""

    moteur: ClassVar[Moteur]
    words: ClassVar[Vocabulaire]

    @classmethod
    def start(cls, packed: bytes) -> None:
        """Build the engine of this process."""
        tableaux = from_bytes(packed)
        cls.moteur, cls.words = Moteur.from_arrays(tableaux), vocabulary(tableaux)

    @classmethod
    def run(cls, size: int, seed: int) -> tuple[int, float]:
        """Rank profiles made on the spot: how many, and the memory of this process in MB."""
        profils = synthetic_profiles(cls.words, size, seed)
        ranked = sum(1 for _ in cls.moteur.classer_lot(profils, _LIMITE, _NB_METIERS))
        return ranked, resident_memory() or 0.0


def resident_memory() -> float | None:
    """Resident memory of this process now, MB of 10^6 bytes; None where the system does not tell."""
    status = Path("/proc/self/statm")
    if not status.is_file():
        return None
    pages = int(status.read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def _answered(moteur: Moteur, profil: Profil) -> bool:
    """Whether the engine ranks something for this profile (the reference refuses some, others say nothing)."""
    try:
        return bool(moteur.classer(profil, 1))
    except (BacAbsent, CommuneNulle):
        return False


def _elapsed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return 1000 * (clock() - start)


def _durations(work: Callable[[], object], times: int) -> list[float]:
    work()
    return [_elapsed(work) for _ in range(times)]


def _summary(values: Sequence[float]) -> Duree:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return Duree(round(statistics.median(ordered), 3), round(p95, 3))

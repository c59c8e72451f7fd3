"""``./mps bench moteur``: the engine, beside a plain walk of every path as the reference does it.

With the developers' oracle when it is beside the project, else with the bundled catalogue.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mps_desktop.app import build_socle
from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.core.paths import build_paths
from mps_desktop.core.progress import Progress
from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.graphe import Graphe, build_graphe
from mps_desktop.engine.lecture import read
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.preparation import prepare
from mps_desktop.engine.profil import Profil
from mps_desktop.engine.profils_synthetiques import synthetic_profiles, vocabulary
from mps_desktop.services.banc_moteur import measure
from mps_desktop.services.moteur_neutre import load_jeu, load_profils

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracle"
_NB_NAIFS = 8
_FOULE = "--foule"


def run(arguments: list[str]) -> dict[str, Any]:
    """Figures of ``moteur banc`` in both modes, and how much slower the plain walk is."""
    count = int(arguments[arguments.index(_FOULE) + 1]) if _FOULE in arguments else 0
    oracle = ORACLE.is_dir()
    jeu = ORACLE / "dataset.json.gz" if oracle else None
    profils = ORACLE / "profiles.json" if oracle else None

    def catalogue() -> Any:
        return build_socle(build_paths()).catalogue

    corrige = measure(jeu, profils, "corrige", count, catalogue, Progress())
    reference = measure(jeu, profils, "reference", 0, catalogue, Progress())
    data = load_jeu(jeu) if jeu else engine_dataset(catalogue())
    asked = [p for _, p in load_profils(profils) if p.bac] if profils else []
    asked = asked or list(synthetic_profiles(vocabulary(prepare(data)), 200, 1))
    return {
        **asdict(corrige),
        "mode_reference": asdict(reference),
        "parcours_naif": _against_plain_walk(data, asked[:: max(1, len(asked) // _NB_NAIFS)][:_NB_NAIFS]),
    }


def _against_plain_walk(jeu: JeuDeDonnees, profils: list[Profil]) -> dict[str, Any]:
    """The sub-score of tastes by walking every path of every source, then the same with the engine's vectors."""
    graphe = build_graphe(jeu)
    successors = {node: graphe.successors(node) for node in graphe.noeuds}
    degrees = dict(zip(graphe.noeuds, graphe.degres_entrants.tolist(), strict=True))
    moteur = Moteur(jeu, "reference")
    plain: list[float] = []
    ours: list[float] = []
    paths = 0
    for profil in profils:
        moteur.classer(profil)
        start = time.perf_counter()
        paths += sum(_walk(graphe, successors, degrees, source) for source in read(profil).sources)
        plain.append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        moteur.classer(profil)
        ours.append(1000 * (time.perf_counter() - start))
    slow, fast = statistics.median(plain), statistics.median(ours)
    return {
        "profils": len(profils),
        "chemins_par_profil": round(paths / max(1, len(profils))),
        "parcours_seul_ms": round(slow, 1),
        "classement_complet_ms": round(fast, 3),
        "rapport": round(slow / fast, 1),
    }


def _walk(graphe: Graphe, successors: dict[str, dict[str, float]], degrees: dict[str, int], source: str) -> int:
    """Regroup by target every shortest path of at most three edges; how many there are."""
    if source not in graphe.index:
        return 0
    level = {source: 0}
    paths: list[tuple[tuple[str, ...], float]] = [((source,), 1.0)]
    by_target: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for length in (1, 2, 3):
        longer: list[tuple[tuple[str, ...], float]] = []
        for path, weight in paths:
            last = path[-1]
            through = weight if len(path) == 1 else weight / max(1.0, degrees[last] ** 0.5)
            for target, step in successors[last].items():
                if level.setdefault(target, length) == length:
                    longer.append(((*path, target), through * step))
        for path, weight in longer:
            by_target.setdefault(path[-1], []).append((path, weight))
        paths = longer
    return sum(len(group) for group in by_target.values())

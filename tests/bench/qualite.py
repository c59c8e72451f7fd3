"""Does the ranking for given spécialités agree with where bacheliers with those spécialités asked to go?

For each pair of spécialités of the session 2024, a student in général who likes every domaine is ranked with that
pair. The families of the published counts that have formations here are ordered by their best formation, and
compared with what the bacheliers of the pair really asked for:

- ``demande``: how many asked for the family (large families weigh);
- ``surdemande``: that share over the share of all bacheliers (what is particular to the pair).

Shares of spécialités come from the sessions 2021 to 2023 only: the session that judges is never read by the engine.
Figures: Spearman rank correlation, and recall@20 = share of the 20 most asked families found among the first 20
of the ranking; plain means over the pairs, means weighted by the bacheliers of the pair, and the difference
between the two modes with its 95 % interval (bootstrap over the pairs).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from mps_desktop.catalogue.construction.statistiques import FAMILLES_GENERALES, shares_by_eds_family
from mps_desktop.catalogue.dataset import engine_dataset
from mps_desktop.catalogue.reader import Catalogue, open_catalogue
from mps_desktop.catalogue.records import EdsDoublet
from mps_desktop.core.paths import find_resources
from mps_desktop.engine.donnees import JeuDeDonnees
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.profil import Profil
from mps_desktop.engine.regles import Mode

_JUGE = 2024
_APPRISES = frozenset({"2021", "2022", "2023"})
_TOUS = "Ensemble des bacheliers"
_BACHELIERS_MIN = 100
_PREMIERES = 20
_TIRAGES = 2000
_MESURES = ("spearman_demande", "spearman_surdemande", "rappel20_demande", "rappel20_surdemande")
_MODES: tuple[Mode, ...] = ("reference", "corrige")


def run(arguments: list[str]) -> dict[str, object]:
    """Figures of both modes. An argument = path of another catalogue."""
    path = Path(arguments[0]) if arguments else find_resources() / "catalogue" / "catalogue.sqlite"
    with closing(open_catalogue(path)) as catalogue:
        return measure(catalogue)


def measure(catalogue: Catalogue) -> dict[str, object]:
    """Figures of both modes on one catalogue."""
    doublets = catalogue.eds_doublets()
    names = {name: list(ids) for name, ids in catalogue.eds_specialites().items()}
    jeu = _without_the_judge(engine_dataset(catalogue), doublets, names, catalogue.eds_familles())
    familles = {one: family for one, family in catalogue.eds_familles().items() if family not in FAMILLES_GENERALES}
    domaines = tuple(sorted({e for _, e in jeu.atome_element if e.startswith("dom")}))
    asked = _asked(doublets)
    pairs = [pair for pair, counts in sorted(asked.items()) if counts[_TOUS] >= _BACHELIERS_MIN]
    everybody = {f: sum(counts.get(f, 0) for counts in asked.values()) for f in (*set(familles.values()), _TOUS)}
    weights = np.array([asked[pair][_TOUS] for pair in pairs], dtype=float)
    scores = {
        mode: np.array(
            [_judge(moteur, pair, asked[pair], everybody, names, familles, domaines) for pair in pairs]
        )
        for mode, moteur in ((mode, Moteur(jeu, mode)) for mode in _MODES)
    }  # fmt: skip
    figures: dict[str, object] = {
        "session_jugee": _JUGE, "sessions_apprises": "2021-2023", "paires": len(pairs),
        "familles": len(set(familles.values())), "rappel_au_hasard": round(_PREMIERES / len(set(familles.values())), 3),
    }  # fmt: skip
    for index, name in enumerate(
        ("spearman_demande", "spearman_surdemande", "rappel20_demande", "rappel20_surdemande")
    ):
        figures[name] = {
            **{mode: _means(scores[mode][:, index], weights) for mode in _MODES},
            "corrige_moins_reference": _difference(scores["corrige"][:, index] - scores["reference"][:, index]),
        }
    return figures


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Rank correlation, ties at their mean rank; 0 when one side is constant."""
    a, b = _mean_ranks(np.asarray(one, dtype=float)), _mean_ranks(np.asarray(other, dtype=float))
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def recall(ranked: Sequence[str], wanted: Mapping[str, float], first: int) -> float:
    """Share of the ``first`` most wanted that are among the first of a ranking."""
    best = sorted(wanted, key=lambda one: (-wanted[one], one))[:first]
    return len(set(best) & set(ranked[:first])) / len(best)


def _judge(
    moteur: Moteur,
    pair: tuple[str, str],
    asked: Mapping[str, int],
    everybody: Mapping[str, int],
    names: Mapping[str, list[str]],
    familles: Mapping[str, str],
    domaines: tuple[str, ...],
) -> tuple[float, float, float, float]:
    # One id by short name: every art, every language has the share of all of them.
    ids = tuple(dict.fromkeys(names[name][0] for name in pair))
    found = moteur.affinites(Profil(bac="Générale", specialites=ids, interets=domaines))
    best: dict[str, float] = {}
    for formation, raw in zip(found.ids, found.normalisees.tolist(), strict=True):
        if formation in familles:
            best[familles[formation]] = max(best.get(familles[formation], 0.0), raw)
    demand = {family: float(asked.get(family, 0)) for family in best}
    lift = {
        family: (demand[family] / asked[_TOUS]) / (everybody[family] / everybody[_TOUS]) if everybody[family] else 0.0
        for family in best
    }
    order = sorted(best, key=lambda family: (-best[family], family))
    values = [best[family] for family in order]
    return (
        spearman(values, [demand[family] for family in order]),
        spearman(values, [lift[family] for family in order]),
        recall(order, demand, _PREMIERES),
        recall(order, lift, _PREMIERES),
    )


def _without_the_judge(
    jeu: JeuDeDonnees, doublets: Sequence[EdsDoublet], names: Mapping[str, list[str]], familles: Mapping[str, str]
) -> JeuDeDonnees:
    rows = [
        {"a": str(d.annee), "p": ",".join(d.specialites), "f": d.famille, "c": "", "o": "", "acc": str(d.acceptations)}
        for d in doublets
    ]
    shares = shares_by_eds_family(rows, names, _APPRISES)
    return replace(
        jeu,
        formations=tuple(replace(f, pct_specialites=shares.get(familles.get(f.id, ""), {})) for f in jeu.formations),
    )


def _asked(doublets: Sequence[EdsDoublet]) -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for one in doublets:
        if one.annee == _JUGE:
            found.setdefault(one.specialites, {})[one.famille] = one.candidats
    return {pair: counts for pair, counts in found.items() if _TOUS in counts}


def _mean_ranks(values: np.ndarray) -> np.ndarray:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return ((ends - counts + ends - 1) / 2.0)[inverse]


def _means(values: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    return {
        "moyenne": round(float(values.mean()), 3),
        "ponderee": round(float(np.average(values, weights=weights)), 3),
        "min": round(float(values.min()), 3),
    }


def _difference(gaps: np.ndarray) -> dict[str, float]:
    """Mean difference over the pairs, its bootstrap interval, and how many pairs lose."""
    draws = np.random.default_rng(2024).integers(0, len(gaps), (_TIRAGES, len(gaps)))
    low, high = np.quantile(gaps[draws].mean(axis=1), (0.025, 0.975))
    return {
        "moyenne": round(float(gaps.mean()), 3), "bas": round(float(low), 3), "haut": round(float(high), 3),
        "paires_en_baisse": int((gaps < -0.001).sum()),
    }  # fmt: skip

"""Does the ranking for given spécialités agree with where bacheliers with those spécialités asked to go?

For each pair of spécialités of the session 2024, a student in général who likes every domaine is ranked with that
pair. The families of the published counts that have formations here are ordered by their best formation, and
compared with what the bacheliers of the pair really asked for:

- ``demande``: how many asked for the family (large families weigh);
- ``surdemande``: that share over the share of all bacheliers (what is particular to the pair).

``par_paire`` and ``par_famille`` say where the corrected mode is worse by more than noise (``qualite_paires``),
``profils_ecrits`` what hand-written students get (``qualite_experts``).

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
from tests.bench.qualite_experts import written_profiles
from tests.bench.qualite_paires import VuePaire, spearman, worse_families, worse_pairs, worse_recalls

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
    views = {
        mode: [judge_pair(moteur, pair, asked[pair], everybody, names, familles, domaines) for pair in pairs]
        for mode, moteur in ((mode, Moteur(jeu, mode)) for mode in _MODES)
    }
    scores = {mode: np.array([_figures(view) for view in views[mode]]) for mode in _MODES}
    figures: dict[str, object] = {
        "session_jugee": _JUGE, "sessions_apprises": "2021-2023", "paires": len(pairs),
        "familles": len(set(familles.values())), "rappel_au_hasard": round(_PREMIERES / len(set(familles.values())), 3),
    }  # fmt: skip
    for index, name in enumerate(_MESURES):
        figures[name] = {
            **{mode: _means(scores[mode][:, index], weights) for mode in _MODES},
            "corrige_moins_reference": _difference(scores["corrige"][:, index] - scores["reference"][:, index]),
        }
    labels = [" + ".join(pair) for pair in pairs]
    figures["par_paire"] = worse_pairs(labels, views["reference"], views["corrige"])
    figures["rappel_par_paire"] = worse_recalls(labels, views["reference"], views["corrige"], _PREMIERES)
    figures["par_famille"] = worse_families(views["reference"], views["corrige"])
    figures["profils_ecrits"] = written_profiles(engine_dataset(catalogue))
    return figures


def recall(ranked: Sequence[str], wanted: Mapping[str, float], first: int) -> float:
    """Share of the ``first`` most wanted that are among the first of a ranking."""
    best = sorted(wanted, key=lambda one: (-wanted[one], one))[:first]
    return len(set(best) & set(ranked[:first])) / len(best)


def judge_pair(
    moteur: Moteur,
    pair: tuple[str, str],
    asked: Mapping[str, int],
    everybody: Mapping[str, int],
    names: Mapping[str, list[str]],
    familles: Mapping[str, str],
    domaines: tuple[str, ...],
) -> VuePaire:
    """What the engine says of each family for one pair, beside what its bacheliers asked for."""
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
    columns = (np.array([table[family] for family in order]) for table in (best, demand, lift))
    return VuePaire(tuple(order), *columns)


def _figures(view: VuePaire) -> tuple[float, float, float, float]:
    demand, lift = (
        dict(zip(view.familles, column.tolist(), strict=True)) for column in (view.demande, view.surdemande)
    )
    return (
        spearman(view.valeurs, view.demande),
        spearman(view.valeurs, view.surdemande),
        recall(view.familles, demand, _PREMIERES),
        recall(view.familles, lift, _PREMIERES),
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

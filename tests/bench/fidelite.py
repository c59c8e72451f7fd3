"""``./mps bench fidelite``: the reference mode against a second, slow reading of the specification.

Odd profiles on the developers' oracle when it is beside the project, on damaged copies of it, and on small invented
data sets. Arguments: ``--profils N`` (odd profiles on the whole oracle, 300), ``--jeux N`` (damaged copies, 20),
``--petits N`` (small data sets, 200), ``--graine N``.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from mps_desktop.engine.comparaison import Comparaison, compare
from mps_desktop.engine.jeu_neutre import read_jeu, read_profil
from mps_desktop.engine.moteur import Moteur
from mps_desktop.engine.reponse_neutre import answers
from tests.engine.donnees_abimees import Json, damaged, odd_profile, seeded, small_data
from tests.engine.oracle_naif import OracleNaif

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracle"
_PAR_JEU = 12
_MONTRES = 10


def run(arguments: list[str]) -> dict[str, Any]:
    """How many answers differ, by kind; and what the random data really exercised."""

    def option(name: str, usual: int) -> int:
        return int(arguments[arguments.index(name) + 1]) if name in arguments else usual

    seed = option("--graine", 1)
    total: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    examples: list[str] = []
    profils = 0

    def judge(data: Json, chance: random.Random, count: int, name: str) -> None:
        nonlocal profils
        profils += count
        comparaison, seen = confront(data, [odd_profile(data, chance) for _ in range(count)])
        total.update(e.nature for e in comparaison.ecarts)
        reached.update(seen)
        room = _MONTRES - len(examples)
        examples.extend(f"{name}: {e.nature}, {e.profil}: {e.detail}" for e in comparaison.ecarts[:room])

    if ORACLE.is_dir():
        whole: Json = json.loads(gzip.decompress((ORACLE / "dataset.json.gz").read_bytes()))
        judge(whole, seeded(seed), option("--profils", 300), "oracle")
        for number in range(option("--jeux", 20)):
            chance = seeded(f"{seed}/{number}")
            copy, done = damaged(whole, chance)
            judge(copy, chance, _PAR_JEU, f"abîmé {number} ({', '.join(done)})")
    for number in range(option("--petits", 200)):
        chance = seeded(f"petit {seed}/{number}")
        data, done = damaged(small_data(chance), chance, chance.randint(0, 6))
        judge(data, chance, _PAR_JEU, f"petit {number} ({', '.join(done)})")
    return {
        "profils": profils, "ecarts": sum(total.values()), "par_nature": dict(total), "exemples": examples,
        "atteint": dict(sorted(reached.items())),
    }  # fmt: skip


def confront(data: Json, profils: list[Json]) -> tuple[Comparaison, Counter[str]]:
    """The slow reading against the engine on one data set; and what the answers exercised."""
    naive = OracleNaif(data)
    named = [(f"q{rank}", profil) for rank, profil in enumerate(profils)]
    found = answers(Moteur(read_jeu(data), "reference"), [(name, read_profil(raw)) for name, raw in named])
    expected = {
        "columns": found["columns"], "p50_nb_voeux": naive.p50, "p75_capacite": naive.p75,
        "profiles": [naive.answer(name, raw) for name, raw in named],
    }  # fmt: skip
    seen: Counter[str] = Counter()
    for one in expected["profiles"]:
        seen["erreurs"] += "error" in one
        seen["rien de personnel"] += bool(one.get("nothing_personal"))
        seen["affinités"] += len(one.get("affinities", ()))
        seen.update(kind for case in one.get("explanations", ()) for reason in case["explanations"] for kind in reason)
    return compare(expected, found), seen

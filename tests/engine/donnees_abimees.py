"""Odd profiles, small invented data sets and damaged ones, in the neutral JSON. Everything follows from a seed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
EDGES = (
    "interet_metier", "formation_domaine", "domaine_metier", "metier_associe", "formation_psup_to_mps",
    "las_to_generic", "las_to_pass", "atome_element", "metier_formation",
)  # fmt: skip
BACS = (
    "NC", "Générale", "P", "PA", "S2TMD", "ST2S", "STAV", "STD2A", "STHR", "STI2D", "STL", "STMG",
    "", " ", "\t", "G?", "générale", "Pro", "NC ",
)  # fmt: skip
MOYENNES = (
    None, "", " ", "0", "0.0", "-3", "12", "18", "19", "20.5", "26", " 31 ", "39", "39.9", "40", "55", "1e1", "1e9",
    "12,5", "abc", "nan", "inf", "1_2", "٣", 28, 13.5,
)  # fmt: skip
UNKNOWN = ("fl404", "fr404", "MET.404", "dom404", "ci404", "", "T-IDEO2.404", "Éc ole", "mat", "null")


def seeded(seed: int | str) -> random.Random:
    """The same draws every time."""
    return random.Random(seed)  # noqa: S311  test data, nothing secret


def small_data(chance: random.Random) -> Json:
    """A data set of some fifteen formations, with conflicts and holes."""
    names = ["fl2047", *(f"fl{n}" for n in range(1, 9)), "fr9", "fl1000001", "fl1000002", "fl1000003"]
    psup = ["fl30", "fl31", "fr32"]
    metiers = [f"MET.{n}" for n in range(1, 8)]
    atoms = [f"T-IDEO2.{n}" for n in range(1, 9)]
    every = [*names, *psup]

    def pairs(one: list[str], other: list[str], most: int) -> list[list[str]]:
        return [[chance.choice(one), chance.choice(other)] for _ in range(chance.randint(0, most))]

    edges = {
        "interet_metier": pairs(atoms[:4], metiers, 10),
        "formation_domaine": pairs(every, [*atoms[4:], "dom3"], 14),
        "domaine_metier": pairs(atoms[4:], metiers, 10),
        "secteur_metier": pairs(atoms, metiers, 3),
        "metier_associe": pairs(metiers, metiers, 7),
        "formation_psup_to_mps": pairs(psup, every, 5),
        "las_to_generic": [[name, "fl1"] for name in names if name.startswith("fl1000")],
        "las_to_pass": [[name, "fl2047"] for name in names if name.startswith("fl1000") and chance.random() < 0.8],
        "atome_element": [[a, chance.choice(["ci1", "ci2"])] for a in atoms[:4]]
        + [[a, chance.choice(["dom1", "dom2", "dom3"])] for a in atoms[4:]],
        "metier_formation": pairs(metiers, every, 24),
    }
    formations = [_formation(name, every, chance) for name in names]
    villes = [
        {"id": "00001", "nom": "Testville", "coords": [[48.2, 2.0]]},
        {"id": "00002", "nom": "Fauxbourg", "coords": [[43.0, 1.0], [48.9, 2.1]]},
        {"id": "00003", "nom": "Nulle-Part", "coords": []},
    ]
    return {
        "nodes": [{"id": one, "label": one} for one in (*names, *metiers)], "edges": edges,
        "formation_metier": pairs(names, metiers, 22), "formations": formations, "villes": villes,
        "specialites": {"par_bac": {"Générale": ["mat1", "mat2"], "P": ["sp1"]}, "labels": {}},
    }  # fmt: skip


def _formation(name: str, every: list[str], chance: random.Random) -> Json:
    points = [(None, None), (48.1, 2.0), (48.7, 2.3), (43.6, 1.4)]
    voeux = [dict(zip(("lat", "lng"), chance.choice(points), strict=True)) for _ in range(chance.randint(0, 4))]
    return {
        "id": name, "label": name, "type": chance.choice(["a", "b", "", "c"]), "duree": chance.randint(-1, 6),
        "apprentissage": chance.random() < 0.5, "las": "fl1" if name.startswith("fl1000") else None,
        "capacite": chance.choice([-1, 0, 5, 40, 100, 300]), "psup": [name],
        "voeux": [{"id": f"ta{name}{n}", "ville": None, "capacite": 1, **point} for n, point in enumerate(voeux)],
        "stats": {
            "nb_admis_par_bac": {b: chance.choice([0, 1, 5, 30, 100]) for b in BACS[1:6] if chance.random() < 0.6}
            | ({"NC": chance.choice([100, 200])} if chance.random() < 0.7 else {}),
            "moyenne_generale": {b: _percentiles(chance) for b in ("Générale", "P", "NC") if chance.random() < 0.5},
            "pct_admis_par_specialite": {
                s: chance.choice([0, 1, 30]) for s in ("mat1", "sp1") if chance.random() < 0.6
            },
            "similaires": {
                str(index): {chance.choice(every): chance.choice([0, 5, 60_000, 100_000, 250_000])
                             for _ in range(chance.randint(0, 5))}
                for index in (1, 2, 3) if chance.random() < 0.8
            },
        },
    }  # fmt: skip


def _percentiles(chance: random.Random) -> Json:
    ranks = sorted(chance.randint(0, 39) for _ in range(5))
    return {**dict(zip(("r10", "r25", "r50", "r75", "r90"), ranks, strict=True)), "max": chance.choice([39, 39, 20])}


def odd_profile(data: Json, chance: random.Random) -> Json:
    """A profile with known, unknown, repeated, null and missing values."""
    formations = [f["id"] for f in data["formations"]] or ["fl1"]
    metiers = sorted({m for _, m in data["formation_metier"]} | {m for m, _ in data["edges"]["metier_formation"]})
    elements = sorted({e for _, e in data["edges"]["atome_element"]}) or ["dom1"]
    atoms = [a for a, _ in data["edges"]["atome_element"]] or ["T-IDEO2.1"]
    specialites = [s for ids in data["specialites"]["par_bac"].values() for s in ids] or ["mat1"]
    villes = [v["id"] for v in data["villes"]] or ["x"]

    def some(known: list[str], most: int) -> list[str | None] | None:
        if chance.random() < 0.05:
            return None
        picked: list[str | None] = [*chance.choices(known, k=chance.choice([0, 1, 1, 2, 3, most]))]
        if chance.random() < 0.15:
            picked.append(chance.choice(UNKNOWN))
        if picked and chance.random() < 0.1:
            picked.append(picked[0])
        return picked

    def choice() -> Json:
        pool = chance.choice([formations, formations, metiers or formations, elements, list(UNKNOWN)])
        one = {"fl": chance.choice(pool), "status": chance.choice([0, 1, 1, 1, 1, 2, 2, 3, -1, None])}
        return one if chance.random() < 0.3 else {**one, "score": chance.choice([None, 0, 1, 2, 3, 4, 5, 9, -1])}

    choices = [choice() for _ in range(chance.choice([0, 1, 2, 4, 8]))]
    choices = _crowded(choices, formations, chance)
    interests = some(elements, 8)
    if interests and chance.random() < 0.1:
        interests.append(chance.choice([*atoms, None]))
    towns = some(villes, 6)
    if towns and chance.random() < 0.02:
        towns.append(None)
    profile = {
        "niveau": chance.choice(["", "sec", "prem", "term", None]),
        "bac": None if chance.random() < 0.02 else chance.choice([*BACS, "Générale", "Générale", "Générale"]),
        "duree": chance.choice(["", "court", "long", "indiff", None, "COURT", "Long", "x", "court "]),
        "apprentissage": chance.choice(["A", "B", "C", "D", "", None, "a", "E"]),
        "geo_pref": towns,
        "spe_classes": some(specialites, 5),
        "interests": interests,
        "moygen": chance.choice(MOYENNES) if chance.random() < 0.5 else str(chance.randint(0, 40)),
        "choices": choices,
        "statut": chance.choice(["", "0", None]),
        "inconnu": 1,
    }
    for key in list(profile):
        if key != "bac" and chance.random() < 0.03:
            del profile[key]
    return profile


def _crowded(choices: list[Json], formations: list[str], chance: random.Random) -> list[Json]:
    """Now and then forty favourites, or everything refused."""
    if chance.random() < 0.06:
        choices = [*choices, *({"fl": f, "status": 1, "score": None} for f in chance.choices(formations, k=40))]
    if chance.random() < 0.04:
        choices = [*choices, *({"fl": f, "status": 2} for f in chance.choices(formations, k=len(formations)))]
    if chance.random() < 0.03:
        choices = [{"fl": f, "status": 2} for f in formations]
    return choices


def damaged(data: Json, chance: random.Random, times: int = 6) -> tuple[Json, tuple[str, ...]]:
    """A copy with some damage, and the names of what was done."""
    data = copy.deepcopy(data)
    done = chance.sample(sorted(DAMAGE), k=min(times, len(DAMAGE)))
    for name in done:
        DAMAGE[name](data, chance)
    return data, tuple(done)


def _each(data: Json, chance: random.Random, share: float) -> list[Json]:
    return [f for f in data["formations"] if chance.random() < share]


def _remove_formations(data: Json, chance: random.Random) -> None:
    keep = chance.choice([0.95, 0.6, 0.1])
    data["formations"] = [f for f in data["formations"] if chance.random() < keep]


def _remove_health(data: Json, chance: random.Random) -> None:
    las = chance.random() < 0.5
    data["formations"] = [f for f in data["formations"] if (f.get("las") is None if las else f["id"] != "fl2047")]


def _remove_statistics(data: Json, chance: random.Random) -> None:
    for f in _each(data, chance, 0.4):
        if f.get("stats"):
            f["stats"][chance.choice(list(f["stats"]))] = {}


def _lose_keys(data: Json, chance: random.Random) -> None:
    for f in _each(data, chance, 0.2):
        name = chance.choice(["stats", "voeux", "duree", "capacite", "type", "apprentissage", "label"])
        if chance.random() < 0.5:
            f[name] = None
        else:
            del f[name]
    for f in _each(data, chance, 0.2):
        if f.get("stats"):
            name = chance.choice(list(f["stats"]))
            if chance.random() < 0.5:
                f["stats"][name] = None
            else:
                del f["stats"][name]


def _odd_counts(data: Json, chance: random.Random) -> None:
    for f in _each(data, chance, 0.3):
        counts = (f.get("stats") or {}).get("nb_admis_par_bac") or {}
        for bac in list(counts):
            if chance.random() < 0.5:
                counts[bac] = chance.choice([0, 0, 1, 10**9])
            elif chance.random() < 0.3:
                del counts[bac]
        if counts.get("NC") == 0 and chance.random() < 0.9:
            counts["NC"] = 3


def _nobody(data: Json, chance: random.Random) -> None:
    for f in _each(data, chance, 0.02):
        f["stats"] = {**(f.get("stats") or {}), "nb_admis_par_bac": {"NC": 0, "Générale": chance.choice([0, 4])}}


def _odd_grades(data: Json, chance: random.Random) -> None:
    for f in _each(data, chance, 0.4):
        same = chance.randint(0, 39)
        ranks = [same] * 5 if chance.random() < 0.4 else [chance.randint(0, 39) for _ in range(5)]
        grades = {
            **dict(zip(("r10", "r25", "r50", "r75", "r90"), ranks, strict=True)),
            "max": chance.choice([39, 20, 0]),
        }
        f["stats"] = {**(f.get("stats") or {}), "moyenne_generale": {chance.choice(["NC", "Générale", "P"]): grades}}


def _odd_shares(data: Json, chance: random.Random) -> None:
    for f in _each(data, chance, 0.4):
        shares = (f.get("stats") or {}).get("pct_admis_par_specialite") or {}
        for one in list(shares):
            shares[one] = chance.choice([0, 1, 2, 100, 250])


def _odd_likeness(data: Json, chance: random.Random) -> None:
    names = [f["id"] for f in data["formations"]] or ["fl1"]
    for f in _each(data, chance, 0.4):
        table = {
            index: {chance.choice([*names, *UNKNOWN, f["id"]]): chance.choice([0, -7, 1, 99_999, 100_000, 5 * 10**9])
                    for _ in range(chance.randint(0, 6))}
            for index in chance.sample(["0", "1", "2", "3"], 2)
        }  # fmt: skip
        f["stats"] = {**(f.get("stats") or {}), "similaires": table}


def _odd_places(data: Json, chance: random.Random) -> None:
    flat = chance.random() < 0.3
    for f in data["formations"] if flat else _each(data, chance, 0.4):
        f["capacite"] = chance.choice([0, 0, -1, None]) if flat else chance.choice([0, -1, None, 3, 10**8])
    for f in _each(data, chance, 0.2):
        f["voeux"] = []


def _odd_fields(data: Json, chance: random.Random) -> None:
    for f in _each(data, chance, 0.4):
        f["duree"] = chance.choice([None, -1, 0, 1, 4, 5, 9])
        f["apprentissage"] = chance.choice([True, False, None])
        f["type"] = chance.choice([None, "", "x", f["id"], "T-x"])


def _no_position(data: Json, chance: random.Random) -> None:
    share = chance.choice([0.1, 1.0])
    for f in data["formations"]:
        for v in f.get("voeux") or []:
            if chance.random() < share:
                v["lat"] = v["lng"] = None
            elif chance.random() < 0.05:
                v["lat"], v["lng"] = chance.choice([(90.0, 0.0), (-90.0, 180.0), (0.0, -180.0), (-21.1, 55.5)])


def _odd_towns(data: Json, chance: random.Random) -> None:
    if chance.random() < 0.2:
        data["villes"] = []
    for v in data["villes"]:
        if chance.random() < 0.1:
            v["coords"] = chance.choice([[], [[90.0, 0.0]], [[48.0, 2.0], [43.0, 1.0], [48.0, 2.0]]])


def _empty_lists(data: Json, chance: random.Random) -> None:
    for name in chance.sample(EDGES, 2):
        data["edges"][name] = []
    if chance.random() < 0.3:
        data["formation_metier"] = []


def _fewer_edges(data: Json, chance: random.Random) -> None:
    for name in EDGES:
        data["edges"][name] = [pair for pair in data["edges"][name] if chance.random() < 0.7]


def _shuffled(data: Json, chance: random.Random) -> None:
    for name in EDGES:
        chance.shuffle(data["edges"][name])
    chance.shuffle(data["formation_metier"])
    chance.shuffle(data["formations"])


def _twice(data: Json, chance: random.Random) -> None:
    for name in EDGES:
        data["edges"][name] += [list(p) for p in data["edges"][name] if chance.random() < 0.1]
    data["formation_metier"] += [list(p) for p in data["formation_metier"] if chance.random() < 0.1]


def _loops_and_cycles(data: Json, chance: random.Random) -> None:
    for name in ("metier_associe", "atome_element", "formation_psup_to_mps", "las_to_generic"):
        pairs = data["edges"][name]
        for pair in chance.sample(pairs, min(len(pairs), 3)):
            pairs.insert(chance.randint(0, len(pairs)), pair[::-1])
            pairs.insert(chance.randint(0, len(pairs)), [pair[0], pair[0]])


def _stray_edges(data: Json, chance: random.Random) -> None:
    ids = [f["id"] for f in data["formations"]] + [x for name in EDGES for p in data["edges"][name] for x in p]
    ids = sorted({*ids, *UNKNOWN, "MET.new", "dom_new", "fl_new"})
    for name in EDGES:
        for _ in range(chance.randint(0, 4)):
            pair = [chance.choice(ids), chance.choice(ids)]
            data["edges"][name].insert(chance.randint(0, len(data["edges"][name])), pair)
    for _ in range(3):
        data["formation_metier"].append([chance.choice(ids), chance.choice(ids)])


def _chains(data: Json, chance: random.Random) -> None:
    groups = data["edges"]["formation_psup_to_mps"]
    names = [f["id"] for f in data["formations"]] or ["fl1"]
    for pair in chance.sample(groups, min(4, len(groups))):
        groups.insert(chance.randint(0, len(groups)), [pair[1], chance.choice(names)])
    for _ in range(2):
        groups.append([chance.choice(names), chance.choice(names)])


def _between_formations(data: Json, chance: random.Random) -> None:
    names = [f["id"] for f in data["formations"]] or ["fl1"]
    for _ in range(4):
        data["edges"]["formation_domaine"].append([chance.choice(names), chance.choice(names)])


DAMAGE: dict[str, Callable[[Json, random.Random], None]] = {
    "formations retirées": _remove_formations, "sans PASS ou sans LAS": _remove_health,
    "statistiques vides": _remove_statistics, "clés perdues": _lose_keys, "admis étranges": _odd_counts,
    "personne admis": _nobody, "moyennes étranges": _odd_grades, "parts étranges": _odd_shares,
    "ressemblances étranges": _odd_likeness, "places étranges": _odd_places, "champs étranges": _odd_fields,
    "sans position": _no_position, "villes étranges": _odd_towns, "listes vides": _empty_lists,
    "arêtes en moins": _fewer_edges, "ordre changé": _shuffled, "doublons": _twice, "cycles": _loops_and_cycles,
    "arêtes perdues": _stray_edges, "chaînes": _chains, "entre formations": _between_formations,
}  # fmt: skip

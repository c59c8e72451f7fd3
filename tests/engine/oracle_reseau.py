"""The graph of the reference, read word for word in section 3 of its specification: two tables of neighbours."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
PASS = "fl2047"


def is_formation(name: str) -> bool:
    return name.startswith(("fl", "fr"))


class Reseau:
    """Section 3: successors, and their mirror."""

    def __init__(self) -> None:
        self.out: dict[str, dict[str, float]] = {}
        self.into: dict[str, dict[str, float]] = {}

    def node(self, a: str) -> None:
        self.out.setdefault(a, {})
        self.into.setdefault(a, {})

    def put(self, a: str, b: str, w: float) -> None:
        if a != b:
            self.node(a)
            self.node(b)
            self.out[a][b] = w
            self.into[b][a] = w

    def put2(self, a: str, b: str, w: float) -> None:
        self.put(a, b, w)
        self.put(b, a, w)

    def give(self, origin: str, target: str, c: float) -> None:
        for t, w in list(self.out.get(origin, {}).items()):
            self.put(target, t, c * w)
        for o, w in list(self.into.get(origin, {}).items()):
            self.put(o, target, c * w)

    def replace(self, pairs: list[list[str]]) -> None:
        for specific, generic in pairs:
            self.give(specific, generic, 1.0)
        generics = {g for _, g in pairs}
        self.erase({s for s, _ in pairs if s not in generics})

    def inherit(self, pairs: list[list[str]], c: float) -> None:
        for poor, rich in pairs:
            self.give(rich, poor, c)

    def erase(self, gone: set[str]) -> None:
        for n in gone:
            for t in self.out.pop(n, {}):
                self.into.get(t, {}).pop(n, None)
            for o in self.into.pop(n, {}):
                self.out.get(o, {}).pop(n, None)


def build(data: Json) -> Reseau:
    edges = data["edges"]
    reference = {f["id"] for f in data["formations"]}
    las = {f["id"] for f in data["formations"] if f.get("las") is not None}
    g = Reseau()
    for f in reference:
        g.node(f)
    of_pass = {m for f, m in data["formation_metier"] if f == PASS}
    for f, m in data["formation_metier"]:
        g.put2(m, f, 0.25 if f in las and m in of_pass else 1.0)
    for f, d in edges["formation_domaine"]:
        g.put(f, d, 0.01)
        g.put(d, f, 1.0)
    for m, f in edges["metier_formation"]:
        g.put(m, f, 1.0)
        g.put(f, m, 0.01)
    for d, m in edges["domaine_metier"]:
        g.put2(d, m, 0.01)
    for i, m in edges["interet_metier"]:
        g.put(i, m, 0.001)
    for m, other in edges["metier_associe"]:
        g.put2(m, other, 0.10)
    g.replace(edges["atome_element"])
    g.replace(edges["formation_psup_to_mps"])
    g.inherit(edges["las_to_generic"], 1.0)
    g.inherit(edges["las_to_pass"], 0.25)
    g.erase({n for n in g.out if is_formation(n) and n not in reference})
    kept, todo = set(reference), list(reference)
    while todo:
        for o in g.into.get(todo.pop(), {}):
            if o not in kept:
                kept.add(o)
                todo.append(o)
    g.erase(set(g.out) - kept)
    return g

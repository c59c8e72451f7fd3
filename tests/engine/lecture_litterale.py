"""The specification of the reference read word for word, slowly: every path one by one, no array.

Written apart from the engine, to be compared with it on data made at random.
"""

from __future__ import annotations

import math
from typing import Any

from mps_desktop.engine.donnees import FormationMoteur, JeuDeDonnees
from mps_desktop.engine.profil import Profil

MINIMA = {
    "typebac": 1e-8, "tags": 1e-8, "app": 1e-5, "duration": 1e-4, "geo": 1e-4, "sim": 1e-3, "spec": 1e-3,
    "spec_bac_pro": 1e-8, "moygen": 1e-1,
}  # fmt: skip
Edges = dict[str, dict[str, float]]


def is_formation(node: str) -> bool:
    return node[:2] in ("fl", "fr")


class Brouillon:
    """The graph while it is made: weight by pair of nodes."""

    def __init__(self, nodes: set[str]) -> None:
        self.nodes = nodes
        self.edges: dict[tuple[str, str], float] = {}

    def put(self, a: str, b: str, w: float) -> None:
        if a != b:
            self.edges[a, b] = w
            self.nodes |= {a, b}

    def erase(self, gone: set[str]) -> None:
        self.nodes -= gone
        for pair in [pair for pair in self.edges if gone & set(pair)]:
            del self.edges[pair]

    def copy(self, origin: str, target: str, coefficient: float) -> None:
        for (a, b), w in list(self.edges.items()):
            if a == origin:
                self.put(target, b, coefficient * w)
        for (a, b), w in list(self.edges.items()):
            if b == origin:
                self.put(a, target, coefficient * w)

    def read_lists(self, jeu: JeuDeDonnees) -> None:
        las = {f.id for f in jeu.formations if f.las is not None}
        of_pass = {m for f, m in jeu.formation_metier if f == "fl2047"}
        join = [(f, m, 0.25 if f in las and m in of_pass else 1.0) for f, m in jeu.formation_metier]
        both = [
            *((m, f, w, w) for f, m, w in join),
            *((f, d, 0.01, 1.0) for f, d in jeu.formation_domaine),
            *((m, f, 1.0, 0.01) for m, f in jeu.metier_formation),
            *((d, m, 0.01, 0.01) for d, m in jeu.domaine_metier),
        ]
        for a, b, forth, back in both:
            self.put(a, b, forth)
            self.put(b, a, back)
        for i, m in jeu.interet_metier:
            self.put(i, m, 0.001)
        for m, other in jeu.metier_associe:
            self.put(m, other, 0.10)
            self.put(other, m, 0.10)


class Litteral:
    def __init__(self, jeu: JeuDeDonnees) -> None:
        self.jeu = jeu
        self.formations = {f.id: f for f in sorted(jeu.formations, key=lambda f: f.id)}
        self.out = self._graph()
        self.degree = {n: sum(n in row for row in self.out.values()) for n in self.out}
        counts = sorted(len(f.voeux) for f in jeu.formations)
        places = sorted(f.capacite for f in jeu.formations)
        size = len(counts)
        self.p50 = counts[size // 2] if size else 0
        self.p75 = places[75 * size // 100] if size else 0

    def _graph(self) -> Edges:
        draft = Brouillon(set(self.formations))
        draft.read_lists(self.jeu)
        for pairs in (self.jeu.atome_element, self.jeu.formation_psup_to_mps):
            for specific, generic in pairs:
                draft.copy(specific, generic, 1.0)
            draft.erase({s for s, _ in pairs} - {g for _, g in pairs})
        for pairs, coefficient in ((self.jeu.las_to_generic, 1.0), (self.jeu.las_to_pass, 0.25)):
            for poor, rich in pairs:
                draft.copy(rich, poor, coefficient)
        draft.erase({n for n in draft.nodes if is_formation(n) and n not in self.formations})
        useful = set(self.formations)
        while more := {a for a, b in draft.edges if b in useful} - useful:
            useful |= more
        draft.erase(draft.nodes - useful)
        return {n: {b: w for (a, b), w in draft.edges.items() if a == n} for n in draft.nodes}

    def paths(self, source: str) -> list[tuple[tuple[str, ...], float]]:
        """Every shortest path of 1 to 3 edges, with its weight."""
        if source not in self.out:
            return []
        level, layer, found = {source: 0}, [((source,), 1.0)], []
        for length in (1, 2, 3):
            longer = []
            for path, weight in layer:
                through = 1.0 if len(path) == 1 else max(1.0, math.sqrt(self.degree[path[-1]]))
                for target, step in self.out[path[-1]].items():
                    if level.setdefault(target, length) == length:
                        longer.append(((*path, target), weight * step / through))
            found += longer
            layer = longer
        return found

    @staticmethod
    def capped(paths: list[tuple[tuple[str, ...], float]]) -> float:
        cap = 1.0 if any(len(path) == 2 for path, _ in paths) else 0.25
        return min(cap, sum(weight for _, weight in paths))

    def profile(self, p: Profil) -> dict[str, Any]:
        approved = [c for c in p.choix if c.statut == 1]
        sources = {*p.interets, *(c.id for c in approved)}
        to: dict[str, list[tuple[tuple[str, ...], float]]] = {}
        for source in sorted(sources):
            for path, weight in self.paths(source):
                to.setdefault(path[-1], []).append((path, weight))
        assert p.bac is not None
        index = 2 if p.bac.startswith("S") else 1 if p.bac == "Générale" else 3 if p.bac in ("P", "PA") else 0
        favourites = [c.id for c in approved if (c.score is None or c.score >= 3) and is_formation(c.id)]
        sim = {name: f.similaires.get(index, {}) for name, f in self.formations.items()}
        health = {"fl2047", *self.out.get("fl2047", {}), *(f.id for f in self.jeu.formations if f.las is not None)}
        return {
            "bac": p.bac if p.bac.strip() else "NC", "sources": sources, "to": to, "favourites": favourites, "sim": sim,
            "candidates": {key for a in favourites for key in sim.get(a, {})}, "health": bool(sources & health),
            "rejected": {c.id for c in p.choix if c.statut == 2},
        }  # fmt: skip

    def nothing_personal(self, p: Profil) -> bool:
        return not p.interets and not any(c.statut == 1 for c in p.choix) and not p.communes

    def scores(self, p: Profil) -> dict[str, dict[str, float]]:
        """Sub-scores of the formations that match."""
        known = self.profile(p)
        found = {}
        for name, f in self.formations.items():
            if name in known["rejected"] or (f.las is not None and not known["health"]):
                continue
            sim = 0.0
            if name in known["candidates"] and known["sim"][name]:
                sim = sum(max(0, known["sim"][name].get(a, 0)) / 100_000 for a in known["favourites"])
            tags = self.tags(name, known)
            if sim <= 0 and tags <= 0:
                continue
            row = {"sim": sim, "tags": tags, **self.others(f, p, known["bac"])}
            if known["bac"] in ("P", "PA"):
                row["spec_bac_pro"] = row["spec"]
            found[name] = row
        return found

    def tags(self, name: str, known: dict[str, Any]) -> float:
        short = [pair for pair in known["to"].get(name, []) if len(pair[0]) <= 3]
        total = 0.0
        for source in {path[0] for path, _ in short}:
            own = [pair for pair in short if pair[0][0] == source]
            total += (2 if source.startswith("MET") else 1) * self.capped(own)
        return max(0.0, min(1.0, total / 6))

    def others(self, f: FormationMoteur, p: Profil, bac: str) -> dict[str, float]:
        years = min(5, max(1, f.duree))
        wish = None if p.duree is None else p.duree.lower()
        duration = 0.0 if wish is None else 1.0
        if wish == "court":
            duration = 0.0 if years >= 4 else (4 - years) / 3
        elif wish == "long":
            duration = 0.0 if years < 4 else (years - 3) / 2
        app = {None: 0.0, "A": 1.0 if f.apprentissage else 0.5, "B": 1.0 if f.apprentissage else 0.8}
        stats = [f.pct_specialites.get(s, 0) for s in set(p.specialites)]
        return {
            "geo": sum(1 / (1 + max(0, d - 10)) for c in set(p.communes) if (d := self.distance(c, f)) is not None),
            "duration": duration,
            "app": app.get(p.apprentissage, 1.0),
            "spec": min(1.0, float(sum(stats))) if p.specialites else 1.0,
            "typebac": self.typebac(f, bac),
            "moygen": self.moygen(f, p.moyenne, bac),
        }

    def distance(self, town: str, f: FormationMoteur) -> int | None:
        if town not in self.jeu.villes:
            return None
        radius, found = 6_371_009, []
        for lat, lng in self.jeu.villes[town].coords:
            for v in f.voeux:
                if v.lat is None or v.lng is None:
                    continue
                one, other = math.radians(90 - lat), math.radians(90 - v.lat)
                inside = one**2 + other**2 - 2 * one * other * math.cos(math.radians(lng - v.lng))
                found.append(int(radius * math.sqrt(inside) / 1000) if inside > 0 else 0)
        return min(found, default=None)

    @staticmethod
    def typebac(f: FormationMoteur, bac: str) -> float:
        everybody, own = f.nb_admis_par_bac.get("NC"), f.nb_admis_par_bac.get(bac)
        if bac == "NC" or everybody is None:
            return 0.01
        if own is None:
            return 0.0
        if everybody == 0:
            return math.nan if own == 0 else 1.0
        share = own / everybody
        return 0.0 if share <= 0.01 else 1.0 if share >= 0.2 else (share - 0.01) / 0.19

    @staticmethod
    def moygen(f: FormationMoteur, average: float | None, bac: str) -> float:
        r = f.percentiles.get(bac) or f.percentiles.get("NC")
        if average is None or r is None:
            return 1.0
        n, low = int(r.rang_max * average / 40), 8 * r.rang_max // 20

        def coef(z: float, o: float) -> float:
            return 0.5 if o == z else max(0.0, min(1.0, (n - z) / (o - z)))

        if n <= low:
            a = 0.001
        elif n <= r.r10:
            a = 0.1 * coef(low, r.r10)
        elif n <= r.r25:
            a = 0.1 + 0.2 * coef(r.r10, r.r25)
        elif n <= r.r50:
            a = 0.3 + 0.6 * coef(r.r25, r.r75)
        elif n <= r.r75:
            a = 0.9 + 0.1 * coef(r.r25, r.r75)
        else:
            a = 1.0
        if n >= r.r90 or n < r.r10:
            x = 0.0
        elif r.r25 <= n <= r.r75:
            x = 1.0
        else:
            x = coef(r.r10, r.r25) if n <= r.r25 else coef(r.r75, r.r25)
        return 0.7 * a + 0.3 * x

    def affinities(self, p: Profil) -> tuple[dict[str, float], dict[str, float]]:
        """Raw and normalised, of the formations that match."""
        raw = {}
        for name, row in self.scores(p).items():
            product = 1.0
            for criterion, value in row.items():
                clamped = value if math.isnan(value) else max(0.0, min(1.0, value))
                product *= MINIMA[criterion] + (1 - MINIMA[criterion]) * clamped
            raw[name] = product
        if any(math.isnan(value) for value in raw.values()):
            return raw, dict.fromkeys(raw, 0.0)
        best = max(raw.values(), default=0.0) or 1.0
        return raw, {n: max(0.0, min(1.0, math.floor(v / best * 1e7 + 0.5) / 1e7)) for n, v in raw.items()}

    def offer(self, f: FormationMoteur) -> float:
        places = 1.0 if f.capacite >= self.p75 else f.capacite / self.p75 if self.p75 else -math.inf
        return places * (1.0 if len(f.voeux) >= self.p50 else len(f.voeux) / self.p50)

    def suggestions(self, p: Profil) -> list[tuple[str, float]]:
        if self.nothing_personal(p):
            return []
        matching, normalised = self.affinities(p)
        remaining = sorted(self.formations, key=lambda n: (-normalised.get(n, 0.0), n))
        bac = p.bac or ""
        malus = 0.2 if bac in ("", "NC") or bac.startswith("G") else 0.9 if bac.startswith("P") else 0.6
        placed: list[str] = []
        total = 0.0
        while remaining:
            need = 0.75 * (len(placed) + 1) - total
            candidates = [n for n in remaining if normalised.get(n, 0.0) > 0]
            short = ([n for n in candidates if self.offer(self.formations[n]) >= need] or candidates)[:10]
            recent = [self.formations[n].type for n in placed[-10:]]
            chosen, best = remaining[0], -1.0
            for n in short:
                value = malus ** recent.count(self.formations[n].type) * normalised[n]
                if value > best:
                    chosen, best = n, value
            placed.append(chosen)
            remaining.remove(chosen)
            if chosen in matching:
                total += self.offer(self.formations[chosen])
        return [(n, normalised.get(n, 0.0)) for n in placed]

    def metiers(self, p: Profil) -> dict[str, float]:
        if self.nothing_personal(p):
            return {}
        known = self.profile(p)
        keys = {n for n in self.out if n.startswith("MET")} - known["rejected"]
        return {key: self.capped(known["to"][key]) if key in known["to"] else 0.0 for key in keys}

    def reasons(self, p: Profil, name: str) -> list[str]:
        """Kinds of reasons, in order."""
        known = self.profile(p)
        f = self.formations[name]
        if f.las is not None and not known["health"]:
            return []
        found = []
        if name in known["candidates"]:
            found += ["simi" for a in known["favourites"] if known["sim"][name].get(a, 0) > 0 and a != name]
        short = [path for path, _ in known["to"].get(name, []) if len(path) <= 3]
        found += ["tags"] if short else []
        found += ["simi" for s in {path[0] for path in short if len(path) == 2} if is_formation(s)]
        found += ["geo" for c in set(p.communes) if (d := self.distance(c, f)) is not None and d < 50]
        years, wish = min(5, max(1, f.duree)), (p.duree or "").lower()
        found += ["dur"] if (wish == "court" and years <= 3) or (wish == "long" and years >= 4) else []
        found += ["app"] if p.apprentissage in ("A", "B") and f.apprentissage else []
        spec = ["spec"] if any(f.pct_specialites.get(s, 0) >= 0.1 for s in p.specialites) else []
        everybody, own = f.nb_admis_par_bac.get("NC"), f.nb_admis_par_bac.get(known["bac"])
        share = 0.0 if not own or everybody is None else own / everybody if everybody else math.inf
        found += [*spec, *(["tbac"] if known["bac"] != "NC" and share >= 0.5 else [])]
        percentiles = f.percentiles.get(known["bac"]) or f.percentiles.get("NC")
        found += ["moygen"] if p.moyenne is not None and percentiles else []
        return found + spec

"""A second reading of the specification of the reference, from the neutral JSON to the neutral answer.

Written from the specification alone, without the engine: nothing here imports the program, reads the JSON itself,
walks every path, and answers in the shape of the expected answers. Slow on purpose. ``donnees_abimees`` makes
odd profiles and damaged data sets, ``tests/bench/fidelite`` compares.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from tests.engine.oracle_reseau import PASS, build, is_formation

Json = dict[str, Any]

NULL = "\x00"
COLUMNS = ("sim", "tags", "geo", "duration", "app", "spec", "spec_bac_pro", "typebac", "moygen")
MINIMUM = {
    "typebac": 1e-8, "tags": 1e-8, "app": 1e-5, "duration": 1e-4, "geo": 1e-4,
    "sim": 1e-3, "spec": 1e-3, "spec_bac_pro": 1e-8, "moygen": 1e-1,
}  # fmt: skip
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


class ReferenceRaises(Exception):
    """The reference raises there: null bac, null town."""


def clamp01(x: float) -> float:
    return x if math.isnan(x) else max(0.0, min(1.0, x))


class OracleNaif:
    """Sections 4 to 10 on one data set."""

    def __init__(self, data: Json) -> None:
        self.g = build(data)
        self.f = {f["id"]: f for f in sorted(data["formations"], key=lambda f: f["id"])}
        self.villes = {v["id"]: v for v in data["villes"]}
        self.join: dict[str, list[str]] = {}
        for f, m in data["formation_metier"]:
            if m not in self.join.setdefault(f, []):
                self.join[f].append(m)
        self.las = {n for n, f in self.f.items() if f.get("las") is not None}
        self.health = {PASS, *self.g.out.get(PASS, {}), *self.las}
        voeux = sorted(len(f.get("voeux") or []) for f in self.f.values())
        places = sorted(self.capacity(f) for f in self.f.values())
        n = len(self.f)
        self.p50 = voeux[n // 2] if n else 0
        self.p75 = places[75 * n // 100] if n else 0
        self._paths: dict[str, dict[str, tuple[int, float]]] = {}
        self._near: dict[tuple[str, str], list[tuple[int, str]]] = {}

    @staticmethod
    def capacity(f: Json) -> int:
        return -1 if f.get("capacite") is None else f["capacite"]

    @staticmethod
    def stat(f: Json, name: str) -> Json:
        return (f.get("stats") or {}).get(name) or {}

    # Section 4

    def walk(self, source: str) -> Iterator[tuple[str, int, float]]:
        """Last node, number of edges and weight of every shortest path of 1 to 3 edges."""
        if source not in self.g.out:
            return
        seen, layer = {source}, [(source, 1.0)]
        for length in (1, 2, 3):
            longer = []
            for node, weight in layer:
                through = 1.0 if node == source else max(1.0, math.sqrt(len(self.g.into[node])))
                longer += [(t, weight * w / through) for t, w in self.g.out[node].items() if t not in seen]
            yield from ((t, length, w) for t, w in longer)
            seen |= {t for t, _ in longer}
            layer = longer

    def paths(self, source: str) -> dict[str, tuple[int, float]]:
        """By target: length of its shortest paths in edges, and the sum of their weights."""
        if source not in self._paths:
            found: dict[str, tuple[int, list[float]]] = {}
            for target, length, weight in self.walk(source):
                found.setdefault(target, (length, []))[1].append(weight)
            self._paths[source] = {t: (length, math.fsum(ws)) for t, (length, ws) in found.items()}
        return self._paths[source]

    @staticmethod
    def subscore(groups: list[tuple[int, float]]) -> float:
        return min(1.0 if any(length == 1 for length, _ in groups) else 0.25, math.fsum(w for _, w in groups))

    # Section 5

    def prepare(self, p: Json) -> Json:
        approved = [c for c in p.get("choices") or [] if c.get("status") == 1]
        moygen = p.get("moygen")
        moy = float(moygen) if moygen is not None and _NUMBER.fullmatch(str(moygen)) else None
        raw_bac = p.get("bac")
        bac = "NC" if raw_bac is None or not raw_bac.strip() else raw_bac
        index = None if raw_bac is None else self.table_of(raw_bac)
        liked = [c.get("fl") or "" for c in approved if c.get("score") is None or c["score"] >= 3]
        fav = [one for one in liked if is_formation(one)]
        sources = {x or "" for x in (*(p.get("interests") or []), *(c.get("fl") for c in approved))}
        return {
            "bac": bac, "index": index, "moy": moy, "fav": fav, "sources": sorted(sources),
            "candidates": {key for a in fav for key in self.sim(a, index)},
            "rejected": {c.get("fl") for c in p.get("choices") or [] if c.get("status") == 2},
            "health": bool(sources & self.health),
            "towns": sorted({NULL if c is None else c for c in p.get("geo_pref") or []}),
            "spe": sorted({x or "" for x in p.get("spe_classes") or []}), "p": p,
        }  # fmt: skip

    @staticmethod
    def table_of(bac: str) -> int:
        if bac.startswith("S"):
            return 2
        return 1 if bac == "Générale" else 3 if bac in ("P", "PA") else 0

    def sim(self, name: str, index: int | None) -> Json:
        return self.stat(self.f[name], "similaires").get(str(index)) or {} if name in self.f else {}

    # Section 6

    def scores(self, name: str, k: Json) -> dict[str, float] | None:
        """Sub-scores, or None when the formation does not match."""
        if name in k["rejected"] or (name in self.las and not k["health"]):
            return None
        if k["index"] is None:
            raise ReferenceRaises
        f = self.f[name]
        own, total = self.sim(name, k["index"]), 0.0
        if name in k["candidates"] and own:
            total = math.fsum(max(0, own.get(a, 0)) / 100_000 for a in k["fav"])
        tags = 0.0
        for s in k["sources"]:
            length, weight = self.paths(s).get(name, (9, 0.0))
            if length <= 2:
                tags += (2 if s.startswith("MET") else 1) * self.subscore([(length, weight)])
        row = {"sim": total, "tags": clamp01(tags / 6)}
        if row["sim"] <= 0 and row["tags"] <= 0:
            return None
        if is_formation(name):
            row |= self.facts(f, k)
        return row

    def facts(self, f: Json, k: Json) -> dict[str, float]:
        p = k["p"]
        years, wish, app = self.years(f), p.get("duree"), p.get("apprentissage")
        wish = None if wish is None else wish.lower()
        duration = 0.0 if wish is None else 1.0
        if wish == "court":
            duration = 0.0 if years >= 4 else (4 - years) / 3
        if wish == "long":
            duration = 0.0 if years < 4 else (years - 3) / 2
        learns = bool(f.get("apprentissage"))
        shares = self.stat(f, "pct_admis_par_specialite")
        spec = min(1.0, sum(float(shares.get(x) or 0) for x in k["spe"])) if k["spe"] else 1.0
        row = {
            "geo": math.fsum(1 / (1 + max(0, n[0][0] - 10)) for c in k["towns"] if (n := self.nearest(c, f))),
            "duration": duration,
            "app": 0.0 if app is None else 1.0 if learns else {"A": 0.5, "B": 0.8}.get(app, 1.0),
            "spec": spec, "typebac": self.typebac(f, k["bac"]), "moygen": self.moygen(f, k),
        }  # fmt: skip
        if k["bac"] in ("P", "PA"):
            row["spec_bac_pro"] = spec
        if app in ("A", "B") and learns:
            row["app"] = 1.0
        return row

    @staticmethod
    def years(f: Json) -> int:
        return max(1, min(5, -1 if f.get("duree") is None else f["duree"]))

    def nearest(self, town: str, f: Json) -> list[tuple[int, str]]:
        """The two nearest vœux: whole kilometres, id."""
        if town == NULL:
            raise ReferenceRaises
        if (town, f["id"]) not in self._near:
            points = (self.villes.get(town) or {}).get("coords") or []
            found = [
                (min(self.distance(a, b, v["lat"], v["lng"]) for a, b in points), v["id"])
                for v in f.get("voeux") or []
                if points and v.get("lat") is not None and v.get("lng") is not None
            ]
            self._near[town, f["id"]] = sorted(found, key=lambda pair: pair[0])[:2]
        return self._near[town, f["id"]]

    @staticmethod
    def distance(lat1: float, lng1: float, lat2: float, lng2: float) -> int:
        one, two = math.radians(90 - lat1), math.radians(90 - lat2)
        inside = one * one + two * two - 2 * one * two * math.cos(math.radians(lng1 - lng2))
        return int(6_371_009 * math.sqrt(inside) / 1000) if inside > 0 else 0

    def share(self, f: Json, bac: str) -> float | None:
        """Admitted of this bac over admitted of all bacs; None when one of the two is absent."""
        counts = self.stat(f, "nb_admis_par_bac")
        total, own = counts.get("NC"), counts.get(bac)
        if total is None or own is None:
            return None
        return own / total if total else math.nan if own == 0 else math.inf

    def typebac(self, f: Json, bac: str) -> float:
        if bac == "NC" or self.stat(f, "nb_admis_par_bac").get("NC") is None:
            return 0.01
        r = self.share(f, bac)
        if r is None or r <= 0.01:
            return 0.0
        return 1.0 if r >= 0.2 else (r - 0.01) / 0.19

    def percentiles(self, f: Json, bac: str) -> tuple[Json | None, str]:
        table = self.stat(f, "moyenne_generale")
        return (table[bac], bac) if table.get(bac) else (table.get("NC"), "NC")

    def moygen(self, f: Json, k: Json) -> float:
        r, _ = self.percentiles(f, k["bac"])
        return 1.0 if k["moy"] is None or not r else self.grade_score(r, k["moy"])

    @staticmethod
    def grade_score(r: Json, moy: float) -> float:
        big = r["max"]
        n, lo = int(big * moy / 40), math.floor(8 * big / 20)
        r10, r25, r50, r75, r90 = r["r10"], r["r25"], r["r50"], r["r75"], r["r90"]

        def coef(z: float, o: float) -> float:
            return 0.5 if o == z else clamp01((n - z) / (o - z))

        if n <= lo:
            a = 0.001
        elif n <= r10:
            a = 0.1 * coef(lo, r10)
        elif n <= r25:
            a = 0.1 + 0.2 * coef(r10, r25)
        elif n <= r50:
            a = 0.3 + 0.6 * coef(r25, r75)
        elif n <= r75:
            a = 0.9 + 0.1 * coef(r25, r75)
        else:
            a = 1.0
        if n >= r90 or n < r10:
            x = 0.0
        elif r25 <= n <= r75:
            x = 1.0
        elif n <= r25:
            x = coef(r10, r25)
        else:
            x = coef(r75, r25)
        return 0.7 * a + 0.3 * x

    def offer(self, f: Json) -> float:
        capacity, count = self.capacity(f), len(f.get("voeux") or [])
        a = 1.0 if capacity >= self.p75 else capacity / self.p75 if self.p75 else -math.inf
        return a * (1.0 if count >= self.p50 else count / self.p50)

    # Sections 7 and 8

    def answer(self, name: str, p: Json) -> Json:
        personal = p.get("interests") or p.get("geo_pref")
        if not personal and not any(c.get("status") == 1 for c in p.get("choices") or []):
            return {"id": name, "nothing_personal": True}
        try:
            return self.full_answer(name, p)
        except ReferenceRaises:
            return {"id": name, "error": "raised"}

    def full_answer(self, name: str, p: Json) -> Json:
        k = self.prepare(p)
        rows = {n: row for n in self.f if (row := self.scores(n, k)) is not None}
        raw = {n: math.prod(self.mult(c, v) for c, v in row.items()) for n, row in rows.items()}
        best = math.nan if any(math.isnan(v) for v in raw.values()) else max(raw.values(), default=0.0)
        norm = {n: self.rounded(v / (1.0 if best <= 0 else best)) for n, v in raw.items()}
        ranked = self.ranking(norm, p.get("bac"))
        metiers = self.metiers([m for m in self.g.out if m.startswith("MET") and m not in k["rejected"]], k)
        return {
            "id": name, "nothing_personal": False, "max_raw": best,
            "affinities": {
                n: [raw[n], norm[n], *(row.get(c) for c in COLUMNS), self.offer(self.f[n])] for n, row in rows.items()
            },
            "nb_positive": sum(v > 0 for v in norm.values()),
            "suggestions_by_id": [[n, norm.get(n, 0.0)] for n in ranked[:100]],
            "explanations": [self.explain(n, k) for n in ranked[:10]],
            "nb_metiers": len(metiers), "nb_metiers_positive": sum(s > 0 for _, s in metiers),
            "metiers_by_id": [list(pair) for pair in metiers[:50]],
        }  # fmt: skip

    @staticmethod
    def mult(criterion: str, value: float) -> float:
        return MINIMUM[criterion] + (1 - MINIMUM[criterion]) * clamp01(value)

    @staticmethod
    def rounded(x: float) -> float:
        return 0.0 if math.isnan(x) else clamp01(math.floor(x * 1e7 + 0.5) / 1e7)

    def ranking(self, norm: dict[str, float], bac: str | None) -> list[str]:
        q = 0.2 if not bac or bac == "NC" or bac.startswith("G") else 0.9 if bac.startswith("P") else 0.6
        remaining = sorted(self.f, key=lambda n: (-norm.get(n, 0.0), n))
        placed: list[str] = []
        total = 0.0
        while remaining:
            need = 0.75 * (len(placed) + 1) - total
            candidates = [n for n in remaining if norm.get(n, 0.0) > 0]
            eligible = [n for n in candidates if self.offer(self.f[n]) >= need]
            window = [self.f[n].get("type") or "" for n in placed[-10:]]
            chosen, best = None, -1.0
            for n in (eligible or candidates)[:10]:
                value = q ** window.count(self.f[n].get("type") or "") * norm[n]
                if value > best:
                    chosen, best = n, value
            chosen = remaining[0] if chosen is None else chosen
            placed.append(chosen)
            remaining.remove(chosen)
            total += self.offer(self.f[chosen]) if chosen in norm else 0.0
        return placed

    # Section 9

    def metiers(self, keys: list[str], k: Json) -> list[tuple[str, float]]:
        found = []
        for m in set(keys):
            groups = [self.paths(s)[m] for s in k["sources"] if m in self.paths(s)]
            found.append((m, self.subscore(groups) if groups else 0.0))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    # Section 10

    def explain(self, name: str, k: Json) -> Json:
        # The expected answers show it: a refused métier stays among the examples.
        examples = [m for m, _ in self.metiers(self.join.get(name, []), k)]
        silent = not is_formation(name) or (name in self.las and not k["health"])
        return {"key": name, "explanations": [] if silent else list(self.reasons(name, k)), "examples": examples}

    def reasons(self, name: str, k: Json) -> Iterator[Json]:
        if k["index"] is None:
            raise ReferenceRaises
        f, own = self.f[name], self.sim(name, k["index"])
        if name in k["candidates"]:
            for a in k["fav"]:
                if own.get(a, 0) > 0 and a != name:
                    yield {"simi": {"fl": a, "p": float(max(1, int(own[a] / 100_000) * 100))}}
        lengths = {s: self.paths(s)[name][0] for s in k["sources"] if name in self.paths(s)}
        if any(length <= 2 for length in lengths.values()):
            yield {"tags": {"ns": [s for s, length in lengths.items() if length == 1]}}
        for s, length in lengths.items():
            if length == 1 and is_formation(s):
                yield {"simi": {"fl": s, "p": 50.0}}
        for c in k["towns"]:
            near = self.nearest(c, f)
            if near and near[0][0] < 50:
                city = {"city": self.villes[c].get("nom"), "codeInsee": c}
                yield {"geo": [{"distance": d, **city, "formationAccueil": v} for d, v in near]}
        yield from self.reasons_of_facts(f, k)

    def reasons_of_facts(self, f: Json, k: Json) -> Iterator[Json]:
        p = k["p"]
        wish, years = (p.get("duree") or "").lower(), self.years(f)
        if (wish == "court" and years <= 3) or (wish == "long" and years >= 4):
            yield {"dur": {"option": p["duree"]}}
        if p.get("apprentissage") in ("A", "B") and f.get("apprentissage"):
            yield {"app": {"option": p["apprentissage"]}}
        shares = self.stat(f, "pct_admis_par_specialite")
        stats = [{"spe": x, "pct": int((shares.get(x) or 0) * 100)} for x in k["spe"] if (shares.get(x) or 0) >= 0.1]
        if stats:
            yield {"spec": {"stats": stats}}
        r = self.share(f, k["bac"])
        if k["bac"] != "NC" and r is not None and r >= 0.5:
            yield {"tbac": {"percentage": int(min(100 * r, 2**31 - 1)), "bac": k["bac"]}}
        grades, used = self.percentiles(f, k["bac"])
        if k["moy"] is not None and grades:
            middle = {f"rangEch{n}": grades[f"r{n}"] for n in (25, 50, 75, 10, 90)} | {"rangMax": grades["max"]}
            yield {"moygen": {"moy": k["moy"], "middle50": middle, "bacUtilise": used}}
        if stats:
            yield {"spec": {"stats": stats}}

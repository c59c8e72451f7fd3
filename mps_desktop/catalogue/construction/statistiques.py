"""Figures of the engine and of the estimate, computed from what is published; METHODES says how."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.sources import Row, count
from mps_desktop.catalogue.construction.voeux import Offre, Programme
from mps_desktop.engine.classes import TypeBac

BACS_TECHNOLOGIQUES = ("ST2S", "STMG", "STI2D", "STL", "STD2A", "STHR", "STAV", "S2TMD")
BACS_PROFESSIONNELS = ("P", "PA")
TYPES = (
    (TypeBac.GENERAL, "bg", "gen"),
    (TypeBac.TECHNOLOGIQUE, "bt", "tec"),
    (TypeBac.PROFESSIONNEL, "bp", "pro"),
)
MENTIONS = ("acc_sansmention", "acc_ab", "acc_b", "acc_tb", "acc_tbf")
_CUTS = (10.0, 12.0, 14.0, 16.0, 18.0, 20.0)
_PERCENTS = (10, 25, 50, 75, 90)
_RANG_MAX = 39
_FULL_WEIGHT = 100_000
_SIMILAIRES_KEPT = 20
_SIMILAIRES_MIN = 0.05
_MIN_EDS = 10
_BACS_MOYENNES = {"TOUS": "NC", "GEN": "Générale", "G": "Générale"}

METHODES: tuple[tuple[str, str, str, str], ...] = (
    (
        "voeux_sessions.taux_acces", "publié", "2023-2024",
        "Taux d’accès publiés pour 2023 et 2024. Celui de 2025 n’est pas repris : la copie disponible est provisoire.",
    ),
    (
        "voeux_sessions.candidats", "publié", "2023-2025",
        "Candidats des deux phases de la session ; les effectifs par type de bac sont ceux de la phase principale.",
    ),
    (
        "voeux_admis", "publié", "2023 et 2025",
        "Parts parmi les néo-bacheliers admis. En 2023 les mentions inconnues sont laissées de côté. En 2025 les "
        "valeurs signalées comme imputées sont écartées. L’académie est celle du candidat, Paris, Créteil et "
        "Versailles réunies.",
    ),
    (
        "voeux.lat", "publié", "2023 et 2025",
        "Coordonnées publiées avec la formation ; à défaut celles de l’établissement (ses autres vœux de la même "
        "commune, ou les listes officielles de lycées et d’établissements du supérieur), à défaut le centre de la "
        "commune. La colonne precision dit laquelle des trois.",
    ),
    (
        "voeux.formation_id", "calculé", "2023-2025",
        "Filière de 2023 reconnue par le libellé exact, puis regroupée ; pour un vœu plus récent, libellé de la carte "
        "Parcoursup d’octobre 2025.",
    ),
    (
        "voeux.evolution", "calculé", "2025",
        "Disparu : ni dans les admissions de 2025 ni sur la carte Parcoursup d’octobre 2025. Nouveau : dans les "
        "admissions de 2025, et dans aucun fichier de 2023 ou de 2024. Un vœu en apprentissage n’est jamais dit "
        "nouveau.",
    ),
    ("metiers.niveau", "publié", "juin 2024", "Niveau d’accès minimal des fiches métiers de l’Onisep."),
    (
        "formations.duree", "calculé", "2025", "Années après le bac, d’après la famille et le libellé de la formation."
    ),
    (
        "formations.capacite", "calculé", "2023-2025",
        "Somme des places des vœux vus depuis 2024, chacun à la session la plus récente connue.",
    ),
    (
        "stats_admis", "calculé", "2023",
        "Admis néo-bacheliers par type de bac. Les effectifs par série ne sont pas publiés : chaque série "
        "technologique porte l’effectif de toute la voie technologique, P et PA celui de la voie "
        "professionnelle. NC est le total.",
    ),
    (
        "stats_percentiles", "estimé", "2023",
        "Déduits des mentions au bac des admis, par interpolation linéaire entre 10, 12, 14, 16, 18 et 20. C’est la "
        "moyenne au bac, toutes séries réunies, et non celle des bulletins.",
    ),
    (
        "stats_specialites", "estimé", "2024",
        "Part de chaque spécialité parmi celles des bacheliers généraux admis dans la famille de la formation.",
    ),
    (
        "stats_similaires", "calculé", "2024",
        "Métiers et domaines en commun (indice de Jaccard), ramenés à 100 000 pour le meilleur voisin.",
    ),
    (
        "moyennes", "publié", "2023",
        "Répartition nationale de la moyenne générale des admis de Parcoursup, par série de bac. La session n’est pas "
        "écrite dans le fichier : 2023 d’après les effectifs.",
    ),
    (
        "ambition", "estimé", "2018-2025",
        "Accès de chaque type de bac à chaque vœu et moyenne à partir de laquelle il s’ouvre, ajustés d’après les taux "
        "d’accès, les parts par type de bac et les mentions des admis ; intervalle appris entre 2023 et 2024. Le texte "
        "« Comment un vœu est classé A+, A ou B » l’explique.",
    ),
    (
        "taux_parents", "calculé", "2023",
        "Candidats en position de recevoir une proposition rapportés aux candidats, par type de bac : taux d’accès et "
        "parts publiés, sommés sur les vœux du groupe.",
    ),
    (
        "aretes.interet_metier", "calculé", "juin 2024",
        "Centres d’intérêt des fiches métiers de l’Onisep, complétés par notre table de codes ROME pour conduire, "
        "cuisiner, transmettre, écrire, le souci du détail et l’envers du décor.",
    ),
    (
        "aretes.formation_domaine", "calculé", "juin 2024",
        "Sous-domaines des fiches formations de l’Onisep ; sans fiche, ceux qu’au moins la moitié des métiers les plus "
        "fréquents partagent.",
    ),
    (
        "aretes.atome_element", "calculé", "2026",
        "Rattachement des sous-domaines de l’Onisep aux domaines, et des centres d’intérêt à leur catégorie, écrit par "
        "nous.",
    ),
)  # fmt: skip


def admis_par_bac(reference: Reference) -> dict[str, int]:
    """Admitted néo-bacheliers of 2023 by bac, empty when nothing is published.

    Only the three bac types are published, so a series carries the count of its whole type:
    ``Générale`` is exact, the technological series and ``P``/``PA`` are type-level, ``NC`` is the total.
    """
    totals = {
        suffix: sum(count(offre.ligne[f"acc_{suffix}"]) or 0 for offre in _offres_2023(reference.programmes))
        for _, suffix, _ in TYPES
    }
    total = sum(totals.values())
    if not total:
        return {}
    return {
        "NC": total,
        "Générale": totals["bg"],
        **dict.fromkeys(BACS_TECHNOLOGIQUES, totals["bt"]),
        **dict.fromkeys(BACS_PROFESSIONNELS, totals["bp"]),
    }


def percentiles(reference: Reference) -> tuple[int, ...]:
    """r10, r25, r50, r75, r90 in half points (0..39), estimated from mentions; empty without mention."""
    weights = [0.0] * len(MENTIONS)
    for offre in _offres_2023(reference.programmes):
        for index, column in enumerate(MENTIONS):
            weights[index] += count(offre.ligne[column]) or 0
    return percentiles_of_mentions(weights)


def percentiles_of_mentions(weights: list[float]) -> tuple[int, ...]:
    """Percentiles of averages from counts by mention, piecewise linear between the cut points.

    Args:
        weights: counts without mention, AB, B, TB, TB with félicitations.
    """
    total = sum(weights)
    if total <= 0:
        return ()
    found: list[int] = []
    for percent in _PERCENTS:
        target, cumulated = total * percent / 100, 0.0
        for index, weight in enumerate(weights):
            if weight > 0 and cumulated + weight >= target:
                share = (target - cumulated) / weight
                average = _CUTS[index] + share * (_CUTS[index + 1] - _CUTS[index])
                found.append(min(_RANG_MAX, int(2 * average)))
                break
            cumulated += weight
    return tuple(found)


def shares_by_eds_family(rows: Iterable[Row], specialites: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    """Integer percentages of each spécialité by EDS family, newest year of the file.

    Args:
        rows: EDS file: year, pair of spécialités, family, three counts.
        specialites: short name of the file -> ids (each art and each language carries the share of all).
    """
    cells = [list(row.values()) for row in rows]
    newest = max(cell[0] for cell in cells)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for year, pair, family, _, _, admitted in cells:
        if year == newest:
            for name in pair.split(","):
                counts[family][name.strip()] += count(admitted) or 0
    shares: dict[str, dict[str, int]] = {}
    for family, counted in counts.items():
        total = sum(counted.values())
        if total > _MIN_EDS:
            shares[family] = {
                identifier: int(100 * value / total + 0.5)
                for name, value in sorted(counted.items())
                for identifier in specialites.get(name, [])
            }
    return shares


def eds_doublet_values(rows: Iterable[Row]) -> list[dict[str, object]]:
    """Rows of ``eds_doublets``: every year, pair and family of the file, the pair in the order of its names."""
    values: list[dict[str, object]] = []
    for row in rows:
        year, pair, family, asked, offered, accepted = list(row.values())
        first, second = sorted(name.strip() for name in f"{pair},".split(",")[:2])
        values.append(
            {
                "annee": count(year), "famille": family, "premiere": first, "seconde": second,
                "candidats": count(asked), "propositions": count(offered), "acceptations": count(accepted),
            }
        )  # fmt: skip
    return sorted(values, key=lambda one: tuple(str(one[key]) for key in ("annee", "famille", "premiere", "seconde")))


def eds_family(reference: Reference, families: Mapping[str, str]) -> str:
    """EDS family of a formation: its own, its type's, else « Autres formations » or all bacheliers."""
    if reference.las is not None:
        return "Licence L.AS"
    if reference.id in families:
        return families[reference.id]
    types = Counter(one.famille for one in reference.programmes if one.famille)
    for name, _ in sorted(types.items(), key=lambda item: (-item[1], item[0])):
        if name in families:
            return families[name]
    return "Ensemble des bacheliers" if reference.libelle.startswith("Licence") else "Autres formations"


def similar_formations(features: Mapping[str, frozenset[str]]) -> dict[str, dict[str, int]]:
    """Neighbours of every formation by Jaccard index of métiers and domaines.

    The table is symmetric in its keys: a neighbour kept by one formation is kept by the other. The
    best neighbour other than itself has 100000; the formation itself is left out.
    """
    owners: dict[str, list[str]] = defaultdict(list)
    for one in sorted(features):
        for feature in features[one]:
            owners[feature].append(one)
    raw: dict[str, dict[str, float]] = {}
    for one in sorted(features):
        shared = Counter(other for feature in features[one] for other in owners[feature] if other != one)
        raw[one] = {
            other: common / (len(features[one]) + len(features[other]) - common) for other, common in shared.items()
        }
    kept: dict[str, set[str]] = defaultdict(set)
    for one, scores in raw.items():
        best = sorted(scores, key=lambda other: (-scores[other], other))[:_SIMILAIRES_KEPT]
        for other in best:
            if scores[other] >= _SIMILAIRES_MIN:
                kept[one].add(other)
                kept[other].add(one)
    scaled: dict[str, dict[str, int]] = {}
    for one, others in kept.items():
        top = max(raw[one][other] for other in others)
        scaled[one] = {other: round(_FULL_WEIGHT * raw[one][other] / top) for other in sorted(others)}
    return scaled


def national_averages(rows: Iterable[Row]) -> dict[str, list[float]]:
    """Cumulated shares (40 half-point bins) of the general average of the admitted, by bac.

    ``cumul_X`` of the file counts the averages below X; entry i is the share below i/2.
    """
    averages: dict[str, list[float]] = {}
    for row in rows:
        if row["matiere_code"] != "-1":
            continue
        bac = _BACS_MOYENNES.get(row["bac"], row["bac"])
        total = count(row["cumul_20.0"]) or 0
        if total:
            below = [count(row[f"cumul_{index / 2:04.1f}"]) or 0 for index in range(1, 40)]
            averages[bac] = [0.0, *(round(value / total, 6) for value in below)]
    return averages


def parent_rates(programmes: Iterable[Programme]) -> dict[tuple[str, str, str], tuple[float, int]]:
    """Access rate by bac type of filière, fili and all together, session 2023.

    Candidates in reach of an offer = taux d’accès × candidates of the three types × published share of
    the type; summed over the group and divided by its candidates of the type.
    """
    reached: dict[tuple[str, str, str], float] = defaultdict(float)
    candidates: dict[tuple[str, str, str], int] = defaultdict(int)
    for programme in programmes:
        offre = programme.offres.get(2023)
        if offre is None or offre.taux_acces is None:
            continue
        numbers = {suffix: count(offre.ligne[f"nb_voe_pp_{suffix}"]) or 0 for _, suffix, _ in TYPES}
        for type_bac, suffix, part in TYPES:
            share = count(offre.ligne[f"part_acces_{part}"])
            if share is None:
                continue
            in_reach = offre.taux_acces / 100 * sum(numbers.values()) * share / 100
            for level, key in (("filiere", filiere_key(programme)), ("fili", offre.fili), ("national", "")):
                reached[level, key, type_bac.value] += min(in_reach, numbers[suffix])
                candidates[level, key, type_bac.value] += numbers[suffix]
    return {
        group: (round(min(1.0, reached[group] / total), 6), total) for group, total in candidates.items() if total > 0
    }


def filiere_key(programme: Programme) -> str:
    """First parent of a vœu for shrinkage: its reference formation, else its filière."""
    return programme.formation_id or programme.filiere


def mentions_2023(ligne: Row) -> list[float] | None:
    """Shares in percent of the five mentions among the admitted whose mention is known."""
    counts = [count(ligne[column]) or 0 for column in MENTIONS]
    total = sum(counts)
    return whole_percents([100 * value / total for value in counts]) if total else None


def mentions_2025(ligne: Row) -> list[float] | None:
    """Same for 2025, None when the values are imputed or do not make sense."""
    if ligne["mentions_suspect_imputees"] != "0":
        return None
    parts = [ligne["part_mention_ab"], ligne["part_mention_b"], ligne["part_mention_tb"], ligne["part_mention_tb_fel"]]
    if not all(parts):
        return None
    shares = [100 * float(part) for part in parts]
    without = 100 - sum(shares)
    return whole_percents([max(0.0, without), *shares]) if without > -1 else None


def whole_percents(shares: list[float]) -> list[float]:
    """Shares rounded to whole percents that still add up to 100 (largest remainders go up)."""
    total = sum(shares)
    exact = [100 * share / total for share in shares]
    rounded = [float(int(share)) for share in exact]
    missing = round(100 - sum(rounded))
    for index in sorted(range(len(exact)), key=lambda i: (int(exact[i]) - exact[i], i))[:missing]:
        rounded[index] += 1
    return rounded


def _offres_2023(programmes: Iterable[Programme]) -> list[Offre]:
    return [programme.offres[2023] for programme in programmes if 2023 in programme.offres]

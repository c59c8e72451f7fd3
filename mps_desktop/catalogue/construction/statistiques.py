"""Figures of the engine and of the estimate, computed from what is published; METHODES says how."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from mps_desktop.catalogue.construction.admis import MENTIONS, TYPES
from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.sources import Row, count
from mps_desktop.catalogue.construction.voeux import Programme

_MIN_EDS = 200
FAMILLES_GENERALES = frozenset({"Ensemble des bacheliers", "Autres formations"})
"""EDS families that say nothing particular about a formation."""
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
        "stats_admis", "calculé", "2023, sinon 2025",
        "Admis néo-bacheliers par type de bac. Les effectifs par série ne sont pas publiés : chaque série "
        "technologique porte l’effectif de toute la voie technologique, P et PA celui de la voie "
        "professionnelle. NC est le total. Une formation absente de 2023 prend ses admis de 2025 répartis selon les "
        "parts publiées. L’apprentissage n’est pas couvert par les fichiers publiés.",
    ),
    (
        "stats_percentiles", "estimé", "2023, sinon 2025",
        "Aucune moyenne n’est publiée par formation. Estimation par type de bac : les mentions des admis et le "
        "nombre de mentions par type de bac sont publiés ; à l’intérieur d’une mention, les moyennes sont "
        "réparties comme dans la répartition nationale de ce type de bac, en supposant que chacun garde le même rang "
        "entre le bac et les bulletins. Un type de bac de moins de 20 admis n’a que le chiffre de tous les bacs.",
    ),
    (
        "stats_specialites", "estimé", "2024, sinon 2021-2024",
        "Part de chaque spécialité parmi celles des bacheliers généraux admis dans la famille de la formation "
        "(65 familles publiées, pas la formation elle-même). Une famille de moins de 200 spécialités en 2024 réunit "
        "les quatre sessions. Les langues portent toutes la part de LLCER, les arts celle de tous les arts.",
    ),
    (
        "eds_doublets", "publié", "2021-2024",
        "Bacheliers généraux par paire de spécialités de terminale et par famille de formations : combien ont "
        "demandé, reçu une proposition, accepté. La troisième spécialité, abandonnée en fin de première, n’est pas "
        "publiée.",
    ),
    (
        "stats_similaires", "calculé", "2023-2025",
        "Ressemblance de deux formations : métiers (moitié), domaines (un cinquième) et mots du libellé (un "
        "cinquième) en commun, les plus rares comptant davantage, et spécialités des admis (un dixième). La même dans "
        "les deux sens ; 100 000 quand chacune est la plus proche de l’autre.",
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


def shares_by_eds_family(
    rows: Iterable[Row], specialites: Mapping[str, list[str]], sessions: frozenset[str] | None = None
) -> dict[str, dict[str, int]]:
    """Integer percentages of each spécialité among those of the admitted, by EDS family.

    The newest session, or all of them for a family that counts fewer than 200 spécialités there; the family
    is left out when even then there are fewer.

    Args:
        rows: EDS file: year, pair of spécialités, family, three counts.
        specialites: short name of the file -> ids (each art and each language carries the share of all).
        sessions: the only years to read; None = all.
    """
    cells = [list(row.values()) for row in rows]
    kept = [cell for cell in cells if sessions is None or cell[0] in sessions]
    newest = max(cell[0] for cell in kept)
    recent: dict[str, Counter[str]] = defaultdict(Counter)
    pooled: dict[str, Counter[str]] = defaultdict(Counter)
    for year, pair, family, _, _, admitted in kept:
        for name in pair.split(","):
            pooled[family][name.strip()] += count(admitted) or 0
            if year == newest:
                recent[family][name.strip()] += count(admitted) or 0
    shares: dict[str, dict[str, int]] = {}
    for family, everything in pooled.items():
        counted = recent[family] if recent[family].total() >= _MIN_EDS else everything
        total = counted.total()
        if total >= _MIN_EDS:
            shares[family] = {
                identifier: int(100 * value / total + 0.5)
                for name, value in sorted(counted.items())
                for identifier in specialites.get(name, [])
            }
    return shares


def profiles_by_eds_family(rows: Iterable[Row]) -> dict[str, dict[str, float]]:
    """Share 0..1 of each short name among the spécialités of the admitted of all sessions, by EDS family."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, pair, family, _, _, admitted in (list(row.values()) for row in rows):
        for name in pair.split(","):
            counts[family][name.strip()] += count(admitted) or 0
    return {
        family: {name: value / counted.total() for name, value in counted.items()}
        for family, counted in counts.items()
        if counted.total() >= _MIN_EDS
    }


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

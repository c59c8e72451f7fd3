"""How well the parts of the catalogue join: each share with its denominator in words, and what falls short by name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mesure:
    """One share of the catalogue.

    Attributes:
        nom: what is counted, in French.
        sur: among what, in French.
        compte, total: rows counted, rows in all.
        pourcent: 100 × compte / total, 100 when there is nothing to count.
        seuil: least accepted percentage, None when it is only told.
        ok: the threshold is reached, or there is none.
        bloquant: falling short makes the catalogue not conform; False = out of reach of the public data,
            ``raison`` tells why.
        manquants: the rows that fall short, (id, label).
        categories: how many of them by reason, in French.
    """

    nom: str
    sur: str
    compte: int
    total: int
    pourcent: float
    seuil: float | None
    ok: bool
    bloquant: bool
    raison: str
    manquants: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Definition:
    """SQL of one share: rows of ``table`` where ``parmi``, of which those where ``condition``."""

    nom: str
    sur: str
    table: str
    condition: str
    seuil: float | None = None
    parmi: str = "1"
    raison: str = ""
    categories: tuple[tuple[str, str], ...] = ()


_LABELS = {
    # id and label of a row, by table.
    "voeux": "v.id, v.libelle || ' – ' || v.etablissement || CASE v.commune WHEN '' THEN '' ELSE ' (' || v.commune"
    " || ')' END",
    "formations": "v.id, v.libelle",
    "metiers": "v.id, v.libelle",
    "communes": "v.code_insee, v.nom",
    "lycees": "v.uai, v.nom || ' (' || v.commune || ')'",
}
_PLACED = "v.lat IS NOT NULL AND v.lng IS NOT NULL"
_WITH_RATE = (
    "v.id IN (SELECT s.voeu_id FROM voeux_sessions s WHERE s.taux_acces IS NOT NULL AND s.session IN (2023, 2024))"
)
_BEFORE = "v.id IN (SELECT s.voeu_id FROM voeux_sessions s WHERE s.session < 2025)"
_PLACED_SOMEWHERE = "(v.commune <> '' OR v.uai <> '' OR v.etablissement NOT LIKE 'Établissement non publié')"
_NO_STATISTICS = "v.id IN (SELECT s.formation_id FROM stats_admis s)"
_IN_ADMISSIONS = "v.id IN (SELECT p.formation_id FROM programmes p JOIN voeux_sessions s ON s.voeu_id = p.id)"
_NOT_ONLY_APPRENTICES = (
    "v.id IN (SELECT p.formation_id FROM programmes p WHERE p.apprentissage = 0 AND p.formation_id IS NOT NULL)"
)
_MAP_ONLY = (
    "Les vœux que seule la carte Parcoursup connaît (apprentissage, écoles d’art du spectacle, nouveautés) n’ont ni "
    "établissement ni commune dans les fichiers publics."
)
_NO_RATE = (
    "Les vœux en apprentissage n’ont pas de taux d’accès, par nature, et ceux qui sont nouveaux en 2025 ne peuvent "
    "pas en avoir. Celui de 2025 n’est pas publié dans nos sources."
)
_AUTRE_RAISON = "autre raison"
_NAMELESS = "v.etablissement LIKE 'Établissement non publié'"
_PLACELESS = (
    ("en apprentissage, connus de la seule carte, sans établissement publié", f"v.apprentissage = 1 AND {_NAMELESS}"),
    ("autres vœux connus de la seule carte, sans établissement publié", _NAMELESS),
    ("à l’étranger", "v.commune = 'Monaco'"),
    ("commune publiée sous un nom que plusieurs communes portent, ou illisible", "v.commune <> ''"),
)
_RATELESS = (
    ("en apprentissage : pas de taux d’accès, par nature", "v.apprentissage = 1"),
    ("nouveaux en 2025 : pas encore de taux publié", "v.evolution = 'nouveau'"),
    ("connus de la seule carte de 2025", f"v.derniere_session = 2025 AND NOT ({_BEFORE}) AND {_NAMELESS}"),
    ("disparus, dont le taux n’a jamais été publié", "v.evolution = 'disparu'"),
    ("dans les admissions, sans taux publié", "v.id IN (SELECT s.voeu_id FROM voeux_sessions s)"),
)
_NEW_DIPLOMAS = "Ces formations ne sont que sur la carte Parcoursup, ou personne n’y a été admis en 2023."

_DEFINITIONS = (
    _Definition("vœux avec une formation de référence", "tous les vœux", "voeux", "v.formation_id IS NOT NULL", 99.5),
    _Definition("vœux situés", "tous les vœux", "voeux", _PLACED, 99, raison=_MAP_ONLY,
        categories=_PLACELESS),
    _Definition(
        "vœux situés", "vœux dont l’établissement ou la commune est publié", "voeux",
        _PLACED, 99, _PLACED_SOMEWHERE,
    ),
    _Definition("position publiée avec le vœu", "tous les vœux", "voeux", "v.precision = 'publiée'"),
    _Definition("position de l’établissement", "tous les vœux", "voeux", "v.precision = 'établissement'"),
    _Definition("position du centre de la commune", "tous les vœux", "voeux", "v.precision = 'commune'"),
    _Definition("vœux avec une commune reconnue", "tous les vœux", "voeux", "v.code_insee IS NOT NULL"),
    _Definition("vœux avec l’UAI de l’établissement", "tous les vœux", "voeux", "v.uai <> ''"),
    _Definition("taux d’accès de 2024 ou de 2023", "tous les vœux", "voeux", _WITH_RATE, 97, raison=_NO_RATE,
        categories=_RATELESS),
    _Definition(
        "taux d’accès de 2024 ou de 2023", "vœux hors apprentissage", "voeux", _WITH_RATE, 97, "v.apprentissage = 0"
    ),
    _Definition(
        "taux d’accès de 2024 ou de 2023", "vœux hors apprentissage, dans les admissions avant 2025", "voeux",
        _WITH_RATE, 97, f"v.apprentissage = 0 AND {_BEFORE}",
    ),
    _Definition(
        "formations avec au moins un vœu", "toutes les formations", "formations",
        "v.id IN (SELECT formation_id FROM programmes)", 100,
    ),
    _Definition(
        "formations avec au moins un métier", "toutes les formations", "formations",
        "v.id IN (SELECT formation_id FROM formations_metiers)", 80,
    ),
    _Definition(
        "formations avec au moins un domaine", "toutes les formations", "formations",
        "v.id IN (SELECT formation_id FROM formations_domaines)", 95,
    ),
    _Definition("formations avec une durée", "toutes les formations", "formations", "v.duree > 0", 100),
    _Definition(
        "formations avec un mot-clé (autre nom ou métier)", "toutes les formations", "formations",
        "v.id IN (SELECT formation_id FROM formations_mots UNION SELECT formation_id FROM formations_metiers)", 99,
    ),
    _Definition(
        "formations avec une fiche de l’Onisep", "toutes les formations", "formations",
        "v.id IN (SELECT formation_id FROM formations_fiches)",
    ),
    _Definition(
        "formations avec le nombre d’admis", "formations qui ne sont pas toutes en apprentissage", "formations",
        _NO_STATISTICS, 95, _NOT_ONLY_APPRENTICES, _NEW_DIPLOMAS,
    ),
    _Definition(
        "formations avec le nombre d’admis", "formations présentes dans un fichier d’admissions", "formations",
        _NO_STATISTICS, 95, _IN_ADMISSIONS,
    ),
    _Definition("LAS avec le nombre d’admis", "toutes les LAS", "formations", _NO_STATISTICS, 65, "v.las IS NOT NULL"),
    _Definition(
        "formations avec toutes les statistiques", "toutes les formations", "formations",
        f"{_NO_STATISTICS} AND v.id IN (SELECT s.formation_id FROM stats_percentiles s)", 60,
    ),
    _Definition(
        "métiers avec au moins une formation", "tous les métiers", "metiers",
        "v.id IN (SELECT metier_id FROM formations_metiers)", 65,
    ),
    _Definition("métiers avec un code ROME", "tous les métiers", "metiers", "v.code_rome <> ''"),
    _Definition("métiers avec un niveau d’accès", "tous les métiers", "metiers", "v.niveau <> ''"),
    _Definition("communes situées", "toutes les communes", "communes", _PLACED, 99.9),
    _Definition("lycées situés", "tous les lycées", "lycees", "v.lat IS NOT NULL", 95),
    _Definition(
        "lycées dont la commune est connue", "tous les lycées", "lycees",
        "v.code_insee IN (SELECT code_insee FROM localites)", 99,
    ),
)  # fmt: skip


def measure(connection: sqlite3.Connection) -> tuple[Mesure, ...]:
    """Every share.

    Args:
        connection: the catalogue, its packed tables laid out (``depliage.lay_out``).
    """
    return (*(_measure(connection, one) for one in _DEFINITIONS), *_matched(connection))


def _measure(connection: sqlite3.Connection, one: _Definition) -> Mesure:
    source = f"FROM {one.table} v WHERE ({one.parmi})"
    (total,) = connection.execute(f"SELECT count(*) {source}").fetchone()
    lacking = connection.execute(
        f"SELECT {_LABELS[one.table]} {source} AND ({one.condition}) IS NOT TRUE ORDER BY 1"
    ).fetchall()
    compte = total - len(lacking)
    pourcent = 100 * compte / total if total else 100.0
    listed = lacking if one.seuil is not None else []
    return Mesure(
        nom=one.nom,
        sur=one.sur,
        compte=compte,
        total=total,
        pourcent=round(pourcent, 2),
        seuil=one.seuil,
        ok=one.seuil is None or pourcent >= one.seuil,
        bloquant=not one.raison,
        raison=one.raison,
        manquants=tuple((str(code), str(label)) for code, label in listed),
        categories=_categories(connection, one) if pourcent < 100 else (),
    )


def _categories(connection: sqlite3.Connection, one: _Definition) -> tuple[tuple[str, int], ...]:
    """What falls short by reason: each row counts under the first reason that it fits."""
    if not one.categories:
        return ()
    cases = " ".join(f"WHEN {sql} THEN {rank}" for rank, (_, sql) in enumerate(one.categories))
    found = dict(
        connection.execute(
            f"SELECT CASE {cases} ELSE -1 END AS raison, count(*) FROM {one.table} v WHERE ({one.parmi})"
            f" AND ({one.condition}) IS NOT TRUE GROUP BY raison"
        ).fetchall()
    )
    told = [(name, found.get(rank, 0)) for rank, (name, _) in enumerate(one.categories)]
    return tuple((name, count) for name, count in (*told, (_AUTRE_RAISON, found.get(-1, 0))) if count)


def _matched(connection: sqlite3.Connection) -> list[Mesure]:
    """Rows of the admission files that were found again under their code."""
    return [
        Mesure(
            f"lignes de {session} retrouvées par leur code", f"lignes des admissions de {session}", found, total,
            round(100 * found / total, 2) if total else 100.0, None, True, False, "", (),
        )
        for session, total, found in connection.execute(
            "SELECT session, lignes, avec_code FROM appariements ORDER BY session"
        )
    ]  # fmt: skip

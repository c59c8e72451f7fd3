"""Links that MonProjetSup checks of its own data (spec G.10), each by name: held or not, and why not."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comportement:
    """One expected link.

    Attributes:
        nom: what is expected, in French.
        tenu: whether this catalogue holds it.
        raison: why it is looked for otherwise than upstream, or why it cannot hold; may be empty.
    """

    nom: str
    tenu: bool
    raison: str = ""


_FICHE = "SELECT EXISTS (SELECT 1 FROM formations_fiches WHERE formation_id = '{0}' AND fiche_id = '{1}')"
_METIER = "SELECT EXISTS (SELECT 1 FROM formations_metiers WHERE formation_id = '{0}' AND metier_id = '{1}')"
_LINKED = (
    "SELECT EXISTS (SELECT 1 FROM formations_metiers WHERE formation_id = '{0}')"
    " AND EXISTS (SELECT 1 FROM formations_domaines WHERE formation_id = '{0}')"
)
_INHERITED = (
    "SELECT EXISTS (SELECT 1 FROM formations_metiers WHERE formation_id = '{1}') AND NOT EXISTS (SELECT 1 FROM"
    " formations_metiers s WHERE s.formation_id = '{1}' AND s.metier_id NOT IN (SELECT metier_id FROM"
    " formations_metiers WHERE formation_id = '{0}'))"
)
_NOT = "SELECT NOT ({0})"


def _not(sql: str) -> str:
    return _NOT.format(sql.removeprefix("SELECT "))


_EXPECTED: tuple[tuple[str, str, str], ...] = (
    ("BTS Aéronautique et sa fiche FOR.9627", _FICHE.format("fl393", "FOR.9627"), ""),
    ("BTS Aéronautique : un métier et un domaine", _LINKED.format("fl393"), ""),
    ("PASS et sa fiche FOR.3884", _FICHE.format("fl2047", "FOR.3884"), ""),
    ("PASS : un métier et un domaine", _LINKED.format("fl2047"), ""),
    (
        "sciences de la vie et de la Terre et leur fiche FOR.4980", _FICHE.format("fl2039", "FOR.4980"),
        "MonProjetSup la rattache au CMI ; ici les CMI forment une seule formation, et la fiche est à la licence.",
    ),
    ("CMI : un métier et un domaine", _LINKED.format("fr22"), ""),
    ("CPGE de lettres : des métiers", _LINKED.format("fl31"), ""),
    ("histoire de l’art et archéologie → commissaire-priseur (MET.673)", _METIER.format("fl2011", "MET.673"), ""),
    ("histoire de l’art → commissaire-priseur (MET.673)", _METIER.format("fl2115", "MET.673"), ""),
    ("licence d’histoire ↛ MET.2", _not(_METIER.format("fl2010", "MET.2")), ""),
    ("licence d’histoire ↛ MET.550", _not(_METIER.format("fl2010", "MET.550")), ""),
    ("licence d’histoire ↛ fiche de master FOR.10361", _not(_FICHE.format("fl2010", "FOR.10361")), ""),
    *(
        (f"CUPGE de droit, économie, gestion : tous les métiers de {one}", _INHERITED.format("fr85", one), "")
        for one in ("fl240", "fl241", "fl242")
    ),
    (
        "CUPGE de sciences ↛ domaine du commerce",
        "SELECT NOT EXISTS (SELECT 1 FROM formations_domaines WHERE formation_id = 'fr83' AND domaine_id = 'dom12')",
        "",
    ),
    (
        "CUPGE de sciences ↛ mot-clé « commerce international »",
        "SELECT NOT EXISTS (SELECT 1 FROM formations_mots WHERE formation_id = 'fr83' AND mot LIKE '%commerce%')", "",
    ),
    ("Soulac-sur-Mer (33514)", "SELECT EXISTS (SELECT 1 FROM localites WHERE code_insee = '33514')", ""),
)  # fmt: skip


def check_references(connection: sqlite3.Connection) -> tuple[Comportement, ...]:
    """Every expected link of a catalogue."""
    return tuple(
        Comportement(nom, bool(connection.execute(sql).fetchone()[0]), raison) for nom, sql, raison in _EXPECTED
    )

"""Rows of the search table: what people may type, folded, with a weight between equal matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.metiers import FicheMetier
from mps_desktop.core.text import fold

SearchRow = tuple[str, str, str, str, str, float]
"""genre, id, libelle, detail, mots, poids"""

_ALIASES = {
    # What people say for what is written, folded beginning of the label -> more words.
    "licence": "l1 fac universite",
    "dn made": "diplome national des metiers d art et du design",
    "pass": "medecine sante maieutique odontologie pharmacie",
    "ecole d ingenieurs": "ingenieur prepa integree",
    "ecole de commerce": "management business bachelor",
    "cpge": "prepa classe preparatoire",
    "cpes": "prepa classe preparatoire",
    "de infirmier": "ifsi infirmiere",
    "sciences po": "iep",
    "but": "iut dut",
}
_POIDS_FORMATION = 1.0
_POIDS_METIER = 0.9
_POIDS_ELEMENT = 0.8
_POIDS_ETABLISSEMENT = 0.5
_GRANDE_VILLE = 2_000_000


def extra_words(libelle: str, *others: str) -> str:
    """Folded words of the other texts that the label does not already hold, without repetition."""
    known = set(fold(libelle).split())
    return " ".join(dict.fromkeys(word for text in others for word in fold(text).split() if word not in known))


def formation_rows(references: Iterable[Reference]) -> list[SearchRow]:
    """Formations, found by label, by family words and by their Parcoursup ids."""
    rows: list[SearchRow] = []
    for one in references:
        label = fold(one.libelle)
        extra = " ".join(words for start, words in _ALIASES.items() if label.startswith(start))
        words = extra_words(one.libelle, extra, one.id)
        size = min(1.0, max(0, one.capacite) / 20_000)
        rows.append(("formation", one.id, one.libelle, one.type_libelle, words, round(_POIDS_FORMATION + size, 4) / 2))
    return rows


def metier_rows(metiers: Iterable[FicheMetier]) -> list[SearchRow]:
    """Métiers, found by label and by synonym."""
    return [
        (
            "metier",
            one.id,
            one.libelle,
            "",
            extra_words(one.libelle, *one.synonymes),
            _POIDS_METIER,
        )
        for one in metiers
    ]


def etablissement_rows(voeux: Iterable[Mapping[str, object]]) -> list[SearchRow]:
    """Établissements by name, commune and UAI. Vœux have no row: their own table holds every word."""
    rows: dict[str, SearchRow] = {}
    for voeu in voeux:
        uai, name, commune = str(voeu["uai"]), str(voeu["etablissement"]), str(voeu["commune"])
        if uai and uai not in rows:
            rows[uai] = ("etablissement", uai, name, commune, extra_words(name, commune, uai), _POIDS_ETABLISSEMENT)
    return list(rows.values())


def commune_rows(communes: Iterable[Mapping[str, object]]) -> list[SearchRow]:
    """Communes by name and postcode, the largest first between equal matches."""
    rows: list[SearchRow] = []
    for one in communes:
        words = extra_words(str(one["nom"]), str(one["codes_postaux"]))
        weight = min(1.0, int(str(one["population"])) / _GRANDE_VILLE)
        detail = f"{one['departement']} ({one['code_departement']})"
        rows.append(("commune", str(one["code_insee"]), str(one["nom"]), detail, words, round(weight, 3)))
    return rows


def element_rows(elements: Iterable[Mapping[str, object]]) -> list[SearchRow]:
    """Domaines and interests by label and category."""
    return [
        (
            str(one["genre"]),
            str(one["id"]),
            str(one["libelle"]),
            str(one["categorie"]),
            extra_words(str(one["libelle"]), str(one["categorie"])),
            _POIDS_ELEMENT,
        )
        for one in elements
    ]

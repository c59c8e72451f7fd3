"""Communes, and the commune of an établissement found again from its name."""

from __future__ import annotations

from collections.abc import Iterable

from mps_desktop.catalogue.construction.libelles import clean_commune
from mps_desktop.catalogue.construction.sources import Row, count, number
from mps_desktop.core.text import fold

_CEDEX = " cedex"
_FAR_LARGER = 10


def commune_values(rows: Iterable[Row]) -> list[dict[str, object]]:
    """Communes and arrondissements, by INSEE code."""
    values: list[dict[str, object]] = [
        {
            "code_insee": row["code_insee"],
            "nom": clean_commune(row["nom"]),
            "codes_postaux": row["codes_postaux"].replace("|", " "),
            "code_departement": row["code_departement"],
            "departement": clean_commune(row["departement"]),
            "region": row["code_region"],
            "population": count(row["population"]) or 0,
            "lat": number(row["latitude"]),
            "lng": number(row["longitude"]),
        }
        for row in rows
    ]
    return sorted(values, key=lambda one: str(one["code_insee"]))


class CommuneFinder:
    """Finds a commune by name and département.

    A name alone is enough when only one commune has it, or when one is ten times as large as the others
    (« Valence » is the one of the Drôme): établissements of higher education are in towns. Failing that, when only
    one of the communes of that name has a lycée: right for 204 of the 208 établissements whose commune is known
    otherwise.

    Args:
        scolaires: INSEE codes of the communes that have a lycée.
    """

    def __init__(self, communes: Iterable[dict[str, object]], scolaires: Iterable[str] = ()) -> None:
        self._scolaires = frozenset(scolaires)
        communes = list(communes)
        self._departements = {"etranger": "Étranger"} | {
            fold(str(one["departement"])): str(one["departement"]) for one in communes
        }
        self._by_pair: dict[tuple[str, str], dict[str, object]] = {}
        self._by_name: dict[str, list[dict[str, object]]] = {}
        for one in communes:
            name = commune_key(str(one["nom"]))
            self._by_pair.setdefault((name, fold(str(one["departement"]))), one)
            self._by_name.setdefault(name, []).append(one)

    def find(self, nom: str, departement: str, etablissement: str = "") -> dict[str, object] | None:
        """The commune, None when unknown or ambiguous.

        Args:
            etablissement: some lists put the number of the département in the place of the commune, which the name
                of the établissement then tells ("CFA de Ploufragan", 22).
        """
        if not nom:
            return None
        if nom.isdigit():
            return self._named_in(etablissement, nom)
        name = commune_key(nom)
        found = self._by_pair.get((name, fold(departement)))
        if found is not None:
            return found
        same = sorted(self._by_name.get(name, []), key=_population, reverse=True)
        if len(same) == 1:
            return same[0]
        larger = len(same) > 1 and _population(same[0]) >= _FAR_LARGER * _population(same[1])
        if departement:
            return None
        if larger:
            return same[0]
        schooled = [one for one in same if one["code_insee"] in self._scolaires]
        return schooled[0] if len(schooled) == 1 else None

    def _named_in(self, etablissement: str, code_departement: str) -> dict[str, object] | None:
        """The only commune of a département that the name of an établissement holds as a word."""
        words = commune_key(etablissement).split()
        named = [
            one for word in words for one in self._by_name.get(word, []) if one["code_departement"] == code_departement
        ]
        return named[0] if len(named) == 1 else None

    def departement(self, nom: str) -> str:
        """Official name of a département (« Puy-de-dôme » becomes « Puy-de-Dôme »)."""
        return self._departements.get(fold(nom), clean_commune(nom))


def _population(commune: dict[str, object]) -> int:
    return int(str(commune["population"]))


def commune_key(nom: str) -> str:
    """Folded name of a commune, "Saint" and "Sainte" spelt out, CEDEX left out."""
    name = f" {fold(nom).partition(_CEDEX)[0]} "
    name = name.replace(" st ", " saint ").replace(" ste ", " sainte ")
    return name.strip()

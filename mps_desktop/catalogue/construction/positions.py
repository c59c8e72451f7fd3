"""Where each vœu is taught: published with it, else its établissement's position, else its commune's centre.

Every position says which of the three it is (``schema.PRECISIONS``), so that a distance is never
taken for more exact than it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import cos, hypot, radians

from mps_desktop.catalogue.construction.libelles import clean, clean_commune
from mps_desktop.catalogue.construction.sources import Row, count, number
from mps_desktop.catalogue.schema import NATURES_LYCEE
from mps_desktop.core.text import fold

Values = dict[str, object]
Point = tuple[float, float]

PUBLIEE, ETABLISSEMENT, COMMUNE, INCONNUE = "publiée", "établissement", "commune", ""
_SAME_SITE_KM = 5.0
_KM_OF_ARC = 111.2


def lycee_values(rows: Iterable[Row]) -> list[Values]:
    """Rows of ``lycees``, positions in degrees."""
    return [
        {
            "uai": row["numero_uai"],
            "nom": clean(row["appellation_officielle"] or row["denomination_principale"]),
            "commune": clean_commune(row["libelle_commune"]),
            "code_insee": row["code_commune"],
            "public": int(row["secteur_public_prive_libe"] == "Public"),
            "nature": count(row["nature_uai"]),
            "lat": number(row["latitude"]),
            "lng": number(row["longitude"]),
        }
        for row in rows
        if count(row["nature_uai"]) in NATURES_LYCEE
    ]


def official_positions(lycees: Iterable[Values], superieur: Iterable[Row]) -> dict[str, Point]:
    """Position by UAI, from the list of lycées, then from that of higher education."""
    found: dict[str, Point] = {}
    for row in lycees:
        if row["lat"] is not None and row["lng"] is not None:
            found[str(row["uai"])] = (float(str(row["lat"])), float(str(row["lng"])))
    for line in superieur:
        latitude, _, longitude = line["Géolocalisation"].partition(",")
        lat, lng = number(latitude.strip()), number(longitude.strip())
        if lat is None or lng is None:
            continue
        for uai in (line["uai - identifiant"], *line["anciens_codes_uai"].split("|")):
            if uai.strip():
                found.setdefault(uai.strip(), (lat, lng))
    return found


def place_voeux(voeux: Iterable[Values], official: Mapping[str, Point], communes: Mapping[str, Values]) -> None:
    """Complete the positions of the vœux in place, and say where each one comes from.

    Args:
        voeux: rows of ``voeux``, with the published position or None.
        official: position by UAI.
        communes: rows of ``communes`` by INSEE code.
    """
    voeux = list(voeux)
    siblings: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in voeux:
        point = _point(row)
        if point is not None:
            for key in _keys(row):
                siblings[key].append(point)
    for row in voeux:
        point, precision = _point(row), PUBLIEE
        if point is None:
            point, precision = _of_etablissement(row, siblings, official), ETABLISSEMENT
        if point is None:
            commune = communes.get(str(row["code_insee"]))
            point, precision = (_point(commune) if commune is not None else None), COMMUNE
        row["lat"], row["lng"] = point if point is not None else (None, None)
        row["precision"] = precision if point is not None else INCONNUE


def _of_etablissement(
    row: Values, siblings: Mapping[tuple[str, str], list[Point]], official: Mapping[str, Point]
) -> Point | None:
    """Position of other vœux of the établissement in the same commune, of the official list, of one single site."""
    narrow, *wide = _keys(row) or [("", "")]
    if narrow in siblings and row["code_insee"]:
        return _most_frequent(siblings[narrow])
    uai = str(row["uai"])
    if uai in official:
        return official[uai]
    points = [point for key in wide for point in siblings.get(key, [])]
    return _most_frequent(points) if points and not row["code_insee"] and _one_site(points) else None


def _keys(row: Values) -> list[tuple[str, str]]:
    """The établissement in its commune, then the établissement wherever it is."""
    name = str(row["uai"]) or fold(str(row["etablissement"]))
    return [(name, str(row["code_insee"] or "")), (name, "*")]


def _most_frequent(points: list[Point]) -> Point:
    counted = Counter(points)
    return min(counted, key=lambda point: (-counted[point], point))


def _one_site(points: list[Point]) -> bool:
    (lat, lng) = points[0]
    return all(
        hypot(other[0] - lat, (other[1] - lng) * cos(radians(lat))) * _KM_OF_ARC <= _SAME_SITE_KM for other in points
    )


def _point(row: Mapping[str, object]) -> Point | None:
    lat, lng = row["lat"], row["lng"]
    return None if lat is None or lng is None else (float(str(lat)), float(str(lng)))

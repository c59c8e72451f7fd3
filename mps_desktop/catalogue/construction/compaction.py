"""From plain rows to the shorter tables of the file: shared texts once, bulk figures as packed columns.

Every number depends on the rows alone, sorted, so that the same facts always give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mps_desktop.catalogue.construction.recherche import pack_index
from mps_desktop.catalogue.schema import EVOLUTIONS, PRECISIONS, TABLEAUX
from mps_desktop.catalogue.tableaux import MANQUANT, Colonne, decimaux, encode, entiers
from mps_desktop.core.text import typography

Values = Mapping[str, object]

_LIEU = ("uai", "etablissement", "commune", "code_insee", "departement", "academie", "region", "statut")
"""Columns of a vœu that say where it is taught."""

_DECIMALES = 4
_DEGRE = 100_000


def compact(tables: Mapping[str, Iterable[Values]]) -> dict[str, list[Values]]:
    """Tables of the schema, from plain rows.

    Args:
        tables: rows by table; ``voeux``, ``communes`` and the names of ``TABLEAUX`` have the columns under
            which they are read. ``positions`` gives the place of an établissement, by UAI. Rows of
            ``tableaux`` that are there already are kept.
    """
    found: dict[str, list[Values]] = {name: list(rows) for name, rows in tables.items()}
    positions = {str(row["uai"]): row for row in found.pop("positions", [])}
    programmes, textes, etablissements = _split_voeux(found.get("voeux", []), positions)
    index = pack_index({**found, "etablissements": etablissements})
    found.pop("voeux", [])
    found["recherche_lignes"] = found.pop("recherche", [])
    localites, departements = _split_communes(found.pop("communes", []))
    packed = [
        {"nom": name, "contenu": pack(found.pop(name, []), columns)} for name, columns in sorted(TABLEAUX.items())
    ]
    return {
        **found,
        "programmes": programmes,
        "textes": textes,
        "etablissements": etablissements,
        "localites": localites,
        "departements": departements,
        "tableaux": [*found.get("tableaux", []), *packed, {"nom": "recherche", "contenu": index}],
    }


def pack(rows: Iterable[Values], columns: Mapping[str, str]) -> bytes:
    """Rows as packed columns, sorted by the first column, then by rank where there is one, else as given.

    Args:
        columns: kind by column, see ``schema.TABLEAUX``.
    """
    first = next(iter(columns))
    ranks = [name for name, kind in columns.items() if kind == "ecart"]
    rows = sorted(rows, key=lambda row: (_order(row[first], columns[first]), [int(str(row[name])) for name in ranks]))
    packed: dict[str, Colonne] = {}
    for name, kind in columns.items():
        values = [row[name] for row in rows]
        if kind == "texte":
            texts = sorted({typography(str(value)) for value in values})
            rank_of = {text: rank for rank, text in enumerate(texts)}
            packed[name] = entiers(rank_of[typography(str(value))] for value in values)
            packed[f"{name}.valeurs"] = texts
        elif kind == "decimal":
            packed[name] = decimaux(_float(value) for value in values)
        elif kind == "voeu":
            packed[name] = entiers(int(str(value).removeprefix("ta")) for value in values)
        else:
            packed[name] = entiers(_int(value) for value in values)
    return encode(
        packed,
        decimales={name: _digits(rows, name) for name, kind in columns.items() if kind == "decimal"},
        triees=[name for name, kind in columns.items() if kind in {"voeu", "ecart"}],
    )


def degrees_e5(value: object) -> int | None:
    """Degrees as hundred-thousandths (about one metre)."""
    return None if value is None else round(float(str(value)) * _DEGRE)


def _split_voeux(
    voeux: Sequence[Values], positions: Mapping[str, Values]
) -> tuple[list[Values], list[Values], list[Values]]:
    places = Counter(_place(row) for row in voeux)
    numbers = {place: number for number, place in enumerate(sorted(places), start=1)}
    texts = sorted({typography(str(row[name])) for row in voeux for name in ("libelle", "fili")})
    text_numbers = {text: number for number, text in enumerate(texts, start=1)}
    programmes: list[Values] = [
        {
            "id": row["id"],
            "formation_id": row["formation_id"],
            "libelle": text_numbers[typography(str(row["libelle"]))],
            "etablissement": numbers[_place(row)],
            "lat": degrees_e5(row["lat"]),
            "lng": degrees_e5(row["lng"]),
            "precision": PRECISIONS.index(str(row["precision"])),
            "selectif": row["selectif"],
            "fili": text_numbers[typography(str(row["fili"]))],
            "filiere": None if row["filiere"] == row["formation_id"] else row["filiere"],
            "apprentissage": row["apprentissage"],
            "capacite": row["capacite"],
            "premiere_session": row["premiere_session"],
            "derniere_session": row["derniere_session"],
            "evolution": EVOLUTIONS.index(str(row["evolution"])),
            "appariement_incertain": row["appariement_incertain"],
        }
        for row in voeux
    ]
    points = _points(voeux)
    etablissements: list[Values] = []
    for place, number in numbers.items():
        lat, lng = points.get(place, (None, None))
        known = positions.get(place[0])
        if lat is None and known is not None:
            lat, lng = known["lat"], known["lng"]
        names = dict(zip(_LIEU, place, strict=True))
        etablissements.append(
            {
                "numero": number,
                **{name: names[name] for name in _LIEU if name not in {"etablissement", "code_insee"}},
                "nom": names["etablissement"],
                "code_insee": names["code_insee"] or None,
                "lat": degrees_e5(lat),
                "lng": degrees_e5(lng),
                "nb_voeux": places[place],
            }
        )
    return programmes, [{"numero": n, "texte": text} for text, n in text_numbers.items()], etablissements


def _points(voeux: Sequence[Values]) -> dict[tuple[str, ...], tuple[object, object]]:
    """Most frequent position published for the vœux of each place, the smallest between equals."""
    seen: dict[tuple[str, ...], Counter[tuple[float, float]]] = {}
    for row in voeux:
        if row["precision"] == "publiée":
            point = (float(str(row["lat"])), float(str(row["lng"])))
            seen.setdefault(_place(row), Counter())[point] += 1
    return {place: min(points, key=lambda one: (-points[one], one)) for place, points in seen.items()}


def _place(row: Values) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in _LIEU)


def _split_communes(communes: Sequence[Values]) -> tuple[list[Values], list[Values]]:
    departements = {
        str(row["code_departement"]): {
            "code": row["code_departement"], "nom": row["departement"], "region": row["region"],
        }
        for row in communes
    }  # fmt: skip
    localites: list[Values] = []
    for row in communes:
        code = str(row["code_insee"])
        short = str(row["code_departement"])
        localites.append(
            {
                **{name: row[name] for name in ("code_insee", "nom", "codes_postaux", "population")},
                "departement": None if code[:2] == short else short,
                "lat": degrees_e5(row["lat"]),
                "lng": degrees_e5(row["lng"]),
            }
        )
    return localites, list(departements.values())


def _digits(rows: Sequence[Values], name: str) -> int:
    """Digits after the point that lose nothing, at most ``_DECIMALES``."""
    values = [value for row in rows if (value := _float(row[name])) is not None]
    for digits in range(_DECIMALES):
        if all(abs(value * 10**digits - round(value * 10**digits)) < 1e-9 for value in values):
            return digits
    return _DECIMALES


def _order(value: object, kind: str) -> tuple[int, str]:
    if kind == "voeu":
        return int(str(value).removeprefix("ta")), ""
    return (int(str(value)), "") if kind == "entier" else (0, str(value))


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


def _int(value: object) -> int:
    return MANQUANT if value is None else int(str(value))

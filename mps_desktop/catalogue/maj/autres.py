"""Put the other official files onto the catalogue: map of the formations, métiers, communes. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from mps_desktop.catalogue.construction import libelles, lieux, nomenclature
from mps_desktop.catalogue.construction.sources import Row, number
from mps_desktop.catalogue.maj.rattachement import Rattachement
from mps_desktop.catalogue.maj.tables import Tables, Values
from mps_desktop.core.errors import EnvironmentFault
from mps_desktop.core.text import plural

_LEAST_COMMUNES = 0.9
"""Share of the communes of the catalogue that a newer list must hold: a few merge each year."""


def apply_communes(tables: Tables, rows: Sequence[Row]) -> tuple[Tables, str]:
    """Newer communes; one that was merged away stays, for the students who chose it.

    Raises:
        EnvironmentFault: the list is not complete.
    """
    fresh = {str(row["code_insee"]): row for row in lieux.commune_values(rows)}
    old = {str(row["code_insee"]): row for row in tables["communes"]}
    shared = len(fresh.keys() & old.keys())
    if shared < _LEAST_COMMUNES * len(old):
        raise EnvironmentFault(
            f"Ce fichier ne contient que {shared} des {len(old)} communes connues : il est incomplet.",
            "Prenez la liste de toute la France, puis recommencez. Le catalogue en place n’a pas changé.",
        )
    added, kept = len(fresh.keys() - old.keys()), len(old.keys() - fresh.keys())
    new = plural(added, "commune nouvelle", "communes nouvelles")
    left = plural(kept, "ancienne commune gardée", "anciennes communes gardées")
    return {**tables, "communes": list({**old, **fresh}.values())}, f"{new}, {left}"


def apply_metiers(tables: Tables, rows: Sequence[Row]) -> tuple[Tables, str]:
    """Newer names and ROME codes of the known métiers; a métier that nothing links to is not added."""
    fresh = {row["id"]: row for row in rows}
    changed = 0
    found: list[Values] = []
    for old in tables["metiers"]:
        new = fresh.pop(str(old["id"]), None)
        row = old if new is None else {**old, "libelle": libelles.clean(new["libelle"])}
        if new is not None and new["code_rome"]:
            row = {**row, "code_rome": new["code_rome"]}
        changed += row != old
        found.append(row)
    left = (
        f", {plural(len(fresh), 'métier non repris, faute de lien', 'métiers non repris, faute de lien')}"
        if fresh
        else ""
    )
    return {**tables, "metiers": found}, plural(changed, "métier modifié", "métiers modifiés") + left


def apply_carte(tables: Tables, rows: Sequence[Row], session: int) -> tuple[Tables, str]:
    """Newer names and places of the known vœux; new vœux that a reference formation stands for.

    A vœu absent from the map is left as it is: only the admission file of a session proves an absence.

    Raises:
        EnvironmentFault: the map is older than the catalogue: its vœux would be called new, and are not.
    """
    newest = max((int(str(row["derniere_session"])) for row in tables["voeux"]), default=0)
    if session and session < newest:
        raise EnvironmentFault(
            f"Cette carte est celle de la session {session}, plus ancienne que le catalogue (session {newest}) : elle "
            "n’apprendrait rien de plus, et ferait passer d’anciens vœux pour des nouveautés.",
            f"Retirez ce fichier, ou prenez la carte de la session {newest} ou d’une session plus récente.",
        )
    labels = Rattachement(tables["voeux"], tables["formations"], tables["formations_psup"])
    finder = lieux.CommuneFinder(tables["communes"])
    known = {str(row["id"]): row for row in tables["voeux"]}
    seen = added = 0
    for row in rows:
        voeu_id = f"ta{int(row['gta'])}"
        old = known.get(voeu_id)
        if old is not None:
            seen += 1
            if session >= int(str(old["derniere_session"])):
                known[voeu_id] = {
                    **old,
                    "libelle": libelles.clean_voeu(row["nm"]),
                    "derniere_session": session,
                    "evolution": "",
                }
            continue
        formation_id = labels.find(row["nm"], nomenclature.is_las(row["nm"]))
        if formation_id is not None and session:
            known[voeu_id] = _voeu(voeu_id, formation_id, row, finder, session)
            added += 1
    return {**tables, "voeux": list(known.values())}, (
        f"{plural(seen, 'vœu reconnu', 'vœux reconnus')}, {plural(added, 'vœu nouveau', 'vœux nouveaux')}"
    )


def _voeu(voeu_id: str, formation_id: str, row: Row, finder: lieux.CommuneFinder, session: int) -> Values:
    place = row.get("commune", "")
    departement = row.get("departement", "")
    commune = finder.find(place, departement)
    lat, lng = (number(part.strip()) for part in (row.get("etab_gps", "") + ",").split(",")[:2])
    located = lat is not None and lng is not None
    return {
        "id": voeu_id, "formation_id": formation_id, "libelle": libelles.clean_voeu(row["nm"]),
        "etablissement": libelles.clean_etablissement(row.get("etab_nom", "")), "uai": row.get("etab_uai", ""),
        "commune": str(commune["nom"]) if commune else libelles.clean_commune(place),
        "code_insee": commune["code_insee"] if commune else None, "departement": finder.departement(departement),
        "academie": "", "region": libelles.clean(row.get("region", "")), "lat": lat if located else None,
        "lng": lng if located else None, "statut": libelles.clean(row.get("tc", "")),
        "selectif": int(not row["nm"].startswith("Licence")), "fili": row["nm"].partition(" - ")[0],
        "filiere": formation_id, "apprentissage": int(nomenclature.is_apprentissage(row["nm"])), "capacite": None,
        "derniere_session": session, "appariement_incertain": 0, "precision": "publiée" if located else "",
        "premiere_session": session, "evolution": "nouveau",
    }  # fmt: skip

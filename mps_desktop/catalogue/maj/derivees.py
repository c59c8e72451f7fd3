"""What other tables deduce from the vœux and the communes, computed again by the builder's own functions."""

from __future__ import annotations

from collections import defaultdict

from mps_desktop.catalogue.maj.offre import DISPARU
from mps_desktop.catalogue.maj.tables import Tables, Values


def renew(tables: Tables, before: Tables | None = None) -> Tables:
    """Tables whose counts, places and words agree with the vœux and the communes that they hold.

    Args:
        before: rows before the update, which tell the formations that it leaves without any vœu.
    """
    lost = gone_ids(tables) - gone_ids(before if before is not None else tables)
    return {**tables, "formations": _formations(tables, lost), "recherche": _recherche(tables)}


def gone_ids(tables: Tables) -> frozenset[str]:
    """Vœux that are no longer offered."""
    return frozenset(str(row["id"]) for row in tables["voeux"] if row["evolution"] == DISPARU)


def _formations(tables: Tables, lost: frozenset[str]) -> list[Values]:
    """Places and number of vœux of each formation, without those that are no longer offered."""
    gone = gone_ids(tables)
    offered: dict[str, list[Values]] = defaultdict(list)
    for row in tables["voeux"]:
        if row["formation_id"] is not None and row["id"] not in gone:
            offered[str(row["formation_id"])].append(row)
    emptied = {row["formation_id"] for row in tables["voeux"] if row["id"] in lost}
    found: list[Values] = []
    for row in tables["formations"]:
        group = offered[str(row["id"])]
        places = [int(str(one["capacite"])) for one in group if one["capacite"] is not None]
        gone_too = 0 if group else 1 if row["id"] in emptied else row.get("disparue", 0)
        found.append({**row, "disparue": gone_too, "nb_voeux": len(group), "capacite": sum(places) if places else -1})
    return found


def _recherche(tables: Tables) -> list[Values]:
    """Names that changed; the writer finds établissements, vœux and communes in their own tables."""
    labels = {("metier", str(row["id"])): row["libelle"] for row in tables["metiers"]}
    return [
        {**row, "libelle": labels.get((str(row["genre"]), str(row["id"])), row["libelle"])}
        for row in tables["recherche"]
    ]

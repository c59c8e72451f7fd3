"""Links to métiers that the structured files leave out, one by one, each with its origin (our own table)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from mps_desktop.catalogue.construction.formations import Reference


def add_metiers(
    references: Iterable[Reference],
    psup_metiers: dict[str, list[str]],
    liens: Sequence[tuple[str, str]],
    known: Collection[str],
) -> None:
    """Add métiers to formations, in place, after those that they have.

    Args:
        liens: (formation, a métier or another formation whose métiers it takes).
        known: ids of métiers; any other one is left out.
    """
    by_id = {one.id: one for one in references}
    for formation_id, source in liens:
        target = by_id.get(formation_id)
        if target is None:
            continue
        found = [source] if source.startswith("MET.") else _metiers_of(by_id.get(source), psup_metiers)
        held = set(_metiers_of(target, psup_metiers))
        first = next((psup for psup in target.psup if psup_metiers.get(psup)), target.psup[0])
        added = [one for one in dict.fromkeys(found) if one in known and one not in held]
        psup_metiers[first] = [*psup_metiers.get(first, []), *added]


def _metiers_of(reference: Reference | None, psup_metiers: Mapping[str, list[str]]) -> list[str]:
    psup = () if reference is None else reference.psup
    return [metier for one in psup for metier in psup_metiers.get(one, [])]

"""ONISEP fiches of each Parcoursup filière: by MonProjetSup's address, by the twin, by the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.liens import FicheFormation, possible_names
from mps_desktop.catalogue.construction.nomenclature import Nomenclature
from mps_desktop.core.text import fold

_FOR = re.compile(r"FOR\.\d+")


class FicheFinder:
    """Finds the fiche ids of a filière, in a newer archive than ours included.

    Args:
        known: filière -> fiches of our archive.
        addresses: filière -> address at ONISEP, from MonProjetSup.
        recent: ONISEP's newest list of formations (``nom``, ``url_onisep``).
        nomenclature: twins in apprenticeship.
    """

    def __init__(
        self,
        known: Mapping[str, list[FicheFormation]],
        addresses: Mapping[str, str],
        recent: Iterable[Mapping[str, Any]],
        nomenclature: Nomenclature,
    ) -> None:
        self._known = known
        self._slugs = {psup: found[0] for psup, text in addresses.items() if (found := _FOR.search(text)) is not None}
        self._nomenclature = nomenclature
        self._by_name: dict[str, str] = {}
        for row in recent:
            found = _FOR.search(str(row["url_onisep"] or ""))
            if found is not None and not row.get("etablissement"):
                self._by_name.setdefault(fold(str(row["nom"])), found[0])

    def of_reference(self, one: Reference) -> list[tuple[str, str]]:
        """(filière, fiche id) of every filière of a reference formation; those of its mother for a LAS."""
        pairs = [(psup, fiche) for psup in one.psup for fiche in self._of_filiere(psup)]
        if not pairs and one.las is not None:
            pairs = [(one.id, fiche) for fiche in self._of_filiere(one.las)]
        if not pairs and one.las is None:
            names = possible_names(one, self._nomenclature)
            same = list(dict.fromkeys(self._by_name[name] for name in names if name in self._by_name))
            pairs = [(one.id, fiche) for fiche in same[:1]]
        return pairs

    def _of_filiere(self, psup: str) -> list[str]:
        filiere = self._nomenclature.filieres.get(psup)
        for key in (psup, filiere.jumelle if filiere is not None else psup):
            if key in self._known:
                return [fiche.id for fiche in self._known[key]]
            if key in self._slugs:
                return [self._slugs[key]]
        return []

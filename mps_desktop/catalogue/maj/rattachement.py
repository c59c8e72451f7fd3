"""Find the reference formation of a vœu that the catalogue has never seen, by the labels it knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from mps_desktop.catalogue.construction.libelles import clean_formation, clean_voeu
from mps_desktop.catalogue.construction.nomenclature import is_las
from mps_desktop.core.text import fold

_NOTES = re.compile(r"\s*\([^)]*\)")
"""Remarks between brackets, which change from one session to the next."""

_MAJORITY = 0.8
"""Share of the vœux of one label that must be in one formation for the label to name it."""


class Rattachement:
    """Labels of the catalogue's own vœux and formations, by the formation they name.

    Args:
        voeux: rows of ``voeux``; any row with a label and a formation teaches.
        formations: rows of ``formations``.
        psup: rows of ``formations_psup``.
    """

    def __init__(
        self,
        voeux: Iterable[Mapping[str, object]],
        formations: Iterable[Mapping[str, object]],
        psup: Iterable[Mapping[str, object]],
    ) -> None:
        formations = list(formations)
        self._las = {str(one["las"]): str(one["id"]) for one in formations if one["las"] is not None}
        las_ids = set(self._las.values())
        seen: dict[str, Counter[str]] = {}
        for one in voeux:
            formation_id = str(one["formation_id"] or "")
            label = str(one["libelle"])
            if formation_id and formation_id not in las_ids and not is_las(label):
                for name in dict.fromkeys((*_beginnings(label), *_beginnings(_NOTES.sub("", label)))):
                    seen.setdefault(name, Counter())[formation_id] += 1
        self._names: dict[str, str] = {}
        for name, counted in seen.items():
            formation_id, times = counted.most_common(1)[0]
            if times >= _MAJORITY * counted.total():
                self._names[name] = formation_id
        for one in psup:
            if str(one["formation_id"]) not in las_ids:
                self._names[fold(str(one["libelle"]))] = str(one["formation_id"])
        for one in formations:
            if str(one["id"]) not in las_ids:
                self._names[fold(str(one["libelle"]))] = str(one["id"])

    def find(self, label: str, las: bool = False, details: tuple[str, ...] = ()) -> str | None:
        """Formation of a label as published, None when no label known begins it.

        Args:
            label: "Licence - Droit - Parcours franco-allemand".
            las: a licence with health option; its own formation hangs from that of the licence.
            details: what the file says besides the label ("ECG - Mathématiques approfondies + HGGMC").
        """
        names = (*(f"{label} - {one}" for one in details if one), label, _NOTES.sub("", label))
        for text in dict.fromkeys(clean(one) for one in names for clean in (clean_voeu, clean_formation)):
            for name in _beginnings(text):
                found = self._names.get(name)
                if found is not None:
                    return self._las.get(found) if las else found
        return None


def _beginnings(label: str) -> list[str]:
    """Folded label, then without its last parts, down to two of them ("Licence - Droit")."""
    parts = label.split(" - ")
    return [fold(" - ".join(parts[:size])) for size in range(len(parts), min(2, len(parts)) - 1, -1)]

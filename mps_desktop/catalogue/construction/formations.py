"""Reference formations: their label, type, length, places and Parcoursup filières."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mps_desktop.catalogue.construction.libelles import clean_formation, clean_type
from mps_desktop.catalogue.construction.nomenclature import LAS_OFFSET, Nomenclature, is_las, las_id
from mps_desktop.catalogue.construction.sources import Row
from mps_desktop.catalogue.construction.voeux import Programme
from mps_desktop.core.text import fold

_LAS_SUFFIX = " - Accès santé (LAS)"
_MODE = re.compile(
    r"\s*-\s*(?:entièrement en distanciel|en distanciel|section aménagée)\b|\s*-?\s*\ben apprentissage\b", re.IGNORECASE
)
_BAC_PLUS = re.compile(r"bac\s*\+\s*(\d)", re.IGNORECASE)
_COMMON_LABEL = 0.5
"""Share of its vœux that must carry one same name for it to become the formation's."""

_PREFIX_BY_ROOT = {
    "L1": "Licence", "STAPS": "Licence", "BTS": "BTS", "BTSA": "BTSA", "TC": "BTSA", "BTSM": "BTSM", "BUT": "BUT",
    "CPGE": "CPGE", "ECG": "CPGE", "MC": "Mention complémentaire", "CS": "Certificat de spécialisation",
    "CSA": "Certificat de spécialisation agricole", "DEUST": "DEUST", "DNM": "DN MADE", "MAN": "Mise à niveau",
    "FCIL": "FCIL",
}  # fmt: skip
_YEARS_BY_ROOT = {
    **dict.fromkeys(("L1", "STAPS", "CPGE", "ECG", "CUPGE", "CPES", "CLPES", "FI", "ENSA", "PASS", "ScPo"), 5),
    **dict.fromkeys(("MAN", "DU", "D"), 4),
    **dict.fromkeys(("BTS", "BTSA", "BTSM", "TC", "BUT", "DCG", "DE", "LP", "DNSP", "DNA", "DNM", "DTS"), 3),
    **dict.fromkeys(("FP", "TP", "DEUST", "BPJEPS", "DEPJPS", "TS", "TT"), 2),
    **dict.fromkeys(("MC", "CS", "CSA", "FCIL", "DSP"), 1),
}
_YEARS_UNKNOWN = 3
_SESSION_ANCIENNE = 2023
_FAMILLE_PROFESSIONNELLE = "Formation professionnelle"


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference formation and its vœux."""

    id: str
    libelle: str
    type: str
    type_libelle: str
    duree: int
    apprentissage: bool
    las: str | None
    capacite: int
    psup: tuple[str, ...]
    programmes: tuple[Programme, ...]


def build_references(
    programmes: Iterable[Programme], seen: frozenset[str], nomenclature: Nomenclature, own: Mapping[str, Row]
) -> list[Reference]:
    """Reference formations with at least one vœu, by id.

    Args:
        programmes: every programme, with its ``formation_id``.
        seen: filières known to be active (2023, map of 2025, MonProjetSup 2024).
        nomenclature: filières and groups.
        own: our own labels and lengths, by id.
    """
    members: dict[str, list[Programme]] = defaultdict(list)
    for programme in programmes:
        if programme.formation_id is not None:
            members[programme.formation_id].append(programme)
    psup: dict[str, set[str]] = defaultdict(set)
    for filiere in nomenclature.filieres.values():
        if filiere.id in seen or filiere.jumelle in seen:
            psup[nomenclature.reference(filiere.id)].add(filiere.id)
    labels = {one: _label(one, members[one], nomenclature, own) for one in members}
    references: list[Reference] = []
    for formation_id in sorted(members):
        group = members[formation_id]
        mere = _mere(formation_id) if group[0].las else None
        ids = {formation_id} if mere else psup[formation_id] | {formation_id}
        apprentissage = any(programme.apprentissage for programme in group) or any(
            nomenclature.filieres[one].apprentissage for one in ids if one in seen and one in nomenclature.filieres
        )
        type_libelle = _type_label(group, labels[formation_id])
        references.append(
            Reference(
                id=formation_id,
                libelle=labels[formation_id],
                type=formation_id if formation_id.startswith("fr") else _type_code(type_libelle),
                type_libelle=type_libelle,
                duree=_years(formation_id, group, labels[formation_id], nomenclature, own),
                apprentissage=apprentissage and mere is None,
                las=mere,
                capacite=_places(group),
                psup=tuple(sorted(ids, key=_id_key)),
                programmes=tuple(group),
            )
        )
    return references


def still_offered(references: Iterable[Reference], labels: Iterable[str], nomenclature: Nomenclature) -> frozenset[str]:
    """Reference formations that the newest session offers: by one of its vœux, or by its name on the map.

    The map prevails: a programme may have changed its code, and the newest admissions have none.

    Args:
        references: reference formations.
        labels: labels of Parcoursup's map.
        nomenclature: filières and groups.
    """
    found = {one.id for one in references if any(programme.evolution != "disparu" for programme in one.programmes)}
    for label in sorted(set(labels)):
        known = nomenclature.match(label)
        reference = nomenclature.reference(known[0]) if known is not None else ""
        if reference:
            found.add(las_id(reference) if is_las(label) and reference.startswith("fl") else reference)
    return frozenset(found)


def _label(formation_id: str, group: list[Programme], nomenclature: Nomenclature, own: Mapping[str, Row]) -> str:
    """Our own label, else the filière's, unless most vœux now carry another name."""
    if group[0].las:
        mere = _mere(formation_id)
        return _label(mere, [Programme("", "")], nomenclature, own) + _LAS_SUFFIX
    if formation_id in own:
        return own[formation_id]["libelle"]
    official = _official_label(formation_id, nomenclature)
    names = Counter(clean_formation(_MODE.sub("", one.label)) for one in group if one.label and one.lieu is None)
    known = nomenclature.filieres.get(formation_id)
    if names and (known is None or known.racine not in {"L1", "STAPS"}):
        name, times = min(names.items(), key=lambda item: (-item[1], item[0]))
        if times >= _COMMON_LABEL * len(group) and not fold(name).startswith(fold(official)):
            return name
    return official or clean_formation(_MODE.sub("", group[0].label))


def _official_label(formation_id: str, nomenclature: Nomenclature) -> str:
    known = nomenclature.filieres.get(formation_id)
    if known is None:
        return ""
    prefix = _PREFIX_BY_ROOT.get(known.racine)
    if prefix is not None:
        return clean_formation(f"{prefix} - {_MODE.sub('', known.libelle)}")
    twins = (formation_id, *(one.id for one in nomenclature.filieres.values() if one.jumelle == formation_id))
    names = (nomenclature.noms.get(one, "") for one in twins)
    return clean_formation(_MODE.sub("", next((name for name in names if name), known.libelle)))


def _type_label(group: list[Programme], label: str) -> str:
    head = label.partition(" - ")[0]
    families = Counter(one.famille for one in group if one.famille)
    if families and not head.startswith("Certificat de spécialisation"):
        return clean_type(min(families.items(), key=lambda item: (-item[1], item[0]))[0])
    return head if head != label else _FAMILLE_PROFESSIONNELLE


def _type_code(type_libelle: str) -> str:
    return "t-" + fold(type_libelle).replace("+", "").replace(" ", "-")


def _years(
    formation_id: str, group: list[Programme], label: str, nomenclature: Nomenclature, own: Mapping[str, Row]
) -> int:
    """Years after the bac, by the rules of MonProjetSup (D.4) on public labels."""
    if group[0].las:
        return 5
    if formation_id in own:
        return int(own[formation_id]["duree"])
    found = _BAC_PLUS.search(label)
    known = nomenclature.filieres.get(formation_id)
    if found is not None:
        return min(5, max(1, int(found[1])))
    if known is None:
        return _YEARS_UNKNOWN
    return _YEARS_BY_ROOT.get(known.racine, _YEARS_UNKNOWN)


def _places(group: list[Programme]) -> int:
    """Places of the vœux seen since 2024, of all of them when none was."""
    recent = [one for one in group if one.derniere_session > _SESSION_ANCIENNE] or group
    known = [one.capacite for one in recent if one.capacite is not None]
    return sum(known) if known else -1


def _mere(las: str) -> str:
    return f"fl{int(las.removeprefix('fl')) - LAS_OFFSET}"


def _id_key(formation_id: str) -> tuple[str, int]:
    return formation_id[:2], int(formation_id[2:])

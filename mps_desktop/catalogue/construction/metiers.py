"""Métiers of ONISEP: label, ROME codes, domaine atoms, interest atoms, associated métiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from mps_desktop.catalogue.construction.libelles import capitalize, clean
from mps_desktop.core.text import fold

_ID = re.compile(r"MET[._](\d+)")
_POST_BAC = re.compile(r"^Bac \+")


@dataclass(slots=True)
class FicheMetier:
    """What the sources say of one métier, completed source after source.

    Attributes:
        post_bac: None when no source tells the level.
        synonymes: other names, for search only.
        niveau: least level of access in ONISEP's words, empty when unknown.
    """

    id: str
    libelle: str = ""
    romes: list[str] = field(default_factory=list[str])
    atomes: list[str] = field(default_factory=list[str])
    interets: list[str] = field(default_factory=list[str])
    associes: list[str] = field(default_factory=list[str])
    synonymes: list[str] = field(default_factory=list[str])
    post_bac: bool | None = None
    niveau: str = ""


def metier_id(text: str) -> str:
    """``MET.<n>`` of an address or of an id written otherwise, empty when there is none."""
    found = _ID.search(text)
    return f"MET.{found[1]}" if found is not None else ""


def read_fiches(elements: Iterable[Element], post_bac_formations: frozenset[str]) -> dict[str, FicheMetier]:
    """Métiers of the XML fiches.

    Args:
        elements: ``metier`` elements.
        post_bac_formations: FOR ids of higher education: they make a métier post-bac.
    """
    fiches: dict[str, FicheMetier] = {}
    for element in elements:
        if element.find("identifiant") is None:
            continue
        fiche = FicheMetier(_text(element, "identifiant"))
        fiche.libelle = _both_genders(element)
        fiche.romes = [code for node in element.findall("romesV3/romeV3") if (code := (node.text or "").strip())]
        fiche.associes = _ids(element, "metiers_associes/metier_associe/id")
        fiche.interets = _ids(element, "centres_interet/centre_interet/id")
        fiche.synonymes = [
            _text(node, name)
            for node in element.findall("synonymes/synonyme")
            for name in ("libelle_masculin", "libelle_feminin")
        ]
        level = _text(element, "niveau_acces_min/libelle")
        required = _ids(element, "formations_min_requise/formation_min_requise/id")
        fiche.niveau = clean(level)
        fiche.post_bac = not level or bool(_POST_BAC.match(level)) or bool(post_bac_formations.intersection(required))
        fiches[fiche.id] = fiche
    return fiches


def add_list(
    fiches: dict[str, FicheMetier],
    rows: Iterable[Mapping[str, Any]],
    columns: Mapping[str, str],
    atomes: Mapping[str, str],
) -> None:
    """Complete the métiers with one of ONISEP's lists; its label and its code win over what was known.

    Args:
        fiches: completed in place.
        rows: one métier by row (it may come several times).
        columns: names of the columns ``libelle``, ``lien``, ``domaines`` and ``rome``.
        atomes: folded sous-domaine -> atom id.
    """
    for row in rows:
        identifier = metier_id(str(row[columns["lien"]] or ""))
        if not identifier:
            continue
        fiche = fiches.setdefault(identifier, FicheMetier(identifier))
        fiche.libelle = clean(str(row[columns["libelle"]] or "")) or fiche.libelle
        codes = _rome_codes(row[columns["rome"]])
        if codes and fiche.romes and fiche.romes[0] not in codes:
            # Moved to another code: the newest list is right, the former codes still say what the métier is like.
            fiche.romes[:] = [*codes, *(code for code in fiche.romes if code not in codes)]
        for code in codes:
            _append(fiche.romes, code)
        for pair in str(row[columns["domaines"]] or "").split("|"):
            _append(fiche.atomes, atomes.get(fold(pair.partition("/")[2]), ""))


def add_front(
    fiches: dict[str, FicheMetier], metiers: Mapping[str, Mapping[str, Any]], atomes: Mapping[str, str]
) -> None:
    """Complete with the métiers of MonProjetSup, all of them post-bac unless a fiche says otherwise."""
    for key, row in metiers.items():
        identifier = metier_id(key)
        fiche = fiches.setdefault(identifier, FicheMetier(identifier))
        fiche.libelle = fiche.libelle or clean(str(row["lib"]))
        if fiche.post_bac is None:
            fiche.post_bac = True
        if row.get("codeRome"):
            _append(fiche.romes, str(row["codeRome"]))
        domaines: list[dict[str, str]] = row.get("domaines") or []
        for domaine in domaines:
            _append(fiche.atomes, atomes.get(fold(domaine["sous_domaine_onisep"]), ""))


def keep_post_bac(fiches: Mapping[str, FicheMetier], linked: frozenset[str]) -> list[FicheMetier]:
    """Métiers to show, by number: those after the bac, and those that a formation leads to."""
    kept = [
        fiche
        for fiche in fiches.values()
        if fiche.libelle and (fiche.post_bac or (fiche.post_bac is None and fiche.id in linked))
    ]
    for fiche in kept:
        fiche.libelle = capitalize(fiche.libelle)
    return sorted(kept, key=lambda fiche: int(fiche.id[4:]))


def _both_genders(element: Element) -> str:
    masculine, feminine = _text(element, "libelle_masculin"), _text(element, "libelle_feminin")
    if masculine and feminine and masculine != feminine:
        return clean(f"{masculine} / {feminine}")
    return clean(masculine or feminine or _text(element, "nom_metier"))


def _rome_codes(value: str | list[dict[str, str]] | None) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    return [one["code"] for one in value or [] if one.get("code")]


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _ids(element: Element, path: str) -> list[str]:
    return [text for node in element.findall(path) if (text := (node.text or "").strip())]


def _append(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)

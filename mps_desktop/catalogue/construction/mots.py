"""Other names of a formation: what people may call it, or look for, beside its label. Names only, no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mps_desktop.catalogue.construction.formations import Reference
from mps_desktop.catalogue.construction.libelles import capitalize, clean
from mps_desktop.core.text import fold

_SHORT_NAME = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_NOT_A_NAME = frozenset({"APP", "BAC", "LAS", "FP", "TP"})
_MODE = re.compile(r"\s*-?\s*\ben apprentissage\b", re.IGNORECASE)
_TOPIC_WORDS = 4
_TOPIC_LETTERS = 3
_TOPICS_KEPT = 12


def names_of(
    reference: Reference, filieres: Mapping[str, Mapping[str, Any]], titles: Iterable[str], known: Iterable[str]
) -> list[str]:
    """Other names, the surest first: filières, titles of fiches, short names, topics.

    Args:
        reference: the formation.
        filieres: Parcoursup filières of MonProjetSup's data, by number.
        titles: titles of its ONISEP fiches.
        known: names that need not be repeated (its métiers).
    """
    seen = {fold(reference.libelle), *(fold(name) for name in known)}
    found: list[str] = []

    def add(name: str) -> None:
        key = fold(name)
        if key and key not in seen:
            seen.add(key)
            found.append(name)

    of_reference = [filieres[psup[2:]] for psup in reference.psup if psup[2:] in filieres]
    for filiere in of_reference:
        add(capitalize(clean(_MODE.sub("", str(filiere["libelle"])))))
    for title in titles:
        add(capitalize(clean(title)))
    for filiere in of_reference:
        for word in sorted(_words(filiere, "motsClesParcoursup")):
            if _SHORT_NAME.fullmatch(word) and word not in _NOT_A_NAME:
                add(word)
    topics = {
        clean(word)
        for filiere in of_reference
        for word in _words(filiere, "motsClesOnisepv2")
        if ";" not in word and len(word.split()) <= _TOPIC_WORDS and len(word) > _TOPIC_LETTERS
    }
    for topic in sorted(topics, key=lambda topic: (fold(topic), topic))[:_TOPICS_KEPT]:
        add(topic)
    return found


def _words(filiere: Mapping[str, Any], name: str) -> list[str]:
    words: list[str] = filiere.get(name) or []
    return words

"""Turn what can be found into the columns of the search index, when the catalogue is built.

Measured on the 56,000 things of the catalogue before this was chosen: FTS5 with the trigram tokenizer
takes 9.3 MB, finds nothing below three letters and forgives no typing error; FTS5 with prefix indexes
takes 2.5 MB, needs 69 ms for a first letter and forgives none either. These columns take less, answer
every keystroke in a few milliseconds and know which word of which label matched, which the ranking
needs. So the comparison stays ours, prepared once instead of at every start (which took 1.3 s and 79 MB).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mps_desktop.catalogue.mots import content_words, fold_all, forms, stem
from mps_desktop.catalogue.tableaux import Colonne

LONGEST_WORD = 24
"""Letters compared; no French word of the catalogue differs only after them."""
LONGEST_KEY = 12
"""Bytes of the longest id ("fl1002002" has nine)."""
OUTSIDE, TOPIC, LIEU = -1, -2, -3
"""Position of a word that is searchable but not in the label shown: another name, a mere topic, the town."""
LAST_POSITION = 120
TELLING = 0.4
"""Rarity from which a word may open a label: "Histoire" does in "Licence - Histoire"."""
POIDS_SCALE = 1000
PART_SCALE = 10_000
_MOST_SHORT = 1 << 16
"""Entries up to which their numbers are kept on two bytes, as they are: nothing to compute when they are read."""


@dataclass(frozen=True, slots=True)
class Entree:
    """One thing that can be found.

    Attributes:
        cle: its id, at most ``LONGEST_KEY`` ASCII characters.
        libelle: as shown.
        mots: words that find it too, whether they are in the label or not.
        sujets: words of its topics, worth less.
        lieu: words of its town, worth more than any but those of the label: a town is where somebody looks.
        poids: 0..1, higher first between equal matches.
    """

    cle: str
    libelle: str
    mots: str
    poids: float
    sujets: str = ""
    lieu: str = ""


def rarity(counts: np.ndarray, size: int) -> np.ndarray:
    """Worth of words by the number of entries that hold them: what half of the labels share says little."""
    return (1.0 - 0.85 * np.log1p(counts) / np.log1p(max(size, 1))).astype(np.float32)


def index_columns(groups: Mapping[str, Iterable[Entree]]) -> dict[str, Colonne]:
    """Columns of the index, for ``tableaux.encode``.

    Args:
        groups: things by kind; each kind is sorted here, heaviest first, so that the same facts
            always give the same columns.

    Returns:
        - ``genres`` and ``tailles``: kinds, and how many entries each has; entries of a kind are together.
        - ``cles``: ids, ``LONGEST_KEY`` bytes each, as integers of four bytes.
        - ``poids``: thousandths. ``ouvertures``: position of the word that opens the label.
        - ``lettres`` and ``longueurs``: known words, sorted, one after the other.
        - ``occurrences``: number of places of each word; then, place after place, ``proprietaires`` (entry, on two
          bytes; ``entrees``, differences, when there are too many), ``parts`` (share of the label, see ``shares``)
          and ``positions`` (rank of the word in the label, ``OUTSIDE``, ``TOPIC`` or ``LIEU`` elsewhere).
    """
    genres: list[str] = []
    tailles: list[int] = []
    entrees: list[Entree] = []
    labels: list[str] = []
    for genre, group in groups.items():
        written = [
            (entree, form)
            for entree in sorted(group, key=lambda one: (-one.poids, one.libelle, one.cle))
            for form in forms(entree.libelle)
        ]
        genres.append(genre)
        tailles.append(len(written))
        entrees.extend(entree for entree, _ in written)
        labels.extend(form for _, form in written)
    owners, words, positions = _places(
        fold_all(labels),
        fold_all([entree.mots for entree in entrees]),
        fold_all([entree.sujets for entree in entrees]),
        fold_all([entree.lieu for entree in entrees]),
    )
    known = sorted(set(words))
    rank_of = {word: rank for rank, word in enumerate(known)}
    numbers = np.array([rank_of[word] for word in words], dtype=np.int64)
    owner, position = np.array(owners, dtype=np.int64), np.array(positions, dtype=np.int64)
    openings = _openings(np.array(tailles, dtype=np.int64), owner, numbers, position, len(known))
    order = np.lexsort((owner, numbers))
    sizes, counts = np.array(tailles, dtype=np.int64), np.bincount(numbers, minlength=len(known))
    owner, position = owner[order], position[order]
    return {
        "genres": genres,
        "tailles": np.array(tailles, dtype=np.int64),
        "cles": _keys([entree.cle for entree in entrees]),
        "poids": np.array([round(POIDS_SCALE * entree.poids) for entree in entrees], dtype=np.int64),
        "ouvertures": openings,
        "lettres": np.frombuffer("".join(known).encode("ascii"), dtype=np.int8),
        "longueurs": np.array([len(word) for word in known], dtype=np.int64),
        "occurrences": counts,
        **_owner_column(owner, len(entrees)),
        "positions": position,
        "parts": shares(sizes, counts, owner.astype(np.int32), position).astype(np.int64),
    }


def owners(columns: Mapping[str, Any]) -> np.ndarray:
    """Number of the entry of each place of a word."""
    short = columns.get("proprietaires")
    if short is not None:
        return np.asarray(short, dtype=np.int16).view(np.uint16).astype(np.int32)
    return np.cumsum(columns["entrees"], dtype=np.int32)


def shares(sizes: np.ndarray, counts: np.ndarray, owner: np.ndarray, position: np.ndarray) -> np.ndarray:
    """What each word is of its label by its rarity among labels of that kind, in ``PART_SCALE``; 0 outside labels.

    Args:
        sizes: entries of each kind. counts: places of each word.
        owner, position: entry and position of each place.
    """
    kind = np.repeat(np.arange(len(sizes), dtype=np.int16), sizes)[owner]
    word = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    cell = word * np.int32(len(sizes)) + kind
    by_kind = np.bincount(cell, minlength=len(counts) * len(sizes)).reshape(-1, len(sizes))
    rare = np.stack([rarity(by_kind[:, i], int(size)) for i, size in enumerate(sizes)], axis=1)
    weight = np.where(position >= 0, rare.ravel()[cell], np.float32(0)).astype(np.float32)
    total = np.bincount(owner, weights=weight, minlength=int(sizes.sum())).astype(np.float32)
    return np.rint(PART_SCALE * weight / np.maximum(total, np.float32(1e-6))[owner])


def _owner_column(owner: np.ndarray, size: int) -> dict[str, Colonne]:
    if size <= _MOST_SHORT:
        return {"proprietaires": owner.astype(np.uint16).view(np.int16).astype(np.int64)}
    return {"entrees": np.diff(owner, prepend=0)}


def _places(
    labels: Sequence[str], names: Sequence[str], topics: Sequence[str], places: Sequence[str]
) -> tuple[list[int], list[str], list[int]]:
    """Each word of each entry once: its entry, its stem, its position."""
    owners: list[int] = []
    words: list[str] = []
    positions: list[int] = []
    for owner, (label, name, topic, place) in enumerate(zip(labels, names, topics, places, strict=True)):
        found: dict[str, int] = {}
        for position, word in enumerate(content_words(label.split())):
            found.setdefault(stem(word)[:LONGEST_WORD], min(position, LAST_POSITION))
        for position, text in ((LIEU, place), (OUTSIDE, name), (TOPIC, topic)):
            for word in content_words(text.split()):
                found.setdefault(stem(word)[:LONGEST_WORD], position)
        owners.extend([owner] * len(found))
        words.extend(found)
        positions.extend(found.values())
    return owners, words, positions


def _openings(
    tailles: np.ndarray, owner: np.ndarray, numbers: np.ndarray, position: np.ndarray, known: int
) -> np.ndarray:
    """Position, in each label, of its first word that is not shared by most labels of its kind."""
    begin = np.concatenate(([0], np.cumsum(tailles)))
    kind = np.searchsorted(begin, owner, side="right") - 1
    counts = np.bincount(kind * known + numbers, minlength=len(tailles) * known).reshape(len(tailles), known)
    worth = np.stack([rarity(row, int(size)) for row, size in zip(counts, tailles, strict=True)] or [np.zeros(known)])
    telling = (position >= 0) & (worth[kind, numbers] >= TELLING)
    openings = np.full(int(tailles.sum()), LAST_POSITION + 1, dtype=np.int64)
    np.minimum.at(openings, owner[telling], position[telling])
    openings[openings > LAST_POSITION] = 0
    return openings


def _keys(keys: Sequence[str]) -> np.ndarray:
    if any(len(key) > LONGEST_KEY for key in keys):
        raise ValueError("an id is longer than the index can keep")
    return np.array(keys, dtype=f"S{LONGEST_KEY}").view("<i4").astype(np.int64)
